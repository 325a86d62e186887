"""Lives of filings: Xinzhou's added occupation, the pilot's record, renewals, and an ordered end with hand-over."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.factories import at, make_actor, make_body, make_certificates, make_confirmed_batch, make_tree
from tests.filing.handling import DAYS, Office, advance, jilin, xinzhou
from tests.filing.life import ELECTRICIAN, WELDER, another_body, examined
from tests.filing_factories import fill, hand_in, make_applicant, make_draft

from gongjiang.accounts.models import RoleAssignment
from gongjiang.bodies.actions import Ruling, begin_winding_up, end_filing
from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import may_assess, standing
from gongjiang.certificates.models import Certificate
from gongjiang.evaluation.actions import load_demo_criteria
from gongjiang.filing import actions, flow, thresholds
from gongjiang.filing.actions import life_termination as endings
from gongjiang.filing.models import Application
from gongjiang.kernel.refusal import Refused
from gongjiang.planning.models import Batch
from gongjiang.standards.queries import occupation_by_code

pytestmark = pytest.mark.django_db
CARER, COOK = "4-10-01-05", "4-03-02-01"


def again(body: AssessmentBody) -> AssessmentBody:
    return AssessmentBody.everything.get(pk=body.pk)


def drafted(body, kind: str, *, on: str, cells=()) -> tuple[Application, object]:
    """Begin and fill an application of a body on file."""
    manager = make_actor(body.organisation, "body_manager")
    applicant = actions.applicant_of_body(actor=manager, at=at(on), body=body)
    application = make_draft(applicant, manager, kind=kind, on=on)
    return fill(application, manager, on=on, **({"cells": cells} if cells else {})), manager


@pytest.mark.requirement("FIL-10")
def test_xinzhou_refuses_an_occupation_until_two_thirds_are_carried_out_then_grants_it():
    office = xinzhou(centre=True)
    body = another_body(office.organisation, ELECTRICIAN, CARER, COOK)
    another_body(office.organisation, CARER)
    examined(body, ELECTRICIAN)
    application, manager = drafted(body, "addition", on="2026-03-02 09:00", cells=[(WELDER, "4")])
    share = thresholds.carried_out(body, date(2026, 3, 2), day=date(2026, 3, 2))
    assert (share.part, share.whole, share.met) == (1, 3, False)
    with pytest.raises(Refused) as refused:
        hand_in(application, manager)
    assert refused.value.codes == ("coverage-too-low",)
    assert [cite.key for cite in refused.value.cites] == ["XZ-2024-2§24(1)"]

    examined(body, CARER)
    application = hand_in(application, manager)
    days = {"sign": "2026-04-13 10:00", "clear": "2026-04-09 09:00", "undertake": "2026-04-09 10:00"}
    application = advance(application, manager, office, "sign", **days)
    assert application.state == "filed"
    welder = occupation_by_code(WELDER)
    assert may_assess(again(body), welder, "4", on=date(2026, 4, 13)) == ()
    assert [g.code for g in may_assess(again(body), welder, "4", on=date(2026, 4, 12))] == ["not-in-scope"]


@pytest.mark.requirement("GOV-04")
def test_the_pilots_record_stands_under_the_rules_of_2019():
    province = make_tree()["province"]
    office = Office("province", province)
    load_demo_criteria(actor=office.first, at=at("2019-08-01 09:00"), place="22")
    applicant, manager = make_applicant(
        on="2019-08-05 09:00", kind="employer", affiliation="provincial", regime="22-2019"
    )
    application = make_draft(applicant, manager, on="2019-08-05 09:00")
    cells = [(ELECTRICIAN, "4")]
    application = fill(application, manager, on="2019-08-06 09:00", cells=cells)
    application = hand_in(application, manager, on="2019-08-06 10:00")
    asked = flow.plan_of(application, date(2019, 8, 6))
    assert {cite.document.key for cites in asked.values() for cite in cites} == {"JL-2019-133"}
    assert "public_notice" not in asked
    days = {step: when.replace("2026-03", "2019-09").replace("2026-04", "2019-10") for step, when in DAYS.items()}
    application = advance(application, manager, office, "sign", **days)
    body = AssessmentBody.everything.get(organisation=applicant.organisation)
    assert (application.state, body.regime, body.filed_on) == ("filed", "22-2019", date(2019, 10, 7))


@pytest.mark.requirement("FIL-08")
def test_renewed_in_time_the_new_term_begins_where_the_old_one_ends():
    office = jilin()
    body = make_body(office.organisation, filed_until=date(2026, 9, 1), filed_on=date(2023, 9, 1))
    application, manager = drafted(body, "renewal", on="2026-03-02 09:00")
    application = hand_in(application, manager)
    assert application.is_late is False
    # A renewal's letter is the authority's own (JL-2025-1§9).
    office.signer = make_actor(office.organisation, "city_approver")
    application = advance(application, manager, office, "sign")
    terms = list(again(body).terms.values_list("since", "until"))
    assert terms == [(date(2023, 9, 1), date(2026, 9, 1)), (date(2026, 9, 1), date(2029, 9, 1))]
    assert standing(again(body), date(2026, 9, 1)) == "filed"


@pytest.mark.requirement("FIL-08")
def test_a_late_renewal_is_taken_as_late_and_a_lapsed_one_not_at_all():
    office = jilin()
    body = make_body(office.organisation, filed_until=date(2026, 5, 1), filed_on=date(2023, 5, 1))
    application, manager = drafted(body, "renewal", on="2026-03-02 09:00")
    assert hand_in(application, manager).is_late is True

    lapsed = another_body(
        office.organisation, ELECTRICIAN, place="2201", filed_until=date(2026, 3, 1), filed_on=date(2023, 3, 1),
        code="S000022998001",
    )  # fmt: skip
    manager = make_actor(lapsed.organisation, "body_manager")
    applicant = actions.applicant_of_body(actor=manager, at=at("2026-03-02 09:00"), body=lapsed)
    with pytest.raises(Refused):
        make_draft(applicant, manager, kind="renewal")
    assert standing(again(lapsed), date(2026, 3, 2)) == "expired"

    anew = fill(make_draft(applicant, manager), manager, cells=[(ELECTRICIAN, "4"), (WELDER, "4")])
    anew = advance(hand_in(anew, manager), manager, office, "sign")
    body = again(lapsed)
    assert (anew.state, body.code) == ("filed", "S000022998001")
    assert list(body.terms.values_list("since", "until")) == [
        (date(2023, 3, 1), date(2026, 3, 1)),
        (date(2026, 4, 7), date(2029, 4, 7)),
    ]
    assert [standing(body, day) for day in (date(2026, 4, 6), date(2026, 4, 7))] == ["expired", "filed"]
    assert may_assess(body, occupation_by_code(WELDER), "4", on=date(2026, 4, 7)) == ()


@pytest.mark.requirement("FIL-09")
def test_an_ordered_end_leaves_certificates_valid_and_hands_the_duties_over():
    office = jilin()
    body = make_body(office.organisation)
    clerk = make_actor(body.organisation, "exam_clerk", "certificate_clerk", "body_manager")
    batch = make_confirmed_batch(body, clerk)
    make_certificates(batch, clerk)
    opened = endings.open_ordered(
        actor=office.first,
        at=at("2026-06-16 09:00"),
        body=body,
        breach="breach_of_27",
        text="样例事实",
        evidence="样例卷宗",
        decision="样例决〔2026〕1 号",
    )
    electrician = occupation_by_code(ELECTRICIAN)
    assert [g.code for g in may_assess(again(body), electrician, "4", on=date(2026, 6, 16))] == ["winding-up"]
    approver = make_actor(office.organisation, "city_approver")
    with pytest.raises(Refused) as reports_open:
        endings.end(actor=approver, at=at("2026-06-17 09:00"), termination=opened, decision="样例决〔2026〕2 号")
    assert set(reports_open.value.codes) == {"open-reports", "open-archives"}
    ended = endings.hand_over(
        actor=approver,
        at=at("2026-06-17 10:00"),
        termination=opened,
        evidence="注销登记通知书（样例）",
        decision="样例决〔2026〕3 号",
    )
    body = again(body)
    assert (ended.state, body.terminated_on, body.duties_with) == (
        "handed_over",
        date(2026, 6, 17),
        office.organisation,
    )
    assert {duty.holder for duty in body.duties.all()} == {office.organisation}
    states = set(Certificate.everything.filter(batch=batch).values_list("state", flat=True))
    assert (states, Batch.everything.get(pk=batch.pk).state) == ({"valid"}, "issued")


@pytest.mark.requirement("FIL-09")
def test_who_is_filed_anew_after_an_end_is_another_body_and_the_old_one_keeps_its_duties():
    office = jilin()
    old = make_body(office.organisation, filed_on=date(2022, 1, 1), filed_until=date(2027, 1, 1))
    manager = make_actor(old.organisation, "body_manager")
    applicant = actions.applicant_of_body(actor=manager, at=at("2026-01-05 09:00"), body=old)
    for act, day, more in ((begin_winding_up, 10, {}), (end_filing, 20, {"kind": "voluntary"})):
        ruling = Ruling("样例决定", office.organisation.name, date(2026, 1, day))
        act(actor=office.signer, at=at(f"2026-01-{day}"), body=old, ruling=ruling, **more)
    anew = fill(make_draft(applicant, manager), manager, cells=[(WELDER, "4")])
    anew = advance(hand_in(anew, manager), manager, office, "sign")
    new = AssessmentBody.everything.get(terminated_on=None)
    old = again(old)
    assert (anew.state, new.credit_code, new.name) == ("filed", old.credit_code, old.name)
    assert new.code != old.code
    assert [standing(old, date(2026, 4, 7)), standing(new, date(2026, 4, 7))] == ["terminated", "filed"]
    held = RoleAssignment.objects.filter(user_id=manager.user_id, role="body_manager")
    assert list(held.values_list("organisation", "since").order_by("since")) == [
        (old.organisation_id, date(2020, 1, 1)),
        (new.organisation_id, date(2026, 4, 7)),
    ]
    assert may_assess(new, occupation_by_code(WELDER), "4", on=date(2026, 4, 7)) == ()
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentBody.everything.filter(pk=old.pk).update(terminated_on=None)
