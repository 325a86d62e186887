"""A sheet comes in: every problem of every row, nothing half, nothing twice."""

import hashlib
from pathlib import Path

import pytest
from tests.enrolment.people import OPEN, csv_sheet, jpeg, number, person, photo_zip, sheet, upload
from tests.factories import at, make_actor, make_body, make_open_batch

from gongjiang.enrolment import actions, exports
from gongjiang.enrolment.models import Candidate, Enrolment, ImportRow, ImportRun, ImportState
from gongjiang.kernel import files, jobs
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.models import AuditEntry, StoredFile
from gongjiang.kernel.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
STRANGER = {"code": "S000022999019", "credit_code": "91440300708461136T", "name": "吉林刨花（样例）"}
EXAMPLES = Path(__file__).parents[2] / "examples" / "first-run"


def codes(run: ImportRun) -> dict[int, list[str]]:
    """Return the hard problems of each row of a run: column and code."""
    rows = ImportRow.objects.filter(run=run)
    found = {row.number: [f"{p['column']}.{p['code']}" for p in row.problems if not p["soft"]] for row in rows}
    return {number: problems for number, problems in found.items() if problems}


@pytest.mark.requirement("ENR-01")
def test_a_good_sheet_becomes_enrolments_in_its_order(batch, clerk):
    run = upload(clerk, batch, sheet([person(n) for n in range(5)]))
    assert (run.state, run.rows_read, run.rows_good, codes(run)) == (ImportState.CHECKED, 5, 5, {})
    assert Enrolment.everything.count() == Candidate.objects.count() == 0

    taken = actions.confirm_import(actor=clerk, at=at(OPEN), run=run)

    assert taken == 5
    rows = list(Enrolment.everything.select_related("candidate", "line").order_by("pk"))
    assert [row.name for row in rows] == [person(n)["name"] for n in range(5)]
    first = rows[0]
    assert (first.state, first.line.level, first.relation, first.enrolled_by_id) == (
        "submitted", "4", "society", clerk.user_id,
    )  # fmt: skip
    assert (first.phone, first.facts) == ("13800000000", {"own_since": "2016-03-01"})
    assert (first.candidate.identity, first.candidate.born_on.isoformat(), first.candidate.sex) == (
        person(0)["identity"], "1980-01-03", "m",
    )  # fmt: skip
    assert first.enrolled_at == at(OPEN)
    assert len({row.salt for row in rows}) == 5


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_its_encoding(batch, clerk, encoding):
    run = upload(clerk, batch, csv_sheet([person(1), person(2, phone="1")], encoding))

    assert (run.state, run.rows_read, codes(run)) == (ImportState.CHECKED, 2, {3: ["phone.phone"]})


@pytest.mark.requirement("ENR-01")
def test_the_bad_sheet_of_the_first_run_tells_every_kind(tree):
    lines = tuple((code, level) for code in ("6-31-01-03", "6-18-02-04", "4-10-01-05") for level in "543")
    body = make_body(tree["changchun"], scope=lines)
    clerk = make_actor(body.organisation, "exam_clerk")
    batch = make_open_batch(body, clerk, lines=lines)
    photos = (EXAMPLES / "photos.zip").read_bytes()

    run = upload(clerk, batch, (EXAMPLES / "candidates-bad.xlsx").read_bytes(), photos=photos)

    assert codes(run) == {
        2: ["identity.identity_cell"],
        3: ["identity.identity"],
        4: ["identity.identity"],
        5: ["identity.identity", "identity.identity"],
        6: ["name.required"],
        7: ["identity.required"],
        8: ["phone.phone"],
        9: ["sex.sex"],
        10: ["identity.too_young", "identity.photo_missing"],
        11: ["occupation_code.not_in_batch"],
        12: ["level.level_not_in_batch"],
        13: ["level.choice"],
        14: ["occupation.occupation_name"],
        15: ["occupation_code.occupation_code"],
        16: ["clause.clause_unknown"],
        17: ["clause.clause_level"],
        18: ["clause.not_eligible"],
        19: ["own_since.fact"],
        20: ["own_since.future"],
        21: ["employer_code.credit_code"],
        22: ["relation.choice"],
        23: ["identity_kind.choice"],
        24: ["identity.photo_missing"],
        25: ["name.name_form"],
        26: ["name.unreadable_character"],
        27: ["employer.required"],
        28: ["certificate_on.fact"],
        31: ["identity.twice_in_sheet"],
        32: ["identity.twice_in_sheet"],
        37: ["employer.merged_cells"],
        38: ["employer.required"],
    }
    assert (run.rows_read, run.rows_good) == (37, 6)


