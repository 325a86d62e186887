"""From the recipient's desk to the end of the evaluation: routing, acceptance, corrections, opinions, the panel."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, User
from gongjiang.bodies.models import AssessmentBody
from gongjiang.evaluation.actions import open_evaluation as open_panel
from gongjiang.evaluation.models import Stage
from gongjiang.filing import flow, routing
from gongjiang.filing.models import Application, Correction, Routing
from gongjiang.filing.rules_handling import against_words, local, locked, stands_in_the_way
from gongjiang.filing.states import ApplicationState
from gongjiang.filing.telling import tell_applicant
from gongjiang.filing.who import hand_of
from gongjiang.kernel import audit, calendars, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law.model import Citation
from gongjiang.standards.models import Occupation

S = ApplicationState


@dataclass(frozen=True, slots=True)
class LackingItem:
    """One item of a return for correction: a condition or a paper, what lacks, and what would mend it."""

    item: str
    lacks: str
    mend: str


@transaction.atomic
def reroute(
    *, actor: Actor, at: datetime, application: Application, affiliation: str, place_code: str, reason: str
) -> Routing:
    """Send a submitted application on to the authority that takes units of this affiliation at this place.

    The applicant's organisation moves below that authority, so that the earlier recipient no longer sees it.

    :raises NotAllowed: it isn't waiting for acceptance.
    :raises Refused: another authority's, no reason, the same recipient, or the applicant is on file under one.
    """
    application = locked(application)
    asked = _("Send the application on")
    workflow_ground = [] if application.state == S.SUBMITTED else [_not_waiting()]
    day = application.applied_on or local(at)
    route = routing.authority_for(affiliation, place_code, application.regime, on=day)
    grounds = [*workflow_ground, *stands_in_the_way(application, "reroute", actor, at), *against_words(reason)]
    if route.organisation.pk == application.authority_id:
        why = _("It is with %(name)s already.") % {"name": route.organisation.name}
        grounds.append(Ground(why, _("Correct the affiliation or the place, or accept it."), route.cites, "same"))
    if AssessmentBody.everything.filter(organisation_id=application.applicant.organisation_id).exists():
        why = _("A body on file answers to the authority that selected it.")
        grounds.append(Ground(why, _("Leave it with that authority."), route.cites, "on-file"))
    refuse_if(asked, grounds, subject=application)
    before = application.authority.name
    _move(application, route.organisation, affiliation, place_code)
    routed = Routing.objects.create(
        application=application,
        to=route.organisation,
        reason=reason.strip(),
        routed_by_id=actor.user_id,
        routed_at=at,
        cites=[cite.key for cite in route.cites],
    )
    facts = {"from": before, "to": route.organisation.name, "affiliation": affiliation, "place": place_code}
    audit.record(
        actor=actor,
        action="application.reroute",
        subject=application,
        at=at,
        facts=facts,
        cites=route.cites,
        reason=routed.reason,
    )
    words = _("Your application is now with %(name)s.") % {"name": route.organisation.name}
    tell_applicant(application, f"reroute:{routed.pk}", words, at, cites=route.cites)
    return routed


def _not_waiting() -> Ground:
    way = _("An application is sent on before it is accepted.")
    return Ground(_("It isn't waiting for acceptance."), way, code="wrong-state")


def _move(application: Application, to: Organisation, affiliation: str, place_code: str) -> None:
    applicant = application.applicant
    organisation = Organisation.objects.select_for_update().get(pk=applicant.organisation_id)
    organisation.parent, organisation.place_code = to, place_code
    organisation.path = f"{to.path}{organisation.pk}/"
    organisation.save(update_fields=["parent", "place_code", "path"])
    applicant.affiliation, applicant.place_code = affiliation, place_code
    applicant.save(update_fields=["affiliation", "place_code"])
    application.authority, application.affiliation = to, affiliation
    application.save(update_fields=["authority", "affiliation"])


@transaction.atomic
def accept(*, actor: Actor, at: datetime, application: Application) -> Application:
    """Accept the application: its flow is fixed, and whether it asks for a panel and a notice.

    :raises NotAllowed: wrong state or role.
    :raises Refused: another authority's, or another recipient by affiliation and place.
    """
    application = locked(application)
    day = local(at)
    application.workflow.require("accept", application, actor=actor, on=day)
    refuse_if(_("Accept the application"), stands_in_the_way(application, "accept", actor, at), subject=application)
    application.flow = application.flow or flow.frozen(application, day)
    application.asks_panel = flow.asks_panel(application, day)
    application.asks_notice = flow.asks(application, "public_notice", day)
    application.accepted_on, application.accepted_by_id = day, actor.user_id
    application.save(update_fields=["flow", "asks_panel", "asks_notice", "accepted_on", "accepted_by"])
    cites = tuple(dict.fromkeys((*flow.cites_of(application, "acceptance", day), *_hand_cites(application, at))))
    workflow.apply(application, "accept", actor=actor, at=at, cites=cites)
    words = _("Your application is accepted; the evaluation begins.")
    tell_applicant(application, f"accept:{application.pk}", words, at, cites=cites)
    return application


def _hand_cites(application: Application, at: datetime) -> tuple[Citation, ...]:
    return hand_of(application, "accept", local(at)).cites


@transaction.atomic
def return_for_correction(
    *, actor: Actor, at: datetime, application: Application, items: Sequence[LackingItem]
) -> Correction:
    """Return a submitted application, naming each item that lacks and what would mend it.

    The applicant's days for it are a setting of the place; they close nothing.

    :raises NotAllowed: wrong state or role.
    :raises Refused: another authority's, no item is named, or one says nothing.
    """
    application = locked(application)
    day = local(at)
    application.workflow.require("return_for_correction", application, actor=actor, on=day)
    grounds = stands_in_the_way(application, "return_for_correction", actor, at)
    if not items or any(not each.lacks.strip() for each in items):
        why = _("No item is named, or one says nothing.")
        grounds.append(Ground(why, _("Name each item that lacks, and what would mend it."), code="no-items"))
    refuse_if(_("Return for correction"), grounds, subject=application)
    days = setting("filing.internal_days", place=application.regime, day=day).value["correct"]
    correction = Correction.objects.create(
        application=application,
        round=application.round,
        items=[asdict(each) for each in items],
        returned_by=User.objects.get(pk=actor.user_id or 0),
        returned_at=at,
        due_on=calendars.current().term(day, days).last_day,
    )
    facts = {"items": [each.item for each in items], "due": correction.due_on, "round": application.round}
    workflow.apply(application, "return_for_correction", actor=actor, at=at, facts=facts)
    words = _("Your application is returned for correction of %(n)s items until %(day)s.") % {
        "n": len(items),
        "day": correction.due_on,
    }
    tell_applicant(application, f"correction:{correction.pk}", words, at)
    return correction


@transaction.atomic
def open_evaluation(*, actor: Actor, at: datetime, application: Application) -> Application:
    """Open the panel's evaluation of the applicant, for the occupations asked for and the steps of the flow.

    :raises Refused: no panel here, one is under way, another authority's, or it isn't under evaluation.
    """
    application = locked(application)
    day = local(at)
    grounds = stands_in_the_way(application, "open_evaluation", actor, at)
    if application.state != S.ACCEPTED:
        why = _("A panel is called while the application is under evaluation.")
        grounds.append(Ground(why, _("Accept it first."), code="wrong-state"))
    refuse_if(_("Open the evaluation"), grounds, subject=application)
    applicant = application.applicant
    stages = [Stage.PRELIMINARY] if flow.asks(application, "preliminary_evaluation", day) else []
    newest = application.snapshots.order_by("-round").first()
    evaluation = open_panel(
        actor=actor,
        at=at,
        organisation=hand_of(application, "deliberate", day).organisations[0],
        applicant_name=applicant.name,
        credit_code=applicant.credit_code,
        regime=application.regime,
        purpose=application.kind,
        occupations=_occupations(application, day),
        stages=[*stages, Stage.TECHNICAL],
        site_visit=True,
        subject_kind="filing.application",
        subject_id=str(application.pk),
        submission_digest=newest.digest if newest else "",
        cites=flow.cites_of(application, "technical_evaluation", day),
    )
    application.evaluation = evaluation
    application.save(update_fields=["evaluation"])
    facts = {"evaluation": evaluation.number}
    cites = flow.cites_of(application, "technical_evaluation", day)
    audit.record(
        actor=actor, action="application.open_evaluation", subject=application, at=at, facts=facts, cites=cites
    )
    return application


def _occupations(application: Application, day: date) -> list[Occupation]:
    """Return what the panel judges: the occupations asked for, or where none is, those on file."""
    asked = Occupation.objects.filter(pk__in=application.scope.values("occupation"))
    if application.body is not None and not asked.exists():
        on_file = application.body.scope.filter(since__lte=day).exclude(until__lte=day)
        asked = Occupation.objects.filter(pk__in=on_file.values("occupation"))
    return list(asked.order_by("code"))


@transaction.atomic
def conclude_evaluation(*, actor: Actor, at: datetime, application: Application) -> Application:
    """Hand the application in for deliberation, its evaluation done: every opinion, and the panel's where asked.

    :raises NotAllowed: wrong state or role.
    :raises Refused: what lacks, every item at once.
    """
    application = locked(application)
    day = local(at)
    application.workflow.require("conclude_evaluation", application, actor=actor, on=day)
    grounds = stands_in_the_way(application, "conclude_evaluation", actor, at)
    refuse_if(_("Hand in for deliberation"), grounds, subject=application)
    application.evaluated_on = day
    application.save(update_fields=["evaluated_on"])
    unmet = sorted(application.opinions.filter(met=False).values_list("item", flat=True))
    facts = {"unmet": unmet, "verdict": application.evaluation.verdict if application.evaluation else None}
    steps = ("consolidated_evaluation", "work_evaluation", "document_check")
    cites = next((found for step in steps if (found := flow.cites_of(application, step, day))), ())
    workflow.apply(application, "conclude_evaluation", actor=actor, at=at, facts=facts, cites=cites)
    return application
