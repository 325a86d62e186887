"""What waits for whom around scores and results, and what a batch's page shows of them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.accounts.queries import names_of
from gongjiang.kernel import notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.queue import QueueItem
from gongjiang.kernel.refusal import Ground
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batches_for, review_rule
from gongjiang.planning.states import BatchState
from gongjiang.results import figures, permissions, queries, rules, rules_notice, rules_veto, shown, tables

S = BatchState
WITH_RESULTS = (S.SCORED, S.RESULT_REVIEW, S.ON_NOTICE, S.CONFIRMED, S.ISSUED, S.REPORTED)


def marking(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield parts to enter, sheets that another person entered, and batches whose scores are whole."""
    for batch in batches_for(actor).filter(state=S.MARKING):
        progress = queries.progress(batch)
        for each in progress:
            if each.entered < each.due and actor.has(*permissions.ENTER):
                what = _("Enter scores: %(part)s") % {"part": rules.part_label(each.part)}
                sub = _("%(n)s of %(due)s are on record") % {"n": each.entered, "due": each.due}
                url = reverse("score-entry", args=[batch.pk, each.part])
                yield _item(batch, what, sub, url, _("Enter"), f"enter:{batch.pk}:{each.part}")
        whole = bool(progress) and all(each.is_whole for each in progress)
        if whole and actor.has(*permissions.CONFIRM):
            url = reverse("batch-scores", args=[batch.pk])
            sub = _("Every part is entered and confirmed by a second person")
            yield _item(batch, _("Make the results"), sub, url, _("Open"), f"scores:{batch.pk}")


