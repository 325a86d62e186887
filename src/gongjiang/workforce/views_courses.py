"""Courses: planned, attended, examined; certificates of training; the year's plan."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.models import Organisation
from gongjiang.accounts.permissions import requires
from gongjiang.kernel.parts import Act, Event, Step
from gongjiang.kernel.sheets.cells import parse_date
from gongjiang.kernel.timeline import timeline_for
from gongjiang.workforce import actions, documents, exports, queries_register, tables, tables_training
from gongjiang.workforce.actions import CourseSpec, PlanLine, PlanSpec, Score
from gongjiang.workforce.forms import CourseForm, NewTraineeForm, PlanForm, ReasonForm
from gongjiang.workforce.models import StaffMember, Trainee, TrainingCourse, TrainingPlan
from gongjiang.workforce.permissions import KEEPERS, OWN, READERS
from gongjiang.workforce.rules_courses import NewPerson, terms_of
from gongjiang.workforce.states import CourseState
from gongjiang.workforce.views import form_page

PAGE = 30


@require_GET
@requires(*READERS)
def course_list(request: HttpRequest) -> HttpResponse:
    """The courses of the own part of the tree, and those that the centre holds for it."""
    page = Paginator(queries_register.courses_for(request.actor), PAGE).get_page(request.GET.get("page"))
    n = page.paginator.count
    may = request.actor.has(*KEEPERS)
    context = {
        "page": page,
        "position": ngettext("%(n)s course", "%(n)s courses", n) % {"n": n},
        "lead": _("Training, examination, certificate: then somebody is appointed."),
        "lead_cite": "JL-2024-5§38",
        "table": tables_training.courses_table(page),
        "acts": [Act(_("Plan a course"), reverse("course-new"), look="primary", icon="plus")] if may else [],
    }
    return render(request, "workforce/list.html", context)


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def course_new(request: HttpRequest) -> HttpResponse:
    """Plan a course."""
    home = _home(request)
    form = CourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spec = CourseSpec(**form.cleaned_data)
        course = actions.plan_course(actor=request.actor, at=request.now, host=home, course=spec)
        messages.success(request, _("Course %(number)s is planned; put people in.") % {"number": course.number})
        return redirect("course", pk=course.pk)
    return form_page(request, form, _("Plan a course"), reverse("course-list"), button=_("Plan"), cite="JL-2024-5§45")


@require_GET
@requires(*READERS)
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """A course: where it stands, who is in it, what comes next."""
    found = _course(request, pk)
    trainees = queries_register.trainees_of(request.actor, found)
    hosts = found.host_id == request.actor.organisation_id and request.actor.has(*KEEPERS)
    planned = found.state == CourseState.PLANNED
    passed = sum(bool(each.passed) for each in trainees)
    context = {
        "course": found,
        "crumbs": [(_("Courses"), reverse("course-list")), (found.number, "")],
        "steps": _steps(found),
        "facts": _facts(found, len(trainees), passed),
        "table": tables_training.trainees_table(trainees),
        "members": _others(request, trainees) if planned and request.actor.has(*KEEPERS) else [],
        "form": NewTraineeForm() if planned and request.actor.has(*KEEPERS) else None,
        "next": _next(found) if hosts else [],
        "events": [
            Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(found)
        ],
    }
    return render(request, "workforce/course.html", context)


def _steps(course: TrainingCourse) -> tuple[Step, ...]:
    if course.state == CourseState.CANCELLED:
        return (Step("cancelled", _("Cancelled"), state="late"),)
    order = (CourseState.PLANNED, CourseState.HELD, CourseState.CLOSED)
    labels = (_("Planned"), _("Attendance"), _("Examination and certificates"))
    here = order.index(CourseState(course.state))
    closed = course.state == CourseState.CLOSED
    return tuple(
        Step(state, label, state="done" if n < here or closed else "now" if n == here else "todo")
        for n, (state, label) in enumerate(zip(order, labels, strict=True))
    )


def _facts(course: TrainingCourse, people: int, passed: int) -> list[tuple[object, ...]]:
    scope = f"{course.occupation.name} {tables.levels_text(course.highest_level)}" if course.occupation else "—"
    return [
        (_("For"), course.get_role_display(), scope),
        (_("Held by"), course.host.name),
        (_("Days"), f"{course.first_day} – {course.last_day}", _("%(hours)s hours") % {"hours": course.hours}),
        (_("Venue"), course.venue or "—"),
        (_("Trainer"), course.trainer or "—"),
        (_("Examined on"), course.examined_on or "—"),
        (_("Trainees"), people, _("%(passed)s passed") % {"passed": passed}),
    ]


def _others(request: HttpRequest, trainees: list[Trainee]) -> list[StaffMember]:
    there = {each.member_id for each in trainees}
    found = queries_register.register_of(request.actor, _home(request))
    return [member for member in found[:300] if member.pk not in there]


def _next(course: TrainingCourse) -> list[Act]:
    if course.state == CourseState.PLANNED:
        return [
            Act(_("Record attendance"), reverse("course-hours", args=[course.pk]), look="primary"),
            Act(_("Cancel the course"), reverse("course-cancel", args=[course.pk]), look="stop"),
        ]
    if course.state == CourseState.HELD:
        return [Act(_("Enter the examination"), reverse("course-exam", args=[course.pk]), look="primary")]
    return []


@require_POST
@requires(*KEEPERS)
def course_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Put people into a course: ticked ones of the own list, or somebody new."""
    found = _course(request, pk)
    home = _home(request)
    own = queries_register.register_of(request.actor, home)
    members = queries_register.chosen(own, request.POST.getlist("chosen"))
    people = []
    if request.POST.get("name"):
        form = NewTraineeForm(request.POST)
        if form.is_valid():
            people = [NewPerson(**form.cleaned_data)]
    added = actions.add_trainees(actor=request.actor, at=request.now, course=found, members=members, people=people)
    messages.success(request, _("%(count)s people were put into the course.") % {"count": len(added)})
    return redirect("course", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def course_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Record attendance."""
    found = _course(request, pk)
    trainees = queries_register.trainees_of(request.actor, found)
    if request.method == "POST":
        told = {each.pk: request.POST.get(f"hours-{each.pk}", "") for each in trainees}
        hours = {key: int(text) for key, text in told.items() if text.isdecimal() and text.isascii()}
        actions.record_hours(actor=request.actor, at=request.now, course=found, hours=hours)
        messages.success(request, _("Attendance is recorded; the examination comes next."))
        return redirect("course", pk=pk)
    return render(request, "workforce/course_hours.html", {"course": found, "trainees": trainees})


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def course_exam(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the scores; who passes is given a certificate of training."""
    found = _course(request, pk)
    trainees = queries_register.trainees_of(request.actor, found)
    day = parse_date(request.POST.get("examined_on", "")) or request.today
    if request.method == "POST":
        scores = [Score(each, value) for each in trainees if (value := _score(request, each)) is not None]
        passed = actions.close_course(actor=request.actor, at=request.now, course=found, examined_on=day, scores=scores)
        messages.success(request, _("%(count)s people passed and have their certificate.") % {"count": len(passed)})
        return redirect("course", pk=pk)
    context = {"course": found, "trainees": trainees, "terms": terms_of(found, day), "day": day}
    return render(request, "workforce/course_exam.html", context)


def _score(request: HttpRequest, trainee: Trainee) -> Decimal | None:
    text = request.POST.get(f"score-{trainee.pk}", "").strip()
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def course_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a course that wasn't held."""
    found = _course(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_course(actor=request.actor, at=request.now, course=found, **form.cleaned_data)
        messages.info(request, _("The course is cancelled."))
        return redirect("course", pk=pk)
    back = reverse("course", args=[pk])
    return form_page(request, form, _("Cancel the course"), back, button=_("Cancel the course"), lead=found.title)


@require_GET
@requires(*READERS, *OWN)
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate of training as PDF."""
    try:
        trainee = queries_register.trainee_for(request.actor, pk)
    except Trainee.DoesNotExist:
        raise Http404(pk) from None
    if trainee.certificate_number is None:
        raise Http404(pk)
    name = f"{trainee.certificate_number}.pdf"
    return exports.download(documents.certificate_pdf(trainee), name, exports.PDF, inline=True)


@require_GET
@requires(*READERS)
def plan(request: HttpRequest) -> HttpResponse:
    """The year's training plans: the own one, the centre's guidance, and how far they are carried out."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else request.today.year
    shown = [(each, _lines(each)) for each in queries_register.plans_for(request.actor, year)]
    may = request.actor.has(*KEEPERS)
    context = {
        "year": year,
        "before": year - 1,
        "after": year + 1,
        "plans": shown,
        "acts": [Act(_("Write the plan"), reverse("training-plan-edit"), look="primary")] if may else [],
    }
    return render(request, "workforce/plan.html", context)


def _lines(plan: TrainingPlan) -> list[tuple[str, str, int, int, int]]:
    """Return label, scope, month, people to be trained, people trained: spread over lines of a role in order."""
    left = dict(queries_register.trained_in(plan))
    rows = []
    for line in plan.lines.all():
        done = min(left.get(line.role, 0), line.people)
        left[line.role] = left.get(line.role, 0) - done
        scope = line.occupation.name if line.occupation else ""
        rows.append((str(line.get_role_display()), scope, line.month, line.people, done))
    return rows


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def plan_edit(request: HttpRequest) -> HttpResponse:
    """Write the year's plan."""
    home = _home(request)
    form = PlanForm(request.POST or None, initial={"year": request.today.year})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        lines = [
            PlanLine(data[f"role_{n}"], data[f"people_{n}"] or 0, data[f"month_{n}"] or 0, data[f"occupation_{n}"])
            for n in range(PlanForm.LINES)
            if data[f"role_{n}"]
        ]
        spec = PlanSpec(data["year"], lines, data["guidance"])
        actions.plan_year(actor=request.actor, at=request.now, organisation=home, plan=spec)
        messages.success(request, _("The plan of %(year)s is published.") % {"year": data["year"]})
        return redirect(f"{reverse('training-plan')}?year={data['year']}")
    return render(request, "workforce/plan_edit.html", {"form": form})


def _home(request: HttpRequest) -> Organisation:
    home = queries_register.own_home(request.actor)
    if home is None:
        raise Http404("no list")
    return home


def _course(request: HttpRequest, pk: int) -> TrainingCourse:
    found = queries_register.courses_for(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found
