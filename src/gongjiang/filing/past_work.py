"""A body's past work as the records tell it: what a renewal and a voluntary end are judged on (JL-2025-1§9, §10).

Apps above this one add what they know by ``contribute``; where nobody did, nothing is said of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet
from django.db.models.functions import Cast

from gongjiang.bodies.models import AssessmentBody
from gongjiang.certificates.models import Certificate, CertificateRequest
from gongjiang.certificates.states import CertificateState
from gongjiang.enrolment.models import Appeal
from gongjiang.kernel import calendars, canonical
from gongjiang.kernel.models import Objection
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState
from gongjiang.reports.queries import due_of
from gongjiang.results.models import Outcome, Result
from gongjiang.sittings.models import Misconduct
from gongjiang.supervision import queries as supervision
from gongjiang.workforce.models import Appointment, StaffRole

OF_BODY = "the body was reached within scope"


@dataclass(frozen=True, slots=True)
class Figure:
    """One count, ``of`` so many where it is a part of them; ``worst`` is the longest delay in days."""

    key: str
    value: int
    of: int | None = None
    worst: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Candidates and passes of one year or one occupation; ``code`` is empty for a year."""

    name: str
    code: str
    batches: int
    candidates: int
    passed: int


@dataclass(frozen=True, slots=True)
class PastWork:
    """What a body did from ``since`` until ``until`` (exclusive)."""

    since: date
    until: date
    figures: tuple[Figure, ...]
    years: tuple[Share, ...]
    occupations: tuple[Share, ...]

    def figure(self, key: str) -> Figure | None:
        return next((each for each in self.figures if each.key == key), None)

    def as_content(self) -> dict[str, Any]:
        """Return it in JSON's own types, to be frozen."""
        content: dict[str, Any] = canonical.plain(asdict(self))
        return content

    @classmethod
    def from_content(cls, content: dict[str, Any]) -> "PastWork":
        """Return what was frozen."""
        return cls(
            date.fromisoformat(content["since"]),
            date.fromisoformat(content["until"]),
            tuple(Figure(**each) for each in content["figures"]),
            tuple(Share(**each) for each in content["years"]),
            tuple(Share(**each) for each in content["occupations"]),
        )


Source = Callable[[AssessmentBody, date, date], Iterable[Figure]]
_sources: list[Source] = []


def contribute(source: Source) -> None:
    """Let an app above add figures of a body and a time (since, until); called from its ready()."""
    _sources.append(source)


def past_work(body: AssessmentBody, since: date, until: date) -> PastWork:
    """Return the body's work of the time: batches, pass rates, certificates, what was objected to, what came late."""
    batches = Batch.objects.unscoped(OF_BODY).filter(
        body=body, examined_on__gte=since, examined_on__lt=until, examined_on__isnull=False
    )
    figures = [
        *_batches(body, batches, since, until),
        *_certificates(body, since, until),
        *_complaints(body, since, until),
        *_lateness(batches),
        *_standing(body, since, until),
        *_supervision(body, since, until),
    ]
    figures += [figure for source in _sources for figure in source(body, since, until)]
    return PastWork(since, until, tuple(figures), tuple(_years(batches)), tuple(_occupations(batches)))


def _batches(body: AssessmentBody, batches: QuerySet[Batch], since: date, until: date) -> Iterable[Figure]:
    cancelled = Batch.objects.unscoped(OF_BODY).filter(
        body=body, state=BatchState.CANCELLED, planned_on__gte=since, planned_on__lt=until
    )
    results = _results(batches)
    yield Figure("batches", batches.count())
    yield Figure("batches_cancelled", cancelled.count())
    yield Figure("passed", results.filter(outcome=Outcome.PASSED).count(), of=results.count())


def _certificates(body: AssessmentBody, since: date, until: date) -> Iterable[Figure]:
    issued = Certificate.objects.unscoped(OF_BODY).filter(body=body, issued_on__gte=since, issued_on__lt=until)
    issued = issued.exclude(state=CertificateState.NUMBERED)
    corrected = CertificateRequest.objects.unscoped(OF_BODY).filter(
        certificate__in=issued, kind="correction", copy__isnull=False
    )
    yield Figure("certificates", issued.count())
    yield Figure("corrected", corrected.count(), of=issued.count())
    yield Figure("revoked", issued.filter(state=CertificateState.REVOKED).count(), of=issued.count())


