"""An application that leaves the way, refused or withdrawn: its notice is taken down, its panel stopped."""

from datetime import datetime

from gongjiang.evaluation.actions import stop
from gongjiang.evaluation.states import EvaluationState
from gongjiang.filing.models import Application
from gongjiang.kernel import notices
from gongjiang.kernel.actor import system
from gongjiang.kernel.clock import SHANGHAI


def leave(application: Application, at: datetime, reason: str) -> None:
    """Take down the notice that runs and stop the panel at work, inside the act by which the application leaves."""
    notice = notices.newest_on(application)
    if notice is not None and not notices.is_over(notice, at):
        notice.withdrawn_on = at.astimezone(SHANGHAI).date()
        notice.save(update_fields=["withdrawn_on"])
    evaluation = application.evaluation
    if evaluation is not None and evaluation.state not in {EvaluationState.CONCLUDED, EvaluationState.STOPPED}:
        stop(actor=system("filing"), at=at, evaluation=evaluation, reason=reason)
