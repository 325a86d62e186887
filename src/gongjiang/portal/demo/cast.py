"""The authorities of two provinces, fourteen bodies named after a joiner's tools, and everybody who signs in."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, partial

from gongjiang.accounts.models import Organisation, OrganisationKind, RoleAssignment, User
from gongjiang.accounts.queries import actor_for
from gongjiang.bodies.actions import FiledBody, SiteSpec, register_filed_body
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.actor import Actor, system
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.fields import blind_index
from gongjiang.portal.demo.people import CYCLE, STAFF_AREA, credit_code, identity_number
from gongjiang.portal.house_rules import publish_house_rules
from gongjiang.sittings import actions as sittings
from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce.actions import appoint
from gongjiang.workforce.models import StaffMember
from gongjiang.workforce.rules import AppointmentSpec

NAMES = {
    "6-31-01-03": "电工",
    "6-18-02-04": "焊工",
    "4-10-01-05": "养老护理员",
    "6-18-01-01": "车工",
    "4-12-01-01": "汽车维修工",
    "4-03-02-01": "中式烹调师",
    "4-10-01-03": "保育师",
    "4-04-05-05": "人工智能训练师",
}
ELECTRICIAN, WELDER, CARER, TURNER, MECHANIC, COOK, NURSERY, TRAINER = NAMES
SINCE = date(2025, 3, 1)
FEES = {"5": Decimal(260), "4": Decimal(320), "3": Decimal(400)}
TECHNICIAN_FEE = Decimal(460)


@dataclass(frozen=True)
class BodySpec:
    """A body: whose it is, of what kind, what it assesses, until when, and how large its house is."""

    key: str
    name: str
    kind: str
    city: str
    occupations: tuple[str, ...]
    until: date
    theory_rooms: int = 0
    practical_rooms: int = 0
    regime: str = ""
    since: date = SINCE
    levels: str = "543"


BODIES = (
    BodySpec("sunmao", "长春榫卯技能评价中心（样例）", "social", "2201", (ELECTRICIAN, WELDER, CARER),
             date(2028, 3, 1), 8, 10),
    BodySpec("modou", "长春墨斗机电有限公司（样例）", "employer", "2201", (TURNER, ELECTRICIAN),
             date(2026, 10, 15), 3, 6),
    BodySpec("guiju", "长春规矩职业技术学院（样例）", "college", "2201", (MECHANIC, TURNER), date(2028, 3, 1), 6, 10),
    BodySpec("baozi", "长春刨子餐饮技能评价中心（样例）", "social", "2201", (COOK,), date(2026, 7, 8), 1, 2),
    BodySpec("zaozi", "长春凿子重工有限公司（样例）", "employer", "2201", (WELDER,), date(2028, 3, 1), 1, 2),
    BodySpec("zhunsheng", "长春准绳家政技能评价中心（样例）", "social", "2201", (CARER, NURSERY),
             date(2026, 4, 1), 1, 2),
    BodySpec("jiaochi", "长春角尺轨道装备有限公司（样例）", "employer", "2201", (TURNER, WELDER, ELECTRICIAN),
             date(2026, 12, 31), 4, 7, regime="22-2019", levels="5432"),
    BodySpec("quchi", "吉林市曲尺技师学院（样例）", "college", "2202", (ELECTRICIAN, TURNER), date(2028, 3, 1), 8, 10),
    BodySpec("xianchui", "吉林市线锤化工有限公司（样例）", "employer", "2202", (ELECTRICIAN,), date(2028, 3, 1), 1, 2,
             levels="54321"),
    BodySpec("benzao", "吉林市锛子技能评价中心（样例）", "social", "2202", (CARER, COOK), date(2028, 3, 1), 8, 10),
    BodySpec("fubing", "吉林市斧子焊接有限公司（样例）", "employer", "2202", (WELDER,), date(2028, 3, 1), 1, 2),
    BodySpec("juchi", "吉林市锯子数字技能评价中心（样例）", "social", "2202", (TRAINER,), date(2028, 3, 1), 2, 4),
    BodySpec("shuizhun", "忻州水准技能评价中心（样例）", "social", "1409", (CARER, NURSERY, COOK),
             date(2028, 3, 1), 1, 2),
    BodySpec("yuangui", "忻州圆规技能评价中心（样例）", "social", "1409", (CARER, ELECTRICIAN), date(2028, 3, 1), 2, 4),
)  # fmt: skip
CITIES = {"2201": ("长春市人力资源和社会保障局（样例）", "长春市样例路", "220102"),
          "2202": ("吉林市人力资源和社会保障局（样例）", "吉林市样例街", "220202"),
          "1409": ("忻州市人力资源和社会保障局（样例）", "忻州市样例巷", "140902")}  # fmt: skip
AUTHORITIES = (
    ("provincial_officer", "provincial_officer", "province", "甲子省"),
    ("provincial_deliberator", "provincial_officer", "province", "己丑议"),
    ("provincial_approver", "provincial_approver", "province", "乙丑审"),
    ("centre_officer", "centre_officer", "centre", "丙寅鉴"),
    ("city_officer", "city_officer", "2201", "丁卯城"),
    ("city_deliberator", "city_officer", "2201", "庚寅议"),
    ("jilin_officer", "city_officer", "2202", "乙未江"),
    ("jilin_deliberator", "city_officer", "2202", "丙申议"),
    ("jilin_approver", "city_approver", "2202", "丁酉签"),
    ("county_officer", "county_officer", "county", "辛卯县"),
    ("supervisor", "supervisor", "province", "戊辰督"),
    ("xinzhou_centre", "centre_officer", "xinzhou-centre", "壬辰服"),
    ("xinzhou_officer", "city_officer", "1409", "癸巳忻"),
    ("xinzhou_approver", "city_approver", "1409", "甲午签"),
)
BODY_STAFF = (
    ("body_manager", "manager", "己巳衡"),
    ("exam_clerk", "clerk", "庚午务"),
    ("eligibility_reviewer", "reviewer", "辛未核"),
    ("scorer", "scorer", "壬申评"),
    ("scorer", "scorer2", "癸酉阅"),
    ("certificate_clerk", "certificates", "甲戌证"),
)
ON_SITE = (
    ("invigilator", "invigilator", "乙亥监"),
    ("assessor", "assessor", "丙子考"),
    ("internal_supervisor", "internal-supervisor", "丁丑察"),
)
DEMO_BODY = "sunmao"
ROSTER = (("chief_officer", 1), ("administration_lead", 1), ("staff", 4), ("internal_supervisor", 1),
          ("safety_officer", 1))  # fmt: skip


def moment(day: date, at: time = time(9)) -> datetime:
    """Return the instant on the day, in Asia/Shanghai."""
    return datetime.combine(day, at, tzinfo=SHANGHAI)


class Cast:
    """The tree, the bodies by key, and an actor for each role."""

    def __init__(self) -> None:
        self.places: dict[str, Organisation] = {}
        self.bodies: dict[str, AssessmentBody] = {}
        self.users: dict[tuple[str, str], User] = {}
        self.actor = cache(self._actor)

    def _actor(self, body: str, post: str) -> Actor:
        return actor_for(self.users[body, post], on=date(2026, 6, 1))

    def authority(self, role: str) -> Actor:
        """Return who holds an authority's role."""
        return self.actor("", role)

    def assemble(self) -> None:
        """Make the authorities, the bodies with rooms and staff, and the users, nobody of whom can sign in yet."""
        province = self._place("province", OrganisationKind.PROVINCE, "吉林省人力资源和社会保障厅（样例）", "22")
        self._place("centre", OrganisationKind.CENTRE, "吉林省职业技能鉴定中心（样例）", "22", province)
        shanxi = self._place("shanxi", OrganisationKind.PROVINCE, "山西省人力资源和社会保障厅（样例）", "14")
        for code, (name, _address, _division) in CITIES.items():
            self._place(code, OrganisationKind.CITY, name, code, shanxi if code.startswith("14") else province)
        county = "农安县人力资源和社会保障局（样例）"
        self._place("county", OrganisationKind.COUNTY, county, "220122", self.places["2201"])
        service = "忻州市职业技能服务中心（样例）"
        self._place("xinzhou-centre", OrganisationKind.CENTRE, service, "1409", self.places["1409"])
        for post, role, place, name in AUTHORITIES:
            self._user("", post, self.places[place], role, name)
        for number, spec in enumerate(BODIES, 1):
            self._body(number, spec)

    def _place(self, key: str, kind: str, name: str, code: str, parent: Organisation | None = None) -> Organisation:
        made = Organisation.objects.create(kind=kind, name=name, place_code=code, parent=parent)
        made.path = f"{parent.path if parent else '/'}{made.pk}/"
        made.save(update_fields=["path"])
        self.places[key] = made
        return made

    def _user(self, body: str, post: str, organisation: Organisation, role: str, name: str) -> None:
        ours = body in ("", DEMO_BODY)
        username = f"demo-{post.replace('_', '-')}" if ours else f"demo-{body}-{post}"
        user = User(username=username, display_name=name, is_demo=True, is_active=False)
        user.set_unusable_password()
        user.save()
        RoleAssignment.objects.create(user=user, organisation=organisation, role=role, since=SINCE)
        self.users[body, post] = user

    def _body(self, number: int, spec: BodySpec) -> None:
        city, address, division = CITIES[spec.city]
        site = SiteSpec(
            name=f"{spec.name[:-4]}考点",
            address=f"{address} {number} 号",
            division=division,
            scope=[(occupation_by_code(code), level) for code in spec.occupations for level in spec.levels],
        )
        filed = FiledBody(
            name=spec.name,
            kind=spec.kind,
            credit_code=credit_code(number),
            code=f"{'S' if spec.kind == 'social' else 'Y'}0000{spec.city[:2]}999{number:03d}",
            address=site.address,
            place_code=spec.city,
            regime=spec.regime or spec.city,
            filing_letter=f"{city[:2]}人社备〔2025〕{number} 号（样例）",
            filed_on=spec.since,
            filed_until=spec.until,
            sites=[site],
            legal_representative=CYCLE[(number * 5) % 60] + "绳",
        )
        at, authority = moment(date(2025, 8, 25)), self.places[spec.city]
        body = register_filed_body(actor=system("demo"), at=at, authority=authority, filed=filed)
        self.bodies[spec.key] = body
        for role, post, name in (*BODY_STAFF, *(ON_SITE if spec.key == DEMO_BODY else ())):
            self._user(
                spec.key, post, body.organisation, role, name if spec.key == DEMO_BODY else f"{name[:2]}{CYCLE[number]}"
            )
        self._house(number, spec, body)

    def _house(self, number: int, spec: BodySpec, body: AssessmentBody) -> None:
        at = moment(date(2025, 8, 26))
        manager = self.actor(spec.key, "manager")
        site = body.sites.get()
        by_level = FEES | ({"2": TECHNICIAN_FEE} if spec.levels == "5432" else {})
        fees = {(occupation_by_code(code), level): fee for code in spec.occupations for level, fee in by_level.items()}
        publish_house_rules(actor=manager, at=at, body=body, fees=fees)
        sittings.add_rooms(actor=manager, at=at, site=site, rows=_rooms(spec))
        appoint(actor=manager, at=at, body=body, specs=_staff(number, spec))

    def ways_in(self) -> list[User]:
        """Return who is offered for signing in: one user a role, of one body."""
        return [user for (body, _post), user in self.users.items() if body in ("", DEMO_BODY)]

    def candidate(self, name: str, identity: str) -> None:
        """Add the candidate's account."""
        user = User(
            username="demo-candidate",
            display_name=name,
            person_key=blind_index(identity),
            is_demo=True,
            is_active=False,
        )
        user.set_unusable_password()
        user.save()
        self.users[DEMO_BODY, "candidate"] = user

    def link_on_site(self) -> None:
        """Let those who work on site find themselves on the staff list."""
        for role, post, name in ON_SITE:
            found = StaffMember.everything.filter(body=self.bodies[DEMO_BODY], appointments__role=role)
            StaffMember.everything.filter(pk=found.order_by("pk")[0].pk).update(
                user=self.users[DEMO_BODY, post], name=name
            )


