"""What the panel tells the kernel when the app starts."""

from django.utils.translation import gettext_lazy as _

from gongjiang.kernel import audit_labels, queue


def connect() -> None:
    """Register names of acts and what waits for whom."""
    from gongjiang.evaluation import waiting_panel
    from gongjiang.evaluation.access import APPLICANT_ROLES
    from gongjiang.evaluation.permissions import EXPERT, KEEPERS

    queue.register((EXPERT,), waiting_panel.for_experts)
    queue.register(KEEPERS, waiting_panel.for_officers)
    queue.register(APPLICANT_ROLES, waiting_panel.for_applicants)
    audit_labels.register(
        {
            "consensus.sign": _("signed the panel's consensus"),
            "consensus.write": _("wrote the panel's consensus"),
            "evaluation.begin": _("let the experts begin"),
            "evaluation.conclude": _("gave the consolidated opinion"),
            "evaluation.open_sheets": _("opened all sheets at once; the seals agree"),
            "evaluation.open_stage": _("opened the sheets of the preliminary evaluation; the seals agree"),
            "evaluation.schedule": _("named the day of the visit"),
            "panel.arrive": _("signed in at the site"),
            "panel.confirm": _("confirmed that he or she can come"),
            "photo.add": _("added a photo from the site"),
            "rectification.answer": _("answered what is to be mended"),
            "rectification.order": _("ordered something to be mended"),
            "rectification.recheck": _("looked again at what was to be mended"),
            "sheet.save": _("saved a draft of the own sheet"),
            "sheet.seal": _("sealed the own sheet"),
        }
    )
