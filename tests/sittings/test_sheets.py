import io
from datetime import date
from pathlib import Path

import pytest
from tests.factories import at, invented_identity, make_actor, make_body, make_rooms, make_tree

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.kernel.sheets.write import write_table
from gongjiang.sittings import actions
from gongjiang.sittings.columns import ROOM_COLUMNS, STAFF_COLUMNS
from gongjiang.sittings.models import ExamRoom
from gongjiang.workforce.models import Appointment, StaffMember

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).resolve().parents[2] / "examples/first-run"
NOW = "2026-03-10 09:00"


@pytest.fixture
def body():
    return make_body(make_tree()["changchun"])


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


def sheet(columns, *rows, numeric=False):
    headings = [column.header_zh for column in columns]
    keys = [column.key for column in columns]
    target = io.BytesIO()
    texts = () if numeric else headings
    write_table(target, headings, [[row.get(key, "") for key in keys] for row in rows], text_columns=texts)
    return target.getvalue()


def room(**changes):
    return {
        "site": "样例考点",
        "address": "样例路 1 号",
        "room": "理论第 1 考场",
        "kind": "理论",
        "rows": "6",
        "columns": "5",
        "access": "是",
        "cameras": "2",
        "inspected_on": "2026-03-02",
        "inspection_until": "2027年3月1日",
    } | changes


def person(number=1, **changes):
    return {
        "name": "甲子衡",
        "identity": invented_identity(number),
        "role": "考评员",
        "occupations": "6-31-01-03",
        "levels": "5-3",
        "appointed_on": "2025-03-01",
        "employer": "样例职业学院",
        "regular": "否",
    } | changes


def import_rooms(body, clerk, *rows):
    return actions.import_rooms(actor=clerk, at=at(NOW), body=body, content=sheet(ROOM_COLUMNS, *rows))


def import_staff(body, clerk, *rows, **how):
    return actions.import_staff(actor=clerk, at=at(NOW), body=body, content=sheet(STAFF_COLUMNS, *rows, **how))


@pytest.mark.requirement("ARR-01")
def test_rooms_come_from_a_sheet_with_their_grid(body, clerk):
    rows = [
        room(),
        room(room="操作第 1 考场", kind="操作", rows="", columns="", stations="12"),
        room(room="候考室", kind="候考室", rows="", columns="", access="否"),
    ]

    assert import_rooms(body, clerk, *rows) == actions.RoomsEntered(3, 0)
    assert import_rooms(body, clerk, *rows) == actions.RoomsEntered(0, 0)

    theory, practical, waiting = (ExamRoom.everything.get(name=row["room"]) for row in rows)
    assert (theory.capacity, theory.is_accessible, theory.inspection_until) == (30, True, date(2027, 3, 1))
    assert (practical.rows, practical.columns, practical.capacity) == (3, 5, 12)
    assert (waiting.kind, waiting.capacity, waiting.is_accessible) == ("waiting_room", 0, False)
    assert AuditEntry.objects.get(action="room.enter").cites == ["JL-2024-5§18"]


@pytest.mark.requirement("ARR-01")
def test_a_new_inspection_brings_a_room_up_to_date(body, clerk):
    import_rooms(body, clerk, room())

    done = import_rooms(body, clerk, room(inspected_on="2026-03-09", inspection_until="2027-03-08"))

    assert done == actions.RoomsEntered(0, 1)
    assert ExamRoom.everything.get().inspection_until == date(2027, 3, 8)


@pytest.mark.requirement("ARR-01")
def test_every_problem_of_a_room_sheet_is_told_and_nothing_kept(body, clerk):
    rows = [
        room(),
        room(),
        room(room="二", site="别处"),
        room(room="三", kind="操场"),
        room(room="四", rows="", columns=""),
        room(room="五", inspected_on="2026-02-30"),
        room(room="六", inspection_until="2026-03-01"),
        room(room="七", inspected_on="2026-03-11"),
        room(room="八", cameras="很多"),
        room(room="九", inspection_until=""),
        room(room="十", stations="31"),
    ]

    with pytest.raises(SheetRefused) as refused:
        import_rooms(body, clerk, *rows)

    told = [(problem.row, problem.column, problem.code) for problem in refused.value.problems]
    assert told == [
        (3, "room", "row-twice"),
        (4, "site", "site"),
        (5, "kind", "choice"),
        (6, "rows", "no-seats"),
        (7, "inspected_on", "day"),
        (8, "inspection_until", "inspection"),
        (9, "inspection_until", "inspection"),
        (10, "cameras", "number"),
        (11, "inspection_until", "missing"),
        (12, "stations", "stations"),
    ]
    assert ExamRoom.everything.count() == 0


def test_a_reviewer_may_not_import_rooms(body):
    with pytest.raises(NotAllowed) as refused:
        import_rooms(body, make_actor(body.organisation, "eligibility_reviewer"), room())

    assert refused.value.codes == ("wrong-role",)


def test_what_is_no_sheet_is_refused(body, clerk):
    with pytest.raises(SheetRefused) as refused:
        actions.import_rooms(actor=clerk, at=at(NOW), body=body, content=b"\x00\x01\x02")

    assert [problem.code for problem in refused.value.problems] == ["not_a_sheet"]


