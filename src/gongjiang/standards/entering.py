"""Writing a standard's levels and parts: as its text states them, or by the pattern where the text isn't at hand."""

from collections.abc import Iterable, Mapping
from itertools import chain

from gongjiang.standards import catalogue
from gongjiang.standards.models import NationalStandard, Occupation, StandardLevel, StandardPart
from gongjiang.standards.specs import PartSpec


def write_level(standard: NationalStandard, level: str, parts: Iterable[PartSpec]) -> StandardLevel:
    """Bring one level of a standard to these parts; parts of other kinds are taken off it."""
    told = list(parts)
    row, _created = StandardLevel.objects.get_or_create(standard=standard, level=level)
    row.parts.exclude(kind__in=[part.kind for part in told]).delete()
    for part in told:
        StandardPart.objects.update_or_create(standard_level=row, kind=part.kind, defaults=part.fields())
    return row


def write_levels(standard: NationalStandard, levels: Mapping[str, Iterable[PartSpec]]) -> None:
    """Bring a standard to these levels and parts; levels that aren't told are taken off it."""
    gone = StandardLevel.objects.filter(standard=standard).exclude(level__in=levels)
    StandardPart.objects.filter(standard_level__in=gone).delete()
    gone.delete()
    for level, parts in levels.items():
        write_level(standard, level, parts)


def pattern_standard(occupation: Occupation, *, title: str, edition: str, job_types: str) -> NationalStandard:
    """Return an unsaved version whose text isn't at hand: its clauses follow the year, its parts the pattern."""
    year = int(edition[:4])
    own_only = year < 2023 and occupation.code in catalogue.OWN_EXPERIENCE_ONLY
    return NationalStandard(
        occupation=occupation,
        title=title,
        edition=edition,
        job_types=job_types,
        clause_set=catalogue.clause_set_of(year),
        experience_scope="own" if own_only else "own+related",
        in_force=catalogue.in_force_of(year),
        source=catalogue.PATTERN_SOURCE,
        is_example=True,
    )


def pattern_levels(standards: Iterable[tuple[NationalStandard, str]]) -> None:
    """Give standards their levels, each with the parts of the common pattern."""
    levels = [StandardLevel(standard=standard, level=level) for standard, told in standards for level in told]
    StandardLevel.objects.bulk_create(levels, batch_size=500)
    parts = chain.from_iterable(map(_parts, levels))
    StandardPart.objects.bulk_create(list(parts), batch_size=500)


def _parts(level: StandardLevel) -> list[StandardPart]:
    return [StandardPart(standard_level=level, **part.fields()) for part in catalogue.parts_of_level(level.level)]
