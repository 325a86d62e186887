"""What a legal rule is here: a dated, cited answer to a named question, for a place.

Pure Python. Nothing in ``gongjiang.law`` imports Django, reads the clock or touches a database.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")

CITE = re.compile(r"(?P<document>[^§]+)§(?P<article>\d+)(?:\((?P<item>\d+)\)(?P<point>\d+)?)?")
NUMERALS = "零一二三四五六七八九十"


class BadCitation(ValueError):
    """The text isn't a citation of a document that the law carries."""


class BadQuestion(ValueError):
    """A question was asked with a kind that it doesn't know, or without the kind that it needs."""


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction; a city answers to its province, a province to the nation."""

    code: str
    name: str
    english: str
    parent: "Place | None" = None

    def chain(self) -> Iterator["Place"]:
        """Yield this place, then each place above it."""
        place: Place | None = self
        while place:
            yield place
            place = place.parent

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Document:
    """A governing document: 规程, 办法, 方案. ``parts`` is true where it is divided into 部分 instead of 条."""

    key: str
    number: str
    title: str
    english: str
    place: Place
    in_force: date
    repealed: date | None = None
    parts: bool = False

    def article(self, number: int, item: int | None = None, point: int | None = None) -> "Citation":
        """Cite an article (条) and its item (项); of a document in parts: part, section, item."""
        return Citation(self, number, item, point)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where in a document an answer stands."""

    document: Document
    article: int
    item: int | None = None
    point: int | None = None

    @property
    def division(self) -> str:
        """What follows the § of the machine form: ``25``, ``7(5)``, ``3(2)3``."""
        item = "" if self.item is None else f"({self.item})"
        return f"{self.article}{item}{self.point or ''}"

    @property
    def key(self) -> str:
        """The machine form: ``JL-2024-5§25``, ``JL-2025-1§7(5)``, ``JL-2019-133§3(2)3``."""
        return f"{self.document.key}§{self.division}"

    @property
    def label(self) -> str:
        """The form for people: ``吉人社规〔2024〕5号 第25条``."""
        item = "" if self.item is None else f"（{chinese_numeral(self.item)}）"
        if self.document.parts:
            return f"{self.document.number} 第{chinese_numeral(self.article)}部分{item}{self.point or ''}"
        return f"{self.document.number} 第{self.article}条" + (f"第{item}项" if item else "")

    def words(self) -> str:
        """Return the document's own words, a paragraph a line.

        :raises BadCitation: if the document has no such article or item.
        """
        from gongjiang.law.texts import words_of

        return words_of(self.document.key, self.division, parts=self.document.parts)

    @classmethod
    def parse(cls, key: str) -> "Citation":
        """Return the citation that the machine form ``key`` stands for.

        :raises BadCitation: if the form is wrong, the document unknown or the article not in it.
        """
        from gongjiang.law.rules import DOCUMENTS

        match = CITE.fullmatch(key.strip())
        document = DOCUMENTS.get(match["document"]) if match else None
        if not match or document is None:
            raise BadCitation(f"{key!r} cites no document at hand ({', '.join(DOCUMENTS)})")
        numbers = [int(match[part]) if match[part] else None for part in ("item", "point")]
        cite = cls(document, int(match["article"]), *numbers)
        cite.words()
        return cite

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Provision(Generic[T]):
    """One document's answer, valid from ``since`` until ``until`` (exclusive; None is open).

    Where a higher authority's floor or ceiling holds against a nearer document, ``cites`` names the holding rule
    first and then the rule that it overrules, which is kept in ``overrules``.
    """

    value: T
    cites: tuple[Citation, ...]
    kind: str | None = None
    since: date = date.min
    until: date | None = None
    overrules: "tuple[Provision[T], ...]" = ()

    @property
    def document(self) -> Document:
        return self.cites[0].document

    @property
    def place(self) -> Place:
        """The place whose authority speaks."""
        return self.document.place

    @property
    def keys(self) -> list[str]:
        """The machine forms of the citations, for records, notices and JSON."""
        return [cite.key for cite in self.cites]

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class NoRule(LookupError):
    """No governing document answers this question for this place and day."""

    def __init__(self, question: "Question[T]", place: Place, day: date, kind: str | None = None) -> None:
        self.question, self.place, self.day, self.kind = question, place, day, kind
        of_kind = f" ({kind})" if kind else ""
        super().__init__(f"{question.name}{of_kind}: nothing in force for {place.name} on {day:%Y-%m-%d}")


class Day(StrEnum):
    """The day that governs a question; the value is the documents' language, ``english`` its translation."""

    NOTICE = "公示开始日", "the day the notice is posted"
    OBJECTION = "异议提出日", "the day the objection is made"
    ANNOUNCED = "批次公告日", "the day the batch was announced"
    ISSUE = "发证日期", "the issue date"
    APPOINTED = "聘任日", "the day of appointment"
    LETTER = "备案通知日", "the day of the filing letter"
    APPLIED = "申请日", "the day of the application"
    DEPOSITED = "归档日", "the day of deposit"
    EXAM = "考试日", "the day of the exam"
    DECIDED = "办理日", "the day of the decision"
    ENDED = "终止日", "the day the filing ends"

    english: str

    def __new__(cls, chinese: str, english: str) -> "Day":
        member = str.__new__(cls, chinese)
        member._value_ = chinese
        member.english = english
        return member


