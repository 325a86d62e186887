"""Public notices of filings, objections on them and their replies; and the applicant's undertaking."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.filing import actions, documents, flow, queries, queries_officer
from gongjiang.filing.actions import Objecting
from gongjiang.filing.due import due_of
from gongjiang.filing.forms_officer import ObjectionForm, ReplyForm, UndertakingForm
from gongjiang.filing.models import Application, Objector
from gongjiang.filing.panels_applicant import scope_lines
from gongjiang.filing.rules_notice import against_replier
from gongjiang.filing.states import OFFICERS, SIGNERS
from gongjiang.kernel import calendars, notices
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.kernel.parts import Deadline, deadline

PAGE = 20
READ = tuple(dict.fromkeys((*OFFICERS, *SIGNERS)))


@require_GET
def filing_notices(request: HttpRequest) -> HttpResponse:
    """All public notices of filings, newest first."""
    page = Paginator(queries_officer.public_notices(), PAGE).get_page(request.GET.get("page"))
    held = queries_officer.applications_of(page)
    rows = [
        (notice, held[notice.pk], _due(notice, request), notices.running(notice, request.now))
        for notice in page
        if notice.pk in held
    ]
    running = sum(each[3] for each in rows)
    position = ngettext("%(n)s filing is posted for objection", "%(n)s filings are posted for objection", running)
    context = {"page": page, "rows": rows, "position": position % {"n": running}}
    return render(request, "filing/officer/notices.html", context)


@require_http_methods(["GET", "POST"])
def filing_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: who is to be filed for what, until when objections are taken, and how; posting objects."""
    found = queries_officer.public_notices().filter(pk=pk).first()
    application = queries_officer.applications_of([found]).get(found.pk) if found else None
    if found is None or application is None:
        raise Http404(pk)
    form = ObjectionForm(request.POST or None, initial={"key": f"filing-{secrets.token_hex(12)}"})
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "contact", "text")}
        actions.object_to_filing(
            actor=request.actor,
            at=request.now,
            notice=found,
            objecting=Objecting(**told),
            key=form.cleaned_data["key"],
        )
        messages.success(request, _("Your objection is with the authority; it replies to you."))
        return redirect("filing-notice", pk=pk)
    context = {
        "notice": found,
        "application": application,
        "due": _due(found, request),
        "running": notices.running(found, request.now),
        "scope": scope_lines(application),
        "sites": application.sites.all(),
        "form": form,
        "raised": found.objections.count(),
        "replied": found.objections.exclude(replied_at=None),
    }
    return render(request, "filing/officer/notice.html", context, status=400 if form.is_bound else 200)


def _due(notice: PublicNotice, request: HttpRequest) -> Deadline:
    """Return the notice's term, counted day by day."""
    over = notice.last_day if notices.is_over(notice, request.now) else None
    return deadline(
        notice.posted_on,
        notice.working_days,
        request.today,
        calendars.current(),
        tuple(notice.cites),
        done_on=over,
    )


@require_http_methods(["GET", "POST"])
@requires(*READ)
def application_objection(request: HttpRequest, pk: int, objection_pk: int) -> HttpResponse:
    """An objection: what is said, who may reply and until when; posting replies."""
    application = _found(request, pk)
    found = queries_officer.objections_to(application).filter(pk=objection_pk).first()
    if found is None:
        raise Http404(objection_pk)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reply_to_objection(actor=request.actor, at=request.now, objection=found, **form.cleaned_data)
        messages.success(request, _("The reply is given."))
        return redirect("application", pk=pk)
    return render(request, "filing/officer/objection.html", _objection(request, application, found, form))


def _objection(request: HttpRequest, application: Application, found: Objection, form: ReplyForm) -> dict[str, Any]:
    raised = found.raised_at.date()
    return {
        "application": application,
        "objection": found,
        "objector": Objector.objects.filter(objection=found).first(),
        "form": form,
        "grounds": against_replier(application, request.actor, request.today) if found.replied_at is None else [],
        "due": deadline(raised, found.reply_working_days, request.today, calendars.current(), tuple(found.reply_cites)),
        "crumbs": [
            (_("Filing"), reverse("filing-queue")),
            (application.number, reverse("application", args=[application.pk])),
            (_("Objection"), ""),
        ],
    }


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def undertaking(request: HttpRequest, pk: int) -> HttpResponse:
    """The undertaking that the applicant signs before its letter (MOHRSS-2020-17§15)."""
    application = _found(request, pk)
    if application.applicant.organisation_id != request.actor.organisation_id:
        raise Http404(pk)
    form = UndertakingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.sign_undertaking(actor=request.actor, at=request.now, application=application, **form.cleaned_data)
        messages.success(request, _("The undertaking is signed."))
        return redirect("own-application", pk=pk)
    text = application.undertaking or documents.undertaking_text(application, request.today)
    context = {
        "application": application,
        "form": form,
        "lines": text.splitlines(),
        "cites": flow.cites_of(application, "undertaking", request.today),
        "due": due_of(application, request.today),
        "back": reverse("own-application", args=[pk]),
    }
    return render(request, "filing/officer/undertaking.html", context)


def _found(request: HttpRequest, pk: int) -> Application:
    try:
        return queries.application_for(request.actor, pk)
    except Application.DoesNotExist:
        raise Http404(pk) from None
