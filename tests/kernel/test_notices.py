"""Notices run through their last day; objections get their reply from another person, in time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from gongjiang.kernel import calendar_news, calendars, notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import AuditEntry, Counter, Message, Objection, PublicNotice
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.law import questions as ask
from gongjiang.law.places import JILIN

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
CANDIDATE = Actor(kind="candidate", user_id=50, roles=frozenset({"candidate"}), person_key="k1")
MANAGER = Actor(kind="staff", user_id=7, roles=frozenset({"body_manager"}), path="/1/4/")
REVIEWER = Actor(kind="staff", user_id=8, roles=frozenset({"scorer"}), path="/1/4/")


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Nobody outside the kernel is told: the subjects here are no batches."""
    monkeypatch.setattr(calendars, "REGISTRY", calendars.Registry())


def at(day, clock="12:00:00"):
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


def post(on="2026-06-15"):
    day = date.fromisoformat(on)
    term = ask.RESULT_NOTICE_WORKING_DAYS.at(place=JILIN, day=day)
    subject, _created = Counter.objects.get_or_create(name="样例批次")
    return notices.open_notice(
        kind="result",
        subject=subject,
        title="成绩公示",
        place=JILIN,
        on=day,
        working_days=term.value,
        cites=term.cites,
    )


def raise_one(notice, day="2026-06-16", key="form-1", text="接线图第 3 处我画对了。", clock="09:40:00"):
    return notices.raise_objection(
        notice=notice,
        about=Counter(name="结果 1"),
        person_key="k1",
        text=text,
        actor=CANDIDATE,
        at=at(day, clock),
        key=key,
    )


@pytest.mark.requirement("MRK-04")
def test_it_ends_at_midnight_after_five_working_days_counted_over_the_holiday():
    notice = post()
    assert (notice.last_day, notice.provisional, notice.calendar_years) == (date(2026, 6, 23), False, [2026])
    assert (notice.working_days, notice.cites) == (5, ["JL-2024-5§25"])
    moments = [
        ("2026-06-14", "23:59:59"),
        ("2026-06-15", "00:00:00"),
        ("2026-06-23", "23:59:59"),
        ("2026-06-24", "00:00:00"),
    ]
    assert [notices.running(notice, at(*moment)) for moment in moments] == [False, True, True, False]
    assert [notices.is_over(notice, at(*moment)) for moment in moments] == [False, False, False, True]


def test_the_end_is_shanghais_midnight_whatever_zone_the_instant_is_in():
    notice = post()
    end = datetime(2026, 6, 23, 16, 0, tzinfo=ZoneInfo("UTC"))
    assert (notices.is_over(notice, end - timedelta(microseconds=1)), notices.is_over(notice, end)) == (False, True)


def test_a_provisional_notice_is_never_over_and_a_withdrawn_one_neither():
    notice = post("2026-12-30")
    assert (notice.provisional, notice.calendar_years) == (True, [2026])
    assert notices.is_over(notice, at("2030-01-01")) is False
    assert notices.running(notice, at("2030-01-01")) is True
    notice = post()
    notice.withdrawn_on = date(2026, 6, 17)
    assert notices.is_over(notice, at("2030-01-01")) is False
    assert notices.running(notice, at("2026-06-18")) is False


def test_an_objection_is_due_by_the_law_asked_on_its_own_day():
    objection = raise_one(post())
    assert (objection.reply_last_day, objection.reply_working_days) == (date(2026, 6, 24), 5)
    assert objection.reply_cites == ["JL-2024-5§25"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_id, entry.about_id) == ("objection.raise", str(objection.pk), "样例批次")
    assert entry.cites == ["JL-2024-5§25"]
    assert "接线图" not in str(entry.facts)
    moments = [("2026-06-24", "23:59:59"), ("2026-06-25", "00:00:00")]
    assert [notices.is_overdue(objection, at(*moment)) for moment in moments] == [False, True]


def test_the_same_form_twice_is_one_objection():
    notice = post()
    assert raise_one(notice) == raise_one(notice)
    assert (Objection.objects.count(), AuditEntry.objects.count()) == (1, 1)
    other = post()
    with pytest.raises(Refused) as refused:
        raise_one(other)
    assert refused.value.codes == ("key-reused",)


