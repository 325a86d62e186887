"""What the panel tells the kernel when the app starts."""

from django.utils.translation import gettext_lazy as _

from gongjiang.kernel import audit_labels


def connect() -> None:
    """Register names of acts."""
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
