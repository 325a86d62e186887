"""Pages of assessment specifications: the public list, the owner's and the reviewer's side."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.kernel import files
from gongjiang.kernel.parts import Act, Choice, Event, Step
from gongjiang.kernel.refusal import refuse_if
from gongjiang.kernel.timeline import timeline_for
from gongjiang.standards import actions, basis, owners, queries, rules, tables
from gongjiang.standards.forms import FilingForm, ReasonForm, SpecificationForm
from gongjiang.standards.models import AssessmentSpecification, StandardLevel
from gongjiang.standards.states import SPECIFICATION
from gongjiang.standards.states import SpecificationState as S
from gongjiang.standards.views import SPECIFICATION_READERS as READERS
from gongjiang.standards.views import level_facts

PAGE = 20
REVIEWERS = ("provincial_officer", "provincial_approver")
BUTTONS = {
    "submit": ("specification-submit", "post"),
    "accept": ("specification-accept", "post"),
    "file": ("specification-file", "get"),
    "return_for_correction": ("specification-return", "get"),
    "refuse": ("specification-refuse", "get"),
    "withdraw": ("specification-withdraw", "get"),
}


@require_GET
def filed(request: HttpRequest) -> HttpResponse:
    """The register of filed specifications, for everybody."""
    page = Paginator(queries.filed_specifications(), PAGE).get_page(request.GET.get("page"))
    n = page.paginator.count
    position = ngettext("%(n)s filed specification", "%(n)s filed specifications", n) % {"n": n}
    table = tables.specifications_table(list(page), own=False, public=True)
    return render(request, "standards/filed.html", {"position": position, "table": table, "page": page})


@require_GET
@requires(*READERS)
def listing(request: HttpRequest) -> HttpResponse:
    """The specifications in the actor's part of the tree: those under way, or all."""
    found = queries.specifications_for(request.actor)
    every = request.GET.get("show") == "all"
    shown = found if every else found.exclude(state__in=[S.REFUSED, S.WITHDRAWN])
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    manager = request.actor.has("body_manager")
    n = page.paginator.count
    context = {
        "position": ngettext("%(n)s specification", "%(n)s specifications", n) % {"n": n},
        "table": tables.specifications_table(list(page), own=manager, public=False),
        "page": page,
        "choices": (Choice(_("Under way and filed"), "?", not every), Choice(_("All"), "?show=all", every)),
        "acts": _listing_acts(request) if manager else [],
    }
    return render(request, "standards/specifications.html", context)


