"""Eligibility decided by a reviewer, frozen, overridden by two only; a review is complete when everybody is decided."""

from datetime import date

import pytest
from tests.enrolment.people import OPEN, person, sheet, upload
from tests.factories import at, make_actor, make_enrolment

from gongjiang.enrolment import actions, queries
from gongjiang.enrolment.models import EligibilityDecision, Enrolment, Override
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel import canonical
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import AuditEntry, Message
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning.actions import close_enrolment
from gongjiang.planning.states import BatchState

pytestmark = pytest.mark.django_db
MAY = "2026-05-06 10:00"


@pytest.fixture
def enrolment(batch, clerk):
    return make_enrolment(batch, clerk, person(0, clause="18-4-2"))


def failing(enrolment):
    """Have the enrolment's facts fail every clause, as a correction by the candidate can."""
    Enrolment.everything.filter(pk=enrolment.pk).update(facts={"own_since": "2025-03-01"})
    enrolment.refresh_from_db()
    return enrolment


@pytest.mark.requirement("ENR-02")
def test_a_decision_freezes_clause_facts_and_verdict(enrolment, reviewer):
    decision = actions.decide(actor=reviewer, at=at(MAY), enrolment=enrolment, eligible=True)

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ELIGIBLE
    assert (decision.clause_set, decision.clause, decision.counted_on) == (
        "standard-2018", "18-4-2", date(2026, 4, 30),
    )  # fmt: skip
    assert decision.facts == {"own_since": "2016-03-01", "birth_date": "1980-01-03"}
    assert decision.verdict["met"] == ["18-4-2"]
    decision.refresh_from_db()
    frozen = [
        enrolment.salt, True, "18-4-2", date(2026, 4, 30), decision.facts, decision.verdict, [],
    ]  # fmt: skip
    assert decision.digest == canonical.digest(frozen)
    entry = AuditEntry.objects.get(action="enrolment.accept")
    assert entry.facts["digest"] == decision.digest
    assert entry.cites == ["JL-2024-5§17"]
    assert (entry.about_kind, entry.state_hash) == ("planning.batch", enrolment.state_hash())


@pytest.mark.requirement("ENR-02")
def test_the_clause_claimed_goes_before_another_that_is_met(batch, clerk, reviewer):
    papers = {"certificate_level": "五级/初级工", "certificate_on": "2018-06-18"}
    both = make_enrolment(batch, clerk, person(0, clause="18-4-1", **papers))
    other = make_enrolment(batch, clerk, person(1, clause="18-4-1"))

    assert actions.decide(actor=reviewer, at=at(MAY), enrolment=both, eligible=True).clause == "18-4-1"
    assert actions.decide(actor=reviewer, at=at(MAY), enrolment=other, eligible=True).clause == "18-4-2"


@pytest.mark.requirement("ENR-02")
def test_accepting_against_the_clauses_takes_a_second_reviewer(enrolment, reviewer, body):
    """Abuse case 6: one signature is refused, the same user twice isn't allowed."""
    failing(enrolment)

    def decide(**more):
        return actions.decide(actor=reviewer, at=at(MAY), enrolment=enrolment, eligible=True, **more)

    with pytest.raises(Refused) as alone:
        decide()
    assert (alone.value.status, alone.value.codes) == (409, ("reason-missing", "second-reviewer"))
    with pytest.raises(NotAllowed) as twice:
        decide(reason="社保记录另附", second_reviewer=reviewer)
    assert (twice.value.status, twice.value.codes) == (403, ("same-person",))
    with pytest.raises(NotAllowed):
        decide(reason="社保记录另附", second_reviewer=make_actor(body.organisation, "exam_clerk"))
    assert EligibilityDecision.objects.count() == 0

    second = make_actor(body.organisation, "eligibility_reviewer")
    decision = decide(reason="社保记录另附", second_reviewer=second)
    assert (decision.eligible, decision.second_reviewer_id, decision.verdict["eligible"]) == (
        True, second.user_id, False,
    )  # fmt: skip


@pytest.mark.requirement("ENR-02")
def test_an_override_waits_for_another_reviewer(enrolment, reviewer, body):
    failing(enrolment)
    proposal = actions.propose_override(
        actor=reviewer, at=at(MAY), enrolment=enrolment, clause="18-4-2", reason="社保记录另附"
    )
    with pytest.raises(Refused) as again:
        actions.propose_override(actor=reviewer, at=at(MAY), enrolment=enrolment, clause="18-4-2", reason="再来一次")
    assert again.value.codes == ("override-open",)
    with pytest.raises(NotAllowed) as same:
        actions.answer_override(actor=reviewer, at=at(MAY), override=proposal, approved=True)
    assert same.value.codes == ("same-person",)
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.SUBMITTED

    second = make_actor(body.organisation, "eligibility_reviewer")
    actions.answer_override(actor=second, at=at(MAY), override=proposal, approved=True)

    enrolment.refresh_from_db()
    decision = enrolment.decisions.get()
    assert (enrolment.state, decision.decided_by_id, decision.second_reviewer_id, decision.reason) == (
        "eligible", reviewer.user_id, second.user_id, "社保记录另附",
    )  # fmt: skip
    with pytest.raises(Refused) as answered:
        actions.answer_override(actor=second, at=at(MAY), override=proposal, approved=False)
    assert answered.value.codes == ("answered",)


