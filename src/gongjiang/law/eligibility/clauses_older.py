"""An example of the conditions before 2018: continuous years, shortened by regular training (钳工).

Carried to show that the language holds them; a standard of that time brings its own.
"""

from gongjiang.law.eligibility.clause import HIGHER, SENIOR, TECHNICAL, VOCATIONAL, YEAR, Clause
from gongjiang.law.eligibility.judging import Atom
from gongjiang.law.eligibility.other_atoms import Schooled, Trained
from gongjiang.law.eligibility.words import LEVELS, Words
from gongjiang.law.eligibility.work_atoms import Certified, Worked, WorkedAfterCertificate


def _after(level: int, years: int, *more: Atom) -> tuple[tuple[Atom, ...], ...]:
    """Certified at `level`, then so many unbroken years of work."""
    return ((Certified(level), WorkedAfterCertificate(level, years * YEAR, unbroken=True), *more),)


def _text(level: int, years: int, more: str = "") -> str:
    return f"取得{{scope}}{LEVELS[level].zh}证书后，连续从事{{scope}}工作 {years} 年以上{more}"


TRAINED = "，经正规培训达规定标准学时数，并取得结业证书"
DIPLOMA = Schooled(
    TECHNICAL | VOCATIONAL,
    Words("中等及以上职业学校", "vocational school"),
    standing="graduate",
)
SENIOR_OR_COLLEGE = Schooled(
    SENIOR | HIGHER, Words("高级技工学校、大专", "senior technical school or college"), standing="graduate"
)

CLAUSES = (
    Clause("fitter-4-1", 4, _text(5, 3, TRAINED), _after(5, 3, Trained())),
    Clause("fitter-4-2", 4, _text(5, 5), _after(5, 5)),
    Clause("fitter-4-3", 4, "连续从事{scope}工作 7 年以上", ((Worked(7 * YEAR, unbroken=True),),)),
    Clause("fitter-4-4", 4, "中等及以上职业学校本专业或相关专业毕业", ((DIPLOMA,),)),
    Clause("fitter-3-1", 3, _text(4, 4, TRAINED), _after(4, 4, Trained())),
    Clause("fitter-3-2", 3, _text(4, 7), _after(4, 7)),
    Clause("fitter-2-1", 2, _text(3, 5, TRAINED), _after(3, 5, Trained())),
    Clause("fitter-2-2", 2, _text(3, 8), _after(3, 8)),
    Clause(
        "fitter-2-3",
        2,
        "高级技工学校、大专本专业或相关专业毕业，" + _text(3, 2),
        _after(3, 2, SENIOR_OR_COLLEGE),
    ),
    Clause("fitter-1-1", 1, _text(2, 3, TRAINED), _after(2, 3, Trained())),
    Clause("fitter-1-2", 1, _text(2, 5), _after(2, 5)),
)
