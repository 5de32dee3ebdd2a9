"""A crawl fed from archived files: the same spider and the same archive, and no network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response

from crawler.archive.answers import Answers
from crawler.archive.http.exchange import Exchange, Intent
from crawler.archive.http.message import Message, read_message
from crawler.archive.warc.writer import Recorder
from crawler.crawl.manners.probe import judged

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

NOT_THERE = "not-in-replay"  # the kind of failure of a request that the files do not answer


class ReplayDownloadHandler(BaseDownloadHandler):
    """The handler of http and https in a replay. Settings: `WARC_RECORDER` (a Recorder), `REPLAY` (an Answers).

    Reads `request.meta["intent"]` and sets `request.meta["capture"]`, as WireDownloadHandler does. What it records
    keeps the moment at which it was captured. Raises DownloadFailedError where the files have no answer, or a failure.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._recorder: Recorder = crawler.settings["WARC_RECORDER"]
        self._answers: Answers = crawler.settings["REPLAY"]

    async def download_request(self, request: Request) -> Response:
        intent: Intent = request.meta["intent"]
        exchange = self._answers.answer(request.url, request.method, _fields(request), request.body) or _missing(
            request
        )
        message = read_message(exchange.response)
        response = _response(request, message)
        if response is None and exchange.failure is None:
            exchange = replace(exchange, failure="bad-answer", detail="the archived answer is no HTTP message")
        if response is not None:
            intent = await judged(request, response)
        request.meta["capture"] = self._recorder.record(exchange, intent, message)
        if response is None or exchange.failure:
            request.meta["failure"] = exchange.failure
            raise DownloadFailedError(f"{request.url}: {exchange.detail}")
        return response


def _missing(request: Request) -> Exchange:
    return Exchange(
        request.url, request.method, datetime.now(UTC), 0, failure=NOT_THERE, detail="not in the replayed files"
    )


def _response(request: Request, message: Message) -> Response | None:
    head = message.head
    if head.status is None:
        return None
    response = Response(request.url, status=head.status, body=message.entity.data, request=request)
    for name, value in head.fields:
        response.headers.appendlist(name.encode("latin-1"), value.encode("latin-1"))
    return response


def _fields(request: Request) -> dict[str, str]:
    return {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in request.headers.items()
        if values
    }
