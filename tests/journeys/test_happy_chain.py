"""The whole chain by the command: a folder of spreadsheets becomes certificates that anyone can verify offline."""

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongjiang.certificates import offline
from gongjiang.certificates.status_list import read_keys, read_status

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "first-run"
KEPT = 24
WRITTEN = {
    "summary.json",
    "import-report.xlsx",
    "tickets.pdf",
    "seating.pdf",
    "notice.pdf",
    "report.xlsx",
    "keys.json",
    "status.json",
    "audit.jsonl",
}


def shorten(source: Path, target: Path, keep: set[str] | None) -> set[str]:
    """Copy a sheet with the rows of these identity numbers only, or of its first people; return their numbers."""
    book = load_workbook(source)
    sheet = book.worksheets[0]
    headings = [str(cell.value or "").strip("*") for cell in sheet[1]]
    place = next(at for at, heading in enumerate(headings) if heading.startswith("证件号码"))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    wanted = keep if keep is not None else {str(row[place]) for row in rows[:KEPT]}
    left = [row for row in rows if str(row[place]) in wanted]
    sheet.delete_rows(2, sheet.max_row)
    for row in left:
        sheet.append([None if value is None else str(value) for value in row])
    book.save(target)
    return wanted


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The carried example with its first two dozen people."""
    made: Path = tmp_path_factory.mktemp("run") / "folder"
    shutil.copytree(EXAMPLE, made)
    kept = shorten(EXAMPLE / "candidates.xlsx", made / "candidates.xlsx", None)
    for name in ("attendance.xlsx", "scores.xlsx"):
        shorten(EXAMPLE / name, made / name, kept)
    with zipfile.ZipFile(EXAMPLE / "photos.zip") as source, zipfile.ZipFile(made / "photos.zip", "w") as target:
        for entry in source.namelist():
            if entry.split(".")[0] in kept:
                target.writestr(entry, source.read(entry))
    return made


def gongjiang(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIANG_", "DJANGO_"))}
    command = [sys.executable, "-m", "gongjiang", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def out(folder: Path) -> Path:
    target = folder.parent / "out"
    done = gongjiang("run", folder, "--out", target)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def step(out: Path, name: str) -> dict:
    summary = json.loads((out / "summary.json").read_text())
    return next(each for each in summary["steps"] if each["step"] == name)


def test_every_file_is_written(out: Path) -> None:
    assert {path.name for path in out.iterdir() if path.is_file() and not path.name.startswith(".")} >= WRITTEN


@pytest.mark.requirement("CRT-01")
def test_the_summary_counts_what_the_folders_hold(out: Path) -> None:
    numbers = sorted(path.stem for path in (out / "certificates").glob("*.pdf"))
    passed = step(out, "confirm")["counts"]["passed"]
    assert len(numbers) == passed == step(out, "issue")["counts"]["certificates"]
    assert step(out, "enrol")["counts"]["taken"] == KEPT
    assert step(out, "verify")["counts"]["verified"] == passed
    rows = list(load_workbook(out / "report.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len([row for row in rows if any(row)]) >= passed
    kept = [row for row in (out / "audit.jsonl").read_text().splitlines() if row]
    assert len(kept) >= step(out, "verify")["counts"]["entries"]


def test_the_bad_sheet_was_refused_with_its_kinds_of_problem(out: Path) -> None:
    refused = step(out, "import-refused")
    assert refused["counts"]["kinds"] >= 15
    assert refused["counts"]["rows"] == refused["counts"]["good"] + refused["counts"]["refused"]
    assert load_workbook(out / "import-report.xlsx").worksheets[0].max_row > refused["counts"]["refused"]


def test_every_step_names_its_day_and_the_notice_its_article(out: Path) -> None:
    summary = json.loads((out / "summary.json").read_text())
    assert [each["step"] for each in summary["steps"] if "on" not in each["dates"]] == []
    notice = step(out, "notice")
    assert (notice["counts"]["working_days"], notice["dates"]["last_day"]) == (5, "2026-06-23")
    assert notice["cites"] == ["JL-2024-5§25"]


@pytest.mark.requirement("QRY-01")
def test_every_certificate_verifies_with_keys_and_list_alone(out: Path) -> None:
    keys = read_keys((out / "keys.json").read_text())
    status = read_status((out / "status.json").read_text(), keys)
    papers = sorted((out / "certificates").glob("*.pdf"))
    found = {path.stem: offline.verify(path.read_bytes(), keys=keys, status=status) for path in papers}
    assert {each.status for each in found.values()} == {"valid"}
    assert {number: each.fields.number for number, each in found.items()} == {number: number for number in found}


def test_one_changed_byte_is_told(out: Path, tmp_path: Path) -> None:
    paper = min((out / "certificates").glob("*.pdf"))
    data = bytearray(paper.read_bytes())
    data[len(data) // 3] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    told = gongjiang("verify", changed, "--keys", out / "keys.json", "--status", out / "status.json", "--json")
    assert (told.returncode, json.loads(told.stdout)["status"]) == (1, "altered")
    right = gongjiang("verify", paper, "--keys", out / "keys.json", "--json")
    assert (right.returncode, json.loads(right.stdout)["status"]) == (0, "authentic")


def test_a_run_never_writes_among_other_things(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not a run's")
    done = gongjiang("run", folder, "--out", tmp_path)
    assert done.returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt"]


def test_a_sheet_with_a_problem_stops_the_run_with_the_report(folder: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "folder"
    shutil.copytree(folder, spoilt)
    book = load_workbook(spoilt / "candidates.xlsx")
    sheet = book.worksheets[0]
    headings = [str(cell.value or "").strip("*") for cell in sheet[1]]
    sheet.cell(3, headings.index("手机号码") + 1).value = "138"
    out = io.BytesIO()
    book.save(out)
    (spoilt / "candidates.xlsx").write_bytes(out.getvalue())
    done = gongjiang("run", spoilt, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "怎样才可以" in done.stderr
    assert list((tmp_path / "out" / "certificates").iterdir()) == []
    assert (tmp_path / "out" / "import-report.xlsx").exists()


EDITS = {
    "planning.batch": "UPDATE planning_batch SET exam_until = '2026-06-07'",
    "enrolment.enrolment": "UPDATE enrolment_enrolment SET name = '甲'"
    " WHERE id = (SELECT max(id) FROM enrolment_enrolment)",
    "sittings.arrangement": "UPDATE sittings_arrangement SET seed = seed + 1",
    "results.score": "UPDATE results_score SET value = 99"
    " WHERE id = (SELECT max(id) FROM results_score WHERE value < 99)",
    "results.result": "UPDATE results_result SET outcome = 'incomplete'"
    " WHERE id = (SELECT max(id) FROM results_result)",
    "certificates.certificate": "UPDATE certificates_certificate SET level = '1' WHERE id = 1",
    "reports.reportpackage": "UPDATE reports_reportpackage SET rows_digest = 'x'",
    "kernel.counter": "UPDATE kernel_counter SET last = last + 1",
}


@pytest.mark.requirement("ARC-02")
def test_an_edit_in_each_hashed_kind_of_record_is_found_and_named(out: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(out / "work", tmp_path / "work")
    whole = audit_verify(copy)
    with closing(sqlite3.connect(copy / "run.sqlite3")) as database, database:
        # Constraints on the form of a number ask for it, as Django gives it to its own connections.
        database.create_function("REGEXP", 2, lambda pattern, text: re.search(pattern, text) is not None)
        for statement in EDITS.values():
            assert database.execute(statement).rowcount > 0, statement

    found = audit_verify(copy)

    assert (whole["whole"], whole["rows"]) == (True, [])
    assert found["whole"] is False
    assert sorted({row["table"] for row in found["rows"]}) == sorted(EDITS)


def audit_verify(work: Path) -> dict:
    """Return what ``gongjiang audit verify`` says of the database of a run."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIANG_", "DJANGO_"))}
    environment |= {
        "GONGJIANG_MODE": "demo",
        "GONGJIANG_DATA_DIR": str(work),
        "GONGJIANG_DATABASE_URL": f"sqlite://{work / 'run.sqlite3'}",
    }
    command = [sys.executable, "-m", "gongjiang", "audit", "verify", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    return json.loads(done.stdout)
