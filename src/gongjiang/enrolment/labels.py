"""What the columns of the sheet are called on pages, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS

ENGLISH: dict[str, str | Promise] = {
    "name": _("Name"),
    "identity_kind": _("Kind of document"),
    "identity": _("Identity number"),
    "sex": _("Sex"),
    "phone": _("Mobile"),
    "employer": _("Employed at"),
    "employer_code": _("Employer's credit code"),
    "occupation_code": _("Occupation code"),
    "occupation": _("Occupation"),
    "level": _("Level applied for"),
    "job_type": _("Job type"),
    "exam_kind": _("Kind of exam"),
    "clause": _("Eligibility clause"),
    "own_since": _("In the occupation since"),
    "own_until": _("In the occupation until"),
    "related_since": _("In a related occupation since"),
    "certificate_level": _("Level of the certificate held"),
    "certificate_number": _("Number of the certificate held"),
    "certificate_on": _("Issue date of the certificate held"),
    "education": _("Education"),
    "school": _("Kind of school"),
    "major": _("Major and occupation"),
    "graduated_on": _("Graduation date"),
    "graduating": _("Graduates this year"),
    "evaluated": _("School evaluated"),
    "apprenticeship": _("Apprenticeship done"),
    "title_rank": _("Rank of professional title"),
    "title_on": _("Date of professional title"),
    "title_matches": _("Title in a corresponding field"),
    "trained": _("Trained for the hours required"),
    "relation": _("Relation to the body"),
    "born_on": _("Birth date"),
    "access": _("Accessibility needed"),
}
HEADINGS = {column.key: column.header_zh for column in CANDIDATE_COLUMNS}


def label(column: str) -> str:
    """Return a column's name: in Chinese as the template heads it."""
    if (get_language() or "zh").startswith("zh"):
        return HEADINGS.get(column, column)
    return str(ENGLISH.get(column, column))
