"""Staffing: each thing that can be wrong with a roster, and the draw that makes a sound one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.solvers.staffing import (
    Duty,
    Finding,
    Person,
    Requirement,
    RoomLoad,
    StaffMember,
    check_roster,
    propose_roster,
    substitutes,
)

pytestmark = pytest.mark.requirement("ARR-04")

DAY = date(2026, 6, 27)
LATHE, POWER = ("车工", "4"), ("电工", "3")
RULES = Requirement(
    roles=frozenset({"chief_officer", "safety_officer"}),
    per_room_invigilators=2,
    candidates_per_invigilator=15,
    candidates_per_assessor=5,
    min_assessors=3,
    odd_assessors=True,
)


def candidates(count: int, subject: tuple[str, str] = LATHE, prefix: str = "c") -> tuple[Person, ...]:
    return tuple(Person(f"{prefix}{i:02}", f"E{i % 3}", *subject) for i in range(count))


THEORY = RoomLoad("101", "theory", candidates(30))
PRACTICE = RoomLoad("201", "practical", candidates(16))
PEOPLE = [
    StaffMember("chief", frozenset({"chief_officer"})),
    StaffMember("safe", frozenset({"safety_officer"})),
    *(StaffMember(f"i{n}", frozenset({"invigilator"})) for n in range(4)),
    *(StaffMember(f"a{n}", frozenset({"assessor"}), frozenset({LATHE})) for n in range(7)),
]
SOUND = [
    Duty("chief", "chief_officer"),
    Duty("safe", "safety_officer"),
    Duty("i0", "invigilator", "101"),
    Duty("i1", "invigilator", "101"),
    *(Duty(f"a{n}", "assessor", "201") for n in range(5)),
]


def check(
    duties: list[Duty], people: list[StaffMember] = PEOPLE, rules: Requirement = RULES, rooms=(THEORY, PRACTICE)
) -> tuple[Finding, ...]:
    return check_roster(duties, rules, rooms, people, DAY)


def changed(key: str, **values: object) -> list[StaffMember]:
    """The people, one of them changed."""
    return [replace(each, **values) if each.key == key else each for each in PEOPLE]


def test_a_sound_roster_has_no_findings() -> None:
    assert check(SOUND) == ()


def test_a_role_that_nobody_holds() -> None:
    assert check(SOUND[1:]) == (Finding("role_missing", "chief_officer", needed=1, found=0),)


def test_a_role_that_needs_more_than_one() -> None:
    rules = replace(RULES, at_least={"safety_officer": 2})
    assert check(SOUND, rules=rules) == (Finding("role_missing", "safety_officer", needed=2, found=1),)


def test_too_few_invigilators_for_the_room_and_for_the_ratio() -> None:
    assert check([*SOUND[:3], *SOUND[4:]]) == (Finding("invigilators_short", "invigilator", "101", 2, 1),)
    full = RoomLoad("101", "theory", candidates(31))
    assert check(SOUND, rooms=(full, PRACTICE)) == (Finding("invigilators_short", "invigilator", "101", 3, 2),)


@pytest.mark.parametrize(("count", "needed"), [(0, 0), (1, 2), (30, 2), (31, 3), (46, 4)])
def test_invigilators_needed(count: int, needed: int) -> None:
    assert RULES.invigilators(count) == needed


@pytest.mark.parametrize(("count", "odd", "needed"), [(0, True, 0), (1, True, 3), (16, True, 5), (16, False, 4)])
def test_assessors_needed(count: int, odd: bool, needed: int) -> None:
    assert replace(RULES, odd_assessors=odd).assessors(count) == needed


def test_too_few_assessors_and_an_even_number() -> None:
    short = Finding("assessors_short", "assessor", "201", 5, 4, occupation="车工", level="4")
    assert check(SOUND[:-1]) == (short,)
    even = Finding("assessors_even", "assessor", "201", 7, 6, occupation="车工", level="4")
    assert check([*SOUND, Duty("a5", "assessor", "201")]) == (even,)
    assert check([*SOUND, Duty("a5", "assessor", "201"), Duty("a6", "assessor", "201")]) == ()


def test_each_subject_of_a_room_needs_its_assessors() -> None:
    mixed = RoomLoad("201", "practical", candidates(5) + candidates(4, POWER, "p"))
    found = check(SOUND, rooms=(THEORY, mixed))
    assert found == (Finding("assessors_short", "assessor", "201", 3, 0, occupation="电工", level="3"),)


def test_an_assessor_of_another_subject_does_not_count() -> None:
    assert check(SOUND, changed("a4", qualified=frozenset({POWER}))) == (
        Finding("assessors_short", "assessor", "201", 5, 4, occupation="车工", level="4"),
        Finding("not_qualified", "assessor", "201", person="a4", occupation="车工", level="4"),
    )


def test_a_narrow_duty_is_checked_for_its_own_subject() -> None:
    duties = [*SOUND[:-1], Duty("a4", "assessor", "201", *POWER)]
    assert Finding("not_qualified", "assessor", "201", person="a4", occupation="电工", level="3") in check(duties)


@pytest.mark.parametrize(
    ("values", "code", "why"),
    [
        ({"roles": frozenset({"assessor"})}, "role_not_held", ()),
        ({"term_until": date(2026, 6, 27)}, "term_ended", ("2026-06-27",)),
        ({"term_from": date(2026, 6, 28)}, "term_not_begun", ("2026-06-28",)),
        ({"trainees": frozenset({"c03", "c01", "other"})}, "trained_candidates", ("c01", "c03")),
        ({"recuses_from": frozenset({"E2", "E9"})}, "recused_party", ("E2",)),
    ],
)
def test_an_invigilator_who_may_not_be_there(values: dict[str, object], code: str, why: tuple[str, ...]) -> None:
    """The person is named, and doesn't count towards the number."""
    assert check(SOUND, changed("i1", **values)) == (
        Finding("invigilators_short", "invigilator", "101", 2, 1),
        Finding(code, "invigilator", "101", person="i1", why=why),
    )


