"""Reads of the catalogue, which is public, and of specifications and levels, which start from an actor."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.actor import Actor
from gongjiang.standards.difference import Change, compare
from gongjiang.standards.models import (
    AccessQualification,
    AssessmentSpecification,
    BasisKind,
    EmployerLevel,
    Level,
    LevelPermit,
    NationalStandard,
    Occupation,
    RetiredCode,
    SpecialisedProject,
    StandardPart,
    StandardWeight,
    UnjoinedStandard,
)

CURRENT_EDITION = 2022


def open_on(day: date, first: str = "since") -> Q:
    """Return the condition that an interval holds the day: from inclusive, until exclusive, null open."""
    return Q(**{f"{first}__lte": day}) & (Q(until__isnull=True) | Q(until__gt=day))


def search_occupations(text: str, *, edition: int = CURRENT_EDITION, limit: int = 50) -> Sequence[Occupation]:
    """Return occupations by name, code, alias, job type or a code they bore before: exact names first."""
    text = text.strip()
    if not text:
        return []
    rank = Case(
        When(Q(name=text) | Q(code=text), then=Value(0)),
        When(Q(aliases__name=text) | Q(job_types__name=text), then=Value(1)),
        When(Q(retired_codes__name=text) | Q(retired_codes__code=text), then=Value(1)),
        When(Q(name__startswith=text) | Q(code__startswith=text), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = (
        Occupation.objects.filter(edition=edition)
        .filter(
            Q(name__icontains=text)
            | Q(code__startswith=text)
            | Q(aliases__name__icontains=text)
            | Q(job_types__name__icontains=text)
            | Q(retired_codes__name__icontains=text)
            | Q(retired_codes__code=text)
        )
        .annotate(rank=rank)
        .order_by("rank", "code")
    )
    unique = {occupation.pk: occupation for occupation in reversed(found[: limit * 4])}
    return sorted(unique.values(), key=lambda occupation: (occupation.rank, occupation.code))[:limit]


def occupation_by_code(code: str, *, edition: int = CURRENT_EDITION) -> Occupation:
    """Return the occupation of a code.

    :raises Occupation.DoesNotExist: the edition has no such code.
    """
    found = Occupation.objects.filter(edition=edition, code=code).order_by("pk").first()
    if found is None:
        raise Occupation.DoesNotExist(code)
    return found


def access_qualification(occupation: Occupation, *, on: date) -> AccessQualification | None:
    """Return the access qualification that the occupation is examined for on the day, if it is of that type."""
    return AccessQualification.objects.filter(open_on(on), occupation=occupation).first()


def standards_in_force(occupation: Occupation, *, on: date) -> QuerySet[NationalStandard]:
    """Return the occupation's national standards in force on the day, newest first."""
    return NationalStandard.objects.filter(
        open_on(on, "in_force"), occupation=occupation, kind=BasisKind.NATIONAL
    ).order_by("-in_force", "-pk")


def standard_for(
    occupation: Occupation, level: str, *, on: date, job_type: str = "", owner: Organisation | None = None
) -> NationalStandard | None:
    """Return what is assessed by on the day at the level: the newest standard, the job type's own before the general.

    Where no national standard governs the occupation (or the job type named) that day, the owner's own specification
    is returned, if it is filed and in force (MOHRSS-2020-17§17).
    """
    found = standards_in_force(occupation, on=on).filter(levels__level=level)
    if job_type:
        own = found.filter(job_types__contains=job_type).first()
        if own is not None:
            return own
    general = found.filter(job_types="").first()
    if general is not None or owner is None:
        return general or found.first()
    usable = (each for each in specifications_in_force(owner, occupation, level, on=on) if _fits(each, job_type))
    return next((each for each in usable if displaced_by(each, on=on) is None), None) or found.first()


def specifications_in_force(
    owner: Organisation, occupation: Occupation, level: str, *, on: date
) -> QuerySet[NationalStandard]:
    """Return the owner's filed specifications of the level in force on the day, whether displaced or not."""
    return NationalStandard.objects.filter(
        open_on(on, "in_force"),
        kind=BasisKind.SPECIFICATION,
        owner=owner,
        occupation=occupation,
        levels__level=level,
        specification__filed_on__lte=on,
    ).order_by("-in_force", "-pk")


def displaced_by(specification: NationalStandard, *, on: date) -> NationalStandard | None:
    """Return the national standard that stands in the specification's way on the day.

    It is one of the occupation as a whole, or of a job type that the specification is for; a specification without
    job types gives way to any.
    """
    for standard in standards_in_force(specification.occupation, on=on):
        if not standard.job_types or not specification.job_types:
            return standard
        if any(each in standard.job_types for each in names_of(specification.job_types)):
            return standard
    return None


def is_usable(specification: NationalStandard, *, on: date) -> bool:
    """Say whether a specification may be used on the day: filed, in force, and no national standard in its way."""
    filed = AssessmentSpecification.everything.filter(
        open_on_standard(on), standard=specification, filed_on__lte=on
    ).exists()
    return filed and displaced_by(specification, on=on) is None


def open_on_standard(day: date) -> Q:
    """Return the condition on a specification's record that its text is in force on the day."""
    return Q(standard__in_force__lte=day) & (Q(standard__until__isnull=True) | Q(standard__until__gt=day))


def names_of(job_types: str) -> list[str]:
    """Return the job types that a standard names, one by one."""
    return [each for each in job_types.replace("、", " ").split() if each]


def _fits(specification: NationalStandard, job_type: str) -> bool:
    return not specification.job_types or not job_type or job_type in names_of(specification.job_types)


