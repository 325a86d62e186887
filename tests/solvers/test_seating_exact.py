"""The exact solver against every possible order of small rooms."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.solvers.seating import Person, Room, Seat
from gongjiang.solvers.seating_board import EMPTY, Board
from gongjiang.solvers.seating_bound import neighbours
from gongjiang.solvers.seating_exact import solve_exactly

pytestmark = pytest.mark.requirement("ARR-03")


def truly_fewest(room: Room, employers: list[str], first: str) -> int:
    """Fewest pairs over all orders in which the first seat holds `first`."""
    near = neighbours(room.seats())
    orders = {order for order in permutations(employers) if order[0] == first}
    return min(
        sum(a < b and order[a] == order[b] != "" for a in range(len(order)) for b in near[a]) for order in orders
    )


@settings(max_examples=15, deadline=None)
@given(employers=st.lists(st.sampled_from(["A", "A", "A", "B", ""]), min_size=6, max_size=6), seed=st.integers(0, 99))
def test_it_finds_and_proves_the_fewest_around_a_pin(employers: list[str], seed: int) -> None:
    room = Room("1", 3, 2)
    people = [Person(str(i), employer, "车工", "4") for i, employer in enumerate(employers)]
    board = Board(people, [room], apart=True)
    loose = board.pin({"0": Seat("1", 1, 1)})
    for cell, who in enumerate(Random(seed).sample(loose, len(loose)), start=1):
        board.who[cell] = who

    bound = solve_exactly(board, seed=seed, effort=1.0)

    assert len(board.pairs()) == bound == truly_fewest(room, employers, employers[0])
    assert board.who[0] == 0
    assert sorted(board.who) == list(range(6))


def test_the_same_seed_gives_the_same_board() -> None:
    boards = []
    for _ in range(2):
        people = [Person(str(i), "AAAABBBCCD"[i % 10], "车工", "4") for i in range(25)]
        board = Board(people, [Room("1", 6, 5)], apart=True)
        board.who[:25] = range(25)
        solve_exactly(board, seed=7, effort=0.5)
        boards.append(list(board.who))
    assert boards[0] == boards[1]
    assert boards[0].count(EMPTY) == 5
