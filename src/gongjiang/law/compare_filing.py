"""One application under the law of several places on one day, row by row: what each asks, by which article.

Pure: given the application's bare facts, each place's answer and, where it decides, its verdict on them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place, Provision, Question
from gongjiang.law.shares import number_is_allowed, reaches
from gongjiang.law.words import chinese, plain

FIRST, ADDITION, AMENDMENT, RENEWAL, TERMINATION = ask.APPLICATIONS


@dataclass(frozen=True, slots=True)
class Case:
    """The application that is compared.

    ``occupations`` would be on file afterwards, ``carried_out`` of those filed before were carried out, ``having`` of
    ``bodies`` in the city have the occupation that is added; ``exchanged`` says that an old one is given up for it.
    """

    kind: str
    body: str
    affiliation: str = ask.MUNICIPAL
    occupations: int = 1
    carried_out: int = 0
    having: int = 0
    bodies: int = 1
    exchanged: bool = False

    @property
    def before(self) -> int:
        """How many occupations were on file before it: none at a first filing, as many where one is exchanged."""
        if self.kind == FIRST:
            return 0
        return self.occupations if self.exchanged or self.kind != ADDITION else self.occupations - 1


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things that an answer names: its word, the article where each has its own, and who else asks."""

    key: str
    text: str
    cites: tuple[Citation, ...] = ()
    only_here: bool = False


@dataclass(frozen=True, slots=True)
class CellView:
    """What one place says: nothing (``provision`` None: not asked for), a text, or parts; and its verdict."""

    place: Place
    provision: Provision[Any] | None
    text: str
    parts: tuple[Part, ...] = ()
    verdict: bool | None = None
    why: str = ""

    @property
    def cites(self) -> tuple[Citation, ...]:
        """The articles of the answer, once each."""
        return tuple(dict.fromkeys(self.provision.cites)) if self.provision else ()


@dataclass(frozen=True, slots=True)
class RowView:
    """One question put to every place; ``differs`` where the answers aren't the same."""

    question: Question[Any]
    cells: tuple[CellView, ...]

    @property
    def differs(self) -> bool:
        values = [(None if cell.provision is None else cell.provision.value, cell.verdict) for cell in self.cells]
        return any(value != values[0] for value in values[1:])


# Which questions an application of a kind raises, in the order of its life.
ALWAYS = (ask.FILING_AUTHORITY, ask.FILING_ACCEPTED_BY, ask.FILING_STEPS)
ASKED: dict[str, tuple[Question[Any], ...]] = {
    FIRST: (
        *ALWAYS, ask.SELECTION_BY_PUBLIC_CALL, ask.APPLICANT_CONDITIONS, ask.FILING_MATERIALS,
        ask.ONLINE_CHECK_REPLACES_PAPER, ask.TECHNICAL_EVALUATION_METHODS, ask.MAX_OCCUPATIONS_FILED,
        ask.SELECTION_NOTICE_REQUIRED, ask.FILING_NOTICE_WORKING_DAYS, ask.FILING_LETTER_BY, ask.FILING_TERM_YEARS,
        ask.UNDERTAKING_SIGNED, ask.SERVICE_SCOPE, ask.DELEGATION_FORBIDDEN,
    ),
    ADDITION: (
        *ALWAYS, ask.ADDITION_CONDITIONS, ask.ADDITION_NEEDS_COVERAGE, ask.ADDITION_STOPS_AT_COVERAGE,
        ask.MAX_OCCUPATIONS_FILED, ask.FILING_MATERIALS, ask.TECHNICAL_EVALUATION_METHODS,
        ask.SELECTION_NOTICE_REQUIRED, ask.FILING_NOTICE_WORKING_DAYS, ask.FILING_LETTER_BY,
    ),
    AMENDMENT: (
        *ALWAYS, ask.AMENDMENT_BY, ask.AMENDMENT_ELEMENTS, ask.AMENDMENTS_REPORTED, ask.FILING_NOTICE_WORKING_DAYS,
        ask.FILING_LETTER_BY,
    ),
    RENEWAL: (*ALWAYS, ask.RENEWAL_LEAD_MONTHS, ask.FILING_TERM_YEARS, ask.FILING_LETTER_BY),
    TERMINATION: (
        *ALWAYS, ask.ENDED_AT_OWN_WISH, ask.TERMINATION_ORDERED_FOR, ask.WOUND_UP_BEFORE_THE_END,
        ask.UNSERVED_FEES_REFUNDED, ask.CERTIFICATES_STAY_VALID, ask.TERMINATED_BODY_KEEPS_DUTIES,
        ask.DUTIES_TAKEN_OVER,
    ),
}  # fmt: skip


