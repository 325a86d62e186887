import io
from collections import Counter
from datetime import date

import pytest
from tests.factories import at, invented_identity, make_actor, make_body, make_tree
from tests.workforce_records import make_course

from gongjiang.kernel import jobs
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.sheets.write import write_table
from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce import actions, exports
from gongjiang.workforce.columns import HEADINGS
from gongjiang.workforce.models import Appointment, StaffImport, StaffImportRow, StaffMember
from gongjiang.workforce.rules import AppointmentSpec

pytestmark = pytest.mark.django_db
NOW = at("2026-03-10 09:00")
ELECTRICIAN = "6-31-01-03"


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


def person(number, **changes):
    return {
        "name": "甲子衡",
        "identity": invented_identity(number),
        "role": "考评员",
        "occupations": ELECTRICIAN,
        "levels": "5-3",
        "since": "2025-03-01",
        "employer": "样例职业学院",
        "regular": "否",
    } | changes


def sheet(rows, texts=True):
    out = io.BytesIO()
    headings = list(HEADINGS.values())
    cells = [[row.get(key, "") for key in HEADINGS] for row in rows]
    write_table(out, headings, cells, text_columns=headings if texts else ())
    return out.getvalue()


def upload(home, actor, rows, key="sheet-1", **how):
    content = sheet(rows, **how)
    return actions.upload_staff(actor=actor, at=NOW, home=home, content=content, file_name="名册.xlsx", key=key)


def read(run):
    return actions.read_staff_import(run=run, actor=system("import"), at=NOW)


@pytest.mark.requirement("STF-01")
def test_a_good_sheet_is_entered_once_in_one_go(body, clerk):
    rows = [
        person(1, occupations="6-31-01-03、6-18-02-04"),
        person(2, name="乙丑衡", role="高级考评员", levels="5-1", certificate="旧 17", examined_on="2025年2月20日"),
        person(3, name="丙寅督", role="内督", occupations="", levels="", regular="是", until="2028-02-29"),
    ]
    run = read(upload(body.organisation, clerk, rows))
    assert (run.state, run.rows_read, run.rows_good, Appointment.objects.count()) == ("checked", 3, 3, 0)

    done = actions.confirm_staff_import(run=run, actor=clerk, at=NOW)
    again = actions.confirm_staff_import(run=run, actor=clerk, at=NOW)

    assert ((done.people, done.appointments), (again.people, again.appointments)) == ((3, 4), (0, 0))
    found = Appointment.objects.order_by("member__name", "occupation__code").values_list(
        "member__name", "role", "rank", "occupation__code", "highest_level", "until", "stated_certificate"
    )
    end = date(2028, 3, 1)
    assert sorted(found, key=str) == sorted(
        [
            ("甲子衡", "assessor", "assessor", "6-18-02-04", "3", end, ""),
            ("甲子衡", "assessor", "assessor", "6-31-01-03", "3", end, ""),
            ("乙丑衡", "assessor", "senior", "6-31-01-03", "1", end, "旧 17"),
            ("丙寅督", "internal_supervisor", "", None, "", end, ""),
        ],
        key=str,
    )
    run.refresh_from_db()
    assert (run.state, run.rows_taken, run.sheet) == ("confirmed", 3, None)
    assert set(StaffImportRow.objects.values_list("identity", flat=True)) == {None}
    assert set(Appointment.objects.values_list("source", flat=True)) == {f"{body.name} 2026-03-10"}


