"""What waits for those who issue certificates, and what a batch's page shows of them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjiang.certificates import queries, rules
from gongjiang.certificates.models import CertificateRequest, NumberApplication
from gongjiang.certificates.states import CertificateState, RequestState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Question
from gongjiang.law.places import place
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batches_for
from gongjiang.planning.states import BatchState


def against_issue(batch: Batch, actor: Actor, at: datetime) -> list[Ground]:
    """Return why the actor can't issue the batch's certificates now."""
    return [*rules.wrong_giver(batch, at, centre=False), *rules.against_issue(batch, at)]


def section(batch: Batch, actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Return what the batch's page shows of its certificates; None before there is anything to tell."""
    by_centre = batch.state == BatchState.CONFIRMED and rules.numbers_by_centre(batch, at)
    if batch.issued_on is None and not by_centre:
        return None
    application = NumberApplication.objects.filter(batch=batch).first()
    counts = queries.counts_of(batch)
    return {
        "batch": batch,
        "counts": counts,
        "total": sum(counts.values()),
        "waiting": counts[CertificateState.NUMBERED],
        "url": reverse("batch-certificates", args=[batch.pk]),
        "by_centre": by_centre,
        "application": application,
        "may_apply": by_centre and application is None and actor.has(*rules.HOLDERS_CLERKS),
        "may_give": by_centre and application is not None and actor.has("centre_officer"),
        "cites": (rule.cites if (rule := rules.numbers_rule(batch, at)) else ()),
    }


def for_clerks(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield batches to issue, papers that weren't made, requests to decide on, corrections to report."""
    for batch in batches_for(actor).filter(state=BatchState.CONFIRMED).order_by("confirmed_on", "pk"):
        url, cites = reverse("batch", args=[batch.pk]), _cites(ask.CERTIFICATE_REQUIRES_PASS, batch.regime, today)
        yield _item(batch.title, _("Issue the certificates"), batch.number, url, cites)
    numbered = queries.certificates_for(actor).filter(state=CertificateState.NUMBERED)
    fields = ("batch", "batch__title", "batch__number", "batch__regime")
    for pk, title, number, regime in numbered.order_by().values_list(*fields).distinct():
        url, cites = reverse("batch-certificates", args=[pk]), _cites(ask.CERTIFICATE_REQUIRES_PASS, regime, today)
        yield _item(title, _("Have the remaining papers made"), number, url, cites)
    yield from _requests(queries.requests_for(actor), today)


def for_heirs(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the requests on certificates of bodies that are gone, whose duties the actor's authority took over."""
    inherited = queries.requests_for(actor).filter(certificate__body__duties_with_id=actor.organisation_id or 0)
    yield from _requests(inherited, today)


def _requests(requests: QuerySet[CertificateRequest], today: date) -> Iterator[QueueItem]:
    for request in requests.filter(state=RequestState.SUBMITTED).order_by("asked_at"):
        corrects = request.kind == "correction"
        what = _("Decide on a correction") if corrects else _("Decide on a new copy")
        question = ask.CORRECTION_MUST_KEEP_ELIGIBILITY if corrects else ask.REISSUE_ON_HOLDERS_APPLICATION
        url = reverse("certificate-request", args=[request.pk])
        cites = _cites(question, request.regime, today)
        yield _item(request.certificate.number, what, request.certificate.occupation_name, url, cites)
    unreported = requests.filter(kind="correction", copy__isnull=False, reported_on=None)
    for request in unreported.order_by("decided_at"):
        url = reverse("certificate-request", args=[request.pk])
        cites = _cites(ask.CORRECTION_REPORTED_TO_CENTRE, request.regime, today)
        yield _item(request.certificate.number, _("Report the correction to the centre"), "", url, cites)


def for_centre(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield bodies' applications for certificate numbers."""
    open_ones = NumberApplication.objects.filter(given_at=None, batch__in=batches_for(actor))
    for application in open_ones.select_related("batch__body").order_by("asked_at"):
        batch = application.batch
        count = ngettext("%(n)s number", "%(n)s numbers", application.count) % {"n": application.count}
        what, url = _("Give certificate numbers"), reverse("batch", args=[batch.pk])
        cites = _cites(ask.NUMBERS_GIVEN_BY, batch.regime, today)
        yield _item(batch.title, what, f"{batch.body.name} · {count}", url, cites)


def _cites(question: Question[Any], regime: str, today: date) -> tuple[Citation, ...]:
    rule = question.get(place=place(regime), day=today)
    return rule.cites if rule else ()


def _item(subject: str, what: str, sub: str, url: str, cites: tuple[Citation, ...]) -> QueueItem:
    return QueueItem(
        what=what, sub=sub, subject=subject, url=url, action_label=_("Open"), cites=cites, key=f"{what}:{url}"
    )
