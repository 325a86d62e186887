"""One application walked by the acts of the pages; each method is one step, called at its instant."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from gongjiang.accounts.models import User
from gongjiang.accounts.queries import actor_for
from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import actions as filing
from gongjiang.filing import flow
from gongjiang.filing.conditions import SHOWN, conditions_of, papers_of
from gongjiang.filing.models import Applicant, Application, Call
from gongjiang.kernel.actor import PUBLIC, Actor
from gongjiang.portal.demo import drawings
from gongjiang.portal.demo.filings.units import BY_KEY, Unit

if TYPE_CHECKING:
    from gongjiang.portal.demo.world import World

Step = tuple[date, time, Callable[[datetime], object]]
HANDS = {
    "22": ("provincial_officer", "provincial_deliberator", "provincial_approver"),
    "2201": ("city_officer", "city_deliberator", "provincial_approver"),
    "2202": ("jilin_officer", "jilin_deliberator", "provincial_approver"),
    "1409": ("xinzhou_centre", "xinzhou_officer", "xinzhou_approver"),
}
# Whose manager the demo offers a way in for.
WAYS_IN = {"feiju": "applicant", "pingpao": "newcomer"}
COUNTS = {"staff": 6, "experts": 9, "assessors": 12, "supervisors": 2, "area": 1200, "cameras": 24, "items": 3600}
SAID = {
    "unit": "设技能评价部，专门负责认定工作，部长 1 人、专职 5 人。",
    "equipment": "各职业工位与设备清单见资产证明，能同时供 30 人考核。",
    "non_profit": "不以营利为目的，收费按成本测算并公示，结余用于考务。",
    "influence": "从事相关职业培训与评价八年，累计服务一万余人次。",
    "funding": "每年预算专列评价经费，由财务部门单独核算。",
    "accepts_supervision": "自愿接受人力资源社会保障部门的监督和管理。",
    "pay_mechanism": "认定结果与岗位工资挂钩，制度见附件。",
    "main_business": "拟开展的职业与主营业务直接相关。",
}


class Filing:
    """An application of a unit, or of a body on file, on its way."""

    applicant: Applicant
    application: Application
    call: Call | None = None

    def __init__(self, world: "World", key: str, kind: str = "first") -> None:
        self.world, self.key, self.kind = world, key, kind
        self.unit: Unit | None = BY_KEY.get(key)

    def refresh(self) -> Application:
        """Return the application as it stands now."""
        self.application = Application.everything.get(pk=self.application.pk)
        return self.application

    @property
    def body(self) -> AssessmentBody:
        return self.world.cast.bodies[self.key]

    @property
    def manager(self) -> Actor:
        if self.unit is None:
            return self.world.cast.actor(self.key, "manager")
        return actor_for(User.objects.get(roles__organisation=self.applicant.organisation), on=date(2026, 6, 17))

    def officer(self, hand: int) -> Actor:
        """Return who accepts (0), deliberates (1) or signs (2) at the authority that handles the application."""
        place = self.refresh().authority.place_code
        # The letter of an end is the authority's own; that of a filing is the province's.
        own = hand == 2 and self.kind == "termination" and place == "2202"
        return self.world.cast.authority("jilin_approver" if own else HANDS[place][hand])

    def register(self, at: datetime) -> None:
        """The unit registers; in the demo nobody has its one-time password."""
        assert self.unit is not None
        post = WAYS_IN.get(self.key)
        name = f"demo-{post}" if post else f"demo-{self.key}-manager"
        made = filing.register_applicant(actor=PUBLIC, at=at, facts=self.unit.facts(), username=name)
        self.applicant, user = made[0], made[1]
        user.display_name, user.is_demo, user.is_active, user.must_change_password = "戊戌申", True, False, False
        user.set_unusable_password()
        user.save()
        if post:
            self.world.cast.users["", post] = user

    def begin(self, at: datetime) -> None:
        """The manager begins the application and writes everything that is asked for."""
        if self.unit is None:
            self.applicant = filing.applicant_of_body(actor=self.manager, at=at, body=self.body)
        call = self.call if self.kind == "first" else None
        self.application = filing.begin(actor=self.manager, at=at, applicant=self.applicant, kind=self.kind, call=call)

    def ask_for(self, at: datetime, cells: Iterable[tuple[str, str]] = ()) -> None:
        """State the sites and the scope: the unit's own, or the cells told, at the body's first site."""
        told = {"actor": self.manager, "at": at, "application": self.application}
        if self.unit is not None:
            unit, division = self.unit, {"2201": "220102", "1409": "140902"}[self.unit.city]
            filing.set_sites(**told, sites=[filing.SiteRequest(unit.site, unit.facts().address, division)])
            cells = [(code, level) for code in unit.occupations for level in unit.levels]
            filing.set_scope(**told, cells=[filing.CellSpec(*cell, unit.site) for cell in cells])
        else:
            site = self.body.sites.get().name
            filing.set_scope(**told, cells=[filing.CellSpec(*cell, site) for cell in cells])

    def fill(self, at: datetime, summary: str, *, leave: Iterable[str] = ()) -> None:
        """Hand in every paper and answer every condition but those left out."""
        told = {"actor": self.manager, "at": at, "application": self.application}
        left = set(leave)
        filing.set_summary(**told, summary=summary)
        for asked in papers_of(self.application, at.date()):
            if asked.key not in left:
                filing.add_material(**told, paper=self._paper(asked.key))
        for asked in conditions_of(self.application, at.date()):
            shown = SHOWN[asked.key]
            if asked.key in left:
                continue
            numbers = {name: COUNTS.get(name, 3) for name in shown.counts}
            text = SAID.get(asked.key, "见附件。") if shown.text else ""
            filing.answer_condition(**told, condition=asked.key, text=text, numbers=numbers)
            if shown.evidence:
                filing.add_material(**told, paper=self._paper("evidence", asked.key))

    def _paper(self, kind: str, condition: str = "") -> filing.Paper:
        # Each drawing is another one: the same file in two applications is refused.
        words = f"{self.applicant.pk}-{self.application.pk} {condition or kind}"
        return filing.Paper(kind, drawings.paper(words[:24]), f"{condition or kind}.jpg", condition=condition)

    def submit(self, at: datetime) -> None:
        """Sign the declaration and submit."""
        signed = self.applicant.legal_representative
        key = f"demo-{self.key}-{self.kind}-{at:%m%d%H}"
        filing.submit(actor=self.manager, at=at, application=self.refresh(), declared_by=signed, key=key)

    def accept(self, at: datetime) -> None:
        filing.accept(actor=self.officer(0), at=at, application=self.refresh())

    def opine(self, at: datetime, unmet: Mapping[str, str] | None = None) -> None:
        """The officer writes an opinion on every item."""
        against = unmet or {}
        for number, item in enumerate(flow.items_of(self.refresh(), at.date())):
            text = against.get(item, "")
            filing.write_opinion(
                actor=self.officer(0),
                at=at + timedelta(minutes=4 * number),
                application=self.application,
                item=item,
                met=item not in against,
                text=text,
            )

    def conclude(self, at: datetime) -> None:
        filing.conclude_evaluation(actor=self.officer(0), at=at, application=self.refresh())

    def deliberate(self, at: datetime, text: str = "经专题审议，同意备案。", *, favourable: bool = True) -> None:
        filing.deliberate(actor=self.officer(1), at=at, application=self.refresh(), text=text, favourable=favourable)

    def post(self, at: datetime) -> None:
        filing.post_notice(actor=self.officer(0), at=at, application=self.refresh())

    def clear(self, at: datetime) -> None:
        filing.clear(actor=self.officer(0), at=at, application=self.refresh())

    def undertake(self, at: datetime) -> None:
        signed = self.applicant.legal_representative
        filing.sign_undertaking(actor=self.manager, at=at, application=self.refresh(), signed_by=signed)

    def sign(self, at: datetime) -> None:
        filing.sign_letter(actor=self.officer(2), at=at, application=self.refresh())
