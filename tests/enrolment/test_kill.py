"""Fault F-1: the process is killed anywhere in an import; nothing stays by half, nothing comes twice."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = 1_200
ROUNDS = int(os.environ.get("GONGJIANG_KILL_ROUNDS", "20"))


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start the worker on the folder's own database."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gongjiang.config.settings",
        "GONGJIANG_MODE": "test",
        "GONGJIANG_DATA_DIR": str(folder),
        "GONGJIANG_FILES_DIR": str(folder / "files"),
        "GONGJIANG_DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
    }
    command = [sys.executable, str(ROOT / "tests/enrolment/kill_worker.py"), *arguments]
    return subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def finish(process: "subprocess.Popen[str]") -> str:
    out, _nothing = process.communicate(timeout=120)
    assert process.returncode == 0
    return out


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("import")
    finish(start(folder, "prepare", str(ROWS)))
    return folder


def fresh(prepared: Path, folder: Path) -> Path:
    """Copy the prepared database and files."""
    shutil.copytree(prepared, folder)
    return folder


def look(folder: Path) -> dict[str, int | str]:
    """Return what stands in the database, read from outside."""
    with sqlite3.connect(folder / "db.sqlite3") as base:
        base.create_function("REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text)))

        def one(query: str) -> int | str:
            return base.execute(query).fetchone()[0]

        return {
            "state": one("SELECT state FROM enrolment_importrun"),
            "read": one("SELECT rows_read FROM enrolment_importrun"),
            "rows": one("SELECT count(*) FROM enrolment_importrow"),
            "numbers": one("SELECT count(DISTINCT number) FROM enrolment_importrow"),
            "people": one("SELECT count(*) FROM enrolment_candidate"),
            "enrolled": one("SELECT count(*) FROM enrolment_enrolment"),
            "once": one("SELECT count(DISTINCT candidate_id) FROM enrolment_enrolment"),
            "confirmed": one("SELECT count(*) FROM kernel_auditentry WHERE action = 'import.confirm'"),
            "integrity": one("PRAGMA integrity_check"),
        }


WHOLE = {
    "state": "confirmed",
    "read": ROWS,
    "rows": ROWS,
    "numbers": ROWS,
    "people": ROWS - 1,
    "enrolled": ROWS - 1,
    "once": ROWS - 1,
    "confirmed": 1,
    "integrity": "ok",
}


@pytest.mark.kills
@pytest.mark.slow
@pytest.mark.requirement("ENR-01")
def test_a_killed_import_leaves_nothing_half_and_nothing_twice(prepared, tmp_path):
    chance = random.Random(20260420)
    process = start(fresh(prepared, tmp_path / "whole"), "work")
    assert process.stdout.readline() == "reading\n"
    began = time.monotonic()
    finish(process)
    lasts = time.monotonic() - began
    assert look(tmp_path / "whole") == WHOLE
    found = []
    for serial in range(ROUNDS):
        folder = fresh(prepared, tmp_path / str(serial))
        process = start(folder, "work")
        process.stdout.readline()
        time.sleep(lasts * (serial + chance.random()) / ROUNDS)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        broken = look(folder)
        assert broken["integrity"] == "ok"
        assert broken["rows"] == broken["read"] == broken["numbers"]
        assert (broken["enrolled"], broken["people"], broken["confirmed"]) in {(0, 0, 0), (ROWS - 1, ROWS - 1, 1)}
        found.append((broken["state"], broken["rows"]))
        finish(start(folder, "work"))
        assert look(folder) == WHOLE
        shutil.rmtree(folder)
    assert len(set(found)) > 2, f"the kills fell on {set(found)} only"
