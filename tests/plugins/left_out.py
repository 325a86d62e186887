"""Tests that this machine can't run are deselected and named in the closing summary.

With GONGJIANG_REQUIRE_ALL=1, as in continuous integration, anything left out fails the run. Nothing is ever skipped: a
skip is a line that nobody reads.
"""

import ctypes
import os
import shutil
from collections import Counter
from collections.abc import Callable

import pytest

WORKER_KEY = "gongjiang_left_out"
counted: Counter[str] = Counter()


def chromium() -> str | None:
    """Return Chromium's path."""
    return os.environ.get("GONGJIANG_CHROMIUM") or shutil.which("chromium")


def browser_runs() -> bool:
    """Tell whether Chromium is here, and the library that Playwright's own Node.js is linked against."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return bool(chromium())


def on_postgres() -> bool:
    """Tell whether this run uses PostgreSQL."""
    return os.environ.get("GONGJIANG_DATABASE_URL", "").startswith("postgres")


# marker -> (may the machine run it?, what to say if not)
NEEDS: dict[str, tuple[Callable[[], bool], str]] = {
    "browser": (browser_runs, "browser tests: Chromium (Debian: chromium, libatomic1) is not here"),
    "postgres": (on_postgres, "tests on PostgreSQL only: GONGJIANG_DATABASE_URL names no PostgreSQL"),
    "poppler": (lambda: bool(shutil.which("pdftoppm")), "tests that look at PDF pages: poppler-utils is not here"),
}


def reason_to_leave_out(item: pytest.Item) -> str | None:
    """Return why this test can't run here, if it can't."""
    for marker, (possible, reason) in NEEDS.items():
        if item.get_closest_marker(marker) and not possible():
            return reason
    return None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what can't run here; the markers of -m have had their say before."""
    reasons = {item: reason for item in items if (reason := reason_to_leave_out(item))}
    if not reasons:
        return
    counted.update(reasons.values())
    config.hook.pytest_deselected(items=list(reasons))
    items[:] = [item for item in items if item not in reasons]


def left_out() -> list[str]:
    """Return one line for each part that was left out, with the number of tests where it is known."""
    lines = [f"{number} {reason}" for reason, number in sorted(counted.items())]
    told = os.environ.get("GONGJIANG_LEFT_OUT")
    return lines + ([told] if told else [])


def is_worker(config: pytest.Config) -> bool:
    """Tell whether this process is one of xdist's workers."""
    return hasattr(config, "workerinput")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Workers send what they left out; the run fails on it where everything is asked for."""
    if is_worker(session.config):
        session.config.workeroutput[WORKER_KEY] = dict(counted)  # type: ignore[attr-defined]
    elif left_out() and os.environ.get("GONGJIANG_REQUIRE_ALL") == "1" and session.exitstatus in (0, 5):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take a worker's counts; every worker collects everything, so the largest count is the count."""
    for reason, number in getattr(node, "workeroutput", {}).get(WORKER_KEY, {}).items():
        counted[reason] = max(counted[reason], number)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was left out, in red."""
    lines = left_out()
    if lines:
        terminalreporter.section("LEFT OUT", sep="!", red=True, bold=True)
        for line in lines:
            terminalreporter.write_line(f"LEFT OUT: {line}", red=True)
        if os.environ.get("GONGJIANG_REQUIRE_ALL") == "1":
            terminalreporter.write_line("GONGJIANG_REQUIRE_ALL=1: so this run fails.", red=True)
