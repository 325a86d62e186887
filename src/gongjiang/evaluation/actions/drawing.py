"""The draw: freezing the pool, taking the lot, setting a draw aside, and putting a reserve in somebody's place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.evaluation.letters import LETTERS, in_order
from gongjiang.evaluation.models import Draw, Evaluation, Expert, Panelist, Tie, TieKind
from gongjiang.evaluation.permissions import EXPERT, KEEPERS, require
from gongjiang.evaluation.published import draw_json
from gongjiang.evaluation.queries import active_panel
from gongjiang.evaluation.reasons import reason_missing
from gongjiang.evaluation.rules_draw import UNABLE, no_reserve, not_replaceable, too_few
from gongjiang.evaluation.rules_pool import Pool, exclusions, own_pools, pool_of, ticket
from gongjiang.evaluation.seeding import commit_seed
from gongjiang.evaluation.states import EVALUATION
from gongjiang.kernel import audit, canonical, messages, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.fields import decrypt
from gongjiang.kernel.models import ChainHead
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.law.places import place as place_of
from gongjiang.solvers.draw import Lot, Ticket, TooFew, draw_panel, next_reserve


@dataclass(frozen=True, slots=True)
class DrawSpec:
    """How the lot is to be taken: the day of the visit if it is known, other pools asked in, and a word from outside
    (a number that the applicant's representative calls, or a lottery's of that day) that joins the public part."""

    visit_on: date | None = None
    others: Sequence[Organisation] = ()
    outside: str = ""


@transaction.atomic
def draw(*, actor: Actor, at: datetime, evaluation: Evaluation, spec: DrawSpec | None = None) -> Draw:
    """Freeze the pool, take the lot, publish seed, pool, exclusions and result, and seat the panel.

    The first one drawn leads until somebody else is named.

    :raises NotAllowed: it isn't to be drawn now, or not by the actor.
    :raises Refused: too few people may be drawn, or nobody for an occupation; what lacks is named.
    """
    asked, spec = _("Draw the panel"), spec or DrawSpec()
    locked = _lock(evaluation, actor, asked)
    day = at.astimezone(SHANGHAI).date()
    EVALUATION.check("draw", state=locked.state, roles=actor.roles, place=place_of(locked.regime), day=day)
    standing = Draw.objects.select_for_update().get(evaluation=locked, set_aside_why="")
    refuse_if(asked, _bad_word(spec.outside), subject=locked)
    pool = pool_of(locked, [*own_pools(locked.organisation), *spec.others], day=day, visit_on=spec.visit_on)
    standing.occupations = sorted(locked.occupations.values_list("code", flat=True))
    standing.public_part = _public_part(locked, spec.outside)
    lot = _take_lot(standing, pool, asked)
    _freeze(standing, pool, lot)
    standing.drawn_at, standing.drawn_by_id = at, actor.user_id
    standing.save()
    if spec.visit_on:
        locked.visit_on = spec.visit_on
        locked.save(update_fields=["visit_on"])
    _seat(locked, standing, pool, lot, at)
    facts = {"seed": standing.seed, "digest": canonical.digest(draw_json(standing))}
    workflow.apply(locked, "draw", actor=actor, at=at, facts=facts)
    evaluation.refresh_from_db()
    return standing


@transaction.atomic
def redraw(*, actor: Actor, at: datetime, evaluation: Evaluation, reason: str) -> Draw:
    """Set the draw aside with a reason, before the experts begin; it stays shown. A new seed is committed at once.

    :raises NotAllowed: there is no draw, the experts have begun, or it isn't the actor's.
    :raises Refused: no reason is given.
    """
    asked = _("Draw anew")
    locked = _lock(evaluation, actor, asked)
    day = at.astimezone(SHANGHAI).date()
    EVALUATION.check("redraw", state=locked.state, roles=actor.roles, place=place_of(locked.regime), day=day)
    refuse_if(asked, reason_missing(reason), subject=locked)
    why = reason.strip()[:200]
    old = Draw.objects.select_for_update().get(evaluation=locked, set_aside_why="")
    old.set_aside_why = why
    old.save(update_fields=["set_aside_why"])
    active_panel(locked).update(replaced_at=at, replaced_why=why)
    fresh = commit_seed(locked, at=at)
    workflow.apply(locked, "redraw", actor=actor, at=at, reason=why, facts={"commitment": fresh.commitment})
    evaluation.refresh_from_db()
    return fresh


@transaction.atomic
def replace(*, actor: Actor, at: datetime, panelist: Panelist, kind: str, reason: str) -> Panelist:
    """Put the next reserve in the place of somebody who is tied to the applicant or can't come; return the newcomer.

    ``kind`` is a :class:`TieKind`, which is kept as a tie of the expert, or ``unable``. The expert asks for it, or an
    officer of the authority. The newcomer takes over the letter; who led is followed by the first on the panel.

    :raises NotAllowed: the panel isn't the actor's.
    :raises Refused: the sheet is sealed, somebody came in already, no reason is given, or no reserve is left.
    """
    asked = _("Replace an expert")
    locked = (
        Evaluation.everything.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=panelist.evaluation_id)
    )
    leaver = Panelist.objects.select_for_update(of=("self",)).select_related("expert").get(pk=panelist.pk)
    if not (actor.has(EXPERT) and leaver.expert.user_id == actor.user_id):
        require(actor, *KEEPERS, asked=asked, path=locked.organisation.path, subject=locked)
    refuse_if(asked, [*not_replaceable(locked, leaver, kind), *reason_missing(reason)], subject=locked)
    standing = Draw.objects.select_for_update().get(evaluation=locked, set_aside_why="")
    if kind != UNABLE:
        _keep_tie(locked, leaver.expert, kind, reason, at)
    comer, passed_over = _next(locked, standing, leaver, at)
    if comer is None:
        raise Refused(asked, [no_reserve()], subject=locked)
    leaver.replaced_at, leaver.replaced_why, led = at, reason.strip()[:200], leaver.is_lead
    leaver.is_lead = False
    leaver.save(update_fields=["replaced_at", "replaced_why", "is_lead"])
    entry = {"out": leaver.expert.public_id, "in": comer.public_id, "kind": kind, "passed_over": passed_over}
    standing.replacements = [*standing.replacements, entry]
    standing.save(update_fields=["replacements"])
    made = Panelist.objects.create(evaluation=locked, draw=standing, expert=comer, letter=leaver.letter)
    if led:
        Panelist.objects.filter(pk=in_order(active_panel(locked))[0].pk).update(is_lead=True)
    _tell(made, at)
    audit.record(
        actor=actor, action="panel.replace", subject=made, at=at, facts=entry, reason=reason.strip(), about=locked
    )
    made.refresh_from_db()
    return made


@transaction.atomic
def name_lead(*, actor: Actor, at: datetime, panelist: Panelist) -> Panelist:
    """Name who leads the panel.

    :raises NotAllowed: the evaluation isn't the actor's.
    :raises Refused: he or she is no longer on the panel.
    """
    asked = _("Name who leads")
    locked = (
        Evaluation.everything.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=panelist.evaluation_id)
    )
    require(actor, *KEEPERS, asked=asked, path=locked.organisation.path, subject=locked)
    chosen = Panelist.objects.select_for_update().get(pk=panelist.pk)
    if chosen.replaced_at is not None:
        why, way = _("Somebody else came in for this expert."), _("Choose somebody who is on the panel.")
        raise Refused(asked, [Ground(why, way, code="replaced")], subject=locked)
    active_panel(locked).filter(is_lead=True).update(is_lead=False)
    chosen.is_lead = True
    chosen.save(update_fields=["is_lead"])
    audit.record(actor=actor, action="panel.lead", subject=chosen, at=at, about=locked)
    return chosen


def _lock(evaluation: Evaluation, actor: Actor, asked: str) -> Evaluation:
    found = Evaluation.everything.select_for_update(of=("self",)).select_related("organisation__parent")
    locked: Evaluation = found.get(pk=evaluation.pk)
    require(actor, *KEEPERS, asked=asked, path=locked.organisation.path, subject=locked)
    return locked


def _public_part(evaluation: Evaluation, outside: str) -> str:
    """What joins the seed: the applicant's submission, the head of the trail at the freezing, the word from outside."""
    head = ChainHead.objects.filter(id=1).first() or ChainHead()
    return f"{evaluation.submission_digest or '-'}|{head.seq}:{head.hash}|{outside.strip()}"


