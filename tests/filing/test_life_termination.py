from datetime import date
from decimal import Decimal

import pytest
from tests.factories import (
    at,
    make_actor,
    make_batch,
    make_body,
    make_certificates,
    make_confirmed_batch,
    make_examinee,
    make_tree,
)
from tests.filing.life import another_body, application, xinzhou_tree

from gongjiang.bodies import queries
from gongjiang.bodies.actions import Ruling
from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import winding_up
from gongjiang.filing.actions import life_termination as life
from gongjiang.filing.actions.life_refunds import RefundSpec, record_refunds, refund_batch
from gongjiang.filing.models import Refund, Termination
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning.models import Batch

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-09")]
DAY = "2026-06-01"
ON = date(2026, 6, 1)


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def people(tree, body):
    return {
        "officer": make_actor(tree["changchun"], "city_officer"),
        "approver": make_actor(tree["changchun"], "city_approver"),
        "both": make_actor(tree["changchun"], "city_officer", "city_approver"),
        "stranger": make_actor(tree["jilin_city"], "city_officer", "city_approver"),
        "manager": make_actor(body.organisation, "body_manager"),
        "clerk": make_actor(body.organisation, "exam_clerk", "certificate_clerk"),
    }


def order(actor, body, *, on: str = DAY, **changes) -> Termination:
    told = {"breach": "breach_of_27", "text": "样例事实", "evidence": "样例卷宗 1 号", "decision": "样例决〔2026〕1 号"}
    return life.open_ordered(actor=actor, at=at(f"{on} 09:00"), body=body, **{**told, **changes})


def close_archives(actor, termination, *, on: str = DAY):
    life.answer_item(
        actor=actor,
        at=at(f"{on} 10:00"),
        termination=termination,
        item="archives",
        text="样例路 9 号，戊辰夏保管",
    )


def open_items(termination, on=ON) -> dict[str, int]:
    return {item.key: item.count for item in winding_up.checklist(termination, on) if item.is_open}


def standing(body, day: str) -> str:
    return queries.standing(AssessmentBody.everything.get(pk=body.pk), date.fromisoformat(day))


def test_an_ordered_end_is_wound_up_and_ended_by_another_person(body, people):
    termination = order(people["officer"], body)
    assert (standing(body, DAY), termination.kind, termination.opened_on) == ("winding_up", "ordered", ON)
    assert termination.ground == "严重违反人社厅发〔2024〕27号规定情形：样例事实"
    assert open_items(termination) == {"archives": 1}
    close_archives(people["manager"], termination)

    ended = life.end(
        actor=people["approver"], at=at("2026-06-10 09:00"), termination=termination, decision="样例决〔2026〕2 号"
    )

    assert (ended.state, ended.ended_on, ended.decision.kind) == ("ended", date(2026, 6, 10), "ordered")
    assert ended.decision.cites == ["JL-2025-1§11", "JL-2025-1§12"]
    assert (standing(body, "2026-06-09"), standing(body, "2026-06-10")) == ("winding_up", "terminated")
    assert [(duty.kind, duty.holder) for duty in body.duties.all()] == [
        (kind, body.organisation) for kind in ("re_check", "correction", "revocation", "archives")
    ]
    entries = AuditEntry.objects.filter(subject_kind="filing.termination").values_list("action", flat=True)
    assert list(entries) == ["termination.open_ordered", "termination.answer", "termination.end"]


def test_who_ordered_it_does_not_end_it(body, people):
    termination = order(people["both"], body)
    close_archives(people["manager"], termination)
    with pytest.raises(Refused) as refused:
        life.end(actor=people["both"], at=at("2026-06-10"), termination=termination, decision="样例决〔2026〕2 号")
    assert refused.value.codes == ("same-person",)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"breach": "undertaking_broken"}, ("breach-unknown",)),
        ({"text": " ", "evidence": "", "decision": ""}, ("ground-missing", "evidence-missing", "decision-missing")),
    ],
)
def test_an_order_names_a_breach_of_the_law_of_the_place_and_its_evidence(body, people, changes, codes):
    with pytest.raises(Refused) as refused:
        order(people["officer"], body, **changes)
    assert refused.value.codes == codes
    assert standing(body, DAY) == "filed"


def test_in_xinzhou_a_broken_undertaking_is_the_breach(db):
    tree = xinzhou_tree()
    body = another_body(tree["city"], "6-31-01-03")
    officer = make_actor(tree["city"], "city_officer")
    termination = order(officer, body, breach="undertaking_broken")
    decision = termination.body.decisions.get(kind="winding_up")
    assert decision.cites == ["XZ-2024-2§31"]
    assert {tuple(c.key for c in item.cites) for item in winding_up.checklist(termination, ON)} == {
        ("XZ-2024-2§32",),
    }


