"""Imports of lists: every problem of every row at once, all or nothing, and the same list again changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import at, make_actor, make_tree

from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.law.places import CHINA, JILIN, SHANXI, XINZHOU
from gongjiang.standards import actions, basis, exports, queries, rules_catalogue
from gongjiang.standards.models import (
    AccessQualification,
    CatalogueEdition,
    NationalStandard,
    Occupation,
    SpecialisedProject,
    StandardWeight,
)
from gongjiang.standards.writing import Imported

pytestmark = pytest.mark.django_db
NOW = at("2026-03-02 09:00")
CLERK = system("test")
BOOK = "《中华人民共和国职业分类大典（2015年版）》"


def sheet(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def bring_edition(*rows: str, edition: int = 2015, **changes) -> Imported:
    told = {"actor": CLERK, "at": NOW, "edition": edition, "source": BOOK, "place": JILIN, **changes}
    return actions.import_edition(content=sheet("职业编码,职业名称,小类名称,标识,工种,别名,现职业编码", *rows), **told)


def codes(refused) -> list[tuple[int | None, str, str]]:
    return [(each.row, each.column, each.code) for each in refused.value.problems]


@pytest.mark.requirement("CAT-01")
def test_an_edition_comes_in_and_takes_its_examples_away():
    done = bring_edition(
        "6-31-01-03,电工,机械设备修理人员,,矿井维修电工、船舶电工,低压电工,6-31-01-03",
        "4-14-02-01,公共营养师,营养与健康咨询服务人员,,,,4-14-02-01",
        "6-31-02-99,样例修理工,样例人员,L/S,,,",
    )

    assert done == Imported(added=3)
    listed = Occupation.objects.filter(edition=2015).values_list("code", "name", "is_green", "is_digital")
    assert list(listed) == [
        ("4-14-02-01", "公共营养师", False, False),
        ("6-31-01-03", "电工", False, False),
        ("6-31-02-99", "样例修理工", True, True),
    ]
    assert CatalogueEdition.objects.get(edition=2015).is_example is False
    assert queries.search_occupations("公共营养师")[0].code == "4-14-02-01"
    entry = AuditEntry.objects.get(action="catalogue.import_edition")
    assert entry.facts == {"edition": 2015, "added": 3, "changed": 0, "same": 0, "source": BOOK}


@pytest.mark.requirement("CAT-01")
def test_every_problem_of_an_edition_is_told_and_nothing_saved():
    before = Occupation.objects.count()

    with pytest.raises(SheetRefused) as refused:
        bring_edition(
            "6-31-01,电工,,,,,",
            "2-02-10-09,人工智能工程技术人员,,,,,",
            "6-31-01-03,,,,,,",
            "6-18-01-01,车工,,绿,,,",
            "6-18-02-04,焊工,,,,,9-99-99-99",
            "6-18-02-05,样例工,,,,,6-99-99-99",
            "6-18-01-02,铣工,,,,,",
            "6-18-01-02,铣工,,,,,",
        )

    assert codes(refused) == [
        (2, "code", "occupation-code"),
        (3, "code", "not-skill-class"),
        (4, "name", "missing"),
        (5, "mark", "choice"),
        (6, "became", "occupation-code"),
        (7, "became", "occupation-unknown"),
        (9, "code", "row-twice"),
    ]
    assert next(each.why for each in refused.value.problems if each.code == "not-skill-class").endswith("第6条")
    assert Occupation.objects.count() == before
    assert CatalogueEdition.objects.get(edition=2015).is_example is True
    assert all(each.what and each.mend for each in refused.value.problems)


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), ("名称\n电工".encode(), "headings"), (b"\xff\xfe\xfa", "encoding")]
)
def test_a_file_that_is_no_such_sheet_is_refused(content, code):
    with pytest.raises(SheetRefused) as refused:
        actions.import_edition(actor=CLERK, at=NOW, content=content, edition=2015, source=BOOK, place=JILIN)

    assert refused.value.problems
    assert all(each.mend for each in refused.value.problems)


@pytest.mark.parametrize(
    ("edition", "source", "code"), [(1990, BOOK, "edition"), (2031, BOOK, "edition"), (2015, " ", "source")]
)
def test_year_and_source_are_asked_for(edition, source, code):
    with pytest.raises(Refused) as refused:
        bring_edition("6-31-01-03,电工,,,,,", edition=edition, source=source)

    assert refused.value.codes == (code,)


def test_only_officers_of_the_province_import():
    tree = make_tree()
    for role, where in (("city_officer", "changchun"), ("centre_officer", "centre")):
        with pytest.raises(NotAllowed):
            bring_edition("6-31-01-03,电工,,,,,", actor=make_actor(tree[where], role))

    assert bring_edition("6-31-01-03,电工,,,,,", actor=make_actor(tree["province"], "provincial_officer")).added == 1


@pytest.mark.requirement("CAT-01")
def test_an_edition_imported_from_its_own_export_changes_nothing():
    first = exports.edition_csv(2022)
    before = list(Occupation.objects.filter(edition=2022).values())

    done = actions.import_edition(actor=CLERK, at=NOW, content=first, edition=2022, source="2022年版大典", place=JILIN)

    assert done == Imported(same=1120)
    assert list(Occupation.objects.filter(edition=2022).values()) == before
    assert exports.edition_csv(2022) == first


names = st.text(alphabet="甲乙丙丁戊己庚辛壬癸员工师", min_size=2, max_size=5)
entries = st.lists(
    st.tuples(st.integers(3, 6), st.integers(1, 30), names), unique_by=lambda each: each[:2], min_size=1, max_size=8
)


@pytest.mark.requirement("CAT-01")
@given(entries)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_edition_survives_export_and_import(db, rows):
    Occupation.objects.filter(edition=1999).delete()
    told = [f"{major}-01-01-{number:02},{name},,,,," for major, number, name in rows]

    assert bring_edition(*told, edition=1999) == Imported(added=len(rows))
    content = exports.edition_csv(1999)
    again = actions.import_edition(actor=CLERK, at=NOW, content=content, edition=1999, source=BOOK, place=CHINA)
    assert again == Imported(same=len(rows))
    assert exports.edition_csv(1999) == content


@pytest.mark.requirement("GOV-05")
def test_the_access_list_replaces_its_examples_and_holds_by_day():
    head = "职业编码,职业名称,资格名称,实施部门,施行日期,失效日期"
    content = sheet(head, "6-18-02-04,焊工,民用核安全设备焊接人员资格,样例部门,2026-01-01,2027-01-01")
    guard, welder = (queries.occupation_by_code(code) for code in ("4-07-05-01", "6-18-02-04"))
    assert [each.code for each in basis.access_type(guard, JILIN, on=date(2026, 3, 2))] == ["access-type"]

    done = actions.import_access_types(actor=CLERK, at=NOW, content=content, source="样例目录")

    assert done == Imported(added=1)
    assert actions.import_access_types(actor=CLERK, at=NOW, content=content, source="样例目录") == Imported(same=1)
    assert list(AccessQualification.objects.values_list("occupation__name", "is_example")) == [("焊工", False)]
    days = {day: bool(basis.access_type(welder, JILIN, on=day)) for day in (date(2025, 12, 31), date(2026, 1, 1))}
    assert days == {date(2025, 12, 31): False, date(2026, 1, 1): True}
    assert basis.access_type(welder, JILIN, on=date(2027, 1, 1)) == []
    assert basis.access_type(guard, JILIN, on=date(2026, 3, 2)) == []


def test_a_bad_access_list_is_told_row_by_row():
    content = sheet(
        "职业编码,职业名称,资格名称,实施部门,施行日期,失效日期",
        "6-18-02-04,车工,资格,部门,2026-01-01,",
        "6-18-02-04,焊工,资格,部门,2026-02-30,",
        "6-18-02-04,焊工,资格,部门,2026-02-01,2026-01-01",
        "6-77-77-77,样例,资格,部门,2026-02-01,",
    )

    with pytest.raises(SheetRefused) as refused:
        actions.import_access_types(actor=CLERK, at=NOW, content=content, source="样例目录")

    assert codes(refused) == [
        (2, "name", "name-differs"),
        (3, "since", "day"),
        (4, "until", "days-out-of-order"),
        (5, "code", "occupation-unknown"),
    ]
    assert set(AccessQualification.objects.values_list("is_example", flat=True)) == {True}


@pytest.mark.requirement("GOV-05")
def test_a_level_on_a_specialised_project_is_refused_with_its_article():
    content = sheet("项目编码,项目名称,施行日期,等级", "14-001,面食制作,2024-01-01,五级", "14-002,剪纸,2024-01-01,")

    with pytest.raises(SheetRefused) as refused:
        actions.import_projects(actor=CLERK, at=NOW, content=content, source="样例目录", place=XINZHOU)

    assert codes(refused) == [(2, "level", "level-on-specialised")]
    assert refused.value.problems[0].why == "忻人社办发〔2024〕2号 第8条"
    assert set(SpecialisedProject.objects.values_list("is_example", flat=True)) == {True}


@pytest.mark.requirement("GOV-05")
def test_a_places_projects_replace_its_examples_only():
    content = sheet("项目编码,项目名称,施行日期", "14-001,面食制作,2024-01-01", "14-002,剪纸,2024-01-01")

    done = actions.import_projects(actor=CLERK, at=NOW, content=content, source="样例目录", place=SHANXI)

    assert done == Imported(added=2)
    listed = SpecialisedProject.objects.values_list("place_code", "code", "name", "is_example")
    assert list(listed) == [("14", "14-001", "面食制作", False), ("14", "14-002", "剪纸", False)]


HEAD = (
    "职业编码,标准名称,版本,工种,施行日期,失效日期,申报条件,经历范围,等级,考核部分,评价方式,考核形式,"
    "时长（分钟）,合格分,满分,每名考评人员考生数,考评人员至少,考评人员单数"
)
SHARED = "6-31-01-03,电工,2026,,2026-09-01,,uniform-2023,本职业或相关职业"


@pytest.mark.requirement("CAT-02")
@pytest.mark.requirement("CAT-04")
def test_a_standard_comes_in_with_levels_methods_ratios_and_times():
    content = sheet(
        HEAD,
        f"{SHARED},四级,理论知识考试,,机考,90,60,100,15,2,否",
        f"{SHARED},四级,操作技能考核,过程考核,现场操作,150,60,100,5,3,是",
        f"{SHARED},技师,综合评审,论文答辩,答辩,40,60,100,5,3,是",
    )

    done = actions.import_standards(actor=CLERK, at=NOW, content=content, source="样例发布通知")

    assert done == Imported(added=1)
    electrician = queries.occupation_by_code("6-31-01-03")
    new = queries.standard_for(electrician, "4", on=date(2026, 9, 1))
    assert (new.edition, new.clause_set, new.is_example) == ("2026", "uniform-2023", False)
    assert queries.standard_for(electrician, "4", on=date(2026, 8, 31)).edition == "2018"
    told = [(part.kind, part.way, part.minutes, part.candidates_per_staff) for part in queries.parts_of(new, "4")]
    assert told == [("theory", "theory_exam", 90, 15), ("practical", "continuous_assessment", 150, 5)]
    assert [(part.way, part.content) for part in queries.parts_of(new, "2")] == [("thesis_defence", "work_performance")]
    assert actions.import_standards(actor=CLERK, at=NOW, content=content, source="样例发布通知") == Imported(same=1)
    shorter = content.replace(b"150", b"120")
    assert actions.import_standards(actor=CLERK, at=NOW, content=shorter, source="更正通知") == Imported(changed=1)


def test_a_bad_sheet_of_standards_is_told_row_by_row():
    before = NationalStandard.objects.count()
    content = sheet(
        HEAD,
        f"{SHARED},四级,理论知识考试,,机考,90,60,100,15,2,否",
        f"{SHARED},四级,理论知识考试,,机考,90,60,100,15,2,否",
        f"{SHARED},六级,理论,猜谜,机考,两小时,110,100,0,2,也许",
        "6-31-01-03,电工,2026,,2026-10-01,,uniform-2023,本职业,三级,理论知识考试,,机考,90,六十,100,15,2,否",
        "6-77-77-77,样例,甲版,,2026-02-30,,uniform-1999,不限,三级,面试,,,90,60,100,15,2,否",
    )

    with pytest.raises(SheetRefused) as refused:
        actions.import_standards(actor=CLERK, at=NOW, content=content, source="样例发布通知")

    assert sorted(codes(refused)) == [
        (3, "part", "row-twice"),
        (4, "level", "choice"),
        (4, "minutes", "number"),
        (4, "odd", "choice"),
        (4, "pass_mark", "pass-mark"),
        (4, "ratio", "zero"),
        (4, "way", "choice"),
        (5, "in_force", "rows-disagree"),
        (5, "pass_mark", "number"),
        (5, "scope", "rows-disagree"),
        (6, "clause_set", "choice"),
        (6, "code", "occupation-unknown"),
        (6, "edition", "edition"),
        (6, "in_force", "day"),
        (6, "part", "choice"),
        (6, "scope", "choice"),
    ]
    assert NationalStandard.objects.count() == before


def weights(*rows: str) -> Imported:
    content = sheet("职业编码,标准名称,版本,等级,考核部分,职业功能,权重（%）", *rows)
    return actions.import_weights(actor=CLERK, at=NOW, content=content, source="样例权重表")


@pytest.mark.requirement("CAT-02")
def test_weights_sum_to_a_hundred_or_are_refused():
    start = "6-31-01-03,电工,2018,四级,操作技能考核"
    assert weights(f"{start},甲,40", f"{start},乙,60") == Imported(added=2)
    assert weights(f"{start},甲,40", f"{start},丙,60") == Imported(added=1, same=1)

    with pytest.raises(SheetRefused) as refused:
        weights(f"{start},甲,40", f"{start},甲,50", "6-31-01-03,电工,1999,四级,操作技能考核,甲,100")

    assert sorted(codes(refused)) == [
        (2, "percent", "weight-sum"),
        (3, "function", "row-twice"),
        (3, "percent", "weight-sum"),
        (4, "title", "standard-unknown"),
    ]
    assert dict(StandardWeight.objects.values_list("function", "percent")) == {"甲": Decimal(40), "丙": Decimal(60)}


def test_the_example_weights_sum_to_a_hundred_and_say_what_they_are():
    assert actions.load_example_weights(actor=CLERK, at=NOW) == 131
    assert actions.load_example_weights(actor=CLERK, at=NOW) == 131

    sums: dict[tuple[int, str], Decimal] = {}
    for weight in StandardWeight.objects.all():
        key = (weight.standard_level_id, weight.part)
        sums[key] = sums.get(key, Decimal(0)) + weight.percent
    assert set(sums.values()) == {Decimal(100)}
    assert set(StandardWeight.objects.values_list("is_example", flat=True)) == {True}


@pytest.mark.requirement("GOV-05")
@pytest.mark.parametrize(
    ("place", "kind", "level", "code", "expected"),
    [
        (XINZHOU, "specialised", "4", "", ["level-on-specialised"]),
        (XINZHOU, "specialised", "", "", []),
        (XINZHOU, "level", "4", "4-07-05-01", ["access-type"]),
        (XINZHOU, "qualification", "4", "4-07-05-01", []),
        (XINZHOU, "qualification", "4", "6-31-01-03", ["not-access-type"]),
        (XINZHOU, "level", "master", "6-31-01-03", ["level-unknown"]),
        (JILIN, "specialised", "", "", ["kind-unknown"]),
        (JILIN, "level", "4", "6-31-01-03", []),
    ],
)
def test_each_kind_of_evaluation_has_its_own_occupations_and_levels(place, kind, level, code, expected):
    occupation = queries.occupation_by_code(code) if code else None

    grounds = rules_catalogue.against_kind(kind, place=place, on=date(2026, 3, 2), level=level, occupation=occupation)

    assert [ground.code for ground in grounds] == expected
    assert all(ground.cites and ground.why and ground.way_on for ground in grounds)
