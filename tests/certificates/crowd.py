"""Many confirmed batches written as rows, for the tests of load and of kills."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from django.db import connection
from tests.factories import at, invented_name, make_actor, make_batch, make_body, make_tree

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("issuing_work.py")


def make_crowd(batches: int, each: int):
    """Write a body and so many confirmed batches of so many passes; return the body."""
    from gongjiang.enrolment.models import Candidate, Enrolment
    from gongjiang.kernel.fields import blind_index
    from gongjiang.planning.models import Batch, BatchLine
    from gongjiang.results.models import Result

    tree = make_tree()
    body = make_body(tree["changchun"])
    first = make_batch(body, make_actor(body.organisation, "exam_clerk"))
    line = first.lines.get()
    days = {"announced_on": date(2026, 4, 1), "noticed_on": date(2026, 6, 4), "confirmed_on": date(2026, 6, 12)}
    fields = ("title", "regime", "enrolment_from", "enrolment_until", "exam_from", "exam_until", "planned_on")
    same = {name: getattr(first, name) for name in fields}
    BatchLine.objects.filter(pk=line.pk).delete()
    Batch.everything.filter(pk=first.pk).delete()
    made = Batch.everything.bulk_create(
        Batch(body=body, site=body.sites.get(), number=f"L{n:05d}", state="confirmed", **same, **days)
        for n in range(batches)
    )
    lines = BatchLine.objects.bulk_create(
        BatchLine(
            batch=batch,
            occupation=line.occupation,
            level=line.level,
            standard=line.standard,
            clause_set=line.clause_set,
            fee=line.fee,
        )
        for batch in made
    )
    candidates = Candidate.objects.bulk_create(
        (
            Candidate(
                identity_kind="resident",
                identity=f"{n:018d}",
                identity_masked=f"229***********{n % 10_000:04d}",
                person_key=blind_index(str(n)),
                born_on=date(1990, 1, 1),
                sex="m",
            )
            for n in range(batches * each)
        ),
        batch_size=500,
    )
    enrolments = Enrolment.everything.bulk_create(
        (
            Enrolment(
                line=lines[n // each],
                batch=made[n // each],
                candidate=candidate,
                state="eligible",
                name=invented_name(n),
                employer="样例墨斗机电有限公司",
                relation="society",
                enrolled_at=at("2026-04-20"),
            )
            for n, candidate in enumerate(candidates)
        ),
        batch_size=500,
    )
    Result.everything.bulk_create(
        (
            Result(
                enrolment=enrolment,
                outcome="passed",
                parts=[],
                computed_at=at("2026-06-03"),
                confirmed_on=date(2026, 6, 12),
            )
            for enrolment in enrolments
        ),
        batch_size=500,
    )
    return body


def database_url() -> str:
    """Return the address of the database that the test runs on, for processes of their own."""
    held = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    return (
        f"postgres://{held['USER']}:{held['PASSWORD']}@{held['HOST'] or 'localhost'}:{held['PORT']}/{held['NAME']}"
        + (f"?host={held['HOST']}" if str(held["HOST"]).startswith("/") else "")
    )


def worker(*arguments: str, **environment: str) -> subprocess.Popen:
    """Start the work in a process of its own on this test's database."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "GONGJIANG_MODE": "test",
        "GONGJIANG_DATABASE_URL": database_url(),
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        **environment,
    }
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), *arguments],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
