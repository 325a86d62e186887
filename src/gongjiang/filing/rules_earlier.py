"""What must hold before an earlier filing is entered or confirmed, each as grounds of a refusal."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing.models import EarlierFiling
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.kernel.workflow import role_label
from gongjiang.law import questions as ask
from gongjiang.law.codes import parse_body_code, parse_credit_code
from gongjiang.law.model import Citation
from gongjiang.law.places import place as place_of
from gongjiang.law.words import chinese
from gongjiang.standards.models import Level, Occupation

if TYPE_CHECKING:
    from gongjiang.filing.earlier import StatedFiling

OFFICERS = ("provincial_officer", "city_officer")


def require_officer(asked: str, actor: Actor, authority: Organisation | None = None) -> None:
    """Let an officer act; for a given entry, of the authority that entered it.

    :raises NotAllowed: somebody else.
    """
    if not actor.has(*OFFICERS):
        way = _("Ask someone who is: %(roles)s.") % {"roles": ", ".join(map(role_label, OFFICERS))}
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")])
    if authority is not None and actor.organisation_id != authority.pk:
        why = _("%(name)s entered it.") % {"name": authority.name}
        raise NotAllowed(asked, [Ground(why, _("Leave it to that authority."), code="another-authority")])


def wrong_with(stated: "StatedFiling") -> list[Ground]:
    """Return everything against entering what the letter is said to state."""
    way = _("Compare it with the letter.")
    grounds = []
    credit = parse_credit_code(stated.credit_code)
    if not credit.valid:
        why = "; ".join(str(reason.message_zh) for reason in credit.reasons)
        grounds.append(Ground(why, way, code="credit-code"))
    wrong_code = parse_body_code(stated.code)
    if wrong_code:
        why = "; ".join(str(reason.message_zh) for reason in wrong_code)
        grounds.append(Ground(why, way, code="body-code"))
    if stated.filed_until <= stated.filed_on:
        grounds.append(Ground(_("The filing term runs backwards."), way, code="term"))
    if AssessmentBody.everything.filter(credit_code=stated.credit_code).exists():
        why = _("A body with this code or credit code is on file.")
        grounds.append(Ground(why, _("Look it up in the directory."), code="taken"))
    if EarlierFiling.everything.filter(credit_code=stated.credit_code, confirmed_at=None, dropped_at=None).exists():
        why = _("An entry with this credit code waits for its confirmation.")
        grounds.append(Ground(why, _("Confirm or drop it first."), code="entered-already"))
    return [*grounds, *_wrong_scope(stated), *_wrong_rule(stated)]


def against_confirming(earlier: EarlierFiling, actor: Actor) -> list[Ground]:
    """Return why this person can't confirm it: entered it, or it is settled."""
    grounds = _settled(earlier)
    if earlier.entered_by_id == actor.user_id:
        why = _("You entered it yourself.")
        grounds.append(Ground(why, _("Have another officer compare it with the letter."), code="same-person"))
    return grounds


def against_dropping(earlier: EarlierFiling, why: str) -> list[Ground]:
    """Return why it can't be dropped: settled, or no reason."""
    grounds = _settled(earlier)
    if not why.strip():
        grounds.append(Ground(_("No reason is given."), _("Say what is wrong with it."), code="reason-missing"))
    return grounds


def cites_of(stated: "StatedFiling") -> tuple[Citation, ...]:
    """Return the article that repealed the rule named, if one did."""
    rule = ask.FORMER_FILING_RULE.get(place=place_of(stated.regime), day=max(stated.filed_on, stated.filed_until))
    return rule.cites if rule and stated.rule and chinese(rule.value) in stated.rule else ()


def _settled(earlier: EarlierFiling) -> list[Ground]:
    if earlier.confirmed_at is None and earlier.dropped_at is None:
        return []
    return [Ground(_("It is confirmed or dropped already."), _("Look it up in the directory."), code="settled")]


def _wrong_scope(stated: "StatedFiling") -> list[Ground]:
    codes = {code for site in stated.sites for code, _level in site.scope}
    levels = {level for site in stated.sites for _code, level in site.scope}
    unknown = sorted(codes - set(Occupation.objects.filter(code__in=codes).values_list("code", flat=True)))
    unknown += sorted(levels - set(Level.values))
    if unknown:
        why = _("Not in the catalogue: %(codes)s.") % {"codes": ", ".join(unknown)}
        return [Ground(why, _("Look the code up in the catalogue."), code="occupation-unknown")]
    if not codes:
        return [Ground(_("No occupation is named."), _("Enter the scope of the letter."), code="no-scope")]
    return []


def _wrong_rule(stated: "StatedFiling") -> list[Ground]:
    """Return the ground that a repealed rule is named though the letter came after its repeal."""
    if not stated.rule:
        return []
    day = stated.filed_on
    in_force = ask.FORMER_FILING_RULE.get(place=place_of(stated.regime), day=day)
    if in_force is None or chinese(in_force.value) not in stated.rule:
        return []
    why = _("%(rule)s was repealed before %(day)s.") % {"rule": chinese(in_force.value), "day": day}
    return [Ground(why, _("Name no earlier rule, or mend the day of the letter."), in_force.cites, "rule-repealed")]
