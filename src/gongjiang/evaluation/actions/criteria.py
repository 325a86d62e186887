"""The evaluation standard of a place: drafting a version, publishing it, copying it, taking one in from a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.evaluation import rules_criteria
from gongjiang.evaluation.models import CriteriaVersion, Criterion
from gongjiang.evaluation.permissions import STANDARD_SETTERS, require
from gongjiang.evaluation.rules_criteria import Node
from gongjiang.kernel import audit, canonical
from gongjiang.kernel.access import wrong_role
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, NotAllowed, Refused, refuse_if
from gongjiang.law.model import Place
from gongjiang.law.places import place as place_of

DEMO = "criteria_demo.json"
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class VersionSpec:
    """The head of a version: whose decision it is (``source``), the pass mark of 100, and from how many per cent of an
    item's points on the experts' marks lie too far apart."""

    title: str
    version: str
    source: str
    pass_mark: Decimal
    spread_percent: int = 20
    is_demo: bool = False


@transaction.atomic
def draft_criteria(
    *, actor: Actor, at: datetime, place: Place | str, spec: VersionSpec, copy_of: CriteriaVersion | None = None
) -> CriteriaVersion:
    """Begin a version for the place, empty or as a copy of another one.

    :raises NotAllowed: the actor sets no standards for the place.
    :raises Refused: the head is incomplete, or the place has a version of this name.
    """
    nodes = rules_criteria.nodes_of(copy_of) if copy_of else []
    return _draft(actor, at, _place(place), spec, nodes)


@transaction.atomic
def import_criteria(*, actor: Actor, at: datetime, place: Place | str, content: bytes) -> CriteriaVersion:
    """Take in a draft from a file in the form in which standards are downloaded (JSON).

    :raises NotAllowed: the actor sets no standards for the place.
    :raises Refused: the file isn't in this form, or with everything that is wrong with its lines.
    """
    asked = _("Take in an evaluation standard")
    try:
        if len(content) > LARGEST:
            raise ValueError("too large")
        told = json.loads(content)
        spec, nodes = _head(told), rules_criteria.read_nodes(told)
    except (ValueError, KeyError, TypeError, InvalidOperation):
        why = _("The file isn't an evaluation standard in JSON.")
        way = _("Download one, change it, and take it in again.")
        raise Refused(asked, [Ground(why, way, code="form")]) from None
    codes = [node.code for node in nodes]
    twice = any(codes.count(code) > 1 for code in codes)
    grounds = [ground for node in nodes for ground in rules_criteria.wrong_with_node(node)]
    refuse_if(asked, rules_criteria.wrong_with(nodes) if twice else grounds)
    return _draft(actor, at, _place(place), spec, nodes)


@transaction.atomic
def load_demo_criteria(*, actor: Actor, at: datetime, place: Place | str) -> CriteriaVersion:
    """Publish the carried demo standard for the place, marked as one that no authority issued; loaded, it stays.

    The platform itself loads it with the day that it carries, an officer from the day on.
    """
    where = _place(place)
    told = json.loads(resources.files("gongjiang.evaluation").joinpath("data", DEMO).read_text("utf-8"))
    known = CriteriaVersion.objects.filter(place_code=where.code, version=told["version"]).first()
    if known is not None:
        return known
    made = _draft(actor, at, where, _head(told), rules_criteria.read_nodes(told))
    since = date.fromisoformat(told["since"]) if actor.has("system") else at.astimezone(SHANGHAI).date()
    return publish_criteria(actor=actor, at=at, version=made, since=since)


@transaction.atomic
def change_line(*, actor: Actor, at: datetime, version: CriteriaVersion, node: Node, code: str = "") -> CriteriaVersion:
    """Enter a line of a draft, or change the one with ``code``; a group's new code goes over to its items.

    :raises NotAllowed: the version isn't the actor's.
    :raises Refused: the version is published, or with everything that is wrong with the line.
    """
    asked = _("Change the evaluation standard")
    locked = _open_draft(actor, version, asked)
    nodes = rules_criteria.nodes_of(locked)
    grounds = list(rules_criteria.wrong_with_node(node))
    if node.code != code and any(each.code == node.code for each in nodes):
        why = _("The code %(code)s stands twice.") % {"code": node.code}
        grounds.append(Ground(why, _("Give each line its own code."), code="code-twice"))
    groups = {each.code: each for each in locked.criteria.filter(parent=None, is_veto=False)}
    if node.parent and node.parent not in groups:
        why = _("The group isn't there.")
        grounds.append(Ground(why, _("Enter the group, or choose another one."), code="no-group"))
    refuse_if(asked, grounds, subject=locked)
    row = locked.criteria.filter(code=code).first() if code else None
    row = row or Criterion(version=locked, order=_next_order(locked, node))
    row.code, row.title, row.points = node.code, node.title, node.points
    row.evidence, row.deduction, row.condition = node.evidence, node.deduction, node.condition
    row.is_veto, row.parent = node.is_veto, groups.get(node.parent)
    row.save()
    facts = {"line": node.code, "was": code}
    audit.record(actor=actor, action="criteria.change", subject=locked, at=at, facts=facts)
    return locked


@transaction.atomic
def remove_line(*, actor: Actor, at: datetime, version: CriteriaVersion, code: str) -> CriteriaVersion:
    """Take a line out of a draft; a group goes with its items.

    :raises NotAllowed: the version isn't the actor's.
    :raises Refused: the version is published.
    """
    locked = _open_draft(actor, version, _("Change the evaluation standard"))
    removed, _by_kind = locked.criteria.filter(code=code).delete()
    if removed:
        audit.record(actor=actor, action="criteria.change", subject=locked, at=at, facts={"line": "", "was": code})
    return locked


@transaction.atomic
def publish_criteria(*, actor: Actor, at: datetime, version: CriteriaVersion, since: date) -> CriteriaVersion:
    """Publish a draft from a day on; from then on its lines stay as they are, and the place's older version ends.

    :raises NotAllowed: the version isn't the actor's.
    :raises Refused: it is published, the points don't come to 100, a line lacks something, or a later version stands.
    """
    asked = _("Publish the evaluation standard")
    locked = _open_draft(actor, version, asked)
    nodes = rules_criteria.nodes_of(locked)
    published = CriteriaVersion.objects.select_for_update().filter(published_at__isnull=False)
    others = published.filter(place_code=locked.place_code)
    grounds = rules_criteria.wrong_with(nodes)
    if others.filter(since__gte=since).exists():
        why = _("A version from this day on, or a later one, is published already.")
        grounds.append(Ground(why, _("Choose a later day."), code="day-taken"))
    if not actor.has("system") and since < at.astimezone(SHANGHAI).date():
        why = _("Evaluations already opened rest on what held on %(day)s.") % {"day": since}
        grounds.append(Ground(why, _("Choose today or a later day."), code="past"))
    refuse_if(asked, grounds, subject=locked)
    others.filter(until=None).update(until=since)
    locked.since, locked.published_at = since, at
    locked.save(update_fields=["since", "published_at"])
    facts = {"place": locked.place_code, "version": locked.version, "since": since, "lines": _digest(nodes)}
    audit.record(actor=actor, action="criteria.publish", subject=locked, at=at, facts=facts)
    return locked


def _draft(actor: Actor, at: datetime, where: Place, spec: VersionSpec, nodes: list[Node]) -> CriteriaVersion:
    asked = _("Draft an evaluation standard")
    _require_setter(actor, where.code, asked)
    refuse_if(asked, _wrong_head(where, spec))
    made = CriteriaVersion.objects.create(
        place_code=where.code,
        title=spec.title.strip(),
        version=spec.version.strip(),
        source=spec.source.strip(),
        is_demo=spec.is_demo,
        pass_mark=spec.pass_mark,
        spread_percent=spec.spread_percent,
        since=at.astimezone(SHANGHAI).date(),
    )
    rules_criteria.write_nodes(made, nodes)
    facts = {"place": where.code, "version": made.version, "lines": _digest(nodes)}
    audit.record(actor=actor, action="criteria.draft", subject=made, at=at, facts=facts)
    return made


def _wrong_head(where: Place, spec: VersionSpec) -> list[Ground]:
    grounds = []
    if not (0 < len(spec.title.strip()) <= 120 and 0 < len(spec.version.strip()) <= 20):
        grounds.append(Ground(_("Title or version is missing or too long."), _("Fill in both."), code="missing"))
    if not 4 <= len(spec.source.strip()) <= 200:
        way = _("Name the notice or decision that says so.")
        grounds.append(Ground(_("The source is missing."), way, code="source"))
    if not (0 < spec.pass_mark <= rules_criteria.FULL and 1 <= spec.spread_percent <= 100):
        why = _("Pass mark and spread must lie between 0 and 100.")
        grounds.append(Ground(why, _("Correct the numbers."), code="numbers"))
    if CriteriaVersion.objects.filter(place_code=where.code, version=spec.version.strip()).exists():
        why = _("The place has a version of this name.")
        grounds.append(Ground(why, _("Choose another name."), code="version-taken"))
    return grounds


def _open_draft(actor: Actor, version: CriteriaVersion, asked: str) -> CriteriaVersion:
    locked = CriteriaVersion.objects.select_for_update().get(pk=version.pk)
    _require_setter(actor, locked.place_code, asked)
    if locked.published_at is not None:
        why = _("The version is published; evaluations rest on it.")
        raise Refused(asked, [Ground(why, _("Copy it to a new version and change that."), code="published")])
    return locked


def _require_setter(actor: Actor, place_code: str, asked: str) -> None:
    require(actor, *STANDARD_SETTERS, asked=asked)
    if not actor.has("system") and actor.place_code not in {each.code for each in place_of(place_code).chain()}:
        raise NotAllowed(asked, [wrong_role(STANDARD_SETTERS)])


def _head(told: Mapping[str, Any]) -> VersionSpec:
    return VersionSpec(
        title=str(told["title"]),
        version=str(told["version"]),
        source=str(told["source"]),
        pass_mark=Decimal(str(told["pass_mark"])),
        spread_percent=int(told["spread_percent"]),
        is_demo=bool(told.get("is_demo", False)),
    )


def _next_order(version: CriteriaVersion, node: Node) -> int:
    last = version.criteria.order_by("-order").first()
    return last.order + 1 if last else 0


def _digest(nodes: list[Node]) -> str:
    return canonical.digest([[getattr(node, name) for name in Node.__slots__] for node in nodes])


def _place(place: Place | str) -> Place:
    return place_of(place) if isinstance(place, str) else place