def _listing_acts(request: HttpRequest) -> list[Act]:
    """Return the way to a new specification, with what stands in it; none before there is a body."""
    asker = owners.own_asker(request.actor)
    if asker is None:
        return []
    grounds = rules.against_owner(asker, request.today)
    unless = grounds[0].why if grounds else ""
    return [Act(_("Write a specification"), reverse("specification-new"), look="primary", icon="plus", unless=unless)]


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def new(request: HttpRequest) -> HttpResponse:
    """Write a specification for the actor's own organisation; where the law has none, why not."""
    asker = owners.own_asker(request.actor)
    if asker is None:
        raise Http404("no body")
    refuse_if(_("Write an assessment specification"), rules.against_owner(asker, request.today))
    form = SpecificationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        specification = actions.draft_specification(
            actor=request.actor, at=request.now, asker=asker, text=form.text(), document=_document(form)
        )
        messages.success(request, _("The draft is kept."))
        return redirect("specification", pk=specification.pk)
    context = {"form": form, "title": _("Write a specification"), "back": reverse("specification-list")}
    return render(request, "standards/specification_form.html", context)


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft or a returned specification anew."""
    specification = _specification(request, pk)
    form = SpecificationForm(request.POST or None, request.FILES or None, standard=specification.standard)
    if request.method == "POST" and form.is_valid():
        actions.revise_specification(
            actor=request.actor,
            at=request.now,
            specification=specification,
            text=form.text(),
            document=_document(form),
        )
        messages.success(request, _("The draft is kept."))
        return redirect("specification", pk=pk)
    context = {
        "form": form,
        "title": _("Revise: %(title)s") % {"title": specification},
        "back": reverse("specification", args=[pk]),
        "remark": specification.remark if specification.state == S.RETURNED else "",
    }
    return render(request, "standards/specification_form.html", context)


def _document(form: SpecificationForm) -> actions.Document | None:
    upload = form.cleaned_data.get("document")
    return actions.Document(upload.name, upload.read()) if upload else None


@require_GET
@requires(*READERS)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """A specification: where it stands, what it says, what stands in its way, what can be done."""
    specification = _specification(request, pk)
    standard = specification.standard
    levels = StandardLevel.objects.filter(standard=standard).prefetch_related("parts")
    by_level = {each.level: each for each in levels}
    events = [
        Event(each.at, each.what, each.who, each.why, each.cites, each.kind) for each in timeline_for(specification)
    ]
    place = basis.asker_of(specification).place
    context = {
        "specification": specification,
        "standard": standard,
        "crumbs": [(_("Specifications"), reverse("specification-list")), (str(standard), "")],
        "steps": _steps(specification),
        "grounds": list(basis.displacement(standard, place, on=max(request.today, standard.in_force))),
        "levels": [level_facts(standard, by_level[level], []) for level in queries.sorted_levels(by_level)],
        "facts": _facts(specification),
        "next": _next(request, specification),
        "events": events,
    }
    return render(request, "standards/specification.html", context)


def _steps(specification: AssessmentSpecification) -> list[Step]:
    order = (S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.FILED)
    days = {S.DRAFT: specification.drafted_on, S.SUBMITTED: specification.submitted_on, S.FILED: specification.filed_on}
    state = S.DRAFT if specification.state == S.RETURNED else specification.state
    at = order.index(S(state)) if state in order else len(order) - 1
    closed = state not in order
    last = state == S.FILED
    return [
        Step(
            each.value,
            str(each.label),
            f"{days[each]:%m-%d}" if days.get(each) else "",
            "done" if place < at or (last and place == at) else "now" if place == at and not closed else "todo",
        )
        for place, each in enumerate(order)
    ]


def _facts(specification: AssessmentSpecification) -> list[tuple[Any, ...]]:
    standard = specification.standard
    until = f" – {standard.until:%Y-%m-%d}" if standard.until else ""
    told: list[tuple[Any, ...]] = [
        (_("Organisation"), str(standard.owner)),
        (_("Occupation"), standard.occupation.name, f"{standard.occupation.code} {standard.job_types}".strip()),
        (_("In force"), f"{standard.in_force:%Y-%m-%d}{until}"),
        (_("State"), specification.get_state_display()),
    ]
    if specification.filed_on:
        told.append((_("Filing number"), specification.filing_number, f"{specification.filed_on:%Y-%m-%d}"))
    if specification.remark:
        told.append((_("What was said last"), specification.remark))
    return told


def _next(request: HttpRequest, specification: AssessmentSpecification) -> list[Act]:
    own = request.actor.organisation_id == specification.standard.owner_id
    found = []
    if own and request.actor.has("body_manager") and specification.state in {S.DRAFT, S.RETURNED}:
        found.append(Act(_("Write it anew"), reverse("specification-revise", args=[specification.pk])))
    for each in SPECIFICATION.open_actions(state=specification.state, roles=request.actor.roles):
        name, method = BUTTONS[each.action]
        look = {"submit": "primary", "accept": "primary", "file": "primary", "refuse": "stop", "withdraw": "stop"}
        lacking = list(rules.against_submission(specification, request.today)) if each.action == "submit" else []
        unless = " ".join(ground.way_on for ground in lacking)
        url = "" if unless else reverse(name, args=[specification.pk])
        found.append(
            Act(str(each.label), url, method=method, look=look.get(each.action, "plain"), unless=unless)  # type: ignore[arg-type]
        )
    return found


@require_POST
@requires("body_manager")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit the specification to the province."""
    actions.submit(actor=request.actor, at=request.now, specification=_specification(request, pk))
    messages.success(request, _("The specification is with the province."))
    return redirect("specification", pk=pk)


@require_POST
@requires("provincial_officer")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the specification under review."""
    actions.accept(actor=request.actor, at=request.now, specification=_specification(request, pk))
    messages.success(request, _("The specification is under review."))
    return redirect("specification", pk=pk)


@require_http_methods(["GET", "POST"])
@requires("provincial_officer")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the specification for correction."""
    return _with_reason(request, pk, actions.return_for_correction, "return_for_correction", _("It is returned."))


@require_http_methods(["GET", "POST"])
@requires(*REVIEWERS)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse the specification."""
    return _with_reason(request, pk, actions.refuse, "refuse", _("It is refused."))


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the specification."""
    return _with_reason(request, pk, actions.withdraw, "withdraw", _("It is withdrawn."))


def _with_reason(request: HttpRequest, pk: int, act: Callable[..., Any], action: str, done: str) -> HttpResponse:
    specification = _specification(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(actor=request.actor, at=request.now, specification=specification, reason=form.cleaned_data["reason"])
        messages.success(request, done)
        return redirect("specification", pk=pk)
    title = str(SPECIFICATION.table[action].label)
    context = {"form": form, "title": title, "lead": str(specification), "back": reverse("specification", args=[pk])}
    return render(request, "standards/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(*REVIEWERS)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the ministry's filing."""
    specification = _specification(request, pk)
    form = FilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.file(actor=request.actor, at=request.now, specification=specification, **form.cleaned_data)
        messages.success(request, _("The specification is on file and may be used."))
        return redirect("specification", pk=pk)
    title = str(SPECIFICATION.table["file"].label)
    context = {"form": form, "title": title, "lead": str(specification), "back": reverse("specification", args=[pk])}
    return render(request, "standards/form.html", context)


@require_GET
@requires(*READERS)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The specification's own text as PDF."""
    specification = _specification(request, pk)
    if specification.document is None:
        raise Http404(pk)
    return files.serve(specification.document, specification.document_name or "评价规范.pdf", inline=True)


def _specification(request: HttpRequest, pk: int) -> AssessmentSpecification:
    try:
        return queries.specification_for(request.actor, pk)
    except AssessmentSpecification.DoesNotExist:
        raise Http404(pk) from None
