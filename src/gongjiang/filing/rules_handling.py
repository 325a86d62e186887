"""What stands in the way of each act of the authority, with the article and what would make it possible.

The same grounds are shown before the act and raised in it.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongjiang.evaluation import queries as evaluations
from gongjiang.evaluation.states import EvaluationState
from gongjiang.filing import effects, flow, labels, routing
from gongjiang.filing.models import Application
from gongjiang.filing.who import against_hand
from gongjiang.kernel import notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import PublicNotice
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place as place_of

SHORTEST_REASON = 4


def stands_in_the_way(application: Application, act: str, actor: Actor, at: datetime) -> list[Ground]:
    """Return what stands in the way of the act by this actor now; nothing means that it can be done."""
    day = local(at)
    grounds = [*against_hand(application, act, actor, day), *against_person(application, act, actor, day)]
    return [*grounds, *(WHAT[act](application, at) if act in WHAT else ())]


def locked(application: Application) -> Application:
    """Return the application's row, locked: two acts on one application follow one another."""
    held: Application = Application.everything.select_for_update().get(pk=application.pk)
    return held


def local(at: datetime) -> date:
    """Return the day of the instant in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()


# Three people


def against_person(application: Application, act: str, actor: Actor, day: date) -> Iterable[Ground]:
    """Yield the ground that the actor had a hand in an earlier step that somebody else must answer for."""
    earlier = {"deliberate": ("accepted",), "sign_letter": ("accepted", "deliberated"), "refuse": ("accepted",)}
    done = {"accepted": application.accepted_by_id, "deliberated": application.deliberated_by_id}
    for step in earlier.get(act, ()):
        if actor.user_id is not None and done[step] == actor.user_id:
            yield _same_person(application, step, day)
            return


def _same_person(application: Application, step: str, day: date) -> Ground:
    words = {
        "accepted": _("You accepted this application; who deliberates and who signs are other people."),
        "deliberated": _("You recorded the deliberation; who signs is somebody else."),
    }
    rule = ask.OFFICERS_DISTINCT.get(place=place_of(application.regime), day=day)
    way = _("Leave it to a colleague who had no part in it.")
    return Ground(words[step], way, rule.cites if rule else (), "same-person")


# Before each act


def _against_accepting(application: Application, at: datetime) -> Iterable[Ground]:
    if application.body_id is not None:
        return
    applicant = application.applicant
    day = application.applied_on or local(at)
    route = routing.authority_for(application.affiliation, applicant.place_code, application.regime, on=day)
    if route.organisation.pk != application.authority_id:
        why = _("By affiliation and place it belongs to %(name)s.") % {"name": route.organisation.name}
        yield Ground(why, _("Send it on, with the reason."), route.cites, "wrong-recipient")


def _against_opening(application: Application, at: datetime) -> Iterable[Ground]:
    day = local(at)
    if not flow.asks_panel(application, day):
        yield Ground(_("No panel evaluates this kind of application here."), _("Write the opinions."), code="no-panel")
    standing = application.evaluation
    if standing is not None and standing.state != EvaluationState.STOPPED:
        why = _("An evaluation of it is under way: %(number)s.") % {"number": standing.number}
        yield Ground(why, _("Go on with it, or stop it with a reason."), code="evaluation-open")


def _against_concluding(application: Application, at: datetime) -> Iterable[Ground]:
    day = local(at)
    items = flow.items_of(application, day)
    written = set(application.opinions.values_list("item", flat=True))
    lacking = [key for key in items if key not in written]
    if lacking:
        step = next((key for key in ("preliminary_evaluation", "document_check", "work_evaluation")
                     if flow.asks(application, key, day)), "")  # fmt: skip
        why = _("No opinion is written on: %(items)s.") % {"items": "、".join(map(item_label, lacking))}
        cites = flow.cites_of(application, step, day)
        yield Ground(why, _("Write an opinion on each item, whether it is met or not."), cites, "opinion-missing")
    if flow.asks_panel(application, day):
        yield from _against_panel(application, at)


def _against_panel(application: Application, at: datetime) -> Iterable[Ground]:
    evaluation = application.evaluation
    cites = flow.cites_of(application, "technical_evaluation", local(at))
    if evaluation is None or evaluation.state == EvaluationState.STOPPED:
        yield Ground(
            _("No panel has evaluated the applicant."),
            _("Open the evaluation and draw the panel."),
            cites,
            "no-panel-yet",
        )
        return
    if evaluation.state == EvaluationState.CONCLUDED:
        return
    why = _("The panel hasn't given its consolidated opinion.")
    yield Ground(why, _("Give it in evaluation %(number)s.") % {"number": evaluation.number}, cites, "not-concluded")
    yield from evaluations.against_concluding(evaluation, at)


def against_favour(application: Application) -> Iterable[Ground]:
    """Yield why the deliberation can't be favourable: the panel's verdict, or an item found not met."""
    unmet = [item_label(each.item) for each in application.opinions.all() if not each.met]
    way = _("Record an unfavourable deliberation, or return to the applicant.")
    if unmet:
        why = _("Found not met: %(items)s.") % {"items": "、".join(unmet)}
        yield Ground(why, way, code="item-not-met")
    evaluation = application.evaluation
    if evaluation is not None and evaluation.verdict is False:
        cites = tuple(Citation.parse(key) for key in evaluation.cites)
        yield Ground(_("The panel's consolidated opinion is against it."), way, cites, "panel-against")


def _against_posting(application: Application, at: datetime) -> Iterable[Ground]:
    yield from _not_favourable(application, at)
    if not application.asks_notice:
        why = _("No notice is asked for here.")
        yield Ground(why, _("Hand it up for the letter."), code="no-notice-here")


def _against_clearing(application: Application, at: datetime) -> Iterable[Ground]:
    yield from _not_favourable(application, at)
    if application.asks_notice:
        yield from against_notice(application, notices.newest_on(application), at)


def against_notice(application: Application, notice: PublicNotice | None, at: datetime) -> Iterable[Ground]:
    """Yield why the notice doesn't yet let the application on: not posted, running, estimated, or objected to."""
    cites = flow.cites_of(application, "public_notice", local(at))
    if notice is None:
        yield Ground(_("It hasn't been posted for objection."), _("Post the public notice."), cites, "not-posted")
        return
    if notice.provisional:
        why = _("The holidays of the notice's year aren't announced; its last day is an estimate.")
        yield Ground(why, _("Load the year's holiday notice."), cites, "notice-provisional")
    elif not notices.is_over(notice, at):
        why = _("The notice runs through %(day)s 24:00.") % {"day": notice.last_day}
        yield Ground(why, _("Go on from the next day, 00:00."), cites, "notice-running")
    waiting = notices.pending(application).count()
    if waiting:
        why = _("%(n)s objections have no reply.") % {"n": waiting}
        yield Ground(why, _("Somebody who had no part in the decision replies first."), cites, "objection-pending")
    if notice.objections.filter(upheld=True).exists():
        why = _("An objection was upheld.")
        yield Ground(why, _("Refuse the application; the applicant may apply anew."), cites, "objection-upheld")


