"""One box over batches, candidates, certificates and bodies, each within the actor's scope."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import bodies_for
from gongjiang.certificates.models import Certificate
from gongjiang.certificates.states import CertificateState
from gongjiang.enrolment.models import Enrolment
from gongjiang.enrolment.queries import enrolments_for
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.law.codes import normalise, parse_identity
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batches_for

FOUND = 20
SHORTEST = 2
NUMBER_FROM = 6  # characters of a certificate number from which its beginning is looked for
SEES_CANDIDATES = ("exam_clerk", "body_manager", "eligibility_reviewer")
SEES_CERTIFICATES = (*AUTHORITY_ROLES, "body_manager", "certificate_clerk", "exam_clerk")


@dataclass(frozen=True, slots=True)
class Found:
    """What the box found, each kind cut at 20."""

    batches: list[Batch]
    enrolments: list[Enrolment]
    certificates: list[Certificate]
    bodies: list[AssessmentBody]

    @property
    def count(self) -> int:
        return len(self.batches) + len(self.enrolments) + len(self.certificates) + len(self.bodies)


def search(actor: Actor, text: str, *, today: date) -> Found:
    """Return what the actor may see of what the text names: a title, a name, a number; nothing for a single letter.

    An identity number finds its person's records by the blind index; it isn't kept.
    """
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return Found([], [], [], [])
    key = person_key(text, today)
    return Found(
        batches=_first(batches_for(actor).filter(Q(title__icontains=text) | Q(number__istartswith=text))),
        enrolments=_enrolments(actor, text, key),
        certificates=_certificates(actor, text, key),
        bodies=_first(bodies_for(actor).filter(Q(name__icontains=text) | Q(code__istartswith=text))),
    )


def person_key(text: str, today: date) -> str:
    """Return the blind index of an identity number; empty if the text isn't one."""
    read = parse_identity(text, today=today)
    return blind_index(read.text) if read.valid else ""


def _enrolments(actor: Actor, text: str, key: str) -> list[Enrolment]:
    if not actor.has(*SEES_CANDIDATES):
        return []
    by_key = Q(candidate__person_key=key) if key else Q(name__icontains=text) | Q(ticket_number=text)
    return _first(enrolments_for(actor).filter(by_key).order_by("-enrolled_at", "-pk"))


def _certificates(actor: Actor, text: str, key: str) -> list[Certificate]:
    if not actor.has(*SEES_CERTIFICATES):
        return []
    number = normalise(text).text
    wanted = Q(person_key=key) if key else Q(holder_name=text)
    if len(number) >= NUMBER_FROM:
        wanted |= Q(number__startswith=number)
    found = Certificate.objects.for_actor(actor).exclude(state=CertificateState.NUMBERED)
    return _first(found.filter(wanted).select_related("body"))


def _first(found: QuerySet[Any]) -> list[Any]:
    return list(found[:FOUND])
