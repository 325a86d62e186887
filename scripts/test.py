"""Run the suite in two groups: what depends on the database, on PostgreSQL; then all of it, on SQLite.

Arguments go to pytest. What a machine can't run is told in the closing summary; with GONGJIANG_REQUIRE_ALL=1 it
fails.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pg_cluster

ROOT = Path(__file__).resolve().parent.parent
WORKERS = ["-n", os.environ.get("GONGJIANG_TEST_WORKERS", "2"), "--dist", "loadfile"]
NO_TESTS = 5  # pytest's exit code when a selection is empty


def pytest(*arguments: str, **environment: str) -> int:
    """Run pytest in the project and return its exit code."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}).returncode


def on_postgres(arguments: list[str]) -> tuple[int, str]:
    """Run the database tests on a private cluster; return the exit code and what was left out."""
    try:
        with pg_cluster.cluster() as url:
            print("== Group 1 of 2: database tests on PostgreSQL", flush=True)
            code = pytest(*WORKERS, "-m", "databases or postgres", *arguments, GONGJIANG_DATABASE_URL=url)
            return (0 if code == NO_TESTS and arguments else code), ""
    except pg_cluster.NoPostgres as reason:
        print(f"== Group 1 of 2: LEFT OUT: {reason}", flush=True)
        return 0, f"database tests on PostgreSQL: {reason}"


def main(arguments: list[str]) -> int:
    """Run both groups and return the worse exit code."""
    begun = time.monotonic()
    on_pg, left_out = on_postgres(arguments)
    first = time.monotonic() - begun
    print(f"== Group 1 took {first:.0f} s. Group 2 of 2: everything on SQLite", flush=True)
    code = pytest(*WORKERS, "-m", "not postgres", "--durations=10", *arguments, GONGJIANG_LEFT_OUT=left_out)
    if on_pg:
        print("The group on PostgreSQL failed: see above.", file=sys.stderr)
    return code or on_pg


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
