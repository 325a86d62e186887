"""Loading what the project carries: editions, occupations, names, standards, and the examples of lists not at hand."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.law import questions as ask
from gongjiang.law.places import CHINA
from gongjiang.standards import catalogue
from gongjiang.standards.entering import pattern_levels, pattern_standard
from gongjiang.standards.examples import load_examples
from gongjiang.standards.models import (
    BasisKind,
    CatalogueEdition,
    JobType,
    NationalStandard,
    NewOccupation,
    Occupation,
    OccupationAlias,
    RetiredCode,
    StandardLevel,
    StandardWeight,
    UnjoinedStandard,
)

ByCode = dict[str, Occupation]


@transaction.atomic
def load_catalogue(*, actor: Actor, at: datetime) -> dict[str, int]:
    """Load the occupations, names, lists and national standards that the project carries; safe to run twice.

    Rows of the official catalogue of standards that join no occupation go into the register of unjoined rows.

    :return: how many rows of each kind stand in the database now.
    """
    classes = ask.OCCUPATION_CLASSES.get(place=CHINA, day=at.date())
    _load_editions(at)
    _load_occupations()
    _load_new_occupations()
    by_code = {o.code: o for o in Occupation.objects.filter(edition=catalogue.EDITION).order_by("-pk")}
    _load_names(by_code)
    _load_standards(by_code)
    load_examples(by_code)
    counts = _counts()
    audit.record(
        actor=actor,
        action="catalogue.load",
        subject=None,
        at=at,
        facts={"edition": catalogue.EDITION, **counts},
        cites=classes.cites if classes else (),
    )
    return counts


@transaction.atomic
def load_example_weights(*, actor: Actor, at: datetime) -> int:
    """Load the machine-read weights of a few standards, marked as examples; for the demo. Return how many stand."""
    levels = {
        (row.standard.occupation.code, row.standard.title, row.standard.edition, row.level): row
        for row in StandardLevel.objects.filter(standard__kind=BasisKind.NATIONAL, standard__job_types="")
        .select_related("standard__occupation")
        .filter(standard__occupation__edition=catalogue.EDITION)
    }
    weights = [
        StandardWeight(
            standard_level=levels[key],
            part=row["part"],
            function=row["function"],
            percent=row["percent"],
            source=catalogue.WEIGHTS_SOURCE,
            is_example=True,
        )
        for row in catalogue.rows("examples_weights.csv")
        if (key := (row["code"], row["title"], row["edition"], row["level"])) in levels
    ]
    StandardWeight.objects.bulk_create(weights, ignore_conflicts=True)
    count = StandardWeight.objects.filter(is_example=True).count()
    audit.record(actor=actor, action="catalogue.load_weights", subject=None, at=at, facts={"weights": count})
    return count


def _counts() -> dict[str, int]:
    current = Occupation.objects.filter(edition=catalogue.EDITION)
    return {
        "occupations": current.filter(added_by="").count(),
        "new_occupations": NewOccupation.objects.count(),
        "job_types": JobType.objects.count(),
        "standards": NationalStandard.objects.filter(kind=BasisKind.NATIONAL).count(),
        "unjoined": UnjoinedStandard.objects.filter(standard=None).count(),
    }


def _load_editions(at: datetime) -> None:
    CatalogueEdition.objects.bulk_create(
        [
            CatalogueEdition(edition=edition, source=source, is_example=example, entered_at=at)
            for edition, source, example in catalogue.EDITIONS
        ],
        ignore_conflicts=True,
    )


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


def _load_new_occupations() -> None:
    """Enter what was published after the edition; an occupation whose code is known can be certified at once."""
    by_name = {o.name: o for o in Occupation.objects.filter(edition=catalogue.EDITION)}
    for row in catalogue.rows("new_occupations.csv"):
        occupation = by_name.get(row["name"])
        if occupation is None and row["code"] and row["kind"] == "occupation":
            occupation = Occupation.objects.create(
                edition=catalogue.EDITION,
                code=row["code"],
                name=row["name"],
                major=int(row["code"][0]),
                added_by=row["batch"],
                note=row["status"],
            )
        parent = by_name.get(row["parent"])
        if row["kind"] == "job_type" and parent is not None:
            JobType.objects.get_or_create(occupation=parent, name=row["name"])
        NewOccupation.objects.get_or_create(
            batch=row["batch"],
            kind=row["kind"],
            name=row["name"],
            defaults={
                "parent": row["parent"],
                "code": row["code"],
                "status": row["status"],
                "occupation": occupation or parent,
            },
        )


def _load_names(by_code: ByCode) -> None:
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
    RetiredCode.objects.bulk_create(
        [
            RetiredCode(
                occupation=by_code[row["code_2022"]],
                code=row["code"],
                name=catalogue.base_name(row["title"]),
                source=catalogue.CATALOGUE_SOURCE,
            )
            for row in catalogue.rows("national_catalogue.csv")
            if row["code_2022"] in by_code and row["code_2022"] != row["code"]
        ],
        ignore_conflicts=True,
    )


def _load_standards(by_code: ByCode) -> None:
    """Join the rows of the official catalogue to occupations; what doesn't join is kept with its reason."""
    standards = NationalStandard.objects.filter(kind=BasisKind.NATIONAL)
    known = set(standards.values_list("occupation__code", "title", "edition", "job_types"))
    names = {code: occupation.name for code, occupation in by_code.items()}
    fresh, unjoined, seen = [], [], set()
    for row in catalogue.rows("national_catalogue.csv"):
        found = catalogue.join(row, names)
        key = (found.code, row["title"], row["edition"], row["job_types"])
        reason = found.reason or ("twice" if key in seen else "")
        if reason:
            unjoined.append(_unjoined(row, reason, found.code))
            continue
        seen.add(key)
        if key not in known:
            fresh.append((row, _standard(row, by_code[found.code])))
    UnjoinedStandard.objects.bulk_create(unjoined, ignore_conflicts=True)
    NationalStandard.objects.bulk_create([standard for _, standard in fresh])
    pattern_levels((standard, row["levels"]) for row, standard in fresh)


def _unjoined(row: dict[str, str], reason: str, code: str) -> UnjoinedStandard:
    return UnjoinedStandard(
        code=row["code"],
        title=row["title"],
        job_types=row["job_types"],
        edition=row["edition"],
        levels=row["levels"],
        reason=reason,
        suggested_code=code,
    )


def _standard(row: dict[str, str], occupation: Occupation) -> NationalStandard:
    return pattern_standard(occupation, title=row["title"], edition=row["edition"], job_types=row["job_types"])
