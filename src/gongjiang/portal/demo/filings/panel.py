"""The pool of experts and what the panels of the demo find."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from gongjiang.accounts.models import User
from gongjiang.accounts.queries import actor_for
from gongjiang.evaluation import actions as evaluation
from gongjiang.evaluation.models import Criterion, Evaluation, Expert, Panelist, Stage
from gongjiang.evaluation.queries.overview import summary
from gongjiang.evaluation.queries.panel import active_panel, tree_of
from gongjiang.evaluation.rules_experts import ExpertSpec
from gongjiang.evaluation.rules_sheet import MarkSpec
from gongjiang.filing import actions as filing
from gongjiang.kernel.actor import Actor
from gongjiang.portal.demo import drawings
from gongjiang.portal.demo.filings.units import UNITS
from gongjiang.portal.demo.filings.way import Filing
from gongjiang.portal.demo.people import CYCLE, identity_number
from gongjiang.standards.queries import occupation_by_code

if TYPE_CHECKING:
    from gongjiang.portal.demo.world import World

POOL, AREA = 41, 60
FIELDS = ("4-10-01-03", "4-10-01-05", "4-10-01-06", "6-31-01-03", "6-18-02-04", "6-18-01-01", "4-12-01-01")
EMPLOYERS = ("样例规矩研究所", "样例鲁班职业学院", "样例准绳设计院", "样例墨线大学")
# What each expert leaves of a group's full points, group by group; the third finds the item bank thin.
SCORES = (
    (18, 21, 17, 13, 9, 9),
    (19, 22, 18, 14, 9, 9),
    (17, 20, 13, 12, 10, 10),
    (18, 19, 18, 12, 8, 9),
    (18, 22, 17, 13, 9, 9),
)
WHY = {
    "1": "专职人员社保证明缺近三月。",
    "2": "工位间距略小于标准。",
    "3": "题库数量偏少，更新记录不全。",
    "4": "保育师实训室 2 号机位有死角。",
    "5": "档案目录未编页码。",
    "6": "收费公示位置不显著。",
}


def fill_pools(world: "World", at: datetime) -> None:
    """Enter Jilin's and Xinzhou's experts, each with two occupations or more, and publish the demo's criteria."""
    for role, place, code, first, count in (
        ("provincial_officer", "province", "22", 0, POOL),
        ("xinzhou_officer", "1409", "1409", 100, 28),
    ):
        officer = world.cast.authority(role)
        specs = [_expert(first + n) for n in range(count)]
        evaluation.enter_experts(actor=officer, at=at, organisation=world.cast.places[place], specs=specs)
        evaluation.load_demo_criteria(actor=officer, at=at, place=code)


def _expert(n: int) -> ExpertSpec:
    # The sixth teaches at the unit that applies: the draw has to leave him or her out.
    ours = n == 5
    return ExpertSpec(
        name=CYCLE[(n * 7) % 60] + "鲁班匠"[n % 3],
        identity=identity_number(date(1968 + n % 18, 1 + n % 12, 9), n, male=n % 3 > 0, area=AREA),
        employer=UNITS[0].name if ours else EMPLOYERS[n % len(EMPLOYERS)],
        employer_code=UNITS[0].facts().credit_code if ours else "",
        title=("高级工程师", "高级讲师", "高级技师")[n % 3],
        occupations=tuple(occupation_by_code(FIELDS[k % len(FIELDS)]) for k in sorted({n, n + 1 + n % 3})),
        since=date(2026, 1, 5),
        nda_since=date(2026, 1, 5),
        nda_until=date(2029, 1, 5),
        ethics_on=date(2026, 1, 5),
    )


