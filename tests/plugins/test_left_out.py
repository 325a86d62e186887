"""What can't run is told, and fails the run where everything is asked for; shown in runs of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
import pytest

@pytest.mark.browser
def test_page():
    raise AssertionError("must not run")

def test_plain():
    pass
"""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a two-test suite with our plugin on a machine without Chromium."""
    (folder / "test_two.py").write_text(SUITE)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    browser: needs Chromium\n")
    base = {key: os.environ[key] for key in ("HOME", "LANG") if key in os.environ}
    command = [sys.executable, "-m", "pytest", "-p", "tests.plugins.left_out", "-p", "no:django", *arguments, "."]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True,
        env={**base, "PATH": "/nowhere", "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "with workers"])
def test_a_left_out_part_is_named_and_counted(tmp_path: Path, workers: tuple[str, ...]) -> None:
    done = run(tmp_path, *workers)
    assert done.returncode == 0, done.stdout
    assert "LEFT OUT: 1 browser tests: Chromium (Debian: chromium, libatomic1) is not here" in done.stdout
    assert "1 passed" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "with workers"])
def test_a_left_out_part_fails_where_all_is_asked_for(tmp_path: Path, workers: tuple[str, ...]) -> None:
    done = run(tmp_path, *workers, GONGJIANG_REQUIRE_ALL="1")
    assert done.returncode == 1, done.stdout


def test_what_the_other_group_left_out_is_told_too(tmp_path: Path) -> None:
    told = {"GONGJIANG_LEFT_OUT": "database tests on PostgreSQL"}
    assert "LEFT OUT: database tests on PostgreSQL" in run(tmp_path, "-m", "not browser", **told).stdout
    assert run(tmp_path, "-m", "not browser", **told, GONGJIANG_REQUIRE_ALL="1").returncode == 1


def test_nothing_is_said_where_nothing_is_left_out(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "not browser", GONGJIANG_REQUIRE_ALL="1")
    assert (done.returncode, "LEFT OUT" in done.stdout) == (0, False), done.stdout
