"""Citations: the document's number and article, which open the article's own words in place."""

from collections.abc import Iterable
from itertools import count
from typing import Any
from urllib.parse import quote

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from gongjiang.law.model import BadCitation, Citation, chinese_numeral

register = template.Library()
LAW_URL = "law-document"


@register.inclusion_tag("parts/cite.html", takes_context=True)
def cite(context: Context, citation: Citation | str, mark: str = "") -> dict[str, Any]:
    """Show a citation; pressed, it opens the article's words. ``mark`` names the words in them to be marked."""
    return {"each": shown(context, citation, mark)}


@register.inclusion_tag("parts/cites.html", takes_context=True)
def cites(context: Context, citations: Iterable[Citation | str] | None) -> dict[str, Any]:
    """Show several citations one after another; nothing where there are none."""
    return {"all": [shown(context, citation) for citation in citations or ()]}


@register.inclusion_tag("parts/law_words.html")
def law_words(citation: Citation | str, mark: str = "") -> dict[str, Any]:
    """Show an article's words laid open on the page, in Song type."""
    found = resolve(citation)
    if found is None:
        return {"paragraphs": [], "label": citation}
    return {
        "paragraphs": paragraphs(found, mark),
        "document": found.document,
        "where": where(found),
        "label": label(found),
        "url": law_url(found),
    }


@register.filter
def cite_label(citation: Citation | str) -> str:
    """Return a citation in the reader's language: 吉人社规〔2024〕5号 第25条, or JL-2024-5 art. 25."""
    found = resolve(citation)
    return label(found) if found else str(citation)


def resolve(citation: Citation | str) -> Citation | None:
    """Return the citation of a machine key; None where the law at hand doesn't carry it (an old record's key)."""
    if isinstance(citation, Citation):
        return citation
    try:
        return Citation.parse(citation)
    except BadCitation:
        return None


def shown(context: Context, citation: Citation | str, mark: str = "") -> dict[str, Any]:
    """Return what parts/cite.html shows of a citation."""
    found = resolve(citation)
    if found is None:
        return {"label": str(citation), "paragraphs": []}
    return {
        "id": next_id(context, "cite"),
        "label": label(found),
        "paragraphs": paragraphs(found, mark),
        "document": found.document,
        "where": where(found),
        "url": law_url(found),
    }


def label(citation: Citation) -> str:
    """Return the citation in the reader's language."""
    if (get_language() or "zh").startswith("zh"):
        return citation.label
    unit = "part" if citation.document.parts else "art."
    item = "" if citation.item is None else f" ({citation.item})"
    point = "" if citation.point is None else f" {citation.point}"
    return f"{citation.document.key} {unit} {citation.article}{item}{point}"


def where(citation: Citation) -> str:
    """Return the article in the document's own numerals, as it stands in the text."""
    item = "" if citation.item is None else f"（{chinese_numeral(citation.item)}）"
    unit = "部分" if citation.document.parts else "条"
    return f"第{chinese_numeral(citation.article)}{unit}{item}{citation.point or ''}"


def paragraphs(citation: Citation, mark: str = "") -> list[tuple[str, str, str]]:
    """Return the article's paragraphs, each as (before, marked, after)."""
    try:
        lines = citation.words().splitlines()
    except BadCitation:
        return []
    parted = [line.partition(mark) if mark else (line, "", "") for line in lines]
    return [(before, marked, after) for before, marked, after in parted]


def law_url(citation: Citation) -> str:
    """Return the address of the article on the law pages; empty where the site has none."""
    try:
        return f"{reverse(LAW_URL, args=[citation.document.key])}#{quote(citation.division)}"
    except NoReverseMatch:
        return ""


def next_id(context: Context, prefix: str) -> str:
    """Return an id that is unique on the page: counted by request, so that the same page has the same ids."""
    owner = context.get("request") or context.render_context
    try:
        counter = owner.__dict__.setdefault("_part_ids", count(1))
    except AttributeError:
        counter = count(1)
    tag = _htmx_target(context)
    return f"{prefix}-{tag}{next(counter)}"


def _htmx_target(context: Context) -> str:
    """Return a prefix for a part fetched by htmx, so that its ids don't meet those of the page it comes into."""
    htmx = getattr(context.get("request"), "htmx", None)
    return f"{htmx.target or 'part'}-" if htmx else ""


@register.filter
def listed(citation: Citation | str) -> list[Citation | str]:
    """Return one citation as a list, for parts that take several."""
    return [citation]