def _complaints(body: AssessmentBody, since: date, until: date) -> Iterable[Figure]:
    own = Result.objects.unscoped(OF_BODY).filter(enrolment__batch__body=body)
    keys = own.order_by().annotate(key=Cast("pk", CharField())).values("key")
    objections = Objection.objects.filter(
        about_kind="results.result", about_id__in=keys, raised_at__date__gte=since, raised_at__date__lt=until
    )
    appeals = Appeal.objects.filter(enrolment__batch__body=body, raised_at__date__gte=since, raised_at__date__lt=until)
    misconduct = Misconduct.objects.filter(sitting__batch__body=body, at__date__gte=since, at__date__lt=until)
    yield Figure("objections_upheld", objections.filter(upheld=True).count(), of=objections.count())
    yield Figure("appeals_upheld", appeals.filter(upheld=True).count(), of=appeals.count())
    yield Figure("misconduct", misconduct.count())


def _lateness(batches: QuerySet[Batch]) -> Iterable[Figure]:
    """Yield how many reports came after their term, and the longest delay; a provisional term is never late."""
    late, reported, calendar = [], 0, calendars.current()
    for batch in batches.filter(reported_on__isnull=False, issued_on__isnull=False):
        reported += 1
        due = due_of(batch, calendar)
        assert batch.reported_on is not None
        if due and due.is_overdue(batch.reported_on):
            late.append((batch.reported_on - due.last_day).days)
    yield Figure("reports_late", len(late), of=reported, worst=max(late, default=None))


def _standing(body: AssessmentBody, since: date, until: date) -> Iterable[Figure]:
    suspended = body.suspensions.filter(since__lt=until).filter(Q(until=None) | Q(until__gt=since))
    assessors = Appointment.objects.filter(member__body=body, role=StaffRole.ASSESSOR, since__lt=until)
    in_force = assessors.filter(Q(until=None) | Q(until__gte=until))
    yield Figure("suspensions", suspended.count())
    yield Figure("assessors", in_force.values("member").distinct().count())


def _supervision(body: AssessmentBody, since: date, until: date) -> Iterable[Figure]:
    """Yield what was found and how it was rectified, the body's own checks, and complaints that were borne out."""
    for key, (value, of) in supervision.figures(body, since, until).items():
        yield Figure(key, value, of=of)


def _results(batches: QuerySet[Batch]) -> QuerySet[Result]:
    found = Result.objects.unscoped(OF_BODY).filter(enrolment__batch__in=batches)
    return found.exclude(outcome=Outcome.INCOMPLETE)


def _years(batches: QuerySet[Batch]) -> Iterable[Share]:
    held = dict(batches.order_by().values_list("examined_on__year").annotate(n=Count("pk")))
    rows = _shares(batches, "enrolment__batch__examined_on__year")
    for year in sorted(held):
        yield Share(str(year), "", held[year], *rows.get(year, (0, 0)))


def _occupations(batches: QuerySet[Batch]) -> Iterable[Share]:
    held = batches.order_by().values_list("lines__occupation__code", "lines__occupation__name")
    rows = _shares(batches, "enrolment__line__occupation__code")
    for code, name, count in held.annotate(n=Count("pk", distinct=True)).order_by("lines__occupation__code"):
        if code is not None:
            yield Share(name, code, count, *rows.get(code, (0, 0)))


def _shares(batches: QuerySet[Batch], by: str) -> dict[Any, tuple[int, int]]:
    """Return candidates with a result and passes among them, by the column."""
    rows = (
        _results(batches)
        .order_by()
        .values_list(by)
        .annotate(n=Count("pk"), passed=Count("pk", filter=Q(outcome=Outcome.PASSED)))
    )
    return {key: (n, passed) for key, n, passed in rows}
