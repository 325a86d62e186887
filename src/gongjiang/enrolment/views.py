"""Pages of candidates: lists, one enrolment's record, the form for one candidate."""

from collections.abc import Callable
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
from gongjiang.enrolment import actions, panels, queries, tables
from gongjiang.enrolment.forms import CandidateForm, EvidenceForm, FactsForm, PhotoForm, ReasonForm
from gongjiang.enrolment.models import Enrolment
from gongjiang.enrolment.permissions import ENROLLERS, READERS
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel import files
from gongjiang.kernel.parts import Act, Event
from gongjiang.kernel.timeline import timeline_for
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batch_for

PAGE = 50
SEES = (*READERS, "candidate")


@require_GET
@requires(*READERS)
def enrolment_list(request: HttpRequest) -> HttpResponse:
    """The candidates in the actor's part of the tree, by state and name."""
    found = queries.enrolments_for(request.actor).order_by("-pk")
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    if text:
        found = found.filter(name__startswith=text)
    counts = queries.state_counts(found)
    page = Paginator(found.filter(state=state) if state in EnrolmentState.values else found, PAGE).get_page(
        request.GET.get("page")
    )
    kept = {"q": text} if text else {}
    table = tables.enrolments_table(
        page,
        choices=tables.state_choices(counts, state, **kept),
        review=request.actor.has("eligibility_reviewer"),
        with_batch=True,
    )
    total = sum(counts.values())
    context = {
        "table": table,
        "page": page,
        "q": text,
        "position": ngettext("%(n)s candidate", "%(n)s candidates", total) % {"n": total},
    }
    return render(request, "enrolment/list.html", context)


@require_GET
@requires(*READERS)
def batch_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidates of one batch, the sheets they came from, and what can be done next."""
    batch = own_batch(request, pk)
    counts, state = queries.counts_of(batch), request.GET.get("state", "")
    found = queries.of_batch(batch).order_by("pk")
    page = Paginator(found.filter(state=state) if state in EnrolmentState.values else found, PAGE).get_page(
        request.GET.get("page")
    )
    table = tables.enrolments_table(
        page,
        choices=tables.state_choices(counts, state),
        review=request.actor.has("eligibility_reviewer"),
        with_batch=False,
    )
    runs = list(queries.imports_for(request.actor).filter(batch=batch)[:10]) if request.actor.has(*ENROLLERS) else []
    context = {
        "batch": batch,
        "crumbs": panels.crumbs(batch),
        "table": table,
        "page": page,
        "position": panels.batch_position(counts),
        "lead": panels.batch_lead(batch),
        "acts": panels.batch_acts(batch, request.actor, request.now, counts),
        "runs": tables.runs_table(runs) if runs else None,
        "grounds": queries.window_grounds(batch, request.now) if request.actor.has(*ENROLLERS) else [],
    }
    return render(request, "enrolment/batch_list.html", context)


@require_GET
@requires(*SEES)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One enrolment: who, for what, on which grounds it was decided, and everything that happened."""
    enrolment = own_enrolment(request, pk)
    verdict = queries.verdict_of(enrolment)
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(enrolment)]
    if enrolment.import_run_id:
        events.append(Event(enrolment.enrolled_at, _("came with the sheet of its group")))
    own_page = request.actor.kind == "candidate"
    context = {
        "enrolment": enrolment,
        "crumbs": [("", "")] if own_page else panels.crumbs(enrolment.batch, (enrolment.name, "")),
        "applied": tables.applied_for(enrolment),
        "state": tables.state_cell(enrolment),
        "facts": panels.person_facts(enrolment, reveal=not own_page),
        "stated": panels.stated_facts(enrolment),
        "career": panels.career(enrolment, verdict.on),
        "decisions": panels.decisions(enrolment),
        "appeals": list(enrolment.appeals.all()),
        "evidence": list(enrolment.evidence.select_related("file")),
        "events": events,
        "next": panels.record_acts(enrolment, request.actor),
        "own_page": own_page,
    }
    return render(request, "enrolment/record.html", context)


@require_http_methods(["GET", "POST"])
@requires(*ENROLLERS)
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Enrol one candidate by form."""
    batch = own_batch(request, pk)
    form = CandidateForm(batch, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        photo_file = form.cleaned_data["photo"]
        enrolment = actions.enrol(
            actor=request.actor,
            at=request.now,
            line=form.lines[form.cleaned_data["line"]],
            row=form.row(),
            photo=photo_file.read() if photo_file else None,
            key=form.cleaned_data["key"],
        )
        messages.success(request, _("%(name)s is enrolled.") % {"name": enrolment.name})
        return redirect("enrolment", pk=enrolment.pk)
    context = {
        "batch": batch,
        "crumbs": panels.crumbs(batch, (_("Enrol one candidate"), "")),
        "form": form,
        "groups": panels.form_groups(form),
        "grounds": queries.window_grounds(batch, request.now),
    }
    return render(request, "enrolment/new.html", context)


@require_GET
@requires(*SEES)
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidate's photo."""
    enrolment = own_enrolment(request, pk)
    if enrolment.photo is None:
        raise Http404("no photo")
    return files.serve(enrolment.photo, "photo.jpg", inline=True)


