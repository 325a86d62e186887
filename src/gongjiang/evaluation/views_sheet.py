"""An expert's sheet on a tablet: shown, saved as it is written, sealed; and the photos that belong to it."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.evaluation import actions, rules_sheet, tables_panel
from gongjiang.evaluation.forms_panel import PhotoForm, fields_of, number, read_sheet
from gongjiang.evaluation.models import Criterion, Panelist, Photo, Sheet, Stage
from gongjiang.evaluation.permissions import EXPERT
from gongjiang.evaluation.queries.panel import marks_of, photos_of, sheet_of, tree_of
from gongjiang.evaluation.sheet_words import words
from gongjiang.evaluation.views_panel import place_or_404
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.middleware import wants_json
from gongjiang.kernel.refusal import Ground, Refused


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the sheet as the page shows it. ``other`` is what another device saved, where both differ."""

    item: Criterion
    points: str
    met: str
    reason: str
    scored: bool
    photos: tuple[Photo, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A row of the criteria with its lines; the veto items are a group without a criterion."""

    criterion: Criterion | None
    lines: tuple[Line, ...]
    full: object = ""


@never_cache
@require_http_methods(["GET", "POST"])
@requires(EXPERT)
def sheet(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The own sheet of a stage; a form's post or a device's request saves a draft."""
    held = _held(request, pk, stage)
    if request.method == "GET":
        return _page(request, held, sheet_of(held, stage))
    items = tree_of(held.evaluation.criteria).of_stage(stage)
    spec, key = read_sheet(request.POST, items, stage), request.POST.get("key", "")
    try:
        saved = actions.save_sheet(actor=request.actor, at=request.now, panelist=held, stage=stage, spec=spec, key=key)
    except actions.SheetMoved as moved:
        return _moved(request, held, stage, moved)
    except Refused as refused:
        if wants_json(request) or refused.status != Refused.status:
            raise
        return _page(request, held, sheet_of(held, stage), told=request.POST.dict(), refused=refused)
    clock = f"{saved.saved_at.astimezone(SHANGHAI):%H:%M}"
    if wants_json(request):
        return JsonResponse({"version": saved.version, "clock": clock})
    messages.success(request, _("Saved at %(clock)s.") % {"clock": clock})
    return redirect("evaluation-sheet", pk=pk, stage=stage)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(EXPERT)
def seal(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """What the own sheet says in all, what it lacks, and sealing it."""
    held = _held(request, pk, stage)
    if request.method == "POST":
        version = request.POST.get("version", "")
        if not version.isdecimal():
            raise Http404("no version")
        actions.seal(actor=request.actor, at=request.now, panelist=held, stage=stage, version=int(version))
        messages.success(request, _("Your sheet is sealed. It is opened together with all the others."))
        return redirect("evaluation-place", pk=pk)
    own = sheet_of(held, stage)
    if own.pk is None or own.sealed_at is not None:
        return redirect("evaluation-place", pk=pk)
    grounds = [*rules_sheet.wrong_time(held, stage), *rules_sheet.lacking(own)]
    context = _context(held, own, fields_of(own, marks_of(own), tree_of(held.evaluation.criteria).of_stage(stage)))
    context |= {"grounds": grounds, "asked": _("Seal the sheet")}
    context["crumbs"] = tables_panel.own_crumbs(held.evaluation, _("Check and seal"))
    return render(request, "evaluation/seal.html", context)


@require_POST
@requires(EXPERT)
def photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a photo from the site; a device sends the same one until it is told that it is kept."""
    held = place_or_404(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        why, way = _("There is no photo to keep."), _("Choose a photo first.")
        raise Refused(_("Add a photo"), [Ground(why, way, code="no-photo")], subject=held.evaluation)
    kept = actions.add_photo(
        actor=request.actor, at=request.now, panelist=held, spec=form.spec(), key=form.cleaned_data["key"]
    )
    if wants_json(request):
        return JsonResponse({"photo": kept.pk, "url": reverse("evaluation-photo", args=[pk, kept.pk])})
    messages.success(request, _("The photo is kept."))
    return redirect("evaluation-sheet", pk=pk, stage=Stage.TECHNICAL)


def _held(request: HttpRequest, pk: int, stage: str) -> Panelist:
    held = place_or_404(request, pk)
    if stage not in held.evaluation.stages or stage not in Stage:
        raise Http404("no such step")
    return held


def _moved(request: HttpRequest, held: Panelist, stage: str, moved: actions.SheetMoved) -> HttpResponse:
    """Tell that another device saved: to a script with what stands there, else as the page with both side by side."""
    own = sheet_of(held, stage)
    items = tree_of(held.evaluation.criteria).of_stage(stage)
    values = fields_of(own, marks_of(own), items)
    if wants_json(request):
        clock = f"{own.saved_at.astimezone(SHANGHAI):%H:%M}" if own.saved_at else ""
        told = {"moved": True, "version": own.version, "clock": clock, "values": values}
        return JsonResponse(told, status=moved.status)
    return _page(request, held, own, told=request.POST.dict(), refused=moved)


def _page(
    request: HttpRequest,
    held: Panelist,
    own: Sheet,
    *,
    told: dict[str, str] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """Show the sheet as it stands; with ``told`` as it was sent, beside what stands where both differ."""
    items = tree_of(held.evaluation.criteria).of_stage(own.stage)
    stands = fields_of(own, marks_of(own), items)
    values = {name: told.get(name, "") for name in stands} if told else stands
    context = _context(held, own, values, stands)
    context |= {
        "refused": refused,
        "grounds": [] if own.sealed_at else list(rules_sheet.wrong_time(held, own.stage)),
        "asked": _("Save the sheet"),
        "key": secrets.token_urlsafe(16),
        "words": words(),
        "crumbs": tables_panel.own_crumbs(held.evaluation, own.get_stage_display()),
    }
    return render(request, "evaluation/sheet.html", context, status=refused.status if refused else 200)


def _context(
    held: Panelist, own: Sheet, values: dict[str, str], stands: dict[str, str] | None = None
) -> dict[str, Any]:
    photos = list(photos_of(held)) if own.stage == Stage.TECHNICAL else []
    tree, stands = tree_of(held.evaluation.criteria), stands or values
    groups = [
        Group(row.criterion, tuple(_line(item, own.stage, values, stands, photos) for item in row.items), row.full)
        for row in tree.rows
    ]
    if own.stage == Stage.TECHNICAL and tree.vetoes:
        groups.append(Group(None, tuple(_line(item, own.stage, values, stands, photos) for item in tree.vetoes)))
    given = [number(line.points) for group in groups for line in group.lines]
    return {
        "place": held,
        "evaluation": held.evaluation,
        "sheet": own,
        "scored": own.stage == Stage.TECHNICAL,
        "groups": groups,
        "opinion": values["opinion"],
        "other_opinion": stands["opinion"] if stands["opinion"] != values["opinion"] else "",
        "total": sum(each for each in given if each is not None and each.is_finite()),
        "full": tree.full,
        "loose_photos": [each for each in photos if each.criterion_id is None],
    }


def _line(item: Criterion, stage: str, values: dict[str, str], stands: dict[str, str], photos: list[Photo]) -> Line:
    names = (f"points-{item.code}", f"met-{item.code}", f"reason-{item.code}")
    mine, there = ([found.get(name, "") for name in names] for found in (values, stands))
    met = {"yes": _("met"), "no": _("not met")}
    other = " · ".join(filter(None, [there[0], str(met.get(there[1], "")), there[2]])) or _("nothing")
    return Line(
        item=item,
        points=mine[0],
        met=mine[1],
        reason=mine[2],
        scored=stage == Stage.TECHNICAL and not item.is_veto,
        photos=tuple(each for each in photos if each.criterion_id == item.pk),
        other=other if mine != there else "",
    )
