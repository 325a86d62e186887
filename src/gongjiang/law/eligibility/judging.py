"""How an atom is judged: the case, the finding, and what the atoms share."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from gongjiang.law.eligibility.facts import Facts, PriorCertificate, ProfessionalTitle, TitleRank
from gongjiang.law.eligibility.timeline import (
    MONTH,
    Interval,
    after,
    longest,
    merge,
    reached_on,
    total,
)
from gongjiang.law.eligibility.words import NONE, LevelKey, Scope, Words, span


class Case(NamedTuple):
    """What is judged: the facts, the day to which time is counted, the occupations that count."""

    facts: Facts
    on: date
    scope: Scope


class Finding(NamedTuple):
    """What an atom found; `missing` is what time lacks in units of the timeline."""

    met_from: date | None
    found: Words
    lacking: Words
    evidence: tuple[str, ...] = ()
    missing: int = 0


class Atom(Protocol):
    """One condition of a clause."""

    @property
    def kind(self) -> str:
        """A stable name for programs."""
        ...

    def words(self, scope: Scope) -> Words:
        """Return what the atom asks for."""
        ...

    def judge(self, case: Case) -> Finding:
        """Judge the atom on the case."""
        ...


def held_certificate(case: Case, level: LevelKey) -> tuple[int, PriorCertificate] | None:
    """Return the earliest certificate of exactly the level whose occupation is in scope, with its index."""
    wanted = {"own"} if case.scope == "own" else {"own", "related"}
    pairs = [
        (index, held)
        for index, held in enumerate(case.facts.certificates)
        if held.level == level and held.relation in wanted
    ]
    return min(pairs, key=lambda pair: pair[1].issued_on, default=None)


def held_title(case: Case, rank: TitleRank) -> tuple[int, ProfessionalTitle] | None:
    pairs = [(index, title) for index, title in enumerate(case.facts.titles) if title.rank == rank and title.matches]
    return min(pairs, key=lambda pair: pair[1].granted_on, default=None)


def reference(given: str, name: str, index: int) -> str:
    return given or f"{name}[{index}]"


def judge_work(case: Case, months: int, *, since: date | None, unbroken: bool) -> Finding:
    """Judge time worked in scope, since a day or ever; `months` 0 asks for any work at all."""
    wanted = {"own"} if case.scope == "own" else {"own", "related"}
    used = [(i, work) for i, work in enumerate(case.facts.employments) if work.relation in wanted]
    merged: Sequence[Interval] = merge((work.start, work.end) for _, work in used)
    if since is not None:
        merged = after(merged, since)
    units = months * MONTH or 1
    met_from = reached_on(merged, units, unbroken=unbroken)
    sofar = longest(merged, case.on) if unbroken else total(merged, case.on)
    missing = max(units - sofar, 0)
    refs = tuple(reference(work.ref, "employments", i) for i, work in used if not since or _runs_after(work.end, since))
    lacking = _lack(case.on, met_from, missing) if used else Words("没有工作经历", "no work stated")
    return Finding(met_from, span(sofar), lacking, refs, missing)


def _runs_after(end: date | None, since: date) -> bool:
    return end is None or end > since


def _lack(on: date, met_from: date | None, missing: int) -> Words:
    if met_from is None:
        short = span(missing, lacking=True)
        return Words(f"差 {short.zh}", f"{short.en} short")
    if met_from <= on:
        return NONE
    days = (met_from - on).days
    short = Words(f"{days} 天", f"{days} d") if days < 31 else span(missing, lacking=True)
    return Words(f"差 {short.zh}，到 {met_from} 才满", f"{short.en} short, reached on {met_from}")


def judge_day(what: Words, met_from: date | None, on: date, ref: str) -> Finding:
    """Judge something held from a day on."""
    late = Words(f"{met_from} 才取得", f"obtained only on {met_from}")
    found = Words(f"{what.zh}（{met_from}）", f"{what.en} ({met_from})")
    lacking = NONE if met_from is not None and met_from <= on else late
    return Finding(met_from, found, lacking, (ref,))


def judge_yes(given: bool, what: Words, on: date, ref: str) -> Finding:
    """Judge something that is or isn't so."""
    if given:
        return Finding(on, Words(f"已{what.zh}", f"yes: {what.en}"), NONE, (ref,))
    return Finding(None, NONE, Words(f"没有{what.zh}的材料", f"nothing shows: {what.en}"))


def without(what: Words) -> Words:
    return Words(f"没有{what.zh}", f"no {what.en}")