@require_http_methods(["GET", "POST"])
@requires(*ENROLLERS)
def photo_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the candidate's photo."""

    def act(enrolment: Enrolment, data: dict[str, Any]) -> str:
        actions.set_photo(actor=request.actor, at=request.now, enrolment=enrolment, photo=data["photo"].read())
        return _("The photo is set.")

    return _form_page(request, pk, PhotoForm, _("Set the photo"), act)


@require_http_methods(["GET", "POST"])
@requires(*ENROLLERS, "eligibility_reviewer", "candidate")
def evidence_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a paper that the claim rests on."""

    def act(enrolment: Enrolment, data: dict[str, Any]) -> str:
        content = data["file"].read()
        actions.add_evidence(
            actor=request.actor, at=request.now, enrolment=enrolment, kind=data["kind"], content=content
        )
        return _("The paper is added.")

    return _form_page(request, pk, EvidenceForm, _("Add a paper"), act)


@require_GET
@requires(*SEES)
def evidence(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """One paper of an enrolment."""
    found = own_enrolment(request, pk).evidence.select_related("file").filter(pk=paper).first()
    if found is None:
        raise Http404("no such paper")
    return files.serve(found.file, f"{found.kind}.{found.file.media_type.rpartition('/')[2]}", inline=True)


@require_http_methods(["GET", "POST"])
@requires(*ENROLLERS, "candidate")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an enrolment."""

    def act(enrolment: Enrolment, data: dict[str, Any]) -> str:
        actions.withdraw(actor=request.actor, at=request.now, enrolment=enrolment, reason=data["reason"])
        return _("The enrolment is withdrawn.")

    return _form_page(request, pk, ReasonForm, _("Withdraw the enrolment"), act)


@require_http_methods(["GET", "POST"])
@requires(*ENROLLERS, "candidate")
def resubmit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend a returned enrolment and submit it again."""

    def act(enrolment: Enrolment, data: dict[str, Any]) -> str:
        actions.resubmit(actor=request.actor, at=request.now, enrolment=enrolment, changes=data)
        return _("The enrolment is submitted again.")

    return _form_page(request, pk, FactsForm, _("Submit again"), act, initial=panels.facts_initial)


def _form_page(
    request: HttpRequest,
    pk: int,
    form_class: type[Any],
    title: str,
    act: Callable[[Enrolment, dict[str, Any]], str],
    initial: Callable[[Enrolment], dict[str, Any]] | None = None,
) -> HttpResponse:
    """Show a form about one enrolment; sent, do the act and go back to the record."""
    enrolment = own_enrolment(request, pk)
    started = initial(enrolment) if initial else {}
    form = form_class(request.POST or None, request.FILES or None, initial=started)
    if request.method == "POST" and form.is_valid():
        messages.success(request, act(enrolment, form.cleaned_data))
        return redirect("enrolment", pk=pk)
    return form_page(request, enrolment, form, title)


def form_page(request: HttpRequest, enrolment: Enrolment, form: Any, title: str, **more: Any) -> HttpResponse:
    """Render a form about one enrolment."""
    staff = request.actor.kind != "candidate"
    context = {
        "enrolment": enrolment,
        "crumbs": panels.crumbs(enrolment.batch, (enrolment.name, reverse("enrolment", args=[enrolment.pk])))
        if staff
        else [],
        "applied": tables.applied_for(enrolment),
        "form": form,
        "title": title,
        "multipart": form.is_multipart(),
        **more,
    }
    return render(request, "enrolment/form.html", context)


def own_batch(request: HttpRequest, pk: int) -> Batch:
    """Return the actor's batch, or 404."""
    try:
        return batch_for(request.actor, pk)
    except Batch.DoesNotExist:
        raise Http404(pk) from None


def own_enrolment(request: HttpRequest, pk: int) -> Enrolment:
    """Return the actor's enrolment, or 404."""
    try:
        return queries.enrolment_for(request.actor, pk)
    except Enrolment.DoesNotExist:
        raise Http404(pk) from None


def to_act(label: str, name: str, *args: object, **more: Any) -> Act:
    """Return a button that leads to a named page."""
    return Act(label, reverse(name, args=args), **more)