@pytest.mark.requirement("ENR-01")
def test_bad_rows_stop_all_unless_the_good_ones_are_chosen(batch, clerk):
    run = upload(clerk, batch, sheet([person(0), person(1, phone="1"), person(2)]))

    with pytest.raises(Refused) as refused:
        actions.confirm_import(actor=clerk, at=at(OPEN), run=run)
    assert refused.value.codes == ("bad-rows",)
    assert Enrolment.everything.count() == Candidate.objects.count() == 0

    assert actions.confirm_import(actor=clerk, at=at(OPEN), run=run, good_rows_only=True) == 2
    run.refresh_from_db()
    assert (run.state, run.good_rows_only, run.rows_taken) == (ImportState.CONFIRMED, True, 2)


def test_confirming_twice_enrols_once(batch, clerk):
    run = upload(clerk, batch, sheet([person(0), person(1)]))

    first = actions.confirm_import(actor=clerk, at=at(OPEN), run=run)
    second = actions.confirm_import(actor=clerk, at=at("2026-04-20 10:05"), run=run)

    assert (first, second, Enrolment.everything.count()) == (2, 2, 2)
    assert AuditEntry.objects.filter(action="import.confirm").count() == 1


def test_the_same_upload_twice_is_one_run(batch, clerk):
    content = sheet([person(0)])
    first, second = (upload(clerk, batch, content, key="same") for _ in range(2))

    assert first.pk == second.pk
    assert ImportRow.objects.count() == 1
    with pytest.raises(Refused) as refused:
        upload(clerk, batch, sheet([person(1)]), key="same")
    assert refused.value.codes == ("key-reused",)


@pytest.mark.requirement("ENR-01")
def test_a_number_in_a_numeric_cell_is_refused_however_it_looks(batch, clerk):
    whole = int(number(7)[:15])
    run = upload(clerk, batch, sheet([person(0, identity=int(number(0)[:17] + "0")), person(1, identity=whole)]))

    assert codes(run) == {2: ["identity.identity_cell"], 3: ["identity.identity_cell"]}
    assert run.rows_good == 0


@pytest.mark.requirement("ENR-01")
def test_somebody_enrolled_already_is_found_while_checking_and_while_confirming(batch, clerk):
    early = upload(clerk, batch, sheet([person(0), person(1)]), key="a")
    late = upload(clerk, batch, sheet([person(1), person(2)]), key="b")
    actions.confirm_import(actor=clerk, at=at(OPEN), run=early)

    with pytest.raises(Refused) as refused:
        actions.confirm_import(actor=clerk, at=at(OPEN), run=late)
    assert refused.value.codes == ("changed",)
    assert Enrolment.everything.count() == 2

    again = upload(clerk, batch, sheet([person(1), person(2)]), key="c")
    assert codes(again) == {2: ["identity.already_enrolled"]}
    assert actions.confirm_import(actor=clerk, at=at(OPEN), run=again, good_rows_only=True) == 1
    assert Candidate.objects.count() == 3


@pytest.mark.requirement("ENR-01")
def test_a_person_in_another_bodys_batch_may_enrol_here_where_nothing_forbids_it(tree, batch, clerk):
    other = make_body(
        tree["jilin_city"], code="S000022999019", credit_code="91440300708461136T", name="吉林刨花（样例）"
    )
    stranger = make_actor(other.organisation, "exam_clerk")
    elsewhere = make_open_batch(other, stranger)
    actions.confirm_import(actor=stranger, at=at(OPEN), run=upload(stranger, elsewhere, sheet([person(0)]), key="x"))

    run = upload(clerk, batch, sheet([person(0)]))

    assert codes(run) == {}
    actions.confirm_import(actor=clerk, at=at(OPEN), run=run)
    assert (Enrolment.everything.count(), Candidate.objects.count()) == (2, 1)


