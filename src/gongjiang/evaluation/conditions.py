"""The conditions of the law that a line of an evaluation standard can be evidence for (ask.APPLICANT_CONDITIONS)."""

from django.utils.translation import gettext_lazy as _

CONDITIONS = {
    "legal_person": _("Independent legal person"),
    "clean_record": _("Clean record of the body and its legal representative"),
    "non_profit": _("Not for profit"),
    "published_fees": _("Published fees"),
    "unit": _("A department for certification"),
    "staff": _("Full-time staff"),
    "experts": _("Experts"),
    "assessors": _("Assessors"),
    "supervisors": _("Quality supervisors"),
    "main_business": _("Occupation tied to the main business"),
    "venue": _("Premises"),
    "equipment": _("Equipment"),
    "item_bank": _("Item bank"),
    "video": _("Video surveillance"),
    "safety_fire": _("Safety and fire protection"),
    "rules": _("Rules of operation and of personnel"),
    "contingency_plan": _("Contingency plan"),
    "pay_mechanism": _("Pay tied to certified skills"),
}
