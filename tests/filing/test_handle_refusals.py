"""Each act of the authority is refused to who may not do it, too early, or without what comes before; and says why."""

from datetime import date

import pytest
from tests.factories import at, make_actor
from tests.filing.handling import DAYS, advance, jilin, settle_panel, submitted, told, xinzhou

from gongjiang.filing import actions, queries
from gongjiang.filing.actions import LackingItem, Objecting
from gongjiang.filing.acts_officer import next_acts, waits_for
from gongjiang.filing.models import Application, Objector
from gongjiang.filing.rules_handling import stands_in_the_way
from gongjiang.kernel import notices
from gongjiang.kernel.actor import PUBLIC
from gongjiang.kernel.models import Message
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law.places import JILIN_PILOT

pytestmark = pytest.mark.django_db


def codes(act, *args, **kwargs) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.codes


@pytest.fixture
def office():
    return jilin()


@pytest.fixture
def case(office):
    return submitted(office)


def on_notice(office, case, **days):
    application, manager = case
    return advance(application, manager, office, "post", **days)


# Routing


@pytest.mark.requirement("GOV-03")
def test_a_wrong_recipient_is_sent_on_with_a_reason_and_no_longer_sees_it(office, case):
    application, manager = case
    province = office.organisation.parent
    again = told(office.first, application, "2026-03-03 09:00") | {"affiliation": "municipal", "place_code": "2201"}
    assert codes(actions.reroute, **again, reason="样例：隶属有误") == ("same",)
    wrong = again | {"affiliation": "provincial"}
    assert codes(actions.reroute, **wrong, reason=" ") == ("words-missing",)

    actions.reroute(**wrong, reason="样例：省属单位")

    application.refresh_from_db()
    assert (application.authority, application.affiliation) == (province, "provincial")
    assert application.applicant.organisation.path == f"{province.path}{application.applicant.organisation_id}/"
    assert [(each.to, each.reason) for each in application.routings.all()][-1] == (province, "样例：省属单位")
    with pytest.raises(Application.DoesNotExist):
        queries.application_for(office.first, application.pk)
    officer = make_actor(province, "provincial_officer")
    assert queries.application_for(officer, application.pk) == application
    assert Message.objects.filter(key__startswith="filing:reroute:", user_id=manager.user_id).count() == 1
    actions.accept(**told(officer, application, "2026-03-04 09:00"))


@pytest.mark.requirement("GOV-03")
def test_the_applicant_of_a_body_on_file_stays_with_its_authority(office, case):
    application, manager = case
    application = advance(application, manager, office, "sign")
    body = application.body
    addition = actions.begin(actor=manager, at=at("2026-05-06"), applicant=application.applicant, kind="addition")
    Application.everything.filter(pk=addition.pk).update(state="submitted", applied_on=date(2026, 5, 6))

    refused = told(office.first, addition, "2026-05-07 09:00") | {"affiliation": "provincial", "place_code": "2201"}
    assert codes(actions.reroute, **refused, reason="样例：省属单位") == ("on-file",)
    body.refresh_from_db()
    assert (body.authority, body.organisation.parent) == (office.organisation, office.organisation)


@pytest.mark.requirement("GOV-02")
def test_the_province_doesnt_take_a_citys_application_off_its_hands(office, case):
    application, _manager = case
    officer = make_actor(office.organisation.parent, "provincial_officer")

    assert codes(actions.accept, **told(officer, application, DAYS["accept"])) == ("another-authority",)
    assert [act.kind.act for act in next_acts(application, officer, at(DAYS["accept"]))] == []
    assert waits_for(next_acts(application, office.first, at(DAYS["accept"]))).kind.act == "accept"


