"""Who can't be drawn, and why: the kinds of reason that a published draw names."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation
from gongjiang.evaluation.models import Evaluation, Expert, Panelist, TieKind
from gongjiang.evaluation.rules_ties import ties_to
from gongjiang.evaluation.states import EvaluationState
from gongjiang.solvers.draw import Ticket

TERM, AGREEMENT, NO_FIELD, BUSY, TWICE = "term", "agreement", "no_field", "busy", "twice"
REASONS: dict[str, str | Promise] = {
    **{kind.value: kind.label for kind in TieKind},
    TERM: _("Term over or not begun"),
    AGREEMENT: _("No confidentiality agreement in force"),
    NO_FIELD: _("None of the occupations is the expert's field"),
    BUSY: _("On another panel that day"),
    TWICE: _("Stands in another of the pools, too"),
}
AT_WORK = (EvaluationState.DRAWN, EvaluationState.VISIT)


@dataclass(frozen=True, slots=True)
class Pool:
    """The people who stand in the pool, and by public id the kinds of reason for which somebody can't be drawn."""

    experts: tuple[Expert, ...]
    exclusions: dict[str, tuple[str, ...]]

    @property
    def tickets(self) -> list[Ticket]:
        return [ticket(each) for each in self.experts]


def ticket(expert: Expert) -> Ticket:
    """Return the expert as the lot sees one; the fields' occupations must be at hand."""
    return Ticket(expert.public_id, frozenset(field.occupation.code for field in expert.fields.all()))


def own_pools(organisation: Organisation) -> list[Organisation]:
    """Return whose experts an authority draws from: its own and its centre's; of a centre also its parent's."""
    home = organisation.parent if organisation.kind == "centre" and organisation.parent else organisation
    return [home, *Organisation.objects.filter(kind="centre", parent=home).order_by("pk")]


def other_pools(organisation: Organisation) -> list[Organisation]:
    """Return the other authorities of the same tree that keep a pool, whose experts can be asked in."""
    top = (organisation.path or "/").split("/")[1]
    own = {each.pk for each in own_pools(organisation)}
    found = Organisation.objects.filter(path__startswith=f"/{top}/", experts__isnull=False).exclude(pk__in=own)
    return list(found.distinct().order_by("path"))


def pool_of(evaluation: Evaluation, organisations: Iterable[Organisation], *, day: date, visit_on: date | None) -> Pool:
    """Return the pool as it stands on the day, with everybody who can't be drawn and why."""
    found = Expert.everything.filter(organisation__in=list(organisations)).select_related("organisation")
    experts = tuple(found.prefetch_related("fields__occupation").order_by("public_id"))
    return Pool(experts, exclusions(evaluation, experts, day=day, visit_on=visit_on))


def exclusions(
    evaluation: Evaluation, experts: Sequence[Expert], *, day: date, visit_on: date | None
) -> dict[str, tuple[str, ...]]:
    """Return by public id why somebody can't be drawn for the evaluation; who can is left out."""
    wanted = set(evaluation.occupations.values_list("code", flat=True))
    reasons: dict[str, set[str]] = defaultdict(set)
    ties, busy = ties_to(evaluation.credit_code, experts, day), _busy(evaluation, experts, visit_on)
    last = max(day, visit_on or day)
    for each in experts:
        why = reasons[each.public_id]
        why |= ties.get(each.pk, set())
        if not runs(each.since, each.until, day, last):
            why.add(TERM)
        if each.nda_since is None or not runs(each.nda_since, each.nda_until, day, last):
            why.add(AGREEMENT)
        if not wanted & ticket(each).fields:
            why.add(NO_FIELD)
        if each.identity_index in busy:
            why.add(BUSY)
    _once_each(experts, reasons)
    return {public_id: tuple(sorted(why)) for public_id, why in reasons.items() if why}


def _once_each(experts: Sequence[Expert], reasons: dict[str, set[str]]) -> None:
    """Leave each person one chance: of several entries that could be drawn, the first by public id."""
    seen = set()
    for each in sorted(experts, key=lambda expert: expert.public_id):
        if not reasons[each.public_id]:
            if each.identity_index in seen:
                reasons[each.public_id].add(TWICE)
            seen.add(each.identity_index)


def runs(since: date, until: date | None, day: date, last: date) -> bool:
    """Say whether an interval holds from the day through the last one."""
    return since <= day and (until is None or last < until)


def _busy(evaluation: Evaluation, experts: Sequence[Expert], visit_on: date | None) -> set[str]:
    if visit_on is None:
        return set()
    panels = Panelist.objects.filter(
        expert__identity_index__in=[each.identity_index for each in experts],
        replaced_at=None,
        evaluation__visit_on=visit_on,
        evaluation__state__in=AT_WORK,
    ).exclude(evaluation=evaluation)
    return set(panels.values_list("expert__identity_index", flat=True))
