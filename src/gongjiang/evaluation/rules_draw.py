"""What stands against a draw or a replacement, each as a ground with the way on."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongjiang.evaluation.models import Evaluation, Panelist, TieKind
from gongjiang.evaluation.rules_pool import NO_FIELD, Pool
from gongjiang.evaluation.states import EvaluationState
from gongjiang.kernel.refusal import Ground
from gongjiang.solvers.draw import TooFew, draw_panel

UNABLE = "unable"
"""Why an expert is replaced who isn't tied to the applicant: he or she can't come."""
REPLACEABLE = (EvaluationState.DRAWN, EvaluationState.VISIT)


def too_few(lack: TooFew, pool: Pool, evaluation: Evaluation) -> Iterator[Ground]:
    """Yield what lacks for a panel: people, or somebody for an occupation."""
    invite = _("Enter more experts, or ask in the pool of a neighbouring authority.")
    names = dict(evaluation.occupations.values_list("code", "name"))
    for code in lack.uncovered:
        able = [each for each in pool.tickets if code in each.fields]
        why = _("Nobody who may be drawn can judge %(code)s %(name)s: %(able)s in the pool can, all are excluded.")
        if not able:
            why = _("Nobody in the pool can judge %(code)s %(name)s.")
        words = why % {"code": code, "name": names.get(code, ""), "able": len(able)}
        yield Ground(words, invite, code="occupation-uncovered")
    if lack.have < lack.size:
        fit = sum(1 for kinds in pool.exclusions.values() if NO_FIELD not in kinds)
        why = _("%(have)s experts may be drawn, the panel has %(size)s; %(excluded)s with the field are excluded.")
        words = why % {"have": lack.have, "size": lack.size, "excluded": fit}
        yield Ground(words, invite, code="pool-too-small")
    if lack.tight:
        why = _("No %(size)s experts together can judge every occupation applied for.") % {"size": lack.size}
        way = _("Enter experts who judge several of them, or set a larger panel for the place.")
        yield Ground(why, way, code="panel-too-small")


def not_replaceable(evaluation: Evaluation, panelist: Panelist, kind: str) -> Iterator[Ground]:
    """Yield what stands against replacing somebody on the panel."""
    if evaluation.state not in REPLACEABLE:
        why = _("The evaluation stands at “%(state)s”.") % {"state": EvaluationState(evaluation.state).label}
        way = _("Experts are replaced from the draw until the sheets are opened.")
        yield Ground(why, way, code="wrong-state")
    if panelist.replaced_at is not None:
        why = _("Somebody else came in for this expert.")
        yield Ground(why, _("Look at the panel as it is now."), code="replaced")
    if panelist.sheets.filter(sealed_at__isnull=False).exists():
        why = _("The expert has sealed a sheet.")
        yield Ground(why, _("The sealed sheet stays as it is; stop the evaluation if it can't count."), code="sealed")
    if kind not in {*TieKind.values, UNABLE}:
        why = _("This isn't a reason for which somebody is replaced.")
        yield Ground(why, _("Choose one of the list."), code="kind")


def no_reserve() -> Ground:
    """Return the ground that no reserve is left who keeps every occupation covered."""
    why = _("No reserve is left with whom the panel covers every occupation.")
    return Ground(why, _("Set the draw aside and draw anew from a larger pool."), code="no-reserve")


def lacking(evaluation: Evaluation, pool: Pool, size: int) -> list[Ground]:
    """Return what would stand against a draw from the pool as it is; whether a panel can be made doesn't hang on the
    seed."""
    try:
        draw_panel(
            pool.tickets,
            excluded=pool.exclusions,
            occupations=evaluation.occupations.values_list("code", flat=True),
            size=size,
            seed="",
            public_part="",
        )
    except TooFew as lack:
        return list(too_few(lack, pool, evaluation))
    return []
