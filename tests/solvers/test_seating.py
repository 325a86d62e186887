"""Seating: what must hold of every plan, what is refused, and how good the plans are."""

import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.solvers.seating import Infeasible, Person, Plan, Reason, Room, arrange

pytestmark = pytest.mark.requirement("ARR-03")

SOURCE = Path(__file__).resolve().parents[2] / "src"
QUICK = settings(max_examples=40, deadline=None)
SUBJECTS = [("车工", "4"), ("车工", "3"), ("电工", "4")]


def crowd(*sizes: int, loose: int = 0) -> list[Person]:
    """People of employers A, B, C … in these numbers, and `loose` of no employer, with subjects in turn."""
    employers = [chr(ord("A") + index) for index, size in enumerate(sizes) for _ in range(size)] + [""] * loose
    return [Person(f"{i:03}", each, *SUBJECTS[i % 3]) for i, each in enumerate(employers)]


def pairs(plan: Plan, people: list[Person]) -> set[tuple[str, str]]:
    """Same-employer neighbours, counted from the seats alone."""
    employer = {each.key: each.employer for each in people}
    found = set()
    for a, b in combinations(plan.seats, 2):
        beside = a.room == b.room and abs(a.row - b.row) + abs(a.column - b.column) == 1
        if beside and employer[a.person] and employer[a.person] == employer[b.person]:
            found.add((min(a.person, b.person), max(a.person, b.person)))
    return found


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Person], list[Room], dict[str, tuple[str, int, int]]]:
    """Feasible input: rooms with blocked seats, people for whom there are seats, some of them pinned."""
    rooms = []
    for number in range(draw(st.integers(1, 4))):
        rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
        grid = [(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)]
        blocked = frozenset(draw(st.lists(st.sampled_from(grid), max_size=4)))
        rooms.append(Room(f"R{number}", rows, columns, draw(st.booleans()), blocked))
    seats = [(room, seat) for room in rooms for seat in room.seats()]
    count = draw(st.integers(0, len(seats)))
    chosen = draw(st.permutations(seats))[:count]
    people, pins = [], {}
    for i, (room, seat) in enumerate(chosen):
        needs = room.accessible and draw(st.booleans())
        people.append(Person(f"{i:03}", draw(st.sampled_from(["", *"ABC"])), *draw(st.sampled_from(SUBJECTS)), needs))
        if draw(st.integers(0, 4)) == 0:
            pins[f"{i:03}"] = (room.key, *seat)
    return people, rooms, pins


@QUICK
@given(case=cases(), seed=st.integers(0, 2**40), minimal=st.booleans())
def test_every_plan_keeps_the_rules(case, seed: int, minimal: bool) -> None:
    people, rooms, pins = case
    plan = arrange(people, rooms, seed=seed, pins=pins, minimal_rooms=minimal)
    halls = {room.key: room for room in rooms}
    at = {each.person: (each.room, each.row, each.column) for each in plan.seats}

    assert sorted(each.person for each in plan.seats) == sorted(each.key for each in people)
    assert len(set(at.values())) == len(people)
    assert all((each.row, each.column) in halls[each.room].seats() for each in plan.seats)
    assert {key: at[key] for key in pins} == pins
    assert all(halls[at[each.key][0]].accessible for each in people if each.needs_access)
    assert plan.rooms_used == tuple(sorted({each.room for each in plan.seats}))
    assert all(halls[each.room].seats()[each.number - 1] == (each.row, each.column) for each in plan.seats)


@QUICK
@given(case=cases(), seed=st.integers(0, 2**40), data=st.data())
def test_the_order_of_the_input_changes_nothing(case, seed: int, data: st.DataObject) -> None:
    people, rooms, pins = case
    plan = arrange(people, rooms, seed=seed, pins=pins)
    other = arrange(
        data.draw(st.permutations(people)),
        data.draw(st.permutations(rooms)),
        seed=seed,
        pins=dict(data.draw(st.permutations(list(pins.items())))),
    )
    assert other == plan


@QUICK
@given(case=cases(), seed=st.integers(0, 99))
def test_conflicts_told_are_those_there_are_and_never_below_the_bound(case, seed: int) -> None:
    people, rooms, pins = case
    plan = arrange(people, rooms, seed=seed, pins=pins)
    told = plan.explanation
    assert {(min(c.a, c.b), max(c.a, c.b)) for c in plan.conflicts} == pairs(plan, people)
    assert len(plan.conflicts) == told.conflicts == sum(note.conflicts for note in told.rooms)
    assert told.conflicts >= told.lower_bound
    assert all(note.conflicts >= note.lower_bound for note in told.rooms)
    assert told.proven == (told.conflicts == told.lower_bound)


@QUICK
@given(
    sizes=st.lists(st.integers(1, 7), min_size=5, max_size=40),
    seed=st.integers(0, 2**40),
    rooms=st.integers(1, 4),
)
def test_no_conflict_where_every_employer_is_a_quarter_of_a_room_or_less(
    sizes: list[int], seed: int, rooms: int
) -> None:
    people = crowd(*sizes)[: 30 * rooms]
    spare = 4 * max(Counter(each.employer for each in people).values()) - len(people)
    people += [Person(f"x{i:03}", "", *SUBJECTS[0]) for i in range(max(0, spare))]
    plan = arrange(people, [Room(f"R{i}", 6, 5) for i in range(rooms)], seed=seed)
    assert plan.conflicts == ()
    assert plan.explanation.proven


