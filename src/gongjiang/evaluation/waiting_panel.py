"""What waits for experts, for officers and for the applicant in evaluations."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.evaluation.models import Evaluation
from gongjiang.evaluation.queries import evaluations_for, summary
from gongjiang.evaluation.queries.mending import mendings_of
from gongjiang.evaluation.queries.panel import cites_of, own_evaluations, own_panels, sealed_now, stage_now
from gongjiang.evaluation.states import EvaluationState
from gongjiang.evaluation.tables_panel import next_step
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem

S = EvaluationState
AT_WORK = (S.DRAWN, S.VISIT, S.OPENED)
QUIET = ("ok", "na")


def for_experts(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield what an expert has to do on each panel: confirm, sign in, write, agree, look again."""
    for place in own_panels(actor).filter(evaluation__state__in=AT_WORK):
        evaluation, step = place.evaluation, next_step(place)
        if evaluation.state == S.OPENED:
            told = summary(evaluation, on=today)
            unsigned = [
                row for row in told.unsettled if row.consensus is None or place not in row.consensus.signed_by.all()
            ]
            answered = [each for each in told.mendings if each.state == "answered"]
            if not unsigned and not answered:
                continue
        elif step.state in QUIET:
            continue
        url = reverse("evaluation-place", args=[evaluation.pk])
        yield _item(evaluation, str(step.text), url, f"panel:{place.pk}", evaluation.visit_on)


def for_officers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the evaluations whose sheets can be opened, or whose opinion is to be given."""
    for evaluation in evaluations_for(actor).filter(state__in=(S.VISIT, S.OPENED)).select_related("criteria"):
        url = reverse("evaluation-panel", args=[evaluation.pk])
        if evaluation.state == S.VISIT:
            stage = stage_now(evaluation)
            sealed, size = sealed_now(evaluation, stage) if stage else (0, 0)
            if sealed == size > 0:
                yield _item(evaluation, _("Open all sheets at once"), url, f"open-sheets:{evaluation.pk}", None)
        else:
            due = max((each.row.due_on for each in mendings_of(evaluation) if each.is_open), default=None)
            yield _item(evaluation, _("Give the consolidated opinion"), url, f"conclude:{evaluation.pk}", due)


def for_applicants(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield what the applicant has to mend, by its last day."""
    for evaluation in own_evaluations(actor).filter(state=S.OPENED):
        for each in mendings_of(evaluation, on=today):
            if each.state == "ordered":
                url = reverse("evaluation-own", args=[evaluation.pk])
                what = _("Mend: %(what)s") % {"what": each.row.what[:60]}
                yield _item(evaluation, what, url, f"mend:{each.row.pk}", each.row.due_on)


def _item(evaluation: Evaluation, what: str, url: str, key: str, deadline: date | None) -> QueueItem:
    return QueueItem(
        what=what,
        sub=evaluation.number,
        subject=evaluation.applicant_name,
        url=url,
        action_label=_("Open"),
        deadline=deadline,
        cites=cites_of(evaluation),
        key=key,
    )
