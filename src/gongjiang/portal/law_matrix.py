"""A question's answers as a picture of places and time: a row a place, a column a stretch of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjiang.law.describe import describe_documents
from gongjiang.law.model import Place, Provision, Question
from gongjiang.law.words import chinese


@dataclass(frozen=True, slots=True)
class Span:
    """One cell: an answer that holds for ``columns`` stretches, or silence. ``asked`` marks the one asked about.

    ``own`` is whether the place itself speaks; else it follows ``follows``.
    """

    provision: Provision[Any] | None
    text: str
    columns: int
    own: bool
    follows: Place | None
    asked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A place with its cells in the order of time."""

    place: Place
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All answers to a question (of one kind): the days on which something changes, and a line for each place."""

    since: tuple[date, ...]
    lines: tuple[Line, ...]


def matrix(question: Question[Any], *, kind: str | None, place: Place, day: date) -> Matrix:
    """Return the answers by place and time, the cell of ``place`` on ``day`` marked.

    A place without documents of its own has no line: the nearest one above it stands for it.
    """
    answers = [each for each in question.answers() if each.kind == kind]
    days = sorted({d for each in answers for d in (each.since, each.until) if d is not None and d != date.min})
    if any(each.since == date.min for each in answers):
        days.insert(0, date.min)
    places = _places()
    stands_for = next((each for each in place.chain() if each in places), None)
    lines = tuple(
        Line(each, tuple(_spans(question, kind, each, days, day if each == stands_for else None))) for each in places
    )
    return Matrix(tuple(days), lines)


def _places() -> list[Place]:
    """Return the places whose documents the law carries, the nation first, so that silence is seen too."""
    return sorted({view.document.place for view in describe_documents()}, key=lambda each: each.code)


def _spans(
    question: Question[Any], kind: str | None, place: Place, days: list[date], asked: date | None
) -> Iterator[Span]:
    """Yield the cells of a place; neighbours with one answer are one cell."""
    found = [question.get(place=place, day=day, kind=kind) for day in days]
    start = 0
    while start < len(days):
        end = start + 1
        while end < len(days) and _same(found[start], found[end]):
            end += 1
        until = days[end] if end < len(days) else date.max
        here = asked is not None and days[start] <= asked < until
        yield _span(question, found[start], end - start, place, here)
        start = end


def _same(one: Provision[Any] | None, other: Provision[Any] | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.value, one.cites) == (other.value, other.cites)


def _span(question: Question[Any], found: Provision[Any] | None, columns: int, place: Place, asked: bool) -> Span:
    if found is None:
        return Span(None, "", columns, False, None, asked)
    text = chinese(found.value, identifier=question.identifier, unit=question.unit)
    own = found.place == place
    return Span(found, text, columns, own, None if own else found.place, asked)
