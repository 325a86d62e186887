"""Registering as an applicant: open to anyone, limited by address; the one-time password is shown once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongjiang.filing import actions, limits, queries
from gongjiang.filing.forms_applicant import RegisterForm
from gongjiang.filing.models import Call
from gongjiang.kernel.http import actor_of, client_address


@never_cache
@sensitive_post_parameters("contact_phone")
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a unit; the answer shows its authority, the sign-in name and the one-time password."""
    call = _call(request.GET.get("call", ""))
    form = RegisterForm(call, request.POST or None)
    if request.method == "POST":
        limits.count_try(client_address(request), request.now)  # type: ignore[attr-defined]
        if form.is_valid():
            applicant, user, password = actions.register_applicant(
                actor=actor_of(request),
                at=request.now,  # type: ignore[attr-defined]
                facts=form.facts(),
                username=form.cleaned_data["username"],
            )
            context = {"applicant": applicant, "account": user, "password": password, "call": call}
            return render(request, "filing/registered.html", context)
    crumbs = [(_("Calls"), reverse("calls")), (_("Register the unit"), "")]
    return render(request, "filing/register.html", {"form": form, "call": call, "crumbs": crumbs})


def _call(number: str) -> Call | None:
    return queries.public_calls().filter(number=number).first() if number else None
