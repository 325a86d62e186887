"""Objections within the notice, their replies, and the notice that a changed score re-opens."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import at, make_actor, make_body, make_user

from gongjiang.accounts.queries import actor_for
from gongjiang.kernel import notices
from gongjiang.kernel.models import AuditEntry, Message, Objection, PublicNotice
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.results import actions, queries
from gongjiang.results.models import Result, Score

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("MRK-03")]


@pytest.fixture
def failed(noticed):
    """The result that missed the practical part by 1.5 marks."""
    return queries.results_in(noticed).get(enrolment__scores__value="58.5")


@pytest.fixture
def candidate(tree, failed):
    user = make_user(tree["province"])
    user.person_key = failed.enrolment.candidate.person_key
    user.save()
    return actor_for(user, on=date(2026, 6, 16))


def object_(actor, result, when="2026-06-16 09:40", key="o1", text="接线图第 3 处我画对了。"):
    return actions.object_to_result(actor=actor, at=at(when), result=result, text=text, key=key)


def reply(actor, objection, *, upheld=False, when="2026-06-22 10:00", **more):
    return actions.reply_to_objection(
        actor=actor, at=at(when), objection=objection, text="已复核评分记录。", upheld=upheld, **more
    )


def better(failed, value="66"):
    return [("practical", actions.ScoreRow(failed.enrolment, Decimal(value)))]


def test_the_reply_is_due_when_the_law_of_that_day_says(candidate, failed):
    objection = object_(candidate, failed)

    # Raised on 06-16: 17, 18, 22, 23, 24, the holiday of 19 to 21 between.
    assert (objection.reply_last_day, objection.reply_cites) == (date(2026, 6, 24), ["JL-2024-5§25"])
    assert not notices.is_overdue(objection, at("2026-06-24 23:59"))
    assert notices.is_overdue(objection, at("2026-06-25 00:00"))
    assert object_(candidate, failed).pk == objection.pk
    assert Objection.objects.count() == 1


def test_only_the_own_result_or_through_the_clerk(tree, noticed, candidate, failed, staff):
    others = queries.results_in(noticed).exclude(pk=failed.pk)
    with pytest.raises(Refused) as refused:
        object_(candidate, others[0])
    assert refused.value.codes == ("not-own",)
    with pytest.raises(NotAllowed):
        object_(staff["scorer"], failed)
    stranger = make_body(
        tree["jilin_city"], code="S000022999041", credit_code="91440300708461136T", name="别家（样例）"
    )
    with pytest.raises(Refused) as refused:
        object_(make_actor(stranger.organisation, "exam_clerk"), failed)
    assert refused.value.codes == ("not-own",)

    objection = object_(staff["exam_clerk"], failed)
    assert objection.person_key == failed.enrolment.candidate.person_key


@pytest.mark.parametrize(("when", "codes"), [("2026-06-23 23:59", None), ("2026-06-24 00:00", ("notice-over",))])
def test_within_the_notice_only(candidate, failed, when, codes):
    if codes is None:
        assert object_(candidate, failed, when).pk
    else:
        with pytest.raises(Refused) as refused:
            object_(candidate, failed, when)
        assert refused.value.codes == codes


def test_an_open_objection_holds_the_results_up(noticed, candidate, failed, staff):
    objection = object_(candidate, failed)
    with pytest.raises(Refused) as refused:
        actions.confirm_results(actor=staff["body_manager"], at=at("2026-06-23 10:00"), batch=noticed)
    assert refused.value.codes == ("notice-running", "objection-open")
    with pytest.raises(Refused) as refused:
        actions.confirm_results(actor=staff["body_manager"], at=at("2026-06-24 10:00"), batch=noticed)
    assert refused.value.codes == ("objection-open",)

    reply(staff["body_manager"], objection, when="2026-06-24 11:00")
    actions.confirm_results(actor=staff["body_manager"], at=at("2026-06-24 11:01"), batch=noticed)


def test_who_gave_the_score_may_not_reply(candidate, failed, staff):
    objection = object_(candidate, failed)
    scores = Score.objects.filter(enrolment=failed.enrolment)
    behind = {score.sheet.entered_by_id for score in scores} | {score.sheet.confirmed_by_id for score in scores}
    assert len(behind) == 4
    assert queries.people_behind(failed) == behind
    from gongjiang.accounts.models import User

    for user in User.objects.filter(pk__in=behind):
        with pytest.raises(Refused) as refused:
            reply(actor_for(user, on=date(2026, 6, 17)), objection)
        assert refused.value.codes == ("same-person",)
        with pytest.raises(Refused) as refused:
            actions.assign_reply(actor=staff["exam_clerk"], at=at("2026-06-17"), objection=objection, user=user)
        assert refused.value.codes == ("same-person",)
    objection.refresh_from_db()
    assert (objection.replied_at, objection.assigned_to_id) == (None, None)


def test_only_who_is_assigned_replies(body, candidate, failed, staff):
    objection = object_(candidate, failed)
    chosen = make_user(body.organisation, "assessor")
    actions.assign_reply(actor=staff["exam_clerk"], at=at("2026-06-17"), objection=objection, user=chosen)

    with pytest.raises(Refused) as refused:
        reply(staff["body_manager"], objection)
    assert refused.value.codes == ("assigned-to-another",)
    done = reply(actor_for(chosen, on=date(2026, 6, 22)), objection)
    assert (done.upheld, done.replied_by_id) == (False, chosen.pk)
    assert Message.objects.get().person_key == failed.enrolment.candidate.person_key


def test_an_upheld_objection_changes_the_score_and_reopens_the_notice(noticed, candidate, failed, staff):
    objection = object_(candidate, failed)
    reply(staff["body_manager"], objection, upheld=True, new_scores=better(failed))

    history = Score.objects.filter(enrolment=failed.enrolment, part="practical").order_by("pk")
    assert list(history.values_list("value", "superseded")) == [(Decimal("58.50"), True), (Decimal("66.00"), False)]
    result = Result.everything.get(pk=failed.pk)
    assert (result.outcome, result.parts[1]["score"]) == ("passed", "66")
    again = notices.newest_on(failed.enrolment)
    # Posted anew on 06-22: 23, 24, 25, 26, 29.
    assert (again.posted_on, again.last_day, again.cites) == (date(2026, 6, 22), date(2026, 6, 29), ["JL-2024-5§25"])
    assert [line.outcome for line in queries.posted_in(again)] == ["passed"]
    assert [line.outcome for line in queries.posted_in(notices.newest_on(noticed))].count("failed") == 2
    entry = AuditEntry.objects.get(action="result.reopen")
    assert (entry.about_id, entry.facts["last_day"]) == (str(noticed.pk), "2026-06-29")


def test_the_results_wait_for_the_reopened_notice_and_the_second_person(body, noticed, candidate, failed, staff):
    objection = object_(candidate, failed)
    reply(staff["body_manager"], objection, upheld=True, new_scores=better(failed))
    manager = staff["body_manager"]

    with pytest.raises(Refused) as refused:
        actions.confirm_results(actor=manager, at=at("2026-06-29 23:59"), batch=noticed)
    assert refused.value.codes == ("notice-running", "sheet-unconfirmed")
    sheet = queries.open_sheets(noticed).get()
    with pytest.raises(Refused) as refused:
        actions.confirm_sheet(actor=manager, at=at("2026-06-23 09:00"), sheet=sheet)
    assert refused.value.codes == ("same-person",)
    actions.confirm_sheet(actor=staff["scorer"], at=at("2026-06-23 09:00"), sheet=sheet)

    actions.confirm_results(actor=manager, at=at("2026-06-30 00:00"), batch=noticed)
    noticed.refresh_from_db()
    assert (noticed.state, queries.confirmed_passes(noticed).count()) == ("confirmed", 3)


def test_the_candidate_may_object_to_the_new_result_within_its_own_notice(candidate, failed, staff):
    objection = object_(candidate, failed)
    reply(staff["body_manager"], objection, upheld=True, new_scores=better(failed))
    result = Result.everything.get(pk=failed.pk)

    with pytest.raises(Refused) as refused:
        object_(candidate, result, when="2026-06-30 00:00", key="o2")
    assert refused.value.codes == ("notice-over",)
    second = object_(candidate, result, when="2026-06-29 23:59", key="o2")
    assert second.notice_id == notices.newest_on(failed.enrolment).pk
    with pytest.raises(Refused) as refused:
        object_(candidate, result, when="2026-06-29 23:59", key="o3")
    assert refused.value.codes == ("objection-open",)


def test_a_rejected_objection_changes_no_score(candidate, failed, staff):
    objection = object_(candidate, failed)
    with pytest.raises(Refused) as refused:
        reply(staff["body_manager"], objection, upheld=False, new_scores=better(failed))
    assert refused.value.codes == ("not-upheld",)
    with pytest.raises(actions.ScoresRefused) as refused:
        reply(staff["body_manager"], objection, upheld=True, new_scores=better(failed, "101"))
    assert [problem.code for problem in refused.value.problems] == ["out-of-range"]
    objection.refresh_from_db()
    assert (objection.replied_at, PublicNotice.objects.count(), Score.objects.filter(superseded=True).count()) == (
        None,
        1,
        0,
    )


def test_the_same_score_again_reopens_nothing(candidate, failed, staff):
    objection = object_(candidate, failed)
    reply(staff["body_manager"], objection, upheld=True, new_scores=better(failed, "58.5"))
    assert PublicNotice.objects.count() == 1


def test_another_bodys_people_reach_neither_result_nor_objection(tree, candidate, failed):
    objection = object_(candidate, failed)
    other = make_body(tree["jilin_city"], code="S000022999042", credit_code="91440300708461136T", name="别家（样例）")
    stranger = make_actor(other.organisation, "exam_clerk", "scorer", "body_manager")

    assert list(queries.results_for(stranger)) == []
    assert list(queries.objections_for(stranger)) == []
    assert list(queries.sheets_for(stranger)) == []
    with pytest.raises(Objection.DoesNotExist):
        queries.objection_for(stranger, objection.pk)
    assert [each.pk for each in queries.results_for(candidate)] == [failed.pk]
    assert [each.pk for each in queries.objections_for(candidate)] == [objection.pk]
    city = make_actor(tree["changchun"], "city_officer")
    assert [each.pk for each in queries.objections_for(city)] == [objection.pk]
