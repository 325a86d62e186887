"""The register: one list, a person, appointing, ending, assessing, relations."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.models import Organisation, User
from gongjiang.accounts.permissions import requires
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.parts import Act, Event
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.kernel.timeline import timeline_for
from gongjiang.workforce import actions, documents, exports, profile, queries_register, tables, tables_training
from gongjiang.workforce.forms import AppointForm, AssessForm, EndForm, RelationForm
from gongjiang.workforce.models import Appointment, StaffMember, StaffRole
from gongjiang.workforce.permissions import KEEPERS, OWN, READERS, is_centre
from gongjiang.workforce.queries_relations import relations_of
from gongjiang.workforce.rules import AppointmentSpec
from gongjiang.workforce.views_pool import overview

PAGE = 30


@require_GET
@requires(*READERS)
def workforce(request: HttpRequest) -> HttpResponse:
    """The own register of a body; for an authority the whole province in pictures."""
    home = queries_register.own_home(request.actor)
    if home is not None and not is_centre(home):
        return _register(request, home)
    return overview(request)


@require_GET
@requires(*READERS)
def body_register(request: HttpRequest, pk: int) -> HttpResponse:
    """One body's register, for those above it."""
    try:
        body = queries_register.body_of(request.actor, pk)
    except AssessmentBody.DoesNotExist:
        raise Http404(pk) from None
    return _register(request, body.organisation)


