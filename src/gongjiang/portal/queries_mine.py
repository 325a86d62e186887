"""What a candidate sees: the own enrolments, seats, results, objections, certificates, and who looked at the number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gongjiang.certificates.models import Certificate
from gongjiang.certificates.queries import certificates_for
from gongjiang.enrolment.models import EligibilityDecision, Enrolment
from gongjiang.enrolment.queries import enrolments_for
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel import notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.identity import ACTION as REVEAL
from gongjiang.kernel.models import AuditEntry, Objection, PublicNotice
from gongjiang.planning.states import BatchState
from gongjiang.results.models import Outcome, Result
from gongjiang.results.queries import notice_of, objections_for, results_for
from gongjiang.sittings.models import Seat
from gongjiang.sittings.queries import own_seats

S, E = BatchState, EnrolmentState
STAGES = {
    S.ANNOUNCED: "review",
    S.REVIEW: "review",
    S.READY: "eligible",
    S.ARRANGED: "eligible",
    S.EXAM: "exam",
    S.MARKING: "marking",
    S.SCORED: "marking",
    S.RESULT_REVIEW: "marking",
    S.ON_NOTICE: "notice",
    S.CONFIRMED: "confirmed",
    S.ISSUED: "over",
    S.REPORTED: "over",
    S.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class Story:
    """One enrolment of the candidate with all that belongs to it, as far as it may be seen now."""

    enrolment: Enrolment
    stage: str
    decision: EligibilityDecision | None
    seats: tuple[Seat, ...]
    result: Result | None
    notice: PublicNotice | None
    objections: tuple[Objection, ...]
    certificate: Certificate | None
    notice_runs: bool

    @property
    def open_objection(self) -> Objection | None:
        return next((each for each in self.objections if each.replied_at is None), None)

    @property
    def may_object(self) -> bool:
        """Whether an objection can be raised now: the notice runs and none of the own is open."""
        return self.result is not None and self.notice_runs and self.open_objection is None


def own_enrolments(actor: Actor) -> list[Enrolment]:
    """Return the candidate's enrolments, those under way first, the newest first."""
    found = list(enrolments_for(actor).order_by("-enrolled_at", "-pk"))
    over = {"over", "withdrawn", "cancelled", "ineligible"}
    return sorted(found, key=lambda each: stage_of(each) in over)


def stage_of(enrolment: Enrolment) -> str:
    """Return how far the enrolment has come, as far as its candidate may know.

    An eligible candidate isn't told of it before the batch's review is complete.
    """
    if enrolment.state in (E.RETURNED, E.WITHDRAWN, E.INELIGIBLE):
        return str(enrolment.state)
    return STAGES.get(BatchState(enrolment.batch.state), "review")


def story_of(actor: Actor, enrolment: Enrolment, at: datetime) -> Story:
    """Return the enrolment's story; the actor has reached the enrolment within scope."""
    result = results_for(actor).filter(enrolment=enrolment).first()
    notice = notice_of(result) if result else None
    objections = objections_for(actor).filter(about_id=str(result.pk)) if result else Objection.objects.none()
    return Story(
        enrolment=enrolment,
        stage=stage_of(enrolment),
        decision=enrolment.decisions.first(),
        seats=tuple(own_seats(actor, at).filter(enrolment=enrolment)),
        result=result,
        notice=notice,
        objections=tuple(objections.order_by("-raised_at")),
        certificate=certificates_for(actor).filter(result__enrolment=enrolment).first(),
        notice_runs=notice is not None and notices.running(notice, at),
    )


def reveals_of(enrolments: Iterable[Enrolment], certificates: Iterable[Certificate]) -> QuerySet[AuditEntry]:
    """Return who had the candidate's identity number shown, on any of the own records, newest first."""
    people = {str(each.candidate_id) for each in enrolments}
    about = Q(subject_kind="enrolment.candidate", subject_id__in=people)
    about |= Q(subject_kind="enrolment.enrolment", subject_id__in={str(each.pk) for each in enrolments})
    about |= Q(subject_kind="certificates.certificate", subject_id__in={str(each.pk) for each in certificates})
    return AuditEntry.objects.filter(about, action=REVEAL, outcome="done").order_by("-seq")


def failed_parts(result: Result) -> list[dict[str, object]]:
    """Return the parts that weren't passed."""
    return [part for part in result.parts if not part["passed"]] if result.outcome != Outcome.PASSED else []
