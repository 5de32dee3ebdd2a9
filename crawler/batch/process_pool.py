"""A pool of worker processes that survives what pages do to them: endless loops, memory bombs, crashes in C."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import crawler
from crawler.batch.outcome_json import Outcome, unpack
from crawler.batch.shards import Page
from crawler.batch.worker import OUT_OF_MEMORY, READY, Limits, task_line
from crawler.errors import EnvironmentFault
from crawler.model import Reason, Rejection, Seed

Task = tuple[Seed, list[Page]]


class _Worker:
    """One process, the task it has, and since when it is at its present page.

    A process of its own, not a copy of this one: a copy would take threads and open files of the crawl along.
    """

    def __init__(self, limits: Limits, module: str) -> None:
        words = [sys.executable, "-P", "-m", module, str(limits.cpu_s), str(limits.memory_mb)]
        home = str(Path(crawler.__file__).parent.parent)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([home, os.environ.get("PYTHONPATH", "")])}
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, env=environment, bufsize=0
        )
        self.ready = False
        self.buffer = b""
        self.task: Seed | None = None
        self.pages: deque[Page] = deque()
        self.since = time.monotonic()

    def give(self, task: Task) -> None:
        self.task = task[0]
        self.pages = deque(task[1])
        self.since = time.monotonic()
        assert self.process.stdin  # noqa: S101 - asked for above
        line = memoryview(task_line(*task))
        with suppress(BrokenPipeError):  # it died; the pool sees that next
            while line:
                line = line[self.process.stdin.write(line) or 0 :]

    def receive(self) -> list[bytes] | None:
        """The whole lines that came; None when the process has ended."""
        assert self.process.stdout  # noqa: S101 - made with a pipe
        chunk = os.read(self.process.stdout.fileno(), 1 << 20)
        if not chunk:
            return None
        *lines, self.buffer = (self.buffer + chunk).split(b"\n")
        return lines

    def stop(self) -> int:
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        return self.process.wait()


class Pool:
    """Runs tasks on `size` processes. Each page either has its outcome, or one that says what became of its worker."""

    def __init__(self, size: int, limits: Limits, *, module: str = "crawler.batch.worker") -> None:
        self.size = size
        self.module = module
        self.limits = limits
        self.waiting: deque[Task] = deque()
        self.workers: list[_Worker] = []
        self.selector = selectors.DefaultSelector()

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[str, Outcome]]:
        """Pairs of capture id and outcome, as they come. Raises EnvironmentFault when no worker can be started."""
        try:
            yield from self.work(tasks)
        finally:
            for worker in list(self.workers):
                self._drop(worker)

    def work(self, tasks: Iterable[Task]) -> Iterator[tuple[str, Outcome]]:
        """What `run` gives; the workers are kept for the next tasks, and end with this process."""
        source = iter(tasks)
        while True:
            self._feed(source)
            if not any(worker.pages for worker in self.workers):
                return
            for key, _ in self.selector.select(timeout=1.0):
                yield from self._receive(key.data)
            yield from self._hung()

    def _feed(self, source: Iterator[Task]) -> None:
        for _ in range(self.size):
            idle = next((worker for worker in self.workers if not worker.pages), None)
            if idle and idle.process.poll() is not None:  # it died unemployed: no page is to blame
                self._drop(idle)
                idle = None
            if idle is None and len(self.workers) == self.size:
                return
            task = self.waiting.popleft() if self.waiting else next(source, None)
            if task is None:
                return
            (idle or self._start()).give(task)

    def _start(self) -> _Worker:
        try:
            worker = _Worker(self.limits, self.module)
        except OSError as error:
            raise EnvironmentFault(f"cannot start a process: {error}") from error
        self.workers.append(worker)
        assert worker.process.stdout  # noqa: S101 - made with a pipe
        self.selector.register(worker.process.stdout, selectors.EVENT_READ, worker)
        return worker

    def _drop(self, worker: _Worker) -> int:
        if worker.process.stdout:
            self.selector.unregister(worker.process.stdout)
        self.workers.remove(worker)
        return worker.stop()

    def _receive(self, worker: _Worker) -> Iterator[tuple[str, Outcome]]:
        lines = worker.receive()
        if lines is None:
            status = worker.process.wait()
            if not worker.ready:
                raise EnvironmentFault(f"a worker process ended with status {status} before it was ready")
            if worker.pages:
                yield self._lost(worker, *_cause(status))
            else:
                self._drop(worker)
            return
        for line in lines:
            if not worker.ready and line == READY.strip():
                worker.ready = True
                worker.since = time.monotonic()
                continue
            if not worker.pages:  # it speaks unasked
                self._drop(worker)
                return
            yield self._outcome(worker, line)
            if worker not in self.workers:
                return

    def _outcome(self, worker: _Worker, line: bytes) -> tuple[str, Outcome]:
        try:
            capture_id, packed = json.loads(line)
            if capture_id != worker.pages[0].capture.capture_id:
                raise ValueError("an answer for another page")
            outcome = unpack(packed)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
            return self._lost(worker, Reason.ERROR, f"the worker answered nonsense: {error}"[:300])
        worker.pages.popleft()
        worker.since = time.monotonic()
        return str(capture_id), outcome

    def _hung(self) -> Iterator[tuple[str, Outcome]]:
        for worker in list(self.workers):
            if worker.pages and time.monotonic() - worker.since > self.limits.wall_s:
                yield self._lost(worker, Reason.TIMEOUT, f"no answer within {self.limits.wall_s:g} s")

    def _lost(self, worker: _Worker, reason: Reason, detail: str) -> tuple[str, Outcome]:
        """The outcome of the page at which a worker was lost; its other pages go to the next one."""
        self._drop(worker)
        page = worker.pages.popleft()
        if worker.pages and worker.task:
            self.waiting.appendleft((worker.task, list(worker.pages)))
        return page.capture.capture_id, Rejection(reason, detail, page.capture.url, page.capture.document)


def _cause(status: int | None) -> tuple[Reason, str]:
    if status == -signal.SIGXCPU:
        return Reason.TIMEOUT, "used up its processor time"
    if status in (OUT_OF_MEMORY, -signal.SIGKILL):
        return Reason.MEMORY, "the worker ran out of memory"
    return Reason.ERROR, f"the worker ended with status {status}"