def test_photos_are_matched_by_number_and_drawn_anew(batch, clerk):
    rows = [person(0), person(1), person(2)]
    archive = photo_zip(
        {
            f"{rows[0]['name']}_{rows[0]['identity']}.jpg": jpeg(200),
            f"{rows[1]['identity']}.JPG": jpeg(100),
            f"{rows[2]['identity']}.jpg": jpeg(50, (20, 20)),
            f"{number(77)}.jpg": jpeg(10),
        }
    )

    run = upload(clerk, batch, sheet(rows), photos=archive)

    assert codes(run) == {4: ["identity.photo_missing"]}
    assert {problem["code"] for problem in run.file_problems} == {"photo_too_small", "photo_nobody"}
    assert rows[2]["identity"] not in str(run.file_problems)
    actions.confirm_import(actor=clerk, at=at(OPEN), run=run, good_rows_only=True)
    photos = [row.photo for row in Enrolment.everything.select_related("photo").order_by("pk")]
    assert [photo.media_type for photo in photos] == ["image/jpeg"] * 2
    assert photos[0].sha256 != photos[1].sha256


@pytest.mark.requirement("CNF-01")
def test_no_number_stands_in_the_clear_once_the_sheet_is_done(batch, clerk):
    rows = [person(0), person(1, phone="1")]
    content = sheet(rows)
    run = upload(clerk, batch, content)
    kept = files.path_of(hashlib.sha256(content).hexdigest())
    assert kept.exists()

    actions.confirm_import(actor=clerk, at=at(OPEN), run=run, good_rows_only=True)

    run.refresh_from_db()
    assert (run.sheet_id, run.photos_id, StoredFile.objects.count()) == (None, None, 0)
    stored = str(list(ImportRow.objects.values("cells", "problems", "facts", "identity_masked")))
    trail = str(list(AuditEntry.objects.values("facts", "reason")))
    for row in rows:
        assert str(row["identity"]) not in stored + trail + str(run.file_problems)
        assert blind_index(str(row["identity"])) not in trail


@pytest.mark.requirement("CNF-01")
def test_the_database_holds_numbers_encrypted(batch, clerk):
    from django.db import connection

    actions.confirm_import(actor=clerk, at=at(OPEN), run=upload(clerk, batch, sheet([person(0)])))

    with connection.cursor() as cursor:
        for table, column in [("enrolment_candidate", "identity"), ("enrolment_importrow", "identity")]:
            cursor.execute(f"SELECT {column} FROM {table}")
            blob = bytes(cursor.fetchone()[0])
            assert str(person(0)["identity"]).encode() not in blob
            assert blob[:1] == b"\x01"


def test_the_marked_sheet_can_be_mended_and_sent_in(batch, clerk):
    from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
    from gongjiang.kernel.sheets.model import header_aliases
    from gongjiang.kernel.sheets.read import read_table

    run = upload(clerk, batch, sheet([person(0), person(1, phone="12"), person(2, level="六级")]))
    report = exports.problem_report(run)

    rows = list(read_table(report, header_aliases=header_aliases(CANDIDATE_COLUMNS)).rows)
    assert [row.text("identity") for row in rows] == [person(1)["identity"], person(2)["identity"]]
    assert [row.text("phone") for row in rows] == ["12", person(2)["phone"]]
    again = upload(clerk, batch, report, key="again")
    assert (again.rows_read, codes(again)) == (2, {2: ["phone.phone"], 3: ["level.choice"]})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"not a sheet at all", "no_header", id="text"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel", id="old workbook"),
        pytest.param(b"%PDF-1.7 ...", "not_a_sheet", id="pdf"),
    ],
)
def test_a_file_that_is_no_sheet_fails_with_the_reason(batch, clerk, content, code):
    run = upload(clerk, batch, content)

    assert run.state == ImportState.FAILED
    assert [problem["code"] for problem in run.file_problems] == [code]
    with pytest.raises(Refused) as refused:
        actions.confirm_import(actor=clerk, at=at(OPEN), run=run)
    assert refused.value.codes == ("not-checked",)


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("2026-04-12 23:59", "too-early"),
        ("2026-04-13 00:00", None),
        ("2026-04-30 23:59", None),
        ("2026-05-01", "too-late"),
    ],
)
def test_enrolment_is_open_from_its_first_day_through_its_last(batch, clerk, when, code):
    if code is None:
        assert upload(clerk, batch, sheet([person(0)]), on=when).rows_good == 1
        return
    with pytest.raises(Refused) as refused:
        upload(clerk, batch, sheet([person(0)]), on=when)
    assert refused.value.codes == (code,)
    assert ImportRun.everything.count() == StoredFile.objects.count() == 0


def test_a_sheet_checked_in_time_is_not_taken_over_afterwards(batch, clerk):
    run = upload(clerk, batch, sheet([person(0)]))

    with pytest.raises(Refused) as refused:
        actions.confirm_import(actor=clerk, at=at("2026-05-01 00:00"), run=run)
    assert refused.value.codes == ("too-late",)
    assert Enrolment.everything.count() == 0


