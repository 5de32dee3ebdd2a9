"""Run as a process: fetches addresses through WireDownloadHandler and prints what each request came to, as JSON.

A Twisted reactor starts once per process, so it cannot live in the test's own. Standard input: a job."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver

from crawler.archive.http.exchange import Intent, RunInfo
from crawler.archive.warc.writer import Recorder
from crawler.crawl.settings import PROCESS_SETTINGS, settings_for
from crawler.crawl.transport import guard
from crawler.crawl.transport.tape import Tape
from crawler.crawl.transport.wire import WireDownloadHandler
from crawler.model import Role
from crawler.seeds import parse_seed

HANDLER = "crawler.crawl.transport.wire.WireDownloadHandler"


class Asking(Spider):
    name = "asking"
    requests: list[list[Any]]
    results: list[dict[str, Any]]
    answers: dict[str, list[list[str]]]
    public: list[str]

    async def start(self):  # type: ignore[no-untyped-def]
        if self.answers:
            resolve_by(self.answers, self.public)
        for url, method, *timeout in self.requests:
            meta: dict[str, Any] = {"intent": Intent(Role.ARTICLE, document=url, via="test")}
            if timeout:
                meta["download_timeout"] = timeout[0]
            kwargs = {"callback": self.seen, "errback": self.failed}
            yield Request(url, method=method, meta=meta, dont_filter=True, **kwargs)

    def note(self, request: Request, **rest: Any) -> None:
        capture = request.meta.get("capture")
        row = {"url": request.url, "id": capture.capture_id if capture else None} | rest
        row["failure"] = request.meta.get("failure")
        self.results.append(row)

    def seen(self, response: Any) -> None:
        self.note(response.request, status=response.status)

    def failed(self, failure: Any) -> None:
        self.note(failure.request, error=f"{type(failure.value).__name__}: {failure.value}"[:300])


class Answering:
    """A resolver that has a list of answers for each name, and gives the next one each time it is asked."""

    def __init__(self, answers: dict[str, list[list[str]]]) -> None:
        self.answers = answers

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, kinds: Any = None, how: str = "TCP") -> Any:
        receiver.resolutionBegan(self)
        left = self.answers.get(name, [[]])
        for address in left.pop(0) if len(left) > 1 else left[0]:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return receiver


def resolve_by(answers: dict[str, list[list[str]]], public: list[str]) -> None:
    """Names lead where `answers` say; `public` are loopback addresses that stand for the rest of the world."""
    from twisted.internet import reactor
    from zope.interface import directlyProvides

    resolver = Answering(answers)
    directlyProvides(resolver, IHostnameResolver)
    reactor.installNameResolver(resolver)  # type: ignore[attr-defined]
    known = guard.is_public
    guard.is_public = lambda address: address in public or known(address)  # type: ignore[assignment]


class Tampering(WireDownloadHandler):
    """What a defect between wire and archive would do: one byte of the body changed."""

    async def _record(self, request: Request, response: Any, tape: Tape) -> None:
        tape.response[-1:] = bytes([tape.response[-1] ^ 1])
        await super()._record(request, response, tape)


def main() -> None:
    job = json.loads(sys.stdin.read())
    seed = parse_seed(job["seed"], seed_id="xx.odd", path=job["path"])
    info = RunInfo("xx.odd", job["run_id"], job["seed"], "test", "tests", "tests")
    recorder = Recorder(Path(job["folder"]), info, max_bytes=job.get("max_bytes", 1 << 30))
    settings = settings_for(seed) | {
        "WARC_RECORDER": recorder,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), Tampering if job.get("tamper") else HANDLER),
        "CONCURRENT_REQUESTS_PER_DOMAIN": job.get("concurrency", 4),
        "DOWNLOAD_MAXSIZE": 2 << 20,
    }
    settings |= job.get("settings", {})
    results: list[dict[str, Any]] = []
    process = AsyncCrawlerProcess(PROCESS_SETTINGS)
    spider = type("OneJob", (Asking,), {"custom_settings": settings})  # Scrapy would copy a process's settings deeply
    names = {"answers": job.get("answers", {}), "public": job.get("public", [])}
    process.crawl(spider, requests=job["requests"], results=results, **names)
    process.start()
    files = [path.name for path in recorder.seal(Path(job["archive"]))]
    print(json.dumps({"files": files, "results": results}))


if __name__ == "__main__":
    main()
