"""The uniform conditions of 2023 (国家职业标准编制技术规程 2023年版), for all occupations.

Levels 5 and 4 are confirmed by a public notice, level 3 less its title clause by another; levels 2 and 1 and
every title clause rest on practice. When the text is at hand, this data changes and no code.
"""

from gongjiang.law.eligibility.clause import (
    TECHNICAL,
    VOCATIONAL,
    YEAR,
    Clause,
    higher,
    senior,
)
from gongjiang.law.eligibility.facts import School
from gongjiang.law.eligibility.other_atoms import Intent, Schooled, SchoolEvaluated
from gongjiang.law.eligibility.words import Words
from gongjiang.law.eligibility.work_atoms import (
    Age,
    CertificateHeld,
    Certified,
    Titled,
    Worked,
    WorkedAfterCertificate,
    WorkedAfterTitle,
)

ANY_VOCATIONAL = Schooled(
    TECHNICAL | VOCATIONAL,
    Words("技工院校、中等及以上职业院校、专科及以上普通高校", "technical, vocational or higher school"),
)
TECHNICIAN_STUDENT = Schooled(
    frozenset({School.TECHNICIAN_CLASS}),
    Words("技师学院预备技师班、技师班", "technician class of a technician college"),
    major_matters=False,
    standing="student",
)

CLAUSES = (
    Clause("23-5-1", 5, "年满 16 周岁，拟从事本职业或相关职业工作", ((Age(), Intent()),)),
    Clause(
        "23-5-2",
        5,
        "年满 16 周岁，从事{scope}工作",
        ((Age(), Worked(0)),),
        "工作年限证明（以社保记录为先）",
    ),
    Clause("23-4-1", 4, "累计从事{scope}工作满 5 年", ((Worked(5 * YEAR),),), "满 5 年的工作年限证明"),
    Clause(
        "23-4-2",
        4,
        "取得{scope}五级／初级工证书后，累计从事{scope}工作满 3 年",
        ((Certified(5), WorkedAfterCertificate(5, 3 * YEAR)),),
        "证书、满 3 年的工作年限证明",
    ),
    Clause(
        "23-4-3",
        4,
        "取得技工院校、中等及以上职业院校、专科及以上普通高等学校本专业或相关专业毕业证书（含在读应届毕业生）",
        ((ANY_VOCATIONAL,),),
        "毕业证书、学信网备案表或应届在校证明",
    ),
    Clause("23-3-1", 3, "累计从事{scope}工作满 10 年", ((Worked(10 * YEAR),),), "满 10 年的承诺书、社保记录（必须）"),
    Clause(
        "23-3-2",
        3,
        "取得{scope}四级／中级工证书后，累计从事{scope}工作满 4 年",
        ((Certified(4), WorkedAfterCertificate(4, 4 * YEAR)),),
        "证书、满 4 年的工作年限证明",
    ),
    Clause(
        "23-3-3",
        3,
        "取得符合专业对应关系的初级职称（专业技术人员职业资格）后，累计从事{scope}工作满 1 年",
        ((Titled("junior"), WorkedAfterTitle("junior", YEAR)),),
        "职称证书、满 1 年的工作年限证明",
    ),
    Clause(
        "23-3-4",
        3,
        "取得技工院校高级工班及以上本专业或相关专业毕业证书（含在读应届毕业生）",
        ((senior("graduating", major_matters=True),),),
        "毕业证书或在校证明",
    ),
    Clause(
        "23-3-5",
        3,
        "取得{scope}四级／中级工证书，并取得高等职业学校、专科及以上普通高等学校本专业或相关专业毕业证书（含在读应届毕业生）",
        ((Certified(4), higher("graduating")),),
        "证书、毕业证书",
    ),
    Clause(
        "23-3-6",
        3,
        "取得经评估论证的高等职业学校、专科及以上普通高等学校本专业或相关专业毕业证书（含在读应届毕业生）",
        ((SchoolEvaluated(), higher("graduating")),),
        "毕业证书、评估论证材料",
    ),
    Clause(
        "23-2-1",
        2,
        "取得{scope}三级／高级工证书后，累计从事{scope}工作满 5 年",
        ((Certified(3), WorkedAfterCertificate(3, 5 * YEAR)),),
        "证书、满 5 年的承诺书、社保记录",
    ),
    Clause(
        "23-2-2",
        2,
        "取得符合专业对应关系的初级职称后，累计从事{scope}工作满 5 年，"
        "并在取得{scope}三级／高级工证书后，从事{scope}工作满 1 年",
        ((Titled("junior"), WorkedAfterTitle("junior", 5 * YEAR), Certified(3), WorkedAfterCertificate(3, YEAR)),),
        "职称证书、等级证书、满 5 年的工作年限证明",
    ),
    Clause(
        "23-2-3",
        2,
        "取得符合专业对应关系的中级职称后，累计从事{scope}工作满 1 年",
        ((Titled("intermediate"), WorkedAfterTitle("intermediate", YEAR)),),
        "职称证书、满 1 年的承诺书、社保记录",
    ),
    Clause(
        "23-2-4",
        2,
        "取得{scope}三级／高级工证书的高级技工学校、技师学院毕业生，累计从事{scope}工作满 2 年",
        ((Certified(3), senior("graduate", major_matters=False), Worked(2 * YEAR)),),
        "证书、毕业证书、满 2 年的工作年限证明",
    ),
    Clause(
        "23-2-5",
        2,
        "取得{scope}三级／高级工证书满 2 年的技师学院预备技师班、技师班学生",
        ((CertificateHeld(3, 2 * YEAR), TECHNICIAN_STUDENT),),
        "证书、学校证明",
    ),
    Clause(
        "23-1-1",
        1,
        "取得{scope}二级／技师证书后，累计从事{scope}工作满 5 年",
        ((Certified(2), WorkedAfterCertificate(2, 5 * YEAR)),),
        "证书、满 5 年的承诺书、社保记录",
    ),
    Clause(
        "23-1-2",
        1,
        "取得符合专业对应关系的中级职称后，累计从事{scope}工作满 5 年，"
        "并在取得{scope}二级／技师证书后，从事{scope}工作满 1 年",
        (
            (
                Titled("intermediate"),
                WorkedAfterTitle("intermediate", 5 * YEAR),
                Certified(2),
                WorkedAfterCertificate(2, YEAR),
            ),
        ),
        "职称证书、等级证书、满 5 年的工作年限证明",
    ),
    Clause(
        "23-1-3",
        1,
        "取得符合专业对应关系的高级职称后，累计从事{scope}工作满 1 年",
        ((Titled("senior"), WorkedAfterTitle("senior", YEAR)),),
        "职称证书、满 1 年的工作年限证明",
    ),
)