def _not_favourable(application: Application, at: datetime) -> Iterable[Ground]:
    if application.favourable is False:
        cites = flow.cites_of(application, "deliberation", local(at))
        way = _("Refuse the application with the reason.")
        yield Ground(_("The deliberation was unfavourable."), way, cites, "not-favourable")


def _against_signing(application: Application, at: datetime) -> Iterable[Ground]:
    day = local(at)
    if flow.asks(application, "undertaking", day) and application.undertaking_at is None:
        cites = flow.cites_of(application, "undertaking", day)
        why = _("The applicant hasn't signed the undertaking.")
        yield Ground(why, _("It signs on the application's page; it has been told."), cites, "undertaking-missing")
    yield from effects.effect_of(application).against(application, at)


def against_words(text: str) -> list[Ground]:
    """Return the ground that a reason or an opinion says nothing."""
    if len(text.strip()) >= SHORTEST_REASON:
        return []
    return [Ground(_("It says nothing."), _("Write in a few words why."), code="words-missing")]


def item_label(key: str) -> str:
    """Return what an item of an opinion is called: a condition, a paper, or the evaluation of the work done."""
    if key == "work_evaluation":
        return _("Work done in the term")
    return labels.condition(key) if key in labels.CONDITIONS else labels.material(key)


WHAT: dict[str, Callable[[Application, datetime], Iterable[Ground]]] = {
    "accept": _against_accepting,
    "open_evaluation": _against_opening,
    "conclude_evaluation": _against_concluding,
    "post_notice": _against_posting,
    "clear": _against_clearing,
    "sign_letter": _against_signing,
}
