"""Who answers for a body's certificates: the body, also after its end, or the authority that took its duties over."""

from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, DutyKind
from gongjiang.certificates.states import HEIRS
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground
from gongjiang.law.model import Citation

__all__ = ["HEIRS", "bearer_of", "bears", "not_the_bearer"]


def bearer_of(body: AssessmentBody, kind: str) -> int:
    """Return the organisation that bears the duty: the body's own until the authority took over."""
    duty = body.duties.filter(kind=kind).first()
    return duty.holder_id if duty else body.organisation_id


def bears(actor: Actor, body: AssessmentBody, kind: str = DutyKind.CORRECTION) -> bool:
    """Say whether the actor works for who bears the duty; the platform's own work always goes on."""
    return actor.kind == "system" or actor.organisation_id == bearer_of(body, kind)


def not_the_bearer(actor: Actor, body: AssessmentBody, kind: str = DutyKind.CORRECTION) -> list[Ground]:
    """Return the ground that somebody else answers for the body's certificates now."""
    if bears(actor, body, kind):
        return []
    duty = body.duties.filter(kind=kind).select_related("holder").first()
    holder = duty.holder.name if duty else body.name
    cites = tuple(Citation.parse(key) for key in duty.cites) if duty else ()
    why = _("%(holder)s answers for the certificates of %(body)s.") % {"holder": holder, "body": body.name}
    return [Ground(why, _("Ask them for it."), cites, "not-the-bearer")]
