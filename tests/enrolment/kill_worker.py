"""A process of its own that imports, to be killed in the middle: ``python kill_worker.py prepare|work ROWS``."""

import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
django.setup()

from django.core.management import call_command  # noqa: E402  # after django.setup()
from tests.enrolment.people import OPEN, person, sheet  # noqa: E402
from tests.factories import at, make_actor, make_body, make_open_batch, make_tree  # noqa: E402

from gongjiang.enrolment import actions, staging  # noqa: E402
from gongjiang.enrolment.models import ImportRun  # noqa: E402
from gongjiang.kernel.actor import Actor  # noqa: E402

CLERK = Actor(kind="staff", user_id=1, name="clerk", roles=frozenset({"exam_clerk"}), path="/")


def prepare(rows: int) -> None:
    """Make a database with an announced batch and an uploaded sheet; one row of it is bad."""
    call_command("migrate", verbosity=0)
    body = make_body(make_tree()["changchun"])
    batch = make_open_batch(body, make_actor(body.organisation, "exam_clerk"))
    people = [person(serial) for serial in range(rows - 1)] + [person(0)]
    actions.upload_sheet(actor=CLERK, at=at(OPEN), batch=batch, content=sheet(people), file_name="a.xlsx", key="upload")


def work() -> None:
    """Read the sheet on, take its good rows over, and say when each began."""
    staging.chunks.__defaults__ = (100,)
    run = ImportRun.everything.get()
    print("reading", flush=True)
    run = actions.read_run(run=run, actor=CLERK, at=at(OPEN))
    print("confirming", flush=True)
    taken = actions.confirm_import(actor=CLERK, at=at(OPEN), run=run, good_rows_only=True)
    print(f"done {taken}", flush=True)


if __name__ == "__main__":
    prepare(int(sys.argv[2])) if sys.argv[1] == "prepare" else work()
