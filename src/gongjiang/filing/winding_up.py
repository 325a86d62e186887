"""What is to be settled before a filing ends (JL-2025-1§12, §13): counted from the records, item by item."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.certificates.models import Certificate, CertificateRequest
from gongjiang.certificates.states import CertificateState, RequestState
from gongjiang.enrolment.models import Appeal, Enrolment
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.filing.models import Application, ItemAnswer, Refund, Termination
from gongjiang.filing.states import ApplicationState, TerminationState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import Objection
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Question
from gongjiang.law.places import place as place_of
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState
from gongjiang.reports.models import RejectedRow
from gongjiang.results.models import Result

B = BatchState
OF_BODY = "the termination was reached within scope"
SETTLED_BATCH = (B.CANCELLED, B.ISSUED, B.REPORTED)
CLOSED_APPLICATION = (ApplicationState.FILED, ApplicationState.REFUSED, ApplicationState.WITHDRAWN)
ARCHIVES = "archives"
ITEMS = ("batches", "fees", "reports", "papers", "objections", "corrections", "applications", ARCHIVES)


@dataclass(frozen=True, slots=True)
class WindingUpItem:
    """One thing to settle: how many are open, where they stand, on what article, and what was said to it.

    Where the authority took the duties over, it answers each open item; the answer settles it.
    """

    key: str
    label: str
    count: int
    url: str
    cites: tuple[Citation, ...]
    way_on: str
    answer: ItemAnswer | None = None

    @property
    def is_open(self) -> bool:
        return self.count > 0 and self.answer is None


def terminations_for(actor: Actor) -> QuerySet[Termination]:
    """Return the terminations in the actor's part of the tree."""
    return Termination.objects.for_actor(actor).select_related("body__authority", "body__organisation", "decision")


def termination_for(actor: Actor, pk: int) -> Termination:
    """Return one termination of the actor's.

    :raises Termination.DoesNotExist: also for another's.
    """
    return terminations_for(actor).get(pk=pk)


def termination_of(body: AssessmentBody) -> Termination | None:
    """Return the termination of a body that the caller reached, if there is one."""
    return Termination.objects.unscoped(OF_BODY).filter(body=body).select_related("decision").first()


def checklist(termination: Termination, on: date) -> tuple[WindingUpItem, ...]:
    """Return every item of the winding-up as it stands; nothing open means that the filing can end."""
    body, labels = termination.body, item_labels()
    answers = {each.item: each for each in termination.answers.select_related("answered_by")}
    counts = {
        "batches": open_batches(body).count(),
        "fees": unrefunded(termination).count(),
        "reports": _unreported(body),
        "papers": Certificate.objects.unscoped(OF_BODY).filter(body=body, state=CertificateState.NUMBERED).count(),
        "objections": _open_objections(body),
        "corrections": _open_requests(body),
        "applications": open_applications(termination).count(),
        ARCHIVES: 1,
    }
    cites = {key: _cites(question, body, on) for key, question in QUESTIONS.items()}
    urls, ways = _urls(termination), _ways()
    return tuple(
        WindingUpItem(key, labels[key], counts[key], urls[key], cites[key], ways[key], answers.get(key))
        for key in ITEMS
    )


def against_ending(termination: Termination, on: date) -> tuple[Ground, ...]:
    """Return why the filing can't end yet: one ground for each item that is open."""
    return tuple(
        Ground(
            _("%(label)s: %(count)s open.") % {"label": item.label, "count": item.count},
            item.way_on,
            item.cites,
            f"open-{item.key}",
            item.url,
        )
        for item in checklist(termination, on)
        if item.is_open
    )


def open_batches(body: AssessmentBody) -> QuerySet[Batch]:
    """Return the batches that are neither cancelled nor carried through to the issue."""
    return Batch.objects.unscoped(OF_BODY).filter(body=body).exclude(state__in=SETTLED_BATCH)


def unserved(termination: Termination) -> QuerySet[Enrolment]:
    """Return the enrolments whose fee was taken for an assessment not given (JL-2025-1§13).

    Those of cancelled batches; where the body is gone, also of batches that were announced and never examined.
    """
    body = termination.body
    never_held = Q(batch__state=B.CANCELLED)
    if termination.body_is_gone:
        never_held |= Q(batch__examined_on=None, batch__announced_on__isnull=False)
    found = Enrolment.objects.unscoped(OF_BODY).filter(never_held, batch__body=body, line__fee__gt=0)
    found = found.exclude(state=EnrolmentState.WITHDRAWN)
    return found.select_related("batch", "line__occupation").defer("phone").order_by("batch_id", "pk")


