"""Ending a relation that no longer holds, from the page of the person whom it binds."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.workforce import actions
from gongjiang.workforce.forms import EndRelationForm
from gongjiang.workforce.permissions import KEEPERS
from gongjiang.workforce.queries_relations import relations_of
from gongjiang.workforce.views import form_page, member_or_404


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def end(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Say from which day on a relation no longer holds, and why."""
    member = member_or_404(request, pk)
    held = relations_of(member.identity_index, request.today)
    found = next((each for each in held if each.pk == relation and each.until is None), None)
    if found is None:
        raise Http404(relation)
    form = EndRelationForm(request.POST or None, initial={"until": request.today})
    back = reverse("staff-member", args=[pk])
    if request.method == "POST" and form.is_valid():
        actions.end_relation(actor=request.actor, at=request.now, relation=found, member=member, **form.cleaned_data)
        messages.success(request, _("The relation has ended; until that day it stays on record."))
        return redirect(back)
    lead = f"{member.name} · {found.get_kind_display()} · {found.other_shown}"
    return form_page(request, form, _("End the relation"), back, button=_("End the relation"), lead=lead)