class Question(Generic[T]):
    """A question the platform asks of the law; the nearest authority that speaks answers it.

    ``asked_on`` names the day that governs, e.g. the day results are posted. ``kinds`` are the kinds that the
    question must be asked for (of body, of evaluation, of affiliation); empty if it is asked without one.
    ``identifier`` is the name in ``gongjiang.law.questions``.
    """

    def __init__(
        self,
        name: str,
        english: str,
        asked_on: Day,
        *,
        unit: str = "",
        about: str = "",
        kinds: tuple[str, ...] = (),
    ) -> None:
        self.name, self.english, self.asked_on = name, english, asked_on
        self.unit, self.about, self.kinds = unit, about, kinds
        self.identifier = ""
        self.provisions: list[Provision[T]] = []

    def answer(self, value: T, *cites: Citation, kinds: Iterable[str] = ()) -> None:
        """Record one document's answer, for each of ``kinds`` if the question is asked by kind.

        :raises BadQuestion: if a kind is unknown to the question, or none is given and it needs one.
        """
        document = cites[0].document
        for kind in tuple(kinds) or (None,):
            self.require(kind)
            self.provisions.append(Provision(value, cites, kind, document.in_force, document.repealed))

    def at(self, *, place: Place, day: date, kind: str | None = None) -> Provision[T]:
        """Return the provision that governs ``place`` on ``day``.

        :raises NoRule: if no document in force on ``day`` answers for ``place``.
        :raises BadQuestion: if ``kind`` is not one of ``kinds``, or missing where the question has kinds.
        """
        self.require(kind)
        holding = [each for each in self.provisions if each.kind == kind and each.holds_on(day)]
        answers = (newest(holding, authority) for authority in place.chain())
        found = [answer for answer in answers if answer]
        if not found:
            raise NoRule(self, place, day, kind)
        return self.choose(found)

    def get(self, *, place: Place, day: date, kind: str | None = None) -> Provision[T] | None:
        """Like ``at``, but None where no document answers: silence that means 'not asked for'."""
        try:
            return self.at(place=place, day=day, kind=kind)
        except NoRule:
            return None

    def choose(self, found: list[Provision[T]]) -> Provision[T]:
        """Return the governing provision, given one per authority, nearest first."""
        return found[0]

    def require(self, kind: str | None) -> None:
        """Refuse a kind that the question doesn't know, and silence where it needs one."""
        if kind is None and self.kinds:
            raise BadQuestion(f"{self.name} is asked by kind: {', '.join(self.kinds)}")
        if kind is not None and kind not in self.kinds:
            known = ", ".join(self.kinds) or "none"
            raise BadQuestion(f"{self.name} doesn't know the kind {kind!r}: {known}")

    def answers(self) -> list[Provision[T]]:
        """Return every answer, each ended also where the same authority's next answer begins."""
        return [replace(each, until=self._end(each)) for each in self.provisions]

    def _end(self, provision: Provision[T]) -> date | None:
        later = [
            other.since
            for other in self.provisions
            if (other.place, other.kind) == (provision.place, provision.kind) and other.since > provision.since
        ]
        return min([*later, *([provision.until] if provision.until else [])], default=None)


class Floor(Question[int]):
    """A minimum (不少于): a lower authority may raise it, never lower it."""

    def choose(self, found: list[Provision[int]]) -> Provision[int]:
        return hold(found, max(found, key=lambda provision: provision.value))


class Ceiling(Question[int]):
    """A maximum (…内, 不超过): a lower authority may lower it, never raise it."""

    def choose(self, found: list[Provision[int]]) -> Provision[int]:
        return hold(found, min(found, key=lambda provision: provision.value))


def hold(found: list[Provision[int]], winner: Provision[int]) -> Provision[int]:
    """Return ``winner``, citing also the nearer provisions that it holds against; ``found`` is nearest first."""
    overruled = tuple(found[: found.index(winner)])
    cites = (*winner.cites, *(cite for provision in overruled for cite in provision.cites))
    return replace(winner, cites=cites, overrules=overruled)


def newest(provisions: Iterable[Provision[T]], place: Place) -> Provision[T] | None:
    """Return the newest provision made by ``place`` itself, if it made one."""
    own = [provision for provision in provisions if provision.place == place]
    return max(own, key=lambda provision: provision.since, default=None)


def chinese_numeral(number: int) -> str:
    """Return 1-99 in Chinese numerals: 五, 十二, 二十五."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else (NUMERALS[tens] if tens > 1 else "") + "十"
    return head + (NUMERALS[ones] if ones else "")
