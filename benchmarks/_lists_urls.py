"""The platform's addresses and, beside them, the bare Django list pages that its lists are measured against."""

from datetime import date

from django.db.models import Prefetch, Q
from django.urls import include, path
from django.views.generic import ListView

from gongjiang.bodies.models import AssessmentBody
from gongjiang.workforce.models import Appointment, StaffMember

TODAY = date(2026, 6, 1)


class Bodies(ListView):  # type: ignore[type-arg]
    """The directory as anybody would write it first: name, code, kind, place, authority, term."""

    paginate_by = 30
    template_name = "bench/bodies.html"

    def get_queryset(self):  # type: ignore[no-untyped-def]
        found = AssessmentBody.everything.select_related("authority").prefetch_related("suspensions").order_by("name")
        asked = self.request.GET
        if asked.get("division"):
            found = found.filter(place_code__startswith=asked["division"])
        if asked.get("occupation"):
            found = found.filter(scope__occupation__code=asked["occupation"])
        if asked.get("level"):
            found = found.filter(scope__level=asked["level"])
        return found.distinct() if asked.get("occupation") or asked.get("level") else found


class People(ListView):  # type: ignore[type-arg]
    """The pool as anybody would write it first: name, employer, home, roles, occupations, terms. Unless it is asked
    for an occupation it doesn't even look at terms."""

    paginate_by = 30
    template_name = "bench/people.html"

    def get_queryset(self):  # type: ignore[no-untyped-def]
        terms = Appointment.objects.select_related("occupation").order_by("role", "-since")
        found = StaffMember.everything.select_related("home", "body").prefetch_related(Prefetch("appointments", terms))
        asked = self.request.GET
        held = Q(appointments__role="assessor", appointments__since__lte=TODAY) & (
            Q(appointments__until__isnull=True) | Q(appointments__until__gt=TODAY)
        )
        if asked.get("occupation"):
            held &= Q(appointments__occupation__code=asked["occupation"])
        if asked.get("level"):
            held &= Q(appointments__highest_level__in=["3", "2", "1"])
        if asked.get("occupation") or asked.get("level"):
            found = found.filter(held).distinct()
        if asked.get("city"):
            found = found.filter(home__place_code__startswith=asked["city"])
        return found.order_by("name", "pk")


urlpatterns = [
    # The lists stand before the bare pages, and both before the rest: finding a view costs either the same.
    path("", include("gongjiang.bodies.urls")),
    path("", include("gongjiang.workforce.urls")),
    path("bare/bodies/", Bodies.as_view()),
    path("bare/people/", People.as_view()),
    path("", include("gongjiang.config.urls")),
]