# Every kind of error with the column under which it is told; row number n of the big sheet has kind n % len.
KINDS = {
    ("name", "missing"): {"name": ""},
    ("name", "too-long"): {"name": "甲" * 61},
    ("identity", "missing"): {"identity": ""},
    ("identity", "identity"): {"identity": "229104198001010018"},
    ("role", "missing"): {"role": ""},
    ("role", "choice"): {"role": "面点师"},
    ("role", "writer"): {"role": "命题专家"},
    ("role", "external-by-centre"): {"role": "外督", "occupations": "", "levels": ""},
    ("occupations", "occupation"): {"occupations": "9-99-99-99"},
    ("occupations", "assessor-scope"): {"occupations": ""},
    ("levels", "levels"): {"levels": "五到甲"},
    ("since", "missing"): {"since": ""},
    ("since", "day"): {"since": "2025-02-30"},
    ("until", "day"): {"until": "明年"},
    ("until", "term-order"): {"until": "2025-02-01"},
    ("until", "term-too-long"): {"until": "2028-03-01"},
    ("regular", "not-regular"): {"role": "内部质量督导员", "occupations": "", "levels": "", "certificate": ""},
    ("regular", "choice"): {"regular": "也许"},
    ("certificate", "no-training"): {"since": "2026-03-01"},
    ("certificate", "certificate"): {"since": "2026-03-01", "certificate": "T-9-0001"},
    ("certificate", "certificate-of-another"): {"since": "2026-03-01", "certificate": "T-1-0001"},
    ("examined_on", "exam-after-appointment"): {"certificate": "旧 17", "examined_on": "2025-03-02"},
    ("examined_on", "day"): {"examined_on": "昨天"},
    ("since", "term-overlap"): {"identity": invented_identity(1), "name": "甲子衡", "since": "2024-03-01"},
    ("name", "name-differs"): {"identity": invented_identity(1), "name": "庚午衡"},
    ("", ""): {},
}


@pytest.mark.requirement("STF-01")
def test_ten_thousand_rows_with_every_kind_of_error_tell_each_and_enter_nobody(body, clerk):
    known = AppointmentSpec("甲子衡", invented_identity(1), "invigilator", date(2025, 3, 1))
    actions.appoint(actor=clerk, at=NOW, body=body, specs=[known])
    member = StaffMember.everything.get()
    make_course(body.organisation, [member])
    Appointment.objects.create(
        member=member, role="assessor", occupation=occupation_by_code(ELECTRICIAN), highest_level="3",
        since=date(2025, 3, 1), until=date(2028, 3, 1), basis="brought_in", source="样例",
    )  # fmt: skip
    kinds = list(KINDS.items())
    rows = [person(2 + n, **{"name": f"衡{n:05d}", **kinds[n % len(kinds)][1]}) for n in range(10_000)]
    before = Appointment.objects.count()

    run = read(upload(body.organisation, clerk, rows))

    assert (run.state, run.rows_read, Appointment.objects.count()) == ("checked", 10_000, before)
    told = Counter((each["column"], each["code"]) for row in StaffImportRow.objects.all() for each in row.problems)
    for n, (kind, _change) in enumerate(kinds):
        if kind[0]:
            wanted = len(range(n, 10_000, len(kinds)))
            assert (kind, told[kind] >= wanted) == (kind, True)
    good = StaffImportRow.objects.filter(is_good=True).values_list("number", flat=True)
    assert {(number - 2) % len(kinds) for number in good} == {len(kinds) - 1}
    assert run.rows_good == len(good) == len(range(len(kinds) - 1, 10_000, len(kinds)))
    first = StaffImportRow.objects.get(number=2 + list(KINDS).index(("until", "term-too-long")))
    assert first.problems == [
        {
            "column": "until",
            "code": "term-too-long",
            "what": "聘任有效期 3 年，至 2028-03-01。",
            "mend": first.problems[0]["mend"],
            "cites": ["JL-2024-5§38"],
        }
    ]
    with pytest.raises(Refused) as refused:
        actions.confirm_staff_import(run=run, actor=clerk, at=NOW)
    assert refused.value.codes == ("rows-bad",)
    assert Appointment.objects.count() == before
    done = actions.confirm_staff_import(run=run, actor=clerk, at=NOW, good_rows_only=True)
    assert done.appointments == run.rows_good


def test_numbers_in_numeric_cells_and_the_same_row_twice_are_told(body, clerk):
    rows = [person(1), person(1), person(2, name="乙丑衡", identity=int(invented_identity(29)[:17] + "0"))]
    run = read(upload(body.organisation, clerk, rows, texts=False))

    told = [[each["code"] for each in row.problems] for row in StaffImportRow.objects.order_by("number")]
    assert told == [[], ["row-twice"], ["numeric-identity"]]
    assert run.rows_good == 1


