"""Rows for the register: the people of some appointments, what stands against the whole, and the appointments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.refusal import Ground
from gongjiang.law.codes import normalise
from gongjiang.law.model import Place
from gongjiang.workforce import rules
from gongjiang.workforce.models import Appointment, Basis, StaffMember
from gongjiang.workforce.rules import AppointmentSpec, index_of
from gongjiang.workforce.rules_training import Grounding, used_before

CHUNK = 500
Key = tuple[int, str, int | None]
"""A person's place on a list, a role, an occupation."""


@dataclass
class Entry:
    """Appointments about to be written on one organisation's list."""

    home: Organisation
    body: AssessmentBody | None
    place: Place
    at: datetime
    rows: list[tuple[AppointmentSpec, Grounding]]
    held: dict[Key, list[Appointment]] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)

    def index(self, spec: AppointmentSpec) -> str:
        """Return the blind index of the person; computed once for each number."""
        if spec.identity not in self.indexes:
            self.indexes[spec.identity] = index_of(spec.identity)
        return self.indexes[spec.identity]

    def key(self, spec: AppointmentSpec, people: dict[str, StaffMember]) -> Key:
        """Return under which terms mustn't overlap."""
        return people[self.index(spec)].pk, spec.role, spec.occupation.pk if spec.occupation else None

    def until(self, spec: AppointmentSpec) -> date | None:
        """Return the first day after the term: as stated, else the law's."""
        return spec.until or rules.end_of_term(spec.role, self.place, spec.since)

    @property
    def mark(self) -> str:
        """Return what the numbers of this list's papers bear."""
        return self.body.code if self.body else f"{self.home.place_code}{self.home.pk:03d}"

    def appointments(self, people: dict[str, StaffMember]) -> list[Appointment]:
        """Return the appointments that don't stand there yet."""
        fresh: dict[tuple[object, ...], Appointment] = {}
        for spec, grounding in self.rows:
            key = self.key(spec, people)
            known = any(each.since == spec.since for each in self.held.get(key, ()))
            if not known:
                fresh.setdefault((*key, spec.since), self._appointment(spec, grounding, people[self.index(spec)]))
        return list(fresh.values())

    def _appointment(self, spec: AppointmentSpec, grounding: Grounding, member: StaffMember) -> Appointment:
        brought_in = grounding.basis == Basis.BROUGHT_IN
        return Appointment(
            member=member,
            role=spec.role,
            occupation=spec.occupation,
            highest_level=spec.highest_level,
            rank=rules.rank_for(spec.role, spec.highest_level, spec.rank),
            since=spec.since,
            until=self.until(spec),
            basis=grounding.basis,
            training=grounding.training,
            stated_certificate=spec.certificate[:60] if brought_in else "",
            stated_exam_on=spec.examined_on if brought_in else None,
            source=(spec.source.strip() or self.home.name)[:200] if brought_in else "",
            appointed_at=self.at,
            cites=[cite.key for cite in rules.cites_for(spec.role, self.place, spec.since)],
        )


def enter_people(entry: Entry) -> tuple[dict[str, StaffMember], int]:
    """Write who isn't on the list yet, bring the others up to date, and lock them; return all, and how many are new."""
    wanted = {entry.index(spec): spec for spec, _grounding in entry.rows}
    people: dict[str, StaffMember] = {}
    for some in _chunks(sorted(wanted)):
        rows = StaffMember.everything.select_for_update().filter(home=entry.home, identity_index__in=some)
        people |= {member.identity_index: member for member in rows}
    changed = [member for index, member in people.items() if _update(member, wanted[index])]
    StaffMember.everything.bulk_update(changed, ["employer", "is_regular", "usual_room"], batch_size=CHUNK)
    missing = [_person(entry, spec, index) for index, spec in wanted.items() if index not in people]
    made = StaffMember.everything.bulk_create(missing, batch_size=CHUNK)
    people |= {member.identity_index: member for member in made}
    return people, len(missing)


def wrong_with_all(entry: Entry, people: dict[str, StaffMember]) -> list[Ground]:
    """Return what stands against the appointments together: training, terms that overlap, another name."""
    _read_held(entry, people)
    grounds: dict[Ground, None] = {}
    seen: dict[Key, dict[date, date | None]] = {}
    for spec, grounding in entry.rows:
        key, until = entry.key(spec, people), entry.until(spec)
        held = entry.held.get(key, [])
        if any(each.since == spec.since for each in held):
            continue
        terms = seen.setdefault(key, {each.since: each.until for each in held})
        grounds |= dict.fromkeys(grounding.grounds)
        grounds |= dict.fromkeys(rules.overlapping(spec.role, spec.since, until, terms.items()))
        if grounding.training:
            pairs = [(each.training_id, each.since) for each in held]
            grounds |= dict.fromkeys(used_before(grounding.training, spec, pairs, entry.place))
        grounds |= dict.fromkeys(_other_name(people[entry.index(spec)], spec))
        terms.setdefault(spec.since, until)
    return list(grounds)


def _read_held(entry: Entry, people: dict[str, StaffMember]) -> None:
    for some in _chunks([member.pk for member in people.values()]):
        for each in Appointment.objects.filter(member__in=some):
            entry.held.setdefault((each.member_id, each.role, each.occupation_id), []).append(each)


def _other_name(member: StaffMember, spec: AppointmentSpec) -> list[Ground]:
    if member.name == spec.name.strip():
        return []
    why = _("This number stands on the list under another name: %(name)s.") % {"name": member.name}
    return [Ground(why, _("Compare both with the document."), code="name-differs")]


def _update(member: StaffMember, spec: AppointmentSpec) -> bool:
    told = (spec.employer, spec.is_regular, spec.usual_room)
    if (member.employer, member.is_regular, member.usual_room) == told:
        return False
    member.employer, member.is_regular, member.usual_room = told
    return True


def _person(entry: Entry, spec: AppointmentSpec, index: str) -> StaffMember:
    return StaffMember(
        home=entry.home,
        body=entry.body,
        name=spec.name.strip(),
        identity=normalise(spec.identity).text,
        identity_index=index,
        employer=spec.employer,
        is_regular=spec.is_regular,
        usual_room=spec.usual_room,
    )


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
