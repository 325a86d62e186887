"""One room solved exactly by CP-SAT, where the local search is left with conflicts that may be avoidable."""

from collections import Counter, defaultdict
from itertools import chain
from math import ceil

from ortools.sat.python import cp_model

from gongjiang.solvers.seating_board import EMPTY, Board

_Sits = dict[tuple[int, int], cp_model.IntVar]


def solve_exactly(board: Board, *, seed: int, effort: float) -> int:
    """Rearrange a one-room board for fewer same-employer neighbours; returns a proven lower bound of them.

    Never makes it worse. Deterministic: one worker, a fixed seed, and `effort` in CP-SAT's deterministic seconds
    instead of a clock. Pinned people stay. Papers aren't looked at.
    """
    counts = Counter(board.employer[who] for who in board.who if who != EMPTY)
    crowd = sorted(employer for employer, count in counts.items() if employer != EMPTY and count > 1)
    before = len(board.pairs())
    model = cp_model.CpModel()
    sits = {(cell, e): model.new_bool_var("") for cell in range(len(board.who)) for e in crowd}
    _seat(model, board, sits, crowd, counts)
    model.minimize(sum(_pairs(model, board, sits, crowd)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return 0
    if solver.objective_value < before:
        _take(board, {cell: e for (cell, e), var in sits.items() if solver.value(var)})
    return ceil(solver.best_objective_bound - 1e-6)


def _seat(model: cp_model.CpModel, board: Board, sits: _Sits, crowd: list[int], counts: Counter[int]) -> None:
    """Each employer's people sit somewhere, one on a seat, the pinned on theirs; single people take what's left."""
    cells = range(len(board.who))
    for cell in cells:
        model.add_at_most_one(sits[cell, e] for e in crowd)
        for e in crowd:
            here = board.employer[board.who[cell]] == e
            if board.fixed[cell]:
                model.add(sits[cell, e] == int(here))
            else:
                model.add_hint(sits[cell, e], here)
    for e in crowd:
        model.add(sum(sits[cell, e] for cell in cells) == counts[e])


def _pairs(model: cp_model.CpModel, board: Board, sits: _Sits, crowd: list[int]) -> list[cp_model.IntVar]:
    pairs = []
    for cell, nearby in enumerate(board.near):
        for near, e in ((near, e) for near in nearby if cell < near for e in crowd):
            pair = model.new_bool_var("")
            model.add(pair >= sits[cell, e] + sits[near, e] - 1)
            pairs.append(pair)
    return pairs


def _take(board: Board, employer_at: dict[int, int]) -> None:
    """Put the board's people where the solution wants their employers; the rest by seat number."""
    loose: dict[int, list[int]] = defaultdict(list)
    crowd = set(employer_at.values())
    for cell, who in enumerate(board.who):
        if who != EMPTY and not board.fixed[cell]:
            loose[board.employer[who] if board.employer[who] in crowd else EMPTY].append(who)
            board.who[cell] = EMPTY
    free = [cell for cell in range(len(board.who)) if not board.fixed[cell]]
    for cell in free:
        if cell in employer_at:
            board.who[cell] = loose[employer_at[cell]].pop()
    rest = chain(loose[EMPTY])
    for cell in free:
        if cell not in employer_at:
            board.who[cell] = next(rest, EMPTY)
