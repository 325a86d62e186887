"""Public pages of the catalogue: search, and an occupation with its standards."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.law.eligibility import Scope, clause_set
from gongjiang.standards import queries
from gongjiang.standards.models import Level, NationalStandard, Occupation

NUMERIC_LEVELS = ("5", "4", "3", "2", "1")


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Search the catalogue by name, code, alias or job type."""
    text = request.GET.get("q", "").strip()
    found = queries.search_occupations(text)
    if text:
        position = ngettext("%(n)s occupation matches", "%(n)s occupations match", len(found)) % {"n": len(found)}
    else:
        position = _("What can be certified")
    rows = tuple(
        Row((Cell(each.name, url=f"{each.code}/"), each.code, each.group_name, _marks(each))) for each in found
    )
    table = Table(
        _("Occupations"),
        (Column(_("Occupation")), Column(_("Code")), Column(_("Group")), Column(_("Mark"))),
        rows,
        empty=_("Write a name such as 电工, a code such as 6-31-01-03, an older name or a job type."),
    )
    return render(request, "standards/search.html", {"text": text, "table": table, "position": position})


@require_GET
def occupation(request: HttpRequest, code: str) -> HttpResponse:
    """An occupation: job types, standards in force, and for each level its parts and who may apply."""
    try:
        found = queries.occupation_by_code(code)
    except Occupation.DoesNotExist:
        raise Http404(code) from None
    standards = list(queries.standards_in_force(found, on=request.today).prefetch_related("levels__parts"))
    context = {
        "occupation": found,
        "marks": _marks(found),
        "job_types": list(found.job_types.all()),
        "aliases": list(found.aliases.all()),
        "standards": [_standard(standard) for standard in standards],
    }
    return render(request, "standards/occupation.html", context)


def _marks(found: Occupation) -> str:
    marks = (
        [_("green")] * found.is_green + [_("digital")] * found.is_digital + [_("access type")] * found.is_access_type
    )
    return ", ".join(marks)


def _standard(standard: NationalStandard) -> dict[str, object]:
    levels = sorted(standard.levels.all(), key=lambda each: NUMERIC_LEVELS.index(each.level))
    return {
        "standard": standard,
        "set": clause_set(standard.clause_set),
        "levels": [
            {
                "label": Level(each.level).label,
                "parts": list(each.parts.all()),
                "clauses": _clauses(standard, each.level),
            }
            for each in levels
        ],
    }


def _clauses(standard: NationalStandard, level: str) -> list[tuple[str, str]]:
    scope: Scope = standard.experience_scope  # type: ignore[assignment]
    english = (get_language() or "").startswith("en")
    clauses = clause_set(standard.clause_set).at_level(int(level))
    return [(each.id, each.words(scope).en if english else each.words(scope).zh) for each in clauses]
