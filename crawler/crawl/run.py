"""Crawls of several sources, in a process of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crawler.crawl.report import CrawlReport, Fault
from crawler.errors import EnvironmentFault, ExitCode
from crawler.model import Seed
from crawler.workspace import Workspace

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
    lock: int | None = None,
    skip: Sequence[str] = (),
) -> list[CrawlReport]:
    """The reports of one pass over each of `seeds`; their WARC files are sealed in the package's archive.

    `skip` are ids of articles that were taken out on request: nobody asks for them again. The caller holds the
    package's lock; with its descriptor in `lock` the crawl's process holds it as well, so that no other run begins
    while a crawl outlives a killed parent. With `replay`, WARC files answer in place of the network.
    Ctrl-C ends the pass early and seals what was fetched.
    Raises EnvironmentFault when the crawl's process cannot be started or dies.
    """
    job = {
        "package": str(workspace.root.resolve()),
        "limit": limit,
        "full": full,
        "skip": list(skip),
        "since": since.isoformat() if since else None,
        "replay": [str(path.resolve()) for path in replay],
        "seeds": [{"id": seed.id, "toml": seed.toml, "path": _path(seed)} for seed in seeds],
    }
    command = [sys.executable, "-m", "crawler.crawl.worker"]
    # Nothing in the command comes from outside: our own interpreter and module.
    with subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=(lock,) if lock is not None else (),
        encoding="utf-8",
    ) as child:
        reports, errors = _follow(child, json.dumps(job), progress)
    if errors and not reports:
        raise EnvironmentFault("; ".join(errors))
    if child.returncode not in (0, ExitCode.INTERRUPTED, -signal.SIGINT) and len(reports) < len(seeds):
        raise EnvironmentFault(f"the crawl's process ended with status {child.returncode}; what it fetched is repaired")
    return reports


def _follow(child: subprocess.Popen[str], job: str, progress: Progress) -> tuple[list[CrawlReport], list[str]]:
    reports: list[CrawlReport] = []
    errors: list[str] = []
    if child.stdin is None or child.stdout is None:
        raise EnvironmentFault("the crawl's process has no pipes")
    child.stdin.write(job + "\n")
    child.stdin.close()
    while True:
        try:
            line = child.stdout.readline()
        except KeyboardInterrupt:
            # The child got the same signal from the terminal; it seals what it has and reports.
            child.send_signal(signal.SIGINT)
            continue
        if not line:
            return reports, errors
        _take(json.loads(line), reports, errors, progress)


def _take(event: dict[str, Any], reports: list[CrawlReport], errors: list[str], progress: Progress) -> None:
    if event["event"] == "progress":
        progress(event["source_id"], event["counts"])
    elif event["event"] == "report":
        reports.append(CrawlReport.from_dict(event["report"]))
    elif event["event"] == "error":
        errors.append(event["message"])


def _path(seed: Seed) -> str:
    # Files that a seed names are relative to it; they were made absolute when it was loaded.
    return os.path.join(os.getcwd(), f"{seed.id}.toml")  # noqa: PTH118, PTH109


__all__ = ["CrawlReport", "Fault", "Progress", "run_crawls"]