def test_the_room_of_the_design_has_no_conflict() -> None:
    plan = arrange(crowd(10, 8, 5, loose=7), [Room("301", 5, 6)], seed=3)
    assert plan.conflicts == ()
    note = plan.explanation.rooms[0]
    assert (note.largest_employer, note.largest_count, note.seated, note.proven) == ("A", 10, 30, True)


def test_two_halves_make_a_chessboard() -> None:
    plan = arrange(crowd(15, 15), [Room("301", 6, 5)], seed=8)
    assert plan.conflicts == ()


def test_an_employer_over_half_of_the_room_is_told_as_unavoidable() -> None:
    plan = arrange(crowd(20, 10), [Room("301", 6, 5)], seed=8)
    told = plan.explanation
    assert told.lower_bound == len(plan.conflicts) > 0
    assert told.proven
    assert {conflict.why for conflict in plan.conflicts} == {"same_employer"}


def test_a_pinned_pair_is_told_as_such() -> None:
    pins = {"000": ("301", 1, 1), "001": ("301", 2, 1)}
    plan = arrange(crowd(2, 4, 4), [Room("301", 5, 5)], seed=1, pins=pins)
    assert [(each.a, each.b, each.why) for each in plan.conflicts] == [("000", "001", "same_employer_pinned")]
    assert plan.explanation.proven


def test_people_without_employer_may_sit_side_by_side() -> None:
    assert arrange(crowd(loose=30), [Room("301", 6, 5)], seed=1).conflicts == ()


def test_where_nobody_sits_apart_no_conflict_is_counted() -> None:
    plan = arrange(crowd(30), [Room("301", 6, 5)], seed=1, apart=False)
    assert plan.conflicts == ()
    assert plan.explanation.lower_bound == 0


def test_neighbours_write_different_papers_where_that_is_free() -> None:
    people = [Person(f"{i:03}", f"E{i}", "车工" if i < 15 else "电工", "4") for i in range(30)]
    ours = arrange(people, [Room("301", 6, 5)], seed=1).explanation.same_paper
    order = Random(1).sample(people, 30)
    shuffled = sum(
        order[5 * row + column].occupation == order[5 * (row + down) + column + right].occupation
        for row in range(6)
        for column in range(5)
        for down, right in ((0, 1), (1, 0))
        if row + down < 6 and column + right < 5
    )
    assert shuffled > 15
    assert ours <= shuffled // 3


def test_neighbours_of_one_paper_are_counted() -> None:
    """Nothing to mix: every pair of a 3 × 4 room, 2 × 4 + 3 × 3."""
    people = [Person(f"{i:03}", "", "车工", "4") for i in range(12)]
    assert arrange(people, [Room("301", 3, 4)], seed=1).explanation.same_paper == 17


def test_employers_and_papers_are_spread_over_rooms() -> None:
    plan = arrange(crowd(20, 20, 20), [Room("1", 6, 5), Room("2", 6, 5)], seed=1)
    rooms = {each.person: each.room for each in plan.seats}
    dealt = Counter((rooms[each.key], each.employer) for each in crowd(20, 20, 20))
    assert set(dealt.values()) == {10}


def test_numbers_run_from_the_door_column_by_column() -> None:
    room = Room("301", 3, 2, blocked=frozenset({(2, 1)}))
    plan = arrange(crowd(1, 1, 1, 1, 1), [room], seed=1)
    assert [(each.row, each.column, each.number) for each in plan.seats] == [
        (1, 1, 1),
        (3, 1, 2),
        (1, 2, 3),
        (2, 2, 4),
        (3, 2, 5),
    ]


def test_people_sit_together_from_the_first_seat_on() -> None:
    plan = arrange(crowd(3, 3, 3), [Room("301", 6, 5)], seed=1)
    assert sorted(each.number for each in plan.seats) == list(range(1, 10))


def test_a_seat_stays_free_where_that_keeps_people_apart() -> None:
    plan = arrange(crowd(5), [Room("301", 3, 3)], seed=1)
    assert plan.conflicts == ()
    assert {(each.row + each.column) % 2 for each in plan.seats} == {0}


@pytest.mark.parametrize(
    ("count", "needing", "expected"),
    [
        (30, 0, ("big",)),
        (36, 0, ("big", "small")),
        (20, 1, ("door",)),
        (36, 1, ("big", "door")),
        (43, 12, ("big", "door", "small")),
    ],
)
def test_the_fewest_rooms_are_used(count: int, needing: int, expected: tuple[str, ...]) -> None:
    rooms = [Room("big", 6, 5), Room("small", 3, 3), Room("door", 5, 5, accessible=True)]
    if count > 40:
        rooms[2] = Room("door", 3, 4, accessible=True)
    people = [Person(f"{i:03}", "", "车工", "4", i < needing) for i in range(count)]
    plan = arrange(people, rooms, seed=1)
    assert plan.rooms_used == expected
    assert plan.explanation.fewest_rooms == len(expected)


