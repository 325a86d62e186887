"""The plain structures that pages and docs are made of."""

from datetime import date
from fractions import Fraction

import pytest

from gongjiang.law import questions as law
from gongjiang.law.describe import describe_questions, document_view, find_question
from gongjiang.law.places import JILIN, XINZHOU
from gongjiang.law.words import chinese, plain


def test_a_question_is_told_whole() -> None:
    view = next(view for view in describe_questions() if view.identifier == "RESULT_NOTICE_WORKING_DAYS")
    (answer,) = view.answers

    assert (view.name, view.asked_on, view.asked_on_english, view.bound) == (
        "成绩公示工作日数", "公示开始日", "the day the notice is posted", "floor",
    )  # fmt: skip
    assert (answer.value, answer.text, answer.place, answer.since, answer.until) == (
        5, "5个工作日", JILIN, date(2024, 12, 2), None,
    )  # fmt: skip
    assert [cite.key for cite in answer.cites] == ["JL-2024-5§25"]
    assert "不少于5个工作日的公示" in answer.cites[0].words


def test_an_answer_ends_where_the_same_authoritys_next_begins() -> None:
    view = next(view for view in describe_questions() if view.identifier == "STANDARDS_ALLOWED")
    social = [
        (answer.place, answer.since, answer.until, answer.value)
        for answer in view.answers
        if answer.kind == "social" and answer.place in (JILIN, XINZHOU)
    ]

    assert social == [
        (XINZHOU, date(2024, 3, 21), None, ("national", "specification")),
        (JILIN, date(2024, 12, 2), date(2025, 7, 1), ("national", "specification")),
        (JILIN, date(2025, 7, 1), None, ("national",)),
    ]


def test_articles_tell_how_they_are_answered() -> None:
    view = document_view("JL-2024-5")
    assert view is not None
    articles = {article.cite.key: article for article in view.articles}

    assert articles["JL-2024-5§25"].questions == (
        "RESULT_NOTICE_WORKING_DAYS", "OBJECTION_REPLY_WORKING_DAYS",
    )  # fmt: skip
    assert (articles["JL-2024-5§49"].status, articles["JL-2024-5§49"].reason) == ("waived", "解释权")
    assert (articles["JL-2024-5§35"].status, articles["JL-2024-5§35"].requirements) == ("pending", ("ARC-01",))
    assert document_view("JL-1999-1") is None


def test_every_value_has_a_chinese_word() -> None:
    for view in describe_questions():
        for answer in view.answers:
            assert answer.text


@pytest.mark.parametrize("name", ["FILING_TERM_YEARS", "filing-term-years", "备案有效期"])
def test_a_question_is_found_by_either_name(name: str) -> None:
    assert find_question(name) is law.FILING_TERM_YEARS


def test_values_in_chinese_and_in_json() -> None:
    scope = law.SERVICE_SCOPE.at(place=JILIN, day=date(2025, 1, 1), kind="college").value

    assert chinese(scope) == "本学校在校学生；符合条件的按规定可服务他人"
    assert plain(scope) == {
        "own_people_only": True, "may_serve_others_if_permitted": True, "whom": "本学校在校学生",
    }  # fmt: skip
    assert (chinese(Fraction(2, 3)), plain(Fraction(2, 3))) == ("2/3", "2/3")
    assert (chinese(True), chinese(()), chinese((3, 4, 5, 6))) == ("是", "无", "三、四、五、六")