def test_an_override_that_is_declined_decides_nothing(enrolment, reviewer, body):
    failing(enrolment)
    proposal = actions.propose_override(
        actor=reviewer, at=at(MAY), enrolment=enrolment, clause="18-4-2", reason="社保记录另附"
    )
    second = make_actor(body.organisation, "eligibility_reviewer")

    actions.answer_override(actor=second, at=at(MAY), override=proposal, approved=False)

    assert EligibilityDecision.objects.count() == 0
    assert Override.objects.get().approved is False


def test_what_is_met_needs_no_override(enrolment, reviewer):
    with pytest.raises(Refused) as refused:
        actions.propose_override(actor=reviewer, at=at(MAY), enrolment=enrolment, clause="18-4-2", reason="不必要")
    assert refused.value.codes == ("met",)


def test_nobody_decides_on_whom_they_entered(batch, body):
    both = make_actor(body.organisation, "exam_clerk", "eligibility_reviewer")
    enrolment = make_enrolment(batch, both, person(0))

    with pytest.raises(Refused) as refused:
        actions.decide(actor=both, at=at(MAY), enrolment=enrolment, eligible=True)
    assert refused.value.codes == ("own-entry",)
    assert actions.decide_clear_cases(actor=both, at=at(MAY), batch=batch) == (0, 1)


@pytest.mark.parametrize("role", ["exam_clerk", "body_manager", "scorer"])
def test_only_reviewers_decide(enrolment, body, role):
    with pytest.raises(NotAllowed) as refused:
        actions.decide(actor=make_actor(body.organisation, role), at=at(MAY), enrolment=enrolment, eligible=True)
    assert refused.value.codes == ("wrong-role",)


def test_a_refusal_needs_a_reason_and_tells_the_candidate(enrolment, reviewer):
    with pytest.raises(Refused) as refused:
        actions.decide(actor=reviewer, at=at(MAY), enrolment=enrolment, eligible=False)
    assert refused.value.codes == ("reason-missing",)

    actions.decide(actor=reviewer, at=at(MAY), enrolment=enrolment, eligible=False, reason="工作证明与社保不符")

    message = Message.objects.get()
    assert (message.person_key, message.text) == (enrolment.candidate.person_key, "工作证明与社保不符")
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.INELIGIBLE


@pytest.mark.requirement("ENR-02")
def test_the_clear_cases_are_accepted_together_and_the_others_left(batch, clerk, reviewer):
    rows = [person(0), person(1, clause="18-4-2"), person(2, clause="18-4-1"), person(3)]
    run = upload(clerk, batch, sheet(rows))
    actions.confirm_import(actor=clerk, at=at(OPEN), run=run)
    last = Enrolment.everything.order_by("pk").last()
    failing(last)

    assert actions.decide_clear_cases(actor=reviewer, at=at(MAY), batch=batch) == (2, 2)
    assert actions.decide_clear_cases(actor=reviewer, at=at(MAY), batch=batch) == (0, 2)

    states = list(Enrolment.everything.order_by("pk").values_list("state", flat=True))
    assert states == ["eligible", "eligible", "submitted", "submitted"]
    assert list(EligibilityDecision.objects.order_by("pk").values_list("clause", flat=True)) == ["18-4-2", "18-4-2"]
    first = Enrolment.everything.order_by("pk").first()
    entry = AuditEntry.objects.filter(action="enrolment.accept").order_by("seq").first()
    assert entry.state_hash == first.state_hash()


@pytest.mark.requirement("ENR-02")
def test_a_review_is_complete_when_everybody_is_decided(batch, clerk, reviewer):
    first, second = (make_enrolment(batch, clerk, person(n)) for n in range(2))
    close_enrolment(actor=clerk, at=at("2026-05-01 08:00"), batch=batch)
    actions.decide(actor=reviewer, at=at(MAY), enrolment=first, eligible=True)

    with pytest.raises(Refused) as refused:
        actions.complete_review(actor=reviewer, at=at(MAY), batch=batch)
    assert refused.value.codes == ("undecided",)
    batch.refresh_from_db()
    assert (batch.state, batch.reviewed_on) == (BatchState.REVIEW, None)

    actions.decide(actor=reviewer, at=at(MAY), enrolment=second, eligible=False, reason="没有材料")
    actions.complete_review(actor=reviewer, at=at(MAY), batch=batch)

    batch.refresh_from_db()
    assert (batch.state, batch.reviewed_on) == (BatchState.READY, date(2026, 5, 6))
    assert list(queries.eligible_of(batch)) == [first]
    with pytest.raises(Refused) as late:
        actions.decide(actor=reviewer, at=at(MAY), enrolment=first, eligible=False, reason="太晚了")
    assert late.value.codes == ("not-in-review",)