def test_what_happened_since_the_check_counts_and_nothing_is_half_entered(body, clerk):
    rows = [person(1), person(2, name="乙丑衡")]
    run = read(upload(body.organisation, clerk, rows))
    known = AppointmentSpec("别名衡", invented_identity(2), "invigilator", date(2025, 3, 1))
    actions.appoint(actor=clerk, at=NOW, body=body, specs=[known])

    with pytest.raises(Refused) as refused:
        actions.confirm_staff_import(run=run, actor=clerk, at=NOW)

    assert refused.value.codes == ("name-differs",)
    assert list(StaffMember.everything.values_list("name", flat=True)) == ["别名衡"]
    run.refresh_from_db()
    assert run.state == "checked"


@pytest.mark.parametrize(
    ("content", "codes"),
    [(b"", ("empty",)), (b"x" * (16 * 1024 * 1024 + 1), ("file-size",))],
)
def test_an_empty_or_huge_file_is_not_stored(body, clerk, content, codes):
    with pytest.raises(Refused) as refused:
        actions.upload_staff(actor=clerk, at=NOW, home=body.organisation, content=content, file_name="x.xlsx", key="k")
    assert refused.value.codes == codes
    assert StaffImport.everything.count() == 0


def test_what_is_no_sheet_fails_with_its_reason(body, clerk):
    run = actions.upload_staff(
        actor=clerk, at=NOW, home=body.organisation, content=b"%PDF-1.4 nothing", file_name="x.pdf", key="k"
    )
    run = read(run)
    assert (run.state, [each["code"] for each in run.file_problems]) == ("failed", ["not_a_sheet"])


def test_the_same_upload_is_one_import_and_the_job_reads_it(body, clerk):
    content = sheet([person(1)])
    first, again = (
        actions.upload_staff(
            actor=clerk, at=NOW, home=body.organisation, content=content, file_name="名册.xlsx", key="sheet-1"
        )
        for _each in range(2)
    )
    assert first.pk == again.pk

    jobs.perform(first.job_id)

    first.refresh_from_db()
    first.job.refresh_from_db()
    assert (first.state, first.rows_good, first.job.state) == ("checked", 1, "done")
    actions.cancel_staff_import(run=first, actor=clerk, at=NOW)
    assert (StaffImportRow.objects.count(), StaffMember.everything.count()) == (0, 0)
    with pytest.raises(Refused) as refused:
        actions.cancel_staff_import(run=first, actor=clerk, at=NOW)
    assert refused.value.codes == ("import-over",)


@pytest.mark.requirement("STF-03")
def test_a_centre_brings_in_external_supervisors_only(tree, body, clerk):
    officer = make_actor(tree["centre"], "centre_officer")
    rows = [person(1, role="外督", occupations="", levels="", since="2026-03-01"), person(2, name="乙丑衡")]
    run = read(upload(tree["centre"], officer, rows))

    assert [row.is_good for row in StaffImportRow.objects.order_by("number")] == [True, False]
    actions.confirm_staff_import(run=run, actor=officer, at=NOW, good_rows_only=True)
    assert StaffMember.everything.get().home == tree["centre"]
    with pytest.raises(NotAllowed) as refused:
        upload(tree["centre"], clerk, rows, key="k2")
    assert refused.value.codes == ("not-our-list",)


def test_the_marked_sheet_and_the_register_leave_the_house_as_they_should(body, clerk):
    run = read(upload(body.organisation, clerk, [person(1, name=""), person(2, name="=乙")]))
    report = exports.problem_report(run)
    assert report.startswith(b"PK")
    actions.confirm_staff_import(run=run, actor=clerk, at=NOW, good_rows_only=True)
    people = StaffMember.everything.prefetch_related("appointments__occupation", "appointments__training")

    data, rows = exports.register_csv(people)

    text = data.decode("utf-8-sig")
    assert rows == 1
    assert invented_identity(2) not in text
    assert "'=乙,229***********" in text
    assert "补录" in text
    assert AuditEntry.objects.filter(action="staff.import").get().facts == {"rows": 1, "people": 1, "appointments": 1}
