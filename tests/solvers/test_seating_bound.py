"""The bounds against every possible placement on small boards."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.solvers.seating import Room
from gongjiang.solvers.seating_bound import fewest_conflicts, grid_of, neighbours

pytestmark = pytest.mark.requirement("ARR-03")


def truly_fewest(room: Room, people: int) -> int:
    near = neighbours(room.seats())
    return min(
        sum(a < b and b in chosen for a in chosen for b in near[a])
        for chosen in map(set, combinations(range(len(near)), people))
    )


@settings(max_examples=60, deadline=None)
@given(
    rows=st.integers(1, 4),
    columns=st.integers(1, 3),
    blocked=st.frozensets(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=4),
)
def test_the_bound_is_never_above_the_truth(rows: int, columns: int, blocked: frozenset[tuple[int, int]]) -> None:
    room = Room("1", rows, columns, blocked=blocked)
    grid = grid_of([room])
    for people in range(room.capacity + 1):
        assert grid.fewest(people) <= truly_fewest(room, people)


@pytest.mark.parametrize(("people", "fewest"), [(8, 0), (9, 2), (12, 11), (15, 22)])
def test_the_bound_on_a_whole_room(people: int, fewest: int) -> None:
    """3 × 5 with 22 pairs: eight sit apart; three left over break up 4 + 4 + 3, six 4 + 4 + 3 × 4."""
    room = Room("1", 3, 5)
    assert grid_of([room]).fewest(people) <= truly_fewest(room, people)
    assert grid_of([room]).fewest(people) == fewest


def test_rooms_add_up_and_people_of_no_employer_do_not_count() -> None:
    rooms = [Room("1", 2, 2), Room("2", 2, 2)]
    assert fewest_conflicts(grid_of(rooms), ["A"] * 5 + [""] * 3) == 2
    assert fewest_conflicts(grid_of(rooms), ["A"] * 4 + ["B"] * 4) == 0
    assert fewest_conflicts(grid_of(rooms), ["A"] * 8) == 8
