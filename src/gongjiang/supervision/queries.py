"""Reads of findings, self-checks and complaints: whose they are, and what everybody may see of them."""

from datetime import date

from django.db.models import Q, QuerySet

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.fields import blind_index
from gongjiang.supervision.models import Complaint, Finding, Outcome, SelfCheck
from gongjiang.supervision.states import ComplaintState, FindingState

PUBLIC = "a body's page shows what supervision found (MOHRSS-2020-17§24)"
BY_RECEIPT = "the complainant brings the receipt's number and word"
OF_BODY = "the body was reached within scope"


def findings_for(actor: Actor) -> QuerySet[Finding]:
    """Return the findings in the actor's part of the tree."""
    found: QuerySet[Finding] = Finding.objects.for_actor(actor)
    return found.select_related("body__authority", "batch", "evidence", "report_file")


def self_checks_for(actor: Actor) -> QuerySet[SelfCheck]:
    """Return the self-checks in the actor's part of the tree."""
    found: QuerySet[SelfCheck] = SelfCheck.objects.for_actor(actor)
    return found.select_related("body")


def complaints_for(actor: Actor) -> QuerySet[Complaint]:
    """Return the complaints with an authority in the actor's part of the tree; a body sees none."""
    found: QuerySet[Complaint] = Complaint.objects.for_actor(actor)
    return found.select_related("body", "batch", "authority")


def handled_by(actor: Actor) -> QuerySet[Complaint]:
    """Return the complaints whose complainant the actor may have shown: those that the actor handles."""
    return complaints_for(actor).filter(handled_by_id=actor.user_id or 0, state=ComplaintState.INQUIRY)


def overdue(day: date) -> Q:
    """Return the condition that a finding's rectification is late on the day."""
    return Q(state=FindingState.OPEN, due_on__lt=day)


def supervises(body: AssessmentBody, actor: Actor) -> bool:
    """Say whether the actor acts for the authority that selected the body, its centre, or one above it in the tree."""
    own = acting_for(actor)
    return own is not None and f"/{own}/" in (body.authority.path or "")


def acts_for(authority: Organisation, actor: Actor) -> bool:
    """Say whether the actor acts for this very authority, or for its centre."""
    return acting_for(actor) == authority.pk


def acting_for(actor: Actor) -> int | None:
    """Return the authority that the actor acts for: a centre's people act for its parent."""
    if actor.organisation_id is None:
        return None
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    return organisation.parent_id if organisation.kind == OrganisationKind.CENTRE else organisation.pk


def public_findings(body: AssessmentBody) -> QuerySet[Finding]:
    """Return the body's findings that everybody may read."""
    found: QuerySet[Finding] = Finding.objects.unscoped(PUBLIC)
    return found.filter(body=body, is_public=True)


def public_self_checks(body: AssessmentBody) -> QuerySet[SelfCheck]:
    """Return the body's self-checks."""
    found: QuerySet[SelfCheck] = SelfCheck.objects.unscoped(PUBLIC)
    return found.filter(body=body)


def public_complaints(body: AssessmentBody) -> QuerySet[Complaint]:
    """Return the complaints about the body, without a word of who complained or what was said."""
    found: QuerySet[Complaint] = Complaint.objects.unscoped(PUBLIC)
    return found.filter(body=body).defer("text", "name", "contact", "answer")


def by_receipt(number: str, word: str) -> Complaint | None:
    """Return the complaint of the receipt, if number and word fit together."""
    found: QuerySet[Complaint] = Complaint.objects.unscoped(BY_RECEIPT)
    fitting = found.filter(number=number.strip().upper(), secret=hash_of(word))
    return fitting.defer("text", "name", "contact").select_related("body", "authority").first()


def hash_of(word: str) -> str:
    """Return the keyed hash of a receipt's word, however it was spaced."""
    plain = "".join(letter for letter in word.lower() if letter.isalnum())
    return blind_index(f"complaint-word:{plain}")


def figures(body: AssessmentBody, since: date, until: date) -> dict[str, tuple[int, int | None]]:
    """Return what a renewal asks of the time (``until`` exclusive): counts by name, each with what it is part of."""
    findings: QuerySet[Finding] = Finding.objects.unscoped(OF_BODY)
    findings = findings.filter(body=body, found_on__gte=since, found_on__lt=until)
    complaints: QuerySet[Complaint] = Complaint.objects.unscoped(OF_BODY)
    answered = complaints.filter(body=body, answered_on__gte=since, answered_on__lt=until)
    checks: QuerySet[SelfCheck] = SelfCheck.objects.unscoped(OF_BODY)
    total = findings.count()
    return {
        "findings": (total, None),
        "findings_open": (findings.exclude(state=FindingState.CLOSED).count(), total),
        "findings_overdue": (findings.filter(overdue(until)).count(), total),
        "self_checks": (checks.filter(body=body, checked_on__gte=since, checked_on__lt=until).count(), None),
        "complaints_upheld": (
            answered.filter(outcome__in=[Outcome.UPHELD, Outcome.PARTLY]).count(),
            answered.count(),
        ),
    }


def overdue_of(body: AssessmentBody, day: date) -> int:
    """Return how many of the body's rectifications are late on the day."""
    findings: QuerySet[Finding] = Finding.objects.unscoped(OF_BODY)
    return findings.filter(overdue(day), body=body).count()