def _rooms(spec: BodySpec) -> list[sittings.RoomSpec]:
    room = partial(sittings.RoomSpec, cameras=2, inspected_on=date(2025, 8, 20), inspection_until=date(2026, 8, 20))
    theory = [
        room(f"理论第 {n} 考场", "theory", rows=6, columns=5, is_accessible=n == 1)
        for n in range(1, spec.theory_rooms + 1)
    ]
    practical = [
        room(f"操作第 {n} 考场", "practical", rows=3, columns=5, is_accessible=n in (1, 4, 7))
        for n in range(1, spec.practical_rooms + 1)
    ]
    beside = (("考务办公室", "exam_office"), ("候考室", "waiting_room"), ("评分室", "scoring_room"))
    return [*theory, *practical, *(room(name, kind) for name, kind in beside)]


def _staff(number: int, spec: BodySpec) -> list[AppointmentSpec]:
    posts: list[tuple[str, str]] = [(role, "") for role, count in ROSTER for _ in range(count)]
    posts += [("invigilator", "")] * (2 * spec.theory_rooms + 4)
    assessors = 3 * spec.practical_rooms + 3
    posts += [("assessor", code) for code in spec.occupations for _ in range(assessors)]
    return [_appointment(number, spec, serial, role, code) for serial, (role, code) in enumerate(posts)]


def _appointment(number: int, spec: BodySpec, serial: int, role: str, code: str) -> AppointmentSpec:
    return AppointmentSpec(
        name=CYCLE[(serial + 7 * number) % 60] + "衡准绳墨"[serial // 60],
        identity=identity_number(date(1970 + serial % 20, 1 + serial % 12, 5), serial, male=serial % 2 == 0,
                                 area=STAFF_AREA + number % 15),
        role=role,
        since=SINCE,
        occupation=occupation_by_code(code) if code else None,
        highest_level="3" if code else "",
        employer=spec.name if role != "assessor" else "样例鲁班职业学院",
        is_regular=role != "assessor",
    )  # fmt: skip