class Panel:
    """The evaluation of one application by its panel."""

    def __init__(self, filing_: Filing) -> None:
        self.filing = filing_

    @property
    def officer(self) -> Actor:
        return self.filing.officer(0)

    @property
    def evaluation(self) -> Evaluation:
        found = self.filing.refresh().evaluation
        assert found is not None
        return Evaluation.everything.get(pk=found.pk)

    def open(self, at: datetime) -> None:
        """Commit the seed."""
        filing.open_evaluation(actor=self.officer, at=at, application=self.filing.refresh())

    def draw(self, at: datetime, visit: date) -> None:
        """Draw five, give them accounts, have them confirm, and name who leads."""
        place = self.filing.application.authority
        # A city without a pool of its own asks in the province's.
        others = (place.parent,) if place.place_code.startswith("22") and place.kind == "city" and place.parent else ()
        spec = evaluation.DrawSpec(visit_on=visit, others=others)
        evaluation.draw(actor=self.officer, at=at, evaluation=self.evaluation, spec=spec)
        for number, place in enumerate(active_panel(self.evaluation)):
            later = at + timedelta(hours=1, minutes=number)
            if place.expert.user_id is None:
                self._account(place.expert, later)
            evaluation.confirm(actor=_actor(place), at=later, panelist=_again(place))
        lead = active_panel(self.evaluation)[0]
        evaluation.name_lead(actor=self.officer, at=at + timedelta(hours=2), panelist=lead)
        address = self.filing.applicant.address
        evaluation.schedule_visit(
            actor=self.officer, at=at + timedelta(hours=3), evaluation=self.evaluation, day=visit, address=address
        )

    def _account(self, expert: Expert, at: datetime) -> None:
        keeper = "xinzhou_officer" if expert.organisation.place_code == "1409" else "provincial_officer"
        actor = self.filing.world.cast.authority(keeper)
        name = f"demo-expert-{expert.public_id.lower()}"
        user, _password = evaluation.open_account(actor=actor, at=at, expert=expert, username=name)
        User.objects.filter(pk=user.pk).update(is_demo=True, is_active=False, must_change_password=False)

    def way_in(self, at: datetime) -> None:
        """Let the demo's visitors come in as the first of this panel."""
        user = _again(active_panel(self.evaluation)[0]).expert.user
        assert user is not None
        User.objects.filter(pk=user.pk).update(username="demo-expert")
        self.filing.world.cast.users["", "expert"] = User.objects.get(pk=user.pk)

    def come(self, at: datetime) -> None:
        """Everybody signs in at the site and takes a photo; nobody has scored yet."""
        for number, place in enumerate(active_panel(self.evaluation)):
            came = at + timedelta(minutes=2 * number)
            spot = evaluation.Whereabouts(self.filing.applicant.address)
            evaluation.arrive(actor=_actor(place), at=came, panelist=_again(place), place=spot)
            self._photos(place, came + timedelta(minutes=20), 1)

    def begin(self, at: datetime) -> None:
        evaluation.begin(actor=self.officer, at=at, evaluation=self.evaluation)

    def look_at_papers(self, at: datetime) -> None:
        """Everybody finds every item of the papers met, seals, and the sheets are opened."""
        for number, place in enumerate(active_panel(self.evaluation)):
            marks = [
                MarkSpec(each.code, met=not each.is_veto)
                for each in tree_of(self.evaluation.criteria).of_stage(Stage.PRELIMINARY)
            ]
            self._write(
                place, Stage.PRELIMINARY, marks, "材料齐全，同意进入现场评估。", at + timedelta(minutes=3 * number)
            )
        evaluation.open_sheets(
            actor=self.officer, at=at + timedelta(hours=1), evaluation=self.evaluation, stage=Stage.PRELIMINARY
        )

    def visit(self, at: datetime, scores: Sequence[Sequence[int]] = SCORES, *, veto: str = "", seal: int = 5) -> None:
        """Everybody arrives, takes photos and scores alone; so many seal their sheet."""
        for number, place in enumerate(active_panel(self.evaluation)):
            came = at + timedelta(minutes=2 * number)
            spot = evaluation.Whereabouts(self.filing.applicant.address)
            evaluation.arrive(actor=_actor(place), at=came, panelist=_again(place), place=spot)
            self._photos(place, came + timedelta(minutes=30), 3 if number else 2)
            marks = self._marks(scores[number], veto)
            later = at + timedelta(hours=5, minutes=6 * number)
            self._write(place, Stage.TECHNICAL, marks, "总体符合，个别项目待完善。", later, seal=number < seal)

    def open_scores(self, at: datetime) -> None:
        evaluation.open_sheets(actor=self.officer, at=at, evaluation=self.evaluation, stage=Stage.TECHNICAL)

    def order(self, at: datetime, code: str, what: str, due: date) -> None:
        """The officer orders something to be mended."""
        criterion = Criterion.objects.get(version=self.evaluation.criteria, code=code)
        spec = evaluation.OrderSpec(criterion=criterion, what=what, due_on=due)
        evaluation.order_rectification(actor=self.officer, at=at, evaluation=self.evaluation, spec=spec)

    def agree(self, at: datetime, text: str) -> None:
        """The lead writes what the panel agrees on wherever its marks lie far apart, and all sign."""
        lead, *others = sorted(active_panel(self.evaluation), key=lambda place: not place.is_lead)
        for criterion in evaluation_spread(self.evaluation):
            row = evaluation.write_consensus(
                actor=_actor(lead), at=at, evaluation=self.evaluation, criterion=criterion, text=text
            )
            for number, place in enumerate(others, 1):
                evaluation.sign_consensus(
                    actor=_actor(place),
                    at=at + timedelta(minutes=number),
                    consensus=row,
                    written_at=row.written_at,
                )

    def conclude(self, at: datetime, opinion: str) -> None:
        evaluation.conclude(actor=self.officer, at=at, evaluation=self.evaluation, verdict=True, opinion=opinion)

    def _marks(self, left: Sequence[int], veto: str) -> list[MarkSpec]:
        tree, found = tree_of(self.evaluation.criteria), []
        for group, points in zip(tree.rows, left, strict=True):
            gone = group.full - Decimal(points)
            for item in group.items:
                less = min(gone, item.points - 1)
                gone -= less
                found.append(MarkSpec(item.code, points=item.points - less, reason=WHY[item.code[0]] if less else ""))
        named = tree.vetoes
        return found + [
            MarkSpec(each.code, met=each.code == veto, reason=WHY["4"] if each.code == veto else "") for each in named
        ]

    def _write(
        self, place: Panelist, stage: str, marks: Sequence[MarkSpec], opinion: str, at: datetime, *, seal: bool = True
    ) -> None:
        actor, key = _actor(place), f"demo-{self.filing.key}-{place.pk}-{stage}"
        spec = evaluation.SheetSpec(0, marks, opinion)
        saved = evaluation.save_sheet(actor=actor, at=at, panelist=place, stage=stage, spec=spec, key=key)
        if seal:
            evaluation.seal(
                actor=actor, at=at + timedelta(minutes=2), panelist=place, stage=stage, version=saved.version
            )

    def _photos(self, place: Panelist, at: datetime, count: int) -> None:
        items = [item.code for item in tree_of(self.evaluation.criteria).of_stage(Stage.TECHNICAL)]
        for number in range(count):
            spec = evaluation.PhotoSpec(
                content=drawings.paper(f"{place.letter} {at:%m-%d %H:%M} {number + 1}"),
                criterion=items[(5 * number + place.pk) % len(items)],
                taken_at=at + timedelta(minutes=7 * number),
                place=evaluation.Whereabouts("3 层 305", Decimal("43.880000"), Decimal("125.320000")),
                note="样例现场照片",
            )
            evaluation.add_photo(
                actor=_actor(place),
                at=at + timedelta(minutes=7 * number + 1),
                panelist=place,
                spec=spec,
                key=f"demo-photo-{place.pk}-{number}",
            )


def evaluation_spread(found: Evaluation) -> list[Criterion]:
    """Return the items on which the panel's marks lie so far apart that it has to agree in writing."""
    return [row.criterion for row in summary(found).rows if row.apart and not row.settled]


def _actor(place: Panelist) -> Actor:
    user = Expert.everything.get(pk=place.expert_id).user
    assert user is not None
    return actor_for(user, on=date(2026, 6, 1))


def _again(place: Panelist) -> Panelist:
    return Panelist.objects.get(pk=place.pk)
