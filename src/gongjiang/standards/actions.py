"""Acts on the catalogue."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from django.db import transaction

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.law import questions as ask
from gongjiang.law.places import CHINA
from gongjiang.standards import catalogue
from gongjiang.standards.models import (
    JobType,
    NationalStandard,
    Occupation,
    OccupationAlias,
    StandardLevel,
    StandardPart,
)


@transaction.atomic
def load_catalogue(*, actor: Actor, at: datetime) -> dict[str, int]:
    """Load the occupations, job types, aliases and national standards that the project carries; safe to run twice.

    :return: how many rows of each kind stand in the database now.
    """
    classes = ask.OCCUPATION_CLASSES.get(place=CHINA, day=at.date())
    _load_occupations()
    by_code = {o.code: o for o in Occupation.objects.filter(edition=catalogue.EDITION).order_by("-pk")}
    _load_names(by_code)
    _load_standards(by_code)
    counts = {
        "occupations": Occupation.objects.filter(edition=catalogue.EDITION).count(),
        "job_types": JobType.objects.count(),
        "standards": NationalStandard.objects.count(),
    }
    audit.record(
        actor=actor,
        action="catalogue.load",
        subject=None,
        at=at,
        facts={"edition": catalogue.EDITION, **counts},
        cites=classes.cites if classes else (),
    )
    return counts


def _load_occupations() -> None:
    Occupation.objects.bulk_create(
        [
            Occupation(
                edition=catalogue.EDITION,
                code=row["code"],
                name=row["name"],
                group_name=row["group_name"],
                major=int(row["code"][0]),
                is_green="L" in row["mark"],
                is_digital="S" in row["mark"],
                note=row["note"],
            )
            for row in catalogue.rows("occupations_2022.csv")
        ],
        ignore_conflicts=True,
    )


def _load_names(by_code: dict[str, Occupation]) -> None:
    job_types = ((row["occupation_code"], row["job_type"]) for row in catalogue.rows("job_types.csv"))
    JobType.objects.bulk_create(
        [JobType(occupation=by_code[code], name=name) for code, name in job_types if code in by_code],
        ignore_conflicts=True,
    )
    OccupationAlias.objects.bulk_create(
        [
            OccupationAlias(occupation=by_code[code], name=name)
            for code, names in catalogue.ALIASES.items()
            for name in names
        ],
        ignore_conflicts=True,
    )


def _load_standards(by_code: dict[str, Occupation]) -> None:
    known = set(NationalStandard.objects.values_list("occupation__code", "title", "edition", "job_types"))
    fresh = [
        (row, _standard(row, by_code[row["code"]]))
        for row in catalogue.rows("national_standards.csv")
        if (row["code"], row["title"], row["edition"], row["job_types"]) not in known
    ]
    NationalStandard.objects.bulk_create([standard for _, standard in fresh])
    levels = [StandardLevel(standard=standard, level=level) for row, standard in fresh for level in row["levels"]]
    StandardLevel.objects.bulk_create(levels, batch_size=500)
    StandardPart.objects.bulk_create(list(chain.from_iterable(map(_parts, levels))), batch_size=500)


def _standard(row: dict[str, str], occupation: Occupation) -> NationalStandard:
    edition = int(row["edition"][:4])
    own_only = edition < 2023 and row["code"] in catalogue.OWN_EXPERIENCE_ONLY
    return NationalStandard(
        occupation=occupation,
        title=row["title"],
        edition=row["edition"],
        job_types=row["job_types"],
        clause_set=catalogue.clause_set_of(edition),
        experience_scope="own" if own_only else "own+related",
        in_force=catalogue.in_force_of(edition),
        source=catalogue.PATTERN_SOURCE,
        is_example=True,
    )


def _parts(level: StandardLevel) -> list[StandardPart]:
    return [
        StandardPart(
            standard_level=level,
            kind=part.kind,
            method=part.method,
            minutes=part.minutes,
            pass_mark=part.pass_mark,
            candidates_per_staff=part.candidates_per_staff,
            min_staff=part.min_staff,
            odd_staff=part.odd_staff,
        )
        for part in catalogue.parts_of_level(level.level)
    ]


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part of the assessment: minutes, marks, and the staff that the standard asks for."""

    kind: str
    method: str
    minutes: int
    pass_mark: Decimal
    full_mark: Decimal
    candidates_per_staff: int
    min_staff: int
    odd_staff: bool


@dataclass(frozen=True, slots=True)
class StandardSpec:
    """A national standard as its text states it; the parts hold for every level named."""

    title: str
    edition: str
    clause_set: str
    experience_scope: str
    in_force: date
    source: str
    levels: Sequence[str]
    parts: Sequence[PartSpec]


@transaction.atomic
def enter_standard(*, actor: Actor, at: datetime, occupation: Occupation, spec: StandardSpec) -> NationalStandard:
    """Enter a version of a standard with its levels and parts; a version that is there already is brought up to it.

    Batches keep the clause set that they were planned with; the parts are read when scores are judged.
    """
    standard, _created = NationalStandard.objects.update_or_create(
        occupation=occupation,
        title=spec.title,
        edition=spec.edition,
        job_types="",
        defaults={
            "clause_set": spec.clause_set,
            "experience_scope": spec.experience_scope,
            "in_force": spec.in_force,
            "source": spec.source,
            "is_example": False,
        },
    )
    for level in spec.levels:
        standard_level, _created = StandardLevel.objects.get_or_create(standard=standard, level=level)
        standard_level.parts.exclude(kind__in=[part.kind for part in spec.parts]).delete()
        for part in spec.parts:
            StandardPart.objects.update_or_create(
                standard_level=standard_level, kind=part.kind, defaults={**asdict(part), "kind": part.kind}
            )
    audit.record(
        actor=actor,
        action="standard.enter",
        subject=standard,
        at=at,
        facts={
            "title": spec.title,
            "edition": spec.edition,
            "clause_set": spec.clause_set,
            "levels": list(spec.levels),
        },
    )
    return standard
