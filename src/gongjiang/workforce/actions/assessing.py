"""The year's assessment of a staff member, and relations for which somebody is recused."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.law.codes import mask_identity, normalise, parse_credit_code, parse_identity
from gongjiang.workforce.models import AnnualAssessment, Grade, PersonalRelation, RelationKind, StaffMember
from gongjiang.workforce.permissions import KEEPERS, require, require_own
from gongjiang.workforce.rules import index_of


@transaction.atomic
def assess_year(
    *, actor: Actor, at: datetime, member: StaffMember, year: int, grade: str, reason: str = ""
) -> AnnualAssessment:
    """Write how a staff member did in a year; writing it again replaces what stood there, and both stand in the trail.

    :raises NotAllowed: another organisation's list, or no keeper of it.
    :raises Refused: no such grade, a year that hasn't begun or without a term, or 'unqualified' without a reason.
    """
    asked = _("Assess %(name)s for %(year)s") % {"name": member.name, "year": year}
    require(actor, (*KEEPERS, "system"), asked, subject=member)
    require_own(actor, member.home, asked)
    grounds = []
    if grade not in Grade.values:
        grounds.append(Ground(_("There's no such grade."), _("Choose one of the list."), code="grade"))
    if grade == Grade.UNQUALIFIED and not reason.strip():
        grounds.append(
            Ground(_("A reason is missing."), _("Say what was wrong; the person may read it."), code="reason")
        )
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    held = any(each.since < after and (each.until is None or each.until > first) for each in member.appointments.all())
    if at.astimezone(SHANGHAI).year < year or not held:
        why = _("There's no term in that year to assess.")
        grounds.append(Ground(why, _("Choose a year in which an appointment ran."), code="no-term"))
    refuse_if(asked, grounds, subject=member)
    told = {"grade": grade, "reason": reason.strip(), "assessed_by_id": actor.user_id, "assessed_at": at}
    row, _created = AnnualAssessment.objects.update_or_create(member=member, year=year, defaults=told)
    facts = {"year": year, "grade": grade}
    audit.record(actor=actor, action="staff.assess", subject=member, at=at, facts=facts, reason=reason.strip())
    return row


@transaction.atomic
def declare_relation(
    *,
    actor: Actor,
    at: datetime,
    member: StaffMember,
    kind: str,
    other_name: str = "",
    other_identity: str = "",
    other_credit_code: str = "",
) -> PersonalRelation:
    """Declare a relation for which a person is recused: by the person, or by who keeps the list. The same again changes
    nothing. It holds for the person in every role and body.

    Of the other person only a blind index and a masked name are kept; an employer stands by its credit code.

    :raises NotAllowed: neither the person nor a keeper of the list.
    :raises Refused: a number or code that can't be one, or no such kind.
    """
    asked = _("Declare a relation")
    if member.user_id is None or actor.user_id != member.user_id:
        require(actor, (*KEEPERS, "system"), asked, subject=member)
        require_own(actor, member.home, asked)
    identity, code = normalise(other_identity).text, normalise(other_credit_code).text
    refuse_if(asked, _wrong_with_relation(kind, identity, code, member, at.date()), subject=member)
    employer = kind == RelationKind.EMPLOYER
    shown = other_name.strip() if employer else f"{other_name.strip()[:1]}＊ {mask_identity(identity)}"
    row, created = PersonalRelation.objects.get_or_create(
        person_key=member.identity_index,
        kind=kind,
        other_key="" if employer else index_of(identity),
        other_credit_code=code if employer else "",
        until=None,
        defaults={
            "other_shown": (shown or code)[:100],
            "origin": "declared",
            "declared_by_id": actor.user_id,
            "declared_at": at,
        },
    )
    if created:
        facts = {"relation": row.pk, "kind": kind}
        audit.record(actor=actor, action="relation.declare", subject=member, at=at, facts=facts)
    return row


@transaction.atomic
def end_relation(
    *, actor: Actor, at: datetime, relation: PersonalRelation, member: StaffMember, until: date, reason: str
) -> None:
    """Say that a relation no longer holds from a day on; only who keeps the person's list may, with a reason.

    :raises NotAllowed: the person alone can't take a declaration back; or the relation isn't this person's.
    :raises Refused: no reason, a day before the declaration or still to come, or it ended before.
    """
    asked = _("End a relation")
    require(actor, (*KEEPERS, "system"), asked, subject=member)
    require_own(actor, member.home, asked)
    if relation.person_key != member.identity_index:
        way = _("Open the relation on the person's page.")
        raise NotAllowed(asked, [Ground(_("The relation is another person's."), way, code="not-theirs")])
    relation = PersonalRelation.objects.select_for_update().get(pk=relation.pk)
    refuse_if(asked, _wrong_with_end(relation, until, reason, at.astimezone(SHANGHAI).date()), subject=member)
    relation.until = until
    relation.save(update_fields=["until"])
    facts = {"relation": relation.pk, "until": until}
    audit.record(actor=actor, action="relation.end", subject=member, at=at, facts=facts, reason=reason.strip())


def _wrong_with_end(relation: PersonalRelation, until: date, reason: str, today: date) -> list[Ground]:
    grounds = []
    if not reason.strip():
        grounds.append(Ground(_("A reason is missing."), _("Say what changed."), code="reason"))
    if relation.until is not None:
        why = _("The relation ended on %(day)s.") % {"day": relation.until}
        grounds.append(Ground(why, _("Declare it anew if it holds again."), code="ended"))
    first = relation.declared_at.astimezone(SHANGHAI).date()
    if not first <= until <= today:
        why = _("The day must be from %(first)s to %(today)s.") % {"first": first, "today": today}
        grounds.append(Ground(why, _("Write the day from which it no longer holds, once it has come."), code="day"))
    return grounds


def _wrong_with_relation(kind: str, identity: str, code: str, member: StaffMember, today: date) -> list[Ground]:
    if kind not in RelationKind.values:
        return [Ground(_("There's no such relation."), _("Choose one of the list."), code="kind")]
    if kind == RelationKind.EMPLOYER:
        if parse_credit_code(code).valid:
            return []
        why = _("This isn't a credit code that exists.")
        return [Ground(why, _("Write its 18 characters as on the business licence."), code="credit-code")]
    if not parse_identity(identity, today=today).valid:
        why = _("This isn't an identity number that exists.")
        return [Ground(why, _("Compare it with the document."), code="identity")]
    if index_of(identity) == member.identity_index:
        why = _("This is the person's own number.")
        return [Ground(why, _("Write the other person's."), code="identity")]
    return []