def test_a_suspended_body_takes_nobody_over(batch, clerk, body):
    from datetime import date

    from gongjiang.bodies.models import Suspension

    run = upload(clerk, batch, sheet([person(0)]))
    Suspension.objects.create(body=body, since=date(2026, 4, 19), reason="样例", decision="样例〔2026〕1 号")

    with pytest.raises(Refused) as refused:
        actions.confirm_import(actor=clerk, at=at(OPEN), run=run)
    assert refused.value.codes == ("suspended",)


def test_a_reviewer_imports_nothing(batch, reviewer):
    with pytest.raises(NotAllowed) as refused:
        upload(reviewer, batch, sheet([person(0)]))
    assert refused.value.codes == ("wrong-role",)


def test_every_step_of_an_import_stands_in_the_trail(batch, clerk):
    run = upload(clerk, batch, sheet([person(0), person(1)]))
    actions.confirm_import(actor=clerk, at=at(OPEN), run=run)

    entries = AuditEntry.objects.filter(subject_kind="enrolment.importrun").order_by("seq")
    assert [entry.action for entry in entries] == ["import.upload", "import.read", "import.confirm"]
    assert {(entry.about_kind, entry.about_id) for entry in entries} == {("planning.batch", str(batch.pk))}
    confirmed = entries.get(action="import.confirm")
    assert confirmed.facts == {"taken": 2, "left": 0, "digest": run.digest}
    assert confirmed.cites == ["JL-2024-5§7(5)", "JL-2024-5§16"]


class Stop(Exception):
    """The test pulls the plug."""


def test_a_stopped_reading_goes_on_where_it_was(batch, clerk, monkeypatch):
    from gongjiang.enrolment import staging

    monkeypatch.setattr(staging, "CHUNK", 4)
    monkeypatch.setattr(staging, "chunks", lambda rows, size=4, f=staging.chunks: f(rows, 4))
    monkeypatch.setattr(jobs, "start", lambda **more: None)
    rows = [person(n) for n in range(10)] + [person(2)]
    run = actions.upload_sheet(
        actor=clerk, at=at(OPEN), batch=batch, content=sheet(rows), file_name="a.xlsx", key="stop"
    )
    seen = []

    def pull(by: int, total: int) -> None:
        seen.append((by, total))
        if len(seen) == 2:
            raise Stop

    with pytest.raises(Stop):
        actions.read_run(run=run, actor=clerk, at=at(OPEN), progress=pull)
    run.refresh_from_db()
    assert (run.state, run.rows_read, ImportRow.objects.count()) == (ImportState.READING, 4, 4)

    run = actions.read_run(run=run, actor=clerk, at=at(OPEN))

    assert (run.state, run.rows_read, run.rows_good, ImportRow.objects.count()) == (ImportState.CHECKED, 11, 10, 11)
    assert codes(run) == {12: ["identity.twice_in_sheet"]}


def test_a_reading_is_stopped_taken_up_and_a_checked_sheet_discarded(batch, clerk, monkeypatch):
    monkeypatch.setattr(jobs, "start", lambda **more: None)
    run = actions.upload_sheet(
        actor=clerk, at=at(OPEN), batch=batch, content=sheet([person(0)]), file_name="a.xlsx", key="k"
    )

    stopped = actions.cancel_import(actor=clerk, at=at(OPEN), run=run)
    assert (stopped.state, stopped.sheet_id is not None) == (ImportState.CANCELLED, True)
    assert actions.read_run(run=run, actor=clerk, at=at(OPEN)).rows_read == 0

    actions.resume_import(actor=clerk, at=at(OPEN), run=run)
    checked = actions.read_run(run=run, actor=clerk, at=at(OPEN))
    assert (checked.state, checked.rows_good) == (ImportState.CHECKED, 1)

    actions.cancel_import(actor=clerk, at=at(OPEN), run=checked)
    assert (ImportRow.objects.count(), StoredFile.objects.count()) == (0, 0)
    with pytest.raises(Refused):
        actions.resume_import(actor=clerk, at=at(OPEN), run=run)


def test_the_queue_reads_a_sheet_by_itself(batch, clerk):
    run = actions.upload_sheet(
        actor=clerk, at=at(OPEN), batch=batch, content=sheet([person(0)]), file_name="a.xlsx", key="q"
    )

    run.refresh_from_db()
    assert (run.state, run.job.state, run.job.done, run.job.total) == (ImportState.CHECKED, "done", 1, 1)
