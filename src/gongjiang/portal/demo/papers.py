"""Certificates' papers, made beside the loading by other processes: rendering and sealing is the slow part of it."""

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime

from gongjiang.certificates.actions import make_papers
from gongjiang.certificates.models import Certificate
from gongjiang.kernel.actor import system
from gongjiang.planning.models import Batch
from gongjiang.portal.demo import beside

AT_ONCE = 25


class Papers:
    """Makes papers by so many processes; with none of them at once, in this one."""

    def __init__(self, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.pool = ProcessPoolExecutor(workers, mp_context=context, initializer=beside.begin) if workers else None
        self.waiting: dict[int, list[Future[int]]] = {}

    def make(self, batch: Batch, at: datetime) -> None:
        """Have the batch's papers made as of the instant."""
        if self.pool is None:
            make_papers(actor=system("demo"), at=at, batch=batch)
            return
        pks = list(Certificate.everything.filter(batch=batch).order_by("pk").values_list("pk", flat=True))
        slices = [pks[n : n + AT_ONCE] for n in range(0, len(pks), AT_ONCE)]
        self.waiting[batch.pk] = [self.pool.submit(beside.make_some, each, at.isoformat()) for each in slices]

    def wait(self, batch: Batch) -> None:
        """Wait until the batch's papers are made; what went wrong there is raised here."""
        for each in self.waiting.pop(batch.pk, []):
            each.result()

    def finish(self) -> None:
        """Wait for everything and end the processes."""
        for futures in list(self.waiting.values()):
            for each in futures:
                each.result()
        self.waiting.clear()
        if self.pool is not None:
            self.pool.shutdown()
