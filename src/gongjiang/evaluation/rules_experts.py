"""What an entry of the expert pool must be like."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground
from gongjiang.law.codes import parse_credit_code, parse_identity
from gongjiang.standards.models import Occupation


@dataclass(frozen=True, slots=True)
class ExpertSpec:
    """An expert as an authority enters one. ``until`` and ``nda_until`` are the first days after the term and after
    the confidentiality agreement. ``identity`` never appears in a message."""

    name: str
    identity: str
    since: date
    occupations: tuple[Occupation, ...]
    until: date | None = None
    employer: str = ""
    employer_code: str = ""
    title: str = ""
    nda_since: date | None = None
    nda_until: date | None = None
    ethics_on: date | None = field(default=None)


def wrong_with(spec: ExpertSpec, today: date) -> list[Ground]:
    """Return everything that is wrong with one entry by itself."""
    return [*_person(spec, today), *_employer(spec), *_days(spec, today), *_fields(spec)]


def _person(spec: ExpertSpec, today: date) -> Iterator[Ground]:
    if not 0 < len(spec.name.strip()) <= 60:
        yield Ground(_("The name is missing or too long."), _("Write it as on the document."), code="name")
    identity = parse_identity(spec.identity, today=today)
    if not identity.valid:
        why = "; ".join(reason.text(_language()) for reason in identity.reasons)
        yield Ground(why, _("Compare it with the document."), code="identity")


def _employer(spec: ExpertSpec) -> Iterator[Ground]:
    if not 0 < len(spec.employer.strip()) <= 100:
        why = _("The employer is missing or too long.")
        yield Ground(why, _("Write it as on the business licence; write 无 for none."), code="employer")
    if spec.employer_code and not (code := parse_credit_code(spec.employer_code)).valid:
        why = "; ".join(reason.text(_language()) for reason in code.reasons)
        yield Ground(why, _("Compare it with the business licence, or leave it empty."), code="employer_code")
    if len(spec.title) > 60:
        yield Ground(_("The title is too long."), _("Shorten it to 60 characters."), code="title")


def _days(spec: ExpertSpec, today: date) -> Iterator[Ground]:
    if spec.until is not None and spec.until <= spec.since:
        yield Ground(_("The term would end before it begins."), _("Check both days."), code="until")
    if (spec.nda_since is None) != (spec.nda_until is None):
        why = _("Of the confidentiality agreement only one day is told.")
        yield Ground(why, _("Write both days, or none."), code="nda_until")
    if spec.nda_since and spec.nda_until and spec.nda_until <= spec.nda_since:
        why = _("The confidentiality agreement would end before it begins.")
        yield Ground(why, _("Check both days."), code="nda_until")
    if spec.ethics_on and spec.ethics_on > today:
        why = _("The training in professional ethics lies in the future.")
        yield Ground(why, _("Enter it once it was held."), code="ethics_on")


def _fields(spec: ExpertSpec) -> Iterator[Ground]:
    if not spec.occupations:
        why = _("No occupation is named that the expert can judge.")
        yield Ground(why, _("Write the occupations' codes."), code="occupations")


def _language() -> Literal["zh", "en"]:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
