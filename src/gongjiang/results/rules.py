"""What scores, results and notices must satisfy, each as grounds of a refusal with its article."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.kernel.workflow import role_label
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of, review_rule
from gongjiang.planning.states import BatchState
from gongjiang.results import integrity, queries, rules_veto
from gongjiang.results.models import ScoreSheet
from gongjiang.standards.models import PartKind

NAMED = 5  # so many candidates are named in a refusal; the pages list all


def marking_cites(batch: Batch) -> tuple[Citation, ...]:
    """Return the articles by which the batch's papers are marked and its results posted, as they held at its exam."""
    rule = ask.RESULT_NOTICE_WORKING_DAYS.get(place=regime_of(batch), day=batch.noticed_on or batch.exam_until)
    return rule.cites if rule else ()


def method_cites(batch: Batch) -> tuple[Citation, ...]:
    """Return the articles by which the batch assesses by the parts of its standards, as its announcement's day had."""
    rule = ask.ASSESSMENT_METHODS.get(place=regime_of(batch), day=batch.announced_on or batch.planned_on)
    return rule.cites if rule else ()


def require_role(actor: Actor, roles: Iterable[str], asked: str, subject: models.Model) -> None:
    """Let holders of one of the roles pass.

    :raises NotAllowed: the actor holds none of them.
    """
    wanted = tuple(roles)
    if not actor.has(*wanted):
        way = _("Ask someone who is: %(roles)s.") % {"roles": ", ".join(map(role_label, wanted))}
        ground = Ground(_("Your role doesn't include this."), way, code="wrong-role")
        raise NotAllowed(asked, [ground], subject=subject)


def require_state(batch: Batch, asked: str, *states: str) -> None:
    """Let batches in one of the states pass.

    :raises NotAllowed: the batch stands elsewhere.
    """
    if batch.state not in states:
        labels = ", ".join(str(BatchState(state).label) for state in states)
        ground = Ground(
            _("It stands at “%(state)s”.") % {"state": BatchState(batch.state).label},
            _("This is open from: %(states)s.") % {"states": labels},
            marking_cites(batch),
            "wrong-state",
        )
        raise NotAllowed(asked, [ground], subject=batch)


def part_label(part: str) -> str:
    """Return a part's name in the reader's language."""
    return str(PartKind(part).label)


def against_sheet(sheet: ScoreSheet, actor: Actor) -> Iterator[Ground]:
    """Yield why this person may not confirm the sheet."""
    cites = marking_cites(sheet.batch)
    if sheet.confirmed_at is not None:
        yield Ground(_("The sheet is confirmed."), _("Nothing is left to do."), cites, "confirmed")
    if actor.user_id is None or sheet.entered_by_id == actor.user_id:
        yield Ground(
            _("You entered these scores yourself."),
            _("Have them confirmed by another person."),
            cites,
            "same-person",
        )
    if not sheet.scores.filter(superseded=False).exists():
        yield Ground(
            _("Every score of the sheet was corrected since."),
            _("Confirm the newer sheet."),
            cites,
            "superseded",
        )


def against_scores(batch: Batch, *, thorough: bool = True) -> list[Ground]:
    """Return why the batch's scores can't be confirmed: missing, unconfirmed, at odds with the exam day, or edited.

    Only a thorough look, which acts take and pages don't, compares every row with the trail.
    """
    found = [*_missing(batch), *unconfirmed(batch), *_contradicting(batch), *rules_veto.undecided(batch)]
    return [*found, *edited_scores(batch), *edited_vetoes(batch)] if thorough else found


def _missing(batch: Batch) -> Iterator[Ground]:
    missing = queries.missing_scores(batch)
    for kind in PartKind.values:
        names = [enrolment.name for enrolment, part in missing if part == kind]
        if names:
            why = _("%(part)s: %(n)s candidates have neither a score nor an absence: %(names)s.") % {
                "part": part_label(kind),
                "n": len(names),
                "names": _some(names),
            }
            url = url_of("score-entry", batch.pk, kind)
            yield Ground(why, _("Enter what is missing."), marking_cites(batch), "scores-missing", url)


