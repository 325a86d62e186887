"""What the reports of a body say of its batches: counted from the records (FIL-14)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongjiang.bodies import prefill
from gongjiang.bodies.models import AssessmentBody, ReportKind
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState

DONE = (ReportKind.SUMMARY, ReportKind.STATISTICS)


def connect() -> None:
    """Have the figures stand in the reports."""
    prefill.register("batches_planned", _("Batches with an exam in the period"), planned, kinds=[ReportKind.PLAN])
    prefill.register("batches_announced", _("Batches announced"), announced, kinds=DONE)
    prefill.register("batches_cancelled", _("Batches cancelled"), cancelled, kinds=DONE)


def planned(body: AssessmentBody, since: date, until: date) -> int:
    """Count the batches whose exam lies in the period and that weren't cancelled."""
    found = Batch.everything.filter(body=body, exam_from__gte=since, exam_from__lt=until)
    return found.exclude(state=BatchState.CANCELLED).count()


def announced(body: AssessmentBody, since: date, until: date) -> int:
    """Count the batches announced in the period."""
    return Batch.everything.filter(body=body, announced_on__gte=since, announced_on__lt=until).count()


def cancelled(body: AssessmentBody, since: date, until: date) -> int:
    """Count the cancelled batches whose exam would have lain in the period."""
    found = Batch.everything.filter(body=body, exam_from__gte=since, exam_from__lt=until)
    return found.filter(state=BatchState.CANCELLED).count()
