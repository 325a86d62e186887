import io

import pytest
from django.db import IntegrityError, transaction
from tests.factories import (
    at,
    make_actor,
    make_arranged_batch,
    make_batch,
    make_body,
    make_exam_batch,
    make_examinee,
    make_tree,
)

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.kernel.sheets.write import write_table
from gongjiang.planning.states import BatchState
from gongjiang.sittings import actions, queries
from gongjiang.sittings.models import Attendance, Briefing, Misconduct
from gongjiang.workforce.models import StaffMember

pytestmark = pytest.mark.django_db
MORNING, AFTERNOON = "2026-05-30 08:45", "2026-05-30 12:50"


@pytest.fixture
def body():
    return make_body(make_tree()["changchun"])


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


@pytest.fixture
def door(body):
    return make_actor(body.organisation, "invigilator")


@pytest.fixture
def batch(body):
    return make_exam_batch(body)


def check_in(batch, actor, enrolment, *, part="theory", present=True, on=MORNING, key="", **changes):
    sitting = batch.sittings.get(part=part)
    key = key or f"{part}-{enrolment.pk}-{present}-{on}"
    return actions.check_in(
        actor=actor, at=at(on), sitting=sitting, enrolment=enrolment, present=present, key=key, **changes
    )


def people(batch):
    return list(Enrolment.everything.filter(batch=batch).order_by("pk"))


def sheet(rows, headings=("证件号码", "科目", "到场", "签到时间")):
    target = io.BytesIO()
    write_table(target, headings, rows, text_columns=headings[:1])
    return target.getvalue()


@pytest.mark.requirement("ARR-05")
def test_without_a_briefing_the_exam_does_not_begin(body, clerk):
    batch = make_arranged_batch(body)
    actions.release(actor=clerk, at=at("2026-05-27 09:00"), batch=batch)

    with pytest.raises(Refused) as refused:
        actions.start_exam(actor=clerk, at=at("2026-05-30 08:00"), batch=batch)
    assert (refused.value.codes, [c.key for c in refused.value.cites]) == (("no-briefing",), ["JL-2024-5§23"])

    some = [duty.member for duty in batch.duties.exclude(role__in=("assessor", "staff"))]
    actions.hold_briefing(actor=clerk, at=at("2026-05-29 15:00"), batch=batch, attended=some)
    with pytest.raises(Refused) as refused:
        actions.start_exam(actor=clerk, at=at("2026-05-30 08:00"), batch=batch)
    assert refused.value.codes == ("briefing-incomplete",)

    rest = [duty.member for duty in batch.duties.filter(role__in=("assessor", "staff"))]
    actions.hold_briefing(actor=clerk, at=at("2026-05-29 17:00"), batch=batch, attended=rest)
    actions.start_exam(actor=clerk, at=at("2026-05-30 08:00"), batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.briefed_on.isoformat()) == (BatchState.EXAM, "2026-05-29")
    assert Briefing.objects.get().attended.count() == batch.duties.values("member").distinct().count()


@pytest.mark.requirement("ARR-05")
def test_only_people_with_a_duty_are_briefed(body, clerk):
    batch = make_arranged_batch(body)
    named = batch.duties.values_list("member_id", flat=True)
    other = StaffMember.everything.filter(body=body).exclude(pk__in=list(named)).first()

    for attended, code in (([other], "no-duty"), ([], "nobody")):
        with pytest.raises(Refused) as refused:
            actions.hold_briefing(actor=clerk, at=at("2026-05-29 15:00"), batch=batch, attended=attended)
        assert refused.value.codes == (code,)
    assert Briefing.objects.count() == 0


def test_before_the_release_and_before_its_day_the_exam_does_not_begin(body, clerk):
    batch = make_arranged_batch(body)

    with pytest.raises(Refused) as refused:
        actions.start_exam(actor=clerk, at=at("2026-05-29 23:59"), batch=batch)

    assert refused.value.codes == ("not-released", "no-briefing", "too-early")


@pytest.mark.requirement("EXM-01")
def test_check_in_is_recorded_once_however_often_it_is_sent(batch, door):
    someone = people(batch)[0]

    rows = [check_in(batch, door, someone, key=key) for key in ("k1", "k1", "k2")]

    assert len({row.pk for row in rows}) == 1
    assert (rows[0].present, rows[0].at, rows[0].by_id) == (True, at(MORNING), door.user_id)
    entry = AuditEntry.objects.get(action="attendance.record")
    assert (entry.facts["present"], entry.cites) == (True, ["JL-2024-5§20"])


