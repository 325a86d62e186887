"""Whom somebody must not assess or inspect: relations declared or found, across every role and body."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.refusal import Ground
from gongjiang.workforce.models import PersonalRelation, RelationKind, StaffMember

SAME_PERSON = "same_person"
CHUNK = 400
Mine = TypeVar("Mine", bound=Hashable)
Theirs = TypeVar("Theirs", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Met:
    """A candidate whom staff may meet: the person's blind index and the employer's credit code."""

    person_key: str
    employer_code: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a person stays away; ``shown`` is what a page may say of the other party."""

    kind: str
    shown: str
    origin: str

    @property
    def label(self) -> str:
        """Return the relation in the reader's language."""
        return _("The same person") if self.kind == SAME_PERSON else str(RelationKind(self.kind).label)


def in_force(found: QuerySet[PersonalRelation], day: date) -> QuerySet[PersonalRelation]:
    """Return those that hold on the day."""
    return found.filter(Q(until__isnull=True) | Q(until__gt=day))


def relations_of(person_key: str, day: date) -> list[PersonalRelation]:
    """Return a person's own relations in force, newest first; the caller reached the person within its scope."""
    return list(in_force(PersonalRelation.objects.filter(person_key=person_key), day))


def meetings_to_avoid(
    staff: Mapping[str, Mine], candidates: Mapping[Theirs, Met], day: date
) -> dict[Mine, frozenset[Theirs]]:
    """Return for each of the staff, by blind index, which candidates they must not meet on the day.

    That is: themselves, kin, pupils and apprentices, and people of an employer for which they work or worked. It
    doesn't matter which of two people declared the relation. One query for each four hundred staff.
    """
    by_person: dict[str, set[Theirs]] = {}
    by_employer: dict[str, set[Theirs]] = {}
    for key, met in candidates.items():
        by_person.setdefault(met.person_key, set()).add(key)
        if met.employer_code:
            by_employer.setdefault(met.employer_code, set()).add(key)
    found: dict[Mine, set[Theirs]] = {}
    for person_key, mine in staff.items():
        if same := by_person.get(person_key):
            found.setdefault(mine, set()).update(same)
    for relation in _touching(staff, day):
        for here, there in ((relation.person_key, relation.other_key), (relation.other_key, relation.person_key)):
            if here in staff and there in by_person:
                found.setdefault(staff[here], set()).update(by_person[there])
        if relation.person_key in staff and relation.other_credit_code in by_employer:
            found.setdefault(staff[relation.person_key], set()).update(by_employer[relation.other_credit_code])
    return {mine: frozenset(theirs) for mine, theirs in found.items()}


def _touching(person_keys: Collection[str], day: date) -> Iterable[PersonalRelation]:
    keys = sorted(person_keys)
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        yield from in_force(PersonalRelation.objects.filter(Q(person_key__in=some) | Q(other_key__in=some)), day)


def conflicts_of(
    person_key: str, *, day: date, body: AssessmentBody | None = None, candidates: Iterable[str] = ()
) -> list[Conflict]:
    """Return why a person stays away from a body (an external supervisor or an expert) or from candidates.

    ``person_key`` and ``candidates`` are blind indexes. Working at the body is found from its staff list, declared or
    not; for candidates see :func:`meetings_to_avoid`.
    """
    people = set(candidates)
    found = [Conflict(SAME_PERSON, "", "detected")] if person_key in people else []
    for each in _touching([person_key], day):
        other = each.other_key if each.person_key == person_key else each.person_key
        employer = body is not None and each.other_credit_code == body.credit_code and each.person_key == person_key
        if (other and other in people) or employer:
            found.append(Conflict(each.kind, each.other_shown, each.origin))
    if body is not None:
        here = StaffMember.everything.filter(identity_index=person_key, home_id=body.organisation_id)
        if here.exists():
            found.append(Conflict(RelationKind.EMPLOYER, body.name, "detected"))
    return found


def grounds_of(conflicts: Iterable[Conflict], name: str) -> list[Ground]:
    """Return conflicts as grounds of a refusal (abuse case 26)."""
    way = _("Give the duty to somebody else.")
    told = [(each, {"name": name, "why": " ".join(filter(None, (each.label, each.shown)))}) for each in conflicts]
    return [Ground(_("%(name)s stays away: %(why)s.") % words, way, code="recused") for _each, words in told]
