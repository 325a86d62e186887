"""Batches at levels of the own ladder: beyond the five, and steps within one (CAT-03)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.factories import at, make_actor, make_batch, make_body, make_tree, make_user
from tests.standards_records import add_level, asker_of, publish_fees

from gongjiang.bodies.queries import may_assess, priced_cells
from gongjiang.kernel.refusal import Refused
from gongjiang.planning import rules
from gongjiang.planning.actions import BatchPlan, LineSpec, announce, plan_batch
from gongjiang.planning.forms import PlanForm
from gongjiang.planning.models import BatchLine
from gongjiang.standards import actions as standards
from gongjiang.standards.queries import occupation_by_code, parts_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("CAT-03")]
ELECTRICIAN = "6-31-01-03"
MASTER = ((ELECTRICIAN, "master"),)
EXAM = date(2026, 5, 30)


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def employer(tree):
    return make_body(
        tree["changchun"], scope=((ELECTRICIAN, "3"), (ELECTRICIAN, "1")), name="长春规尺机电集团（样例）",
        code="Y000022999021", credit_code="91110000802100433B", kind="employer",
    )  # fmt: skip


@pytest.fixture
def social(tree):
    return make_body(tree["jilin_city"], scope=((ELECTRICIAN, "1"),))


def plan(body, lines=MASTER, **changes):
    return make_batch(body, make_actor(body.organisation, "exam_clerk"), lines=lines, **changes)


def refused(body, lines=MASTER, **changes) -> Refused:
    with pytest.raises(Refused) as caught:
        plan(body, lines, **changes)
    return caught.value


def test_an_employer_plans_a_batch_at_its_own_level(employer):
    own = add_level(employer, below="1", below_months=24)

    line = plan(employer).lines.get()

    assert (line.level, line.own_level, line.standard, line.clause_set) == (
        "master", own, own.standard, "own-level:master:1:24",
    )  # fmt: skip
    assert (line.standard.kind, line.standard.title) == ("own_level", "长春规尺机电集团（样例）特级技师评价要求")
    assert [(part.kind, part.way, part.pass_mark) for part in parts_of(line.standard, line.level)] == [
        ("panel", "work_record_review", Decimal(70))
    ]


def test_without_the_level_in_the_own_ladder_it_is_refused(employer):
    found = refused(employer)

    assert set(found.codes) == {"not-in-scope", "level-not-added"}
    assert "JL-2024-5§10" in [cite.key for cite in found.cites]


def test_a_level_not_yet_or_no_longer_in_force_is_refused(employer):
    own = add_level(employer, since=date(2026, 6, 1))
    assert "level-not-added" in refused(employer).codes
    manager = make_actor(employer.organisation, "body_manager")
    later = {"exam_from": date(2026, 6, 10), "exam_until": date(2026, 6, 10)}
    assert plan(employer, **later).lines.get().own_level == own
    standards.end_level(actor=manager, at=at("2026-06-02 09:00"), level=own, until=date(2026, 6, 9))
    assert "level-not-added" in refused(employer, **later).codes


def test_the_filing_must_reach_the_top_of_the_five(tree):
    body = make_body(tree["changchun"], scope=((ELECTRICIAN, "3"),), kind="employer")
    add_level(body)

    assert refused(body).codes == ("not-in-scope",)


def test_another_occupation_is_not_opened_with_it(employer):
    add_level(employer)

    welder = occupation_by_code("6-18-02-04")
    assert [each.code for each in may_assess(employer, welder, "master", on=EXAM)] == ["not-in-scope"]


def test_a_social_organisation_needs_the_authoritys_permit(tree, social):
    assert set(refused(social).codes) == {"level-not-open", "not-in-scope"}
    assert "JL-2024-5§10" in [cite.key for cite in refused(social).cites]
    standards.permit_level(
        actor=make_actor(tree["province"], "provincial_officer"), at=at("2026-01-05 08:00"), asker=asker_of(social),
        occupation=occupation_by_code(ELECTRICIAN), level="master", since=date(2026, 1, 5), reason="全省唯一评价点",
    )  # fmt: skip
    assert set(refused(social).codes) == {"level-not-added", "not-in-scope"}

    add_level(social)

    assert plan(social).lines.get().level == "master"


def test_a_step_keeps_the_standard_and_clauses_of_its_level(employer):
    step = add_level(employer, "3", step="A 档", requirement="本岗位连续三年考核优秀")
    told = LineSpec(occupation_by_code(ELECTRICIAN), "3", Decimal(300), step=step)

    asked = BatchPlan("2026 年第 1 批", employer.sites.get(), [told], date(2026, 4, 13), date(2026, 4, 30), EXAM, EXAM)
    clerk = make_actor(employer.organisation, "exam_clerk")
    batch = plan_batch(actor=clerk, at=at("2026-03-30 09:00"), body=employer, plan=asked, key="step")

    line = batch.lines.get()
    assert (line.own_level, line.standard.kind, line.clause_set) == (step, "national", "standard-2018")
    other = add_level(employer, "1", step="B 档")
    wrong = replace(asked, lines=[replace(told, step=other)])
    with pytest.raises(Refused) as caught:
        plan_batch(actor=clerk, at=at("2026-03-30 09:00"), body=employer, plan=wrong, key="wrong")
    assert caught.value.codes == ("step-not-in-force",)


def test_the_announcement_tells_the_employers_requirement(employer):
    add_level(employer, below="1", requirement="主持过样例技改项目，经济效益显著。")
    batch = plan(employer)

    elements = rules.elements_of(batch)

    (told,) = elements["conditions"]
    assert (told["requirement"], told["cites"]) == ("主持过样例技改项目，经济效益显著。", ["JL-2024-5§10"])
    assert told["clauses"][0][1] == "取得本职业一级／高级技师证书，并符合本单位对该等级的要求"


def test_the_form_offers_the_own_ladder_once(employer):
    step, master = add_level(employer, "3", step="A 档"), add_level(employer)

    form = PlanForm(employer, date(2026, 3, 30))

    pk = master.occupation_id
    assert set(form.cells) == {f"{pk}:3", f"{pk}:1", f"{pk}:3:A 档", f"{pk}:master"}
    assert (form.cells[f"{pk}:3:A 档"].step, form.cells[f"{pk}:master"].step) == (step, None)
    assert [level for _occupation, level in priced_cells(employer, EXAM)] == ["3", "1", "master"]


def test_the_database_keeps_further_levels_on_the_own_ladder(employer):
    add_level(employer)
    line = plan(employer).lines.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        BatchLine.objects.filter(pk=line.pk).update(own_level=None)


def test_the_pages_show_the_requirement_with_its_article(client, employer):
    add_level(employer, requirement="主持过样例技改项目")
    publish_fees(employer, "master")
    clerk = make_user(employer.organisation, "exam_clerk")
    batch = plan(employer)
    announce(actor=make_actor(employer.organisation, "exam_clerk"), at=at("2026-04-07 09:00"), batch=batch)
    public = client.get(reverse("announcement", args=[batch.number])).content.decode()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    inside = client.get(reverse("batch", args=[batch.pk])).content.decode()

    for page in (public, inside):
        assert ("主持过样例技改项目" in page, "JL-2024-5" in page) == (True, True)
