"""What people fill in: the upload, one candidate, decisions and reasons."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.enrolment.actions.single import EVIDENCE_KINDS
from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.enrolment.labels import ENGLISH, label
from gongjiang.enrolment.rules.claim import LEVEL_NAMES
from gongjiang.planning.models import Batch

OF_THE_LINE = {"occupation", "occupation_code", "level", "job_type"}
WHO = ("name", "identity_kind", "identity", "sex", "born_on", "phone")
WHERE_FROM = ("employer", "employer_code", "relation", "access", "exam_kind")
CAREER = ("clause", "own_since", "own_until", "related_since")
PAPERS = ("certificate_level", "certificate_number", "certificate_on")
SCHOOL = ("education", "school", "major", "graduated_on", "graduating", "evaluated", "apprenticeship", "trained")
TITLE = ("title_rank", "title_on", "title_matches")
FACT_FIELDS = (*CAREER, *PAPERS, *(name for name in SCHOOL if name != "education"), *TITLE)
EVIDENCE_LABELS = {
    "identity": _("Identity document"),
    "certificate": _("Certificate held"),
    "diploma": _("Diploma"),
    "work_proof": _("Proof of work"),
    "social_security": _("Social security record"),
    "other": _("Other paper"),
}


def new_key() -> str:
    """Return a key under which a form takes effect once."""
    return f"enrolment-{secrets.token_hex(12)}"


class DayInput(forms.DateInput):
    """A day, chosen from a calendar where the browser has one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MonthInput(forms.TextInput):
    """A month such as 2018-07."""

    input_type = "month"


class UploadForm(forms.Form):
    """A sheet of candidates and, if at hand, their photos."""

    key = forms.CharField(widget=forms.HiddenInput, initial=new_key)
    sheet = forms.FileField(
        label=_("Sheet of candidates"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}), help_text=""
    )
    photos = forms.FileField(
        label=_("Photos"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text=_("One zip file; each photo is named by its identity number. They can be added later, too."),
    )


def _field(column: Any) -> forms.Field:
    common = {"label": ENGLISH[column.key], "required": column.required}
    if column.kind == "list":
        choices = [("", "—"), *((each, each) for each in column.choices)]
        return forms.ChoiceField(choices=choices, **common)
    if column.kind == "date":
        return forms.DateField(widget=DayInput(), **common)
    if column.kind == "month":
        return forms.CharField(widget=MonthInput(attrs={"placeholder": "2018-07"}), max_length=10, **common)
    return forms.CharField(max_length=100, **common)


class CandidateForm(forms.Form):
    """One candidate, with the columns of the sheet. What the rules say of it the action says, all at once."""

    key = forms.CharField(widget=forms.HiddenInput, initial=new_key)

    def __init__(self, batch: Batch, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {str(line.pk): line for line in batch.lines.select_related("occupation")}
        choices = [
            (pk, f"{line.occupation.name} {line.job_type} {LEVEL_NAMES.get(line.level, line.level)}")
            for pk, line in self.lines.items()
        ]
        self.fields["line"] = forms.ChoiceField(label=_("Occupation and level"), choices=choices)
        for column in CANDIDATE_COLUMNS:
            if column.key not in OF_THE_LINE:
                self.fields[column.key] = _field(column)
                self.fields[column.key].label = label(column.key)
        self.fields["photo"] = forms.FileField(
            label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"})
        )

    def row(self) -> dict[str, object]:
        """Return what was filled in, by column of the sheet."""
        left = {"key", "line", "photo"}
        line = self.lines[self.cleaned_data["line"]]
        row = {name: value for name, value in self.cleaned_data.items() if name not in left and value not in ("", None)}
        return {**row, "level": LEVEL_NAMES.get(line.level, line.level), "job_type": line.job_type}


class FactsForm(forms.Form):
    """The facts of a returned enrolment, to be mended."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = {column.key: column for column in CANDIDATE_COLUMNS}
        for name in FACT_FIELDS:
            self.fields[name] = _field(columns[name])
            self.fields[name].label = label(name)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class OverrideForm(ReasonForm):
    """The clause by which somebody is to be accepted all the same, and why."""

    clause = forms.ChoiceField(label=_("Clause"))

    def __init__(self, clauses: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [(each, each) for each in clauses]  # type: ignore[attr-defined]
        self.order_fields(["clause", "reason"])


class EvidenceForm(forms.Form):
    """A paper that a claim rests on."""

    kind = forms.ChoiceField(
        label=_("Kind of paper"), choices=[(kind, EVIDENCE_LABELS[kind]) for kind in EVIDENCE_KINDS]
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )


class PhotoForm(forms.Form):
    """A candidate's photo."""

    photo = forms.FileField(label=_("Photo"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}))
