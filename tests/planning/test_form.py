"""The form of a plan: each line at its published fee, another only where none is published (PLN-03)."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import at, make_body, make_tree

from gongjiang.bodies.actions import FeeSpec, publish_fees
from gongjiang.bodies.models import FeePart
from gongjiang.kernel.actor import system
from gongjiang.planning.forms import PlanForm

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("PLN-03")]
TODAY = date(2026, 3, 30)
CELLS = (("6-31-01-03", "4"), ("6-31-01-03", "3"))


@pytest.fixture
def body():
    return make_body(make_tree()["changchun"], scope=CELLS)


def publish(body, **by_level: int) -> None:
    occupation = body.scope.first().occupation
    items = [FeeSpec(occupation, key[-1], FeePart.THEORY, Decimal(fee)) for key, fee in by_level.items()]
    publish_fees(
        actor=system("test"), at=at("2026-03-20"), body=body, basis="样例", items=items, since=date(2026, 3, 20)
    )


def sent(body, **more) -> dict:
    occupation = body.scope.first().occupation_id
    days = {"enrolment_from": "2026-04-13", "enrolment_until": "2026-04-30", "exam_from": "2026-05-30"}
    return {
        "key": "样例", "title": "样例", "site": body.sites.get().pk, "exam_until": "2026-05-30", **days,
        "lines": [f"{occupation}:4", f"{occupation}:3"], **more,
    }  # fmt: skip


def test_each_line_takes_its_published_fee_whatever_is_sent(body):
    publish(body, level4=320, level3=400)
    form = PlanForm(body, TODAY, sent(body, fee="1"))
    assert "fee" not in form.fields
    assert [label.rpartition(" · ")[2] for _key, label in form.fields["lines"].choices] == ["320.00 元", "400.00 元"]
    assert form.is_valid(), form.errors
    assert [(line.level, line.fee) for line in form.plan().lines] == [("4", Decimal(320)), ("3", Decimal(400))]


def test_a_fee_is_asked_for_what_is_not_published(body):
    publish(body, level4=320)
    silent = PlanForm(body, TODAY, sent(body))
    assert silent.errors == {"fee": ["电工 三级/高级工 尚未公布收费标准，请在此填写。"]}
    form = PlanForm(body, TODAY, sent(body, fee="390"))
    assert form.is_valid(), form.errors
    assert [(line.level, line.fee) for line in form.plan().lines] == [("4", Decimal(320)), ("3", Decimal(390))]
    only = PlanForm(body, TODAY, sent(body, lines=sent(body)["lines"][:1]))
    assert only.is_valid()
