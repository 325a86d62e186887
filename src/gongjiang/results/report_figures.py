"""What the reports of a body say of its candidates: how many were examined, how many passed (FIL-14)."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies import prefill
from gongjiang.bodies.models import AssessmentBody, ReportKind
from gongjiang.results.models import Outcome, Result

DONE = (ReportKind.SUMMARY, ReportKind.STATISTICS)


def connect() -> None:
    """Have the figures stand in the reports."""
    prefill.register("candidates_examined", _("Candidates with a final result"), examined, kinds=DONE)
    prefill.register("candidates_passed", _("of them passed"), passed, kinds=DONE)


def examined(body: AssessmentBody, since: date, until: date) -> int:
    """Count the results that became final in the period."""
    return _final(body, since, until).count()


def passed(body: AssessmentBody, since: date, until: date) -> int:
    """Count the passes among them."""
    return _final(body, since, until).filter(outcome=Outcome.PASSED).count()


def _final(body: AssessmentBody, since: date, until: date) -> QuerySet[Result]:
    found = Result.everything.filter(enrolment__batch__body=body)
    return found.filter(confirmed_on__gte=since, confirmed_on__lt=until)