def unconfirmed(batch: Batch) -> Iterator[Ground]:
    """Yield each sheet that nobody has confirmed."""
    for sheet in queries.open_sheets(batch):
        why = _("%(part)s: the sheet of %(day)s awaits a second person.") % {
            "part": part_label(sheet.part),
            "day": f"{sheet.entered_at.astimezone(SHANGHAI):%m-%d}",
        }
        way = _("Have it confirmed by someone who didn't enter it.")
        yield Ground(why, way, marking_cites(batch), "sheet-unconfirmed", url_of("score-sheet", sheet.pk))


def _contradicting(batch: Batch) -> Iterator[Ground]:
    void, came = queries.void_parts(batch), queries.attendance(batch)
    names = {
        key: score.enrolment_id
        for key, score in queries.current_scores(batch).items()
        if (score.value is not None and (key in void or came.get(key) is False))
        or (score.is_absent and not score.is_void and came.get(key) is True)
    }
    people = dict(queries.examinees(batch).values_list("pk", "name"))
    for (enrolment, part), _pk in names.items():
        why = _("%(name)s, %(part)s: the score contradicts the exam day's record.") % {
            "name": people.get(enrolment, ""),
            "part": part_label(part),
        }
        way = _("Enter a correction with its reason.")
        yield Ground(why, way, marking_cites(batch), "contradicts-exam-day", url_of("score-entry", batch.pk, part))


def edited_scores(batch: Batch) -> Iterator[Ground]:
    """Yield each standing score that was edited behind the platform's back, the row named."""
    for score in integrity.changed_scores(batch):
        yield _edited(batch, score.enrolment.name, score.part, f"results.score:{score.pk}")


def edited_vetoes(batch: Batch) -> Iterator[Ground]:
    """Yield each veto that was edited behind the platform's back, the row named."""
    for veto in integrity.changed_vetoes(batch):
        yield _edited(batch, veto.enrolment.name, "", f"results.ethicsveto:{veto.pk}")


def edited_results(batch: Batch) -> Iterator[Ground]:
    """Yield each result that differs from the marks it was made of, the row named."""
    scores = {score.enrolment_id: score for score in integrity.changed_scores(batch)}
    for result in integrity.changed_results(batch):
        score = scores.get(result.enrolment_id)
        part = score.part if score else ""
        row = f"results.score:{score.pk}" if score else f"results.result:{result.pk}"
        yield _edited(batch, result.enrolment.name, part, row)


def _edited(batch: Batch, name: str, part: str, row: str) -> Ground:
    why = _("The result differs from the marks as entered and confirmed: %(name)s %(part)s (row %(row)s).") % {
        "name": name,
        "part": part_label(part) if part else "",
        "row": row,
    }
    way = _("The row was changed behind the platform's back. Have the audit trail verified before anything else.")
    return Ground(why, way, marking_cites(batch), "result-differs")


def against_submitting(batch: Batch) -> Iterator[Ground]:
    """Yield why the results aren't to be submitted for review here, or not again."""
    rule = review_rule(batch)
    if rule is None:
        why = _("No rule in force for %(place)s has results reviewed.") % {"place": regime_of(batch).name}
        yield Ground(why, _("Post the results directly."), code="no-review-here")
    elif batch.results_approved_on:
        why = _("They were approved on %(day)s.") % {"day": batch.results_approved_on}
        yield Ground(why, _("Post the results."), rule.cites, "approved")


def reason_missing(reason: str) -> list[Ground]:
    """Return the ground that an act which others must understand was given no reason."""
    if reason.strip():
        return []
    way = _("Write the reason; those concerned will read it.")
    return [Ground(_("No reason is given."), way, code="reason-missing")]


def _some(names: list[str]) -> str:
    shown = "、".join(names[:NAMED])
    return shown if len(names) <= NAMED else _("%(names)s and %(n)s more") % {"names": shown, "n": len(names) - NAMED}


def url_of(name: str, *args: object) -> str:
    """Return the address of a page, '' where it isn't there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
