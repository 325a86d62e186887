"""The notice of results: how long, who may confirm when, and what is found when a row was edited."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import SHANGHAI, at, make_actor, make_body, make_noticed_batch, make_scored_batch

from gongjiang.kernel import calendars, notices, settings_of_place
from gongjiang.kernel.models import AuditEntry, PublicNotice
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.law.calendar import Calendar, Notice
from gongjiang.planning.states import BatchState
from gongjiang.results import actions, figures, queries, rules_notice
from gongjiang.results.models import PostedResult, Result, Score

pytestmark = pytest.mark.django_db


def confirm(batch, actor, when):
    return actions.confirm_results(actor=actor, at=at(when), batch=batch)


@pytest.mark.requirement("MRK-02")
def test_the_notice_runs_for_what_the_law_says_that_day(body, staff):
    batch = make_scored_batch(body)

    notice = actions.post_results(actor=staff["exam_clerk"], at=at("2026-06-15 16:30"), batch=batch)

    # 06-19 to 06-21 are the Dragon Boat holiday, the day of posting doesn't count.
    assert (notice.posted_on, notice.working_days, notice.last_day) == (date(2026, 6, 15), 5, date(2026, 6, 23))
    assert (notice.cites, notice.provisional) == (["JL-2024-5§25"], False)
    batch.refresh_from_db()
    assert (batch.state, batch.noticed_on) == (BatchState.ON_NOTICE, date(2026, 6, 15))
    entry = AuditEntry.objects.get(action="batch.post_results")
    assert (entry.facts["last_day"], entry.facts["results"], entry.cites) == ("2026-06-23", 4, ["JL-2024-5§25"])


@pytest.mark.requirement("MRK-02")
def test_the_posted_lines_are_masked_and_frozen(noticed):
    lines = list(PostedResult.objects.order_by("position"))

    assert [(line.outcome, [part["score"] for part in line.parts]) for line in lines] == [
        ("passed", ["78", "81"]),
        ("passed", ["60", "60"]),
        ("failed", ["59.5", "88"]),
        ("failed", ["90", "58.5"]),
    ]
    for line in lines:
        name, identity = line.enrolment.name, line.enrolment.candidate.identity
        assert (line.name, line.identity) == (f"{name[0]}*{name[2]}", f"{identity[:3]}***********{identity[-4:]}")
        assert "score_id" not in line.parts[0]


@pytest.mark.requirement("MRK-02")
@pytest.mark.parametrize(
    ("when", "opens"),
    [
        ("2026-06-15 16:31", False),
        ("2026-06-23 00:00", False),
        ("2026-06-23 23:59", False),
        ("2026-06-24 00:00", True),
        ("2026-06-24 00:01", True),
    ],
)
def test_results_are_final_from_the_day_after_the_last(noticed, staff, when, opens):
    if opens:
        confirm(noticed, staff["body_manager"], when)
    else:
        with pytest.raises(Refused) as refused:
            confirm(noticed, staff["body_manager"], when)
        assert refused.value.codes == ("notice-running",)
        assert [cite.key for cite in refused.value.cites] == ["JL-2024-5§25"]

    noticed.refresh_from_db()
    final = Result.everything.exclude(confirmed_on=None).count()
    assert (noticed.state, final) == (("confirmed", 4) if opens else ("on_notice", 0))


@pytest.mark.requirement("CRT-02")
def test_only_who_passed_every_part_may_get_a_certificate_and_only_once_final(noticed, staff):
    assert list(queries.confirmed_passes(noticed)) == []

    confirm(noticed, staff["body_manager"], "2026-06-24 00:00")

    passes = [[part["score"] for part in result.parts] for result in queries.confirmed_passes(noticed)]
    assert passes == [["78", "81"], ["60", "60"]]


def calendar_of(off, make_up):
    """A calendar in which 2026 and 2027 have these days off and these made up."""
    calendar = Calendar.default()
    for year in (2026, 2027):
        days_off = frozenset(day for day in off if day.year == year)
        worked = frozenset(day for day in make_up if day.year == year) - days_off
        calendar = calendar.with_notice(Notice(year, days_off, worked, "made for this test", ()))
    return calendar


DAYS = st.dates(date(2026, 1, 1), date(2027, 10, 31))


@pytest.mark.requirement("MRK-02")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posted=DAYS, off=st.sets(DAYS, max_size=120), data=st.data())
def test_confirming_opens_exactly_when_the_term_is_over(noticed, monkeypatch, posted, off, data):
    """For any calendar and any day of posting, against a count made day by day."""
    weekends = [posted + timedelta(n) for n in range(40) if (posted + timedelta(n)).weekday() >= 5]
    make_up = data.draw(st.sets(st.sampled_from(weekends), max_size=4))
    calendar = calendar_of(off, make_up)
    counted, day = 0, posted
    while counted < 5:
        day += timedelta(1)
        counted += (day.weekday() < 5 or day in make_up) and day not in off
    opens = day + timedelta(1)

    term = calendar.term(posted, 5)
    assert term.opens_on == opens
    PublicNotice.objects.update(posted_on=posted, last_day=term.last_day, provisional=term.provisional)
    midnight = at(opens.isoformat()).replace(tzinfo=SHANGHAI)
    before = rules_notice.against_confirming(noticed, midnight - timedelta(microseconds=1))
    assert [ground.code for ground in before] == ["notice-running"]
    assert rules_notice.against_confirming(noticed, midnight) == []


@pytest.mark.requirement("MRK-02")
def test_a_provisional_term_confirms_nothing(body, staff):
    batch = make_scored_batch(body)
    actions.post_results(actor=staff["exam_clerk"], at=at("2026-12-29 09:00"), batch=batch)

    with pytest.raises(Refused) as refused:
        confirm(batch, staff["body_manager"], "2027-03-01 09:00")
    assert refused.value.codes == ("notice-provisional",)
    assert notices.newest_on(batch).provisional


def test_a_loaded_holiday_notice_settles_the_term(body, tree, staff):
    batch = make_scored_batch(body)
    actions.post_results(actor=staff["exam_clerk"], at=at("2026-12-29 09:00"), batch=batch)
    officer = make_actor(tree["province"], "provincial_officer")
    text = "date,name,kind\n2027-01-01,元旦,off\n2027-05-01,劳动节,off\n2027-10-01,国庆节,off\n"
    calendars.load_holiday_notice(actor=officer, year=2027, text=text, source="样例", at=at("2026-12-30 09:00"))

    settled = notices.newest_on(batch)
    assert (settled.provisional, settled.last_day) == (False, date(2027, 1, 6))
    with pytest.raises(Refused):
        confirm(batch, staff["body_manager"], "2027-01-06 23:59")
    assert confirm(batch, staff["body_manager"], "2027-01-07 00:00").state == "confirmed"


def test_where_no_document_speaks_posting_is_refused_with_what_to_do(tree, staff):
    body = make_body(tree["changchun"], code="S000022999031", credit_code="91440300708461136T", name="忻州（样例）")
    batch = make_scored_batch(body)
    batch.regime = "1409"
    batch.save()

    with pytest.raises(Refused) as refused:
        actions.post_results(actor=make_actor(body.organisation, "exam_clerk"), at=at("2026-06-15"), batch=batch)

    assert refused.value.codes == ("no-rule", "no-rule")
    assert all("忻州市" in ground.why and "忻州市" in ground.way_on for ground in refused.value.grounds)
    assert PublicNotice.objects.count() == 0


@pytest.mark.parametrize("when", ["post", "confirm"])
def test_a_score_edited_after_marking_is_named(body, staff, when):
    """Abuse case 29: UPDATE of one score, then the next step: refused, the row named."""
    batch = make_scored_batch(body) if when == "post" else make_noticed_batch(body)
    score = Score.objects.get(part="practical", value="58.5")
    Score.objects.filter(pk=score.pk).update(value=60)

    act = actions.post_results if when == "post" else actions.confirm_results
    with pytest.raises(Refused) as refused:
        act(actor=staff["body_manager"], at=at("2026-06-24 00:00"), batch=batch)

    assert (refused.value.codes, refused.value.status) == (("result-differs",), 409)
    assert score.enrolment.name in refused.value.grounds[0].why
    assert f"results.score:{score.pk}" in refused.value.grounds[0].why


def test_a_result_edited_together_with_its_score_is_named_too(noticed, staff):
    """Whoever edits the score, its hash in the result and the outcome still lacks the trail's hash."""
    score = Score.objects.get(part="practical", value="58.5")
    Score.objects.filter(pk=score.pk).update(value=60)
    score.refresh_from_db()
    result = Result.everything.get(enrolment=score.enrolment)
    part = next(part for part in result.parts if part["part"] == "practical")
    part.update(score="60", passed=True, score_hash=score.state_hash())
    Result.everything.filter(pk=result.pk).update(parts=result.parts, outcome="passed")

    with pytest.raises(Refused) as refused:
        confirm(noticed, staff["body_manager"], "2026-06-24 00:00")
    assert refused.value.codes == ("result-differs",)


