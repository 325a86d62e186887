"""Settings of a place: dated, with their source; the nearest place that set one decides, else the national default."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import PlaceSetting
from gongjiang.kernel.place_settings_kinds import Definition
from gongjiang.kernel.place_settings_registry import BEGINNING, REGISTRY
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.law.model import Place
from gongjiang.law.places import CHINA
from gongjiang.law.places import place as place_of

SETTERS = ("provincial_officer", "system")
SHORTEST_SOURCE = 4


@dataclass(frozen=True, slots=True)
class SettingValue:
    """A value as it holds for a place on a day: whose it is, since when and by what source."""

    name: str
    value: Any
    source: str
    since: date
    place: Place


def setting(name: str, *, place: Place | str, day: date) -> SettingValue:
    """Return the setting that holds for the place on the day.

    :raises KeyError: for a name that isn't in the registry.
    """
    return settings_for([name], place=place, day=day)[name]


def settings_for(names: Iterable[str], *, place: Place | str, day: date) -> dict[str, SettingValue]:
    """Return several settings at once, with one query."""
    wanted = {name: REGISTRY[name] for name in names}
    chain = list((place_of(place) if isinstance(place, str) else place).chain())
    rows = PlaceSetting.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day),
        name__in=wanted,
        place_code__in=[each.code for each in chain],
        since__lte=day,
    )
    held = {(row.name, row.place_code): row for row in rows}
    return {name: _nearest(definition, chain, held) for name, definition in wanted.items()}


def _nearest(definition: Definition, chain: list[Place], held: dict[tuple[str, str], PlaceSetting]) -> SettingValue:
    for place in chain:
        row = held.get((definition.name, place.code))
        if row:
            return SettingValue(definition.name, row.value, row.source, row.since, place)
    return SettingValue(definition.name, definition.default, definition.source, BEGINNING, CHINA)


def history(name: str, *, place: Place | str) -> list[PlaceSetting]:
    """Return what the place and those above it ever set under the name, newest first."""
    chain = (place_of(place) if isinstance(place, str) else place).chain()
    codes = [each.code for each in chain]
    return list(PlaceSetting.objects.filter(name=name, place_code__in=codes).order_by("-since", "place_code"))


@transaction.atomic
def set_setting(
    *, name: str, place: Place | str, value: Any, since: date, source: str, actor: Actor, at: datetime
) -> PlaceSetting:
    """Set a value for a place from a day on; what held before ends that day, and a later one stands.

    :raises NotAllowed: the actor isn't an officer of the province that the place belongs to.
    :raises Refused: the value isn't one the setting may have, the source is missing, the day is past or already taken.
    """
    definition = REGISTRY[name]
    where = place_of(place) if isinstance(place, str) else place
    asked = _("Set “%(name)s” for %(place)s") % {"name": definition.label, "place": where}
    _require_setter(asked, actor, where)
    others = PlaceSetting.objects.select_for_update().filter(name=name, place_code=where.code)
    today = at.astimezone(SHANGHAI).date()
    taken = others.filter(since=since).exists()
    refuse_if(asked, _against(definition, value, since=since, source=source, today=today, taken=taken))
    later = others.filter(since__gt=since).order_by("since").first()
    others.filter(Q(until__isnull=True) | Q(until__gt=since), since__lt=since).update(until=since)
    row = PlaceSetting.objects.create(
        name=name,
        place_code=where.code,
        value=value,
        since=since,
        until=later.since if later else None,
        source=source.strip(),
        set_by_id=actor.user_id,
    )
    facts = {"name": name, "place": where.code, "value": value, "since": since, "source": row.source}
    audit.record(actor=actor, action="setting.set", subject=row, at=at, facts=facts)
    return row


def may_set(actor: Actor, place: Place) -> bool:
    """Say whether the actor may set values for the place: its own or one below it, never above."""
    if actor.kind == "system":
        return True
    return actor.has(*SETTERS) and actor.place_code in {each.code for each in place.chain()}


def _require_setter(asked: str, actor: Actor, place: Place) -> None:
    if not may_set(actor, place):
        way = _("Ask an officer of the province.")
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")])


def _against(
    definition: Definition, value: Any, *, since: date, source: str, today: date, taken: bool
) -> Iterable[Ground]:
    problem = definition.kind.problem(value)
    if problem:
        why = _("This isn't a value that the setting can have.")
        yield Ground(why, _("Give: %(form)s") % {"form": problem}, code="value")
    if len(source.strip()) < SHORTEST_SOURCE:
        yield Ground(_("The source is missing."), _("Name the notice or decision that says so."), code="source")
    if since < today:
        why = _("Decisions already taken rest on what held on %(day)s.") % {"day": since}
        yield Ground(why, _("Choose today or a later day."), code="past")
    if taken:
        why = _("A value from %(day)s on was already set.") % {"day": since}
        yield Ground(why, _("Choose a later day."), code="day-taken")
