"""What is asked of an application and what is missing, item by item: evidence, the machine's check, verdict, gap.

``missing`` is empty exactly if the application can be submitted.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.filing import labels, renewal, rules_apply, thresholds
from gongjiang.filing.checks_items import Finding, Held, Item, condition_item, held_by, paper_item
from gongjiang.filing.conditions import conditions_of, law_day, needs_subsidiaries, papers_of
from gongjiang.filing.models import Application, ApplicationKind
from gongjiang.filing.rules_scope import CellSpec, wrong_with_cells
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place as place_of

K = ApplicationKind


def items(application: Application, on: date) -> tuple[Item, ...]:
    """Return everything that is asked of the application on the day, in the order of its page."""
    held = held_by(application, on)
    return (
        *_basics(application, held, on),
        *(condition_item(application, asked, held, on) for asked in conditions_of(application, on)),
        *(paper_item(application, asked, held, on) for asked in papers_of(application, on)),
    )


def missing(application: Application, on: date) -> tuple[Ground, ...]:
    """Return every ground that keeps the application from being submitted on the day; empty if none does."""
    found = [*_in_general(application, on)]
    found += [ground for item in items(application, on) for ground in item.gaps]
    found += thresholds.grounds(application, on)
    found += _papers_of_others(application, on)
    return tuple(dict.fromkeys(found))


def _in_general(application: Application, on: date) -> Iterable[Ground]:
    """Yield what speaks against the application as a whole: the call's window, an overlap, one that is open."""
    place, applicant = place_of(application.regime), application.applicant
    yield from rules_apply.wrong_credit_code(applicant.credit_code)
    yield from rules_apply.open_already(applicant, application.kind, but=application.pk)
    rule = ask.SELECTION_BY_PUBLIC_CALL.get(place=place, day=law_day(application, on))
    cites = rule.cites if rule else ()
    if application.kind == K.FIRST:
        yield from rules_apply.overlapping(rules_apply.body_of(applicant.credit_code), place, on)
        codes = application.scope.values_list("occupation__code", flat=True)
        yield from rules_apply.outside_call(application.call, codes, cites)
        # The window is for applying; who was asked for a correction mends it when it is asked.
        if application.call is not None and application.applied_on is None:
            yield from rules_apply.outside_window(application.call, cites, on)
    else:
        yield from rules_apply.not_on_file(rules_apply.body_of(applicant.credit_code), application.kind, on)
    # What was handed in while the filing ran is mended also after its end.
    if application.kind == K.RENEWAL and application.body is not None and application.applied_on is None:
        yield from renewal.grounds(application.body, on)


def _basics(application: Application, held: Held, on: date) -> Iterable[Item]:
    if application.kind in {K.FIRST, K.ADDITION}:
        yield _scope(application, on)
    if application.kind == K.FIRST:
        yield _sites(application)
    if application.kind == K.AMENDMENT:
        yield _changes(application, on)
    if application.kind in {K.RENEWAL, K.TERMINATION}:
        yield _reason(application)
    cites = needs_subsidiaries(application, on)
    if cites:
        yield _subsidiaries(application, cites, held)


def _scope(application: Application, on: date) -> Item:
    rows = list(application.scope.select_related("occupation"))
    rule = ask.OCCUPATION_SOURCES.get(place=place_of(application.regime), day=law_day(application, on))
    cites = rule.cites if rule else ()
    cells = [CellSpec(row.occupation.code, row.level, row.site_name) for row in rows]
    gaps = wrong_with_cells(application, cells, on=on)
    if not rows:
        way = _("Choose at least one occupation, its levels and where they are assessed.")
        gaps = [Ground(_("No occupation is asked for."), way, cites, "no-scope", "#scope")]
    number = len({row.occupation_id for row in rows})
    finding = Finding(
        _("%(occupations)s occupations, %(cells)s cells: in the classification, of a skill class, standard in force")
        % {"occupations": number, "cells": len(rows)},
        not gaps,
    )
    return Item("scope", "scope", _("Occupations and levels"), cites, findings=(finding,), gaps=tuple(gaps))


def _sites(application: Application) -> Item:
    names = list(application.sites.values_list("name", flat=True))
    gaps = []
    if not names:
        way = _("Enter where theory and practice are assessed.")
        gaps.append(Ground(_("No exam site is entered."), way, code="no-site", url="#sites"))
    used = set(application.scope.values_list("site_name", flat=True))
    for name in names:
        if name not in used:
            why = _("Nothing is assessed at “%(site)s”.") % {"site": name}
            gaps.append(Ground(why, _("Choose its occupations, or take the site out."), code="idle-site", url="#sites"))
    return Item("sites", "sites", _("Exam sites"), (), text="、".join(names), gaps=tuple(gaps))


def _changes(application: Application, on: date) -> Item:
    rule = ask.AMENDMENT_ELEMENTS.get(place=place_of(application.regime), day=law_day(application, on))
    cites = rule.cites if rule else ()
    rows = list(application.changes.all())
    gaps = []
    if not rows and not application.given_up.exists():
        way = _("Choose what changes and write the new value and the reason.")
        gaps.append(Ground(_("No change is named."), way, cites, "no-change", "#changes"))
    text = "；".join(f"{labels.element(row.element)}：{row.new}" for row in rows)
    return Item("changes", "changes", _("What is to change"), cites, text=text, gaps=tuple(gaps))


def _reason(application: Application) -> Item:
    gaps = ()
    if not application.summary.strip():
        way = _("Write it in a few sentences; those who decide read it.")
        gaps = (Ground(_("It isn't said what the application is about."), way, code="no-summary", url="#summary"),)
    return Item("summary", "summary", _("About this application"), (), text=application.summary, gaps=gaps)


def _subsidiaries(application: Application, cites: tuple[Citation, ...], held: Held) -> Item:
    """Return the list of subsidiaries: only who assesses their staff has one, and shows that they are its own."""
    rows, papers = list(application.subsidiaries.all()), held.of("subsidiary_proof")
    gaps = []
    if rows and not papers:
        why = _("The papers on the listed subsidiaries are missing.")
        way = _("Hand in what shows that they are wholly owned or controlled.")
        gaps.append(Ground(why, way, cites, "no-subsidiary-proof", "#subsidiaries"))
    text = "、".join(row.name for row in rows) or _("None: only the unit's own staff are assessed.")
    label = _("Subsidiaries")
    return Item("subsidiaries", "subsidiaries", label, cites, text=text, papers=papers, gaps=tuple(gaps))


def _papers_of_others(application: Application, on: date) -> Iterable[Ground]:
    cites = rules_apply.truth_cites(
        place_of(application.regime), application.applied_on or application.created_at.date()
    )
    for paper in application.materials.filter(replaced_round=None, file__isnull=False).select_related("file"):
        yield from rules_apply.used_by_another(paper.file, application.applicant, cites)


def section_counts(found: Iterable[Item]) -> dict[str, tuple[int, int]]:
    """Return for each section how many items are met, and how many there are."""
    counts: dict[str, tuple[int, int]] = {}
    for item in found:
        met, total = counts.get(item.section, (0, 0))
        counts[item.section] = (met + item.met, total + 1)
    return counts


def is_editable(application: Application) -> bool:
    """Say whether the applicant can still write in it."""
    return application.state in {ApplicationState.DRAFT, ApplicationState.RETURNED}