def second_person(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield sheets that somebody else entered and that await a second person."""
    found = queries.sheets_for(actor).filter(
        confirmed_at__isnull=True, batch__state__in=(S.MARKING, S.ON_NOTICE), scores__superseded=False
    )
    sheets = list(found.exclude(entered_by_id=actor.user_id).distinct())
    names = names_of({sheet.entered_by_id for sheet in sheets})
    for sheet in sheets:
        what = _("Confirm scores: %(part)s") % {"part": rules.part_label(sheet.part)}
        sub = _("entered by %(name)s on %(day)s") % {
            "name": names.get(sheet.entered_by_id, ""),
            "day": f"{sheet.entered_at.astimezone(SHANGHAI):%m-%d}",
        }
        url = reverse("score-sheet", args=[sheet.pk])
        yield _item(sheet.batch, what, sub, url, _("Compare"), f"sheet:{sheet.pk}")


def vetoes(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield vetoes that somebody else proposed and that await a second person."""
    found = queries.vetoes_for(actor).filter(upheld=None, enrolment__batch__state__in=rules_veto.OPEN_IN)
    for veto in found.exclude(proposed_by_id=actor.user_id):
        url = reverse("veto", args=[veto.pk])
        what = _("Decide on an ethics veto: %(name)s") % {"name": veto.enrolment.name}
        batch = veto.enrolment.batch
        cites = rules_veto.ethics_cites(batch)
        yield QueueItem(what, veto.reason[:40], batch.title, url, _("Decide"), cites=cites, key=f"veto:{veto.pk}")


def clerks(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield results to submit or post, objections nobody replies to yet, and notices that are over."""
    for batch in batches_for(actor).filter(state=S.SCORED):
        url = reverse("batch", args=[batch.pk])
        if review_rule(batch) and not batch.results_approved_on:
            yield _item(batch, _("Submit the results for review"), "", url, _("Open"), f"submit:{batch.pk}")
        else:
            url = reverse("results-post", args=[batch.pk])
            yield _item(batch, _("Post the results for objection"), "", url, _("Preview"), f"post:{batch.pk}")
    for batch in batches_for(actor).filter(state=S.ON_NOTICE):
        if all(today > each.last_day and not each.provisional for each in queries.notices_in(batch)):
            url = reverse("batch", args=[batch.pk])
            sub = _("The notice is over")
            yield _item(batch, _("Confirm the results"), sub, url, _("Open"), f"confirm:{batch.pk}")
    yield from _replies(actor, queries.objections_for(actor).filter(replied_at=None, assigned_to_id=None), assign=True)


def repliers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the replies assigned to the actor."""
    own = queries.objections_for(actor).filter(replied_at=None, assigned_to_id=actor.user_id)
    yield from _replies(actor, own, assign=False)


def authorities(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield replies that bodies under the actor owe and are late with (MRK-03)."""
    late = queries.objections_for(actor).filter(replied_at=None, reply_provisional=False, reply_last_day__lt=today)
    for objection in late:
        batch = queries.batch_of(objection.notice)
        what = _("A reply to an objection is overdue")
        url = reverse("objection", args=[objection.pk])
        yield QueueItem(
            what,
            batch.body.name if batch else "",
            batch.title if batch else "",
            url,
            _("Open"),
            objection.reply_last_day,
            cites=notices.cites_of(objection.reply_cites),
            key=f"late:{objection.pk}",
        )


def reviewers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield results that await the centre's review."""
    for batch in batches_for(actor).filter(state=S.RESULT_REVIEW):
        url = reverse("batch", args=[batch.pk])
        yield _item(batch, _("Review the results"), batch.body.name, url, _("Open"), f"review:{batch.pk}")


def _replies(actor: Actor, found: Any, *, assign: bool) -> Iterator[QueueItem]:
    batches = queries.batches_of([objection.notice for objection in found])
    for objection in found:
        batch = batches.get(objection.notice_id)
        yield QueueItem(
            _("Assign the reply to an objection") if assign else _("Reply to an objection"),
            objection.text[:40],
            batch.title if batch else "",
            reverse("objection", args=[objection.pk]),
            _("Assign") if assign else _("Reply"),
            objection.reply_last_day,
            objection.reply_provisional,
            notices.cites_of(objection.reply_cites),
            f"objection:{objection.pk}",
        )


def _item(batch: Batch, what: str, sub: str, url: str, action: str, key: str) -> QueueItem:
    return QueueItem(what, sub, batch.title, url, action, cites=rules.marking_cites(batch), key=key)


def scores_whole(batch: Batch, actor: Actor, at: datetime) -> list[Ground]:
    """Return what stands in the way of confirming the scores, as the batch's page shows it."""
    return rules.against_scores(batch, thorough=False)


def may_submit(batch: Batch, actor: Actor, at: datetime) -> list[Ground]:
    """Return why the results aren't to be submitted."""
    return list(rules.against_submitting(batch))


def may_post(batch: Batch, actor: Actor, at: datetime) -> list[Ground]:
    """Return why the results can't be posted, as the batch's page shows it."""
    return rules_notice.against_posting(batch, at, thorough=False)


def may_confirm(batch: Batch, actor: Actor, at: datetime) -> list[Ground]:
    """Return what stands in the way of final results, as the batch's page shows it."""
    return rules_notice.against_confirming(batch, at, thorough=False)


def notice_section(batch: Batch, actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Return the notice with its days counted, re-opened ones and objections; None before the posting."""
    if batch.noticed_on is None:
        return None
    found = list(queries.notices_in(batch))
    own = next((each for each in found if each.subject_kind == "planning.batch"), None)
    if own is None:
        return None
    objections = list(queries.objections_in(batch))
    return {
        "notice": own,
        "due": shown.notice_due(own, at.date()),
        "running": batch.state == S.ON_NOTICE,
        "opens": _("results final"),
        "again": [(each, shown.notice_due(each, at.date())) for each in found if each is not own],
        "objections": tables.batch_objections(objections, at, linked=actor.has(*permissions.READ))
        if objections
        else None,
        "reads": actor.has(*permissions.READ),
    }


def scores_section(batch: Batch, actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Return while marking each part's progress, afterwards the results by line; None before the exam is over."""
    if batch.state == S.MARKING:
        enters = actor.has(*permissions.ENTER)
        progress = queries.progress(batch)
        return {"batch": batch, "progress": tables.progress_table(batch, progress, may_enter=enters)}
    if batch.state in WITH_RESULTS:
        reviewed = batch.state == S.RESULT_REVIEW and actor.has(*permissions.REVIEW)
        sample = figures.sample_of(batch, at.date()) if reviewed else []
        return {
            "batch": batch,
            "rates": figures.rates(batch),
            "reads": actor.has(*permissions.READ),
            "sample": tables.results_table(sample, queries.part_kinds(batch)) if sample else None,
        }
    return None