def compare(case: Case, places: Sequence[Place], day: date) -> tuple[RowView, ...]:
    """Return a row for each question that any of the places answers on the day, each place's answer side by side."""
    found = []
    for question in ASKED[case.kind]:
        cells = [_cell(question, case, place, day) for place in places]
        if any(cell.provision for cell in cells):
            found.append(RowView(question, tuple(_alone(cells))))
    return tuple(found)


def kind_for(question: Question[Any], case: Case) -> str | None:
    """Return the kind under which the question is put for the case."""
    for own, kinds in (
        (case.body, ask.BODIES),
        (case.affiliation, ask.AFFILIATIONS),
        (case.kind, ask.APPLICATIONS),
    ):
        if question.kinds == kinds:
            return own
    return None


def as_dict(rows: Iterable[RowView]) -> list[dict[str, Any]]:
    """Return the comparison as JSON carries it."""
    return [
        {
            "question": row.question.identifier,
            "name": row.question.name,
            "english": row.question.english,
            "differs": row.differs,
            "answers": {
                cell.place.code: None
                if cell.provision is None
                else {
                    "value": plain(cell.provision.value),
                    "text": cell.text,
                    "of": cell.provision.place.code,
                    "cites": [cite.key for cite in cell.cites],
                    "verdict": cell.verdict,
                }
                for cell in row.cells
            },
        }
        for row in rows
    ]


def _cell(question: Question[Any], case: Case, place: Place, day: date) -> CellView:
    provision = question.get(place=place, day=day, kind=kind_for(question, case))
    if provision is None:
        return CellView(place, None, "")
    parts: tuple[Part, ...] = ()
    if isinstance(provision.value, tuple):
        own = provision.cites if question is ask.FILING_STEPS else ()
        parts = tuple(
            Part(key, chinese(key, identifier=question.identifier), (own[at],) if own else ())
            for at, key in enumerate(provision.value)
        )
    text = chinese(provision.value, identifier=question.identifier, unit=question.unit)
    verdict, why = _judged(question, case, provision.value)
    return CellView(place, provision, text, parts, verdict, why)


def _judged(question: Question[Any], case: Case, value: Any) -> tuple[bool | None, str]:
    """Return the verdict of a threshold on the case, and its numbers; None where the answer judges nothing."""
    if question is ask.MAX_OCCUPATIONS_FILED:
        return number_is_allowed(case.occupations, value, case.before), f"{case.occupations} / {value}"
    if question is ask.ADDITION_NEEDS_COVERAGE and isinstance(value, Fraction):
        return reaches(case.carried_out, case.before, value), f"{case.carried_out} / {case.before}"
    if question is ask.ADDITION_STOPS_AT_COVERAGE and isinstance(value, Fraction):
        return not reaches(case.having, case.bodies, value), f"{case.having} / {case.bodies}"
    return None, ""


def _alone(cells: Sequence[CellView]) -> list[CellView]:
    """Return the cells with those parts marked that no other place names."""
    named = [{part.key for part in cell.parts} for cell in cells]
    marked = []
    for at, cell in enumerate(cells):
        others = set().union(*(keys for number, keys in enumerate(named) if number != at))
        parts = tuple(
            Part(part.key, part.text, part.cites, part.key not in others and bool(others)) for part in cell.parts
        )
        marked.append(CellView(cell.place, cell.provision, cell.text, parts, cell.verdict, cell.why))
    return marked
