from datetime import date

import pytest
from tests.factories import at, make_body, make_tree, make_user
from tests.filing.life import another_body, application

from gongjiang.filing import tasks
from gongjiang.filing.actions.life_renewal import note_submission, remind
from gongjiang.filing.models import WorkRecord
from gongjiang.filing.past_work import PastWork
from gongjiang.filing.renewal import near_their_end
from gongjiang.kernel import canonical, daily, jobs
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry, JobRun, Message
from gongjiang.kernel.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-08")]
BOT = system("test")


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def people(body, tree):
    return {
        "manager": make_user(body.organisation, "body_manager"),
        "clerk": make_user(body.organisation, "exam_clerk"),
        "officer": make_user(tree["changchun"], "city_officer"),
        "other city": make_user(tree["jilin_city"], "city_officer"),
    }


def told(people) -> dict[str, int]:
    names = {user.pk: name for name, user in people.items()}
    counts = dict.fromkeys(people, 0)
    for pk in Message.objects.values_list("user_id", flat=True):
        counts[names[pk]] += 1
    return counts


def test_a_body_is_reminded_once_at_each_stage_and_the_authority_when_it_is_late(body, people):
    days = ["2028-04-03", "2028-04-04", "2028-05-01", "2028-06-03", "2028-06-30", "2028-07-01", "2028-08-01"]
    days += ["2028-09-30", "2028-10-01", "2028-10-20"]
    sent = [remind(actor=BOT, at=at(f"{day} 06:00"), body=body) for day in days]
    assert sent == [0, 1, 0, 1, 0, 2, 0, 0, 2, 0]
    assert told(people) == {"manager": 4, "clerk": 0, "officer": 2, "other city": 0}
    stages = [entry.facts["stage"] for entry in AuditEntry.objects.filter(action="filing.remind")]
    assert stages == ["180", "120", "late", "lapsed"]
    assert Message.objects.filter(cites=["JL-2025-1§9"]).count() == Message.objects.count()


def test_a_worker_that_comes_late_sends_only_the_nearest_reminder(body, people):
    assert remind(actor=BOT, at=at("2028-06-10 06:00"), body=body) == 1
    assert AuditEntry.objects.get(action="filing.remind").facts["stage"] == "120"


def test_who_handed_in_a_renewal_is_not_reminded(body, people):
    application(body, "renewal", applied_on=date(2028, 4, 2), state="submitted")
    assert remind(actor=BOT, at=at("2028-06-10 06:00"), body=body) == 0
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_daily_job_reminds_those_whose_term_ends_and_does_so_once(monkeypatch):
    tree = make_tree()
    soon = make_body(tree["changchun"])
    another_body(tree["changchun"], "6-31-01-03", place="2201", filed_on=date(2020, 1, 1), filed_until=date(2023, 1, 1))
    make_user(soon.organisation, "body_manager")
    now = at("2028-06-10 06:00")
    monkeypatch.setattr(tasks.clock, "now", lambda: now)
    assert [each.pk for each in near_their_end(now.date())] == [soon.pk]
    monkeypatch.setattr(daily, "_started", set())
    for _again in range(2):
        daily.start(now.date())
        monkeypatch.setattr(daily, "_started", set())
    runs = JobRun.objects.filter(kind="filing.remind")
    assert [(run.key, run.state, run.done) for run in runs] == [("filing.remind:2028-06-10", "done", 1)]
    jobs.perform(runs.get().pk)
    assert Message.objects.count() == 1


def test_a_late_renewal_is_taken_marked_and_told_of(body, people):
    late = application(body, "renewal", applied_on=date(2028, 7, 1), state="submitted")
    note_submission(actor=BOT, at=at("2028-07-01 09:00"), application=late)
    late.refresh_from_db()
    assert late.is_late
    assert told(people) == {"manager": 0, "clerk": 0, "officer": 1, "other city": 0}
    text = Message.objects.get().text
    assert ("2028-06-30" in text, "2028-09-30" in text) == (True, True)


def test_a_renewal_in_time_tells_nobody_and_keeps_the_work(body, people):
    asked = application(body, "renewal", applied_on=date(2028, 6, 30), state="submitted")
    note_submission(actor=BOT, at=at("2028-06-30 23:59"), application=asked)
    asked.refresh_from_db()
    assert (asked.is_late, Message.objects.count()) == (False, 0)
    kept = WorkRecord.objects.get(application=asked)
    assert kept.digest == canonical.digest(kept.content)
    work = PastWork.from_content(kept.content)
    assert (work.since, work.until) == (date(2025, 10, 1), date(2028, 7, 1))
    note_submission(actor=BOT, at=at("2028-07-02 09:00"), application=asked)
    assert WorkRecord.objects.count() == 1


def test_a_lapsed_filing_is_not_renewed(body):
    lapsed = application(body, "renewal", applied_on=date(2028, 10, 1), state="submitted")
    with pytest.raises(Refused) as refused:
        note_submission(actor=BOT, at=at("2028-10-01 00:00"), application=lapsed)
    assert refused.value.codes == ("lapsed",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2025-1§9"]


def test_other_kinds_keep_no_work(body):
    note_submission(actor=BOT, at=at("2026-03-01"), application=application(body, "addition"))
    assert WorkRecord.objects.count() == 0
