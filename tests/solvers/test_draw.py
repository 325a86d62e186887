"""The lot of a panel: computed again, in any order, by two programs and by trying every panel."""

from hashlib import sha256
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.evaluation.verify_draw import verify
from gongjiang.solvers.draw import ALGORITHM, Ticket, TooFew, commitment, draw_panel, lot_number, next_reserve

SEED = "5e" * 32
pytestmark = pytest.mark.requirement("FIL-05")
OCCUPATIONS = ("4-01", "4-02", "4-03", "6-31")
pools = st.dictionaries(
    st.text("ABCDEFGH23456789", min_size=4, max_size=6), st.sets(st.sampled_from(OCCUPATIONS)), max_size=11
)


def tickets(pool):
    return [Ticket(each, frozenset(fields)) for each, fields in pool.items()]


def drawn(pool, **changes):
    told = {"excluded": (), "occupations": OCCUPATIONS[:2], "size": 3, "seed": SEED, "public_part": "p"} | changes
    return draw_panel(tickets(pool), **told)


def test_the_order_is_that_of_the_hashes():
    pool = {f"E{n}": {"4-01", "4-02"} for n in range(9)}
    by_hand = sorted(pool, key=lambda each: sha256(f"{SEED}\np\n{each}".encode()).hexdigest())
    lot = drawn(pool)
    assert (list(lot.panel), list(lot.reserves)) == (by_hand[:3], by_hand[3:])


@given(pools, st.sets(st.sampled_from(OCCUPATIONS)), st.sampled_from((1, 3, 5)), st.randoms(use_true_random=False))
def test_it_is_the_first_panel_of_all_in_whatever_order_the_pool_comes(pool, occupations, size, random):
    excluded = {each for each in pool if random.random() < 0.25}
    order = sorted(set(pool) - excluded, key=lambda each: lot_number(SEED, "p", each))
    fitting = (some for some in combinations(order, size) if occupations <= set().union(*(pool[e] for e in some)))
    first = next(fitting, None)
    mixed = list(pool.items())
    Random(7).shuffle(mixed)
    told = {"excluded": excluded, "occupations": occupations, "size": size}
    if first is None:
        with pytest.raises(TooFew):
            drawn(pool, **told)
        return
    lot = drawn(pool, **told)
    assert lot.panel == first
    assert lot.reserves == tuple(each for each in order if each not in first)
    assert drawn(dict(mixed), **told) == lot
    assert not excluded & {*lot.panel, *lot.reserves}


@given(pools, st.sets(st.sampled_from(OCCUPATIONS)), st.sampled_from((1, 3, 5)), st.text(max_size=20))
def test_the_script_computes_the_same_with_code_of_its_own(pool, occupations, size, public_part):
    told = {"occupations": occupations, "size": size, "public_part": public_part}
    try:
        lot = drawn(pool, **told)
    except TooFew:
        return
    assert verify(published(pool, lot, occupations, size, public_part)) == []


def published(pool, lot, occupations, size, public_part="p"):
    return {
        "number": "PG-22-2026-0001",
        "algorithm": ALGORITHM,
        "commitment": commitment(SEED),
        "committed_at": "2026-06-01T09:00:00",
        "drawn_at": "2026-06-02T09:00:00",
        "seed": SEED,
        "public_part": public_part,
        "size": size,
        "occupations": sorted(occupations),
        "pool": [{"id": each, "fields": sorted(fields)} for each, fields in pool.items()],
        "exclusions": [],
        "result": list(lot.panel),
        "reserves": list(lot.reserves),
        "replacements": [],
    }


def test_what_lacks_is_named():
    with pytest.raises(TooFew) as nobody:
        drawn({"E1": {"4-01"}, "E2": {"4-01"}, "E3": {"4-01"}})
    assert (nobody.value.uncovered, nobody.value.tight) == (("4-02",), False)
    with pytest.raises(TooFew) as few:
        drawn({"E1": {"4-01"}, "E2": {"4-02"}})
    assert (few.value.have, few.value.size, few.value.uncovered) == (2, 3, ())
    apart = {f"E{n}": {code} for n, code in enumerate(OCCUPATIONS)}
    with pytest.raises(TooFew) as tight:
        drawn(apart, occupations=OCCUPATIONS)
    assert (tight.value.uncovered, tight.value.tight) == ((), True)


def test_the_next_reserve_keeps_every_occupation_covered():
    staying = [Ticket("E1", frozenset({"4-01"}))]
    reserves = [Ticket("E2", frozenset({"4-01"})), Ticket("E3", frozenset({"4-02"})), Ticket("E4", frozenset({"4-02"}))]
    told = {"occupations": ("4-01", "4-02")}
    assert next_reserve(staying, reserves, passed_over=(), **told) == "E3"
    assert next_reserve(staying, reserves, passed_over=("E3",), **told) == "E4"
    assert next_reserve(staying, reserves, passed_over=("E3", "E4"), **told) is None


def test_every_place_of_the_lot_is_as_likely_for_everybody():
    """Chi-square over 3,000 draws of 3 out of 12: 11 degrees of freedom, 0.1 % beyond 31.3."""
    pool = {f"E{n:02}": {"4-01", "4-02"} for n in range(12)}
    counts = dict.fromkeys(pool, 0)
    for n in range(3_000):
        for each in drawn(pool, seed=sha256(str(n).encode()).hexdigest()).panel:
            counts[each] += 1
    expected = 3_000 * 3 / 12
    assert sum((seen - expected) ** 2 / expected for seen in counts.values()) < 31.3
