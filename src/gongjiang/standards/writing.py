"""Writing imported lists: what is new is added, what differs is brought up to date, what is the same stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model

from gongjiang.standards.catalogue import EXAMPLE_EDITION, EXAMPLE_SOURCE
from gongjiang.standards.entering import write_levels
from gongjiang.standards.models import (
    AccessQualification,
    BasisKind,
    JobType,
    NationalStandard,
    Occupation,
    OccupationAlias,
    RetiredCode,
    SpecialisedProject,
    StandardWeight,
)
from gongjiang.standards.sheets.lists import AccessRow, EditionRow, ProjectRow
from gongjiang.standards.sheets.texts import StandardText, WeightRow


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows added, rows changed, rows that stood as they were."""

    added: int = 0
    changed: int = 0
    same: int = 0


def write_edition(edition: int, rows: Sequence[EditionRow], *, source: str) -> Imported:
    """Write the occupations of an edition with their job types, aliases and what they became."""
    if edition == EXAMPLE_EDITION:
        Occupation.objects.filter(edition=edition, note=EXAMPLE_SOURCE).delete()
        RetiredCode.objects.filter(source=EXAMPLE_SOURCE).delete()
    known = {(each.code, each.name): each for each in Occupation.objects.filter(edition=edition)}
    fresh, changed = [], []
    for row in rows:
        told = {"group_name": row.group_name, "is_green": "L" in row.mark, "is_digital": "S" in row.mark}
        found = known.get((row.code, row.name))
        if found is None:
            major = int(row.code[0])
            fresh.append(Occupation(edition=edition, code=row.code, name=row.name, major=major, **told))
        elif _differs(found, told):
            changed.append(found)
    Occupation.objects.bulk_create(fresh)
    Occupation.objects.bulk_update(changed, ["group_name", "is_green", "is_digital"])
    known |= {(each.code, each.name): each for each in fresh}
    _write_names(known, rows, source)
    return Imported(len(fresh), len(changed), len(rows) - len(fresh) - len(changed))


def _write_names(known: dict[tuple[str, str], Occupation], rows: Iterable[EditionRow], source: str) -> None:
    job_types, aliases, retired = [], [], []
    for row in rows:
        own = known[row.code, row.name]
        job_types += [JobType(occupation=own, name=name) for name in row.job_types]
        aliases += [OccupationAlias(occupation=own, name=name) for name in row.aliases]
        if row.became is not None and (row.code, row.name) != (row.became.code, row.became.name):
            retired.append(RetiredCode(occupation=row.became, code=row.code, name=row.name, source=source))
    JobType.objects.bulk_create(job_types, ignore_conflicts=True)
    OccupationAlias.objects.bulk_create(aliases, ignore_conflicts=True)
    RetiredCode.objects.bulk_create(retired, ignore_conflicts=True)


def write_access(rows: Sequence[AccessRow], *, source: str) -> Imported:
    """Write the intervals in which occupations are of the access type; the examples go."""
    AccessQualification.objects.filter(is_example=True).delete()
    counts = [
        _write(
            AccessQualification,
            {"occupation": row.occupation, "title": row.title, "since": row.since},
            {"issuer": row.issuer, "until": row.until},
            source,
        )
        for row in rows
    ]
    return _counted(counts)


def write_projects(rows: Sequence[ProjectRow], *, place_code: str, source: str) -> Imported:
    """Write a place's specialised projects; its examples go."""
    SpecialisedProject.objects.filter(place_code=place_code, is_example=True).delete()
    counts = [
        _write(
            SpecialisedProject,
            {"place_code": place_code, "code": row.code},
            {"name": row.name, "since": row.since, "until": row.until},
            source,
        )
        for row in rows
    ]
    return _counted(counts)


def write_standards(texts: Sequence[StandardText], *, source: str) -> Imported:
    """Write national standards with their levels and parts; a version entered by the pattern is no example any more."""
    counts = []
    for text in texts:
        key = {
            "kind": BasisKind.NATIONAL,
            "occupation": text.occupation,
            "title": text.title,
            "edition": text.edition,
            "job_types": text.job_types,
        }
        told = {
            "clause_set": text.clause_set,
            "experience_scope": text.experience_scope,
            "in_force": text.in_force,
            "until": text.until,
            "is_example": False,
        }
        before = _parts_of(NationalStandard.objects.filter(**key).first())
        outcome = _write(NationalStandard, key, told, source)
        standard = NationalStandard.objects.get(**key)
        write_levels(standard, text.levels)
        counts.append("changed" if outcome == "same" and before != _parts_of(standard) else outcome)
    return _counted(counts)


PART_FIELDS = (
    "kind",
    "way",
    "content",
    "method",
    "minutes",
    "pass_mark",
    "full_mark",
    "candidates_per_staff",
    "min_staff",
    "odd_staff",
)


def _parts_of(standard: NationalStandard | None) -> set[tuple[Any, ...]]:
    if standard is None:
        return set()
    return set(standard.levels.values_list("level", *(f"parts__{name}" for name in PART_FIELDS)))


def write_weights(rows: Sequence[WeightRow], *, source: str) -> Imported:
    """Replace the weights of every part at every level that the rows name."""
    keys = {(row.level.pk, row.part) for row in rows}
    known = StandardWeight.objects.filter(standard_level__in={level for level, _part in keys})
    before = {
        (each.standard_level_id, each.part, each.function): each
        for each in known
        if (each.standard_level_id, each.part) in keys
    }
    counts = []
    for row in rows:
        found = before.pop((row.level.pk, row.part, row.function), None)
        key = {"standard_level": row.level, "part": row.part, "function": row.function}
        counts.append(_write_on(StandardWeight, found, key, {"percent": row.percent, "is_example": False}, source))
    StandardWeight.objects.filter(pk__in=[each.pk for each in before.values()]).delete()
    return _counted(counts)


def _write(model: type[Model], key: dict[str, Any], told: dict[str, Any], source: str) -> str:
    return _write_on(model, model._default_manager.filter(**key).first(), key, told, source)


def _write_on(model: type[Model], found: Model | None, key: dict[str, Any], told: dict[str, Any], source: str) -> str:
    """Write one row: its key, what is told of it, and the source, which changes with what is told only."""
    if found is None:
        model._default_manager.create(**key, **told, source=source)
        return "added"
    if not _differs(found, told):
        return "same"
    _differs(found, {"source": source})
    found.save()
    return "changed"


def _differs(row: Model, told: dict[str, Any]) -> bool:
    """Bring the row to what is told, unsaved, and say whether that changed anything."""
    differs = False
    for name, value in told.items():
        if _plain(getattr(row, name)) != _plain(value):
            setattr(row, name, value)
            differs = True
    return differs


def _plain(value: object) -> object:
    return value.normalize() if isinstance(value, Decimal) else value


def _counted(outcomes: Iterable[str]) -> Imported:
    told = list(outcomes)
    return Imported(told.count("added"), told.count("changed"), told.count("same"))
