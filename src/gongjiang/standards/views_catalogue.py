"""Pages of the catalogue as a whole: editions and their differences, imports, what doesn't join, what is new."""

from io import BytesIO
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.kernel.parts import Act, Choice
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.kernel.sheets.model import required_keys
from gongjiang.kernel.sheets.report import write_problem_report
from gongjiang.kernel.sheets.write import write_template
from gongjiang.law.places import place
from gongjiang.standards import actions, exports, queries, tables
from gongjiang.standards.bring import bring
from gongjiang.standards.forms import CodeForm, ImportForm, JoinForm
from gongjiang.standards.models import CatalogueEdition, NewOccupation, Occupation, UnjoinedStandard
from gongjiang.standards.sheets import COLUMNS

PAGE = 50
OFFICER = "provincial_officer"


def kinds() -> dict[str, str]:
    """Return the lists that can be imported, by name."""
    return {
        "edition": _("An edition of the classification"),
        "access": _("Access-type occupations"),
        "projects": _("Specialised projects"),
        "standards": _("National standards"),
        "weights": _("Weights of functions"),
    }


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """The editions entered, what was published since, and the way to differences, imports and unjoined rows."""
    editions = list(CatalogueEdition.objects.all())
    counts = queries.edition_sizes()
    officer = request.actor.has(OFFICER)
    context = {
        "editions": [(each, counts.get(each.edition, 0)) for each in editions],
        "pairs": [(old.edition, new.edition) for old, new in pairwise(editions)],
        "new": tables.new_table(NewOccupation.objects.select_related("occupation"), may_enter=officer),
        "unjoined": sum(queries.unjoined_reasons().values()),
        "acts": [
            Act(label, reverse("catalogue-import", args=[kind]), look="primary" if kind == "edition" else "plain")
            for kind, label in kinds().items()
        ]
        if officer
        else [],
    }
    return render(request, "standards/catalogue.html", context)


@require_GET
def edition_csv(request: HttpRequest, edition: int) -> HttpResponse:
    """An edition as CSV, in the form in which it is imported."""
    get_object_or_404(CatalogueEdition, edition=edition)
    return tables.download(exports.edition_csv(edition), f"职业分类大典{edition}.csv")


