"""The conditions of standards of the 2018 pattern.

The scope word differs by standard: 焊工, 电工, 车工 say 本职业 only, service occupations 本职业或相关职业.
"""

from gongjiang.law.eligibility.clause import COLLEGE, HIGHER, TECHNICAL, VOCATIONAL, YEAR, Clause, senior
from gongjiang.law.eligibility.facts import School
from gongjiang.law.eligibility.other_atoms import ApprenticeDone, PreTechnician, Schooled, SchoolEvaluated
from gongjiang.law.eligibility.words import Words
from gongjiang.law.eligibility.work_atoms import Certified, Worked, WorkedAfterCertificate

TECHNICAL_SCHOOL = Schooled(TECHNICAL, Words("技工学校", "technical school"))
SECONDARY_OR_HIGHER = Schooled(
    VOCATIONAL - {School.JUNIOR_COLLEGE, School.UNIVERSITY},
    Words("以中级技能为培养目标的中等及以上职业学校", "vocational school that aims at intermediate skill"),
)
HIGHER_VOCATIONAL = Schooled(
    frozenset({School.HIGHER_VOCATIONAL}),
    Words("以高级技能为培养目标的高等职业学校", "higher vocational school that aims at senior skill"),
)
COLLEGE_GRADUATE = Schooled(COLLEGE, Words("技师学院", "technician college"), major_matters=False, standing="graduate")

CLAUSES = (
    Clause("18-5-1", 5, "累计从事{scope}工作 1 年（含）以上", ((Worked(YEAR),),), "工作年限证明"),
    Clause("18-5-2", 5, "{scope}学徒期满", ((ApprenticeDone(),),), "学徒期满证明"),
    Clause(
        "18-4-1",
        4,
        "取得{scope}五级／初级工证书后，累计从事{scope}工作 4 年（含）以上",
        ((Certified(5), WorkedAfterCertificate(5, 4 * YEAR)),),
        "证书、工作年限证明",
    ),
    Clause("18-4-2", 4, "累计从事{scope}工作 6 年（含）以上", ((Worked(6 * YEAR),),), "工作年限证明"),
    Clause(
        "18-4-3",
        4,
        "取得技工学校本专业或相关专业毕业证书（含尚未取得毕业证书的在校应届毕业生）；或取得经评估论证、以中级技能为培养目标的"
        "中等及以上职业学校本专业或相关专业毕业证书（含尚未取得毕业证书的在校应届毕业生）",
        ((TECHNICAL_SCHOOL,), (SchoolEvaluated(), SECONDARY_OR_HIGHER)),
        "毕业证书或在校证明",
    ),
    Clause(
        "18-3-1",
        3,
        "取得{scope}四级／中级工证书后，累计从事{scope}工作 5 年（含）以上",
        ((Certified(4), WorkedAfterCertificate(4, 5 * YEAR)),),
        "证书、工作年限证明",
    ),
    Clause(
        "18-3-2",
        3,
        "取得{scope}四级／中级工证书，并具有高级技工学校、技师学院毕业证书（含尚未取得毕业证书的在校应届毕业生）；或取得"
        "{scope}四级／中级工证书，并具有经评估论证、以高级技能为培养目标的高等职业学校本专业或相关专业毕业证书"
        "（含尚未取得毕业证书的在校应届毕业生）",
        (
            (Certified(4), senior("graduating", major_matters=False)),
            (Certified(4), SchoolEvaluated(), HIGHER_VOCATIONAL),
        ),
        "证书、毕业证书或在校证明",
    ),
    Clause(
        "18-3-3",
        3,
        "具有大专及以上本专业或相关专业毕业证书，并取得{scope}四级／中级工证书后，累计从事{scope}工作 2 年（含）以上",
        (
            (
                Schooled(HIGHER, Words("大专及以上", "college or higher"), standing="graduate"),
                Certified(4),
                WorkedAfterCertificate(4, 2 * YEAR),
            ),
        ),
        "毕业证书、证书、工作年限证明",
    ),
    Clause(
        "18-2-1",
        2,
        "取得{scope}三级／高级工证书后，累计从事{scope}工作 4 年（含）以上",
        ((Certified(3), WorkedAfterCertificate(3, 4 * YEAR)),),
        "证书、工作年限证明",
    ),
    Clause(
        "18-2-2",
        2,
        "取得{scope}三级／高级工证书的高级技工学校、技师学院毕业生，累计从事{scope}工作 3 年（含）以上；"
        "或取得预备技师证书的技师学院毕业生，累计从事{scope}工作 2 年（含）以上",
        (
            (Certified(3), senior("graduate", major_matters=False), Worked(3 * YEAR)),
            (PreTechnician(), COLLEGE_GRADUATE, Worked(2 * YEAR)),
        ),
        "证书、毕业证书、工作年限证明",
    ),
    Clause(
        "18-1-1",
        1,
        "取得{scope}二级／技师证书后，累计从事{scope}工作 4 年（含）以上",
        ((Certified(2), WorkedAfterCertificate(2, 4 * YEAR)),),
        "证书、工作年限证明",
    ),
)
