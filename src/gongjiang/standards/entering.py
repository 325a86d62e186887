"""Writing a standard's levels and parts: as its text states them, or by the pattern where the text isn't at hand."""

from collections.abc import Iterable, Mapping
from itertools import chain

from gongjiang.accounts.models import Organisation
from gongjiang.law.eligibility import own_set_id
from gongjiang.standards import catalogue
from gongjiang.standards.models import BasisKind, NationalStandard, Occupation, StandardLevel, StandardPart
from gongjiang.standards.specs import OwnLevel, PartSpec

LEVEL_WORDS = {"apprentice": "学徒工", "master": "特级技师", "chief": "首席技师"}
TITLE_LENGTH = 120


def write_level(standard: NationalStandard, level: str, parts: Iterable[PartSpec]) -> StandardLevel:
    """Bring one level of a standard to these parts; parts of other kinds are taken off it."""
    told = list(parts)
    row, _created = StandardLevel.objects.get_or_create(standard=standard, level=level)
    row.parts.exclude(kind__in=[part.kind for part in told]).delete()
    for part in told:
        StandardPart.objects.update_or_create(standard_level=row, kind=part.kind, defaults=part.fields())
    return row


def write_own_text(owner: Organisation, spec: OwnLevel) -> NationalStandard:
    """Write what a level beyond the five is assessed by: its owner's text, of this one level."""
    text = NationalStandard.objects.create(
        kind=BasisKind.OWN_LEVEL,
        owner=owner,
        occupation=spec.occupation,
        title=f"{owner.name}{LEVEL_WORDS[spec.level]}评价要求"[:TITLE_LENGTH],
        edition=str(spec.since.year),
        clause_set=own_set_id(spec.level, spec.below, spec.below_months),
        experience_scope="own",
        in_force=spec.since,
        until=spec.until,
        source=owner.name,
    )
    write_level(text, spec.level, spec.parts)
    return text


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
