"""What the public home shows: the day's figures, notices that run, enrolments that are open, bodies by division."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from gongjiang.bodies.models import AssessmentBody, ScopeItem
from gongjiang.bodies.queries import on_file_on
from gongjiang.certificates.models import Certificate
from gongjiang.certificates.states import CertificateState
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.models import PublicNotice
from gongjiang.planning.models import Announcement, Batch
from gongjiang.planning.queries import public_announcements
from gongjiang.planning.states import BatchState
from gongjiang.results.models import PostedResult
from gongjiang.results.queries import public_notices

PUBLIC = "figures for the public"
RECENT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Figures:
    """The day's figures."""

    on_file: int
    bodies: int
    occupations: int
    certificates: int
    notices: int
    posted: int
    enrolling: int


def figures(today: date) -> Figures:
    """Return the day's figures, in six queries."""
    bodies = AssessmentBody.objects.unscoped(PUBLIC).aggregate(
        n=Count("pk"), on_file=Count("pk", filter=on_file_on(today))
    )
    scope = ScopeItem.objects.unscoped(PUBLIC).filter(Q(until=None) | Q(until__gt=today), since__lte=today)
    filed = AssessmentBody.objects.unscoped(PUBLIC).filter(on_file_on(today))
    occupations = scope.filter(body__in=filed.values("pk")).aggregate(n=Count("occupation", distinct=True))
    valid = Certificate.objects.unscoped(PUBLIC).filter(state=CertificateState.VALID).count()
    running = running_notices(today)
    posted = PostedResult.objects.filter(notice__in=running.order_by().values("pk")).count()
    return Figures(
        on_file=bodies["on_file"],
        bodies=bodies["n"],
        occupations=occupations["n"],
        certificates=valid,
        notices=running.count(),
        posted=posted,
        enrolling=enrolling(today).count(),
    )


def running_notices(today: date) -> QuerySet[PublicNotice]:
    """Return the result notices that run today, the one that ends first first; a provisional one isn't over."""
    return public_notices().filter(Q(last_day__gte=today) | Q(provisional=True)).order_by("last_day", "pk")


def just_over(today: date) -> PublicNotice | None:
    """Return the result notice that ran out last, within a fortnight."""
    over = public_notices().filter(provisional=False, last_day__lt=today, last_day__gte=today - RECENT)
    return over.order_by("-last_day", "-pk").first()


def notice_batches(found: Iterable[PublicNotice]) -> dict[int, Batch]:
    """Return the batch of each notice, one on a single enrolment through it; three queries for any number."""
    listed = list(found)
    on_batch = {each.pk: int(each.subject_id) for each in listed if each.subject_kind == "planning.batch"}
    single = {each.pk: int(each.subject_id) for each in listed if each.subject_kind == "enrolment.enrolment"}
    through = dict(Enrolment.everything.filter(pk__in=single.values()).values_list("pk", "batch_id"))
    wanted = on_batch | {notice: through[enrolment] for notice, enrolment in single.items() if enrolment in through}
    batches = Batch.everything.filter(pk__in=wanted.values()).select_related("body")
    by_pk = {batch.pk: batch for batch in batches.prefetch_related("lines__occupation")}
    return {notice: by_pk[batch] for notice, batch in wanted.items() if batch in by_pk}


def posted_counts(found: Iterable[PublicNotice]) -> dict[int, int]:
    """Return how many people stand on each notice."""
    rows = PostedResult.objects.filter(notice__in=[each.pk for each in found]).order_by()
    return dict(rows.values_list("notice_id").annotate(n=Count("pk")))


def enrolling(today: date) -> QuerySet[Announcement]:
    """Return the announcements of batches that take enrolments today, the one that closes first first."""
    found = public_announcements().filter(
        batch__state=BatchState.ANNOUNCED, batch__enrolment_from__lte=today, batch__enrolment_until__gte=today
    )
    return found.prefetch_related("batch__lines__occupation").order_by("batch__enrolment_until", "pk")


def coming(today: date) -> QuerySet[Announcement]:
    """Return the announcements whose enrolment hasn't begun, the soonest first."""
    found = public_announcements().filter(batch__state=BatchState.ANNOUNCED, batch__enrolment_from__gt=today)
    return found.prefetch_related("batch__lines__occupation").order_by("batch__enrolment_from", "pk")


def ending_soonest(today: date) -> AssessmentBody | None:
    """Return the body whose filing ends first within the next three months."""
    found = AssessmentBody.objects.unscoped(PUBLIC).filter(
        on_file_on(today), filed_until__lt=today + timedelta(days=92)
    )
    return found.order_by("filed_until", "pk").first()


def bodies_in_term(today: date) -> QuerySet[AssessmentBody]:
    """Return the bodies whose filing is in force today."""
    return AssessmentBody.objects.unscoped(PUBLIC).filter(on_file_on(today))