def _register(request: HttpRequest, home: Organisation) -> HttpResponse:
    role = request.GET.get("role", "")
    role = role if role in StaffRole.values else ""
    found = queries_register.register_of(request.actor, home, role=role, on=request.today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    counts = queries_register.counts_by_role(request.actor, home, request.today)
    n = page.paginator.count
    own = home.pk == request.actor.organisation_id and request.actor.has(*KEEPERS)
    context = {
        "page": page,
        "position": ngettext("%(n)s person works here", "%(n)s people work here", n) % {"n": n},
        "lead": home.name,
        "table": tables.people_table(page, request.today, homes=False, choices=tables.role_choices(counts, role)),
        "acts": keeper_acts() if own else [],
        "links": _links(own),
    }
    return render(request, "workforce/list.html", context)


def keeper_acts() -> list[Act]:
    """Return what who keeps a list can do with it."""
    return [
        Act(_("Appoint"), reverse("staff-new"), look="primary", icon="plus"),
        Act(_("Import a staff sheet"), reverse("staff-import"), icon="up"),
        Act(_("Export, masked"), reverse("staff-export"), icon="down"),
    ]


def _links(own: bool) -> list[tuple[str, str]]:
    if not own:
        return []
    return [
        (_("Terms that end"), reverse("staff-expiry")),
        (_("Courses"), reverse("course-list")),
        (_("Training plan"), reverse("training-plan")),
    ]


@require_GET
@requires(*AUTHORITY_ROLES)
def supervisors(request: HttpRequest) -> HttpResponse:
    """The external supervisors whom the centres appointed (JL-2024-5§40)."""
    found = queries_register.external_supervisors(request.actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    n = page.paginator.count
    position = ngettext("%(n)s external supervisor", "%(n)s external supervisors", n) % {"n": n}
    context = {
        "page": page,
        "position": position,
        "lead": _("Appointed by centres, on the authority's behalf."),
        "lead_cite": "JL-2024-5§40",
        "table": tables.people_table(page, request.today, homes=True),
        "acts": keeper_acts() if request.actor.has("centre_officer") else [],
    }
    return render(request, "workforce/list.html", context)


@require_GET
@requires(*READERS)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: terms with what they rest on, trainings, years, relations, what happened."""
    member = member_or_404(request, pk)
    own = member.home_id == request.actor.organisation_id and request.actor.has(*KEEPERS)
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(member)]
    context = {
        "member": member,
        "crumbs": [(_("Staff"), reverse("workforce")), (member.name, "")],
        "facts": _facts(member),
        "terms": tables.terms_table(member.appointments.all(), request.today, may_end=own),
        "trainings": tables_training.trainings_table(member.trainings.all()),
        "profile": profile.of([member], request.today),
        "years": list(member.annual_assessments.all()),
        "relations": tables.relations_table(
            relations_of(member.identity_index, request.today), ends_of=member if own else None
        ),
        "events": events,
        "next": _next(member) if own else [],
        "assess_form": AssessForm(initial={"year": request.today.year}) if own else None,
        "accounts": _accounts(member) if own else [],
    }
    return render(request, "workforce/member.html", context)


def _facts(member: StaffMember) -> list[tuple[Any, ...]]:
    return [
        (_("Identity number"), tables.identity_cell(member)),
        (_("List of"), member.home.name),
        (_("Employer"), member.employer or "—"),
        (_("Of the regular staff"), _("yes") if member.is_regular else _("no")),
        (_("Account"), str(member.user) if member.user else _("none joined")),
    ]


def _next(member: StaffMember) -> list[Act]:
    return [
        Act(_("Appoint, or renew after training"), reverse("staff-appoint", args=[member.pk]), look="primary"),
        Act(_("Declare a relation"), reverse("staff-relation", args=[member.pk])),
    ]


def _accounts(member: StaffMember) -> list[User]:
    found = User.objects.filter(roles__organisation_id=member.home_id, is_active=True)
    return list(found.distinct().order_by("display_name", "pk"))


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def new(request: HttpRequest) -> HttpResponse:
    """Appoint somebody who isn't on the list yet."""
    return _appoint(request, _home(request), None)


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint somebody of the list to a further role, or anew after training."""
    member = member_or_404(request, pk)
    return _appoint(request, member.home, member)


def _appoint(request: HttpRequest, home: Organisation, member: StaffMember | None) -> HttpResponse:
    form = AppointForm(
        request.POST or None,
        external=is_centre(home),
        known=member is not None,
        initial={"employer": member.employer, "is_regular": member.is_regular} if member else {},
    )
    if request.method == "POST" and form.is_valid():
        spec = _spec(form.cleaned_data, member)
        body = getattr(home, "body", None)
        if body is not None:
            done = actions.appoint(actor=request.actor, at=request.now, body=body, specs=[spec])
        else:
            done = actions.appoint_external(actor=request.actor, at=request.now, centre=home, specs=[spec])
        words = _("%(name)s is appointed.") if done.appointments else _("%(name)s already has this appointment.")
        messages.success(request, words % {"name": spec.name})
        return redirect("workforce") if member is None else redirect("staff-member", pk=member.pk)
    title = _("Appoint %(name)s") % {"name": member.name} if member else _("Appoint somebody")
    back = reverse("staff-member", args=[member.pk]) if member else reverse("workforce")
    return form_page(request, form, title, back, button=_("Appoint"), cite="JL-2024-5§38")


def _spec(data: dict[str, Any], member: StaffMember | None) -> AppointmentSpec:
    known = {"name": member.name, "identity": member.identity, "usual_room": member.usual_room} if member else {}
    return AppointmentSpec(**{**data, **known})


def form_page(
    request: HttpRequest, form: Any, title: str, back: str, *, button: str, lead: str = "", cite: str = ""
) -> HttpResponse:
    """Return a page with one form."""
    context = {"form": form, "title": title, "back": back, "button": button, "lead": lead, "cite": cite}
    return render(request, "workforce/form.html", context)


@require_GET
@requires(*READERS, *OWN)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of appointment as PDF."""
    term = _term(request, pk)
    if term.letter_number is None:
        raise Http404(pk)
    return exports.download(documents.letter_pdf(term), f"{term.letter_number}.pdf", exports.PDF, inline=True)


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a term early."""
    term = _term(request, pk)
    form = EndForm(request.POST or None, initial={"last_day": request.today})
    back = reverse("staff-member", args=[term.member_id])
    if request.method == "POST" and form.is_valid():
        actions.end_appointment(actor=request.actor, at=request.now, appointment=term, **form.cleaned_data)
        messages.success(request, _("The term of %(name)s ends early.") % {"name": term.member.name})
        return redirect(back)
    title = _("End the appointment of %(name)s") % {"name": term.member.name}
    return form_page(request, form, title, back, button=_("End early"), lead=tables.role_label(term))


@require_POST
@requires(*KEEPERS)
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a year's grade."""
    member = member_or_404(request, pk)
    form = AssessForm(request.POST)
    if form.is_valid():
        row = actions.assess_year(actor=request.actor, at=request.now, member=member, **form.cleaned_data)
        messages.success(request, f"{member.name} {row.year}: {row.get_grade_display()}")
    return redirect("staff-member", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def relation(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a relation for a person of the list."""
    member = member_or_404(request, pk)
    return declare(request, member, reverse("staff-member", args=[pk]))


def declare(request: HttpRequest, member: StaffMember, back: str) -> HttpResponse:
    """Ask for a relation and declare it."""
    form = RelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.declare_relation(actor=request.actor, at=request.now, member=member, **form.cleaned_data)
        messages.success(request, _("The relation is on record; the roster keeps it."))
        return redirect(back)
    lead = _("The other person's number is kept as a fingerprint only; nobody can read it back.")
    return form_page(request, form, _("Declare a relation"), back, button=_("Declare"), lead=lead)


@require_POST
@requires(*KEEPERS)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Join an account of the organisation to a person of its list."""
    member = member_or_404(request, pk)
    user = get_object_or_404(User, pk=_number(request.POST.get("user", "")), roles__organisation_id=member.home_id)
    actions.link_account(actor=request.actor, at=request.now, member=member, user=user)
    messages.success(request, _("%(name)s now finds tasks and terms under “My tasks”.") % {"name": member.name})
    return redirect("staff-member", pk=pk)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Http404(text)
    return int(text)


def _home(request: HttpRequest) -> Organisation:
    home = queries_register.own_home(request.actor)
    if home is None:
        raise Http404("no list")
    return home


def member_or_404(request: HttpRequest, pk: int) -> StaffMember:
    try:
        return queries_register.member_for(request.actor, pk)
    except StaffMember.DoesNotExist:
        raise Http404(pk) from None


def _term(request: HttpRequest, pk: int) -> Appointment:
    try:
        return queries_register.appointment_for(request.actor, pk)
    except Appointment.DoesNotExist:
        raise Http404(pk) from None
