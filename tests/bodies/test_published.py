from datetime import date
from decimal import Decimal

import pytest
from tests.factories import FEE, at, make_actor, make_batch, make_body, make_tree

from gongjiang.bodies import actions, published
from gongjiang.bodies.actions import FeeSpec
from gongjiang.bodies.models import FeeSchedule, PublishedRule
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import Refused
from gongjiang.planning import actions as planning
from gongjiang.standards.queries import occupation_by_code

pytestmark = pytest.mark.django_db
ELECTRICIAN = "6-31-01-03"


@pytest.fixture
def body():
    return make_body(make_tree()["changchun"])


@pytest.fixture
def manager(body):
    return make_actor(body.organisation, "body_manager", "exam_clerk")


def unpublish(body, *kinds: str) -> None:
    """Let published rules have ended before the batches of 2026."""
    body.published_rules.filter(kind__in=kinds).update(until=date(2025, 12, 1))


def fees(*amounts: str) -> list[FeeSpec]:
    parts = ("theory", "practical", "review")
    occupation = occupation_by_code(ELECTRICIAN)
    return [FeeSpec(occupation, "4", part, Decimal(each)) for part, each in zip(parts, amounts, strict=False)]


def announcing(batch, manager) -> dict[str, list[str]]:
    with pytest.raises(Refused) as refused:
        planning.announce(actor=manager, at=at("2026-04-01"), batch=batch)
    return {ground.code: [cite.key for cite in ground.cites] for ground in refused.value.grounds}


@pytest.mark.requirement("FIL-13")
def test_a_batch_opens_only_with_published_rules(body, manager):
    batch = make_batch(body, manager)
    unpublish(body, "quality", "certificates")

    assert announcing(batch, manager) == {"rules-unpublished": ["MOHRSS-2020-17§19"]}
    given = {"actor": manager, "at": at("2026-03-31"), "body": body, "title": "办法", "text": "一、……"}
    for kind in ("quality", "certificates"):
        actions.publish_rule(kind=kind, since=date(2026, 3, 31), **given)
    assert planning.announce(actor=manager, at=at("2026-04-01"), batch=batch).batch == batch


@pytest.mark.requirement("FIL-13", "PLN-03")
def test_a_batch_opens_only_with_published_fees(body, manager):
    batch = make_batch(body, manager)
    body.fee_schedules.update(until=date(2025, 12, 1))

    assert announcing(batch, manager) == {"fees-unpublished": ["JL-2025-1§6(2)"]}


@pytest.mark.requirement("PLN-03")
@pytest.mark.parametrize(
    ("amounts", "codes"),
    [(("130", "300"), []), (("130", "200", "100"), []), (("130", "299.99"), ["fee-not-published"])],
)
def test_the_fee_of_a_line_is_the_sum_of_the_published_parts(body, manager, amounts, codes):
    batch = make_batch(body, manager)
    given = {"actor": manager, "at": at("2026-03-31"), "body": body, "basis": "成本", "since": date(2026, 3, 31)}
    actions.publish_fees(items=fees(*amounts), **given)

    lines = [(line.occupation, line.level, line.fee) for line in batch.lines.all()]
    assert [ground.code for ground in published.fee_grounds(body, lines, date(2026, 4, 1))] == codes
    if codes:
        assert announcing(batch, manager) == {"fee-not-published": ["JL-2025-1§6(2)"]}


@pytest.mark.requirement("PLN-03")
def test_a_new_schedule_ends_the_last_and_keeps_it(body, manager):
    schedule = actions.publish_fees(
        actor=manager, at=at("2026-03-01"), body=body, basis="成本", items=fees("100"), since=date(2026, 4, 1)
    )

    rows = FeeSchedule.objects.filter(body=body).order_by("version").values_list("version", "since", "until")
    assert list(rows) == [(1, date(2025, 10, 8), date(2026, 4, 1)), (2, date(2026, 4, 1), None)]
    occupation = occupation_by_code(ELECTRICIAN)
    found = [published.fee_on(body, occupation, "4", day) for day in (date(2026, 3, 31), date(2026, 4, 1))]
    assert found == [FEE, Decimal(100)]
    assert published.fee_on(body, occupation, "3", date(2026, 4, 1)) is None
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, entry.subject_id, entry.facts["items"]) == (
        "body.publish_fees",
        str(schedule.pk),
        [[ELECTRICIAN, "4", "theory", "100"]],
    )


