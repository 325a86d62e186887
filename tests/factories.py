"""Small builders of records for tests: a tree of authorities, people with roles, a filed body, a batch.

They go through actions where that is cheap, and write rows where a test needs a record in the middle of its life.
"""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from gongjiang.accounts.models import Organisation, RoleAssignment, User
from gongjiang.accounts.queries import actor_for
from gongjiang.bodies.actions import FiledBody, SiteSpec, register_filed_body
from gongjiang.kernel.actor import Actor, system
from gongjiang.standards.actions import load_catalogue
from gongjiang.standards.models import Occupation
from gongjiang.standards.queries import occupation_by_code

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_ONE = date(2020, 1, 1)
_serial = count(1)


def at(text: str) -> datetime:
    """Return an aware instant of Asia/Shanghai from ``2026-05-30`` or ``2026-05-30 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def make_organisation(kind: str, name: str, place_code: str, parent: Organisation | None = None) -> Organisation:
    organisation = Organisation.objects.create(kind=kind, name=name, place_code=place_code, parent=parent)
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    organisation.save()
    return organisation


def make_tree() -> dict[str, Organisation]:
    """Return the province, its centre, and two cities."""
    province = make_organisation("province", "样例省人社厅", "22")
    return {
        "province": province,
        "centre": make_organisation("centre", "样例省技能鉴定中心", "22", province),
        "changchun": make_organisation("city", "样例长春市人社局", "2201", province),
        "jilin_city": make_organisation("city", "样例吉林市人社局", "2202", province),
    }


def make_user(organisation: Organisation, *roles: str, name: str = "") -> User:
    user = User.objects.create_user(username=f"user{next(_serial)}", password="joiner-and-seal-1")
    user.display_name = name or user.username
    user.save()
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, organisation=organisation, role=role, since=DAY_ONE) for role in roles
    )
    return user


def make_actor(organisation: Organisation, *roles: str) -> Actor:
    return actor_for(make_user(organisation, *roles), on=date(2026, 6, 1))


def make_catalogue() -> None:
    """Load the carried catalogue once per test database state."""
    if not Occupation.objects.exists():
        load_catalogue(actor=system("test"), at=at("2026-01-05"))


FILED = FiledBody(
    name="长春榫卯技能评价中心（样例）",
    kind="social",
    credit_code="91350100M000100Y43",
    code="S000022999017",
    address="长春市样例路 9 号",
    place_code="2201",
    regime="2201",
    filing_letter="样例备〔2025〕17 号",
    filed_on=date(2025, 10, 1),
    filed_until=date(2028, 10, 1),
    sites=(),
)


def make_body(authority: Organisation, *, scope: tuple[tuple[str, str], ...] = (("6-31-01-03", "4"),), **changes):
    """Register a filed body with one site where the scope, pairs of occupation code and level, may be assessed."""
    make_catalogue()
    site = SiteSpec(
        name="样例考点",
        address="长春市样例路 9 号实训楼",
        division="220102",
        scope=[(occupation_by_code(code), level) for code, level in scope],
    )
    filed = replace(FILED, sites=(site,), **changes)
    return register_filed_body(actor=system("test"), at=at("2025-10-08"), authority=authority, filed=filed)


def make_batch(body, actor: Actor, *, lines=(("6-31-01-03", "4"),), on: str = "2026-03-30 09:00", **changes):
    """Plan a batch of 2026: enrolment 04-13 to 04-30, exam 05-30."""
    from gongjiang.planning.actions import BatchPlan, LineSpec, plan_batch

    plan = BatchPlan(
        title="2026 年第 1 批",
        site=body.sites.get(),
        lines=[LineSpec(occupation_by_code(code), level, Decimal(430)) for code, level in lines],
        enrolment_from=date(2026, 4, 13),
        enrolment_until=date(2026, 4, 30),
        exam_from=date(2026, 5, 30),
        exam_until=date(2026, 5, 30),
    )
    return plan_batch(actor=actor, at=at(on), body=body, plan=replace(plan, **changes), key=f"plan-{next(_serial)}")
