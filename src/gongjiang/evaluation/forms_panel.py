"""What the pages of a panel ask for, and how a sheet's fields are read and filled."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.evaluation.actions import MarkSpec, PhotoSpec, SheetSpec, Whereabouts
from gongjiang.evaluation.models import Criterion, Mark, Sheet, Stage
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.files import MEBIBYTE

NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?")
LARGEST = 10 * MEBIBYTE
YES_NO = {"yes": True, "no": False}


def read_sheet(told: Mapping[str, str], items: Iterable[Criterion], stage: str) -> SheetSpec:
    """Return what a sheet's form or a device sent; what is no number becomes one that is refused."""
    version = told.get("version", "")
    return SheetSpec(
        version=int(version) if version.isdecimal() else 0,
        marks=[_mark(told, each, stage) for each in items],
        opinion=told.get("opinion", ""),
    )


def _mark(told: Mapping[str, str], item: Criterion, stage: str) -> MarkSpec:
    reason = told.get(f"reason-{item.code}", "")
    if stage == Stage.PRELIMINARY or item.is_veto:
        return MarkSpec(item.code, met=YES_NO.get(told.get(f"met-{item.code}", "")), reason=reason)
    return MarkSpec(item.code, points=number(told.get(f"points-{item.code}", "")), reason=reason)


def number(text: str) -> Decimal | None:
    """Return the number written; nothing for an empty field; not-a-number for anything else."""
    text = text.strip()
    if not text:
        return None
    return Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else Decimal("NaN")


def fields_of(sheet: Sheet, marks: Mapping[str, Mark], items: Iterable[Criterion]) -> dict[str, str]:
    """Return a sheet as its form's fields: what a page shows and a device compares."""
    values = {"opinion": sheet.opinion}
    for item in items:
        mark = marks.get(item.code)
        if sheet.stage == Stage.PRELIMINARY or item.is_veto:
            met = mark.met if mark else None
            values[f"met-{item.code}"] = "" if met is None else "yes" if met else "no"
        else:
            points = mark.points if mark else None
            values[f"points-{item.code}"] = "" if points is None else format(points.normalize() + 0, "f")
        values[f"reason-{item.code}"] = mark.reason if mark else ""
    return values


def place_from(told: Mapping[str, str]) -> Whereabouts:
    """Return the place that a device said or somebody wrote; a place that isn't on earth is left out."""
    latitude, longitude = _degrees(told.get("latitude", ""), 90), _degrees(told.get("longitude", ""), 180)
    if latitude is None or longitude is None:
        latitude = longitude = None
    return Whereabouts(told.get("where", "")[:100], latitude, longitude)


def _degrees(text: str, most: int) -> Decimal | None:
    if not re.fullmatch(r"-?\d{1,3}(?:\.\d{1,15})?", text):
        return None
    value = Decimal(text).quantize(Decimal("0.000001"))
    return value if -most <= value <= most else None


class PhotoForm(forms.Form):
    """A photo; time and place are what the device said."""

    photo = forms.FileField()
    key = forms.CharField(max_length=80)
    criterion = forms.CharField(max_length=12, required=False)
    taken_at = forms.CharField(max_length=40, required=False)
    note = forms.CharField(max_length=200, required=False)

    def spec(self) -> PhotoSpec:
        """Return the photo with what was said of it."""
        told = self.cleaned_data
        return PhotoSpec(
            content=told["photo"].read(LARGEST + 1),
            criterion=told["criterion"],
            taken_at=moment(told["taken_at"]),
            place=place_from(self.data),
            note=told["note"],
        )


def moment(text: str) -> datetime | None:
    """Return the instant that a device wrote as ISO 8601; nothing for anything else."""
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


class VisitForm(forms.Form):
    """Day and address of the site visit."""

    day = forms.DateField(
        label=_("Day of the visit"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    address = forms.CharField(label=_("Address"), max_length=200)


class OrderForm(forms.Form):
    """What is to be mended, on which item, until when."""

    criterion = forms.ChoiceField(label=_("Item"), required=False)
    what = forms.CharField(label=_("What is to be mended"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    due_on = forms.DateField(label=_("Mend by"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, items: Iterable[Criterion], *args: Any, due_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((each.code, str(each)) for each in items)]
        self.fields["criterion"].choices = choices  # type: ignore[attr-defined]
        self.fields["due_on"].initial = due_on


class AnswerForm(forms.Form):
    """The applicant's answer with its proof."""

    key = forms.CharField(widget=forms.HiddenInput)
    answer = forms.CharField(label=_("How it was mended"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    proof = forms.FileField(label=_("Proof: photo or PDF"))

    def content(self) -> bytes:
        """Return the proof's bytes; one more than is read at most, so that a larger file is refused as such."""
        data: bytes = self.cleaned_data["proof"].read(LARGEST + 1)
        return data


class ConcludeForm(forms.Form):
    """The consolidated opinion."""

    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=[("yes", _("Fit")), ("no", _("Not fit"))], widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label=_("Opinion of the panel"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000
    )