def test_returned_mended_and_submitted_again(enrolment, clerk, reviewer):
    actions.return_for_correction(actor=reviewer, at=at(OPEN), enrolment=enrolment, reason="请写明原证书")
    changes = {"certificate_level": "五级/初级工", "certificate_on": "2018-06-18", "clause": "18-4-1"}

    actions.resubmit(actor=clerk, at=at(OPEN), enrolment=enrolment, changes=changes)

    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.clause_claimed) == (EnrolmentState.SUBMITTED, "18-4-1")
    assert [clause.id for clause in queries.verdict_of(enrolment).met] == ["18-4-1", "18-4-2"]
    assert Message.objects.get().text == "请写明原证书"


@pytest.mark.parametrize("field", ["identity", "name", "born_on"])
def test_a_correction_makes_nobody_another_person(enrolment, clerk, reviewer, field):
    """Abuse case 7."""
    actions.return_for_correction(actor=reviewer, at=at(OPEN), enrolment=enrolment, reason="请写明原证书")

    with pytest.raises(Refused) as refused:
        actions.resubmit(actor=clerk, at=at(OPEN), enrolment=enrolment, changes={field: person(9)["identity"]})
    assert refused.value.codes == ("identity-locked",)


def candidate_of(enrolment) -> Actor:
    key = enrolment.candidate.person_key
    return Actor(kind="candidate", user_id=999, name="考生", roles=frozenset({"candidate"}), person_key=key)


@pytest.mark.requirement("ENR-05")
def test_a_candidate_sees_the_decision_and_appeals_to_another_reviewer(enrolment, reviewer, body):
    actions.decide(actor=reviewer, at=at(MAY), enrolment=enrolment, eligible=False, reason="工作证明不足")
    candidate = candidate_of(enrolment)
    assert queries.enrolment_for(candidate, enrolment.pk).decisions.get().reason == "工作证明不足"

    made = actions.appeal(actor=candidate, at=at(MAY), enrolment=enrolment, text="社保记录可以证明")
    with pytest.raises(NotAllowed) as same:
        actions.answer_appeal(actor=reviewer, at=at(MAY), appeal=made, reply="维持原决定", upheld=False)
    assert same.value.codes == ("same-person",)
    other = make_actor(body.organisation, "eligibility_reviewer")
    actions.answer_appeal(actor=other, at=at(MAY), appeal=made, reply="社保记录已核对", upheld=True)
    actions.decide(actor=other, at=at(MAY), enrolment=enrolment, eligible=True)

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ELIGIBLE
    assert [entry.cites for entry in AuditEntry.objects.filter(action__startswith="appeal.")] == [
        ["JL-2024-5§7(11)"]
    ] * 2


@pytest.mark.requirement("ENR-05")
def test_nobody_appeals_for_another_or_before_a_decision(enrolment, batch, clerk, reviewer):
    other = make_enrolment(batch, clerk, person(5))
    with pytest.raises(NotAllowed) as foreign:
        actions.appeal(actor=candidate_of(other), at=at(MAY), enrolment=enrolment, text="不是我的")
    assert foreign.value.codes == ("not-yours",)
    with pytest.raises(Refused) as early:
        actions.appeal(actor=candidate_of(enrolment), at=at(MAY), enrolment=enrolment, text="还没有决定")
    assert early.value.codes == ("no-decision",)
    with pytest.raises(Enrolment.DoesNotExist):
        queries.enrolment_for(candidate_of(other), enrolment.pk)


def test_an_open_appeal_holds_the_review_open(enrolment, clerk, reviewer, batch):
    actions.decide(actor=reviewer, at=at(MAY), enrolment=enrolment, eligible=False, reason="工作证明不足")
    actions.appeal(actor=candidate_of(enrolment), at=at(MAY), enrolment=enrolment, text="社保记录可以证明")

    assert [ground.code for ground in queries.review_grounds(batch)] == ["appeal-open"]


@pytest.mark.requirement("ENR-02")
def test_another_fact_may_be_tried_without_changing_anything(enrolment):
    assert queries.verdict_of(enrolment).eligible
    assert not queries.verdict_of(enrolment, facts={"own_since": "2024-01-01"}).eligible
    enrolment.refresh_from_db()
    assert enrolment.facts == {"own_since": "2016-03-01"}
