"""The roles of the platform, in the order in which pages list them."""

from django.utils.translation import gettext_lazy as _

ROLES = {
    "provincial_officer": _("Provincial officer"),
    "provincial_approver": _("Provincial approver"),
    "centre_officer": _("Officer of the provincial centre"),
    "city_officer": _("City officer"),
    "city_approver": _("City approver"),
    "county_officer": _("County officer"),
    "supervisor": _("External quality supervisor"),
    "expert": _("Evaluation expert"),
    "body_manager": _("Manager of the body"),
    "exam_clerk": _("Exam clerk"),
    "eligibility_reviewer": _("Eligibility reviewer"),
    "scorer": _("Scorer"),
    "certificate_clerk": _("Certificate clerk"),
    "invigilator": _("Invigilator"),
    "assessor": _("Assessor"),
    "internal_supervisor": _("Internal quality supervisor"),
    "candidate": _("Candidate"),
    "system": _("The platform"),
    "public": _("Anyone"),
}
AUTHORITY_ROLES = (
    "provincial_officer",
    "provincial_approver",
    "centre_officer",
    "city_officer",
    "city_approver",
    "county_officer",
    "supervisor",
)
BODY_ROLES = (
    "body_manager",
    "exam_clerk",
    "eligibility_reviewer",
    "scorer",
    "certificate_clerk",
    "invigilator",
    "assessor",
    "internal_supervisor",
)
# An expert sees the evaluations that he or she was drawn for, nothing else.
EXPERT_ROLES = ("expert",)
STAFF_ROLES = AUTHORITY_ROLES + EXPERT_ROLES + BODY_ROLES
