"""Ethics vetoes: proposed, decided by another, told with reason and article, lifted by an objection, kept whole."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.factories import (
    at,
    make_actor,
    make_body,
    make_marking_batch,
    make_noticed_batch,
    make_scored_batch,
    make_user,
)

from gongjiang.accounts.queries import actor_for
from gongjiang.kernel import clock, notices
from gongjiang.kernel.models import AuditEntry, Message
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.results import actions, queries, rules
from gongjiang.results.models import EthicsVeto, Result

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("CAT-05")]
WHY = "2026-05-28 在车间替换他人的考核工件。"
OWN = {"code": "Y000022999032", "credit_code": "91440300708461136T", "name": "角尺样例厂"}


@pytest.fixture
def pilot(tree):
    return make_body(tree["changchun"], kind="employer", regime="22-2019", **OWN)


@pytest.fixture
def who(pilot):
    roles = ("assessor", "body_manager", "scorer", "exam_clerk")
    return {role: make_actor(pilot.organisation, role) for role in roles}


@pytest.fixture
def scored(pilot):
    return make_scored_batch(pilot, theory=(90, 80), practical=(88, 85))


@pytest.fixture
def on_notice(pilot, tree, who):
    batch = make_scored_batch(pilot, theory=(90, 80), practical=(88, 85))
    actions.submit_results(actor=who["exam_clerk"], at=at("2026-06-13 09:00"), batch=batch)
    centre = make_actor(tree["centre"], "centre_officer")
    actions.approve_results(actor=centre, at=at("2026-06-13 15:00"), batch=batch)
    actions.post_results(actor=who["exam_clerk"], at=at("2026-06-15 16:30"), batch=batch)
    return batch


def first(batch):
    return queries.examinees(batch).order_by("pk").first()


def propose(actor, batch, when="2026-06-12 10:00", reason=WHY, key="v1"):
    return actions.propose_veto(actor=actor, at=at(when), enrolment=first(batch), reason=reason, key=key)


def decide(actor, veto, upheld=True, when="2026-06-12 11:00", reason="经核实。"):
    return actions.decide_veto(actor=actor, at=at(when), veto=veto, upheld=upheld, reason=reason)


def outcomes(batch):
    return [result.outcome for result in queries.results_in(batch)]


def test_nothing_changes_until_a_second_person_confirms(scored, who):
    veto = propose(who["assessor"], scored)
    assert outcomes(scored) == ["passed", "passed"]

    with pytest.raises(Refused) as refused:
        decide(who["assessor"], veto)
    assert refused.value.codes == ("same-person",)
    decide(who["body_manager"], veto)

    result = queries.results_in(scored).get(enrolment=first(scored))
    assert (result.outcome, result.veto_id, [part["passed"] for part in result.parts]) == (
        "failed",
        veto.pk,
        [True, True],
    )
    assert outcomes(scored) == ["failed", "passed"]
    veto.refresh_from_db()
    assert (veto.cites, veto.in_force) == (["JL-2019-133§4(1)3"], True)
    assert list(AuditEntry.objects.filter(action__startswith="veto.").values_list("action", flat=True)) == [
        "veto.propose",
        "veto.decide",
    ]
    assert list(rules.edited_results(scored)) == []


def test_a_declined_veto_changes_nothing_and_another_may_follow(scored, who):
    veto = propose(who["assessor"], scored)
    decide(who["body_manager"], veto, upheld=False)
    assert outcomes(scored) == ["passed", "passed"]

    assert propose(who["assessor"], scored, key="v2").pk != veto.pk


def test_a_veto_before_the_results_counts_when_they_are_made(pilot, who):
    from tests.factories import enter_and_confirm

    batch = make_marking_batch(pilot, candidates=2)
    enter_and_confirm(batch, "theory", (90, 80))
    enter_and_confirm(batch, "practical", (88, 85))
    veto = propose(who["assessor"], batch)
    with pytest.raises(Refused) as refused:
        actions.confirm_scores(actor=who["body_manager"], at=at("2026-06-12 09:00"), batch=batch)
    assert refused.value.codes == ("veto-undecided",)
    decide(who["body_manager"], veto)
    actions.confirm_scores(actor=who["body_manager"], at=at("2026-06-12 12:00"), batch=batch)

    assert outcomes(batch) == ["failed", "passed"]
    assert queries.confirmed_passes(batch).count() == 0


def test_where_the_law_assesses_no_ethics_it_is_refused(body, staff):
    batch = make_scored_batch(body)

    with pytest.raises(Refused) as refused:
        propose(staff["assessor"], batch)

    (ground,) = refused.value.grounds
    assert (ground.code, ground.cites) == ("ethics-not-assessed-here", ())
    assert EthicsVeto.everything.count() == 0


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        pytest.param({"reason": "  "}, ("reason-missing",), id="no reason"),
        pytest.param({"key": "v2"}, ("veto-twice",), id="twice"),
    ],
)
def test_a_proposal_that_says_nothing_new_is_refused(scored, who, change, codes):
    if "reason" not in change:
        propose(who["assessor"], scored)

    with pytest.raises(Refused) as refused:
        propose(who["assessor"], scored, **change)
    assert refused.value.codes == codes


def test_the_same_form_twice_is_one_veto(scored, who):
    assert propose(who["assessor"], scored).pk == propose(who["assessor"], scored).pk
    assert EthicsVeto.everything.count() == 1


def test_other_roles_neither_propose_nor_decide(scored, who):
    with pytest.raises(NotAllowed):
        propose(who["exam_clerk"], scored)
    veto = propose(who["assessor"], scored)
    with pytest.raises(NotAllowed):
        decide(who["scorer"], veto)
    with pytest.raises(Refused) as refused:
        decide(who["body_manager"], veto, reason="")
    assert refused.value.codes == ("reason-missing",)
    decide(who["body_manager"], veto)
    with pytest.raises(Refused) as refused:
        decide(who["body_manager"], veto, upheld=False)
    assert refused.value.codes == ("decided",)


def test_an_open_veto_holds_submission_and_confirmation_up(pilot, tree, who, on_notice):
    propose(who["assessor"], on_notice, "2026-06-16 10:00")
    with pytest.raises(Refused) as refused:
        actions.confirm_results(actor=who["body_manager"], at=at("2026-07-16 10:00"), batch=on_notice)
    assert refused.value.codes == ("veto-undecided",)


def test_an_open_veto_holds_the_submission_up(scored, who):
    propose(who["assessor"], scored)
    with pytest.raises(Refused) as refused:
        actions.submit_results(actor=who["exam_clerk"], at=at("2026-06-13"), batch=scored)
    assert refused.value.codes == ("veto-undecided",)


def test_between_approval_and_posting_there_is_no_veto(scored, tree, who):
    actions.submit_results(actor=who["exam_clerk"], at=at("2026-06-13 09:00"), batch=scored)
    with pytest.raises(NotAllowed):
        propose(who["assessor"], scored, "2026-06-13 10:00")
    centre = make_actor(tree["centre"], "centre_officer")
    actions.approve_results(actor=centre, at=at("2026-06-13 15:00"), batch=scored)
    with pytest.raises(Refused) as refused:
        propose(who["assessor"], scored, "2026-06-14 10:00", key="v2")
    assert refused.value.codes == ("results-approved",)


def test_no_veto_once_results_are_final(on_notice, who):
    manager = who["body_manager"]
    actions.confirm_results(actor=manager, at=at("2026-07-16 10:00"), batch=on_notice)

    with pytest.raises(NotAllowed):
        propose(who["assessor"], on_notice, "2026-07-17 10:00")
    assert EthicsVeto.everything.count() == 0


def test_a_veto_on_notice_is_posted_anew_and_told(on_notice, who):
    decide(who["body_manager"], propose(who["assessor"], on_notice, "2026-06-16 10:00"), when="2026-06-16 11:00")

    again = notices.newest_on(first(on_notice))
    assert (again.posted_on, [line.outcome for line in queries.posted_in(again)]) == (date(2026, 6, 16), ["failed"])
    told = Message.objects.get()
    assert told.person_key == first(on_notice).candidate.person_key
    assert "工件" not in told.text
    public = Client(HTTP_ACCEPT_LANGUAGE="zh-hans").get(f"/notices/{again.pk}/").content.decode()
    assert "工件" not in public
    assert "否决" not in public


def test_an_upheld_objection_lifts_the_veto_and_the_result_follows_its_marks(on_notice, who, pilot):
    veto = decide(who["body_manager"], propose(who["assessor"], on_notice, "2026-06-16 10:00"), when="2026-06-16 11:00")
    result = Result.everything.get(enrolment=first(on_notice))
    objection = actions.object_to_result(
        actor=who["exam_clerk"], at=at("2026-06-17 09:00"), result=result, text="工件是我本人的。", key="o1"
    )

    def reply(actor, *, upheld=True, lift=True):
        return actions.reply_to_objection(
            actor=actor,
            at=at("2026-06-18 09:00"),
            objection=objection,
            text="已核实。",
            upheld=upheld,
            lift_veto=lift,
        )

    for behind in (who["assessor"], who["body_manager"]):
        with pytest.raises(Refused) as refused:
            reply(behind)
        assert refused.value.codes == ("same-person",)
    with pytest.raises(Refused) as refused:
        reply(who["scorer"], upheld=False)
    assert refused.value.codes == ("not-upheld",)
    reply(who["scorer"])

    veto.refresh_from_db()
    result.refresh_from_db()
    assert (veto.in_force, veto.lifted_for_id, result.outcome, result.veto_id) == (False, objection.pk, "passed", None)
    assert list(rules.edited_results(on_notice)) == []
    posted = queries.posted_in(notices.newest_on(first(on_notice)))
    assert [line.outcome for line in posted] == ["passed"]
    with pytest.raises(Refused) as refused:
        actions.reply_to_objection(
            actor=who["scorer"],
            at=at("2026-06-18 10:00"),
            objection=actions.object_to_result(
                actor=who["exam_clerk"], at=at("2026-06-18 09:30"), result=result, text="再问。", key="o2"
            ),
            text="无。",
            upheld=True,
            lift_veto=True,
        )
    assert refused.value.codes == ("no-veto",)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"reason": "x"}, id="another reason"),
        pytest.param({"upheld": False}, id="turned about"),
    ],
)
def test_a_veto_edited_behind_the_platforms_back_is_named(scored, who, change):
    veto = decide(who["body_manager"], propose(who["assessor"], scored))
    EthicsVeto.everything.filter(pk=veto.pk).update(**change)

    assert [ground.code for ground in rules.edited_results(scored)] == ["result-differs"]
    (ground,) = rules.edited_vetoes(scored)
    assert f"results.ethicsveto:{veto.pk}" in ground.why


def test_a_result_freed_of_its_veto_by_hand_is_named(scored, who):
    decide(who["body_manager"], propose(who["assessor"], scored))
    Result.everything.filter(enrolment=first(scored)).update(veto=None, outcome="passed")

    with pytest.raises(Refused) as refused:
        actions.submit_results(actor=who["exam_clerk"], at=at("2026-06-13"), batch=scored)
    assert refused.value.codes == ("result-differs",)


def test_the_candidate_reads_reason_article_and_way_to_appeal(tree, on_notice, who, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-06-16 15:00"))
    decide(who["body_manager"], propose(who["assessor"], on_notice, "2026-06-16 10:00"), when="2026-06-16 11:00")
    user = make_user(tree["province"])
    user.person_key = first(on_notice).candidate.person_key
    user.save()
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(user)
    result = queries.results_for(actor_for(user, on=date(2026, 6, 16))).get()

    text = client.get(f"/results/{result.pk}/").content.decode()
    assert WHY in text
    for words in ("职业道德否决", "第四部分（一）3", "#object", "理论知识考试", "操作技能考核"):
        assert words in text
    assert "各部分均达到合格分方为合格" in text
    other = queries.results_in(on_notice).exclude(pk=result.pk).get()
    assert client.get(f"/results/{other.pk}/").status_code == 404
    assert client.get(f"/vetoes/{EthicsVeto.everything.get().pk}/").status_code == 403


def test_the_pages_take_a_veto_from_proposal_to_decision(scored, pilot, tree, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-06-12 10:00"))

    def signed_in(organisation, *roles):
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        client.force_login(make_user(organisation, *roles))
        return client

    assessor, manager = signed_in(pilot.organisation, "assessor"), signed_in(pilot.organisation, "body_manager")
    assert assessor.get(f"/batches/{scored.pk}/vetoes/").status_code == 200
    sent = {"key": "k1", "enrolment": first(scored).pk, "reason": WHY}
    assert assessor.post(f"/batches/{scored.pk}/vetoes/propose/", {**sent, "reason": ""}).status_code == 400
    assert assessor.post(f"/batches/{scored.pk}/vetoes/propose/", sent).status_code == 302
    veto = EthicsVeto.everything.get()
    assert "职业道德否决" in manager.get("/home/").content.decode()
    assert WHY in manager.get(f"/vetoes/{veto.pk}/").content.decode()
    assert manager.post(f"/vetoes/{veto.pk}/decide/", {"upheld": "yes"}).status_code == 400
    assert manager.post(f"/vetoes/{veto.pk}/decide/", {"upheld": "yes", "reason": "属实"}).status_code == 302
    assert outcomes(scored) == ["failed", "passed"]
    assert "生效" in manager.get(f"/batches/{scored.pk}/vetoes/").content.decode()

    stranger = make_body(tree["jilin_city"], code="S000022999041", name="别家（样例）")
    for url in (f"/vetoes/{veto.pk}/", f"/batches/{scored.pk}/vetoes/"):
        assert signed_in(stranger.organisation, "assessor", "body_manager").get(url).status_code == 404


def test_elsewhere_nothing_speaks_of_vetoes(body, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-06-16 10:00"))
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(make_user(body.organisation, "assessor"))

    assert "否决" not in client.get(f"/batches/{make_noticed_batch(body).pk}/scores/").content.decode()


@pytest.mark.databases
def test_the_database_keeps_a_veto_whole(scored, who):
    veto = decide(who["body_manager"], propose(who["assessor"], scored))
    rows = EthicsVeto.everything.filter(pk=veto.pk)

    for change in (
        {"reason": ""},
        {"decided_by_id": veto.proposed_by_id},
        {"upheld": None},
        {"lifted_at": at("2026-06-13")},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.everything.filter(veto=veto).update(outcome="passed")
    with pytest.raises(IntegrityError), transaction.atomic():
        EthicsVeto.everything.create(
            enrolment=veto.enrolment, key="z", reason="x", proposed_by_id=1, proposed_at=at("2026-06-13")
        )
