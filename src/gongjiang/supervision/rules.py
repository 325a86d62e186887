"""What stands in the way of each act of supervision, with the article and who is competent instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjiang.accounts.models import RoleAssignment
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Question
from gongjiang.law.places import place as place_of
from gongjiang.planning.models import Batch
from gongjiang.supervision import queries
from gongjiang.supervision.models import Complaint, Finding
from gongjiang.workforce.models import StaffMember

SHORTEST, LONGEST, LONGEST_NAME = 4, 4000, 60


@dataclass(frozen=True, slots=True)
class Complaining:
    """What somebody complains of; name and contact are left empty by who doesn't want to be known."""

    subject: str
    text: str
    name: str = ""
    contact: str = ""
    batch: Batch | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A problem as the officer found it, and until when it is to be rectified."""

    subject: str
    text: str
    found_on: date
    due_on: date
    is_public: bool
    batch: Batch | None = None


def cites_of(question: Question[Any], body: AssessmentBody, day: date) -> tuple[Citation, ...]:
    """Return the articles that answer the question at the body's place on the day; none where its law is silent."""
    provision = question.get(place=place_of(body.regime), day=day)
    return provision.cites if provision else ()


def subject_cites(subject: str, body: AssessmentBody, day: date) -> tuple[Citation, ...]:
    """Return the article that names the subject among what is looked at; else that on inspections as such."""
    for kind in ask.SUPERVISION_OF:
        provision = ask.SUPERVISION_CONTENT.get(place=place_of(body.regime), day=day, kind=kind)
        if provision and subject in provision.value:
            return provision.cites
    return cites_of(ask.BODIES_INSPECTED, body, day)


def competence(body: AssessmentBody, day: date) -> tuple[Citation, ...]:
    """Return by which article the authority that selected the body supervises it; else that of the system as such."""
    own = cites_of(ask.SUPERVISED_BY_SELECTING_AUTHORITY, body, day)
    return own or cites_of(ask.SUPERVISION_SYSTEM, body, day)


def not_competent(body: AssessmentBody, actor: Actor, day: date) -> Iterable[Ground]:
    """Yield the ground that another authority supervises the body (谁遴选谁监管)."""
    if not queries.supervises(body, actor):
        why = _("The body was selected by %(authority)s, which alone supervises it.")
        why %= {"authority": body.authority.name}
        yield Ground(why, _("Send it what you found."), competence(body, day), "not-its-authority")


def words_missing(text: str) -> Iterable[Ground]:
    """Yield the ground that a text says nothing, or too much."""
    if len(text.strip()) < SHORTEST:
        yield Ground(_("It says nothing."), _("Write in a few words what it is about."), code="words-missing")
    if len(text.strip()) > LONGEST:
        why = _("It is longer than %(n)s characters.") % {"n": LONGEST}
        yield Ground(why, _("Shorten it."), code="too-long")


def against_recording(body: AssessmentBody, found: Found, actor: Actor, day: date) -> list[Ground]:
    """Return why the finding isn't recorded."""
    grounds = [*not_competent(body, actor, day), *words_missing(found.text)]
    if found.found_on > day:
        grounds.append(Ground(_("That day hasn't come yet."), _("Give the day of the check."), code="found-later"))
    if found.due_on <= max(day, found.found_on):
        why = _("The deadline leaves no day for the rectification.")
        grounds.append(Ground(why, _("Give a later day."), code="no-time"))
    if found.batch is not None and found.batch.body_id != body.pk:
        grounds.append(Ground(_("The batch is another body's."), _("Choose one of its own."), code="foreign-batch"))
    return grounds


def against_rechecking(finding: Finding, actor: Actor, day: date) -> list[Ground]:
    """Return why the actor doesn't re-check the finding."""
    return list(not_competent(finding.body, actor, day))


def against_complaining(body: AssessmentBody, complaining: Complaining) -> list[Ground]:
    """Return why a complaint isn't taken."""
    grounds = list(words_missing(complaining.text))
    if max(len(complaining.name.strip()), len(complaining.contact.strip())) > LONGEST_NAME:
        grounds.append(Ground(_("Name or contact is too long."), _("Shorten it."), code="too-long"))
    if complaining.batch is not None and complaining.batch.body_id != body.pk:
        grounds.append(Ground(_("The batch is another body's."), _("Choose one of its own."), code="foreign-batch"))
    return grounds


def against_handling(complaint: Complaint, actor: Actor, day: date) -> list[Ground]:
    """Return why the actor doesn't handle the complaint: another authority's, a tie to the body, or a colleague's."""
    grounds = []
    if not queries.acts_for(complaint.authority, actor):
        why = _("The complaint is with %(authority)s, which selected the body.") % {
            "authority": complaint.authority.name
        }
        way = _("Leave it to them; the complaint is in their list.")
        grounds.append(Ground(why, way, competence(complaint.body, day), "not-its-authority"))
    if _is_of(complaint.body, actor, day):
        why = _("You work or worked for the body that is complained of.")
        way = _("Somebody who has nothing to do with it handles the complaint.")
        cites = cites_of(ask.COMPLAINTS_INVESTIGATED, complaint.body, day)
        grounds.append(Ground(why, way, cites, "of-the-body"))
    if complaint.handled_by_id not in (None, actor.user_id):
        why = _("A colleague handles this complaint.")
        grounds.append(Ground(why, _("Ask who took it up."), code="handled-by-another"))
    return grounds


def _is_of(body: AssessmentBody, actor: Actor, day: date) -> bool:
    """Say whether the person has or had a role at the body, or stands in its register of people."""
    if actor.user_id is None:
        return False
    roles = RoleAssignment.objects.filter(user_id=actor.user_id, organisation=body.organisation, since__lte=day)
    members = StaffMember.everything.filter(body=body).filter(Q(user_id=actor.user_id))
    return bool(roles.exists() or members.exists())
