"""What conditions, papers, elements of a filing and counts are called, by the law's own keys for them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise

CONDITIONS: dict[str, Label] = {
    "legal_person": _("Independent legal person"),
    "finance_rules": _("Financial and management rules"),
    "clean_record": _("No bad record of the unit or its legal representative"),
    "influence": _("Standing and assessment experience in the field"),
    "unit": _("A department of its own for certification"),
    "staff": _("Full-time staff"),
    "experts": _("Experts"),
    "assessors": _("Assessors"),
    "supervisors": _("Quality supervisors"),
    "venue": _("Venue for the exams"),
    "own_venue": _("Venue of its own for theory and practice"),
    "equipment": _("Equipment"),
    "video": _("Video surveillance"),
    "non_profit": _("Not for profit"),
    "published_fees": _("Fees published"),
    "funding": _("Steady funding"),
    "quality_rules": _("Quality management"),
    "quality_control": _("Quality control kept strictly"),
    "accepts_supervision": _("Accepts supervision"),
    "pay_mechanism": _("Training, assessment, use and pay linked"),
    "main_business": _("Occupations tied to the main business"),
    "item_bank": _("Item bank"),
    "safety_fire": _("Safety and fire protection"),
    "rules": _("Rules of operation and of personnel"),
    "contingency_plan": _("Contingency plan"),
    "coverage": _("Two thirds of the filed occupations carried out"),
}
MATERIALS: dict[str, Label] = {
    "application_report": _("Application report"),
    "basic_facts": _("Basic facts of the unit"),
    "pilot_plan": _("Work plan of the pilot"),
    "work_plan": _("Work plan"),
    "legal_person_certificate": _("Legal person's certificate"),
    "personnel_rules": _("Rules of personnel management"),
    "occupations_and_standards": _("Occupations with their standards or specifications"),
    "assets": _("Proof of venue, equipment and video surveillance"),
    "operating_rules": _("Rules of operation, department, staff and quality control"),
    "work_summary": _("Summary of the work done in the term"),
    "settlement_plan": _("Plan for winding up"),
    "written_application": _("Written application with the reason for the change"),
    "identity_copy": _("Identity document of the new legal representative"),
    "letter_of_office": _("Letter of office"),
    "grounds": _("Grounds of the change"),
    "qualification": _("Papers of the new address or name"),
    "subsidiary_proof": _("Papers on the subsidiaries"),
    "evidence": _("Evidence of a condition"),
}
ELEMENTS: dict[str, Label] = {
    "registered_address": _("Registered address"),
    "legal_representative": _("Legal representative"),
    "exam_site": _("Exam site"),
    "name": _("Name of the body"),
    "occupation": _("Occupations"),
    "level": _("Levels"),
}
STEPS: dict[str, Label] = {
    "application": _("Application"),
    "acceptance": _("Acceptance"),
    "document_check": _("Check of the papers"),
    "preliminary_evaluation": _("Preliminary evaluation"),
    "technical_evaluation": _("Technical evaluation"),
    "consolidated_evaluation": _("Consolidated opinion"),
    "work_evaluation": _("Evaluation of the work done"),
    "deliberation": _("Deliberation"),
    "public_notice": _("Public notice"),
    "undertaking": _("Undertaking"),
    "filing_letter": _("Filing letter"),
    "directory": _("Directory"),
}
COUNTS: dict[str, Label] = {
    "staff": _("full-time staff"),
    "experts": _("experts in the field"),
    "assessors": _("assessors"),
    "supervisors": _("quality supervisors"),
    "area": _("square metres"),
    "cameras": _("cameras"),
    "items": _("items in the bank"),
}


def condition(key: str) -> str:
    """Return what a condition is called."""
    return str(CONDITIONS[key])


def material(key: str) -> str:
    """Return what a paper is called."""
    return str(MATERIALS.get(key, key))


def element(key: str) -> str:
    """Return what an element of the filing is called."""
    return str(ELEMENTS.get(key, key))


def step(key: str) -> str:
    """Return what a step of the flow is called."""
    return str(STEPS.get(key, key))


def count(key: str) -> str:
    """Return what is counted."""
    return str(COUNTS.get(key, key))
