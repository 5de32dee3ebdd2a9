"""The process in which Scrapy runs: a job on standard input, events on standard output, one JSON object a line.

A Twisted reactor starts once per process, so each call of `run_crawls` gets a process of its own; sources that share a
host follow one another, others run side by side."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler import __version__
from crawler.archive.answers import Answers
from crawler.archive.exchange import RunInfo
from crawler.archive.memory import Memory, load_memory
from crawler.archive.reader import read_payload
from crawler.archive.writer import Recorder, run_id
from crawler.clock import now
from crawler.crawl.changes import Changes
from crawler.crawl.listings import Before, read_before
from crawler.crawl.pacer import Pacer
from crawler.crawl.plan import Plan
from crawler.crawl.policy import is_open
from crawler.crawl.reading import LinkReader
from crawler.crawl.report import RunLog
from crawler.crawl.rest import resting
from crawler.crawl.settings import PROCESS_SETTINGS, settings_for, user_agent
from crawler.discovery import start
from crawler.errors import EnvironmentFault, MinistryNewsError
from crawler.model import Capture, Payload, Seed
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, matching

if TYPE_CHECKING:
    from crawler.crawl.spider import NewsSpider


def emit(event: Mapping[str, Any]) -> bool:
    """Writes one event for the parent; False when the parent has died, and nobody is there to be told."""
    try:
        sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would try to write the rest once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def main() -> None:
    line = sys.stdin.readline()
    if not line:  # the parent has died before it could say what to do
        return
    job = json.loads(line)
    seeds = [_seed(raw) for raw in job["seeds"]]
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
    runs = [Run(seed, job, reader, answers) for seed in seeds]
    pacer = Pacer()
    tasks: list[asyncio.Task[None]] = []

    def halt() -> None:
        with suppress(ReactorNotRunning):  # a signal has stopped it
            loop_of.stop()

    async def everything() -> None:
        async def chain(group: list[Run]) -> None:
            for run in group:
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


def groups(runs: list[Run]) -> list[list[Run]]:
    """Runs that share a host stand in one group, in order."""
    out: list[tuple[set[str], list[Run]]] = []
    for run in runs:
        hosts, members = set(run.hosts), [run]
        for other in [g for g in out if g[0] & hosts]:
            out.remove(other)
            hosts |= other[0]
            members = other[1] + members
        out.append((hosts, members))
    return [members for _, members in out]


class Run:
    """One pass over one source."""

    interrupted = False  # by a signal: the sources that wait are not begun

    def __init__(self, seed: Seed, job: Mapping[str, Any], reader: LinkReader, answers: Answers | None = None) -> None:
        self.seed, self.job, self.reader, self.answers = seed, job, reader, answers
        self.workspace = Workspace(Path(job["package"]))
        self.hosts = {urlsplit(listing.url).hostname or "" for listing in start(seed)}
        self.log = RunLog(seed.id, "")
        self.recorder: Recorder | None = None
        self.spider: NewsSpider | None = None
        self.before = Before()

    async def guarded(self, process: Any, pacer: Pacer) -> None:
        """`go`; what breaks it ends this source alone, and is told."""
        try:
            await self.go(process, pacer)
        except EnvironmentFault:
            raise  # no source could go on
        except Exception as error:
            self.log.fault(self.seed.homepage, "internal", repr(error))
            if self.recorder is None:
                emit({"event": "report", "report": self.log.finish("failed").as_dict(), "files": []})
            self.finish(None)

    async def go(self, process: Any, pacer: Pacer) -> None:
        """Crawls, seals the archive, and emits the report."""
        from crawler.crawl.spider import NewsSpider  # noqa: PLC0415 - needs the reactor

        begun = now()
        self.log = RunLog(self.seed.id, run_id(self.seed.id, begun))
        emit({"event": "begun", "source_id": self.seed.id, "run_id": self.log.run_id})
        if not self._is_open(begun):
            self.log.limit("hours", self.seed.crawl.hours, self.seed.homepage)
            emit({"event": "report", "report": self.log.finish("postponed").as_dict(), "files": []})
            return
        memory = self._memory()
        for host, seconds in resting(memory.refusals(), self.workspace, begun) if self.answers is None else ():
            pacer.pause(host, seconds)
        self.before = read_before(self.workspace.archive, self.seed.id)
        self.recorder = Recorder(self.workspace.open_archive, self._info(), lookup=memory.lookup)
        settings = settings_for(self.seed) | {"WARC_RECORDER": self.recorder, "PACER": pacer}
        if self.answers is not None:
            handler = "crawler.crawl.replay.ReplayDownloadHandler"
            handlers = settings["DOWNLOAD_HANDLERS"] | {"http": handler, "https": handler}
            settings |= {"REPLAY": self.answers, "DOWNLOAD_HANDLERS": handlers}
        crawler = process.create_crawler(type("SourceSpider", (NewsSpider,), {"custom_settings": settings}))
        ticker = asyncio.get_running_loop().create_task(self._tick(process, crawler))
        plan = self._plan(memory, begun)
        try:
            changes = self._changes(memory)
            await process.crawl(crawler, plan=plan, log=self.log, pacer=pacer, reader=self.reader, changes=changes)
        finally:
            ticker.cancel()
            self.spider = crawler.spider
            self.finish(self.spider.end if self.spider else None)

    def _plan(self, memory: Memory, begun: datetime) -> Plan:
        job = self.job
        since = date.fromisoformat(job["since"]) if job["since"] else None
        options = {"limit": job["limit"], "full": job["full"], "since": since, "skip": job["skip"]}
        return Plan(self.seed, memory, begun, settled=self.before.settled, **options)

    def _changes(self, memory: Memory) -> Changes:
        def read(capture: Capture) -> Payload:
            return read_payload(self.workspace.resolve(capture.locator.warc_file), capture)

        return Changes(self.seed, memory, read, is_unfinished=self.before.is_unfinished)

    def finish(self, reason: str | None) -> None:
        """Writes the run's report, seals its files, and emits the report; once, and only if the run has begun."""
        recorder, self.recorder = self.recorder, None
        if recorder is None:
            return
        verdict = self._verdict(reason)
        self.log.settled = dict(self._settled(verdict))
        report = self.log.finish(verdict)
        try:
            recorder.record_report(report.as_dict())
            files = [path.name for path in recorder.seal(self.workspace.archive)]
        except EnvironmentFault as error:
            emit({"event": "error", "source_id": self.seed.id, "message": str(error)})
            files = []
        emit({"event": "report", "report": report.as_dict(), "files": files})

    def _verdict(self, reason: str | None) -> str:
        counts = self.log.counts
        if counts["stopped"]:
            return "failed"
        if counts["listing pages read"] and not counts["items seen"] and not counts["fault:listing"]:
            self.log.fault(self.seed.homepage, "listing", "no listing shows any item")
        if reason == "shutdown" and not self.log.limits["hours"]:
            Run.interrupted = True
            return "interrupted"
        is_over = bool(self.log.limits["hours"])
        if not counts["listing pages read"] and not is_over:
            return "failed"
        return "partial" if self.log.is_partial else "postponed" if is_over else "complete"

    def _settled(self, verdict: str) -> Mapping[str, str]:
        """The listings that need not be read to their end by the next run."""
        if self.spider is None:
            return self.before.settled
        counts, limits = self.log.counts, self.log.limits
        unasked = counts["fault:host-broken"] + counts["fault:internal"] + limits["max_requests"] + limits["hours"]
        sound = verdict in ("complete", "partial") and not unasked + self.spider.plan.left_listed
        return self.spider.plan.listings.settled(sound=sound)

    def _is_open(self, moment: datetime) -> bool:
        return self.answers is not None or is_open(self.seed.crawl.hours, self.seed.timezone, moment)

    def _memory(self) -> Memory:
        paths = matching(self.workspace.indexes, "*.cdx")
        paths += [self.workspace.waiting] if is_file(self.workspace.waiting) else []
        return load_memory(paths, cache=self.workspace.cache, source_id=self.seed.id)

    def _info(self) -> RunInfo:
        info = RunInfo(
            source_id=self.seed.id,
            run_id=self.log.run_id,
            seed_toml=self.seed.toml,
            user_agent=user_agent(self.seed),
            operator=self.seed.crawl.contact or "not stated",
            software=f"ministry-news/{__version__}",
        )
        if self.answers is None:
            return info
        theirs = "as the runs that made the replayed files"
        return replace(info, software=f"{info.software} replay", user_agent=theirs, robots=theirs)

    async def _tick(self, process: Any, crawler: Any) -> None:
        """Tells how far the run is. A run whose parent was killed ends early, and seals what it has; so does one whose
        hours are over."""
        while True:
            await asyncio.sleep(0.5)
            event = {"event": "progress", "source_id": self.seed.id, "stopping": not crawler.crawling}
            if not emit(event | {"counts": dict(self.log.counts)}):
                Run.interrupted = True
                await process.stop()
                return
            if crawler.crawling and not self._is_open(now()):
                self.log.limit("hours", self.seed.crawl.hours, self.seed.homepage)
                await crawler.stop_async()


if __name__ == "__main__":
    try:
        main()
    except MinistryNewsError as fault:
        emit({"event": "error", "source_id": "", "message": str(fault), "exit_code": int(fault.exit_code)})
        sys.exit(int(fault.exit_code))
