"""A body's rules and fees as the parts of a page show them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, FeePart, FeeSchedule, PublishedRule
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.standards.models import Level

ORDER = {value: n for n, value in enumerate(Level.values)}


def rules_table(rules: Iterable[PublishedRule], body: AssessmentBody) -> Table:
    """Return the versions of the body's rules, those in force first within their kind."""
    rows = [
        Row(
            (
                Cell(rule.title, url=reverse("directory-rule", args=[body.code, rule.kind, rule.version])),
                rule.get_kind_display(),
                rule.version,
                rule.since,
                rule.until or _("in force"),
            )
        )
        for rule in rules
    ]
    columns = (
        Column(_("Rules")),
        Column(_("Kind of rules")),
        Column(_("Version"), numeric=True),
        Column(_("Since")),
        Column(_("Until")),
    )
    return Table(_("Published rules"), columns, tuple(rows), empty=_("No rules are published yet."))


def fees_table(schedule: FeeSchedule | None) -> Table:
    """Return the fees in force: a row an occupation and level, a column a part, and the sum."""
    items = list(schedule.items.all()) if schedule else []
    grouped: dict[tuple[str, str, str], dict[str, Any]] = {}
    for item in items:
        grouped.setdefault((item.occupation.code, item.occupation.name, item.level), {})[item.part] = item.amount
    used = [part for part in FeePart.values if any(part in parts for parts in grouped.values())]
    rows = [
        Row(
            (
                Cell(name, sub=code),
                str(Level(level).label),
                *(str(parts.get(part, "—")) for part in used),
                str(sum(parts.values())),
            )
        )
        for (code, name, level), parts in sorted(grouped.items(), key=lambda each: (each[0][0], ORDER[each[0][2]]))
    ]
    columns = (
        Column(_("Occupation")),
        Column(_("Level")),
        *(Column(str(FeePart(part).label), numeric=True) for part in used),
        Column(_("Fee in yuan"), numeric=True),
    )
    return Table(_("Fees"), columns, tuple(rows), empty=_("No fees are published yet."))


def fee_initial(schedule: FeeSchedule | None) -> dict[str, Any]:
    """Return the values of the schedule in force, so that the next one begins with them."""
    if schedule is None:
        return {}
    items = {f"fee-{item.occupation_id}-{item.level}-{item.part}": item.amount for item in schedule.items.all()}
    return {"basis": schedule.basis, **items}
