"""Reads about batches: whose they are, what the public may see, which steps are done."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjiang.kernel.actor import Actor
from gongjiang.law import questions as ask
from gongjiang.law.model import Place, Provision
from gongjiang.law.places import place
from gongjiang.planning.models import Announcement, Batch
from gongjiang.planning.states import BatchState

S = BatchState


def batches_for(actor: Actor) -> QuerySet[Batch]:
    """Return the batches in the actor's part of the tree."""
    return Batch.objects.for_actor(actor).select_related("body", "site")


def batch_for(actor: Actor, pk: int) -> Batch:
    """Return one batch of the actor's with its lines at hand.

    :raises Batch.DoesNotExist: also for a batch that is another's.
    """
    return batches_for(actor).prefetch_related("lines__occupation", "lines__standard", "lines__parts").get(pk=pk)


def public_announcements() -> QuerySet[Announcement]:
    """Return the announcements that anyone may read, newest first."""
    return (
        Announcement.objects.exclude(batch__state=S.CANCELLED)
        .select_related("batch__body", "batch__site")
        .order_by("-published_at")
    )


def public_announcement(number: str) -> Announcement:
    """Return one announcement by its batch's number.

    :raises Announcement.DoesNotExist: no such batch was announced.
    """
    return public_announcements().get(batch__number=number)


def regime_of(batch: Batch) -> Place:
    """Return the place whose law governs the batch."""
    return place(batch.regime)


def opening_rule(batch: Batch, day: date) -> Provision[bool] | None:
    """Return the rule that asks for an application before the exam, where one does (JL-2019-133§6)."""
    rule = ask.OPENING_APPLIED_FOR.get(place=regime_of(batch), day=day)
    return rule if rule and rule.value else None


def review_rule(batch: Batch) -> Provision[bool] | None:
    """Return the rule that has the results reviewed before they are posted, where one does (JL-2019-133§6)."""
    rule = ask.RESULTS_REVIEWED.get(place=regime_of(batch), day=batch.announced_on or batch.planned_on)
    return rule if rule and rule.value else None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a batch on its bar: what, when (a day or a range in words), and how it stands."""

    key: str
    label: str
    when: str
    state: str


# Each step with the states in which it is the present one; earlier states make it to come, later ones done.
STEP_STATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("plan", (S.DRAFT, S.AWAITING_OPENING)),
    ("announce", (S.APPROVED,)),
    ("enrol", (S.ANNOUNCED,)),
    ("review", (S.REVIEW,)),
    ("arrange", (S.READY,)),
    ("exam", (S.ARRANGED, S.EXAM)),
    ("scores", (S.MARKING, S.SCORED, S.RESULT_REVIEW)),
    ("notice", (S.ON_NOTICE,)),
    ("issue", (S.CONFIRMED,)),
    ("report", (S.ISSUED,)),
    ("archive", (S.REPORTED,)),
)


def steps_of(batch: Batch) -> list[Step]:
    """Return the eleven steps of the batch, done, present or to come."""
    present = next((i for i, (_key, states) in enumerate(STEP_STATES) if batch.state in states), -1)
    labels, days = step_labels(), _step_days(batch)
    return [
        Step(key, labels[key], days[key], "done" if i < present else "now" if i == present else "todo")
        for i, (key, _states) in enumerate(STEP_STATES)
    ]


def step_labels() -> dict[str, str]:
    """Return what each step is called, in order."""
    return {
        "plan": _("Plan"),
        "announce": _("Announcement"),
        "enrol": _("Enrolment"),
        "review": _("Eligibility review"),
        "arrange": _("Arrangement"),
        "exam": _("Exam"),
        "scores": _("Scores"),
        "notice": _("Public notice"),
        "issue": _("Issue"),
        "report": _("Report"),
        "archive": _("Archive"),
    }


def _step_days(batch: Batch) -> dict[str, str]:
    return {
        "plan": short(batch.planned_on),
        "announce": short(batch.announced_on),
        "enrol": _range(batch.enrolment_from, batch.enrolment_until),
        "review": short(batch.reviewed_on),
        "arrange": short(batch.arranged_on),
        "exam": _range(batch.exam_from, batch.exam_until),
        "scores": short(batch.scored_on),
        "notice": short(batch.noticed_on),
        "issue": short(batch.issued_on),
        "report": short(batch.reported_on),
        "archive": "",
    }


def short(day: date | None) -> str:
    """Return month and day, or nothing."""
    return f"{day:%m-%d}" if day else ""


def _range(first: date, last: date) -> str:
    if first == last:
        return short(first)
    return _("%(first)s to %(last)s") % {"first": short(first), "last": short(last)}
