"""How good and how fast is seating, against a random shuffle, the lower bound and one global CP-SAT model (--full)?

Run as `python benchmarks/seating.py`. Every figure of a line comes from one run over the same people and rooms.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from gongjiang.solvers.seating import Person, Room, arrange
from gongjiang.solvers.seating_bound import neighbours

SUBJECTS = (("6-18-01-01", "4"), ("6-18-01-01", "3"), ("6-31-01-03", "4"), ("6-29-02-02", "5"))
CROWDS = {"even": (60, 0.0), "few large": (12, 0.0), "skewed": (40, 1.2), "one giant": (30, 3.0)}
"""Name → number of employers, exponent of their sizes (0: equally large)."""


def crowd(people: int, employers: int, skew: float, rng: Random) -> list[Person]:
    """Invented candidates; one in ten has no employer."""
    names = [f"employer {number:03}" for number in range(employers)]
    weights = [1 / (number + 1) ** skew for number in range(employers)]
    chosen = rng.choices(names, weights, k=people)
    return [
        Person(
            f"{number:05}", "" if rng.random() < 0.1 else employer, *rng.choice(SUBJECTS), needs_access=number % 97 == 0
        )
        for number, employer in enumerate(chosen)
    ]


def halls(count: int) -> list[Room]:
    """Rooms of 6 × 5 seats, one in five accessible."""
    return [Room(f"{number:03}", 6, 5, accessible=number % 5 == 0) for number in range(count)]


def shuffled(people: Sequence[Person], rooms: Sequence[Room], rng: Random) -> int:
    """Same-employer neighbours when people are shuffled onto the seats: what a spreadsheet would do."""
    order = [each.employer for each in people]
    rng.shuffle(order)
    starts = [0, *accumulate(room.capacity for room in rooms)]
    return sum(
        conflicts(order[start : start + room.capacity], room) for room, start in zip(rooms, starts, strict=False)
    )


def conflicts(employers: Sequence[str], room: Room) -> int:
    """Neighbouring pairs of one employer, people sitting from the first seat on."""
    near = neighbours(room.seats())
    return sum(
        cell < other < len(employers) and employer != "" and employers[other] == employer
        for cell, employer in enumerate(employers)
        for other in near[cell]
    )


def one_global_model(people: Sequence[Person], rooms: Sequence[Room], seconds: float) -> tuple[int | None, float]:
    """Conflicts and time of one CP-SAT model over all rooms, with the same two cores and employers as classes."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    counts = {key: count for key, count in Counter(each.employer for each in people).items() if key}
    pairs = []
    seated: dict[str, list[cp_model.IntVar]] = {key: [] for key in counts}
    for room in rooms:
        near = neighbours(room.seats())
        sits = [{key: model.new_bool_var("") for key in counts} for _ in near]
        for cell, nearby in enumerate(near):
            model.add_at_most_one(sits[cell].values())
            for key, var in sits[cell].items():
                seated[key].append(var)
                for other in (each for each in nearby if cell < each):
                    pairs.append(model.new_bool_var(""))
                    model.add(pairs[-1] >= var + sits[other][key] - 1)
    for key, count in counts.items():
        model.add(sum(seated[key]) == count)
    model.minimize(sum(pairs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    start = perf_counter()
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return (round(solver.objective_value) if found else None), perf_counter() - start


def main() -> None:
    """Print one line per crowd."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=3000)
    parser.add_argument("--rooms", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20260627)
    parser.add_argument("--full", action="store_true", help="also one global CP-SAT model, 30 s each")
    asked = parser.parse_args()
    rooms = halls(asked.rooms)
    print(f"{asked.people} people, {asked.rooms} rooms of 30; conflicts: neighbours of one employer")
    print(f"{'crowd':<10}{'largest':>8}{'shuffle':>9}{'ours':>6}{'bound':>7}{'ours/shuffle':>14}{'seconds':>9}")
    for name, (employers, skew) in CROWDS.items():
        people = crowd(asked.people, employers, skew, Random(asked.seed))
        largest = Counter(each.employer for each in people if each.employer).most_common(1)[0][1] / len(people)
        naive = shuffled(people, rooms, Random(asked.seed))
        start = perf_counter()
        plan = arrange(people, rooms, seed=asked.seed)
        took = perf_counter() - start
        told = plan.explanation
        ratio = told.conflicts / naive if naive else 0.0
        print(
            f"{name:<10}{largest:>8.1%}{naive:>9}{told.conflicts:>6}{told.lower_bound:>7}{ratio:>14.4f}{took:>9.2f}",
            flush=True,
        )
        if asked.full:
            found, seconds = one_global_model(people, rooms, 30.0)
            print(f"{'':<10}one global CP-SAT model: {'nothing' if found is None else found} after {seconds:.1f} s")


if __name__ == "__main__":
    main()
