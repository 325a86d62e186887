"""A few rows of each list that isn't at hand, plainly marked, so that its pages and imports can be seen at work."""

from datetime import date

from gongjiang.standards import catalogue
from gongjiang.standards.models import (
    AccessQualification,
    CatalogueEdition,
    Occupation,
    RetiredCode,
    SpecialisedProject,
)


def load_examples(by_code: dict[str, Occupation]) -> None:
    """Enter a few rows of each list that isn't at hand; where somebody entered a list, its examples stay away."""
    if not CatalogueEdition.objects.filter(edition=catalogue.EXAMPLE_EDITION, is_example=False).exists():
        _load_older_edition(by_code)
    if not AccessQualification.objects.filter(is_example=False).exists():
        _load_access(by_code)
    listed = set(SpecialisedProject.objects.filter(is_example=False).values_list("place_code", flat=True))
    SpecialisedProject.objects.bulk_create(
        [
            SpecialisedProject(**row, source=catalogue.EXAMPLE_SOURCE, is_example=True)
            for row in catalogue.rows("examples_projects.csv")
            if row["place_code"] not in listed
        ],
        ignore_conflicts=True,
    )


def _load_older_edition(by_code: dict[str, Occupation]) -> None:
    rows = list(catalogue.rows("examples_2015.csv"))
    Occupation.objects.bulk_create(
        [
            Occupation(
                edition=catalogue.EXAMPLE_EDITION,
                code=row["code"],
                name=row["name"],
                group_name=row["group_name"],
                major=int(row["code"][0]),
                note=catalogue.EXAMPLE_SOURCE,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    RetiredCode.objects.bulk_create(
        [
            RetiredCode(
                occupation=by_code[row["became"]], code=row["code"], name=row["name"], source=catalogue.EXAMPLE_SOURCE
            )
            for row in rows
            if row["became"] and (row["code"], row["name"]) != (row["became"], by_code[row["became"]].name)
        ],
        ignore_conflicts=True,
    )


def _load_access(by_code: dict[str, Occupation]) -> None:
    rows = [row for row in catalogue.rows("examples_access.csv") if row["code"] in by_code]
    AccessQualification.objects.bulk_create(
        [
            AccessQualification(
                occupation=by_code[row["code"]],
                title=row["title"],
                issuer=row["issuer"],
                since=date.fromisoformat(row["since"]),
                source=catalogue.EXAMPLE_SOURCE,
                is_example=True,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