def test_more_rooms_only_where_asked() -> None:
    rooms = [Room("1", 6, 5), Room("2", 6, 5)]
    assert arrange(crowd(10), rooms, seed=1).rooms_used == ("1",)
    assert arrange(crowd(10), rooms, seed=1, minimal_rooms=False).rooms_used == ("1", "2")


def test_nobody_to_seat_needs_no_room() -> None:
    plan = arrange([], [Room("1", 6, 5)], seed=1)
    assert (plan.seats, plan.rooms_used, plan.explanation.proven) == ((), (), True)


def test_the_digest_tells_seed_and_input_apart() -> None:
    people, rooms = crowd(5, 5), [Room("1", 4, 4)]
    digests = [
        arrange(people, rooms, seed=1).digest,
        arrange(people, rooms, seed=2).digest,
        arrange(people[1:], rooms, seed=1).digest,
        arrange(people, rooms, seed=1, pins={"003": ("1", 1, 1)}).digest,
    ]
    assert len(set(digests)) == 4
    assert digests[0] == arrange(people, rooms, seed=1).digest


def test_the_hash_seed_of_the_process_changes_nothing() -> None:
    """Sets and dictionaries of text differ in order from process to process; plans and rosters may not."""
    program = (
        "from gongjiang.solvers.seating import Person, Room, arrange\n"
        "people = [Person(f'{i:03}', 'AAAAAAABCD'[i % 10], 'L', '45'[i % 2], i % 9 == 0) for i in range(50)]\n"
        "rooms = [Room(f'R{i}', 6, 5, i < 2, frozenset({(i + 1, 2), (3, i + 1)})) for i in range(2)]\n"
        "print(arrange(people, rooms, seed=4, pins={'003': ('R1', 5, 5)}).digest)\n"
    )
    digests = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": str(SOURCE), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert digests[0] == digests[1]
    assert len(digests[0].strip()) == 64


def test_three_thousand_in_a_hundred_rooms() -> None:
    rng = Random(5)
    people = [Person(f"{i:04}", rng.choice("ABCDEFGHIJ"), *rng.choice(SUBJECTS)) for i in range(3000)]
    plan = arrange(people, [Room(f"{i:03}", 6, 5) for i in range(100)], seed=5)
    assert len(plan.seats) == 3000
    assert plan.conflicts == ()


def refused(people: list[Person], rooms: list[Room], **options: object) -> tuple[Reason, ...]:
    with pytest.raises(Infeasible) as caught:
        arrange(people, rooms, seed=1, **options)
    return caught.value.reasons


def test_too_few_seats_are_told_with_their_number() -> None:
    assert refused(crowd(10), [Room("1", 3, 3, blocked=frozenset({(1, 1)}))]) == (Reason("seats_short", short_by=2),)
    assert refused(crowd(1), []) == (Reason("seats_short", short_by=1),)


def test_too_few_accessible_seats_are_told_with_the_people() -> None:
    people = [Person(str(i), "", "车工", "4", needs_access=True) for i in range(3)] + crowd(2)
    rooms = [Room("1", 6, 5), Room("2", 2, 1, accessible=True)]
    assert refused(people, rooms) == (Reason("accessible_seats_short", short_by=1, people=("0", "1", "2")),)
    pinned = {"000": ("2", 1, 1)}
    assert refused(people, rooms, pins=pinned)[0].short_by == 2


def test_every_pin_that_clashes_is_told() -> None:
    people = [*crowd(5), Person("n", "", "车工", "4", needs_access=True)]
    pins = {
        "nobody": ("1", 1, 1),
        "000": ("9", 1, 1),
        "001": ("1", 7, 1),
        "002": ("1", 2, 2),
        "003": ("1", 3, 3),
        "004": ("1", 3, 3),
        "n": ("1", 4, 4),
    }
    rooms = [Room("1", 6, 5, blocked=frozenset({(2, 2)})), Room("2", 1, 1, accessible=True)]
    assert refused(people, rooms, pins=pins) == (
        Reason("pin_unknown_room", people=("000",), room="9", seat=(1, 1)),
        Reason("pin_no_such_seat", people=("001",), room="1", seat=(7, 1)),
        Reason("pin_no_such_seat", people=("002",), room="1", seat=(2, 2)),
        Reason("pin_not_accessible", people=("n",), room="1", seat=(4, 4)),
        Reason("pin_unknown_person", people=("nobody",), room="1", seat=(1, 1)),
        Reason("pins_share_seat", people=("003", "004"), room="1", seat=(3, 3)),
    )


def test_doubled_keys_are_told() -> None:
    reasons = refused([*crowd(2), crowd(1)[0]], [Room("1", 6, 5), Room("1", 6, 5)])
    assert reasons == (Reason("duplicate_person", people=("000",)), Reason("duplicate_room", room="1"))
