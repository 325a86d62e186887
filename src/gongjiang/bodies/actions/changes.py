"""What changes while a body is on file: its scope, its elements, its term, its subsidiaries, its undertaking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongjiang.bodies.actions.register import SiteSpec, add_cells, scope_facts
from gongjiang.bodies.actions.ruling import Ruling, local, opened
from gongjiang.bodies.models import AssessmentBody, Decision, DecisionKind, ExamSite, FilingTerm, ScopeItem
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.places import place
from gongjiang.standards.models import Level

# Elements of a filing (as the law names them) that are columns of the body.
COLUMNS = {
    "name": "name",
    "registered_address": "address",
    "legal_representative": "legal_representative",
    "affiliation": "affiliation",
    "may_serve_others": "may_serve_others",
}
EXAM_SITE = "exam_site"


@dataclass(frozen=True, slots=True)
class SiteChange:
    """What an exam site is called and where it stands from the decision on."""

    site: ExamSite
    name: str
    address: str
    division: str


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
    grounds = [*not_open(body), *_wrong_drop(drop, dropped, since), *_wrong_addition(body, add, dropped, since)]
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


def not_open(body: AssessmentBody) -> list[Ground]:
    """Return the ground that the filing has ended or is winding up: it doesn't change any more."""
    if body.winding_up_since is None:
        return []
    why = _("The filing has ended, or is winding up since %(day)s.") % {"day": body.winding_up_since}
    return [Ground(why, _("A new filing is applied for."), code="winding-up")]


def _wrong_drop(asked: Sequence[ScopeItem], found: Sequence[ScopeItem], since: date) -> list[Ground]:
    ended = [cell for cell in found if cell.since >= since or (cell.until is not None and cell.until <= since)]
    if len(found) == len(asked) and not ended:
        return []
    why = _("A cell that is to be dropped isn't in force in this body's scope before %(day)s.") % {"day": since}
    return [Ground(why, _("Choose among the occupations and levels on file."), code="not-in-scope")]


def _wrong_addition(
    body: AssessmentBody, add: Sequence[SiteSpec], dropped: Sequence[ScopeItem], since: date
) -> list[Ground]:
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
