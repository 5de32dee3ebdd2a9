"""A pool of worker processes that survives what pages do to them: endless loops, memory bombs, crashes in C."""

from __future__ import annotations

import json
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from crawler.batch.records import Outcome, unpack
from crawler.batch.shards import Page
from crawler.batch.worker import OUT_OF_MEMORY, Limits, serve
from crawler.model import Reason, Rejection, Seed

Task = tuple[Seed, list[Page]]


class _Worker:
    """One process, the task it has, and since when it is at its present page."""

    def __init__(self, limits: Limits) -> None:
        # forkserver: a copy of this process would take threads and open files of the crawl along.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["crawler.batch.worker"])
        self.connection, theirs = context.Pipe()
        self.process: Any = context.Process(target=serve, args=(theirs, limits), daemon=True)
        self.process.start()
        theirs.close()
        self.seed: Seed | None = None
        self.pages: deque[Page] = deque()
        self.since = 0.0

    def give(self, task: Task) -> None:
        self.seed, pages = seed, _ = task
        self.pages = deque(pages)
        self.since = time.monotonic()
        with suppress(BrokenPipeError):  # it died; the pool sees that next
            self.connection.send((seed.toml, seed.id, pages))

    def stop(self) -> None:
        self.connection.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


class Pool:
    """Runs tasks on `size` processes. Each page either has its outcome, or one that says what became of its worker."""

    def __init__(self, size: int, limits: Limits) -> None:
        self.size = size
        self.limits = limits
        self.waiting: deque[Task] = deque()
        self.workers: list[_Worker] = []

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[str, Outcome]]:
        """Pairs of capture id and outcome, as they come."""
        source = iter(tasks)
        try:
            while True:
                self._feed(source)
                busy = {worker.connection: worker for worker in self.workers if worker.pages}
                if not busy:
                    return
                for ready in wait(list(busy), timeout=1.0):
                    assert isinstance(ready, Connection)  # noqa: S101 - only connections were given
                    yield from self._receive(busy[ready])
                yield from self._hung()
        finally:
            for worker in self.workers:
                worker.stop()
            self.workers.clear()

    def _feed(self, source: Iterator[Task]) -> None:
        for _ in range(self.size):
            idle = next((worker for worker in self.workers if not worker.pages), None)
            if idle is None and len(self.workers) == self.size:
                return
            task = self.waiting.popleft() if self.waiting else next(source, None)
            if task is None:
                return
            if idle is None:
                idle = _Worker(self.limits)
                self.workers.append(idle)
            idle.give(task)

    def _receive(self, worker: _Worker) -> Iterator[tuple[str, Outcome]]:
        try:
            capture_id, packed = json.loads(worker.connection.recv_bytes())
            outcome = unpack(packed)
        except (EOFError, ConnectionResetError):
            worker.process.join()
            yield self._lost(worker, *_cause(worker.process.exitcode))
            return
        except (ValueError, KeyError, TypeError) as error:
            yield self._lost(worker, Reason.ERROR, f"the worker answered nonsense: {error}"[:300])
            return
        if capture_id != worker.pages[0].capture.capture_id:
            yield self._lost(worker, Reason.ERROR, "the worker answered for another page")
            return
        worker.pages.popleft()
        worker.since = time.monotonic()
        yield capture_id, outcome

    def _hung(self) -> Iterator[tuple[str, Outcome]]:
        for worker in list(self.workers):
            if worker.pages and time.monotonic() - worker.since > self.limits.wall_s:
                yield self._lost(worker, Reason.TIMEOUT, f"no answer within {self.limits.wall_s:g} s")

    def _lost(self, worker: _Worker, reason: Reason, detail: str) -> tuple[str, Outcome]:
        """The outcome of the page at which a worker was lost; its other pages go to the next one."""
        worker.stop()
        self.workers.remove(worker)
        page = worker.pages.popleft()
        if worker.pages and worker.seed:
            self.waiting.appendleft((worker.seed, list(worker.pages)))
        return page.capture.capture_id, Rejection(reason, detail, page.capture.url, page.capture.document)


def _cause(status: int | None) -> tuple[Reason, str]:
    if status == -signal.SIGXCPU:
        return Reason.TIMEOUT, "used up its processor time"
    if status in (OUT_OF_MEMORY, -signal.SIGKILL):
        return Reason.MEMORY, "the worker ran out of memory"
    return Reason.ERROR, f"the worker ended with status {status}"
