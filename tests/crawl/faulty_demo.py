"""The demo site behind every recoverable fault: whatever is asked for first fails, each time in another way."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fault_server import FAULTS, Handler

from crawler.archive.warc.reader import iter_payloads
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import run_crawls
from crawler.demo import DemoServer, seed_texts, serve
from crawler.demo.content import Story
from crawler.extraction import extract_capture
from crawler.ids import article_id, text_sha256
from crawler.model import Article, Role, Seed
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

PASSING = tuple(fault for fault in FAULTS if fault.passes)


def spoil(demo: DemoServer) -> Counter[str]:
    """Makes the first request for each thing of `demo` fail; the faults, and how often each struck."""
    struck: Counter[str] = Counter()
    faults, seen, guard = itertools.cycle(PASSING), set[tuple[str, ...]](), threading.Lock()
    handler: Any = demo._httpd.RequestHandlerClass
    whole = handler.do_GET

    def do_get(self: Any) -> None:
        key = (self.path, self.headers.get("code", ""), self.headers.get("language", ""))
        with guard:
            first = key not in seen
            seen.add(key)
            fault = next(faults) if first else None
        if fault is None:
            whole(self)
            return
        struck[fault.name] += 1
        fault.send(self, "of another page")  # where it sends a body, it is not even the right one

    handler.do_GET, handler.plain, handler.raw = do_get, Handler.plain, Handler.raw
    return struck


def crawl_demo(
    folder: Path, stories: Sequence[Story] | None, port: int, *, faulty: bool
) -> tuple[dict[str, set[str]], list[CrawlReport], Counter[str], int]:
    """(article id -> sha256 of its texts; the reports; the faults that struck; the port)."""
    with serve(port=port, stories=stories) as demo:
        struck = spoil(demo) if faulty else Counter[str]()
        seeds = [_seed(name, toml) for name, toml in seed_texts(demo.url).items()]
        workspace = Workspace(folder)
        reports = run_crawls(seeds, workspace)
    found: dict[str, set[str]] = {}
    for seed in seeds:
        for path in sorted(workspace.archive.glob(f"{seed.id}-*.warc.gz")):
            for payload in iter_payloads(path, role=Role.ARTICLE):
                record = extract_capture(payload, seed)
                if isinstance(record, Article):
                    key = article_id(seed.id, record.document)
                    found.setdefault(key, set()).add(text_sha256(record.text))
    return found, reports, struck, demo.port


def _seed(name: str, toml: str) -> Seed:
    # The waits are the subject of other tests; here they would only cost time.
    return parse_seed(toml.replace("[crawl]", "[crawl]\nbackoff_s = 0.01"), seed_id=name, path=f"{name}.toml")
