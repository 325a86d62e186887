"""Who may enrol, and who may review."""

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.kernel.workflow import role_label
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place

ENROLLERS = ("exam_clerk", "body_manager")
REVIEWERS = ("eligibility_reviewer",)
READERS = (
    "exam_clerk",
    "body_manager",
    "eligibility_reviewer",
    "certificate_clerk",
    "internal_supervisor",
    "provincial_officer",
    "provincial_approver",
    "centre_officer",
    "city_officer",
    "supervisor",
)


def require(actor: Actor, roles: tuple[str, ...], asked: str, *, subject: object | None = None) -> None:
    """Let holders of one of the roles pass.

    :raises NotAllowed: for anyone else.
    """
    if not actor.has(*roles):
        way = _("Ask someone who is: %(roles)s.") % {"roles": ", ".join(map(role_label, roles))}
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")], subject=subject)


def _review_cites(enrolment: Enrolment) -> tuple[Citation, ...]:
    batch = enrolment.batch
    rule = ask.ELIGIBILITY_BY_STANDARD.get(place=place(batch.regime), day=batch.announced_on or batch.planned_on)
    return rule.cites if rule else ()


def own_entry(actor: Actor, enrolment: Enrolment) -> list[Ground]:
    """Return the ground that nobody reviews an enrolment that they entered themselves."""
    if actor.user_id is None or actor.user_id != enrolment.enrolled_by_id:
        return []
    return [
        Ground(
            _("You entered this candidate yourself."),
            _("Have another reviewer decide."),
            _review_cites(enrolment),
            "own-entry",
        )
    ]