@pytest.mark.parametrize(
    ("day", "clock", "text", "codes"),
    [
        ("2026-06-24", "00:00:00", "x", ("notice-over",)),
        ("2026-06-14", "23:59:59", "x", ("notice-not-posted",)),
        ("2026-06-16", "09:00:00", "  ", ("empty",)),
        ("2026-06-24", "00:00:00", "", ("empty", "notice-over")),
    ],
)
def test_before_and_after_the_notice_and_without_words_it_is_refused(day, clock, text, codes):
    notice = post()
    with pytest.raises(Refused) as refused:
        raise_one(notice, day, text=text, clock=clock)
    assert refused.value.codes == codes
    assert (Objection.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_the_last_second_counts():
    assert raise_one(post(), "2026-06-23", clock="23:59:59").pk


def reply(objection, actor=REVIEWER, **changed):
    kwargs = {"text": "复核无误。", "upheld": False, "at": at("2026-06-18"), "not_by": {7}, **changed}
    return notices.reply_objection(objection=objection, actor=actor, **kwargs)


def test_another_person_replies_once():
    notice = post()
    objection = raise_one(notice)
    subject = Counter.objects.get()
    assert list(notices.pending(subject)) == [objection]
    notices.assign_reply(objection=objection, user_id=8, actor=MANAGER, at=at("2026-06-17"), not_by={7})
    replied = reply(objection)
    assert (replied.upheld, replied.replied_by_id, replied.reply) == (False, 8, "复核无误。")
    assert list(notices.pending(subject)) == []
    assert notices.is_overdue(replied, at("2026-12-01")) is False
    actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert actions == ["objection.raise", "objection.assign", "objection.reply"]
    with pytest.raises(Refused) as refused:
        reply(objection)
    assert refused.value.codes == ("replied",)


@pytest.mark.parametrize(
    ("actor", "changed", "codes"),
    [
        (MANAGER, {}, ("same-person",)),
        (REVIEWER, {"text": " "}, ("empty",)),
        (MANAGER, {"not_by": (), "text": "复核无误。"}, ("assigned-to-another",)),
        (CANDIDATE, {}, ("wrong-role",)),
    ],
)
def test_who_may_not_reply(actor, changed, codes):
    objection = raise_one(post())
    if codes == ("assigned-to-another",):
        notices.assign_reply(objection=objection, user_id=8, actor=MANAGER, at=at("2026-06-17"))
    with pytest.raises(Refused) as refused:
        reply(objection, actor, **changed)
    assert refused.value.codes == codes
    objection.refresh_from_db()
    assert (objection.reply, objection.upheld) == ("", None)


def test_it_cannot_be_assigned_to_the_one_objected_to():
    objection = raise_one(post())
    with pytest.raises(Refused) as refused:
        notices.assign_reply(objection=objection, user_id=7, actor=MANAGER, at=at("2026-06-17"), not_by={7})
    assert refused.value.codes == ("same-person",)


# The calendar


NOTICE_2027 = "date,name,kind\n" + "\n".join(
    f"2027-{day},{name},{kind}"
    for day, name, kind in [
        ("01-01", "元旦", "holiday"),
        ("01-04", "元旦", "holiday"),
        ("05-01", "劳动节", "holiday"),
        ("10-01", "国庆节", "holiday"),
    ]
)
OFFICER = Actor(kind="staff", user_id=3, roles=frozenset({"provincial_officer"}), path="/")


def load(text=NOTICE_2027, actor=OFFICER, year=2027, source="国办发明电〔2026〕样例号"):
    return calendars.load_holiday_notice(actor=actor, year=year, text=text, source=source, at=at("2026-12-31"))


def test_loading_a_year_settles_open_terms_tells_and_leaves_closed_ones():
    calendars.tell_with(lambda record, change, when: (f"told {change.kind}",))
    seen = []
    calendars.register(lambda calendar, actor, when: seen.append(sorted(calendar.years)[-1]) or [])
    closed, running = post("2026-06-15"), post("2026-12-30")
    objection = raise_one(running, "2026-12-31", clock="08:00:00")
    assert (running.last_day, running.provisional) == (date(2027, 1, 6), True)
    changes = load()
    running.refresh_from_db()
    objection.refresh_from_db()
    assert (running.last_day, running.provisional, running.calendar_years) == (date(2027, 1, 8), False, [2026, 2027])
    assert (objection.reply_last_day, objection.reply_provisional) == (date(2027, 1, 11), False)
    assert [(c.kind, c.before, c.after, c.told) for c in changes] == [
        ("kernel.publicnotice", date(2027, 1, 6), date(2027, 1, 8), ("told kernel.publicnotice",)),
        ("kernel.objection", date(2027, 1, 7), date(2027, 1, 11), ("told kernel.objection",)),
    ]
    assert PublicNotice.objects.get(pk=closed.pk).last_day == closed.last_day
    assert seen == [2027]
    entry = AuditEntry.objects.filter(action="calendar.load").get()
    assert entry.facts["terms_moved"][0]["after"] == "2027-01-08"


def test_the_calendar_is_built_again_only_after_a_load(django_assert_num_queries):
    before = calendars.current()
    assert before.is_known(date(2027, 1, 4)) is False
    load()
    after = calendars.current()
    assert (after.is_known(date(2027, 1, 4)), after.is_working_day(date(2027, 1, 4))) == (True, False)
    with django_assert_num_queries(1):
        assert calendars.current() is after


def test_a_year_loaded_again_is_replaced():
    load()
    load(NOTICE_2027 + "\n2027-01-05,元旦,holiday")
    assert calendars.current().is_working_day(date(2027, 1, 5)) is False


def test_a_notice_with_problems_is_refused_whole():
    with pytest.raises(Refused) as refused:
        load(
            "date,name,kind\n2027-01-01,元旦,holiday\n2027-01-04,元旦,workday_makeup\n2027-13-01,x,holiday", source=" "
        )
    assert refused.value.codes == ("notice-problem",) * 5
    assert calendars.current().is_known(date(2027, 1, 4)) is False
    assert AuditEntry.objects.count() == 0


def test_a_clerk_may_not_load_it():
    with pytest.raises(NotAllowed):
        load(actor=REVIEWER)


def test_the_candidate_who_raised_it_is_told_once():
    calendars.tell_with(calendar_news.tell_candidate)
    raise_one(post("2026-12-30"), "2026-12-31", clock="08:00:00")
    with translation.override("en"):
        changes = load()
    assert [change.told for change in changes] == [(), ("the candidate",)]
    assert load() == []
    told = Message.objects.get()
    assert (told.user_id, told.person_key, told.cites) == (None, "k1", ["JL-2024-5§25"])
    assert told.text == "Its last day is 2027-01-11 (before: 2027-01-07); the year's holidays are known now."
