"""One pass over one source: its spider, its WARC files, its report."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler import __version__
from crawler.archive.answers import Answers
from crawler.archive.http.exchange import RunInfo
from crawler.archive.index.memory import Memory
from crawler.archive.warc.reader import read_payload
from crawler.archive.warc.writer import Recorder, run_id
from crawler.clock import now
from crawler.crawl import open_files
from crawler.crawl.manners.pacer import Pacer
from crawler.crawl.manners.retry_after import resting
from crawler.crawl.reading import LinkReader
from crawler.crawl.report import RunLog
from crawler.crawl.scheduling.changes import Changes
from crawler.crawl.scheduling.earlier import EarlierRuns
from crawler.crawl.scheduling.last_run import Before
from crawler.crawl.scheduling.plan import Plan
from crawler.crawl.scheduling.policy import is_open
from crawler.crawl.settings import settings_for, user_agent
from crawler.discovery import start
from crawler.errors import EnvironmentFault
from crawler.model import Capture, Payload, Seed
from crawler.workspace import Workspace

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


class Run:
    """One pass over one source."""

    interrupted = False  # by a signal: the sources that wait are not begun

    def __init__(
        self,
        seed: Seed,
        job: Mapping[str, Any],
        reader: LinkReader,
        earlier: EarlierRuns,
        answers: Answers | None = None,
    ) -> None:
        self.seed, self.job, self.reader, self.earlier, self.answers = seed, job, reader, earlier, answers
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
            if open_files.are_too_many(error):
                raise EnvironmentFault(open_files.TOO_MANY) from error
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
        memory = self.earlier.memory(self.seed.id)
        for host, seconds in resting(memory.refusals(), self.workspace, begun) if self.answers is None else ():
            pacer.pause(host, seconds)
        self.before = self.earlier.before(self.seed.id)
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
        return Plan(self.seed, memory, begun, settled=self.before.settled, read_on=self.before.read_on, **options)

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
        listings = self.spider.plan.listings if self.spider else None
        self.log.read_on = listings.read_on(self.log.settled) if listings else dict(self.before.read_on)
        report = self.log.finish(verdict)
        try:
            recorder.record_report(report.as_dict())
            files = [path.name for path in recorder.seal(self.workspace.archive)]
        except EnvironmentFault as error:
            emit({"event": "error", "source_id": self.seed.id, "message": str(error)})
            files = []
        emit({"event": "report", "report": report.as_dict(), "files": files})
        self.spider, self.before = None, Before()  # all of Scrapy's parts hang on it; thousands of sources may follow

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
        if self.spider and (left := self.spider.plan.left_by_limit) is not None:
            told = f"as asked for, no more than {self.job['limit']} new articles: {left} items that were seen wait"
            self.log.fault(self.seed.homepage, "note", told)
            is_over = True
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