def test_the_last_day_of_a_term_counts() -> None:
    assert check(SOUND, changed("i1", term_from=DAY, term_until=date(2026, 6, 28))) == ()


def test_colleagues_and_trainers_are_a_matter_of_the_setting() -> None:
    colleague = changed("i1", employer="E1")
    assert check(SOUND, colleague) == ()
    strict = replace(RULES, recuse_own_employer=True)
    assert check(SOUND, colleague, strict)[1] == Finding("own_employer", "invigilator", "101", person="i1", why=("E1",))
    lax = replace(RULES, recuse_trainers=False)
    assert check(SOUND, changed("i1", trainees=frozenset({"c01"})), lax) == ()


def test_an_absent_employer_is_nobodys_colleague() -> None:
    rooms = (RoomLoad("101", "theory", (Person("c", "", *LATHE),)), PRACTICE)
    assert check(SOUND, rules=replace(RULES, recuse_own_employer=True), rooms=rooms) == ()


def test_unknown_people_and_rooms() -> None:
    assert check([*SOUND, Duty("ghost", "invigilator", "101"), Duty("i2", "invigilator", "999")]) == (
        Finding("unknown_person", "invigilator", "101", person="ghost"),
        Finding("unknown_room", "invigilator", "999", person="i2"),
    )


def test_one_person_in_two_rooms_or_twice_in_one_duty() -> None:
    assert check(
        [*SOUND, Duty("a0", "assessor", "202")], rooms=(THEORY, PRACTICE, RoomLoad("202", "practical", ()))
    ) == (Finding("two_rooms", needed=1, found=2, person="a0", why=("201", "202")),)
    assert check([*SOUND, SOUND[2]]) == (Finding("duty_twice", "invigilator", "101", needed=1, found=2, person="i0"),)


def test_two_roles_of_one_person_only_where_they_may_go_together() -> None:
    people = changed("chief", roles=frozenset({"chief_officer", "safety_officer"}))
    duties = [SOUND[0], Duty("chief", "safety_officer"), *SOUND[2:]]
    assert check(duties, people) == ()
    rules = replace(RULES, roles_apart=frozenset({frozenset({"chief_officer", "safety_officer"})}))
    assert check(duties, people, rules) == (
        Finding("roles_apart", person="chief", why=("chief_officer", "safety_officer")),
    )


def test_substitutes_are_free_and_fit() -> None:
    people = [
        replace(each, trainees=frozenset({"c01"})) if each.key == "i2" else each
        for each in changed("a6", qualified=frozenset())
    ]
    assert substitutes("invigilator", "101", SOUND, RULES, (THEORY, PRACTICE), people, DAY) == ("i3",)
    assert substitutes("assessor", "201", SOUND, RULES, (THEORY, PRACTICE), people, DAY) == ("a5",)
    assert substitutes("chief_officer", None, SOUND, RULES, (THEORY, PRACTICE), people, DAY) == ()


def test_a_draw_makes_a_sound_roster() -> None:
    roster = propose_roster(RULES, (THEORY, PRACTICE), PEOPLE, DAY, seed=1)
    assert roster.findings == ()
    assert check(list(roster.duties)) == ()
    assert len({duty.person for duty in roster.duties}) == len(roster.duties) == 9