def test_a_score_slipped_in_beside_the_platform_is_named(noticed, staff):
    score = Score.objects.get(part="practical", value="58.5")
    Score.objects.filter(pk=score.pk).update(superseded=True)
    Score.objects.create(sheet=score.sheet, enrolment=score.enrolment, part="practical", value=60)

    with pytest.raises(Refused) as refused:
        confirm(noticed, staff["body_manager"], "2026-06-24 00:00")
    assert refused.value.codes == ("result-differs",)


@pytest.mark.parametrize("role", ["scorer", "certificate_clerk", "assessor"])
def test_other_roles_neither_post_nor_confirm(noticed, staff, role):
    with pytest.raises(NotAllowed) as refused:
        confirm(noticed, staff[role], "2026-06-24 00:00")
    assert refused.value.codes == ("wrong-role",)


@pytest.fixture
def pilot(tree):
    body = make_body(tree["changchun"], kind="employer", regime="22-2019", code="Y000022999032")
    return make_scored_batch(body)


@pytest.mark.requirement("MRK-04")
def test_the_pilots_results_are_reviewed_before_they_are_posted(tree, pilot):
    clerk = make_actor(pilot.body.organisation, "exam_clerk")
    centre = make_actor(tree["centre"], "centre_officer")
    with pytest.raises(Refused) as refused:
        actions.post_results(actor=clerk, at=at("2026-06-13"), batch=pilot)
    assert refused.value.codes == ("results-not-reviewed",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2019-133§6"]

    actions.submit_results(actor=clerk, at=at("2026-06-13 09:00"), batch=pilot)
    actions.approve_results(actor=centre, at=at("2026-06-14 09:00"), batch=pilot)
    pilot.refresh_from_db()
    assert (pilot.state, pilot.results_approved_on) == ("scored", date(2026, 6, 14))
    drawn = AuditEntry.objects.get(action="batch.approve_results").facts["sample"]
    assert drawn == [result.pk for result in figures.sample_of(pilot, date(2026, 6, 14))]
    assert len(drawn) == 1
    with pytest.raises(Refused) as refused:
        actions.submit_results(actor=clerk, at=at("2026-06-14 10:00"), batch=pilot)
    assert refused.value.codes == ("approved",)
    actions.post_results(actor=clerk, at=at("2026-06-15 09:00"), batch=pilot)
    pilot.refresh_from_db()
    assert pilot.state == "on_notice"


@pytest.mark.requirement("MRK-04")
def test_returned_results_go_back_to_marking_with_the_reason(tree, pilot):
    clerk = make_actor(pilot.body.organisation, "exam_clerk")
    centre = make_actor(tree["centre"], "centre_officer")
    actions.submit_results(actor=clerk, at=at("2026-06-13 09:00"), batch=pilot)
    with pytest.raises(Refused) as refused:
        actions.return_results(actor=centre, at=at("2026-06-14 09:00"), batch=pilot, reason=" ")
    assert refused.value.codes == ("reason-missing",)
    with pytest.raises(NotAllowed):
        actions.approve_results(actor=clerk, at=at("2026-06-14 09:00"), batch=pilot)

    actions.return_results(actor=centre, at=at("2026-06-14 09:00"), batch=pilot, reason="3 号卷漏评")

    pilot.refresh_from_db()
    assert pilot.state == "marking"
    assert AuditEntry.objects.get(action="batch.return_results").reason == "3 号卷漏评"
    manager = make_actor(pilot.body.organisation, "body_manager")
    actions.confirm_scores(actor=manager, at=at("2026-06-14 15:00"), batch=pilot)
    assert Result.everything.count() == 4


@pytest.mark.requirement("MRK-04")
def test_outside_the_pilot_nothing_is_submitted(body, staff):
    batch = make_scored_batch(body)

    with pytest.raises(Refused) as refused:
        actions.submit_results(actor=staff["exam_clerk"], at=at("2026-06-13"), batch=batch)
    assert refused.value.codes == ("no-review-here",)


@pytest.mark.requirement("MRK-04")
def test_the_sample_is_of_the_size_that_the_place_sets(tree, pilot):
    officer = make_actor(tree["province"], "provincial_officer")
    actions.submit_results(
        actor=make_actor(pilot.body.organisation, "exam_clerk"), at=at("2026-06-13 09:00"), batch=pilot
    )
    assert len(figures.sample_of(pilot, date(2026, 6, 14))) == 1
    settings_of_place.set_setting(
        actor=officer,
        at=at("2026-06-13 10:00"),
        name="results.sample_percent",
        place="22-2019",
        value=51,
        since=date(2026, 6, 14),
        source="样例抽查通知",
    )
    drawn = figures.sample_of(pilot, date(2026, 6, 14))
    assert (len(drawn), len({result.pk for result in drawn})) == (3, 3)


@pytest.mark.databases
def test_two_officers_post_and_confirm_at_once(body, staff):
    batch = make_scored_batch(body)
    stale = type(batch).everything.get(pk=batch.pk)
    actions.post_results(actor=staff["exam_clerk"], at=at("2026-06-15 09:00"), batch=batch)
    with pytest.raises(NotAllowed):
        actions.post_results(actor=staff["body_manager"], at=at("2026-06-15 09:00"), batch=stale)
    assert PublicNotice.objects.count() == 1

    confirm(batch, staff["exam_clerk"], "2026-06-24 00:00")
    with pytest.raises(NotAllowed):
        confirm(stale, staff["body_manager"], "2026-06-25 00:00")
    assert set(Result.everything.values_list("confirmed_on", flat=True)) == {date(2026, 6, 24)}
