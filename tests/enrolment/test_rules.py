"""One row against every rule: who it is, what for, on what grounds."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.enrolment.people import number, person
from tests.factories import at

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.enrolment.facts import read_facts, row_of, stated
from gongjiang.enrolment.labels import ENGLISH, label
from gongjiang.enrolment.rules import RowProblem, check_row, context_for, tell
from gongjiang.enrolment.rules.person import mask_phone
from gongjiang.enrolment.rules.problems import MESSAGES, what_is_called
from gongjiang.kernel.actor import system
from gongjiang.kernel.settings_of_place import set_setting
from gongjiang.kernel.sheets.model import Cell, Row
from gongjiang.law.codes import identity_check_character

TODAY = date(2026, 4, 20)


def check(batch, **changes):
    made, problems = check_row(row_of(person(0, **changes)), context_for(batch, today=TODAY))
    return made, [f"{each.column}.{each.code}" + ("?" if each.soft else "") for each in problems]


@pytest.mark.django_db
@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"identity": number(0).lower().replace("2", "２", 1)}, []),
        ({"identity": number(0, born=date(2010, 5, 30))}, ["identity.young?"]),
        ({"identity": number(0, born=date(2010, 5, 31))}, ["identity.too_young", "identity.young?"]),
        ({"identity": number(0, born=date(2008, 5, 30))}, []),
        ({"identity": number(0, born=date(2008, 5, 31))}, ["identity.young?"]),
        ({"identity_kind": "港澳台居民居住证"}, ["identity_kind.identity_kind"]),
        ({"sex": "女"}, ["sex.sex"]),
        ({"born_on": "1990-01-02"}, ["born_on.born"]),
        ({"born_on": "春天"}, ["born_on.fact"]),
        ({"phone": "+86 138-0000-0001"}, []),
        ({"employer": "无", "employer_code": "无"}, []),
        ({"occupation": "维修电工"}, []),  # another name of it
        ({"occupation": "钳工"}, ["occupation.occupation_name"]),
        ({"occupation_code": "6-99-99-99"}, ["occupation_code.occupation_unknown"]),
        ({"level": "5"}, []),
        ({"job_type": "没有的工种"}, []),
        ({"clause": "18-4-2"}, []),
        ({"clause": "18-4-1"}, ["clause.other_clause?"]),
        ({"clause": "18-4-1", "own_since": "2024-03"}, ["clause.not_eligible"]),
        ({"own_since": "2020-04"}, []),
        ({"own_since": "2020-05"}, ["clause.not_eligible"]),
        ({"certificate_number": "S000022999011183292888", "certificate_level": "五级/初级工",
          "certificate_on": "2018-01-21"}, ["certificate_number.certificate_number?"]),
        ({"certificate_on": "2018-01-21"}, ["certificate_level.fact"]),
        ({"access": "不知道"}, ["access.choice"]),
        ({"name": "甲" * 61}, ["name.too_long"]),
    ],
)  # fmt: skip
def test_a_row_is_told_all_its_problems(batch, changes, found):
    assert check(batch, **changes)[1] == found


@pytest.mark.django_db
def test_what_a_sound_row_comes_to(batch):
    made, problems = check(batch, clause="18-4-2", access="是", exam_kind="补考", employer_code="91229900MA0000001D")

    assert problems == []
    assert (made.line.level, made.clause_claimed, made.needs_access, made.is_resit) == ("4", "18-4-2", True, True)
    assert (made.employer_code, made.relation, made.facts["own_since"]) == (
        "91229900MA0000001D", "society", "2016-03-01",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_number_that_tells_no_birth_needs_the_day_and_the_sex(batch):
    old_card = "CHN229199001011"[:3] + "229199001011"
    assert check(batch, identity=old_card, identity_kind="外国人永久居留身份证")[1] == [
        "sex.sex_needed",
        "born_on.born_needed",
    ]

    made, problems = check(
        batch, identity=old_card, identity_kind="外国人永久居留身份证", sex="女", born_on="1990年1月1日"
    )
    assert problems == []
    assert (made.identity_kind, made.sex, made.born_on) == ("foreign", "f", date(1990, 1, 1))


@pytest.mark.django_db
def test_a_residence_permit_is_read_like_a_card(batch):
    first = "83000019900101001"
    made, problems = check(batch, identity=first + identity_check_character(first), identity_kind="港澳台居民居住证")
    assert (problems, made.identity_kind, made.sex) == ([], "hmt", "m")


@pytest.mark.django_db
@pytest.mark.requirement("ENR-02")
def test_the_counting_day_is_the_places(batch):
    assert check(batch, own_since="2020-05")[1] == ["clause.not_eligible"]
    set_setting(
        name="eligibility.counting_day", place="22", value="exam_day", since=date(2026, 1, 1), source="样例通知",
        actor=system("test"), at=at("2025-12-01"),
    )  # fmt: skip

    assert check(batch, own_since="2020-05")[1] == []
    assert context_for(batch, today=TODAY).counted_on == batch.exam_from


@pytest.mark.django_db
def test_a_context_takes_the_same_queries_for_any_number_of_lines(body, clerk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests.factories import make_open_batch

    counts = []
    for lines in ((("6-31-01-03", "4"),), (("6-31-01-03", "5"), ("6-31-01-03", "4"), ("6-18-02-04", "5"))):
        made = make_open_batch(body, clerk, lines=lines)
        with CaptureQueriesContext(connection) as caught:
            context_for(made, today=TODAY)
        counts.append(len(caught))
    assert counts[0] == counts[1]


@given(st.dictionaries(st.sampled_from([column.key for column in CANDIDATE_COLUMNS]), st.text(max_size=30)))
def test_what_is_stated_is_read_the_same_again(values):
    row = Row(2, {key: Cell(text) for key, text in values.items() if text})
    first = stated(row)
    again = stated(row_of(first))

    assert read_facts(first, birth_date=None).facts == read_facts(again, birth_date=None).facts


@given(st.text(max_size=20))
def test_a_masked_phone_never_shows_the_middle(text):
    shown = mask_phone(text)
    assert len(shown) == len(text)
    if len(text) >= 10:
        assert set(shown[3:-4]) == {"*"}
    else:
        assert set(shown) <= {"*"}


def test_every_column_has_its_english_name():
    assert set(ENGLISH) == {column.key for column in CANDIDATE_COLUMNS}
    with translation.override("en"):
        assert label("own_since") == "In the occupation since"
    with translation.override("zh-hans"):
        assert label("own_since") == "开始从事本职业年月"


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_problem_says_what_why_and_how_to_mend(code):
    names = set()
    for text in MESSAGES[code]:
        names |= {part.split(")")[0] for part in str(text).split("%(")[1:]}
    stored = RowProblem(code, "name", dict.fromkeys(names, ("甲", "a")), ("JL-2024-5§17",)).as_dict()
    for language in ("zh-hans", "en"):
        with translation.override(language):
            told = tell(stored)
            assert all((told.what, told.why, told.mend, what_is_called(code)))
            assert "%(" not in told.what + told.why + told.mend
            assert [cite.key for cite in told.cites] == ["JL-2024-5§17"]
