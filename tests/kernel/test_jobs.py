"""Background work: progress with its effects, stop, retry, and a killed worker's work taken up again."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gongjiang.kernel import jobs
from gongjiang.kernel.models import Counter, IdempotencyKey, JobRun
from gongjiang.kernel.refusal import Ground, Refused

SCRIPT = Path(__file__).with_name("crashing_work.py")


@pytest.fixture
def handlers(monkeypatch):
    monkeypatch.setattr(jobs, "_HANDLERS", {})


def counting(up_to, at_step=None):
    def work(work):
        work.beat(total=up_to)
        while work.done < up_to:
            with transaction.atomic():
                row, _created = Counter.objects.get_or_create(name="effects")
                row.last += 1
                row.save()
                if at_step:
                    at_step(work)
                work.advance()

    return work


@pytest.mark.django_db
def test_work_is_done_once_under_its_key(handlers):
    jobs.job("test.count")(counting(3))
    run = jobs.start(kind="test.count", key="k")
    again = jobs.start(kind="test.count", key="k")
    assert run == again
    assert (again.state, again.done, again.total, again.attempts) == ("done", 3, 3, 1)
    assert Counter.objects.get(name="effects").last == 3
    jobs.perform(run.pk)
    assert Counter.objects.get(name="effects").last == 3


@pytest.mark.django_db
def test_a_failing_step_is_tried_again_from_where_it_stopped_and_then_given_up(handlers):
    def fail_at_two(work):
        if work.done == 2:
            raise OSError("disk")

    jobs.job("test.count", tries=3)(counting(3, fail_at_two))
    run = jobs.start(kind="test.count", key="k")
    run.refresh_from_db()
    assert (run.state, run.done, run.attempts, run.problem) == ("failed", 2, 3, "OSError: disk")
    assert Counter.objects.get(name="effects").last == 2
    jobs.job("test.count")(counting(3))
    run = jobs.start(kind="test.count", key="k")
    assert (run.state, run.done, run.attempts, run.problem) == ("done", 3, 1, "")
    assert Counter.objects.get(name="effects").last == 3


@pytest.mark.django_db
def test_a_refusal_isnt_tried_again(handlers):
    def refuse(work):
        raise Refused("Issue", [Ground("no", "wait")])

    jobs.job("test.count")(refuse)
    run = jobs.start(kind="test.count", key="k")
    assert (run.state, run.attempts, run.problem) == ("failed", 1, "Issue: no")


@pytest.mark.django_db
def test_it_stops_when_asked_and_keeps_what_was_done(handlers):
    def stop_at_two(work):
        if work.done == 2:
            jobs.cancel(work.run)

    jobs.job("test.count")(counting(5, stop_at_two))
    run = jobs.start(kind="test.count", key="k")
    assert (run.state, run.done) == ("cancelled", 2)
    assert Counter.objects.get(name="effects").last == 2


@pytest.mark.django_db
def test_waiting_work_is_cancelled_at_once(handlers):
    run = JobRun.objects.create(kind="test.count", key="k")
    jobs.cancel(run)
    jobs.perform(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("cancelled", 0)


@pytest.mark.django_db
def test_an_overtaken_attempts_step_is_undone(handlers):
    def overtake(work):
        if work.attempt == 1:
            JobRun.objects.filter(pk=work.run.pk).update(attempts=2)

    run = JobRun.objects.create(kind="test.count", key="k")
    jobs.job("test.count")(counting(1, overtake))
    jobs.perform(run.pk)
    run.refresh_from_db()
    assert (run.state, run.done) == ("running", 0)
    assert not Counter.objects.filter(name="effects").exists()


@pytest.mark.django_db
def test_work_under_way_isnt_begun_twice_until_its_heart_stops(handlers):
    jobs.job("test.count")(counting(1))
    run = JobRun.objects.create(kind="test.count", key="k", state="running", attempts=1, beat_at=timezone.now())
    jobs.perform(run.pk)
    assert JobRun.objects.get().attempts == 1
    assert jobs.recover() == 0
    JobRun.objects.update(beat_at=timezone.now() - jobs.STALE - timedelta(seconds=1))
    assert jobs.recover() == 1
    run.refresh_from_db()
    assert (run.state, run.attempts, run.done) == ("done", 2, 1)


def environment():
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite://{database['NAME']}"
    else:
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?host={database['HOST']}"
        url += f"&port={database['PORT']}"
    return {
        **os.environ,
        "GONGJIANG_MODE": "test",
        "GONGJIANG_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "gongjiang.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


@pytest.mark.databases
@pytest.mark.kills
@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_job_is_finished_exactly_once_by_the_next():
    command = [sys.executable, str(SCRIPT)]
    subprocess.run([*command, "start"], env=environment(), check=True)
    worker = subprocess.Popen([*command, "work"], env=environment())
    patience = time.monotonic() + 120
    while JobRun.objects.get().done < 4 and time.monotonic() < patience:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    run = JobRun.objects.get()
    assert run.state == "running"
    assert 4 <= run.done < 12
    assert IdempotencyKey.objects.count() == run.done
    JobRun.objects.update(beat_at=timezone.now() - jobs.STALE - timedelta(seconds=1))
    subprocess.run([*command, "work"], env=environment(), check=True)
    run.refresh_from_db()
    assert (run.state, run.done, run.attempts) == ("done", 12, 2)
    assert Counter.objects.get(name="steps").last == 12
    assert sorted(IdempotencyKey.objects.values_list("key", flat=True)) == sorted(f"step-{n}" for n in range(1, 13))
