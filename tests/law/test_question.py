"""Which document answers: nearest authority, newest document, floors that only rise, ceilings that only fall."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.law import questions as law
from gongjiang.law.model import BadQuestion, Ceiling, Day, Document, Floor, NoRule, Place, Question
from gongjiang.law.places import BAICHENG, CHINA, JILIN, JILIN_PILOT, SHANXI, XINZHOU, UnknownPlace, place
from gongjiang.law.rules import DOCUMENTS, MODULES

pytestmark = pytest.mark.requirement("GOV-04")
DAY = date(2025, 1, 1)


def document(
    where: Place, *, key: str = "D", in_force: date = date(2024, 1, 1), repealed: date | None = None
) -> Document:
    return Document(key, "号", "题", "title", where, in_force, repealed)


def asking(*answers: tuple[Any, Document], kind: type[Question[Any]] = Question) -> Question[Any]:
    question = kind("几天", "How many days", Day.NOTICE)
    for value, doc in answers:
        question.answer(value, doc.article(1))
    return question


@pytest.mark.parametrize(
    ("kind", "city", "expected", "cites"),
    [
        pytest.param(Question, 3, 3, ["CITY§1"], id="nearest speaks"),
        pytest.param(Floor, 3, 5, ["PROVINCE§1", "CITY§1"], id="floor not lowered, both cited"),
        pytest.param(Floor, 7, 7, ["CITY§1"], id="floor raised"),
        pytest.param(Floor, 5, 5, ["CITY§1"], id="floor repeated"),
        pytest.param(Ceiling, 7, 5, ["PROVINCE§1", "CITY§1"], id="ceiling not raised, both cited"),
        pytest.param(Ceiling, 3, 3, ["CITY§1"], id="ceiling lowered"),
        pytest.param(Ceiling, 5, 5, ["CITY§1"], id="ceiling repeated"),
    ],
)
def test_city_against_province(kind: type[Question[Any]], city: int, expected: int, cites: list[str]) -> None:
    question = asking((5, document(SHANXI, key="PROVINCE")), (city, document(XINZHOU, key="CITY")), kind=kind)

    answer = question.at(place=XINZHOU, day=DAY)

    assert (answer.value, answer.keys) == (expected, cites)
    assert [each.value for each in answer.overrules] == [city][: len(cites) - 1]


@given(nation=st.integers(1, 30), province=st.integers(1, 30), city=st.integers(1, 30))
def test_no_authority_goes_below_a_floor_or_above_a_ceiling(nation: int, province: int, city: int) -> None:
    answers = [(nation, document(CHINA)), (province, document(SHANXI)), (city, document(XINZHOU))]

    assert asking(*answers, kind=Floor).at(place=XINZHOU, day=DAY).value == max(nation, province, city)
    assert asking(*answers, kind=Ceiling).at(place=XINZHOU, day=DAY).value == min(nation, province, city)


def test_a_province_falls_back_on_the_nation_and_never_on_its_cities() -> None:
    question = asking((5, document(CHINA)), (3, document(XINZHOU)))

    assert question.at(place=SHANXI, day=DAY).value == 5
    assert question.at(place=JILIN, day=DAY).value == 5


def test_newer_document_of_the_same_place_wins_from_its_day() -> None:
    question = asking((5, document(JILIN)), (7, document(JILIN, in_force=date(2024, 6, 1))))

    assert question.at(place=JILIN, day=DAY).value == 7
    assert question.at(place=JILIN, day=date(2024, 6, 1)).value == 7
    assert question.at(place=JILIN, day=date(2024, 5, 31)).value == 5
    assert [each.until for each in question.answers()] == [date(2024, 6, 1), None]


def test_repealed_document_stops_on_the_day_of_repeal() -> None:
    question = asking((5, document(CHINA, repealed=DAY)))

    assert question.at(place=JILIN, day=date(2024, 12, 31)).value == 5
    with pytest.raises(NoRule, match="2025-01-01"):
        question.at(place=JILIN, day=DAY)


def test_silence_names_question_place_and_day() -> None:
    question = law.RESULT_NOTICE_WORKING_DAYS

    with pytest.raises(NoRule, match="成绩公示工作日数: nothing in force for 全国 on 2025-01-01") as silence:
        question.at(place=CHINA, day=DAY)

    assert (silence.value.question, silence.value.place, silence.value.day) == (question, CHINA, DAY)
    assert question.get(place=CHINA, day=DAY) is None


def test_a_question_by_kind_needs_a_kind_it_knows() -> None:
    with pytest.raises(BadQuestion, match="asked by kind: employer, college, social"):
        law.SERVICE_SCOPE.at(place=JILIN, day=DAY)
    with pytest.raises(BadQuestion, match="doesn't know the kind 'school'"):
        law.SERVICE_SCOPE.at(place=JILIN, day=DAY, kind="school")
    with pytest.raises(BadQuestion, match="doesn't know the kind 'college': none"):
        law.FILING_TERM_YEARS.at(place=JILIN, day=DAY, kind="college")
    with pytest.raises(BadQuestion, match="asked by kind"):
        law.SERVICE_SCOPE.answer(law.Scope(True, False, ""), document(JILIN).article(1))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.DOC.key)
def test_a_document_answers_nothing_before_it_is_in_force_or_above_its_place(module: Any) -> None:
    doc = module.DOC
    above = doc.place.parent
    for question in law.QUESTIONS.values():
        for kind in question.kinds or (None,):
            before = question.get(place=doc.place, day=doc.in_force - timedelta(days=1), kind=kind)
            assert before is None or doc not in {cite.document for cite in before.cites}
            higher = question.get(place=above, day=date(2026, 1, 1), kind=kind) if above else None
            assert higher is None or doc not in {cite.document for cite in higher.cites}


def test_the_pilot_is_a_regime_of_its_own() -> None:
    """Its plan answers for its bodies then and now; where it is silent the province does."""
    later = date(2025, 9, 1)

    assert law.NUMBERS_GIVEN_BY.at(place=JILIN_PILOT, day=later).value == "provincial_centre"
    assert law.NUMBERS_GIVEN_BY.at(place=JILIN, day=later).value == "body"
    assert law.OPENING_APPLIED_FOR.get(place=BAICHENG, day=later) is None
    assert law.OPENING_APPLIED_FOR.at(place=JILIN_PILOT, day=later).value is True
    assert law.RESULT_NOTICE_WORKING_DAYS.at(place=JILIN_PILOT, day=later).keys == ["JL-2024-5§25"]


def test_colleges_file_as_employers_but_remain_a_kind() -> None:
    later = date(2025, 9, 1)

    assert law.BODY_KINDS.at(place=JILIN, day=later).value == ("employer", "college", "social")
    assert law.FILED_AS.at(place=JILIN, day=later, kind="college").value == "employer"


def test_places_by_code() -> None:
    assert place("22") is JILIN
    assert place("220000") is JILIN
    assert place("140900") is XINZHOU
    assert [each.code for each in JILIN_PILOT.chain()] == ["22-2019", "22", "00"]
    with pytest.raises(UnknownPlace, match="no place has the code '99'"):
        place("99")


def test_every_question_knows_its_name_and_has_an_answer() -> None:
    names = [question.name for question in law.QUESTIONS.values()]

    assert len(names) == len(set(names))
    for identifier, question in law.QUESTIONS.items():
        assert question.identifier == identifier
        assert question.provisions, identifier
        assert {cite.document.key for each in question.provisions for cite in each.cites} <= set(DOCUMENTS)
