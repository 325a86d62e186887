"""What must hold before results are posted, objected to, answered for and final."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from gongjiang.kernel import notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of, review_rule
from gongjiang.results import queries, rules, rules_veto
from gongjiang.results.models import Result


def against_posting(batch: Batch, at: datetime, *, thorough: bool = True) -> list[Ground]:
    """Return why the results can't be posted now; only a thorough look compares every row with the trail."""
    grounds = [*_without_rule(batch, at), *rules_veto.undecided(batch)]
    rule = review_rule(batch)
    if rule and not batch.results_approved_on:
        why = _("Here results are reviewed before they are posted.")
        way = _("Submit them for review; posting follows the approval.")
        grounds.append(Ground(why, way, rule.cites, "results-not-reviewed"))
    return [*grounds, *rules.edited_results(batch)] if thorough else grounds


def _without_rule(batch: Batch, at: datetime) -> Iterator[Ground]:
    place, day = regime_of(batch), at.date()
    silent = [
        question
        for question in (ask.RESULT_NOTICE_WORKING_DAYS, ask.OBJECTION_REPLY_WORKING_DAYS)
        if question.get(place=place, day=day) is None
    ]
    for question in silent:
        name = _("how long results are posted")
        if question is ask.OBJECTION_REPLY_WORKING_DAYS:
            name = _("by when an objection is answered")
        why = _("No document at hand says for %(place)s %(what)s.") % {"place": place.name, "what": name}
        way = _("Ask the authority of %(place)s for its rule and have it added to the law; nothing is guessed.") % {
            "place": place.name
        }
        yield Ground(why, way, code="no-rule")


def against_confirming(batch: Batch, at: datetime, *, thorough: bool = True) -> list[Ground]:
    """Return what stands between the notice and the final results: its term, objections, sheets, edited rows.

    Only a thorough look, which acts take and pages don't, compares every row with the trail.
    """
    found = list(queries.notices_in(batch).order_by("posted_on", "pk"))
    newest = {notice.subject_id + notice.subject_kind: notice for notice in found}
    running = [ground for notice in newest.values() for ground in _not_over(notice, at)]
    grounds = [*running, *_objected(batch), *rules.unconfirmed(batch), *rules_veto.undecided(batch)]
    return [*grounds, *rules.edited_results(batch)] if thorough else grounds


def _not_over(notice: PublicNotice, at: datetime) -> Iterator[Ground]:
    cites, url = notices.cites_of(notice.cites), rules.url_of("notice", notice.pk)
    opens = notices.end_of(notice.last_day).date()
    if notice.provisional:
        why = _(
            "The last day, about %(day)s, is an estimate: the State Council's holiday notice of that year isn't out."
        )
        way = _("Load the holiday notice once it is published; the term is then counted anew.")
        yield Ground(why % {"day": notice.last_day}, way, cites, "notice-provisional", url)
    elif not notices.is_over(notice, at):
        if notice.subject_kind == "planning.batch":
            why = _("The notice runs through %(day)s, 24:00 (%(n)s working days from %(posted)s).")
        else:
            why = _("One changed result is posted anew through %(day)s, 24:00 (%(n)s working days).")
        way = _("Wait until %(day)s 00:00.") % {"day": opens}
        told = {"day": notice.last_day, "n": notice.working_days, "posted": notice.posted_on}
        yield Ground(why % told, way, cites, "notice-running", url)


def _objected(batch: Batch) -> Iterator[Ground]:
    for objection in queries.objections_in(batch).filter(replied_at=None):
        why = _("An objection of %(day)s has no reply.") % {"day": f"{objection.raised_at.astimezone(SHANGHAI):%m-%d}"}
        way = _("Reply through %(day)s, by someone who neither entered nor confirmed the scores.") % {
            "day": objection.reply_last_day
        }
        yield Ground(
            why, way, notices.cites_of(objection.reply_cites), "objection-open", rules.url_of("objection", objection.pk)
        )


def against_replier(objection: Objection, actor: Actor, behind: Iterable[int]) -> Iterator[Ground]:
    """Yield why this actor may not be the one who replies."""
    cites = notices.cites_of(objection.reply_cites)
    if actor.user_id in set(behind):
        why = _("You entered or confirmed the scores that are objected to.")
        yield Ground(why, _("Have the reply assigned to another person."), cites, "same-person")
    if objection.assigned_to_id not in (None, actor.user_id):
        why, way = _("The reply is assigned to somebody else."), _("Ask to have it assigned to you.")
        yield Ground(why, way, cites, "assigned-to-another")


def against_new_scores(batch: Batch, upheld: bool, given: bool) -> Iterator[Ground]:
    """Yield why a score can't be changed with this reply."""
    if given and not upheld:
        why, way = _("A score is changed only by an upheld objection."), _("Uphold it, or leave the scores.")
        yield Ground(why, way, rules.marking_cites(batch), "not-upheld")


def against_object(result: Result, actor: Actor, notice: PublicNotice | None, key: str) -> Iterator[Ground]:
    """Yield why this actor may not object to the result."""
    cites = rules.marking_cites(result.enrolment.batch)
    own = actor.kind == "candidate" and actor.person_key == result.enrolment.candidate.person_key
    clerk = actor.kind == "staff" and actor.sees(result.enrolment.batch.body.organisation.path or "-")
    if not (own or clerk):
        yield Ground(
            _("It is another person's result."),
            _("Object to your own, or ask the body's clerk."),
            cites,
            "not-own",
        )
    if notice is None:
        yield Ground(
            _("The result isn't posted."),
            _("Wait for the notice."),
            cites,
            "notice-not-posted",
        )
    if notices.pending_about([result]).exclude(key=key).exists():
        why, way = (
            _("An objection to this result awaits its reply."),
            _("Wait for the reply; you can object again then."),
        )
        yield Ground(why, way, cites, "objection-open")