@pytest.mark.parametrize("who", ["stranger", "manager", "approver"])
def test_only_an_officer_of_the_authority_that_selected_it_orders(body, people, who):
    with pytest.raises(NotAllowed):
        order(people[who], body)
    assert Termination.everything.count() == 0


def test_the_authority_of_another_city_neither_sees_nor_ends_it(body, people):
    termination = order(people["officer"], body)
    with pytest.raises(Termination.DoesNotExist):
        winding_up.termination_for(people["stranger"], termination.pk)
    close_archives(people["manager"], termination)
    with pytest.raises(NotAllowed) as refused:
        life.end(actor=people["stranger"], at=at("2026-06-10"), termination=termination, decision="x")
    assert "another-authority" in refused.value.codes


def test_the_checklist_does_not_close_over_what_is_open(body, people):
    """Open batches, unrefunded fees, unreported certificates, papers and requests (JL-2025-1§13)."""
    announced = make_batch(body, people["clerk"])
    make_examinee(announced, 1)
    cancelled = make_batch(body, people["clerk"])
    make_examinee(cancelled, 2)
    make_examinee(cancelled, 3, state="withdrawn")
    Batch.everything.filter(pk=cancelled.pk).update(state="cancelled")
    Batch.everything.filter(pk=announced.pk).update(state="announced", announced_on=date(2026, 4, 7))
    issued = make_confirmed_batch(body, people["clerk"], passed=2, start=50)
    make_certificates(issued, people["clerk"])
    Batch.everything.filter(pk=issued.pk).update(state="issued", issued_on=date(2026, 6, 15))
    application(body, "addition", state="submitted")
    day = date(2026, 6, 20)
    termination = order(people["officer"], body, on="2026-06-20")

    assert open_items(termination, day) == {
        "batches": 1,
        "fees": 1,
        "reports": 1,
        "applications": 1,
        "archives": 1,
    }
    with pytest.raises(Refused) as refused:
        life.end(actor=people["approver"], at=at("2026-06-20 12:00"), termination=termination, decision="决 2")
    assert refused.value.codes == (
        "open-batches",
        "open-fees",
        "open-reports",
        "open-applications",
        "open-archives",
    )
    assert {cite.key for cite in refused.value.cites} == {"JL-2025-1§12", "JL-2025-1§13"}
    assert standing(body, "2026-06-20") == "winding_up"


def test_fees_of_cancelled_batches_are_refunded_one_by_one_or_by_batch(body, people):
    first, second = (make_batch(body, people["clerk"]) for _n in range(2))
    one, *rest = [make_examinee(batch, n) for n, batch in enumerate((first, first, second, second))]
    Batch.everything.filter(pk__in=[first.pk, second.pk]).update(state="cancelled")
    termination = order(people["officer"], body)
    assert open_items(termination)["fees"] == 4

    spec = RefundSpec(one, Decimal(430), ON, "样例回单 1")
    record_refunds(actor=people["manager"], at=at("2026-06-01 12:00"), termination=termination, refunds=[spec])
    assert open_items(termination)["fees"] == 3
    with pytest.raises(Refused) as refused:
        record_refunds(actor=people["manager"], at=at("2026-06-01 12:00"), termination=termination, refunds=[spec])
    assert refused.value.codes == ("not-due",)

    made = refund_batch(
        actor=people["manager"],
        at=at("2026-06-01 13:00"),
        termination=termination,
        batch=second,
        refunded_on=ON,
        reference="样例回单 2",
    )
    assert [(each.enrolment_id, each.amount, each.reference) for each in made] == [
        (rest[1].pk, Decimal(430), "样例回单 2"),
        (rest[2].pk, Decimal(430), "样例回单 2"),
    ]
    assert open_items(termination)["fees"] == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": Decimal(400)}, "amount-wrong"),
        ({"refunded_on": date(2026, 6, 2)}, "day-wrong"),
        ({"refunded_on": date(2026, 4, 19)}, "day-wrong"),
        ({"reference": "  "}, "reference-missing"),
    ],
)
def test_a_refund_is_whole_dated_and_has_a_reference(body, people, changes, code):
    batch = make_batch(body, people["clerk"])
    told = {"enrolment": make_examinee(batch, 1), "amount": Decimal(430), "refunded_on": ON, "reference": "样例回单"}
    Batch.everything.filter(pk=batch.pk).update(state="cancelled")
    termination = order(people["officer"], body)
    with pytest.raises(Refused) as refused:
        record_refunds(
            actor=people["manager"],
            at=at("2026-06-01 12:00"),
            termination=termination,
            refunds=[RefundSpec(**{**told, **changes})],
        )
    assert refused.value.codes == (code,)
    assert Refund.objects.count() == 0


