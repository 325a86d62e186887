"""The law as plain structures for pages and generated docs: each question, each document, each article."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongjiang.law import questions as ask
from gongjiang.law.model import Ceiling, Citation, Document, Floor, Place, Provision, Question
from gongjiang.law.rules import DOCUMENTS, MODULES
from gongjiang.law.texts import divisions
from gongjiang.law.words import WORDS, chinese


@dataclass(frozen=True, slots=True)
class CiteView:
    """A citation with its document's words; ``key`` is the machine form, ``label`` the one for people."""

    key: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One document's answer; ``until`` is exclusive, None is open."""

    value: Any
    text: str
    kind: str | None
    kind_text: str
    place: Place
    since: date
    until: date | None
    cites: tuple[CiteView, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with every answer; ``bound`` is 'floor', 'ceiling' or empty."""

    identifier: str
    name: str
    english: str
    asked_on: str
    asked_on_english: str
    unit: str
    about: str
    bound: str
    kinds: tuple[str, ...]
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article and how it is accounted for: ``status`` is answered, waived, pending or missing."""

    cite: CiteView
    status: str
    questions: tuple[str, ...]
    reason: str
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    document: Document
    articles: tuple[ArticleView, ...]


def view_cite(cite: Citation) -> CiteView:
    return CiteView(cite.key, cite.label, cite.words())


def view_answer(question: Question[Any], provision: Provision[Any]) -> AnswerView:
    return AnswerView(
        value=provision.value,
        text=chinese(provision.value, identifier=question.identifier, unit=question.unit),
        kind=provision.kind,
        kind_text=WORDS[provision.kind] if provision.kind else "",
        place=provision.place,
        since=provision.since,
        until=provision.until,
        cites=tuple(view_cite(cite) for cite in dict.fromkeys(provision.cites)),
    )


def bound(question: Question[Any]) -> str:
    """Return 'floor', 'ceiling' or nothing."""
    return "floor" if isinstance(question, Floor) else "ceiling" if isinstance(question, Ceiling) else ""


def describe_question(question: Question[Any]) -> QuestionView:
    return QuestionView(
        identifier=question.identifier,
        name=question.name,
        english=question.english,
        asked_on=question.asked_on.value,
        asked_on_english=question.asked_on.english,
        unit=question.unit,
        about=question.about,
        bound=bound(question),
        kinds=question.kinds,
        answers=tuple(view_answer(question, provision) for provision in ordered(question)),
    )


def ordered(question: Question[Any]) -> list[Provision[Any]]:
    """Return the answers by place, the nation first, then by day."""
    return sorted(question.answers(), key=lambda provision: (provision.place.code, provision.since))


@cache
def describe_questions() -> tuple[QuestionView, ...]:
    """Return every question in the order in which questions.py asks them."""
    return tuple(describe_question(question) for question in ask.QUESTIONS.values())


@cache
def describe_documents() -> tuple[DocumentView, ...]:
    """Return every document with each of its articles."""
    return tuple(DocumentView(module.DOC, articles(module)) for module in MODULES)


def articles(module: Any) -> tuple[ArticleView, ...]:
    """Return how each article of a rule module's document is accounted for."""
    waived = {str(key): reason for key, reason in module.WAIVED.items()}
    pending = {str(key): requirements for key, requirements in module.PENDING.items()}
    asking = questions_by_division(module.DOC)
    found = []
    for division in units(module.DOC):
        cite = view_cite(Citation.parse(f"{module.DOC.key}§{division}"))
        names = asking.get(division, ())
        status = "answered" if names else "pending" if division in pending else "missing"
        status = "waived" if division in waived else status
        found.append(ArticleView(cite, status, names, waived.get(division, ""), tuple(pending.get(division, ()))))
    return tuple(found)


def units(document: Document) -> list[str]:
    """Return the divisions that must be accounted for.

    Articles; of a document in parts the smallest sections and items, and the lead of a part that has one.
    """
    texts = divisions(document.key, parts=document.parts)
    if not document.parts:
        return [division for division in texts if division.isdigit()]
    return [
        division
        for division, words in texts.items()
        if not has_children(division, texts) or (division.isdigit() and "\n" in words)
    ]


def has_children(division: str, texts: dict[str, str]) -> bool:
    below = f"{division}(" if division.isdigit() else division
    return any(other.startswith(below) and other != division for other in texts)


def questions_by_division(document: Document) -> dict[str, tuple[str, ...]]:
    """Return which questions each division answers; an article also through its items."""
    found: dict[str, list[str]] = {}
    for question in ask.QUESTIONS.values():
        for cite in {cite for provision in question.provisions for cite in provision.cites}:
            if cite.document is document:
                division = cite.division if document.parts else str(cite.article)
                names = found.setdefault(division, [])
                if question.identifier not in names:
                    names.append(question.identifier)
    return {division: tuple(names) for division, names in found.items()}


def find_question(name: str) -> Question[Any] | None:
    """Return the question with this identifier (any case, - or _) or Chinese name."""
    wanted = name.strip().upper().replace("-", "_")
    named = (question for question in ask.QUESTIONS.values() if question.name == name.strip())
    return ask.QUESTIONS.get(wanted) or next(named, None)


def document_view(key: str) -> DocumentView | None:
    """Return the document with this key, if the law carries it."""
    return next((view for view in describe_documents() if view.document is DOCUMENTS.get(key)), None)
