"""What an evaluation standard must be like before it may be published, and the plain form in which it travels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.evaluation.conditions import CONDITIONS
from gongjiang.evaluation.models import CriteriaVersion, Criterion
from gongjiang.kernel.refusal import Ground

FULL = Decimal(100)
LONGEST = {"code": 12, "title": 120, "evidence": 300, "deduction": 300}


@dataclass(frozen=True, slots=True)
class Node:
    """A group (no parent, no points), an item of a group, or a veto item (no parent), as it stands in a version."""

    code: str
    title: str
    parent: str = ""
    points: Decimal = Decimal(0)
    evidence: str = ""
    deduction: str = ""
    is_veto: bool = False
    condition: str = ""

    @property
    def is_group(self) -> bool:
        return not self.parent and not self.is_veto


def nodes_of(version: CriteriaVersion) -> list[Node]:
    """Return the version's nodes in order."""
    rows = version.criteria.select_related("parent").order_by("order")
    return [
        Node(
            row.code,
            row.title,
            row.parent.code if row.parent else "",
            row.points,
            row.evidence,
            row.deduction,
            row.is_veto,
            row.condition,
        )
        for row in rows
    ]


def wrong_with(nodes: Sequence[Node]) -> list[Ground]:
    """Return what stands against publishing the tree."""
    return [*_tree(nodes), *(ground for node in nodes for ground in wrong_with_node(node))]


def _tree(nodes: Sequence[Node]) -> Iterator[Ground]:
    items = [node for node in nodes if node.parent]
    total = sum((node.points for node in items), Decimal(0))
    if total != FULL:
        why = _("The points come to %(total)s.") % {"total": total.normalize() + 0}
        yield Ground(why, _("Make them 100."), code="points-total")
    codes = [node.code for node in nodes]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        why = _("The code %(code)s stands twice.") % {"code": code}
        yield Ground(why, _("Give each line its own code."), code="code-twice")
    groups = {node.code for node in nodes if node.is_group}
    for node in items:
        if node.parent not in groups:
            why = _("%(code)s belongs to a group that isn't there: %(parent)s.") % {
                "code": node.code,
                "parent": node.parent,
            }
            yield Ground(why, _("Enter the group, or choose another one."), code="no-group")
    for code in sorted(groups - {node.parent for node in items}):
        why = _("The group %(code)s has no items.") % {"code": code}
        yield Ground(why, _("Enter an item, or remove the group."), code="empty-group")


def wrong_with_node(node: Node) -> Iterator[Ground]:
    """Yield what is wrong with one line by itself."""
    named = {"code": node.code or "?"}
    for name, longest in LONGEST.items():
        if len(getattr(node, name)) > longest:
            why = _("%(code)s: a text is longer than %(longest)s characters.") % {**named, "longest": longest}
            yield Ground(why, _("Shorten it."), code="too-long")
    if not node.code or not node.title:
        why = _("A line has no code or no title.")
        yield Ground(why, _("Fill in both."), code="missing")
    if node.parent and not (0 < node.points <= FULL and node.points % Decimal("0.5") == 0):
        why = _("%(code)s: the points aren't a multiple of 0.5 up to 100.") % named
        yield Ground(why, _("Correct the points."), code="points")
    if not node.parent and node.points:
        why = _("%(code)s: groups and veto items have no points of their own.") % named
        yield Ground(why, _("Leave the points to the items."), code="points")
    if node.parent and not (node.evidence and node.deduction):
        why = _("%(code)s: the evidence or the rule of deduction is missing.") % named
        yield Ground(why, _("Say what is looked at, and what each lack costs."), code="no-evidence")
    if node.condition and node.condition not in CONDITIONS:
        why = _("%(code)s: the law knows no condition “%(name)s”.") % {**named, "name": node.condition}
        yield Ground(why, _("Choose one of the conditions of the law."), code="condition")


def read_nodes(told: Mapping[str, Any]) -> list[Node]:
    """Return the lines of a standard in its JSON form: groups with items, and veto items.

    :raises ValueError: it isn't in this form.
    """
    try:
        nodes = []
        for group in told["groups"]:
            nodes.append(Node(str(group["code"]), str(group["title"])))
            nodes += [_node(item, parent=str(group["code"])) for item in group["items"]]
        return nodes + [_node(item, is_veto=True) for item in told["vetoes"]]
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ValueError(str(error)) from error


def _node(told: Mapping[str, Any], *, parent: str = "", is_veto: bool = False) -> Node:
    return Node(
        code=str(told["code"]).strip(),
        title=str(told["title"]).strip(),
        parent=parent,
        points=Decimal(str(told.get("points", "0"))),
        evidence=str(told.get("evidence", "")).strip(),
        deduction=str(told.get("deduction", "")).strip(),
        is_veto=is_veto,
        condition=str(told.get("condition", "")).strip(),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions, by code; ``before`` is None for a new line, ``after`` for one left out."""

    code: str
    before: Node | None
    after: Node | None

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of what differs, where both versions have the line."""
        if self.before is None or self.after is None:
            return ()
        names = ("title", "parent", "points", "evidence", "deduction", "is_veto", "condition")
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))


def diff(old: CriteriaVersion, new: CriteriaVersion) -> list[Change]:
    """Return what the newer version changes, in its order; what it leaves out comes last."""
    before = {node.code: node for node in nodes_of(old)}
    after = {node.code: node for node in nodes_of(new)}
    changes = [Change(code, before.get(code), node) for code, node in after.items() if before.get(code) != node]
    return changes + [Change(code, node, None) for code, node in before.items() if code not in after]


def write_nodes(version: CriteriaVersion, nodes: Sequence[Node]) -> None:
    """Write the lines of a draft in their order."""
    groups: dict[str, Criterion] = {}
    for order, node in enumerate(nodes):
        made = Criterion.objects.create(
            version=version,
            parent=groups.get(node.parent),
            code=node.code,
            title=node.title,
            points=node.points,
            evidence=node.evidence,
            deduction=node.deduction,
            is_veto=node.is_veto,
            condition=node.condition,
            order=order,
        )
        if node.is_group:
            groups[node.code] = made
