"""The demo province: what it is planned to hold, and that the command loads all of it."""

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gongjiang.law.calendar import Calendar
from gongjiang.law.codes import parse_body_code, parse_credit_code, parse_identity
from gongjiang.planning.states import BatchState
from gongjiang.portal.demo.batches import BATCHES, OFFSETS
from gongjiang.portal.demo.cast import BODIES
from gongjiang.portal.demo.drawings import photo
from gongjiang.portal.demo.people import Crowd, credit_code, invent
from gongjiang.portal.demo.spoilt import SPOILT, spoil

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 6, 17)
CROWD = Crowd((("6-31-01-03", "电工", "5"), ("6-31-01-03", "电工", "4"), ("6-31-01-03", "电工", "3")), 2026)


def test_every_state_of_a_batch_is_occupied() -> None:
    assert len(BATCHES) == 22
    assert {spec.stands for spec in BATCHES} == set(BatchState)


def test_fourteen_bodies_of_all_kinds_in_three_cities_of_two_provinces() -> None:
    assert len(BODIES) == 14
    assert {spec.kind for spec in BODIES} == {"employer", "college", "social"}
    assert Counter(spec.city for spec in BODIES) == {"2201": 7, "2202": 5, "1409": 2}
    assert [spec.key for spec in BODIES if spec.regime] == ["jiaochi"]
    assert [spec.key for spec in BODIES if spec.until <= TODAY] == ["zhunsheng"]
    assert [spec.key for spec in BODIES if TODAY < spec.until < date(2026, 9, 1)] == ["baozi"]
    assert all(spec.name.endswith("（样例）") for spec in BODIES)


def test_codes_of_bodies_are_valid_and_of_no_real_place() -> None:
    for number, spec in enumerate(BODIES, 1):
        assert parse_body_code(f"{'S' if spec.kind == 'social' else 'Y'}0000{spec.city[:2]}999{number:03d}") == ()
        assert parse_credit_code(credit_code(number)).valid


@pytest.mark.parametrize("spec", BATCHES, ids=lambda spec: spec.key)
def test_the_days_of_a_batch_are_in_order_and_office_work_is_done_on_working_days(spec) -> None:
    waiting = spec.stands in (BatchState.DRAFT, BatchState.AWAITING_OPENING, BatchState.APPROVED)
    names = ["planned", *([] if waiting else ["announced"]), "opens", "closes"]
    days = [spec.day(name) for name in names]
    assert days == sorted(days)
    assert days[-1] < spec.exam
    calendar = Calendar.default()
    office = set(OFFSETS) - {"opens", "closes", "released", "briefed"}
    assert [name for name in office if not calendar.is_working_day(spec.day(name))] == []


def test_nobody_stands_twice_and_every_number_is_invented() -> None:
    import random

    people = invent(2500, CROWD, first=1, rng=random.Random(1))
    assert len({each.identity for each in people}) == 2500
    assert all(each.identity.startswith("229") for each in people)
    assert all(parse_identity(each.identity, today=TODAY).valid for each in people[::50])


def test_the_same_seed_draws_the_same_people_and_photos() -> None:
    import random

    once, again = (invent(20, CROWD, first=1, rng=random.Random("a")) for _ in range(2))
    assert [each.row() for each in once] == [each.row() for each in again]
    assert photo(random.Random(3)) == photo(random.Random(3))
    assert photo(random.Random(3)) != photo(random.Random(4))


def test_the_spoilt_sheet_has_23_wrong_rows() -> None:
    import random

    rows = [each.row() for each in invent(96, CROWD, first=1, rng=random.Random(1))]
    before = [dict(row) for row in rows]
    changed = [number for number, row in enumerate(spoil(rows)) if row != before[number]]
    assert len(SPOILT) == 23
    assert changed == list(range(3, 95, 4))


def demo(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIANG_", "DJANGO_"))}
    command = [sys.executable, "-m", "gongjiang", "demo", "--no-serve", "--data", str(data), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)


@pytest.mark.slow
def test_the_command_loads_the_whole_province_once(tmp_path: Path) -> None:
    done = demo(tmp_path / "demo")
    assert done.returncode == 0, done.stdout + done.stderr
    database = sqlite3.connect(tmp_path / "demo" / "gongjiang.sqlite3")

    def count(sql: str) -> int:
        return int(database.execute(sql).fetchone()[0])

    states = dict(database.execute("select state, count(*) from planning_batch group by state").fetchall())
    assert states == {**dict.fromkeys(BatchState.values, 1), "reported": 4, "issued": 2, "marking": 3, "review": 2}
    assert count("select count(*) from enrolment_enrolment") > 2800
    assert count("select count(*) from certificates_certificate where state = 'numbered'") == 0
    assert count("select count(*) from certificates_certificate") > 1450
    assert count("select count(*) from certificates_certificate where state = 'revoked'") == 1
    causes = dict(
        database.execute("select cause, count(*) from certificates_certificatecopy group by cause").fetchall()
    )
    assert (causes["reissue"], causes["correction"]) == (1, 1)
    waiting = dict(
        database.execute(
            "select kind, count(*) from kernel_objection join kernel_publicnotice on notice_id = kernel_publicnotice.id"
            " where replied_at is null group by kind"
        ).fetchall()
    )
    assert waiting == {"result": 1, "filing": 1}
    told = dict(database.execute("select state, count(*) from bodies_periodicreport group by state").fetchall())
    assert told == {"accepted": 62, "submitted": 11}
    assert count("select count(*) from accounts_user where is_active") == 27
    assert count("select rows_read - rows_good from enrolment_importrun where state = 'checked'") == 23
    entries = count("select count(*) from kernel_auditentry")
    database.close()

    again = demo(tmp_path / "demo")
    assert again.returncode == 0, again.stderr
    with sqlite3.connect(tmp_path / "demo" / "gongjiang.sqlite3") as database:
        assert count("select count(*) from kernel_auditentry") <= entries + 1
