"""After the first plan: mending with few moves, comparing, and the swap that a page offers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.solvers.seating import (
    Infeasible,
    Person,
    Room,
    arrange,
    compare,
    improve,
    suggest_swap,
)

pytestmark = pytest.mark.requirement("ARR-03")

ROOMS = [Room("1", 5, 4), Room("2", 5, 4, accessible=True)]


def crowd(count: int = 36, employers: str = "ABCDE") -> list[Person]:
    return [Person(f"{i:02}", employers[i % len(employers)], "车工", "4", needs_access=i == 7) for i in range(count)]


def seats(plan) -> dict[str, tuple[str, int, int]]:
    return {each.person: (each.room, each.row, each.column) for each in plan.seats}


def test_a_good_plan_stays_as_it_is() -> None:
    plan = arrange(crowd(), ROOMS, seed=1)
    again = improve(plan, crowd(), ROOMS, seed=9)
    assert again.seats == plan.seats
    assert compare(plan, again) == ()


def test_a_pin_exchanges_two_people_and_no_more() -> None:
    people = [Person(f"{i:02}", "", "车工", "4") for i in range(40)]
    plan = arrange(people, ROOMS, seed=1)
    at = seats(plan)
    after = improve(plan, people, ROOMS, seed=1, pins={"03": at["30"]})
    assert [(move.person, move.before.seat, move.after.seat) for move in compare(plan, after)] == [
        ("03", at["03"], at["30"]),
        ("30", at["30"], at["03"]),
    ]


def test_who_leaves_is_dropped_and_who_joins_gets_a_free_seat() -> None:
    plan = arrange(crowd(), ROOMS, seed=1)
    late = Person("late", "A", "车工", "4", needs_access=True)
    after = improve(plan, [*crowd()[1:], late], ROOMS, seed=1)
    moved = {move.person: move for move in compare(plan, after)}
    assert moved["00"].after is None
    assert moved["late"].before is None
    assert moved["late"].after.room == "2"
    assert after.conflicts == ()


def test_access_makes_others_give_way() -> None:
    """Every accessible seat is taken by somebody who doesn't need it."""
    people = [Person(f"{i:02}", "", "车工", "4") for i in range(39)]
    plan = arrange(people, ROOMS, seed=1, pins={f"{i:02}": ("2", i % 5 + 1, i // 5 + 1) for i in range(20)})
    late = Person("late", "", "车工", "4", needs_access=True)
    after = improve(plan, [*people, late], ROOMS, seed=1)
    moved = compare(plan, after)
    assert len(moved) == 2
    assert seats(after)["late"][0] == "2"


def test_a_blocked_seat_moves_its_person_only() -> None:
    people = [Person(f"{i:02}", "", "车工", "4") for i in range(30)]
    plan = arrange(people, ROOMS, seed=1)
    taken = plan.seats[3]
    broken = Room("1", 5, 4, blocked=frozenset({(taken.row, taken.column)}))
    after = improve(plan, people, [broken, ROOMS[1]], seed=1)
    assert [move.person for move in compare(plan, after)] == [taken.person]


def test_a_further_room_is_opened_when_seats_run_out() -> None:
    people = [Person(f"{i:02}", "", "车工", "4") for i in range(20)]
    plan = arrange(people, ROOMS, seed=1)
    after = improve(plan, [*people, Person("late", "", "车工", "4")], ROOMS, seed=1)
    assert len(plan.rooms_used) == 1
    assert after.rooms_used == ("1", "2")
    assert [move.person for move in compare(plan, after)] == ["late"]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**30))
def test_swaps_between_rooms_leave_access_alone(seed: int) -> None:
    """Room 1 is full of one employer; most people of room 2, who could part them, need access."""
    people = [Person(f"{i:02}", "A" if i < 20 else "", "车工", "4", i >= 23) for i in range(40)]
    start = {f"{i:02}": ("1" if i < 20 else "2", i % 20 % 5 + 1, i % 20 // 5 + 1) for i in range(40)}
    plan = arrange(people, ROOMS, seed=1, pins=start)
    after = improve(plan, people, ROOMS, seed=seed)
    assert len(after.conflicts) < len(plan.conflicts)
    assert all(seats(after)[each.key][0] == "2" for each in people if each.needs_access)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**30), pinned=st.sets(st.integers(0, 35), max_size=8), data=st.data())
def test_mending_never_adds_conflicts_and_keeps_pins(seed: int, pinned: set[int], data: st.DataObject) -> None:
    people = crowd(employers="AAB")
    shuffled = arrange(people, ROOMS, seed=seed, apart=False)
    pins = {key: seat for key, seat in seats(shuffled).items() if int(key) in pinned}
    before = len(improve(shuffled, people, ROOMS, seed=1, pins=seats(shuffled)).conflicts)
    after = improve(shuffled, people, ROOMS, seed=seed, pins=pins)
    assert len(after.conflicts) <= before
    assert {key: seats(after)[key] for key in pins} == pins
    assert sorted(seats(after)) == [each.key for each in people]
    assert all(seats(after)[each.key][0] == "2" for each in people if each.needs_access)
    assert after == improve(shuffled, data.draw(st.permutations(people)), ROOMS[::-1], seed=seed, pins=pins)


def test_a_pin_that_clashes_is_refused_here_too() -> None:
    plan = arrange(crowd(), ROOMS, seed=1)
    with pytest.raises(Infeasible) as caught:
        improve(plan, crowd(), ROOMS, seed=1, pins={"07": ("1", 1, 1)})
    assert [reason.code for reason in caught.value.reasons] == ["pin_not_accessible"]


def test_the_swap_offered_removes_its_conflict_and_makes_none() -> None:
    people = crowd()
    plan = arrange(people, ROOMS, seed=1)
    at = seats(plan)
    employer = {each.key: each.employer for each in people}
    beside = {(each.room, each.row, each.column): each.person for each in plan.seats}
    victim = next(
        key
        for key, (room, row, column) in at.items()
        if (other := beside.get((room, row + 1, column))) and employer[other] != employer[key]
    )
    neighbour = beside[at[victim][0], at[victim][1] + 1, at[victim][2]]
    same = [
        Person(each.key, employer[neighbour] if each.key == victim else each.employer, "车工", "4", each.needs_access)
        for each in people
    ]
    spoilt = improve(plan, same, ROOMS, seed=1, pins=at)
    assert {victim, neighbour} in [{each.a, each.b} for each in spoilt.conflicts]

    conflict = next(each for each in spoilt.conflicts if {each.a, each.b} == {victim, neighbour})
    one, other = suggest_swap(spoilt, conflict, same, ROOMS)
    swapped = improve(spoilt, same, ROOMS, seed=1, pins={**at, one: at[other], other: at[one]})
    left = [{each.a, each.b} for each in swapped.conflicts]
    assert {victim, neighbour} not in left
    assert len(left) < len(spoilt.conflicts)


def test_no_swap_with_somebody_who_left() -> None:
    people = [*crowd(2, employers="A"), Person("x", "", "车工", "4")]
    plan = arrange(people, [Room("1", 3, 1)], seed=1, pins={"00": ("1", 1, 1), "01": ("1", 2, 1)})
    conflict = plan.conflicts[0]
    assert suggest_swap(plan, conflict, people[:2], [Room("1", 3, 1)]) is None
    assert suggest_swap(plan, conflict, people[2:], [Room("1", 3, 1)]) is None


def test_no_swap_is_offered_where_there_is_none() -> None:
    people = crowd(20, employers="A")
    room = [Room("1", 5, 4, accessible=True)]
    plan = arrange(people, room, seed=1)
    assert suggest_swap(plan, plan.conflicts[0], people, room) is None
    strangers = [*crowd(2, employers="A"), Person("x", "", "车工", "4")]
    plan = arrange(strangers, [Room("1", 3, 1)], seed=1, pins={"00": ("1", 1, 1), "01": ("1", 2, 1)})
    assert suggest_swap(plan, plan.conflicts[0], strangers, [Room("1", 3, 1)]) == ("01", "x")
    assert suggest_swap(plan, plan.conflicts[0], strangers, [Room("1", 3, 1)], pins=seats(plan)) is None
