"""Public pages of the catalogue: search, and an occupation with its standards."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.law.eligibility import Scope, clause_set, level_key
from gongjiang.standards import basis, picture, queries
from gongjiang.standards.explain import formula
from gongjiang.standards.models import Level, NationalStandard, Occupation, StandardLevel
from gongjiang.standards.tables import marks

SPECIFICATION_READERS = (
    "body_manager",
    "provincial_officer",
    "provincial_approver",
    "centre_officer",
    "city_officer",
    "city_approver",
)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Search the catalogue by name, code, alias, job type or an older code."""
    text = request.GET.get("q", "").strip()
    found = queries.search_occupations(text)
    if text:
        position = ngettext("%(n)s occupation matches", "%(n)s occupations match", len(found)) % {"n": len(found)}
    else:
        position = _("What can be certified")
    access = queries.access_ids(on=request.today)
    older = queries.older_names(found, text)
    rows = tuple(
        Row(
            (
                Cell(each.name, sub=older.get(each.pk, ""), url=reverse("occupation", args=[each.code])),
                each.code,
                each.group_name,
                marks(each, access),
            )
        )
        for each in found
    )
    table = Table(
        _("Occupations"),
        (Column(_("Occupation")), Column(_("Code")), Column(_("Group")), Column(_("Mark"))),
        rows,
        empty=_("Write a name such as 电工, a code such as 6-31-01-03, an older name or a job type."),
    )
    context = {
        "text": text,
        "table": table,
        "position": position,
        "may_read_own": request.actor.has(*SPECIFICATION_READERS),
    }
    return render(request, "standards/search.html", context)


@require_GET
def occupation(request: HttpRequest, code: str) -> HttpResponse:
    """An occupation: its names then and now, its standards over time, for each level its parts and who may apply."""
    try:
        found = queries.occupation_by_code(code)
    except Occupation.DoesNotExist:
        became = queries.became(code)
        if not became:
            raise Http404(code) from None
        return render(request, "standards/retired.html", {"code": code, "became": became})
    standards = list(queries.standards_in_force(found, on=request.today).prefetch_related("levels__parts"))
    every = list(queries.standards_of(found))
    access = queries.access_qualification(found, on=request.today)
    context = {
        "occupation": found,
        "marks": marks(found, frozenset([found.pk]) if access else frozenset()),
        "job_types": list(found.job_types.all()),
        "aliases": list(found.aliases.all()),
        "retired": list(found.retired_codes.all()),
        "access": access,
        "versions": picture.versions(every, request.today) if len(every) > 1 else None,
        "standards": [_standard(standard) for standard in standards],
        "specifications": _specifications(found, request),
    }
    return render(request, "standards/occupation.html", context)


def _specifications(found: Occupation, request: HttpRequest) -> list[dict[str, Any]]:
    filed = queries.filed_specifications().filter(standard__occupation=found)
    return [
        {
            "specification": each,
            "usable": queries.is_usable(each.standard, on=request.today),
            "grounds": basis.against_use(each.standard, basis.asker_of(each).place, on=request.today),
        }
        for each in filed
    ]


def _standard(standard: NationalStandard) -> dict[str, object]:
    levels = sorted(standard.levels.all(), key=lambda each: queries.sorted_levels(Level.values).index(each.level))
    weights = queries.weights_of(standard)
    return {
        "standard": standard,
        "set": clause_set(standard.clause_set),
        "levels": [level_facts(standard, each, weights.get(each.level, [])) for each in levels],
    }


def level_facts(standard: NationalStandard, level: StandardLevel, weights: list[Any]) -> dict[str, object]:
    """Return what a page tells of one level: who may apply, the parts, how the result follows, the weights."""
    parts = list(level.parts.all())
    return {
        "label": Level(level.level).label,
        "parts": parts,
        "formula": formula(parts),
        "weights": weights,
        "clauses": _clauses(standard, level.level),
    }


def _clauses(standard: NationalStandard, level: str) -> list[tuple[str, str]]:
    if not level.isdecimal():
        return []
    scope: Scope = standard.experience_scope  # type: ignore[assignment]
    english = (get_language() or "").startswith("en")
    clauses = clause_set(standard.clause_set).at_level(level_key(level))
    return [(each.id, each.words(scope).en if english else each.words(scope).zh) for each in clauses]