def test_fixed_duties_stay_and_nobody_gets_a_second() -> None:
    fixed = [Duty("i3", "invigilator", "101"), Duty("a6", "assessor", "201")]
    roster = propose_roster(RULES, (THEORY, PRACTICE), PEOPLE, DAY, seed=1, fixed=fixed)
    assert set(fixed) <= set(roster.duties)
    assert roster.findings == ()
    assert len({duty.person for duty in roster.duties}) == len(roster.duties) == 9


def test_the_only_person_for_a_role_is_kept_for_it() -> None:
    """Both could invigilate, one alone can be chief: every draw must see that."""
    people = [
        StaffMember("both", frozenset({"chief_officer", "invigilator"})),
        StaffMember("one", frozenset({"invigilator"})),
    ]
    rules = replace(RULES, roles=frozenset({"chief_officer", "invigilator"}), per_room_invigilators=1)
    room = RoomLoad("101", "theory", candidates(3))
    for seed in range(20):
        roster = propose_roster(rules, (room,), people, DAY, seed=seed)
        assert roster.duties == (Duty("both", "chief_officer"), Duty("one", "invigilator", "101"))
        assert roster.findings == ()


def test_a_person_drawn_early_gives_way_to_a_role_that_only_they_can_hold() -> None:
    people = [
        StaffMember("both", frozenset({"chief_officer", "safety_officer"})),
        StaffMember("one", frozenset({"chief_officer"})),
    ]
    for seed in range(20):
        roster = propose_roster(RULES, (), people, DAY, seed=seed)
        assert roster.duties == (Duty("one", "chief_officer"), Duty("both", "safety_officer"))


def test_several_subjects_are_covered_by_all_rounders_or_by_one_each() -> None:
    room = RoomLoad("201", "practical", candidates(5) + candidates(5, POWER, "p"))
    rules = replace(RULES, roles=frozenset())
    rounders = [StaffMember(f"b{n}", frozenset({"assessor"}), frozenset({LATHE, POWER})) for n in range(3)]
    single = [
        StaffMember(f"{subject[0]}{n}", frozenset({"assessor"}), frozenset({subject}))
        for subject in (LATHE, POWER)
        for n in range(3)
    ]
    broad = propose_roster(rules, (room,), rounders + single, DAY, seed=1)
    assert {duty.person for duty in broad.duties} == {"b0", "b1", "b2"}
    narrow = propose_roster(rules, (room,), single, DAY, seed=1)
    assert len(narrow.duties) == 6
    assert broad.findings == narrow.findings == ()


def test_what_cannot_be_filled_is_told() -> None:
    roster = propose_roster(RULES, (THEORY, PRACTICE), PEOPLE[1:-3], DAY, seed=1)
    assert roster.findings == (
        Finding("role_missing", "chief_officer", needed=1, found=0),
        Finding("assessors_short", "assessor", "201", 5, 4, occupation="车工", level="4"),
    )


def test_invigilators_are_drawn_to_rooms_at_random() -> None:
    rooms = [RoomLoad(f"10{n}", "theory", candidates(20)) for n in range(2)]
    rules = replace(RULES, roles=frozenset())
    drawn = {propose_roster(rules, rooms, PEOPLE, DAY, seed=seed).duties for seed in range(30)}
    assert len(drawn) > 4


@settings(max_examples=50, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**40))
def test_a_draw_never_breaks_a_rule_and_does_not_depend_on_order(data: st.DataObject, seed: int) -> None:
    keys = [each.key for each in THEORY.candidates]
    people = [
        StaffMember(
            f"s{n}",
            data.draw(st.frozensets(st.sampled_from(["chief_officer", "safety_officer", "invigilator", "assessor"]))),
            data.draw(st.frozensets(st.sampled_from([LATHE, POWER]))),
            term_until=data.draw(st.sampled_from([None, DAY, date(2027, 1, 1)])),
            recuses_from=data.draw(st.frozensets(st.sampled_from(["E0", "X"]))),
            trainees=data.draw(st.frozensets(st.sampled_from([*keys[:2], "x"]))),
        )
        for n in range(data.draw(st.integers(0, 14)))
    ]
    rooms = [THEORY, RoomLoad("201", "practical", candidates(4) + candidates(3, POWER, "p"))]
    roster = propose_roster(RULES, rooms, people, DAY, seed=seed)
    of_numbers = {"role_missing", "invigilators_short", "assessors_short", "assessors_even"}
    assert {finding.code for finding in roster.findings} <= of_numbers
    assert len({duty.person for duty in roster.duties}) == len(roster.duties)
    again = propose_roster(RULES, rooms[::-1], data.draw(st.permutations(people)), DAY, seed=seed)
    assert again == roster
