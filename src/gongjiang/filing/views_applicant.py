"""The applicant's own pages: its applications, what can be begun, the application that is being written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.bodies.queries import own_body
from gongjiang.filing import actions, panels_applicant, panels_draft, queries, rules_apply, snapshots, tables_applicant
from gongjiang.filing.forms_applicant import ReasonForm, SubmitForm
from gongjiang.filing.models import Applicant, Application, ApplicationKind, Material
from gongjiang.kernel import files

WRITERS = ("body_manager",)


@require_GET
@requires(*WRITERS)
def own_applications(request: HttpRequest) -> HttpResponse:
    """The applications of the own unit, those that wait for it first."""
    found = list(queries.applications_for(request.actor).filter(applicant__organisation_id=_own(request)))
    waiting = sum(queries.is_editable(each) for each in found)
    position = ngettext("%(n)s application", "%(n)s applications", len(found)) % {"n": len(found)}
    context = {
        "table": tables_applicant.own_applications(found, request.today),
        "position": position,
        "waiting": waiting,
        "applicant": queries.applicant_for(request.actor),
        "body": own_body(request.actor),
    }
    return render(request, "filing/own_applications.html", context)


@require_http_methods(["GET", "POST"])
@requires(*WRITERS)
def application_new(request: HttpRequest) -> HttpResponse:
    """Choose what to apply for; what stands in the way of each kind is shown before."""
    if request.method == "POST":
        applicant = _applicant(request)
        kind, number = request.POST.get("kind", ""), request.POST.get("call", "")
        if kind not in ApplicationKind.values:
            raise Http404(kind)
        call = queries.public_calls().filter(number=number).first()
        made = actions.begin(actor=request.actor, at=request.now, applicant=applicant, kind=kind, call=call)
        messages.success(request, _("Application %(number)s is begun.") % {"number": made.number})
        return redirect("own-application", pk=made.pk)
    unit = _unit(request)
    context = {
        "kinds": panels_applicant.kinds(unit, request.today),
        "applicant": unit,
        "crumbs": [(_("Filing"), reverse("filing")), (_("New application"), "")],
    }
    return render(request, "filing/application_new.html", context)


@require_GET
@requires(*WRITERS)
def own_application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application of the own unit: while it can be written its sections, afterwards where it stands."""
    application = own(request, pk)
    context = panels_applicant.record(application, request.actor, request.now)
    if not queries.is_editable(application):
        return render(request, "filing/own_application.html", context)
    context |= panels_draft.sections(application, request.today, request.GET.get("q", ""))
    digest = snapshots.digest_of(application)
    context |= {"submit": SubmitForm(digest), "digest": digest}
    return render(request, "filing/draft.html", context)


@require_POST
@requires(*WRITERS)
def application_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit with the declaration signed over what was shown."""
    application = own(request, pk)
    sent = {name: request.POST.get(name, "") for name in ("declared_by", "key", "digest")}
    made = actions.submit(actor=request.actor, at=request.now, application=application, **sent)
    messages.success(
        request,
        _("Application %(number)s is submitted to %(authority)s.")
        % {"number": made.number, "authority": made.authority.name},
    )
    return redirect("own-application", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*WRITERS)
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw with a reason."""
    application = own(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw(actor=request.actor, at=request.now, application=application, reason=reason)
        messages.success(request, _("The application is withdrawn."))
        return redirect("own-application", pk=pk)
    context: dict[str, Any] = {
        "application": application,
        "form": form,
        "crumbs": [
            (_("Filing"), reverse("filing")),
            (application.number, reverse("own-application", args=[pk])),
            (_("Withdraw"), ""),
        ],
    }
    return render(request, "filing/withdraw.html", context)


@require_GET
@requires(*WRITERS)
def own_paper(request: HttpRequest, pk: int, held: int) -> HttpResponse:
    """One paper of the own application, also one that was replaced."""
    application = own(request, pk)
    found = Material.objects.filter(application=application, pk=held, file__isnull=False).first()
    if found is None or found.file is None:
        raise Http404(held)
    return files.serve(found.file, found.file_name or f"{found.kind}", inline=True)


def _own(request: HttpRequest) -> int:
    return request.actor.organisation_id or 0


def _unit(request: HttpRequest) -> Applicant:
    """Return the own unit as an applicant: its record, or for a body on file what the record would be."""
    found = queries.applicant_for(request.actor)
    if found is not None:
        return found
    body = own_body(request.actor)
    if body is None:
        raise Http404("no applicant")
    return rules_apply.as_applicant(body)


def _applicant(request: HttpRequest) -> Applicant:
    """Return the own unit's record as an applicant; a body on file gets one from its row in the register."""
    unit = _unit(request)
    if unit.pk is not None:
        return unit
    return actions.applicant_of_body(actor=request.actor, at=request.now, body=unit.organisation.body)


def own(request: HttpRequest, pk: int) -> Application:
    """Return the own unit's application, or 404."""
    try:
        found = queries.application_for(request.actor, pk)
    except Application.DoesNotExist:
        raise Http404(pk) from None
    if found.applicant.organisation_id != request.actor.organisation_id:
        raise Http404(pk)
    return found
