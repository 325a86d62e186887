"""An objection that changes a score: the candidate objects, somebody else replies, the notice runs anew."""

import pytest
from tests.factories import make_noticed_batch, make_user
from tests.journeys.conftest import candidate_user, sign_in

from gongjiang.kernel.models import Message, Objection
from gongjiang.results.models import Result, ScoreSheet

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("MRK-03")
def test_a_score_is_put_right_and_the_changed_result_is_posted_anew(body, set_clock):
    batch = make_noticed_batch(body)
    failed = Result.everything.filter(enrolment__batch=batch, outcome="failed").order_by("pk").first()
    candidate = sign_in(candidate_user(failed.enrolment))
    manager, scorer = (sign_in(make_user(body.organisation, role)) for role in ("body_manager", "scorer"))

    set_clock("2026-06-17 10:24")
    page = candidate.get(f"/results/{failed.pk}/")
    assert page.status_code == 200
    said = candidate.post(f"/results/{failed.pk}/object/", {"text": "理论第 12 题漏计 2 分，请复核。", "key": "o-1"})
    assert said.status_code == 302
    objection = Objection.objects.get()
    assert objection.reply_last_day.isoformat() == "2026-06-25"

    set_clock("2026-06-24 09:00")
    early = manager.post(f"/batches/{batch.pk}/results/confirm/")
    assert early.status_code == 409
    assert "异议" in early.content.decode()

    reply = {"text": "第 12 题漏计 2 分，改正为 61.5 分。", "upheld": "yes", "score_theory": "61.5"}
    assert manager.post(f"/objections/{objection.pk}/reply/", reply).status_code == 302
    failed.refresh_from_db()
    assert (failed.outcome, failed.parts[0]["score"]) == ("passed", "61.5")
    marks = failed.enrolment.scores.filter(part="theory").order_by("pk")
    assert [(str(each.value), each.superseded) for each in marks] == [("59.50", True), ("61.50", False)]
    assert Message.objects.filter(person_key=failed.enrolment.candidate.person_key).exists()

    still = manager.post(f"/batches/{batch.pk}/results/confirm/")
    assert still.status_code == 409
    sheet = ScoreSheet.everything.filter(batch=batch, confirmed_by_id=None).get()
    assert scorer.post(f"/score-sheets/{sheet.pk}/confirm/").status_code == 302
    set_clock("2026-07-01 23:59")
    assert manager.post(f"/batches/{batch.pk}/results/confirm/").status_code == 409
    set_clock("2026-07-02 00:00")
    assert manager.post(f"/batches/{batch.pk}/results/confirm/").status_code == 302
    batch.refresh_from_db()
    assert batch.state == "confirmed"


@pytest.mark.requirement("MRK-03")
def test_who_gave_the_score_replies_to_nothing(body, set_clock):
    batch = make_noticed_batch(body)
    failed = Result.everything.filter(enrolment__batch=batch, outcome="failed").order_by("pk").first()
    set_clock("2026-06-17 10:24")
    candidate = sign_in(candidate_user(failed.enrolment))
    candidate.post(f"/results/{failed.pk}/object/", {"text": "请复核。", "key": "o-1"})
    from gongjiang.accounts.models import User

    entered_by = failed.enrolment.scores.first().sheet.entered_by_id
    answer = sign_in(User.objects.get(pk=entered_by)).post(
        f"/objections/{Objection.objects.get().pk}/reply/", {"text": "成绩无误。", "upheld": "no"}
    )
    assert answer.status_code == 409
    assert Objection.objects.get().replied_at is None


def test_nobody_else_objects_for_a_candidate(body, set_clock):
    batch = make_noticed_batch(body)
    mine, others = Result.everything.filter(enrolment__batch=batch).order_by("pk")[:2]
    set_clock("2026-06-17 10:24")
    candidate = sign_in(candidate_user(mine.enrolment))
    assert candidate.get(f"/results/{others.pk}/").status_code == 404
    assert candidate.post(f"/results/{others.pk}/object/", {"text": "请复核。", "key": "o-2"}).status_code == 404
    assert not Objection.objects.exists()
