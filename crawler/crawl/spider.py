"""The one spider: robots.txt, listings, due articles, their files. It finds links and yields requests, nothing else."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.archive.exchange import Intent
from crawler.archive.http import Head, decode
from crawler.archive.index import Memory
from crawler.crawl import faults
from crawler.crawl.pacer import HostBroken, Pacer
from crawler.crawl.plan import Plan
from crawler.crawl.report import RunLog
from crawler.crawl.robots import Robots, read_robots, user_agent_token
from crawler.discovery import Found, Listing, discover, fallback, start
from crawler.discovery.media import media_links
from crawler.errors import EnvironmentFault
from crawler.ids import canonical_url
from crawler.model import Capture, Link, Payload, Role, Seed

# Scrapy serves higher numbers first: what is listed is fetched before the listing moves on.
_SHEETS_DEEP = 3  # page, its style sheet, a sheet that this imports: what they name is still asked for
_PRIORITY = {Role.ROBOTS: 100, Role.MEDIA: 30, Role.ARTICLE: 20, Role.LISTING: 10, Role.PROBE: 5}


class NewsSpider(Spider):
    """Crawls one source. Arguments: `seed`, `memory`, `log`, `pacer`, `limit`, `full`, `since`, `skip`."""

    name = "news"

    def __init__(
        self,
        seed: Seed,
        memory: Memory,
        log: RunLog,
        pacer: Pacer,
        *,
        limit: int | None = None,
        full: bool = False,
        since: date | None = None,
        skip: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.seed, self.memory, self.run_log, self.pacer = seed, memory, log, pacer
        self.plan = Plan(seed, memory, datetime.now(UTC), limit=limit, full=full, since=since, skip=skip)
        self._robots: dict[str, Robots] = {}
        self._waiting: dict[str, int] = {}
        self._listings_begun = False
        self._dice = random.Random()  # noqa: S311 - spreads retries, keeps no secret

    # ------------------------------------------------------------ requests

    async def start(self) -> AsyncIterator[Request]:
        for origin in sorted(self.plan.origins):
            self._waiting[origin] = 0
            yield self._request(Link(f"{origin}/robots.txt", Role.ROBOTS), origin=origin)

    def _request(self, link: Link, **meta: Any) -> Request:
        self.run_log.counts["requests"] += 1
        origin = _origin(link.url)
        robots = self._robots.get(origin)
        agent = user_agent_token(self.settings["USER_AGENT"])
        delay = max(self.seed.crawl.delay_s, robots.delay(agent) if robots else 0.0)
        via = meta.pop("via", None)
        headers = dict(link.headers) | meta.pop("conditions", {})
        return Request(
            link.url,
            self._answered,
            headers=headers,
            # An API's answer comes behind its page: what a run fetched of a document before it was cut off is the page.
            priority=_PRIORITY[link.role] - bool(link.headers),
            dont_filter=True,
            errback=self._failed,
            meta={
                "intent": Intent(link.role, link.document, link.language, via, link.modified),
                "link": link,
                "delay_s": delay * 1.05,
                "handle_httpstatus_all": True,
                "download_timeout": self.seed.crawl.timeout_s,
                "download_maxsize": self._max_bytes(link.role),
                "tries": 0,
                "hops": 0,
                "depth_of_files": 0,
                **meta,
            },
        )

    def _max_bytes(self, role: Role) -> int:
        policy = self.seed.crawl
        return int((policy.max_media_mb if role is Role.MEDIA else policy.max_body_mb) * (1 << 20))

    def _ask(self, link: Link, **meta: Any) -> Iterator[Request]:
        """The request for a link, if hosts, robots.txt and the run's limits allow it."""
        robots = self._robots.get(_origin(link.url))
        if not self.plan.is_ours(link.url) or robots is None:
            self.run_log.fault(link.url, "offsite", "not a host of this source")
        elif not robots.allows(link.url, user_agent_token(self.settings["USER_AGENT"])):
            self.run_log.counts["disallowed by robots.txt"] += 1
            if robots.problem:
                self.run_log.fault(link.url, "robots", robots.problem)
        elif self.run_log.counts["requests"] >= self.seed.crawl.max_requests:
            self.run_log.limits["max_requests"] += 1
        else:
            yield self._request(link, **meta)

    def _repeat(self, request: Request, delay_s: float) -> Request:
        self.pacer.pause(urlsplit(request.url).hostname or "", delay_s)
        self.run_log.counts["retries"] += 1
        meta = {**request.meta, "tries": request.meta["tries"] + 1}
        return request.replace(meta=meta, priority=request.priority + 1)

    # ------------------------------------------------------------ answers

    def _answered(self, response: Response) -> Iterator[Request]:
        capture: Capture = response.meta["capture"]
        link: Link = response.meta["link"]
        payload, unfolded = _payload(response, capture, self._max_bytes(link.role))
        self.run_log.counts[f"fetched:{link.role.value}"] += 1
        reason = unfolded or faults.problem(capture, payload.body)
        host = urlsplit(response.url).hostname or ""
        self.pacer.told(host, good=reason is None or capture.status in (401, 403, 404, 410))
        if reason and faults.is_passing(capture, reason) and response.meta["tries"] < self.seed.crawl.retries:
            wait = faults.retry_after_s(_lower(payload), datetime.now(UTC))
            backoff = faults.backoff_s(response.meta["tries"], self._dice)
            yield self._repeat(_asked(response), max(wait or 0.0, backoff if self.seed.crawl.delay_s else 0.0))
        elif link.role is Role.ROBOTS:
            yield from self._robots_known(response, payload)
        elif reason:
            yield from self._given_up(_asked(response), reason, f"status {capture.status}")
        elif capture.redirect:
            yield from self._redirected(_asked(response), capture)
        elif link.role is Role.LISTING:
            yield from self._listed(_asked(response), payload)
        elif link.role in (Role.ARTICLE, Role.MEDIA):
            yield from self._files(payload, response.meta["depth_of_files"])

    def _failed(self, failure: Failure) -> Iterator[Request]:
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        if isinstance(error, EnvironmentFault):
            self.stop(f"environment: {error}")
            return
        host = urlsplit(request.url).hostname or ""
        reason = request.meta.get("failure") or ("host-broken" if isinstance(error, HostBroken) else "error")
        capture: Capture | None = request.meta.get("capture")
        self.run_log.counts["failed"] += 1
        if not isinstance(error, HostBroken):
            self.pacer.told(host, good=False)
            if reason in faults.RETRY_FAILURE and request.meta["tries"] < self.seed.crawl.retries and capture:
                yield self._repeat(request, faults.backoff_s(request.meta["tries"], self._dice))
                return
        if request.meta["link"].role is Role.ROBOTS:
            yield from self._robots_settled(request, read_robots(None, b"", failure=reason))
        else:
            yield from self._given_up(request, reason, str(error))

    def _given_up(self, request: Request, reason: str, detail: str) -> Iterator[Request]:
        self.run_log.fault(request.url, reason, detail)
        if listing := request.meta.get("listing"):
            yield from self._fall_back(listing)

    def stop(self, reason: str) -> None:
        """Ends the run early; what was fetched is sealed."""
        self.run_log.fault(self.seed.homepage, reason.partition(":")[0], reason)
        self.run_log.counts["stopped"] += 1
        self.crawler.stop_async() if hasattr(self.crawler, "stop_async") else self.crawler.stop()

    # ------------------------------------------------------------ robots.txt

    def _robots_known(self, response: Response, payload: Payload) -> Iterator[Request]:
        target = payload.capture.redirect
        if target and response.meta["hops"] < 5 and self.plan.is_ours(target):
            link = Link(target, Role.ROBOTS)
            yield self._request(link, origin=response.meta["origin"], hops=response.meta["hops"] + 1, via=response.url)
            return
        yield from self._robots_settled(_asked(response), read_robots(payload.capture.status, payload.body))

    def _robots_settled(self, request: Request, robots: Robots) -> Iterator[Request]:
        origin = request.meta["origin"]
        self._robots[origin] = robots
        if robots.problem:
            self.run_log.fault(f"{origin}/robots.txt", "robots", robots.problem)
        self._waiting.pop(origin, None)
        if not self._waiting and not self._listings_begun:
            self._listings_begun = True
            for listing in start(self.seed):
                yield from self._list(listing)
            for link in self.plan.revisits():
                yield from self._ask(link, conditions=self.plan.conditions(link))

    # ------------------------------------------------------------ listings and articles

    def _list(self, listing: Listing, via: str | None = None) -> Iterator[Request]:
        if self.plan.may_list(listing):
            link = Link(listing.url, Role.LISTING, language=listing.entry.language, headers=listing.headers)
            yield from self._ask(link, listing=listing, via=via)
        elif self.plan.page_limit_reached(listing):
            self.run_log.limits["max_pages"] += 1

    def _listed(self, request: Request, payload: Payload) -> Iterator[Request]:
        listing: Listing = request.meta["listing"]
        found: Found = discover(payload, listing, self.seed)
        for problem in found.problems:
            self.run_log.fault(listing.url, "listing", problem)
        if found.problems and not found.links:
            yield from self._fall_back(listing)
        verdict = self.plan.take(listing, found)
        self.run_log.counts["articles listed"] += len(found.links)
        self.run_log.counts["articles new"] += verdict.new
        for link in verdict.wanted:
            yield from self._ask(link, via=listing.url, conditions=self.plan.conditions(link))
        if verdict.go_on:
            for following in found.next:
                yield from self._list(following, via=listing.url)
        elif found.next:
            self.run_log.counts[f"listing left: {verdict.why}"] += 1

    def _fall_back(self, listing: Listing) -> Iterator[Request]:
        other = fallback(listing, self.seed)
        if other:
            self.run_log.counts["fall-back listings"] += 1
            yield from self._list(other, via=listing.url)

    def _files(self, payload: Payload, depth: int) -> Iterator[Request]:
        """What a page, or a style sheet of it, is shown with. A sheet that imports sheets for ever is left."""
        for url in media_links(payload, self.seed) if depth < _SHEETS_DEEP else ():
            if self.plan.wants_file(url):
                yield from self._ask(Link(url, Role.MEDIA), via=payload.capture.url, depth_of_files=depth + 1)

    def _redirected(self, request: Request, capture: Capture) -> Iterator[Request]:
        hops, target, link = request.meta["hops"] + 1, capture.redirect or "", request.meta["link"]
        if hops > self.seed.crawl.max_redirects:
            self.run_log.limits["max_redirects"] += 1
            yield from self._given_up(request, "redirects", f"more than {self.seed.crawl.max_redirects}")
            return
        if not self.plan.is_ours(target):
            yield from self._given_up(request, "offsite", f"redirects to {target}")
            return
        document = link.document
        if link.role is Role.ARTICLE and document == _canonical(link.url):
            document = _canonical(target)
            if not self.plan.first_time(document, target):
                return  # the target is asked for under its own name
        onward = Link(target, link.role, document, link.language, link.modified, link.headers)
        extra = {key: request.meta[key] for key in ("listing", "depth_of_files") if key in request.meta}
        yield from self._ask(onward, hops=hops, via=request.url, conditions=self.plan.conditions(onward), **extra)


def _asked(response: Response) -> Request:
    """The request that was answered; Scrapy sets it on every response that reaches a callback."""
    if response.request is None:
        raise RuntimeError(f"{response.url}: a response without its request")
    return response.request


def _origin(url: str) -> str:
    parts = urlsplit(urljoin(url, "/"))
    return f"{parts.scheme}://{parts.netloc}"


def _canonical(url: str) -> str | None:
    try:
        return canonical_url(url)
    except ValueError:
        return None


def _payload(response: Response, capture: Capture, max_bytes: int) -> tuple[Payload, str | None]:
    """(what the answer holds, content coding removed; "too-large" when it unfolds to more than `max_bytes`).

    Twisted has removed the transfer coding."""
    fields = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    coding = tuple(field for field in fields if field[0].lower() == "content-encoding")
    body = decode(Head(None, coding), response.body, max_bytes=max_bytes)
    return Payload(capture, fields, body.data), "too-large" if body.problem == "too large" else None


def _lower(payload: Payload) -> dict[str, str]:
    return {name.lower(): value for name, value in payload.headers}