@require_GET
def difference(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """What changed from one edition to another."""
    editions = _editions(old, new)
    changes = queries.difference(old, new)
    kind = request.GET.get("kind", "")
    shown = [each for each in changes if each.kind == kind] if kind in tables.change_words() else changes
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    choices = [Choice(_("All"), "?", not kind, len(changes))] + [
        Choice(words, f"?kind={each}", kind == each, sum(change.kind == each for change in changes))
        for each, words in tables.change_words().items()
    ]
    context = {
        "old": old,
        "new": new,
        "examples": [each for each in editions if each.is_example],
        "count": len(changes),
        "choices": choices,
        "page": page,
        "table": tables.difference_table(page, old, new),
    }
    return render(request, "standards/difference.html", context)


@require_GET
def difference_csv(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """What changed from one edition to another, as CSV."""
    _editions(old, new)
    return tables.download(exports.difference_csv(queries.difference(old, new)), f"职业变化{old}-{new}.csv")


def _editions(old: int, new: int) -> list[CatalogueEdition]:
    found = list(CatalogueEdition.objects.filter(edition__in=[old, new]))
    if len(found) != 2:
        raise Http404(f"{old}-{new}")
    return found


@require_http_methods(["GET", "POST"])
@requires(OFFICER)
def bring_in(request: HttpRequest, kind: str) -> HttpResponse:
    """Import a list: all its rows, or none and every problem told."""
    if kind not in COLUMNS:
        raise Http404(kind)
    form = ImportForm(kind, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = bring(
                kind,
                actor=request.actor,
                at=request.now,
                content=form.content(),
                source=form.cleaned_data["source"],
                edition=form.cleaned_data.get("edition"),
                place=place(request.actor.place_code),
            )
        except SheetRefused as refused:
            return _refused(request, refused, kind)
        messages.success(
            request,
            _("%(added)s added, %(changed)s changed, %(same)s as they were.")
            % {"added": done.added, "changed": done.changed, "same": done.same},
        )
        return redirect("catalogue")
    context = {"form": form, "kind": kind, "title": kinds()[kind], "columns": COLUMNS[kind]}
    return render(request, "standards/import.html", context)


def _refused(request: HttpRequest, refused: SheetRefused, kind: str) -> HttpResponse:
    if "report" in request.POST and refused.rows:
        target = BytesIO()
        required = required_keys(COLUMNS[kind])
        write_problem_report(target, refused.headers, refused.rows, refused.problems, required=required)
        response = tables.download(target.getvalue(), "问题清单.xlsx")
        response["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return response
    context = {
        "refused": refused,
        "columns": list(refused.headers.values()),
        "rows": tables.bad_rows(refused),
        "general": [each for each in refused.problems if each.row is None],
        "total": len(refused.rows),
        "numbers": sorted({each.row for each in refused.problems if each.row is not None}),
        "back": reverse("catalogue-import", args=[kind]),
    }
    return render(request, "standards/refused.html", context, status=409)


@require_GET
@requires(OFFICER)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty sheet to fill in, with a page of how to."""
    if kind not in COLUMNS:
        raise Http404(kind)
    target = BytesIO()
    write_template(target, COLUMNS[kind])
    response = tables.download(target.getvalue(), f"{kind}.xlsx")
    response["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return response


@require_GET
def unjoined(request: HttpRequest) -> HttpResponse:
    """The rows of the official catalogue of standards that join no occupation by themselves, with the reasons."""
    reasons, words = queries.unjoined_reasons(), tables.reason_words()
    wanted = request.GET.get("reason", "")
    found = UnjoinedStandard.objects.order_by("joined_on", "code", "title", "edition")
    if wanted in words:
        found = found.filter(reason=wanted, standard=None)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    open_count = sum(reasons.values())
    choices = [Choice(_("All"), "?", wanted not in words)] + [
        Choice(told, f"?reason={reason}", wanted == reason, reasons.get(reason, 0)) for reason, told in words.items()
    ]
    told = ngettext("%(n)s standard joins no occupation", "%(n)s standards join no occupation", open_count)
    context = {
        "position": told % {"n": open_count},
        "choices": choices,
        "page": page,
        "table": tables.unjoined_table(page, may_join=request.actor.has(OFFICER)),
    }
    return render(request, "standards/unjoined.html", context)


@require_GET
def unjoined_csv(request: HttpRequest) -> HttpResponse:
    """The unjoined rows as CSV."""
    return tables.download(exports.unjoined_csv(UnjoinedStandard.objects.filter(standard=None)), "待衔接标准.csv")


@require_http_methods(["GET", "POST"])
@requires(OFFICER)
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a row of the official catalogue to an occupation by hand."""
    row = get_object_or_404(UnjoinedStandard, pk=pk)
    initial = {"occupation": row.suggested_code, "edition": row.edition, "levels": list(row.levels)}
    form = JoinForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        standard = actions.join_standard(
            actor=request.actor,
            at=request.now,
            row=row,
            occupation=data["occupation"],
            edition=data["edition"],
            levels="".join(data["levels"]),
            reason=data["reason"],
        )
        messages.success(request, _("“%(standard)s” is joined.") % {"standard": standard})
        return redirect("occupation", code=standard.occupation.code)
    context = {"form": form, "row": row, "reason": tables.reason_words()[row.reason], "perhaps": _perhaps(row)}
    return render(request, "standards/join.html", context)


def _perhaps(row: UnjoinedStandard) -> list[Occupation]:
    return list(queries.search_occupations(row.title.partition("（")[0], limit=5))


@require_http_methods(["GET", "POST"])
@requires(OFFICER)
def new_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the code that a new occupation was given."""
    new = get_object_or_404(NewOccupation, pk=pk)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        actions.give_code(actor=request.actor, at=request.now, new=new, **data)
        messages.success(request, _("%(name)s can be certified.") % {"name": new.name})
        return redirect("occupation", code=data["code"])
    title = _("Enter the code of %(name)s") % {"name": new.name}
    context = {"form": form, "title": title, "lead": f"{new.batch} · {new.status}", "back": reverse("catalogue")}
    return render(request, "standards/form.html", context)
