"""Entering, confirming and judging scores."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.factories import (
    at,
    enter_and_confirm,
    make_actor,
    make_examinee,
    make_marking_batch,
    make_scored_batch,
)

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.results import actions, queries
from gongjiang.results.models import Result, Score, ScoreSheet
from gongjiang.sittings.models import Attendance, Misconduct

pytestmark = pytest.mark.django_db
WHEN = at("2026-06-05 10:00")


def row(enrolment, value=None, **more):
    return actions.ScoreRow(enrolment, None if value is None else Decimal(str(value)), **more)


def enter(batch, actor, rows, *, part="theory", key="k", **more):
    return actions.enter_scores(actor=actor, at=WHEN, batch=batch, part=part, scores=rows, key=key, **more)


def people(batch):
    return list(queries.examinees(batch).order_by("pk"))


def standing(batch):
    return {
        (score.enrolment_id, score.part): (score.value, score.is_absent, score.is_void)
        for score in queries.current_scores(batch).values()
    }


def test_scores_are_entered_and_confirmed_by_another(body, staff):
    batch = make_marking_batch(body, candidates=2)
    one, two = people(batch)
    sheet = enter(batch, staff["scorer"], [row(one, "78.5"), row(two, 0)])

    assert standing(batch) == {
        (one.pk, "theory"): (Decimal("78.50"), False, False),
        (two.pk, "theory"): (Decimal("0.00"), False, False),
    }
    with pytest.raises(Refused) as refused:
        actions.confirm_sheet(actor=staff["scorer"], at=WHEN, sheet=sheet)
    assert refused.value.codes == ("same-person",)

    other = make_actor(body.organisation, "scorer")
    sheet = actions.confirm_sheet(actor=other, at=at("2026-06-05 11:00"), sheet=sheet)
    assert (sheet.entered_by_id, sheet.confirmed_by_id) == (staff["scorer"].user_id, other.user_id)
    with pytest.raises(Refused) as refused:
        actions.confirm_sheet(actor=staff["body_manager"], at=WHEN, sheet=sheet)
    assert refused.value.codes == ("confirmed",)


@pytest.mark.databases
def test_the_database_refuses_a_sheet_confirmed_by_who_entered_it(body, staff):
    batch = make_marking_batch(body, candidates=1)
    sheet = enter(batch, staff["scorer"], [row(people(batch)[0], 60)])

    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.everything.filter(pk=sheet.pk).update(confirmed_by_id=sheet.entered_by_id, confirmed_at=WHEN)


@pytest.mark.parametrize("role", ["exam_clerk", "body_manager", "certificate_clerk"])
def test_only_who_marks_enters_scores(body, staff, role):
    batch = make_marking_batch(body, candidates=1)

    with pytest.raises(NotAllowed) as refused:
        enter(batch, staff[role], [row(people(batch)[0], 60)])
    assert (refused.value.codes, Score.objects.count()) == (("wrong-role",), 0)


def test_every_problem_is_told_at_once_and_nothing_is_taken_over(body, staff):
    batch = make_marking_batch(body, candidates=6)
    over, negative, decimals, empty, both, twice = people(batch)
    stranger = make_examinee(batch, 900, state="ineligible")
    rows = [
        row(over, 101),
        row(negative, -1),
        row(decimals, "60.001"),
        row(empty),
        row(both, 60, absent=True),
        row(twice, 60),
        row(twice, 61),
        row(stranger, 60),
    ]

    with pytest.raises(actions.ScoresRefused) as refused:
        enter(batch, staff["scorer"], rows)

    found = [(problem.row, problem.code) for problem in refused.value.problems]
    assert found == [
        (over.pk, "out-of-range"),
        (negative.pk, "out-of-range"),
        (decimals.pk, "decimals"),
        (empty.pk, "empty"),
        (both.pk, "both"),
        (twice.pk, "twice"),
        (stranger.pk, "not-examined"),
    ]
    assert (Score.objects.count(), ScoreSheet.everything.count()) == (0, 0)


@pytest.mark.requirement("EXM-03")
def test_absent_and_void_come_from_the_exam_day_and_are_no_zero(body, staff):
    batch = make_marking_batch(body, candidates=3)
    absent, void, present = people(batch)
    sitting = batch.sittings.get(part="theory")
    Attendance.objects.filter(sitting=sitting, enrolment=absent).update(present=False)
    Misconduct.objects.create(
        sitting=sitting, enrolment=void, code="phone", effect="part_void", facts="x", at=WHEN, by_id=1
    )

    enter(batch, staff["scorer"], [row(present, 66, scorer="乙丑衡")])

    assert standing(batch) == {
        (absent.pk, "theory"): (None, True, False),
        (void.pk, "theory"): (None, False, True),
        (present.pk, "theory"): (Decimal("66.00"), False, False),
    }
    assert queries.current_scores(batch)[present.pk, "theory"].scorer == "乙丑衡"


def test_a_score_against_the_exam_day_is_a_problem(body, staff):
    batch = make_marking_batch(body, candidates=4)
    absent, void, present, blameless = people(batch)
    theory, practical = batch.sittings.get(part="theory"), batch.sittings.get(part="practical")
    Attendance.objects.filter(sitting=theory, enrolment=absent).update(present=False)
    Misconduct.objects.create(
        sitting=practical, enrolment=void, code="copy", effect="all_void", facts="x", at=WHEN, by_id=1
    )
    rows = [row(absent, 60), row(void, 60), row(present, absent=True), row(blameless, void=True)]

    with pytest.raises(actions.ScoresRefused) as refused:
        enter(batch, staff["scorer"], rows)

    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["was-absent", "void-by-misconduct", "was-present", "no-misconduct"]


def test_a_correction_supersedes_and_says_why(body, staff):
    batch = make_marking_batch(body, candidates=2)
    one, two = people(batch)
    first = enter(batch, staff["scorer"], [row(one, 58), row(two, 70)])
    with pytest.raises(actions.ScoresRefused) as refused:
        enter(batch, staff["scorer"], [row(one, 85)], key="k2")
    assert [problem.code for problem in refused.value.problems] == ["correction-without-reason"]

    second = enter(batch, staff["scorer"], [row(one, 85), row(two, 70)], key="k3", reason="抄录时错行")

    history = list(Score.objects.filter(enrolment=one).order_by("pk").values_list("sheet", "value", "superseded"))
    assert history == [(first.pk, Decimal("58.00"), True), (second.pk, Decimal("85.00"), False)]
    assert second.scores.count() == 1
    entry = AuditEntry.objects.get(action="score.supersede")
    assert (entry.subject_id, entry.reason, entry.facts) == (
        str(Score.objects.get(superseded=True).pk),
        "抄录时错行",
        {"by_sheet": second.pk},
    )


@pytest.mark.databases
def test_the_database_keeps_one_standing_score(body, staff):
    batch = make_marking_batch(body, candidates=1)
    (one,) = people(batch)
    sheet = enter(batch, staff["scorer"], [row(one, 58)])

    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(sheet=sheet, enrolment=one, part="theory", value=90)
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(sheet=sheet, enrolment=one, part="panel", value=None)


@pytest.mark.databases
def test_the_same_form_twice_is_one_sheet(body, staff):
    batch = make_marking_batch(body, candidates=1)
    rows = [row(people(batch)[0], 60)]

    assert enter(batch, staff["scorer"], rows).pk == enter(batch, staff["scorer"], rows).pk
    assert ScoreSheet.everything.count() == 1
    with pytest.raises(Refused) as refused:
        enter(batch, staff["scorer"], rows, key="another")
    assert refused.value.codes == ("nothing-new",)


@pytest.mark.requirement("CAT-04")
def test_each_part_passes_by_its_own_mark_and_none_is_averaged(body):
    batch = make_scored_batch(body, theory=(100, 60, 59.99, None), practical=(59.5, 60, 100, 95))

    found = {result.enrolment.pk: result for result in queries.results_in(batch)}
    assert [found[each.pk].outcome for each in people(batch)] == ["failed", "passed", "failed", "incomplete"]
    parts = found[people(batch)[2].pk].parts
    shown = [(part["part"], part["score"], part["pass_mark"], part["passed"], part["standard"]) for part in parts]
    assert shown == [
        ("theory", "59.99", "60", False, "电工（2018年版）"),
        ("practical", "100", "60", True, "电工（2018年版）"),
    ]


def test_missing_and_unconfirmed_scores_hold_the_confirmation_up(body, staff):
    batch = make_marking_batch(body, candidates=2)
    one, two = people(batch)
    enter_and_confirm(batch, "theory", (60, 60))
    enter(batch, staff["scorer"], [row(one, 60)], part="practical")

    with pytest.raises(Refused) as refused:
        actions.confirm_scores(actor=staff["body_manager"], at=WHEN, batch=batch)

    assert refused.value.codes == ("scores-missing", "sheet-unconfirmed")
    assert two.name in refused.value.grounds[0].why
    assert one.name not in refused.value.grounds[0].why
    assert Result.everything.count() == 0


def test_misconduct_recorded_after_the_score_holds_it_up(body, staff):
    batch = make_marking_batch(body, candidates=1)
    enter_and_confirm(batch, "theory", (60,))
    enter_and_confirm(batch, "practical", (60,))
    Misconduct.objects.create(
        sitting=batch.sittings.get(part="theory"),
        enrolment=people(batch)[0],
        code="phone",
        effect="part_void",
        facts="x",
        at=WHEN,
        by_id=1,
    )

    with pytest.raises(Refused) as refused:
        actions.confirm_scores(actor=staff["body_manager"], at=WHEN, batch=batch)
    assert refused.value.codes == ("contradicts-exam-day",)


def test_an_edited_score_is_named_before_results_are_made(body, staff):
    batch = make_marking_batch(body, candidates=1)
    enter_and_confirm(batch, "theory", (58,))
    enter_and_confirm(batch, "practical", (60,))
    score = Score.objects.get(part="theory")
    Score.objects.filter(pk=score.pk).update(value=88)

    with pytest.raises(Refused) as refused:
        actions.confirm_scores(actor=staff["body_manager"], at=WHEN, batch=batch)
    assert refused.value.codes == ("result-differs",)
    assert f"results.score:{score.pk}" in refused.value.grounds[0].why


def test_a_sheet_of_scores_is_taken_over_whole(body, staff, sheet_of):
    batch = make_marking_batch(body, candidates=2)
    one, two = people(batch)
    Attendance.objects.filter(enrolment=two, sitting__part="practical").update(present=False)
    content = sheet_of(
        [
            (one.candidate.identity, one.name, "理论", "78.5", "乙丑衡"),
            (two.candidate.identity, two.name, "理论", "60", "乙丑衡"),
            (one.candidate.identity, one.name, "操作", "81", "丙寅衡"),
            (two.candidate.identity, two.name, "操作", "缺考", ""),
        ]
    ).getvalue()

    sheets = actions.import_scores(actor=staff["scorer"], at=WHEN, batch=batch, content=content, key="file")
    again = actions.import_scores(actor=staff["scorer"], at=WHEN, batch=batch, content=content, key="file")

    assert [sheet.part for sheet in sheets] == ["theory", "practical"]
    assert [sheet.pk for sheet in sheets] == [sheet.pk for sheet in again]
    assert standing(batch)[two.pk, "practical"] == (None, True, False)
    assert len(standing(batch)) == 4


def test_a_bad_sheet_tells_every_problem_and_changes_nothing(body, staff, sheet_of):
    batch = make_marking_batch(body, candidates=3)
    one, two, three = people(batch)
    content = sheet_of(
        [
            (int(one.candidate.identity[:17]), one.name, "理论", "60", ""),
            (two.candidate.identity, "别人", "理论", "60", ""),
            (three.candidate.identity, three.name, "面试", "60", ""),
            (three.candidate.identity, three.name, "理论", "六十", ""),
            ("229104199001010000", "丁卯春", "理论", "60", ""),
            (three.candidate.identity, three.name, "操作", "100.5", ""),
        ]
    ).getvalue()

    with pytest.raises(actions.ScoresRefused) as refused:
        actions.import_scores(actor=staff["scorer"], at=WHEN, batch=batch, content=content, key="file")

    found = [(problem.row, problem.code) for problem in refused.value.problems]
    assert found == [
        (2, "numeric-identity"),
        (3, "name-differs"),
        (4, "part-unknown"),
        (5, "not-a-number"),
        (6, "identity-wrong"),
        (7, "out-of-range"),
    ]
    assert three.candidate.identity not in str(refused.value)
    assert Score.objects.count() == 0


def test_a_file_that_is_no_sheet_is_told(body, staff):
    batch = make_marking_batch(body, candidates=1)

    with pytest.raises(actions.ScoresRefused) as refused:
        actions.import_scores(actor=staff["scorer"], at=WHEN, batch=batch, content=b"%PDF-1.7 x", key="file")
    assert [problem.code for problem in refused.value.problems] == ["not_a_sheet"]
