"""Who may do what to scores and results."""

ENTER = ("scorer", "assessor")
CONFIRM = ("scorer", "body_manager")
CLERKS = ("exam_clerk", "body_manager")
PROPOSE_VETO = ("assessor", "scorer")
DECIDE_VETO = ("body_manager", "assessor")
REVIEW = ("centre_officer",)
REPLY = ("body_manager", "scorer", "assessor", "exam_clerk")
READ = (
    "body_manager",
    "exam_clerk",
    "scorer",
    "assessor",
    "certificate_clerk",
    "internal_supervisor",
    "centre_officer",
    "provincial_officer",
    "provincial_approver",
    "city_officer",
    "supervisor",
)
