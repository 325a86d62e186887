"""The sections of an application while it is written: what stands in each, what it asks for, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.bodies.models import ScopeItem
from gongjiang.filing import checks, labels, panels_applicant, thresholds
from gongjiang.filing.conditions import SHOWN, elements_open, law_day, may_be_verified_online, needs_subsidiaries
from gongjiang.filing.models import Application, ApplicationKind, Material
from gongjiang.filing.rules_apply import truth_cites
from gongjiang.filing.rules_draft import SITE, VALUES
from gongjiang.filing.rules_scope import site_names, wrong_with
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.places import place as place_of
from gongjiang.standards.models import Level, Occupation
from gongjiang.standards.queries import open_on, search_occupations, sorted_levels

K = ApplicationKind
FOUND = 8
BLANK_ROWS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One condition or paper with its form: the checked item, what it takes, and what was replaced before."""

    item: checks.Item
    text: bool = False
    counts: tuple[tuple[str, str, int | str], ...] = ()
    evidence: bool = True
    replaced: tuple[Material, ...] = ()


def sections(application: Application, today: date, query: str) -> dict[str, Any]:
    """Return everything that the draft page shows beyond the record."""
    items, missing = checks.items(application, today), checks.missing(application, today)
    place, day = place_of(application.regime), law_day(application, today)
    conditions = [_condition(application, item) for item in items if item.section == "conditions"]
    papers = [_paper(application, item) for item in items if item.section == "materials"]
    own = {ground for item in items for ground in item.gaps}
    return {
        "items": items,
        "missing": missing,
        "missing_words": panels_applicant.missing_words(len(missing)),
        "general": [ground for ground in missing if ground not in own],
        "overview": _overview(items),
        "conditions": conditions,
        "papers": papers,
        "paper_source": next((row.item.source for row in papers if row.item.source), ""),
        "online": may_be_verified_online(application, today),
        "truth": truth_cites(place, day),
        "figures": [each for each in thresholds.figures(application, today) if each.rule],
        "standing": {item.key: item for item in items if item.section not in {"conditions", "materials"}},
        **_scope(application, today, query),
        **_changes(application, today),
        **_others(application, today),
    }


def _overview(items: Iterable[checks.Item]) -> list[tuple[str, str, int, int]]:
    names = {
        "summary": _("About this application"),
        "sites": _("Exam sites"),
        "scope": _("Occupations and levels"),
        "changes": _("What is to change"),
        "subsidiaries": _("Subsidiaries"),
        "conditions": _("Conditions"),
        "materials": _("Papers"),
    }
    counts = checks.section_counts(items)
    return [(key, name, *counts[key]) for key, name in names.items() if key in counts]


def _condition(application: Application, item: checks.Item) -> Row:
    shown, stated = SHOWN[item.key], dict(item.counts)
    counts = tuple((name, labels.count(name), stated.get(name) or "") for name in shown.counts)
    return Row(item, shown.text, counts, shown.evidence, _replaced(application, "evidence", item.key))


def _paper(application: Application, item: checks.Item) -> Row:
    return Row(item, replaced=_replaced(application, item.key, ""))


def _replaced(application: Application, kind: str, condition: str) -> tuple[Material, ...]:
    gone = (m for m in application.materials.all() if m.replaced_round and (m.kind, m.condition) == (kind, condition))
    return tuple(gone)


def _scope(application: Application, today: date, query: str) -> dict[str, Any]:
    """Return the grid of occupations by level and site, and what a search for another one found."""
    if application.kind not in {K.FIRST, K.ADDITION}:
        return {"has_scope": False}
    rule = ask.LEVELS_BY_BODY_KIND.get(place=place_of(application.regime), day=today, kind=application.applicant.kind)
    columns = sorted_levels(rule.value) if rule else [each.value for each in Level]
    rows = list(application.scope.select_related("occupation"))
    columns = sorted_levels({*columns, *(row.level for row in rows)})
    ticked = {(row.occupation.code, row.level, row.site_name) for row in rows}
    lines = {(row.occupation, row.site_name): None for row in rows}
    sites = site_names(application, today)
    return {
        "has_scope": True,
        "sites_known": sites,
        "levels": [(level, Level(level).label) for level in columns],
        "grid": [
            (occupation, site, [(level, (occupation.code, level, site) in ticked) for level in columns])
            for occupation, site in lines
        ],
        "query": query,
        "found": [_found(application, each, columns, today) for each in search_occupations(query, limit=FOUND)],
    }


def _found(application: Application, occupation: Occupation, columns: list[str], today: date) -> dict[str, Any]:
    """Return one found occupation with the levels at which it can be asked for, or why it can't be."""
    place, applicant = place_of(application.regime), application.applicant
    tried = {level: wrong_with(applicant, place, occupation, level, on=today) for level in columns}
    open_levels = [(level, Level(level).label) for level, grounds in tried.items() if not grounds]
    against: tuple[Ground, ...] = ()
    if not open_levels:
        against = tuple(dict.fromkeys(ground for grounds in tried.values() for ground in grounds))[:1]
    return {"occupation": occupation, "levels": open_levels, "grounds": against}


def _changes(application: Application, today: date) -> dict[str, Any]:
    if application.kind != K.AMENDMENT or application.body is None:
        return {"elements": []}
    named, cites = elements_open(application, today)
    told = {each.element: each for each in application.changes.all()}
    body, rows = application.body, []
    for key in named:
        if key not in {*VALUES, SITE}:
            continue
        old = "" if key == SITE else getattr(body, VALUES[key])
        site = application.sites.first() if key == SITE else None
        rows.append((key, labels.element(key), old, told.get(key), site))
    return {"elements": rows, "element_cites": cites, "filed_sites": list(body.sites.all())}


def _others(application: Application, today: date) -> dict[str, Any]:
    cells: list[ScopeItem] = []
    if application.kind in {K.ADDITION, K.AMENDMENT} and application.body is not None:
        found = application.body.scope.filter(open_on(today)).select_related("occupation", "site")
        cells = list(found.order_by("occupation__code", "-level"))
    given_up = set(application.given_up.values_list("item_id", flat=True))
    return {
        "filed": [(cell, Level(cell.level).label, cell.pk in given_up) for cell in cells],
        "site_rows": [*application.sites.all(), *[None] * BLANK_ROWS] if application.kind == K.FIRST else [],
        "subsidiary_cites": needs_subsidiaries(application, today),
        "subsidiary_rows": [*application.subsidiaries.all(), *[None] * BLANK_ROWS],
        "subsidiary_papers": [m for m in application.materials.all() if m.kind == "subsidiary_proof"],
    }
