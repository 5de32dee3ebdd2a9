"""Crawls of several sources, in a process of their own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from crawler.crawl import open_files
from crawler.crawl.report import CrawlReport, Fault
from crawler.errors import EnvironmentFault, ExitCode
from crawler.interruption import end_if_it_has_come
from crawler.model import Seed
from crawler.workspace import Workspace

SOURCES_AT_ONCE = 50
_BOTH_S = 1.0  # in this time a child has noticed a signal of its own
Progress = Callable[[str, dict[str, int]], None]  # source id, counts


def run_crawls(
    seeds: Sequence[Seed],
    workspace: Workspace,
    *,
    limit: int | None = None,
    full: bool = False,
    since: date | None = None,
    replay: Sequence[Path] = (),
    progress: Progress = lambda _source, _counts: None,
    stopping: Callable[[], None] = lambda: None,
    lock: int | None = None,
    skip: Sequence[str] = (),
    at_once: int = SOURCES_AT_ONCE,
) -> list[CrawlReport]:
    """The reports of one pass over each of `seeds`; their WARC files are sealed in the package's archive.

    At most `at_once` sources are under way at a time; those that share a host follow one another.
    `skip` are ids of articles that were taken out on request: nobody asks for them again. The caller holds the
    package's lock; with its descriptor in `lock` the crawl's process holds it as well, so that no other run begins
    while a crawl outlives a killed parent. With `replay`, WARC files answer in place of the network.
    Ctrl-C or SIGTERM ends the pass early and seals what was fetched; `stopping` is called when it comes. A second one
    ends it at once.
    Raises EnvironmentFault when the crawl's process cannot be started or dies, KeyboardInterrupt when a signal came
    before any source was begun, or earlier in this command.
    """
    job = {
        "package": str(workspace.root.resolve()),
        "limit": limit,
        "full": full,
        "skip": list(skip),
        "at_once": at_once,
        "since": since.isoformat() if since else None,
        "replay": [str(path.resolve()) for path in replay],
        "seeds": [{"id": seed.id, "toml": seed.toml, "ca_bundle": _bundle(seed)} for seed in seeds],
    }
    interruption = _Interruption(stopping)
    with _heeding(interruption):
        end_if_it_has_come()  # from here on `interruption` has it
        with _start(lock) as child:
            interruption.child = child
            reports, errors = _follow(child, json.dumps(job), progress, interruption)
    if interruption.has_come and not reports:  # before anything was begun: there is nothing to tell
        raise KeyboardInterrupt
    if errors:
        raise EnvironmentFault(open_files.with_remedy("; ".join(errors)))
    if child.returncode not in (0, ExitCode.INTERRUPTED, -signal.SIGINT) and len(reports) < len(seeds):
        raise EnvironmentFault(f"the crawl's process ended with status {child.returncode}; what it fetched is repaired")
    return reports


def _start(lock: int | None) -> subprocess.Popen[str]:
    """The child. Signals wait for it until it can end well (`worker`): that they are held back is inherited."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        # Nothing in the command comes from outside: our own interpreter and module.
        return subprocess.Popen(
            [sys.executable, "-m", "crawler.crawl.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=(lock,) if lock is not None else (),
            encoding="utf-8",
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _follow(
    child: subprocess.Popen[str], job: str, progress: Progress, interruption: _Interruption
) -> tuple[list[CrawlReport], list[str]]:
    reports: list[CrawlReport] = []
    errors: list[str] = []
    if child.stdin is None or child.stdout is None:
        raise EnvironmentFault("the crawl's process has no pipes")
    child.stdin.write(job + "\n")
    child.stdin.close()
    for line in child.stdout:
        event = json.loads(line)
        if event["event"] == "progress":
            interruption.pass_on(is_stopping=event["stopping"])
        _take(event, reports, errors, progress)
    return reports, errors


class _Interruption:
    """Ctrl-C and SIGTERM while a crawl is followed: the child is asked to end early, seals what it has, and reports."""

    def __init__(self, stopping: Callable[[], None]) -> None:
        self.child: subprocess.Popen[str] | None = None  # while there is none yet, a signal is only noted
        self._stopping, self._is_passed_on = stopping, False
        self._at: float | None = None  # monotonic seconds of the first signal

    def __call__(self, number: int, frame: object) -> None:
        if self._at is None:
            self._at = time.monotonic()
            self._stopping()
        elif self.child:
            self.child.send_signal(signal.SIGINT)  # a second time: at once

    @property
    def has_come(self) -> bool:
        return self._at is not None

    def pass_on(self, *, is_stopping: bool) -> None:
        """Tells the child, if it does not know yet: a terminal signals both of us, a supervisor perhaps only one."""
        if self._at is None or self._is_passed_on or is_stopping or time.monotonic() - self._at < _BOTH_S:
            return
        self._is_passed_on = True
        if self.child:
            self.child.send_signal(signal.SIGINT)


@contextmanager
def _heeding(interruption: _Interruption) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # only that one may handle signals
        yield
        return
    before = {number: signal.signal(number, interruption) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _take(event: dict[str, Any], reports: list[CrawlReport], errors: list[str], progress: Progress) -> None:
    if event["event"] == "progress":
        progress(event["source_id"], event["counts"])
    elif event["event"] == "report":
        reports.append(CrawlReport.from_dict(event["report"]))
    elif event["event"] == "error":
        errors.append(event["message"])


def _bundle(seed: Seed) -> str | None:
    """The seed's bundle of certificates, whatever folder the other process works in."""
    return str(Path(seed.crawl.ca_bundle).resolve()) if seed.crawl.ca_bundle else None


__all__ = ["SOURCES_AT_ONCE", "CrawlReport", "Fault", "Progress", "run_crawls"]