def _bad_word(outside: str) -> Iterable[Ground]:
    if len(outside.strip()) > 40 or "\n" in outside:
        why = _("The word from outside is too long.")
        yield Ground(why, _("Write at most 40 characters in one line."), code="outside")


def _take_lot(standing: Draw, pool: Pool, asked: str) -> Lot:
    standing.seed = decrypt(bytes.fromhex(standing.sealed_seed))
    try:
        return draw_panel(
            pool.tickets,
            excluded=pool.exclusions,
            occupations=standing.occupations,
            size=standing.size,
            seed=standing.seed,
            public_part=standing.public_part,
        )
    except TooFew as lack:
        raise Refused(
            asked, too_few(lack, pool, standing.evaluation), subject=standing.evaluation, action="evaluation.draw"
        ) from None


def _freeze(standing: Draw, pool: Pool, lot: Lot) -> None:
    standing.pool = [
        {"id": each.public_id, "fields": sorted(ticket(each).fields), "of": each.organisation.name}
        for each in pool.experts
    ]
    standing.exclusions = [{"id": each, "kinds": list(kinds)} for each, kinds in sorted(pool.exclusions.items())]
    standing.result, standing.reserves = list(lot.panel), list(lot.reserves)


def _seat(evaluation: Evaluation, standing: Draw, pool: Pool, lot: Lot, at: datetime) -> None:
    by_id = {each.public_id: each for each in pool.experts}
    for place, public_id in enumerate(lot.panel):
        expert = by_id[public_id]
        made = Panelist.objects.create(
            evaluation=evaluation, draw=standing, expert=expert, letter=LETTERS[place], is_lead=place == 0
        )
        _tell(made, at)


