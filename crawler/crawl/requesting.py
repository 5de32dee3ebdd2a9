"""How a spider asks: by robots.txt, the run's limits, and one form of a document after the other."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.crawl import faults
from crawler.crawl.manners.chain_cookies import KEY, ChainCookies, cookies_after
from crawler.crawl.manners.gate import Gate, origin_of
from crawler.crawl.manners.pacer import Pacer
from crawler.crawl.manners.probe import Probes
from crawler.crawl.manners.robots import LONGEST_DELAY_S, MAX_REDIRECTS, Robots, read_robots, user_agent_token
from crawler.crawl.report import RunLog
from crawler.crawl.scheduling.forms import Forms
from crawler.crawl.scheduling.plan import Plan
from crawler.crawl.scrapy_request import request_for
from crawler.model import Link, Payload, Role


class RequestingSpider(Spider):
    """Makes the requests of one source: what `plan` says that it wants, when `pacer` lets it."""

    def __init__(self, plan: Plan, log: RunLog, pacer: Pacer, probes: Probes, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan, self.run_log, self.pacer, self.seed = plan, log, pacer, plan.seed
        self._gate, self._forms, self._probes = Gate(), Forms(), probes
        self._dice = random.Random()  # noqa: S311 - spreads retries, keeps no secret

    @abstractmethod
    def _answered(self, response: Response) -> AsyncIterator[Request]:
        """What an answer leads to."""

    @abstractmethod
    def _failed(self, failure: Failure) -> Iterator[Request]:
        """What a request without an answer leads to."""

    def _request(self, link: Link, **meta: Any) -> Request:
        self.run_log.counts["requests"] += 1
        gap_s = max(self.seed.crawl.delay_s, self._gate.delay_s(link.url))
        request = request_for(link, self.seed.crawl, gap_s, self._answered, self._failed, **meta)
        if isinstance(cookies := meta.get(KEY), ChainCookies):
            cookies.give(request)
        return request

    @property
    def _agent(self) -> str:
        return user_agent_token(self.settings["USER_AGENT"])

    def _ask(self, link: Link, **meta: Any) -> Iterator[Request]:
        """The request for a link, if robots.txt and the run's limits allow it; before it that for robots.txt."""
        rules = self._gate.rules(link.url)
        if self.run_log.counts["requests"] >= self.seed.crawl.max_requests:
            self.run_log.limit("max_requests", self.seed.crawl.max_requests, link.url)
        elif rules is None:
            if unknown := self._gate.wait(link, meta):
                yield self._request(Link(unknown, Role.ROBOTS), origin=origin_of(unknown))
        elif self._allows(rules, link):
            if probe := self._probes.wanted(link):
                self.run_log.counts["probes"] += 1
                yield from self._ask(probe)
            yield self._request(link, probes=self._probes, **meta)

    def _ask_form(self, link: Link, meta: dict[str, Any]) -> Iterator[Request]:
        """As `_ask`, but other forms of a document wait until its page has been answered."""
        if self._forms.hold(link, meta):
            return
        self._forms.begin(link)
        requests = list(self._ask(link, **meta))
        yield from requests
        if self._gate.rules(link.url) is not None and not any(r.meta["link"] is link for r in requests):
            yield from self._release(link)

    def _release(self, link: Link) -> Iterator[Request]:
        for other, meta in self._forms.end(link):
            yield from self._ask(other, **meta)

    def _is_allowed(self, link: Link) -> bool:
        """False for a link that robots.txt, where it is known, disallows."""
        rules = self._gate.rules(link.url)
        return rules is None or self._allows(rules, link)

    def _allows(self, rules: Robots, link: Link) -> bool:
        if rules.allows(link.url):
            return True
        self.run_log.counts["disallowed by robots.txt"] += 1
        if rules.problem or link.role is Role.LISTING:
            self.run_log.fault(link.url, "robots", rules.problem or "robots.txt does not allow this listing")
        return False

    def _repeat(self, request: Request) -> Request:
        wait = faults.backoff_s(request.meta["tries"], self._dice, self.seed.crawl.backoff_s)
        self.pacer.pause(urlsplit(request.url).hostname or "", wait)
        self.run_log.counts["retries"] += 1
        meta = {**request.meta, "tries": request.meta["tries"] + 1}
        return request.replace(meta=meta, priority=request.priority + 1)

    # ------------------------------------------------------------ robots.txt

    def _robots_known(self, request: Request, response: Response, payload: Payload) -> Iterator[Request]:
        target, hops = payload.capture.redirect, request.meta["hops"] + 1
        if target and hops <= MAX_REDIRECTS and self.plan.is_ours(target):
            link = Link(target, Role.ROBOTS)
            kept = {KEY: cookies_after(response, request)[0]}
            yield self._request(link, origin=request.meta["origin"], hops=hops, via=request.url, **kept)
            return
        yield from self._robots_settled(request, read_robots(payload.capture.status, payload.body, self._agent))

    def _robots_settled(self, request: Request, rules: Robots) -> Iterator[Request]:
        origin = request.meta["origin"]
        if rules.problem:
            self.run_log.fault(f"{origin}/robots.txt", "robots", rules.problem)
        if rules.delay_s > LONGEST_DELAY_S:
            self.run_log.limit("crawl-delay", LONGEST_DELAY_S, f"{origin}/robots.txt")
        for link, meta in self._gate.settle(origin, rules):
            yield from self._ask_form(link, meta)
