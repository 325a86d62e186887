"""The law's questions and documents as pages need them: found, grouped, with where they are asked and proved."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongjiang.law.describe import QuestionView, describe_documents, describe_questions
from gongjiang.law.model import chinese_numeral
from gongjiang.law.texts import divisions


@dataclass(frozen=True, slots=True)
class Uses:
    """Where the platform asks a question, and which tests prove its answers; paths in the source."""

    asked_in: tuple[str, ...]
    proved_by: tuple[str, ...]


@cache
def uses() -> dict[str, Uses]:
    """Return the uses of every question, as scripts/law_docs.py last wrote them."""
    text = resources.files("gongjiang.law").joinpath("data/uses.json").read_text(encoding="utf-8")
    return {name: Uses(tuple(found["asked_in"]), tuple(found["proved_by"])) for name, found in json.loads(text).items()}


def uses_of(identifier: str) -> Uses:
    """Return the uses of one question; none where it was written after the data."""
    return uses().get(identifier, Uses((), ()))


def matching(text: str, document: str, place: str) -> list[QuestionView]:
    """Return the questions whose name, identifier or cited words hold the text, that the document or place answers."""
    wanted = text.strip().lower()
    return [
        view
        for view in describe_questions()
        if (not wanted or wanted in _haystacks()[view.identifier])
        and (not document or any(_documents(view) & {document}))
        and (not place or any(answer.place.code == place for answer in view.answers))
    ]


def _documents(view: QuestionView) -> set[str]:
    return {cite.key.partition("§")[0] for answer in view.answers for cite in answer.cites}


@cache
def _haystacks() -> dict[str, str]:
    return {view.identifier: _haystack(view) for view in describe_questions()}


def _haystack(view: QuestionView) -> str:
    words = [view.name, view.english, view.identifier, view.about]
    words += [cite.words for answer in view.answers for cite in answer.cites]
    return "\n".join(words).lower()


def document_choices() -> list[tuple[str, str]]:
    """Return the documents as (key, number and title)."""
    return [(view.document.key, f"{view.document.number}《{view.document.title}》") for view in describe_documents()]


def place_choices() -> list[tuple[str, str]]:
    """Return the places that speak somewhere in the law as (code, name)."""
    places = {answer.place.code: answer.place.name for view in describe_questions() for answer in view.answers}
    return sorted(places.items())


def article_lines(key: str, division: str, *, parts: bool) -> list[tuple[str, str]]:
    """Return an article's paragraphs as (anchor, words); the anchor names the item that begins there, or nothing."""
    texts = divisions(key, parts=parts)
    begins = {
        words.split("\n", 1)[0]: name for name, words in texts.items() if name.startswith(f"{division}(") and not parts
    }
    return [(begins.get(line, ""), line) for line in texts[division].split("\n")]


def article_title(division: str, *, parts: bool) -> str:
    """Return an article's heading in the document's numerals: 第二十五条."""
    number = division.partition("(")[0]
    unit = "部分" if parts else "条"
    return f"第{chinese_numeral(int(number))}{unit}{division[len(number) :]}"


def names_of(identifiers: Iterable[str]) -> list[tuple[str, Any]]:
    """Return questions as (identifier, view), in the order given."""
    views = {view.identifier: view for view in describe_questions()}
    return [(name, views[name]) for name in identifiers if name in views]