@pytest.mark.requirement("EXM-01")
def test_without_ticket_and_document_nobody_is_let_in(batch, door):
    with pytest.raises(Refused) as refused:
        check_in(batch, door, people(batch)[0], papers_seen=False)

    assert (refused.value.codes, [c.key for c in refused.value.cites]) == (("papers",), ["JL-2024-5§20"])
    assert Attendance.objects.count() == 0


@pytest.mark.requirement("EXM-01")
@pytest.mark.parametrize(
    ("on", "present", "code"),
    [
        ("2026-05-30 09:30", True, None),
        ("2026-05-30 09:31", True, "too-late"),
        ("2026-05-30 09:30", False, "not-late-yet"),
        ("2026-05-30 09:31", False, None),
        ("2026-05-29 20:00", True, "another-day"),
    ],
)
def test_the_limit_for_latecomers_decides(batch, door, on, present, code):
    someone = people(batch)[0]
    if code:
        with pytest.raises(Refused) as refused:
            check_in(batch, door, someone, on=on, present=present)
        assert refused.value.codes == (code,)
    assert list(queries.attendance_of(batch)) == []
    if not code:
        check_in(batch, door, someone, on=on, present=present)
        assert Attendance.objects.get().present is present


@pytest.mark.requirement("EXM-01")
def test_a_correction_leaves_both_records_in_the_trail(batch, door):
    someone = people(batch)[0]

    check_in(batch, door, someone)
    check_in(batch, door, someone, present=False, on="2026-05-30 09:40")

    assert Attendance.objects.get().present is False
    told = AuditEntry.objects.filter(action="attendance.record").order_by("seq")
    assert [entry.facts["present"] for entry in told] == [True, False]
    assert queries.absent_in(batch, "theory") == {someone.pk}


@pytest.mark.requirement("EXM-01")
def test_a_stranger_and_someone_of_another_part_are_not_let_in(batch, door, clerk, body):
    other = make_batch(body, clerk)
    stranger = make_examinee(other, 900)

    with pytest.raises(Refused) as refused:
        check_in(batch, door, stranger)

    assert refused.value.codes == ("no-seat",)


def test_a_reviewer_may_not_check_in(batch, body):
    with pytest.raises(NotAllowed) as refused:
        check_in(batch, make_actor(body.organisation, "eligibility_reviewer"), people(batch)[0])

    assert refused.value.codes == ("wrong-role",)


def test_before_the_exam_begins_nobody_is_checked_in(body, door):
    batch = make_arranged_batch(body, released=True)

    with pytest.raises(NotAllowed) as refused:
        check_in(batch, door, people(batch)[0])

    assert refused.value.codes == ("wrong-state",)