def test_only_the_body_records_its_refunds_and_answers(body, people):
    termination = order(people["officer"], body)
    for who in ("officer", "clerk", "stranger"):
        with pytest.raises(NotAllowed):
            record_refunds(actor=people[who], at=at(DAY), termination=termination, refunds=[])
        with pytest.raises(NotAllowed):
            close_archives(people[who], termination)


def test_an_item_is_settled_by_doing_it_not_by_words(body, people):
    make_batch(body, people["clerk"])
    termination = order(people["officer"], body)
    with pytest.raises(Refused) as refused:
        life.answer_item(
            actor=people["manager"], at=at("2026-06-01 10:00"), termination=termination, item="batches", text="已办"
        )
    assert refused.value.codes == ("not-answered-in-words",)


def test_where_the_body_is_gone_the_authority_takes_over_and_answers(body, people):
    batch = make_batch(body, people["clerk"])
    enrolment = make_examinee(batch, 1)
    Batch.everything.filter(pk=batch.pk).update(state="announced", announced_on=date(2026, 4, 7))
    termination = order(people["officer"], body)

    taken = life.hand_over(
        actor=people["approver"],
        at=at("2026-06-10 09:00"),
        termination=termination,
        evidence="市场监管注销登记 2026-06-05",
        decision="样例决〔2026〕3 号",
    )

    assert (taken.state, taken.body_is_gone, taken.ended_on) == ("handed_over", True, date(2026, 6, 10))
    gone = AssessmentBody.everything.get(pk=body.pk)
    assert gone.duties_with == body.authority
    assert {duty.holder_id for duty in gone.duties.all()} == {body.authority_id}
    assert [d.kind for d in gone.decisions.order_by("pk")][-2:] == ["ordered", "handed_over"]
    assert open_items(taken, date(2026, 6, 10)) == {"batches": 1, "fees": 1, "archives": 1}
    with pytest.raises(NotAllowed):
        close_archives(people["manager"], taken, on="2026-06-11")
    life.answer_item(
        actor=people["officer"], at=at("2026-06-11 09:00"), termination=taken, item="batches", text="考生另行安排"
    )
    spec = RefundSpec(enrolment, Decimal(430), date(2026, 6, 11), "样例回单")
    record_refunds(actor=people["officer"], at=at("2026-06-11 10:00"), termination=taken, refunds=[spec])
    close_archives(people["officer"], taken, on="2026-06-11")
    assert open_items(taken, date(2026, 6, 11)) == {}


def test_taking_over_needs_to_say_how_the_body_is_known_to_be_gone(body, people):
    termination = order(people["officer"], body)
    with pytest.raises(Refused) as refused:
        life.hand_over(actor=people["approver"], at=at(DAY), termination=termination, evidence="", decision="决 3")
    assert refused.value.codes == ("evidence-missing",)
    assert standing(body, DAY) == "winding_up"


def test_a_voluntary_end_opens_with_the_letter(body, people):
    asked = application(body, "termination", summary="不再开展认定工作", state="submitted")
    ruling = Ruling("自愿终止", "样例长春市人社局", ON, letter_number="样例备〔2026〕9 号")
    termination = life.open_voluntary(actor=people["approver"], at=at(DAY), application=asked, ruling=ruling)
    assert (termination.kind, termination.ground, termination.opened_by) == ("voluntary", "不再开展认定工作", None)
    assert standing(body, DAY) == "winding_up"
    close_archives(people["manager"], termination)
    ended = life.end(actor=people["approver"], at=at("2026-06-02"), termination=termination, decision="决 2")
    assert (ended.decision.kind, ended.decision.cites) == ("terminated", ["JL-2025-1§10", "JL-2025-1§12"])


def test_an_ended_filing_does_not_end_twice(body, people):
    termination = order(people["officer"], body)
    close_archives(people["manager"], termination)
    life.end(actor=people["approver"], at=at("2026-06-02"), termination=termination, decision="决 2")
    with pytest.raises(NotAllowed) as refused:
        life.end(actor=people["approver"], at=at("2026-06-03"), termination=termination, decision="决 3")
    assert refused.value.codes == ("wrong-state",)
    with pytest.raises(Refused):
        order(people["officer"], body, on="2026-06-04")
