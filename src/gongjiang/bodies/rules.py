"""What speaks against an act of the register, each as a ground of a refusal with its article."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import Ruling, local
from gongjiang.bodies.models import AssessmentBody, BodyKind, ScopeItem
from gongjiang.bodies.queries import answers_to
from gongjiang.bodies.specs import FiledBody, SiteSpec, SubsidiarySpec
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.codes import parse_body_code, parse_credit_code
from gongjiang.law.model import Citation
from gongjiang.law.places import place
from gongjiang.standards.models import Level


def wrong_with(filed: FiledBody) -> list[Ground]:
    """Return what speaks against entering the filing: a code, the term, or that one of its codes is taken."""
    grounds = []
    credit = parse_credit_code(filed.credit_code)
    if not credit.valid:
        why = "; ".join(str(reason.message_zh) for reason in credit.reasons)
        grounds.append(Ground(why, _("Compare it with the registration certificate."), code="credit-code"))
    wrong_code = parse_body_code(filed.code)
    if wrong_code:
        why = "; ".join(str(reason.message_zh) for reason in wrong_code)
        grounds.append(Ground(why, _("Compare it with the filing letter."), code="body-code"))
    if filed.filed_until <= filed.filed_on:
        grounds.append(
            Ground(_("The filing term runs backwards."), _("Compare it with the filing letter."), code="term")
        )
    taken = Q(code=filed.code) | Q(credit_code=filed.credit_code, terminated_on=None)
    if AssessmentBody.everything.filter(taken).exists():
        grounds.append(
            Ground(
                _("A body with this code or credit code is on file."), _("Look it up in the directory."), code="taken"
            )
        )
    return grounds


def not_open(body: AssessmentBody) -> list[Ground]:
    """Return the ground that the filing has ended or is winding up: it doesn't change any more."""
    if body.winding_up_since is None:
        return []
    why = _("The filing has ended, or is winding up since %(day)s.") % {"day": body.winding_up_since}
    return [Ground(why, _("A new filing is applied for."), code="winding-up")]


def wrong_drop(asked: Sequence[ScopeItem], found: Sequence[ScopeItem], since: date) -> list[Ground]:
    """Return the ground that a cell to be dropped isn't the body's, or isn't in force before the day."""
    ended = [cell for cell in found if cell.since >= since or (cell.until is not None and cell.until <= since)]
    if len(found) == len(asked) and not ended:
        return []
    why = _("A cell that is to be dropped isn't in force in this body's scope before %(day)s.") % {"day": since}
    return [Ground(why, _("Choose among the occupations and levels on file."), code="not-in-scope")]


def wrong_addition(
    body: AssessmentBody, add: Sequence[SiteSpec], dropped: Sequence[ScopeItem], since: date
) -> list[Ground]:
    """Return what speaks against the cells to be added: one stands there already, or its level isn't open."""
    grounds = []
    cells = ScopeItem.everything.filter(body=body).filter(Q(until=None) | Q(until__gt=since))
    standing = {
        (cell.site.name, cell.occupation_id, cell.level)
        for cell in cells.exclude(pk__in=[cell.pk for cell in dropped]).select_related("site")
    }
    asked = [(spec.name, occupation.pk, level) for spec in add for occupation, level in spec.scope]
    if len(set(asked)) < len(asked) or standing & set(asked):
        why = _("An occupation and level that is to be added stands at that site already.")
        grounds.append(Ground(why, _("Leave it out."), code="in-scope-already"))
    open_levels = ask.LEVELS_BY_BODY_KIND.get(place=place(body.regime), day=since, kind=body.kind)
    closed = sorted({level for *_rest, level in asked if open_levels and level not in open_levels.value})
    if open_levels and closed:
        names = ", ".join(str(Level(level).label) for level in closed)
        why = _("%(kind)s doesn't assess at %(level)s.") % {"kind": body.get_kind_display(), "level": names}
        way = _("Open levels: %(levels)s.") % {"levels": ", ".join(str(Level(v).label) for v in open_levels.value)}
        grounds.append(Ground(why, way, open_levels.cites, "level-not-open"))
    return grounds


def backdated(ruling: Ruling, at: datetime) -> list[Ground]:
    """Return the ground that the ruling would take effect before the day on which it is entered."""
    if ruling.since >= local(at):
        return []
    why = _("It would take effect on %(day)s, in the past.") % {"day": ruling.since}
    return [Ground(why, _("What was done in between stands; choose today or later."), code="backdated")]


def wrong_list(body: AssessmentBody, subsidiaries: Sequence[SubsidiarySpec]) -> list[Ground]:
    """Return what speaks against a list of subsidiaries: the kind of body, a credit code, one that stands twice."""
    grounds = []
    if body.kind != BodyKind.EMPLOYER:
        why = _("Only an employer assesses its subsidiaries' staff.")
        grounds.append(Ground(why, _("Leave the list empty."), code="not-an-employer"))
    for spec in subsidiaries:
        found = parse_credit_code(spec.credit_code)
        if not found.valid:
            why = f"{spec.name}：" + "；".join(str(reason.message_zh) for reason in found.reasons)
            grounds.append(Ground(why, _("Compare it with the registration certificate."), code="credit-code"))
    if len({spec.credit_code for spec in subsidiaries}) < len(subsidiaries):
        grounds.append(Ground(_("A subsidiary stands twice."), _("Remove the second."), code="subsidiary-twice"))
    return grounds


def duty_cites(body: AssessmentBody, day: date) -> tuple[Citation, ...]:
    """Return the article by which an ended body answers on for its acts, certificates and archives."""
    provision = ask.TERMINATED_BODY_KEEPS_DUTIES.get(place=place(body.regime), day=day)
    return provision.cites if provision else ()


def not_its_authority(body: AssessmentBody, actor: Actor, day: date) -> list[Ground]:
    """Return the ground that another authority selected the body: who selects, supervises (JL-2025-1§5)."""
    if actor.kind == "system" or answers_to(body, actor):
        return []
    why = _("The body was selected by %(authority)s, which alone supervises it.") % {"authority": body.authority.name}
    return [Ground(why, _("Send it what you found."), supervision_cites(body, day), "not-its-authority")]


def supervision_cites(body: AssessmentBody, day: date) -> tuple[Citation, ...]:
    """Return the article by which the authority that selected the body supervises it."""
    provision = ask.SUPERVISED_BY_SELECTING_AUTHORITY.get(place=place(body.regime), day=day)
    return provision.cites if provision else ()
