"""Reads about reports: whose they are, what is due when, what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from gongjiang.certificates.models import Certificate
from gongjiang.certificates.states import CertificateState
from gongjiang.kernel import calendars
from gongjiang.kernel.actor import Actor
from gongjiang.law import questions as ask
from gongjiang.law.calendar import Calendar
from gongjiang.law.model import Provision
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batches_for, regime_of
from gongjiang.planning.states import BatchState
from gongjiang.reports.models import RejectedRow, ReportPackage

State = ReportPackage.State
LIVE = (State.PREPARED, State.SENDING)
OF_BATCH = "the batch was reached within scope"
REPORTABLE = (BatchState.ISSUED, BatchState.REPORTED)


def packages_for(actor: Actor) -> QuerySet[ReportPackage]:
    """Return the report packages in the actor's part of the tree."""
    found = ReportPackage.objects.for_actor(actor)
    return found.select_related("batch__body", "batch__site", "data_sheet", "result_sheet", "confirmation_sheet")


def package_for(actor: Actor, pk: int) -> ReportPackage:
    """Return one package of the actor's.

    :raises ReportPackage.DoesNotExist: also for another's.
    """
    return packages_for(actor).get(pk=pk)


def packages_of(batch: Batch) -> QuerySet[ReportPackage]:
    """Return the packages of a batch that the caller reached within scope, newest first."""
    return ReportPackage.objects.unscoped(OF_BATCH).filter(batch=batch)


def newest_of(batch: Batch) -> ReportPackage | None:
    """Return the batch's newest package."""
    return packages_of(batch).order_by("-pk").first()


def to_report(batch: Batch) -> QuerySet[Certificate]:
    """Return the batch's certificates that a report covers: those in force, in the order of their numbers."""
    found = Certificate.objects.unscoped(OF_BATCH).filter(batch=batch, state=CertificateState.VALID)
    return found.select_related("body", "photo").order_by("number")


def covered(package: ReportPackage) -> list[Certificate]:
    """Return the certificates that the package reports, in the order of their numbers."""
    found = Certificate.objects.unscoped(OF_BATCH).filter(pk__in=package.covers)
    return list(found.select_related("body", "photo").order_by("number"))


def in_force(package: ReportPackage) -> list[Certificate]:
    """Return those of the package's certificates that are in force now."""
    return [each for each in covered(package) if each.state == CertificateState.VALID]


def rejected_of(package: ReportPackage) -> QuerySet[RejectedRow]:
    """Return the rows that were sent back, with their certificates."""
    return package.rejected.select_related("certificate")


def term_rule(batch: Batch) -> Provision[int] | None:
    """Return the rule that sets the working days to report in, counted from the issue date (JL-2024-5§28)."""
    if batch.issued_on is None:
        return None
    return ask.RESULT_REPORT_WORKING_DAYS.get(place=regime_of(batch), day=batch.issued_on)


@dataclass(frozen=True, slots=True)
class Due:
    """Until when a batch is to be reported; a provisional term is an estimate and never overdue."""

    last_day: date
    provisional: bool
    years: tuple[str, ...]
    rule: Provision[int]

    def is_overdue(self, today: date) -> bool:
        """Say whether the last day is over."""
        return not self.provisional and today > self.last_day


def due_of(batch: Batch, calendar: Calendar | None = None) -> Due | None:
    """Return until when the batch is to be reported; None before the issue and where no rule sets a term."""
    rule = term_rule(batch)
    if rule is None or batch.issued_on is None:
        return None
    term = (calendar or calendars.current()).term(batch.issued_on, rule.value)
    return Due(term.last_day, term.provisional, tuple(map(str, term.notices)), rule)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One batch on the board: its newest package, if there is one, and until when it is due."""

    batch: Batch
    package: ReportPackage | None
    due: Due | None
    certificates: int

    def is_overdue(self, today: date) -> bool:
        """Say whether the report is late."""
        return self.batch.state == BatchState.ISSUED and self.due is not None and self.due.is_overdue(today)


def board_for(actor: Actor, *, reported: bool = False) -> QuerySet[Batch]:
    """Return the batches to report (or reported) in the actor's part of the tree, the oldest issue first."""
    state = BatchState.REPORTED if reported else BatchState.ISSUED
    newest = ReportPackage.objects.unscoped(OF_BATCH).order_by("-pk")
    found = batches_for(actor).filter(state=state).prefetch_related(Prefetch("reports", newest))
    return found.order_by("-reported_on", "pk") if reported else found.order_by("issued_on", "pk")


def board_rows(batches: Iterable[Batch]) -> list[BoardRow]:
    """Return the rows of the board; a fixed number of queries."""
    found, calendar = list(batches), calendars.current()
    counts = dict(
        Certificate.objects.unscoped(OF_BATCH)
        .filter(batch__in=found)
        .order_by()
        .values_list("batch")
        .annotate(n=Count("pk"))
    )
    return [
        BoardRow(batch, next(iter(batch.reports.all()), None), due_of(batch, calendar), counts.get(batch.pk, 0))
        for batch in found
    ]


def overdue_for(actor: Actor, today: date) -> list[BoardRow]:
    """Return the batches whose report is late, the longest first."""
    return [row for row in board_rows(board_for(actor)) if row.is_overdue(today)]
