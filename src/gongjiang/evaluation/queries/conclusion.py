"""What stands in the way of the consolidated opinion."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from gongjiang.evaluation.models import Evaluation, Sheet
from gongjiang.evaluation.queries.overview import Summary, summary
from gongjiang.evaluation.queries.panel import cites_of, stage_now, stages_of
from gongjiang.evaluation.queries.record import active_panel, standing_draw
from gongjiang.evaluation.scoring import TENTH
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground
from gongjiang.law.model import Citation


def against_concluding(evaluation: Evaluation, at: datetime, *, verdict: bool = True) -> list[Ground]:
    """Return what stands against concluding with this verdict at the instant, every ground with its way on.

    An unfavourable verdict may be given over what isn't mended in time and over a veto; never while the applicant's
    time runs, and never without the panel's sheets and its word where they lie apart.
    """
    cites = cites_of(evaluation)
    lacking = list(_sheets(evaluation, cites))
    if lacking:
        return lacking
    told = summary(evaluation, on=at.astimezone(SHANGHAI).date())
    grounds = [*_apart(told, cites), *_mending(told, cites, verdict)]
    return [*grounds, *_against_favourable(told, cites)] if verdict else grounds


def _sheets(evaluation: Evaluation, cites: tuple[Citation, ...]) -> Iterator[Ground]:
    stage, size = stage_now(evaluation), standing_draw(evaluation).size
    if stage is not None:
        why = _("The sheets of “%(stage)s” aren't opened.") % {"stage": stage.label}
        yield Ground(why, _("All experts seal; then the sheets are opened at once."), cites, "unsealed")
        return
    panel = active_panel(evaluation)
    for each in stages_of(evaluation):
        have = Sheet.objects.filter(panelist__in=panel, stage=each, opened_at__isnull=False).count()
        if have < size:
            why = _("%(stage)s: %(have)s sheets, the panel has %(size)s.")
            words = why % {"stage": each.label, "have": have, "size": size}
            yield Ground(words, _("Stop this evaluation and open another with a whole panel."), cites, "too-few-sheets")


def _apart(told: Summary, cites: tuple[Citation, ...]) -> Iterator[Ground]:
    for row in told.unsettled:
        low, high = min(g.points for g in row.given), max(g.points for g in row.given)
        named = {"item": row.criterion.title, "low": low.normalize() + 0, "high": high.normalize() + 0}
        if row.consensus is None:
            why = _("“%(item)s” lies apart, from %(low)s to %(high)s, and the panel has written nothing on it.") % named
            way = _("Who leads the panel writes the consensus; everybody signs. The marks stay.")
            yield Ground(why, way, cites, "no-consensus")
            continue
        named |= {"have": row.signatures, "size": len(row.given)}
        why = _("The consensus on “%(item)s” bears %(have)s of %(size)s signatures.") % named
        yield Ground(why, _("Each expert of the panel signs it."), cites, "consensus-unsigned")


def _mending(told: Summary, cites: tuple[Citation, ...], verdict: bool) -> Iterator[Ground]:
    for each in told.mendings:
        if not (each.is_open if verdict else each.runs):
            continue
        named = {"what": each.row.what[:60], "day": each.row.due_on}
        if each.state == "answered":
            why = _("“%(what)s” hasn't been looked at again.") % named
            yield Ground(why, _("An expert who was there looks at the answer."), cites, "not-rechecked")
        elif each.state == "unmet":
            why = _("“%(what)s” was looked at again and isn't mended.") % named
            yield Ground(why, _("Order it once more, or give an unfavourable opinion."), cites, "not-mended")
        else:
            why = _("“%(what)s” is to be mended until %(day)s.") % named
            late = _("It is overdue: remind the applicant, or give an unfavourable opinion.")
            way = late if each.late else _("The applicant hands in an answer with proof; an expert looks at it.")
            yield Ground(why, way, cites, "rectification-open")


def _against_favourable(told: Summary, cites: tuple[Citation, ...]) -> Iterator[Ground]:
    for line in told.vetoes_open:
        if line.state == "raised":
            named = {"item": line.criterion.title, "letters": "、".join(each.letter for each in line.said)}
            why = _("The veto item “%(item)s” was found met by %(letters)s.") % named
            way = _("Order it to be mended and have it looked at again, or give an unfavourable opinion.")
            yield Ground(why, way, cites, "veto")
    criteria = told.evaluation.criteria
    if told.average is not None and told.average < criteria.pass_mark:
        named = {"average": str(told.average), "mark": str(criteria.pass_mark.quantize(TENTH))}
        why = _("The average is %(average)s, the pass mark %(mark)s.") % named
        yield Ground(why, _("Give an unfavourable opinion."), cites, "below-pass-mark")
    weak = [each.criterion.title for each in told.on_paper if not each.is_met]
    if told.average is None and weak:
        why = _("Most of the panel found not met: %(items)s.") % {"items": "、".join(weak)}
        yield Ground(why, _("Give an unfavourable opinion."), cites, "not-met-on-paper")
