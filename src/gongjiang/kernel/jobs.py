"""Long work in the background: it shows where it stands, can be stopped, is retried, and survives a killed worker.

An app writes the work as a function of a :class:`Work` and registers it::

    @job("enrolment.confirm")
    def confirm(work: Work) -> None:
        for chunk in chunks_from(work.done):
            with transaction.atomic():
                actions.enrol_rows(...)
                work.advance(len(chunk))

``advance`` belongs inside the transaction of what it counts: then a worker that is killed leaves ``done`` exactly where
the effects stand, and the next attempt goes on from there. An attempt that another one has overtaken is stopped at its
next ``advance``, with its transaction undone.

Times here are the machine's, not the demo clock's: moving that on by a week doesn't make running work stale.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from gongjiang.kernel.models import JobRun
from gongjiang.kernel.refusal import Refused

logger = logging.getLogger(__name__)
STALE = timedelta(seconds=60)
BACKOFF = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=3))
PLAIN_TASK_LIMIT = timedelta(minutes=10)
RUN_TASK = "gongjiang.kernel.tasks.run_job"


class Cancelled(Exception):
    """Somebody asked for the work to stop; what was done stays."""


class Overtaken(Exception):
    """Another attempt took the work over; this one's transaction must not be kept."""


@dataclass(frozen=True, slots=True)
class Handler:
    """The function of one kind of job and how often it is tried."""

    kind: str
    do: Callable[["Work"], None]
    tries: int


_HANDLERS: dict[str, Handler] = {}


@dataclass
class Work:
    """One attempt at a job, as its function sees it."""

    run: JobRun
    attempt: int

    @property
    def done(self) -> int:
        return self.run.done

    @property
    def total(self) -> int:
        return self.run.total

    @property
    def arguments(self) -> Mapping[str, Any]:
        return dict(self.run.arguments)

    def advance(self, by: int = 1, *, total: int | None = None) -> None:
        """Count ``by`` more as done, in the caller's transaction; also the heartbeat.

        :raises Cancelled: if that was asked for; raised before counting, so the caller's transaction is undone.
        :raises Overtaken: if another attempt runs.
        """
        with transaction.atomic():
            run = JobRun.objects.select_for_update().get(pk=self.run.pk)
            if run.attempts != self.attempt or run.state != "running":
                raise Overtaken(str(run))
            if run.cancel_asked:
                raise Cancelled(str(run))
            run.done += by
            run.total = run.total if total is None else total
            run.beat_at = timezone.now()
            run.save(update_fields=["done", "total", "beat_at"])
        self.run = run

    def beat(self, *, total: int | None = None) -> None:
        """Say that the work goes on, and how much there is in all."""
        self.advance(0, total=total)


def job(kind: str, *, tries: int = 3) -> Callable[[Callable[[Work], None]], Callable[[Work], None]]:
    """Register a function as the work of a kind; it is tried so often before it counts as failed."""

    def registered(do: Callable[[Work], None]) -> Callable[[Work], None]:
        _HANDLERS[kind] = Handler(kind, do, tries)
        return do

    return registered


@transaction.atomic
def start(*, kind: str, key: str, arguments: Mapping[str, Any] | None = None, total: int = 0) -> JobRun:
    """Put work in the queue, in the caller's transaction; the same key again returns the same run.

    A failed or cancelled run of the key is taken up again where it stopped.
    """
    _HANDLERS[kind]
    run, created = JobRun.objects.get_or_create(
        key=key, defaults={"kind": kind, "arguments": dict(arguments or {}), "total": total}
    )
    if not created:
        run = JobRun.objects.select_for_update().get(pk=run.pk)
        if run.state not in {"failed", "cancelled"}:
            return run
        run.state, run.attempts, run.problem, run.cancel_asked = "waiting", 0, "", False
        run.finished_at = None
        run.save()
    _enqueue(run)
    run.refresh_from_db()
    return run


def cancel(run: JobRun) -> None:
    """Ask for the work to stop at its next step; waiting work stops at once."""
    JobRun.objects.filter(pk=run.pk, state="waiting").update(
        state="cancelled", cancel_asked=True, finished_at=timezone.now()
    )
    JobRun.objects.filter(pk=run.pk, state="running").update(cancel_asked=True)