def _tell(panelist: Panelist, at: datetime) -> None:
    if panelist.expert.user is None:
        return
    messages.tell(
        key=f"panel-{panelist.pk}",
        subject=_("You were drawn for an evaluation panel"),
        text=_("Evaluation %(number)s. Say at once if you are tied to the applicant or can't come.")
        % {"number": panelist.evaluation.number},
        at=at,
        user=panelist.expert.user,
        url=f"/evaluations/mine/{panelist.evaluation_id}/",
    )


def _keep_tie(evaluation: Evaluation, expert: Expert, kind: str, reason: str, at: datetime) -> None:
    Tie.objects.get_or_create(
        expert=expert,
        kind=TieKind(kind),
        credit_code=evaluation.credit_code,
        defaults={
            "organisation_name": evaluation.applicant_name,
            "note": reason.strip()[:200],
            "declared_at": at,
        },
    )


def _next(
    evaluation: Evaluation, standing: Draw, leaver: Panelist, at: datetime
) -> tuple[Expert | None, list[dict[str, object]]]:
    """Return the reserve who comes in, and those before who mayn't any more, as they stand in the draw."""
    came = {each["in"] for each in standing.replacements}
    waiting = [each for each in standing.reserves if each not in came]
    found = Expert.everything.filter(public_id__in=waiting).prefetch_related("fields__occupation")
    by_id = {each.public_id: each for each in found}
    ordered = [by_id[each] for each in waiting]
    day = at.astimezone(SHANGHAI).date()
    out = exclusions(evaluation, ordered, day=day, visit_on=evaluation.visit_on)
    fields = {each["id"]: frozenset(each["fields"]) for each in standing.pool}
    staying = [each.expert.public_id for each in active_panel(evaluation).exclude(pk=leaver.pk)]
    chosen = next_reserve(
        [Ticket(each, fields[each]) for each in staying],
        [Ticket(each, fields[each]) for each in waiting],
        passed_over=out,
        occupations=standing.occupations,
    )
    before = waiting[: waiting.index(chosen)] if chosen else waiting
    passed_over = [{"id": each, "kinds": list(out[each])} for each in before if each in out]
    return (by_id[chosen] if chosen else None), passed_over