@pytest.mark.requirement("GOV-03")
def test_a_city_doesnt_accept_what_belongs_to_the_province(office, case):
    application, _manager = case
    Application.everything.filter(pk=application.pk).update(affiliation="central")

    with pytest.raises(Refused) as refused:
        actions.accept(**told(office.first, application, DAYS["accept"]))
    assert refused.value.codes == ("wrong-recipient",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2025-1§4"]


def test_another_citys_officer_finds_nothing(office, case):
    from tests.factories import make_organisation

    application, _manager = case
    other = make_organisation("city", "样例白山市人社局", "2206", office.organisation.parent)
    with pytest.raises(Application.DoesNotExist):
        queries.application_for(make_actor(other, "city_officer"), application.pk)


@pytest.mark.requirement("GOV-03")
def test_in_xinzhou_the_service_centre_accepts_what_its_rules_say():
    office = xinzhou(centre=True)
    application, _manager = submitted(office)
    Application.everything.filter(pk=application.pk).update(kind="addition")

    with pytest.raises(Refused) as refused:
        actions.accept(**told(office.second, application, DAYS["accept"]))
    assert refused.value.codes == ("another-authority",)
    assert [cite.key for cite in refused.value.cites] == ["XZ-2024-2§23"]
    assert actions.accept(**told(office.first, application, DAYS["accept"])).accepted_by_id == office.first.user_id


# Correction and opinions


@pytest.mark.requirement("FIL-04")
def test_a_return_names_each_item_and_states_until_when(office, case):
    application, _manager = case
    args = told(office.first, application, "2026-03-03 09:00")
    assert codes(actions.return_for_correction, **args, items=[]) == ("no-items",)

    item = LackingItem("venue", "面积证明缺第 2 页", "补交完整的租赁合同")
    correction = actions.return_for_correction(**args, items=[item])

    application.refresh_from_db()
    assert (application.state, correction.round) == ("returned", 1)
    assert correction.items == [{"item": "venue", "lacks": "面积证明缺第 2 页", "mend": "补交完整的租赁合同"}]
    # Ten working days are the place's setting; 2026-03-17 is the tenth after 03-03.
    assert correction.due_on == date(2026, 3, 17)
    assert setting("filing.internal_days", place="2201", day=date(2026, 3, 3)).value["correct"] == 10


@pytest.mark.requirement("FIL-04")
def test_every_item_has_its_opinion_before_the_evaluation_is_over(office, case):
    application, manager = case
    application = advance(application, manager, office, "accept")
    args = told(office.first, application, DAYS["opinions"])
    assert codes(actions.write_opinion, **args, item="own_venue", met=True) == ("no-such-item",)
    assert codes(actions.write_opinion, **args, item="venue", met=False, text=" ") == ("words-missing",)
    actions.write_opinion(**args, item="venue", met=False, text="面积不足")
    actions.write_opinion(**args, item="venue", met=True)
    assert application.opinions.get().met

    actions.open_evaluation(**args)
    settle_panel(application)
    with pytest.raises(Refused) as refused:
        actions.conclude_evaluation(**told(office.first, application, DAYS["conclude"]))
    assert refused.value.codes == ("opinion-missing",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2025-1§7(2)"]


@pytest.mark.requirement("FIL-05")
def test_without_the_panels_opinion_nothing_is_handed_in(office, case):
    application, manager = case
    application = advance(application, manager, office, "opinions")
    concluded = told(office.first, application, DAYS["conclude"])
    assert codes(actions.conclude_evaluation, **concluded) == ("no-panel-yet",)

    actions.open_evaluation(**told(office.first, application, DAYS["open"]))
    application.refresh_from_db()
    evaluation = application.evaluation
    assert (evaluation.stages, evaluation.organisation) == (["preliminary", "technical"], office.organisation)
    assert evaluation.credit_code == application.applicant.credit_code
    assert list(evaluation.occupations.all()) == [application.scope.get().occupation]
    assert evaluation.submission_digest == application.snapshots.get().digest
    assert "not-concluded" in codes(actions.conclude_evaluation, **told(office.first, application, DAYS["conclude"]))
    assert codes(actions.open_evaluation, **told(office.first, application, DAYS["open"])) == ("evaluation-open",)


# Three people


@pytest.mark.requirement("FIL-06")
def test_who_accepted_doesnt_deliberate(office, case):
    application, manager = case
    application = advance(application, manager, office, "conclude")

    with pytest.raises(Refused) as refused:
        actions.deliberate(**told(office.first, application, DAYS["deliberate"]), text="样例：同意", favourable=True)
    assert refused.value.codes == ("same-person",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2025-1§7(5)"]
    assert codes(actions.refuse, **told(office.first, application, DAYS["deliberate"]), reason="样例：不符合") == (
        "same-person",
    )


@pytest.mark.requirement("FIL-06")
@pytest.mark.parametrize("step", ["accepted_by_id", "deliberated_by_id"])
def test_who_accepted_or_deliberated_doesnt_sign(step):
    office = xinzhou()
    application, manager = submitted(office)
    application = advance(application, manager, office, "undertake")
    signer = make_actor(office.organisation, "city_approver")
    Application.everything.filter(pk=application.pk).update(**{step: signer.user_id})

    assert codes(actions.sign_letter, **told(signer, application, DAYS["sign"])) == ("same-person",)
    actions.sign_letter(**told(office.signer, application, DAYS["sign"]))


@pytest.mark.requirement("GOV-03")
def test_in_jilin_the_city_doesnt_sign_what_the_province_sends(office, case):
    application, manager = case
    application = advance(application, manager, office, "undertake")
    approver = make_actor(office.organisation, "city_approver")

    with pytest.raises(Refused) as refused:
        actions.sign_letter(**told(approver, application, DAYS["sign"]))
    assert refused.value.codes == ("another-authority",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2025-1§7(5)"]


def test_against_the_panel_or_an_item_no_deliberation_is_favourable(office, case):
    application, manager = case
    application = advance(application, manager, office, "open")
    actions.write_opinion(**told(office.first, application, DAYS["open"]), item="venue", met=False, text="面积不足")
    settle_panel(application, verdict=False)
    actions.conclude_evaluation(**told(office.first, application, DAYS["conclude"]))

    args = told(office.second, application, DAYS["deliberate"])
    assert codes(actions.deliberate, **args, text="样例：同意", favourable=True) == ("item-not-met", "panel-against")
    actions.deliberate(**args, text="样例：不同意", favourable=False)
    assert codes(actions.post_notice, **told(office.first, application, DAYS["post"])) == ("not-favourable",)
    actions.refuse(**told(office.third, application, DAYS["post"]), reason="样例：场地不足")
    application.refresh_from_db()
    assert (application.state, application.refusal) == ("refused", "样例：场地不足")


# The notice


@pytest.mark.requirement("FIL-06")
@pytest.mark.parametrize(
    ("when", "opens"),
    [("2026-03-27 10:00", False), ("2026-04-01 09:00", False), ("2026-04-02 23:59", False), ("2026-04-03 00:00", True)],
)
def test_the_notice_runs_five_working_days(office, case, when, opens):
    application = on_notice(office, case)
    notice = notices.newest_on(application)
    assert (notice.posted_on, notice.working_days, notice.last_day) == (date(2026, 3, 26), 5, date(2026, 4, 2))

    if opens:
        assert actions.clear(**told(office.first, application, when)).state == "cleared"
    else:
        with pytest.raises(Refused) as refused:
            actions.clear(**told(office.first, application, when))
        assert refused.value.codes == ("notice-running",)
        assert [cite.key for cite in refused.value.cites] == ["JL-2025-1§7(5)"]
        assert stands_in_the_way(application, "clear", office.first, at(when)) == list(refused.value.grounds)


@pytest.mark.requirement("FIL-06")
def test_a_year_without_its_holiday_notice_never_closes_a_notice(office, case):
    application = on_notice(office, case, deliberate="2027-03-25 10:00", post="2027-03-26 10:00")
    assert notices.newest_on(application).provisional
    assert codes(actions.clear, **told(office.first, application, "2027-06-01 09:00")) == ("notice-provisional",)


@pytest.mark.requirement("FIL-06")
def test_an_objection_stops_it_until_somebody_else_has_replied(office, case):
    application = on_notice(office, case)
    notice = notices.newest_on(application)
    objecting = Objecting("甲辰秋", "0431-00000001", "考点不是自有场地")
    args = {"actor": PUBLIC, "at": at("2026-04-02 23:00"), "notice": notice, "key": "form-1"}
    objection = actions.object_to_filing(**args, objecting=objecting)
    assert actions.object_to_filing(**args, objecting=objecting) == objection
    assert (Objector.objects.get().name, objection.text) == ("甲辰秋", "考点不是自有场地")
    assert codes(actions.clear, **told(office.first, application, DAYS["clear"])) == ("objection-pending",)

    reply = {"at": at("2026-04-03 10:00"), "objection": objection, "text": "已核对产权证", "upheld": False}
    assert codes(actions.reply_to_objection, actor=office.first, **reply) == ("same-person",)
    assert codes(actions.reply_to_objection, actor=office.second, **reply) == ("same-person",)
    actions.reply_to_objection(actor=office.third, **reply)
    assert actions.clear(**told(office.first, application, "2026-04-03 11:00")).state == "cleared"


def test_an_upheld_objection_leads_to_refusal_only(office, case):
    application = on_notice(office, case)
    notice = notices.newest_on(application)
    objection = actions.object_to_filing(
        actor=PUBLIC, at=at("2026-03-30 10:00"), notice=notice, key="form-2",
        objecting=Objecting("甲辰秋", "0431-00000001", "考点不是自有场地"),
    )  # fmt: skip
    actions.reply_to_objection(
        actor=office.third, at=at("2026-03-31 10:00"), objection=objection, text="属实", upheld=True
    )
    assert codes(actions.clear, **told(office.first, application, DAYS["clear"])) == ("objection-upheld",)
    actions.refuse(**told(office.third, application, DAYS["clear"]), reason="样例：场地不属实")
    assert application.refusal == ""


def test_objections_need_a_contact_a_running_notice_and_measure(office, case):
    application = on_notice(office, case)
    notice = notices.newest_on(application)

    def object_(key: str, when: str, name: str = "甲辰秋"):
        return actions.object_to_filing(
            actor=PUBLIC, at=at(when), notice=notice, key=key, objecting=Objecting(name, "0431-1", "样例")
        )

    assert codes(object_, "a", "2026-03-27 10:00", name=" ") == ("no-contact",)
    assert codes(object_, "a", "2026-04-03 00:00") == ("notice-over",)
    for number in range(5):
        object_(f"k{number}", "2026-03-27 10:00")
    assert codes(object_, "k5", "2026-03-27 10:00") == ("too-many",)


def test_refusing_takes_the_notice_down(office, case):
    application = on_notice(office, case)
    actions.refuse(**told(office.third, application, "2026-03-30 10:00"), reason="样例：材料不实")
    assert notices.newest_on(application) is None
    assert notices.notices_on(application).get().withdrawn_on == date(2026, 3, 30)


def test_refusing_stops_the_panel(office, case):
    application, manager = case
    application = advance(application, manager, office, "open")
    actions.refuse(**told(office.second, application, "2026-03-09 10:00"), reason="样例：材料不实")
    application.refresh_from_db()
    assert (application.state, application.evaluation.state) == ("refused", "stopped")


# The letter


@pytest.mark.requirement("FIL-11")
def test_without_the_undertaking_no_letter(office, case):
    application, manager = case
    application = advance(application, manager, office, "clear")

    with pytest.raises(Refused) as refused:
        actions.sign_letter(**told(office.signer, application, DAYS["sign"]))
    assert refused.value.codes == ("undertaking-missing",)
    assert [cite.key for cite in refused.value.cites] == ["MOHRSS-2020-17§15"]
    assert codes(actions.sign_undertaking, **told(office.first, application, DAYS["sign"]), signed_by="甲子春") == (
        "wrong-role",
    )
    assert codes(actions.sign_undertaking, **told(manager, application, DAYS["sign"]), signed_by=" ") == ("no-name",)


def test_the_undertaking_isnt_signed_before_the_deliberation(office, case):
    application, manager = case
    application = advance(application, manager, office, "accept")
    signed = told(manager, application, DAYS["opinions"])
    assert codes(actions.sign_undertaking, **signed, signed_by="甲子春") == ("too-early",)


@pytest.mark.requirement("FIL-06")
def test_no_step_is_skipped_from_any_state(office, case):
    """Abuse case 51: each act from each state before its own is refused, and leaves nothing."""
    application, manager = case
    acts = {
        "accept": lambda: actions.accept(**told(office.first, application, DAYS["sign"])),
        "conclude": lambda: actions.conclude_evaluation(**told(office.first, application, DAYS["sign"])),
        "deliberate": lambda: actions.deliberate(
            **told(office.second, application, DAYS["sign"]), text="样例：同意", favourable=True
        ),
        "post": lambda: actions.post_notice(**told(office.first, application, DAYS["sign"])),
        "clear": lambda: actions.clear(**told(office.first, application, DAYS["sign"])),
        "sign": lambda: actions.sign_letter(**told(office.signer, application, DAYS["sign"])),
    }
    order = list(acts)
    reached = {"submitted": 0, "accept": 1, "conclude": 2, "deliberate": 3, "post": 4, "clear": 5, "sign": 6}
    for step, allowed in reached.items():
        if step != "submitted":
            _forward(step, application, manager, office)
        for name in order[:allowed] + order[allowed + 1 :]:
            application.refresh_from_db()
            before = application.state
            with pytest.raises((NotAllowed, Refused)):
                acts[name]()
            application.refresh_from_db()
            assert application.state == before
    assert application.state == "filed"


def _forward(step, application, manager, office):
    """Take the one step, with what lies between it and the one before."""
    from tests.filing.handling import _step

    between = {"conclude": ["opinions", "open", "panel"], "sign": ["undertake"]}
    for each in (*between.get(step, ()), step):
        application.refresh_from_db()
        _step(each, application, manager, office, DAYS[each])


def test_two_applicants_get_two_codes_and_letters(office):
    codes_given = []
    for _each in range(2):
        application, manager = submitted(office)
        application = advance(application, manager, office, "sign")
        codes_given.append((application.body.code, application.letter_number))
    assert codes_given == [
        ("S000022000001", "人社评备〔2026〕1号"), ("S000022000002", "人社评备〔2026〕2号"),
    ]  # fmt: skip


def test_a_code_that_was_brought_in_is_passed_over(office, case):
    from tests.factories import make_body

    make_body(office.organisation, code="S000022000001")
    application, manager = case
    assert advance(application, manager, office, "sign").body.code == "S000022000002"


@pytest.mark.requirement("GOV-03")
def test_in_the_pilot_the_city_accepts_and_the_province_evaluates(office):
    application, _manager = submitted(office, body_kind="employer", regime=JILIN_PILOT.code)
    actions.accept(**told(office.first, application, DAYS["accept"]))
    officer = make_actor(office.organisation.parent, "provincial_officer")

    with pytest.raises(Refused) as refused:
        actions.open_evaluation(**told(office.first, application, DAYS["open"]))
    assert refused.value.codes == ("another-authority",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2019-133§6(1)"]
    actions.open_evaluation(**told(officer, application, DAYS["open"]))
    application.refresh_from_db()
    assert (application.evaluation.organisation, application.asks_notice) == (office.organisation.parent, False)
    assert waits_for(next_acts(application, officer, at(DAYS["open"]))).kind.act == "opinion"