def run_of(key: str) -> JobRun | None:
    """Return the run under the key, for a progress page."""
    return JobRun.objects.filter(key=key).first()


def perform(run_id: int) -> None:
    """Do one attempt at a run; called by the queue. Doing it again when it is done or under way does nothing."""
    work = _claim(run_id)
    if work is None:
        return
    try:
        _HANDLERS[work.run.kind].do(work)
    except Cancelled:
        _finish(work, "cancelled")
    except Overtaken:
        logger.warning("job %s: another attempt took it over", work.run)
    except Refused as refused:
        _finish(work, "failed", str(refused))
    except Exception as error:
        logger.exception("job %s failed", work.run)
        _fail(work, error)
    else:
        _finish(work, "done")


@transaction.atomic
def _claim(run_id: int) -> Work | None:
    run = JobRun.objects.select_for_update().get(pk=run_id)
    now = timezone.now()
    if run.state == "running" and not _is_stale(run, now):
        return None
    if run.state not in {"waiting", "running"}:
        return None
    run.state, run.attempts, run.beat_at = "running", run.attempts + 1, now
    run.started_at = run.started_at or now
    run.save()
    return Work(run, run.attempts)


def _is_stale(run: JobRun, now: datetime) -> bool:
    return run.beat_at is None or now - run.beat_at >= STALE


@transaction.atomic
def _finish(work: Work, state: str, problem: str = "") -> None:
    run = JobRun.objects.select_for_update().get(pk=work.run.pk)
    if run.attempts != work.attempt or run.state != "running":
        return
    run.state, run.problem, run.finished_at = state, problem, timezone.now()
    run.save(update_fields=["state", "problem", "finished_at"])
    work.run = run


def _fail(work: Work, error: Exception) -> None:
    """Put it back in the queue while tries are left."""
    problem = f"{type(error).__name__}: {error}"[:2000]
    if work.attempt >= _HANDLERS[work.run.kind].tries:
        _finish(work, "failed", problem)
        return
    with transaction.atomic():
        run = JobRun.objects.select_for_update().get(pk=work.run.pk)
        if run.attempts != work.attempt or run.state != "running":
            return
        run.state, run.problem = "waiting", problem
        run.save(update_fields=["state", "problem"])
        _enqueue(run, after=BACKOFF[min(work.attempt, len(BACKOFF)) - 1])


def _enqueue(run: JobRun, after: timedelta | None = None) -> None:
    from gongjiang.kernel import tasks

    task = tasks.run_job
    if after is not None and task.get_backend().supports_defer:
        task = task.using(run_after=timezone.now() + after)
    task.enqueue(run.pk)


def recover(now: datetime | None = None) -> int:
    """Put work whose worker died back in the queue; return how many. Workers call it now and then.

    A run counts as dead once its heartbeat is a minute old; a plain task, which is short and safe to repeat, once it
    has been running for ten minutes.
    """
    from django_tasks_db.models import DBTaskResult

    now = now or timezone.now()
    recovered = 0
    for run in JobRun.objects.filter(state="running", beat_at__lt=now - STALE):
        with transaction.atomic():
            locked = JobRun.objects.select_for_update().get(pk=run.pk)
            if locked.state == "running" and _is_stale(locked, now):
                locked.state = "waiting"
                locked.save(update_fields=["state"])
                _enqueue(locked)
                recovered += 1
    dead = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=now - PLAIN_TASK_LIMIT)
    return recovered + dead.exclude(task_path=RUN_TASK).update(status="READY")


def run_pending() -> None:
    """Do everything in the queue now, in this process: for the demo's loading and for commands."""
    recover()
    _worker(max_tasks=None).run()


def work_forever(
    *, interval: float = 1.0, stop: threading.Event | None = None, before: Callable[[], None] = lambda: None
) -> None:
    """Be a worker until ``stop`` is set; the task in hand is ended first. Each round begins with ``before``."""
    stop = stop or threading.Event()
    while not stop.is_set():
        recover()
        before()
        worker = _worker(max_tasks=1)
        worker.run()
        connection.close_if_unusable_or_obsolete()
        if not worker._run_tasks:
            stop.wait(interval)


def _worker(*, max_tasks: int | None) -> Any:
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=max_tasks,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
