"""The ladder of levels: what employers add, what others need the authority's permission for (CAT-03, GOV-06)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.factories import at, make_actor, make_body, make_tree
from tests.standards_records import PANEL, asker_of, make_level, make_permit

from gongjiang.bodies.queries import may_assess
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.law.places import JILIN, PILOT, XINZHOU
from gongjiang.standards import actions, queries
from gongjiang.standards.explain import formula
from gongjiang.standards.ladder import ladder
from gongjiang.standards.models import EmployerLevel, LevelPermit
from gongjiang.standards.specs import OwnLevel

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("CAT-03")]
NOW = at("2026-03-02 09:00")
SCOPE = (("6-31-01-03", "4"), ("6-31-01-03", "master"))


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def employer(tree):
    return make_body(tree["changchun"], scope=SCOPE, kind="employer")


@pytest.fixture
def social(tree):
    return make_body(
        tree["jilin_city"], scope=SCOPE, name="样例刨花评价中心", code="S000022999019", credit_code="12100000400000624D"
    )


def spec(level: str = "master", **changes) -> OwnLevel:
    told = {"requirement": "取得高级技师后工作满五年", "since": date(2026, 4, 1)}
    if not changes.get("step"):
        told["parts"] = (PANEL,)
    return OwnLevel(queries.occupation_by_code("6-31-01-03"), level, **{**told, **changes})


def add(body, told: OwnLevel):
    manager = make_actor(body.organisation, "body_manager")
    return actions.add_level(actor=manager, at=NOW, asker=asker_of(body), spec=told)


def test_an_employer_adds_a_level_and_divides_another(employer):
    master, step = add(employer, spec()), add(employer, spec("3", step="A 档"))

    assert (master.level, master.cites) == ("master", ["JL-2024-5§10"])
    assert (step.level, step.step, step.cites) == ("3", "A 档", ["JL-2024-5§10"])
    entry = AuditEntry.objects.filter(action="level.add").first()
    assert (entry.facts["level"], entry.cites) == ("master", ["JL-2024-5§10"])


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (spec, ["level-not-open"]),
        (lambda: spec("3", step="A 档"), ["level-not-divided"]),
    ],
)
def test_a_social_organisation_is_refused_by_default(social, told, expected):
    with pytest.raises(Refused) as refused:
        add(social, told())

    assert list(refused.value.codes) == expected
    assert [cite.key for cite in refused.value.cites] == ["JL-2024-5§10"]
    assert not EmployerLevel.everything.exists()


def test_with_the_authoritys_permission_and_reason_it_may(tree, social):
    officer = make_actor(tree["province"], "provincial_officer")
    occupation = queries.occupation_by_code("6-31-01-03")
    told = {"asker": asker_of(social), "occupation": occupation, "level": "master", "since": date(2026, 4, 1)}
    site = social.sites.get()
    before = may_assess(social, occupation, "master", on=date(2026, 4, 1), site=site)
    assert [ground.code for ground in before] == ["level-not-open"]

    permit = actions.permit_level(actor=officer, at=NOW, reason="全省唯一的样例工种评价点", **told)

    assert (permit.reason, permit.cites) == ("全省唯一的样例工种评价点", ["JL-2024-5§10"])
    assert AuditEntry.objects.get(action="level.permit").reason == permit.reason
    assert may_assess(social, occupation, "master", on=date(2026, 4, 1), site=site) == ()
    assert may_assess(social, occupation, "master", on=date(2026, 3, 31), site=site) != ()
    actions.end_permit(actor=officer, at=NOW, permit=permit, until=date(2026, 6, 1), reason="已有其他评价点")
    assert may_assess(social, occupation, "master", on=date(2026, 6, 1), site=site) != ()


def test_permissions_are_the_provinces_and_have_reasons(tree, social, employer):
    officer = make_actor(tree["province"], "provincial_officer")
    occupation = queries.occupation_by_code("6-31-01-03")
    told = {"at": NOW, "occupation": occupation, "level": "master", "since": date(2026, 4, 1)}

    for actor in (make_actor(tree["jilin_city"], "city_officer"), make_actor(social.organisation, "body_manager")):
        with pytest.raises(NotAllowed):
            actions.permit_level(actor=actor, asker=asker_of(social), reason="样例理由", **told)
    with pytest.raises(Refused) as refused:
        actions.permit_level(actor=officer, asker=asker_of(social), reason=" ", **told)
    assert refused.value.codes == ("reason-missing",)
    with pytest.raises(Refused) as refused:
        actions.permit_level(actor=officer, asker=asker_of(employer), reason="样例理由", **told)
    assert refused.value.codes == ("level-open-anyhow",)
    actions.permit_level(actor=officer, asker=asker_of(social), reason="样例理由", **told)
    with pytest.raises(Refused) as refused:
        actions.permit_level(actor=officer, asker=asker_of(social), reason="样例理由", **told)
    assert refused.value.codes == ("permit-twice",)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"level": "4"}, ["level-not-extra"]),
        ({"parts": ()}, ["parts-missing"]),
        ({"below": "chief"}, ["level-not-below"]),
        ({"below_months": 24}, ["months-of-nothing"]),
        ({"level": "3", "step": "A 档", "parts": (PANEL,)}, ["step-with-parts"]),
        ({"requirement": " "}, ["requirement-missing"]),
        ({"until": date(2026, 4, 1)}, ["days-out-of-order"]),
        ({"level": "chief"}, ["level-twice"]),
    ],
)
def test_a_level_that_can_not_stand_is_refused(employer, changes, expected):
    add(employer, spec("chief"))

    with pytest.raises(Refused) as refused:
        add(employer, spec(**changes))

    assert list(refused.value.codes) == expected


def test_the_pilot_knows_five_levels_only(tree):
    pilot = make_body(tree["changchun"], kind="employer", regime="22-2019")

    with pytest.raises(Refused) as refused:
        add(pilot, spec())

    assert refused.value.codes == ("level-not-open",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2019-133§5(1)"]


def test_a_level_ends_by_its_owner_only(employer, social):
    level = make_level(employer)

    with pytest.raises(NotAllowed):
        actions.end_level(
            actor=make_actor(social.organisation, "body_manager"), at=NOW, level=level, until=date(2026, 6, 1)
        )
    manager = make_actor(employer.organisation, "body_manager")
    with pytest.raises(Refused) as refused:
        actions.end_level(actor=manager, at=NOW, level=level, until=level.since)
    assert refused.value.codes == ("days-out-of-order",)
    assert actions.end_level(actor=manager, at=NOW, level=level, until=date(2026, 6, 1)).until == date(2026, 6, 1)


def test_the_database_refuses_a_level_without_reason_or_step(employer):
    for write in (lambda: make_permit(employer, reason=""), lambda: make_level(employer, level="4")):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    assert (LevelPermit.everything.count(), EmployerLevel.everything.count()) == (0, 0)


@pytest.mark.requirement("GOV-06")
def test_the_ladder_is_the_law_of_the_place():
    found = ladder(JILIN, date(2026, 3, 2))

    assert [rung.level for rung in found.rungs] == ["chief", "master", "1", "2", "3", "4", "5"]
    assert [rung.open_to["social"] for rung in found.rungs] == [False, False, True, True, True, True, True]
    assert all(rung.open_to["employer"] for rung in found.rungs)
    assert [rung.level for rung in ladder(PILOT, date(2026, 3, 2)).rungs][-5:] == ["1", "2", "3", "4", "5"]
    assert {cite.document.key for cite in ladder(XINZHOU, date(2026, 3, 2)).cites} == {"XZ-2024-2"}
    assert found.rungs[2].title == "副高级职称"


@pytest.mark.requirement("CAT-04")
@pytest.mark.requirement("CAT-05")
def test_each_part_has_its_method_content_and_pass_mark_and_the_result_is_explained():
    parts = queries.parts_of(
        queries.standard_for(queries.occupation_by_code("6-31-01-03"), "2", on=date(2026, 5, 30)), "2"
    )

    assert [(part.way, part.content) for part in parts] == [
        ("theory_exam", "ability"),
        ("practical_exam", "ability"),
        ("work_record_review", "work_performance"),
    ]
    marks = "，".join(f"{name}不低于 60 分（满分 100 分）" for name in ("理论知识考试", "操作技能考核", "综合评审"))
    assert formula(parts) == f"各部分均达到合格分方为合格：{marks}。"