def unrefunded(termination: Termination) -> QuerySet[Enrolment]:
    """Return those of the unserved whose refund isn't on record."""
    return unserved(termination).exclude(pk__in=Refund.objects.values("enrolment_id"))


def open_applications(termination: Termination) -> QuerySet[Application]:
    """Return the body's applications that aren't decided, but for the one that ends the filing."""
    found = Application.objects.unscoped(OF_BODY).filter(body=termination.body)
    return found.exclude(state__in=CLOSED_APPLICATION).exclude(pk=termination.application_id)


def item_labels() -> dict[str, str]:
    """Return what each item is called, in the reader's language."""
    return {
        "batches": _("Batches under way"),
        "fees": _("Fees not refunded"),
        "reports": _("Batches and rows not reported"),
        "papers": _("Certificates without their paper"),
        "objections": _("Objections and appeals without a reply"),
        "corrections": _("Requests on certificates undecided"),
        "applications": _("Applications undecided"),
        ARCHIVES: _("Archives: where they are and who keeps them"),
    }


QUESTIONS: dict[str, Question[Any]] = {
    "batches": ask.WOUND_UP_BEFORE_THE_END,
    "fees": ask.UNSERVED_FEES_REFUNDED,
    "reports": ask.DATA_UPLOADED_AFTER_REVIEW,
    "papers": ask.CERTIFICATES_STAY_VALID,
    "objections": ask.TERMINATED_BODY_KEEPS_DUTIES,
    "corrections": ask.TERMINATED_BODY_KEEPS_DUTIES,
    "applications": ask.WOUND_UP_BEFORE_THE_END,
    ARCHIVES: ask.TERMINATED_BODY_KEEPS_DUTIES,
}


def _ways() -> dict[str, str]:
    return {
        "batches": _("Cancel what isn't announced or open; carry the rest through to issue and report."),
        "fees": _("Return each fee, then enter day and reference, one by one, by batch or from a sheet."),
        "reports": _("Report them, and mend the rows that were sent back."),
        "papers": _("Have the remaining papers made."),
        "objections": _("Reply to them."),
        "corrections": _("Decide on them, and report the corrections."),
        "applications": _("Withdraw them."),
        ARCHIVES: _("Say where the archives are and who keeps them."),
    }


def _urls(termination: Termination) -> dict[str, str]:
    return {
        "batches": reverse("batch-list"),
        "fees": reverse("termination-refunds", args=[termination.pk]),
        "reports": reverse("report-list"),
        "papers": reverse("certificate-list"),
        "objections": reverse("objection-list"),
        "corrections": reverse("certificate-list"),
        "applications": "",
        ARCHIVES: reverse("termination-answer", args=[termination.pk, ARCHIVES]),
    }


def _unreported(body: AssessmentBody) -> int:
    issued = Batch.objects.unscoped(OF_BODY).filter(body=body, state=B.ISSUED).count()
    return issued + RejectedRow.objects.filter(package__batch__body=body, fixed_on=None).count()


def _open_objections(body: AssessmentBody) -> int:
    own = Result.objects.unscoped(OF_BODY).filter(enrolment__batch__body=body)
    keys = own.order_by().annotate(key=Cast("pk", CharField())).values("key")
    objections = Objection.objects.filter(about_kind="results.result", about_id__in=keys, replied_at=None)
    return objections.count() + Appeal.objects.filter(enrolment__batch__body=body, replied_at=None).count()


def _open_requests(body: AssessmentBody) -> int:
    found = CertificateRequest.objects.unscoped(OF_BODY).filter(certificate__body=body)
    waiting = Q(state=RequestState.SUBMITTED) | Q(state=RequestState.APPROVED, copy=None)
    return found.filter(waiting | Q(kind="correction", copy__isnull=False, reported_on=None)).count()


def _cites(question: Question[Any], body: AssessmentBody, on: date) -> tuple[Citation, ...]:
    """Return the article of the item; where the place has none of its own, that on settling what was begun."""
    law = place_of(body.regime)
    for asked in (question, ask.WOUND_UP_BEFORE_THE_END):
        rule = asked.get(place=law, day=on)
        if rule:
            return rule.cites
    return ()


def is_over(termination: Termination) -> bool:
    """Say whether the filing has ended, also where the duties passed on."""
    return termination.state != TerminationState.WINDING_UP
