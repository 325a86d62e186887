"""The states of a filing application, few for every place; which steps lie between them is asked of the law.

Where the place asks for them, an evaluation lies between ACCEPTED and EVALUATED, a notice between DELIBERATED and
CLEARED.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    SUBMITTED = "submitted", _("Waiting for acceptance")
    RETURNED = "returned", _("Returned for correction")
    ACCEPTED = "accepted", _("Accepted, under evaluation")
    EVALUATED = "evaluated", _("Evaluated")
    DELIBERATED = "deliberated", _("Deliberated")
    ON_NOTICE = "on_notice", _("On public notice")
    CLEARED = "cleared", _("Letter to be signed")
    FILED = "filed", _("Granted")
    REFUSED = "refused", _("Not put on file")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = ApplicationState
OFFICERS = ("provincial_officer", "city_officer", "centre_officer")
DECIDERS = ("provincial_officer", "city_officer", "provincial_approver", "city_approver")
SIGNERS = ("provincial_approver", "city_approver")
APPLICANT = ("body_manager",)

# The articles are asked of the law of the application's place when a step is taken; none is the same for all places.
APPLICATION = Workflow(
    "application",
    S.DRAFT,
    (
        arrow("submit", (S.DRAFT, S.RETURNED), S.SUBMITTED, *APPLICANT, label=_("Submit the application")),
        arrow("return_for_correction", S.SUBMITTED, S.RETURNED, *OFFICERS, label=_("Return for correction")),
        arrow("accept", S.SUBMITTED, S.ACCEPTED, *OFFICERS, label=_("Accept the application")),
        arrow("conclude_evaluation", S.ACCEPTED, S.EVALUATED, *OFFICERS, label=_("Hand in for deliberation")),
        arrow("deliberate", S.EVALUATED, S.DELIBERATED, *DECIDERS, label=_("Record the deliberation")),
        arrow("post_notice", S.DELIBERATED, S.ON_NOTICE, *OFFICERS, label=_("Post the public notice")),
        arrow("clear_notice", S.ON_NOTICE, S.CLEARED, *OFFICERS, label=_("Hand up for the letter")),
        arrow("clear_without_notice", S.DELIBERATED, S.CLEARED, *OFFICERS, label=_("Hand up for the letter")),
        arrow("sign_letter", S.CLEARED, S.FILED, *SIGNERS, label=_("Sign the filing letter")),
        arrow(
            "refuse",
            (S.SUBMITTED, S.ACCEPTED, S.EVALUATED, S.DELIBERATED, S.ON_NOTICE, S.CLEARED),
            S.REFUSED,
            *DECIDERS,
            label=_("Refuse the application"),
        ),
        arrow(
            "withdraw",
            (S.DRAFT, S.SUBMITTED, S.RETURNED, S.ACCEPTED, S.EVALUATED, S.DELIBERATED, S.ON_NOTICE),
            S.WITHDRAWN,
            *APPLICANT,
            label=_("Withdraw the application"),
        ),
    ),
)


class TerminationState(models.TextChoices):
    WINDING_UP = "winding_up", _("Winding up")
    ENDED = "ended", _("Filing ended")
    HANDED_OVER = "handed_over", _("Duties taken over")


TERMINATION = Workflow(
    "termination",
    TerminationState.WINDING_UP,
    (
        arrow(
            "end",
            TerminationState.WINDING_UP,
            TerminationState.ENDED,
            *SIGNERS,
            "system",
            label=_("End the filing"),
        ),
        arrow(
            "hand_over",
            (TerminationState.WINDING_UP, TerminationState.ENDED),
            TerminationState.HANDED_OVER,
            *SIGNERS,
            label=_("Take over the duties"),
        ),
    ),
)
