"""The process in which Scrapy runs: a job on standard input, events on standard output, one JSON object a line.

A Twisted reactor starts once per process, so each call of `run_crawls` gets a process of its own; sources that share a
host follow one another, others run side by side, so many at a time as the job says."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.archive.answers import Answers
from crawler.crawl import open_files
from crawler.crawl.manners.pacer import Pacer
from crawler.crawl.reading import LinkReader
from crawler.crawl.scheduling.earlier import EarlierRuns
from crawler.crawl.settings import PROCESS_SETTINGS
from crawler.crawl.source_run import Run, emit
from crawler.errors import MinistryNewsError
from crawler.model import Seed
from crawler.seeds import parse_seed
from crawler.workspace import Workspace


def main() -> None:
    line = sys.stdin.readline()
    if not line:  # the parent has died before it could say what to do
        return
    job = json.loads(line)
    seeds = [_seed(raw) for raw in job["seeds"]]
    at_once = open_files.allow(job["at_once"])
    reader = LinkReader.start(seeds)  # before there is a reactor, or a second thread
    # Scrapy and Twisted read proxies from the environment; a proxy would stand between the archive and the server.
    for name in [n for n in os.environ if n.lower().endswith("_proxy")]:
        del os.environ[name]
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415

    process = AsyncCrawlerProcess(PROCESS_SETTINGS)
    from twisted.internet import reactor  # noqa: PLC0415 - the one that Scrapy has installed just now
    from twisted.internet.error import ReactorNotRunning  # noqa: PLC0415

    loop_of: Any = reactor  # Twisted types the module's object as an interface that lacks half of its methods

    answers = _answers(job)
    earlier = EarlierRuns(Workspace(Path(job["package"])))
    runs = [Run(seed, job, reader, earlier, answers) for seed in seeds]
    pacer = Pacer()
    tasks: list[asyncio.Task[None]] = []

    def halt() -> None:
        with suppress(ReactorNotRunning):  # a signal has stopped it
            loop_of.stop()

    async def everything() -> None:
        under_way = asyncio.Semaphore(at_once)

        async def chain(group: list[Run]) -> None:
            for run in group:
                async with under_way:
                    if not Run.interrupted:
                        await run.guarded(process, pacer)

        try:
            await asyncio.gather(*(chain(group) for group in groups(runs)))
        finally:
            loop_of.callLater(0, halt)

    loop_of.addSystemEventTrigger("after", "startup", loop_of.callLater, 0, _take_signals)
    loop_of.callWhenRunning(lambda: tasks.append(asyncio.get_event_loop().create_task(everything())))
    process.start(stop_after_crawl=False)
    for run in runs:  # a second Ctrl-C stops the reactor at once: what was fetched is sealed all the same
        run.finish("shutdown")
    reader.close()
    earlier.close()
    if answers is not None:
        answers.close()
    for task in tasks:
        if task.done() and not task.cancelled() and (error := task.exception()):
            raise error


def _take_signals() -> None:
    """Lets Ctrl-C and SIGTERM through, which the parent held back (see `run_crawls`): Scrapy's handlers stand now."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))


def _seed(raw: Mapping[str, Any]) -> Seed:
    """The seed of a job, with the bundle that its file stands beside."""
    seed = parse_seed(raw["toml"], seed_id=raw["id"], path=f"{raw['id']}.toml")
    return replace(seed, crawl=replace(seed.crawl, ca_bundle=raw["ca_bundle"]))


def _answers(job: Mapping[str, Any]) -> Answers | None:
    """The archived answers that the job replaces the network by, if it does."""
    files = [Path(name) for name in job["replay"]]
    return Answers(files, Workspace(Path(job["package"])).work) if files else None


def groups(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that share a host stand in one group, in order."""
    by_host: dict[str, list[int]] = {}
    for number, run in enumerate(runs):
        hosts = run.hosts or {f"none {run.seed.id}"}
        joined = {number}.union(*(by_host[host] for host in hosts if host in by_host))
        group = sorted(joined)
        for host in hosts.union(*(runs[member].hosts for member in joined)):
            by_host[host] = group
    return [[runs[member] for member in group] for group in {group[0]: group for group in by_host.values()}.values()]


if __name__ == "__main__":
    try:
        main()
    except MinistryNewsError as fault:
        emit({"event": "error", "source_id": "", "message": str(fault), "exit_code": int(fault.exit_code)})
        sys.exit(int(fault.exit_code))
