"""One row of an enrolment sheet becomes facts; every cell that can't be read is told, all at once."""

from datetime import date, datetime

import pytest

from gongjiang.law.eligibility import (
    COLUMNS,
    Employment,
    Facts,
    PriorCertificate,
    ProfessionalTitle,
    School,
    Schooling,
    assess,
    facts_from_row,
)

BIRTH = date(1998, 3, 12)


@pytest.mark.requirement("ENR-02")
def test_a_full_row_becomes_facts() -> None:
    row = {
        "本职业工作年限起": "2018-07",
        "相关职业工作年限起": datetime(2015, 3, 9),  # noqa: DTZ001 as a spreadsheet gives it
        "相关职业工作年限止": "2016年2月",
        "原证书等级": "四级／中级工",
        "原证书编号": "Y000022999003214000131",
        "原证书发证日期": date(2021, 5, 20),
        "学历": "大专",
        "毕业日期": "2018/7/1",
        "专业对口": "相关专业",
        "应届毕业生": "否",
        "学徒期满": "是",
        "职称等级": "中级",
        "职称取得日期": "2020-01-02",
    }
    answer = facts_from_row(row, birth_date=BIRTH)
    assert answer.problems == ()
    assert answer.facts == Facts(
        birth_date=BIRTH,
        intent=True,
        employments=(
            Employment(date(2018, 7, 1), None, "own", ref="本职业工作年限起"),
            Employment(date(2015, 3, 1), date(2016, 3, 1), "related", ref="相关职业工作年限起"),
        ),
        certificates=(PriorCertificate(4, date(2021, 5, 20), "own", "Y000022999003214000131", ref="原证书等级"),),
        titles=(ProfessionalTitle("intermediate", date(2020, 1, 2), True, ref="职称等级"),),
        schoolings=(Schooling(School.JUNIOR_COLLEGE, "related", date(2018, 7, 1), ref="学历"),),
        apprenticeship_done=True,
    )


@pytest.mark.requirement("ENR-02")
def test_a_row_is_judged_as_it_stands() -> None:
    answer = facts_from_row({"本职业工作年限起": "2016-05"}, birth_date=BIRTH)
    met = assess("uniform-2023", 3, answer.facts, date(2026, 5, 1)).met
    assert [clause.id for clause in met] == ["23-3-1"]
    assert not assess("uniform-2023", 3, answer.facts, date(2026, 4, 30)).eligible


def test_an_empty_row_states_the_intent_only() -> None:
    row = dict.fromkeys((column.name for column in COLUMNS), "")
    answer = facts_from_row(row | {"学历": None}, birth_date=BIRTH)
    assert (answer.facts, answer.problems) == (Facts(birth_date=BIRTH, intent=True), ())


@pytest.mark.parametrize(("cell", "level"), [(3, 3), (3.0, 3), ("3", 3), (" 高级工 ", 3), ("二级/技师", 2)])
def test_levels_are_read_as_people_write_them(cell: object, level: int) -> None:
    answer = facts_from_row({"原证书等级": cell, "原证书发证日期": "2020-01-01"}, birth_date=None)
    assert [held.level for held in answer.facts.certificates] == [level]


@pytest.mark.requirement("ENR-01")
def test_every_problem_of_a_row_is_told_at_once() -> None:
    row = {
        "本职业工作年限起": "2018-13",
        "相关职业工作年限止": "2016-02",
        "原证书等级": "六级",
        "原证书发证日期": "2020-01-01",
        "学历": "大学堂",
        "毕业日期": 43282,
        "应届毕业生": "也许",
        "职称等级": "中级",
    }
    answer = facts_from_row(row, birth_date=BIRTH)
    assert [(problem.column, problem.code) for problem in answer.problems] == [
        ("本职业工作年限起", "date"),
        ("相关职业工作年限起", "missing"),
        ("原证书等级", "choice"),
        ("原证书等级", "missing"),
        ("职称取得日期", "missing"),
        ("学历", "choice"),
        ("毕业日期", "date"),
        ("应届毕业生", "choice"),
    ]
    assert answer.facts == Facts(birth_date=BIRTH, intent=True)


@pytest.mark.parametrize(
    ("since", "until", "column"),
    [("2018-07", "2018-06", "本职业工作年限止"), ("2018-07", "someday", "本职业工作年限止")],
)
def test_work_with_a_wrong_end_is_told_and_not_counted(since: str, until: str, column: str) -> None:
    row = {"本职业工作年限起": since, "本职业工作年限止": until}
    answer = facts_from_row(row, birth_date=None)
    assert [problem.column for problem in answer.problems] == [column]
    assert answer.facts.employments == ()