def parts_of(standard: NationalStandard, level: str) -> list[StandardPart]:
    """Return the parts of the assessment at a level, in order."""
    return list(
        StandardPart.objects.filter(standard_level__standard=standard, standard_level__level=level).order_by("pk")
    )


def specifications_for(actor: Actor) -> QuerySet[AssessmentSpecification]:
    """Return the specifications in the actor's part of the tree, with their texts and owners at hand."""
    return AssessmentSpecification.objects.for_actor(actor).select_related("standard__occupation", "standard__owner")


def specification_for(actor: Actor, pk: int) -> AssessmentSpecification:
    """Return one specification of the actor's.

    :raises AssessmentSpecification.DoesNotExist: also for one that is another's.
    """
    return specifications_for(actor).select_related("document").get(pk=pk)


def filed_specifications() -> QuerySet[AssessmentSpecification]:
    """Return the specifications that were filed, for everybody to read."""
    filed = AssessmentSpecification.objects.unscoped("the register of filed specifications is public")
    return (
        filed.filter(filed_on__isnull=False)
        .select_related("standard__occupation", "standard__owner")
        .order_by("-filed_on", "-pk")
    )


def permits_for(actor: Actor) -> QuerySet[LevelPermit]:
    """Return the permissions for further levels in the actor's part of the tree."""
    return LevelPermit.objects.for_actor(actor).select_related("owner", "occupation")


def own_levels_for(actor: Actor) -> QuerySet[EmployerLevel]:
    """Return the levels that organisations in the actor's part of the tree added."""
    found = EmployerLevel.objects.for_actor(actor).select_related("owner", "occupation", "standard")
    return found.prefetch_related("standard__levels__parts")


def own_level(
    organisation: Organisation, occupation: Occupation, level: str, *, on: date, step: str = ""
) -> EmployerLevel | None:
    """Return the level, or the step within one, that stands in an organisation's own ladder on the day."""
    found = EmployerLevel.objects.unscoped("asked about the organisation that acts").select_related("standard")
    asked = {"owner": organisation, "occupation__code": occupation.code, "level": level, "step": step}
    return found.filter(open_on(on), **asked).order_by("-since").first()


def own_levels_of(organisation: Organisation) -> QuerySet[EmployerLevel]:
    """Return an organisation's own ladder, ended levels left out, for those who act for it."""
    found = EmployerLevel.objects.unscoped("asked about the organisation that acts")
    return found.filter(owner=organisation, until=None).select_related("occupation", "standard")


def level_permit(organisation: Organisation, occupation: Occupation, level: str, *, on: date) -> LevelPermit | None:
    """Return the permission that an organisation has for a level on the day."""
    permits = LevelPermit.objects.unscoped("asked about the organisation that acts")
    return permits.filter(open_on(on), owner=organisation, occupation=occupation, level=level).first()


def sorted_levels(levels: Iterable[str]) -> list[str]:
    """Return levels from the lowest to the highest."""
    order = list(Level.values)
    return sorted(levels, key=order.index)


def unjoined_reasons() -> dict[str, int]:
    """Return how many rows of the official catalogue stand unjoined, by reason."""
    return dict(Counter(UnjoinedStandard.objects.filter(standard=None).values_list("reason", flat=True)))


def difference(old: int, new: int) -> list[Change]:
    """Return what changed from one edition's book to another's; what was published later is left out."""
    editions = Occupation.objects.filter(edition__in=[old, new], added_by="").values_list("edition", "code", "name")
    entries: dict[int, list[tuple[str, str]]] = {old: [], new: []}
    for edition, code, name in editions:
        entries[edition].append((code, name))
    return compare(entries[old], entries[new])


def standards_of(occupation: Occupation) -> QuerySet[NationalStandard]:
    """Return every version of the occupation's national standards, then and now."""
    return NationalStandard.objects.filter(occupation=occupation, kind=BasisKind.NATIONAL).order_by("in_force", "pk")


def weights_of(standard: NationalStandard) -> dict[str, list[StandardWeight]]:
    """Return the weights of a standard's functions by level."""
    found: dict[str, list[StandardWeight]] = {}
    for weight in StandardWeight.objects.filter(standard_level__standard=standard).select_related("standard_level"):
        found.setdefault(weight.standard_level.level, []).append(weight)
    return found


def access_ids(*, on: date) -> frozenset[int]:
    """Return the keys of all occupations of the access type on the day."""
    return frozenset(AccessQualification.objects.filter(open_on(on)).values_list("occupation_id", flat=True))


def became(code: str) -> list[RetiredCode]:
    """Return what occupations that bore a code before have become."""
    return list(RetiredCode.objects.filter(code=code).select_related("occupation"))


def older_names(found: Sequence[Occupation], text: str) -> dict[int, str]:
    """Return for occupations found by an older code or name what that was, by the occupation's key."""
    if not text:
        return {}
    retired = RetiredCode.objects.filter(occupation__in=[each.pk for each in found]).filter(
        Q(code=text) | Q(name__icontains=text)
    )
    names = {each.pk: each.name for each in found}
    return {
        each.occupation_id: f"← {each.name} {each.code}"
        for each in retired
        if each.code == text or text not in names[each.occupation_id]
    }


def edition_sizes() -> dict[int, int]:
    """Return how many occupations of each edition's book are entered."""
    counted = Occupation.objects.filter(added_by="").order_by("edition").values_list("edition")
    return dict(counted.annotate(n=Count("pk")))


def access_qualifications(*, on: date) -> QuerySet[AccessQualification]:
    """Return the access qualifications in force on the day."""
    return AccessQualification.objects.filter(open_on(on)).select_related("occupation")


def projects(*, on: date) -> QuerySet[SpecialisedProject]:
    """Return the specialised projects listed on the day."""
    return SpecialisedProject.objects.filter(open_on(on))