def test_a_room_with_seats_keeps_its_grid(body, clerk):
    from tests.factories import make_ready_batch

    make_rooms(body)
    batch = make_ready_batch(body)
    actions.arrange(actor=clerk, at=at("2026-05-18 09:00"), batch=batch, seed=7)
    spec = actions.RoomSpec("理论第 1 考场", "theory", date(2026, 3, 2), date(2027, 3, 1), rows=1, columns=1, cameras=2)

    with pytest.raises(Refused) as refused:
        actions.add_rooms(actor=clerk, at=at("2026-05-19"), site=body.sites.get(), rows=[spec])

    assert refused.value.codes == ("room-in-use",)


@pytest.mark.requirement("STF-01")
def test_an_assessors_term_is_the_laws(body, clerk):
    done = import_staff(body, clerk, person(), person(levels="五级-三级", occupations="6-18-02-04"))

    assert (done.people, done.appointments) == (1, 2)
    assert import_staff(body, clerk, person()).appointments == 0
    member = StaffMember.everything.get()
    assert member.identity == invented_identity(1)
    rows = Appointment.objects.order_by("occupation__code")
    assert [(a.occupation.code, a.highest_level, a.since, a.until, a.cites) for a in rows] == [
        ("6-18-02-04", "3", date(2025, 3, 1), date(2028, 3, 1), ["JL-2024-5§38"]),
        ("6-31-01-03", "3", date(2025, 3, 1), date(2028, 3, 1), ["JL-2024-5§38"]),
    ]


@pytest.mark.requirement("STF-03")
def test_an_internal_supervisor_is_of_the_regular_staff(body, clerk):
    row = person(role="内部质量督导员", occupations="", levels="")

    with pytest.raises(SheetRefused) as refused:
        import_staff(body, clerk, row)
    problem = refused.value.problems[0]
    assert (problem.column, problem.code) == ("regular", "not-regular")
    assert "第44条" in problem.why
    assert StaffMember.everything.count() == 0

    import_staff(body, clerk, {**row, "regular": "是"})
    appointment = Appointment.objects.get()
    assert (appointment.role, appointment.until) == ("internal_supervisor", date(2028, 3, 1))
    assert appointment.cites == ["JL-2024-5§44"]


@pytest.mark.requirement("STF-01")
def test_every_problem_of_a_staff_sheet_is_told_and_nothing_kept(body, clerk):
    rows = [
        person(1),
        person(1),
        person(2, identity="229104198001010018"),
        person(3, role="裁判"),
        person(4, occupations="6-99-99-99"),
        person(5, occupations="", levels=""),
        person(6, levels="八级"),
        person(7, appointed_until="2028-03-02"),
        person(8, appointed_until="2025-02-28"),
        person(9, name=""),
        person(1, name="别人", role="监考员", occupations="", levels=""),
    ]

    with pytest.raises(SheetRefused) as refused:
        import_staff(body, clerk, *rows)

    told = [(problem.row, problem.column, problem.code) for problem in refused.value.problems]
    assert told == [
        (3, "identity", "row-twice"),
        (4, "identity", "identity"),
        (5, "role", "choice"),
        (6, "occupations", "occupation"),
        (7, "occupations", "assessor-scope"),
        (8, "levels", "levels"),
        (8, "occupations", "assessor-scope"),
        (9, "appointed_until", "term-too-long"),
        (10, "appointed_until", "term-order"),
        (11, "name", "missing"),
        (12, "name", "name-differs"),
    ]
    assert not any("2291" in problem.what + problem.why + problem.mend for problem in refused.value.problems)
    assert StaffMember.everything.count() == Appointment.objects.count() == 0


def test_an_identity_number_in_a_numeric_cell_is_refused(body, clerk):
    target = io.BytesIO()
    headings = [column.header_zh for column in STAFF_COLUMNS]
    values = person(1, identity=int(invented_identity(3)[:17] + "0"))
    write_table(target, headings, [[values.get(column.key, "") for column in STAFF_COLUMNS]])

    with pytest.raises(SheetRefused) as refused:
        actions.import_staff(actor=clerk, at=at(NOW), body=body, content=target.getvalue())

    assert "numeric-identity" in [problem.code for problem in refused.value.problems]


@pytest.mark.requirement("ARR-04")
def test_the_examples_rooms_and_staff_come_in_whole():
    scope = tuple((code, level) for code in ("6-31-01-03", "6-18-02-04", "4-10-01-05") for level in "543")
    body = make_body(make_tree()["changchun"], scope=scope)
    body.sites.update(name="榫卯中心考点")
    clerk = make_actor(body.organisation, "exam_clerk")

    rooms = actions.import_rooms(actor=clerk, at=at(NOW), body=body, content=(EXAMPLE / "rooms.xlsx").read_bytes())
    staff = actions.import_staff(actor=clerk, at=at(NOW), body=body, content=(EXAMPLE / "staff.xlsx").read_bytes())

    assert rooms == actions.RoomsEntered(21, 0)
    assert (staff.people, staff.appointments) == (94, 94)
    assert Appointment.objects.filter(role="assessor", until=None).count() == 0
