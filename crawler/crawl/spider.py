"""The one spider: robots.txt, listings, due articles, their files. It finds links and yields requests, nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.crawl import faults
from crawler.crawl.manners.chain_cookies import KEY, cookies_after
from crawler.crawl.manners.pacer import HostBroken, Pacer
from crawler.crawl.manners.probe import Probes
from crawler.crawl.manners.robots import read_robots
from crawler.crawl.reading import LimitReached, LinkReader
from crawler.crawl.report import RunLog
from crawler.crawl.requesting import RequestingSpider
from crawler.crawl.scheduling.changes import Changes
from crawler.crawl.scheduling.listing_faults import (
    open_links,
    tell,
    tell_extent,
    tell_loop,
    tell_moved_on,
    tell_shrunk,
    tell_skipped,
    tell_undated,
    tell_unseen,
    tell_unselected,
)
from crawler.crawl.scheduling.plan import Plan
from crawler.crawl.scheduling.redirects import NotFollowed, resolve_redirect
from crawler.crawl.scrapy_request import limits_of, link_of, max_bytes
from crawler.crawl.transport.answer import asked, payload_of
from crawler.discovery import Found, Listing, fallback, start
from crawler.discovery.markup.refresh import may_refresh
from crawler.errors import EnvironmentFault
from crawler.model import Capture, Link, Payload, Role

_SHEETS_DEEP = 3  # page, its style sheet, a sheet that this imports: what they name is still asked for


class NewsSpider(RequestingSpider):
    """Crawls one source: `plan` says what it wants, `pacer` when its hosts may be asked, `log` takes what it meets, and
    `reader` finds the links of a page."""

    name = "news"

    def __init__(
        self, plan: Plan, log: RunLog, pacer: Pacer, reader: LinkReader, changes: Changes, **kwargs: Any
    ) -> None:
        super().__init__(plan, log, pacer, Probes(plan.seed, reader), **kwargs)
        self._reader, self._changes = reader, changes
        self.end: str | None = None  # why it was closed, in Scrapy's words
        self._is_revisiting = False
        self._stopping: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._revisit, signals.spider_idle)
        crawler.signals.connect(spider._broken, signals.spider_error)
        for host in spider.plan.hosts:
            spider.pacer.forgive(urlsplit(f"//{host}").hostname or "")
        return spider

    def closed(self, reason: str) -> None:
        self.end = reason

    # ------------------------------------------------------------ requests

    async def start(self) -> AsyncIterator[Request]:
        for listing in start(self.seed):
            for request in self._list(listing):
                yield request

    def _revisit(self) -> None:
        """Asks for what is due and no listing has shown, once the listings are read."""
        if self._is_revisiting or self.crawler.engine is None:
            return
        self._is_revisiting = True
        self.plan.hint(self._changes.left(self.plan.listings.is_read_whole))
        for gap in self._changes.gaps(self.plan.listings.was_read):
            tell_moved_on(self.run_log, *gap)
        for shrunk in self._changes.shrunk():
            tell_shrunk(self.run_log, *shrunk)
        tell_unselected(self.run_log, self.plan)
        due = [(link, {"conditions": self.plan.conditions(link)}) for link in self.plan.revisits()]
        if left := self.plan.left_listed + self.plan.left_due:
            self.run_log.limit("max_revisits", self.seed.crawl.max_revisits, self.seed.homepage)
            self.run_log.counts["re-visits left for later"] = left
        wanted = [request for link, meta in (*self._forms.rest(), *due) for request in self._ask(link, **meta)]
        for request in wanted:
            self.crawler.engine.crawl(request)
        if wanted:
            raise DontCloseSpider

    # ------------------------------------------------------------ answers

    async def _answered(self, response: Response) -> AsyncIterator[Request]:
        capture: Capture = response.meta["capture"]
        link: Link = response.meta["link"]
        request = asked(response)
        payload, unfolded = payload_of(response, capture, max_bytes(self.seed.crawl, link.role))
        self.run_log.counts[f"fetched:{link.role.value}"] += 1
        if link.role is Role.PROBE:
            await self._learn(payload)
            return
        if told := request.meta.get("not_compared"):
            self.run_log.fault(response.url, "limit", told)
        if capture.soft_404:
            self.run_log.counts["soft 404"] += 1
        depth: int = response.meta["depth_of_files"]
        reason = unfolded or faults.problem(capture, payload.body, link.role)
        if reason and faults.is_passing(capture, reason) and response.meta["tries"] < self.seed.crawl.retries:
            yield self._repeat(request)  # a Retry-After was heeded by the handler
            return
        if not reason or link.role is not Role.MEDIA:  # files may stand where nobody is let in
            self.pacer.told(urlsplit(response.url).hostname or "", good=not reason)
        if link.role is Role.ROBOTS:
            following = self._robots_known(request, response, payload)
        elif reason:
            following = self._given_up(request, reason, f"status {capture.status}")
        elif target := capture.redirect or await self._moved(payload):
            following = self._redirected(request, response, target)
        elif link.role is Role.LISTING:
            listing: Listing = request.meta["listing"]
            found = await self._read(payload, listing)
            self.plan.hint(await self._changes.take(listing, payload, found, self._read))
            following = self._listed(request, payload, found)
        elif link.role in (Role.ARTICLE, Role.MEDIA) and capture.status == 200:
            following = self._files(payload, await self._named(payload, depth), depth)
        else:
            following = iter(())
        for one in (*following, *self._release(link)):
            yield one

    async def _read(self, payload: Payload, listing: Listing) -> Found:
        """What a page of a listing holds; where reading it cost too much, that as a problem."""
        try:
            return await self._reader.discover(payload, listing, self.seed)
        except LimitReached as limit:
            return Found(problems=(str(limit),))

    async def _moved(self, payload: Payload) -> str | None:
        """Where a page leads that is there for nothing else: browsers go on at once, and so do we."""
        capture = payload.capture
        if capture.role not in (Role.ARTICLE, Role.LISTING) or capture.status != 200 or not may_refresh(payload.body):
            return None
        try:
            return await self._reader.moved_to(payload.body, capture.url)
        except LimitReached as limit:
            self.run_log.fault(capture.url, "limit", str(limit))
            return None

    async def _learn(self, payload: Payload) -> None:
        try:
            await self._probes.learn(payload)
        except LimitReached as limit:
            self.run_log.fault(payload.capture.url, "limit", str(limit))

    async def _named(self, payload: Payload, depth: int) -> tuple[str, ...]:
        """The files that a page names; where reading it cost too much that is told, and it names none."""
        if self.seed.crawl.media == "none" or depth >= _SHEETS_DEEP:
            return ()
        try:
            return await self._reader.media_links(payload, self.seed)
        except LimitReached as limit:
            self.run_log.fault(payload.capture.url, "limit", str(limit))
            return ()

    def _failed(self, failure: Failure) -> Iterator[Request]:
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        if isinstance(error, EnvironmentFault):
            self.stop("environment", str(error))
            return
        if request.meta["link"].role is Role.PROBE:
            return  # it only teaches; what is wrong with the host shows where an article is asked for
        reason = request.meta.get("failure") or ("host-broken" if isinstance(error, HostBroken) else "error")
        capture: Capture | None = request.meta.get("capture")
        self.run_log.counts["failed"] += 1
        if not isinstance(error, HostBroken):
            if reason in faults.RETRY_FAILURE and request.meta["tries"] < self.seed.crawl.retries and capture:
                yield self._repeat(request)
                return
            if reason not in faults.NOT_THE_HOST:
                self.pacer.told(urlsplit(request.url).hostname or "", good=False)
        if request.meta["link"].role is Role.ROBOTS:
            yield from self._robots_settled(request, read_robots(None, b"", self._agent, failure=f"{reason}: {error}"))
        else:
            yield from self._given_up(request, reason, str(error))
        yield from self._release(request.meta["link"])

    def _given_up(self, request: Request, reason: str, detail: str) -> Iterator[Request]:
        listing: Listing | None = request.meta.get("listing")
        if listing and listing.absent:
            tell_unseen(self.run_log, self.plan.listings, listing, f"{reason}, {detail}")
            return
        bitten, detail = limits_of(reason, detail, request.meta, self.seed.crawl)
        self.run_log.limits.update(bitten)
        self.run_log.fault(request.url, reason, detail)
        if listing:
            self.plan.listings.ended(listing, "fault")
            self._changes.failed(listing)
            yield from self._fall_back(listing)

    def _broken(self, failure: Failure, response: Response | Failure) -> None:
        """A defect of this program: told like any other fault, and nothing else stops for it."""
        request = response.request  # type: ignore[union-attr]
        self.run_log.fault(request.url if request else self.seed.homepage, "internal", repr(failure.value))

    def stop(self, reason: str, detail: str) -> None:
        """Ends the run early; what was fetched is sealed."""
        self.run_log.fault(self.seed.homepage, reason, detail)
        self.run_log.counts["stopped"] += 1
        if self._stopping is None:
            self._stopping = asyncio.get_running_loop().create_task(self.crawler.stop_async())

    # ------------------------------------------------------------ listings and articles

    def _list(self, listing: Listing, via: str | None = None) -> Iterator[Request]:
        if not self.plan.is_ours(listing.url):
            self.run_log.fault(listing.url, "offsite", "a listing on a host that is not the source's")
        elif self.plan.may_list(listing):
            yield from self._ask(link_of(listing), listing=listing, via=via)
        elif self.plan.page_limit_reached(listing) and listing.entry.max_pages is None:
            self.run_log.limit("max_pages", self.seed.crawl.max_pages, listing.url)

    def _listed(self, request: Request, payload: Payload, found: Found) -> Iterator[Request]:
        listing: Listing = request.meta["listing"]
        tell(self.run_log, listing, payload, found)
        if found.problems and not found.links:
            yield from self._fall_back(listing)
        links, barred = open_links(self.run_log, self.plan, listing, found, self._is_allowed)
        verdict = self.plan.take(listing, replace(found, links=links), barred)
        self.run_log.take(listing.key, listing.url, verdict.account)
        self.run_log.counts["articles listed"] += len(found.links)
        self.run_log.counts["articles new"] += verdict.new
        self.plan.listings.measure(listing, found)
        if not verdict.go_on or found.next[0].absent:
            tell_extent(self.run_log, self.plan.listings, listing, found)
        if self.plan.listings.has_skipped(listing):
            tell_skipped(self.run_log, listing)
        tell_undated(self.run_log, listing, verdict.undated, len(found.links))
        for link in verdict.wanted:  # all at once: other listings are read while this generator stands at a yield
            self._forms.begin(link)
        for link in verdict.wanted:
            yield from self._ask_form(link, {"via": listing.url, "conditions": self.plan.conditions(link)})
        if verdict.go_on:
            yield from self._follow(listing, found)
        elif found.next:
            self.run_log.counts[f"listing left: {verdict.why}"] += 1
            if verdict.why == "it repeats itself" and self.plan.listings.shows_one_page(listing):
                self.run_log.fault(listing.url, "listing", f"{listing.key}: each page shows the items of the first")

    def _follow(self, listing: Listing, found: Found) -> Iterator[Request]:
        """The sitemaps of an index, or the first page of those that may be next and were not asked for."""
        for following in found.next:
            requests = list(self._list(following, via=listing.url))
            yield from requests
            if requests and following.depth == listing.depth:
                return
        if not all(self.plan.page_limit_reached(following) for following in found.next):
            tell_loop(self.run_log, listing, found)

    def _fall_back(self, listing: Listing) -> Iterator[Request]:
        if other := fallback(listing, self.seed):
            self.run_log.counts["fall-back listings"] += 1
            yield from self._list(other, via=listing.url)

    def _files(self, payload: Payload, named: Sequence[str], depth: int) -> Iterator[Request]:
        """What a page, or a style sheet of it, is shown with. A sheet that imports sheets for ever is left."""
        for url in named:
            if self.plan.wants_file(url):
                yield from self._ask(Link(url, Role.MEDIA), via=payload.capture.url, depth_of_files=depth + 1)

    def _redirected(self, request: Request, response: Response, location: str) -> Iterator[Request]:
        hops = request.meta["hops"] + 1
        link, passed = request.meta["link"], request.meta.get("passed", ())
        cookies, has_new = cookies_after(response, request)
        since = len(passed) + 1 if has_new else request.meta.get("since", 0)
        target = resolve_redirect(link, request.url, location, hops, self.plan, self._probes, passed, since=since)
        if isinstance(target, NotFollowed):
            yield from self._given_up(request, target.reason, target.detail)
        elif target:
            kept = ("listing", "depth_of_files")
            extra: dict[str, Any] = {key: request.meta[key] for key in kept if key in request.meta}
            extra |= {"passed": (*passed, request.url), "since": since, KEY: cookies}
            yield from self._ask(target, hops=hops, via=request.url, conditions=self.plan.conditions(target), **extra)
