"""What changes while a body is on file: its scope, its elements, its term, its subsidiaries, its undertaking."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import Ruling, local, opened
from gongjiang.bodies.models import AssessmentBody, Decision, DecisionKind, ExamSite, FilingTerm, ScopeItem
from gongjiang.bodies.rules import not_open, wrong_addition, wrong_drop
from gongjiang.bodies.specs import SiteChange, SiteSpec, scope_facts
from gongjiang.bodies.writing import add_cells
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if

# Elements of a filing (as the law names them) that are columns of the body.
COLUMNS = {
    "name": "name",
    "registered_address": "address",
    "legal_representative": "legal_representative",
    "affiliation": "affiliation",
    "may_serve_others": "may_serve_others",
}
EXAM_SITE = "exam_site"


@transaction.atomic
def change_scope(
    *,
    actor: Actor,
    at: datetime,
    body: AssessmentBody,
    add: Sequence[SiteSpec] = (),
    drop: Sequence[ScopeItem] = (),
    ruling: Ruling,
) -> Decision:
    """Add and drop occupations and levels with one decision; dropped cells end with ``ruling.since``.

    :raises Refused: the filing is over or winding up; a cell stands already, isn't the body's, or began that day;
        a level isn't open to the kind of body; nothing changes; or nothing would be left.
    """
    docket = opened(actor=actor, at=at, body=body)
    body, since = docket.body, ruling.since
    dropped = list(
        ScopeItem.everything.select_for_update().filter(body=body, pk__in=[cell.pk for cell in drop]).order_by("pk")
    )
    grounds = [*not_open(body), *wrong_drop(drop, dropped, since), *wrong_addition(body, add, dropped, since)]
    left = (
        ScopeItem.everything.filter(body=body)
        .filter(Q(until=None) | Q(until__gt=since))
        .exclude(pk__in=[cell.pk for cell in dropped])
    )
    if not any(spec.scope for spec in add) and not (dropped and left.exists()):
        why = _("Nothing would change, or nothing would be left of the scope.")
        grounds.append(
            Ground(why, _("Name what is added or dropped; to stop wholly, end the filing."), code="no-scope")
        )
    refuse_if(_("Change the scope of %(body)s") % {"body": body.name}, grounds, subject=body)
    facts = {
        "added": scope_facts(add),
        "dropped": [[cell.occupation.code, cell.level, cell.site.name] for cell in dropped],
    }
    for cell in dropped:
        cell.until = since
        cell.save(update_fields=["until"])
    for spec in add:
        add_cells(body, spec, since)
    return docket.publish(DecisionKind.SCOPE, ruling, action="body.change_scope", facts=facts, told=facts)


@transaction.atomic
def amend(*, actor: Actor, at: datetime, body: AssessmentBody, changes: Mapping[str, Any], ruling: Ruling) -> Decision:
    """Change elements of the filing: ``name``, ``registered_address``, ``legal_representative``, ``exam_site``
    (a :class:`SiteChange`), ``affiliation``, ``may_serve_others``. The old value holds until this act.

    :raises Refused: the filing is over, an element is unknown, or none of them changes.
    """
    docket = opened(actor=actor, at=at, body=body)
    body = docket.body
    before = {element: _value(body, element, new) for element, new in changes.items()}
    after = {element: _new(new) for element, new in changes.items()}
    grounds = not_open(body)
    unknown = sorted(changes.keys() - COLUMNS.keys() - {EXAM_SITE})
    if unknown:
        why = _("%(names)s isn't an element of the filing that an amendment changes.") % {"names": ", ".join(unknown)}
        grounds.append(Ground(why, _("For occupations and levels, change the scope."), code="element-unknown"))
    if before == after or ruling.since > local(at):
        why = _("Nothing changes, or the decision holds only later.")
        grounds.append(Ground(why, _("Enter the change on the day it takes effect."), code="no-change"))
    refuse_if(_("Amend the filing of %(body)s") % {"body": body.name}, grounds, subject=body)
    for element, new in changes.items():
        _write(body, element, new)
    body.save()
    # The trail holds no names of persons: it says which elements changed, the decision says how.
    facts = {"before": before, "after": after}
    told = {"elements": sorted(changes)}
    return docket.publish(DecisionKind.AMENDED, ruling, action="body.amend", facts=facts, told=told)


@transaction.atomic
def renew(
    *, actor: Actor, at: datetime, body: AssessmentBody, since: date, until: date, ruling: Ruling, rule: str = ""
) -> Decision:
    """Give the body a further term (JL-2025-1§9).

    :raises Refused: the filing is over or winding up; the term runs backwards, overlaps another, or one that hasn't
        begun stands already.
    """
    docket = opened(actor=actor, at=at, body=body)
    body = docket.body
    grounds = not_open(body)
    terms = list(body.terms.all())
    if until <= since:
        grounds.append(
            Ground(_("The filing term runs backwards."), _("Compare it with the filing letter."), code="term")
        )
    crossed = next((term for term in terms if term.since < until and since < term.until), None)
    if crossed:
        why = _("It overlaps the term from %(since)s until %(until)s.") % {
            "since": crossed.since,
            "until": crossed.until,
        }
        grounds.append(Ground(why, _("Begin with the day on which that one is over."), code="term-overlap"))
    if any(term.since > local(at) for term in terms):
        why = _("A term that hasn't begun yet stands already.")
        grounds.append(Ground(why, _("The filing is renewed."), code="renewed-already"))
    refuse_if(_("Renew the filing of %(body)s") % {"body": body.name}, grounds, subject=body)
    decision = docket.publish(
        DecisionKind.RENEWED,
        ruling,
        action="body.renew",
        facts={"from": since, "until": until},
        told={"term": [since, until]},
    )
    FilingTerm.objects.create(
        body=body, since=since, until=until, letter_number=ruling.letter_number, rule=rule, decision=decision
    )
    newest = body.terms.latest("since")
    body.filed_on, body.filed_until, body.filing_letter = newest.since, newest.until, newest.letter_number
    body.save(update_fields=["filed_on", "filed_until", "filing_letter"])
    return decision


def _value(body: AssessmentBody, element: str, new: Any) -> Any:
    if isinstance(new, SiteChange):
        site = ExamSite.everything.select_for_update().get(pk=new.site.pk, body=body)
        return [site.name, site.address, site.division]
    return getattr(body, COLUMNS[element]) if element in COLUMNS else None


def _new(new: Any) -> Any:
    return [new.name, new.address, new.division] if isinstance(new, SiteChange) else new


def _write(body: AssessmentBody, element: str, new: Any) -> None:
    if isinstance(new, SiteChange):
        ExamSite.everything.filter(pk=new.site.pk, body=body).update(
            name=new.name, address=new.address, division=new.division
        )
        return
    setattr(body, COLUMNS[element], new)
    if element == "name":
        body.organisation.name = new
        body.organisation.save(update_fields=["name"])
