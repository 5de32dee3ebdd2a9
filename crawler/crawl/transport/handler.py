"""The download handler of a run: waits for the host's turn, then fetches and records."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.clock import now
from crawler.crawl.faults import rest_s
from crawler.crawl.manners.pacer import Pacer
from crawler.crawl.transport.wire import WireDownloadHandler

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class PoliteDownloadHandler(WireDownloadHandler):
    """Settings: those of WireDownloadHandler, and `PACER` (a Pacer). `request.meta["delay_s"]` is the promised gap."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pacer: Pacer = crawler.settings["PACER"]

    async def download_request(self, request: Request) -> Response:
        host = urlsplit(request.url).hostname or ""
        async with self._pacer.turn(host, request.meta["delay_s"]):
            response = await super().download_request(request)
            # Before the turn is given on: the next request would be on its way while the spider reads this answer.
            self._pacer.pause(host, rest_s(response.status, response.headers.get("Retry-After"), now()))
            return response