def test_attendance_stands_once_in_the_database(batch, door):
    row = check_in(batch, door, people(batch)[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(sitting=row.sitting, enrolment=row.enrolment, present=False, at=row.at)


def rows_of(batch, part="理论", absent=()):
    return [
        (e.candidate.identity, part, "缺考" if e in absent else "到", "" if e in absent else "08:41")
        for e in Enrolment.everything.filter(batch=batch).select_related("candidate").order_by("pk")
    ]


@pytest.mark.requirement("EXM-01")
def test_the_sign_in_sheet_is_read_whole_and_twice_the_same(batch, clerk):
    gone = people(batch)[3]
    content, when = sheet(rows_of(batch, absent=[gone])), at("2026-05-30 11:00")

    first = actions.import_attendance(actor=clerk, at=when, batch=batch, content=content)
    second = actions.import_attendance(actor=clerk, at=when, batch=batch, content=content)

    assert (first.present, first.absent, first.changed, second.changed) == (7, 1, 8, 0)
    assert queries.absent_in(batch, "theory") == {gone.pk}
    row = Attendance.objects.exclude(enrolment=gone).first()
    assert row.at == at("2026-05-30 08:41")
    assert AuditEntry.objects.filter(action="attendance.record").count() == 8


@pytest.mark.requirement("EXM-01")
def test_every_problem_of_the_sign_in_sheet_is_told_and_nothing_kept(batch, clerk):
    rows = rows_of(batch)
    rows[1] = (rows[1][0], "口试", "到", "08:41")
    rows[2] = (rows[2][0], "理论", "来了", "08:41")
    rows[3] = (rows[3][0], "理论", "到", "09:31")
    rows[4] = ("229104198001010019", "理论", "到", "08:41")
    rows[5] = (rows[0][0], "理论", "到", "08:41")
    rows[6] = (rows[6][0], "操作", "到", "12:41")
    rows[7] = (rows[7][0], "理论", "到", "八点")

    with pytest.raises(SheetRefused) as refused:
        actions.import_attendance(actor=clerk, at=at("2026-05-30 11:00"), batch=batch, content=sheet(rows))

    told = [(problem.row, problem.column, problem.code) for problem in refused.value.problems]
    assert told == [
        (3, "part", "choice"),
        (4, "presence", "choice"),
        (5, "signed_at", "too-late"),
        (6, "identity", "not-seated"),
        (7, "identity", "row-twice"),
        (8, "part", "not-begun"),
        (9, "signed_at", "time"),
    ]
    assert not any("2291" in ground.why for ground in refused.value.grounds)
    assert Attendance.objects.count() == 0


@pytest.mark.requirement("EXM-05")
def test_a_breach_follows_the_catalogue(batch, door):
    someone, other = people(batch)[:2]
    for each in (someone, other):
        check_in(batch, door, each)
    sitting = batch.sittings.get(part="theory")

    def record(enrolment, code, **changes):
        told = {"facts": "09:20 使用手机", "heard": "承认", "key": f"m-{enrolment.pk}-{code}"} | changes
        return actions.record_misconduct(
            actor=door, at=at("2026-05-30 09:25"), sitting=sitting, enrolment=enrolment, code=code, **told
        )

    assert record(someone, "phone").pk == record(someone, "phone").pk
    record(other, "seat")
    assert list(Misconduct.objects.order_by("pk").values_list("code", "effect")) == [
        ("phone", "all_void"),
        ("seat", "part_void"),
    ]
    assert queries.voided_in(batch, "theory") == {someone.pk, other.pk}
    assert queries.voided_in(batch, "practical") == {someone.pk}
    assert queries.misconduct_of_person(someone.candidate.person_key).count() == 1


@pytest.mark.requirement("EXM-05")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "yawning"}, "unknown-breach"),
        ({"facts": " "}, "facts"),
        ({"heard": ""}, "not-heard"),
        ({}, "not-present"),
    ],
)
def test_a_breach_without_facts_hearing_or_presence_is_refused(batch, door, change, code):
    someone, sitting = people(batch)[0], batch.sittings.get(part="theory")
    if code != "not-present":
        check_in(batch, door, someone)
    told = {"code": "phone", "facts": "09:20 使用手机", "heard": "承认"} | change

    with pytest.raises(Refused) as refused:
        actions.record_misconduct(
            actor=door, at=at("2026-05-30 09:25"), sitting=sitting, enrolment=someone, key="m", **told
        )

    assert refused.value.codes == (code,)
    assert Misconduct.objects.count() == 0


def test_the_exam_ends_when_all_is_over_and_everybody_accounted_for(batch, clerk):
    actions.import_attendance(actor=clerk, at=at("2026-05-30 11:00"), batch=batch, content=sheet(rows_of(batch)))

    with pytest.raises(Refused) as refused:
        actions.end_exam(actor=clerk, at=at("2026-05-30 14:59"), batch=batch)
    assert refused.value.codes == ("still-running", "attendance-open")
    assert "8" in refused.value.grounds[1].why

    rows = [(a, "操作", c, "12:50") for a, _b, c, _d in rows_of(batch)]
    actions.import_attendance(actor=clerk, at=at("2026-05-30 15:00"), batch=batch, content=sheet(rows))
    actions.end_exam(actor=clerk, at=at("2026-05-30 15:00"), batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.examined_on.isoformat()) == (BatchState.MARKING, "2026-05-30")
    assert AuditEntry.objects.get(action="batch.end_exam").facts["present"] == 16


@pytest.mark.requirement("EXM-01")
def test_a_check_in_cut_short_leaves_nothing_and_can_be_sent_again(batch, door, monkeypatch):
    someone = people(batch)[0]

    def killed(**_told):
        raise RuntimeError("the machine went down")

    with monkeypatch.context() as cut:
        cut.setattr("gongjiang.kernel.audit.record", killed)
        with pytest.raises(RuntimeError):
            check_in(batch, door, someone, key="k1")
    assert Attendance.objects.count() == 0

    assert check_in(batch, door, someone, key="k1").present is True
    assert AuditEntry.objects.filter(action="attendance.record").count() == 1


@pytest.mark.requirement("EXM-01")
def test_a_key_sent_for_another_candidate_is_refused(batch, door):
    first, second = people(batch)[:2]
    check_in(batch, door, first, key="k1")

    with pytest.raises(Refused) as refused:
        check_in(batch, door, second, key="k1")

    assert refused.value.codes == ("key-reused",)
    assert Attendance.objects.get().enrolment == first
