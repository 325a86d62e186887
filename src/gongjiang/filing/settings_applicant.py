"""What papers an application needs where no document lists them: a setting of the place for each kind."""

from django.utils.translation import gettext_lazy as _

from gongjiang.filing.labels import MATERIALS
from gongjiang.filing.models import ApplicationKind
from gongjiang.kernel.place_settings_kinds import Definition, Several

ABOUT = _("Where the law of the place lists no papers: what is handed in, as the authority's own guide says.")
SOURCE = "参照吉人社函字〔2019〕133号五（二）的清单；吉人社规〔2025〕1号未列清单，以各地办事指南为准"
CHANGE = "参照忻人社办发〔2024〕2号第22条；以各地办事指南为准"
END = "文件未列清单；通行做法为书面申请和收尾工作方案"
WHOLE = [
    "application_report", "basic_facts", "work_plan", "legal_person_certificate", "personnel_rules",
    "occupations_and_standards", "assets", "operating_rules",
]  # fmt: skip
# What a place may choose from; evidence of a condition is no paper of the list.
OPTIONS = {key: label for key, label in MATERIALS.items() if key not in {"evidence", "subsidiary_proof"}}
LABELS = {
    ApplicationKind.FIRST: _("Papers of a first filing"),
    ApplicationKind.ADDITION: _("Papers for added occupations"),
    ApplicationKind.AMENDMENT: _("Papers of an amendment that goes through the whole filing"),
    ApplicationKind.RENEWAL: _("Papers of a renewal"),
    ApplicationKind.TERMINATION: _("Papers of a voluntary termination"),
}
DEFAULTS = {
    ApplicationKind.FIRST: (WHOLE, SOURCE),
    ApplicationKind.ADDITION: (["application_report", "occupations_and_standards", "assets"], SOURCE),
    ApplicationKind.AMENDMENT: (["written_application", "grounds"], CHANGE),
    ApplicationKind.RENEWAL: (["application_report", "work_summary"], SOURCE),
    ApplicationKind.TERMINATION: (["written_application", "settlement_plan"], END),
}
DEFINITIONS = tuple(
    Definition(f"filing.materials.{kind.value}", LABELS[kind], ABOUT, Several(OPTIONS), default, source)
    for kind, (default, source) in DEFAULTS.items()
)