@pytest.mark.requirement("FIL-13")
def test_versions_of_rules_follow_one_another(body, manager):
    given = {"actor": manager, "at": at("2026-03-01"), "body": body, "kind": "quality", "title": "质量管理办法"}
    second = actions.publish_rule(text="二、……", since=date(2026, 3, 1), **given)

    assert (second.version, second.until) == (2, None)
    assert published.rules_on(body, date(2026, 2, 28))["quality"].version == 1
    assert published.rules_on(body, date(2026, 3, 1))["quality"] == second


@pytest.mark.requirement("FIL-13")
@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"text": " "}, ("rule-empty",)),
        ({"kind": "poetry"}, ("rule-empty",)),
        ({"since": date(2026, 2, 28)}, ("backdated",)),
        ({"at": at("2025-10-08"), "since": date(2025, 10, 8)}, ("version-too-new",)),
    ],
)
def test_wrong_rules_are_refused(body, manager, change, codes):
    given = {"at": at("2026-03-01"), "kind": "quality", "title": "办法", "text": "一", "since": date(2026, 3, 1)}
    before = PublishedRule.objects.count()
    with pytest.raises(Refused) as refused:
        actions.publish_rule(actor=manager, body=body, **{**given, **change})
    assert (refused.value.codes, PublishedRule.objects.count()) == (codes, before)


@pytest.mark.requirement("PLN-03")
@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"items": []}, ("fees-empty",)),
        ({"basis": ""}, ("fees-empty",)),
        ({"items": "twice"}, ("fee-wrong",)),
        ({"items": "negative"}, ("fee-wrong",)),
        ({"items": "foreign"}, ("not-in-scope",)),
    ],
)
def test_wrong_fees_are_refused(body, manager, change, codes):
    welder = occupation_by_code("6-18-02-04")
    lists = {"twice": fees("1") * 2, "negative": fees("-1"), "foreign": [FeeSpec(welder, "4", "theory", Decimal(1))]}
    change = {key: lists.get(value, value) if isinstance(value, str) else value for key, value in change.items()}
    given = {"basis": "成本", "items": fees("430"), "since": date(2026, 3, 1), **change}
    with pytest.raises(Refused) as refused:
        actions.publish_fees(actor=manager, at=at("2026-03-01"), body=body, **given)
    assert (refused.value.codes, FeeSchedule.objects.count()) == (codes, 1)


@pytest.mark.requirement("FIL-13")
def test_the_body_publishes_on_its_page_and_the_public_reads_it(body, client, set_clock):
    from tests.factories import make_user

    set_clock("2026-03-01 10:00")
    unpublish(body, "quality")
    client.force_login(make_user(body.organisation, "body_manager"))
    page = client.get(f"/bodies/{body.pk}/published/").content.decode()
    assert "质量管理" in page

    form = {"kind": "quality", "title": "新质量办法", "text": "一、两人评分。", "since": "2026-03-01"}
    answer = client.post(f"/bodies/{body.pk}/published/rule/", form)
    assert (answer.status_code, answer["Location"]) == (302, f"/bodies/{body.pk}/published/")
    occupation = occupation_by_code(ELECTRICIAN)
    form = {"basis": "按成本", "since": "2026-03-01", f"fee-{occupation.pk}-4-theory": "120.50"}
    assert client.post(f"/bodies/{body.pk}/published/fees/", form).status_code == 302
    client.logout()
    public = client.get(f"/directory/{body.code}/").content.decode()
    assert ("新质量办法" in public, "120.50" in public) == (True, True)
    assert "一、两人评分。" in client.get(f"/directory/{body.code}/rules/quality/2/").content.decode()
    assert client.get(f"/directory/{body.code}/rules/quality/3/").status_code == 404
