"""Opening an evaluation and stopping it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.evaluation.models import Evaluation
from gongjiang.evaluation.permissions import KEEPERS, require
from gongjiang.evaluation.queries import newest_criteria, open_evaluation_of
from gongjiang.evaluation.reasons import reason_missing
from gongjiang.evaluation.seeding import commit_seed
from gongjiang.kernel import audit, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.numbers import next_number
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law.model import Citation
from gongjiang.standards.models import Occupation


@transaction.atomic
def open_evaluation(
    *,
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    applicant_name: str,
    credit_code: str,
    regime: str,
    purpose: str,
    occupations: Sequence[Occupation],
    stages: Sequence[str],
    site_visit: bool = True,
    subject_kind: str = "",
    subject_id: str = "",
    submission_digest: str = "",
    cites: Iterable[Citation] = (),
) -> Evaluation:
    """Open the evaluation of an applicant by the authority and commit to the seed of its draw at once.

    ``stages`` are those of :class:`Stage` that the panel does; ``submission_digest`` is the SHA-256 of what the
    applicant handed in, a part of the lot that the platform doesn't choose.

    :raises NotAllowed: the actor isn't an officer who answers for the authority.
    :raises Refused: no occupation or stage, no criteria in force, or an evaluation of the subject is under way.
    """
    asked = _("Open an evaluation")
    require(actor, *KEEPERS, asked=asked, path=organisation.path)
    day = at.astimezone(SHANGHAI).date()
    number = next_number(f"evaluation.{organisation.place_code}.{day.year}")
    criteria = newest_criteria(regime, day)
    grounds = [] if occupations and stages else [_nothing_to_do()]
    if criteria is None:
        grounds.append(_no_criteria())
    if subject_id and (running := open_evaluation_of(subject_kind, subject_id)):
        why = _("An evaluation of it is under way: %(number)s.") % {"number": running.number}
        grounds.append(Ground(why, _("Go on with it, or stop it with a reason."), code="evaluation-open"))
    refuse_if(asked, grounds)
    assert criteria is not None  # else refused above
    rests_on = tuple(cites)
    evaluation = Evaluation.everything.create(
        organisation=organisation,
        number=f"PG-{organisation.place_code}-{day.year}-{number:04d}",
        applicant_name=applicant_name,
        credit_code=credit_code,
        regime=regime,
        purpose=purpose,
        subject_kind=subject_kind,
        subject_id=subject_id,
        submission_digest=submission_digest,
        criteria=criteria,
        stages=[str(stage) for stage in stages],
        site_visit=site_visit,
        opened_on=day,
        cites=[cite.key for cite in rests_on],
    )
    evaluation.occupations.set(occupations)
    draw = commit_seed(evaluation, at=at)
    facts = {"number": evaluation.number, "commitment": draw.commitment, "submission": submission_digest}
    audit.record(actor=actor, action="evaluation.open", subject=evaluation, at=at, facts=facts, cites=rests_on)
    return evaluation


@transaction.atomic
def stop(*, actor: Actor, at: datetime, evaluation: Evaluation, reason: str, cites: Iterable[Citation] = ()) -> None:
    """Stop the evaluation for good, with a reason: the application was withdrawn, or is to be evaluated anew.

    :raises NotAllowed: it is concluded or stopped already, or the actor isn't an officer of the authority.
    :raises Refused: no reason is given.
    """
    asked = _("Stop the evaluation")
    require(actor, *KEEPERS, asked=asked, path=evaluation.organisation.path, subject=evaluation)
    refuse_if(asked, reason_missing(reason), subject=evaluation)
    workflow.apply(evaluation, "stop", actor=actor, at=at, reason=reason.strip(), cites=cites)


def _nothing_to_do() -> Ground:
    why = _("No occupation or no step is named.")
    return Ground(why, _("Name the occupations applied for and the steps of the panel."), code="nothing-to-evaluate")


def _no_criteria() -> Ground:
    why = _("No evaluation standard is in force for the place.")
    return Ground(why, _("Publish a version of the evaluation standard first."), code="no-criteria")
