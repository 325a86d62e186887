"""Each section of an application saved by itself: one address, one act a section."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.filing import actions, forms_applicant
from gongjiang.filing.forms_applicant import cells_in
from gongjiang.filing.models import Application, Material
from gongjiang.filing.rules_scope import CellSpec
from gongjiang.filing.views_applicant import WRITERS, own

Save = Callable[[HttpRequest, Application], Any]


@require_POST
@requires(*WRITERS)
def save(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Save one section and go back to it."""
    application = own(request, pk)
    act = SECTIONS.get(section)
    if act is None:
        raise Http404(section)
    act(request, application)
    messages.success(request, _("Saved."))
    anchor = request.POST.get("anchor") or section
    return redirect(f"{reverse('own-application', args=[pk])}#{anchor}")


def _told(request: HttpRequest, application: Application) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.now, "application": application}


def _summary(request: HttpRequest, application: Application) -> None:
    actions.set_summary(
        **_told(request, application),
        summary=request.POST.get("summary", ""),
        serves_others=request.POST.get("serves_others") == "1",
    )


def _sites(request: HttpRequest, application: Application) -> None:
    actions.set_sites(**_told(request, application), sites=forms_applicant.sites_in(request.POST))


def _scope(request: HttpRequest, application: Application) -> None:
    actions.set_scope(**_told(request, application), cells=cells_in(request.POST))


def _add_to_scope(request: HttpRequest, application: Application) -> None:
    standing = [
        CellSpec(row.occupation.code, row.level, row.site_name)
        for row in application.scope.select_related("occupation")
    ]
    actions.set_scope(**_told(request, application), cells=[*standing, *cells_in(request.POST)])


def _give_up(request: HttpRequest, application: Application) -> None:
    chosen = [int(each) for each in request.POST.getlist("item") if each.isdecimal()]
    items = application.body.scope.filter(pk__in=chosen) if application.body else []
    actions.give_up(**_told(request, application), items=items)


def _changes(request: HttpRequest, application: Application) -> None:
    actions.set_changes(**_told(request, application), changes=forms_applicant.changes_in(request.POST))


def _subsidiaries(request: HttpRequest, application: Application) -> None:
    actions.set_subsidiaries(**_told(request, application), rows=forms_applicant.subsidiaries_in(request.POST))


def _condition(request: HttpRequest, application: Application) -> None:
    condition = request.POST.get("condition", "")
    counts = forms_applicant.counts_in(request.POST, condition)
    text = request.POST.get("text", "")
    actions.answer_condition(**_told(request, application), condition=condition, text=text, numbers=counts)


def _paper(request: HttpRequest, application: Application) -> None:
    """A file; where none is sent, the note of an online check."""
    upload = request.FILES.get("file")
    if upload is None and request.POST.get("source"):
        check = forms_applicant.check_in(request.POST, request.now)
        actions.note_online_check(**_told(request, application), check=check)
        return
    if upload is None:
        raise Http404("no file")
    replaced = _in_hand(application, request.POST.get("replaces", ""))
    paper = forms_applicant.paper_in(request.POST, upload)
    actions.add_material(**_told(request, application), paper=paper, replaces=replaced)


def _drop(request: HttpRequest, application: Application) -> None:
    material = _in_hand(application, request.POST.get("material", ""))
    if material is None:
        raise Http404("no such paper")
    actions.drop_material(**_told(request, application), material=material)


def _in_hand(application: Application, pk: str) -> Material | None:
    found = application.materials.filter(pk=int(pk), replaced_round=None) if pk.isdecimal() else None
    return found.first() if found is not None else None


SECTIONS: dict[str, Save] = {
    "summary": _summary,
    "sites": _sites,
    "scope": _scope,
    "scope-add": _add_to_scope,
    "given-up": _give_up,
    "changes": _changes,
    "subsidiaries": _subsidiaries,
    "condition": _condition,
    "paper": _paper,
    "drop": _drop,
}
