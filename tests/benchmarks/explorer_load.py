"""What the explorer costs a browser: `tests/benchmarks/explorer_load.py --articles 100000`.

The page and its data are made of made-up rows, as a build makes them of a package's (titles of 70 letters, texts of
2,400, half of them Cyrillic; a thousand articles a month, or all of them in one month with --at-once; every twentieth
edited). Then headless Chromium opens it from the disk. A line each for the first row of the list and for the whole
index: bytes of the files loaded, CPU seconds of the page's thread (Chromium's TaskDuration), memory of its JavaScript
(JSHeapUsedSize, and the arrays of numbers, which it does not count). Then an article, a search, a filter."""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from crawler.package.explorer.page import index_html
from crawler.package.explorer.shards import shards_of
from crawler.package.explorer.stage import catalogue_of
from crawler.package.tables.tables import Row, table

_WORDS = (
    "министерство река сад школа мост дорога район бюджет проект сентябрь заседание ведомство строительство "
    "river orchard ministry canal bridge season district village report meeting school harvest reservoir budget"
).split()
_END = datetime(2026, 11, 29, tzinfo=UTC)
_HEX = "0123456789abcdef"


def articles(count: int, *, at_once: bool) -> Iterator[tuple[str, Row]]:
    """(part, row) in the table's order."""
    dice = random.Random(7)  # noqa: S311
    blank = dict.fromkeys(table("articles").columns, "")
    texts = ["\n".join(" ".join(dice.choices(_WORDS, k=60)) for _ in range(5)) for _ in range(200)]
    for number in range(count):
        published = _END - timedelta(minutes=43.2 * (count - number))
        first_crawl = _END - timedelta(days=1) + timedelta(seconds=number / 10)
        seen = first_crawl if at_once else published + timedelta(hours=1)
        row = blank | {
            "article_id": "".join(dice.choices(_HEX, k=16)),
            "story_id": "".join(dice.choices(_HEX, k=16)),
            "source_id": f"xx.source{number % 24}",
            "url": f"https://ministry.example/news/{number}",
            "language": ("ru", "uz-Latn", "uz-Cyrl", "en")[number % 4],
            "title": " ".join(dice.choices(_WORDS, k=8)).capitalize() + f" {number}",
            "text": f"{number} " + texts[number % 200],
            "published_at": published.isoformat(timespec="seconds"),
            "published_date": f"{published:%Y-%m-%d}",
            "status": "withdrawn" if number % 97 == 0 else "live",
            "first_seen_at": f"{seen:%Y-%m-%dT%H:%M:%S.%fZ}",
            "seen_at": f"{seen:%Y-%m-%dT%H:%M:%S.%fZ}",
            "warc_file": "archive/made-up.warc.gz", "warc_offset": "0", "warc_length": "9000",
        }  # fmt: skip
        yield row["first_seen_at"][:7], row


def write(folder: Path, rows: Iterable[tuple[str, Row]], count: int) -> list[str]:
    """Writes page and data of `count` rows; the paths of the data."""
    (folder / "explorer").mkdir()
    paths: list[str] = []
    waiting: dict[str, list[Row]] = {}

    def flush(part: str) -> None:
        rows = waiting.pop(part)
        older = [_older(row) for row in rows[::20]]
        for name, its in (("articles", rows), ("revisions", older)):
            for shard in shards_of(name, part, lambda its=its: iter(its)):  # type: ignore[misc]
                (folder / shard.path).write_bytes(shard.packed())
                paths.append(shard.path)

    for part, row in rows:
        for old in [its for its in waiting if its != part]:
            flush(old)
        waiting.setdefault(part, []).append(row)
    for part in list(waiting):
        flush(part)
    head: dict[str, Any] = {
        "title": "Made-up news", "description": "", "version": "1.20261129.0", "created": "2026-11-29T00:00:00Z",
        "articles": {"xx.source0": {"live": count}}, "licenses": [{"path": "x"}], "contributors": [], "sources": [],
        "temporal": {"start": "", "end": ""}, "languages": [], "keywords": [],
    }  # fmt: skip
    sources = [{"source_id": f"xx.source{n}", "title": f"Ministry number {n}"} for n in range(24)]
    (folder / "index.html").write_bytes(index_html(head, sources, catalogue_of(paths)))
    return paths


def _older(row: Row) -> Row:
    blank = dict.fromkeys(table("revisions").columns, "")
    mine = {column: value for column, value in row.items() if column in blank}
    return blank | mine | {"change_kind": "edited", "valid_from": row["first_seen_at"], "valid_to": row["seen_at"]}


class Measured:
    """A page, and what it has cost so far."""

    def __init__(self, page: Page, session: CDPSession, folder: Path) -> None:
        self.page, self.session, self.folder = page, session, folder
        self.loaded: set[str] = set()
        page.on("request", lambda request: self.loaded.add(request.url))

    def line(self, name: str, begun: float, cpu: float) -> float:
        """Prints a line; the CPU seconds so far."""
        names = [Path(url.removeprefix("file://").partition("#")[0]) for url in self.loaded]
        size = sum(path.stat().st_size for path in set(names) if path.is_file())
        its = {one["name"]: one["value"] for one in self.session.send("Performance.getMetrics")["metrics"]}
        used = self.session.send("Runtime.getHeapUsage")
        memory = used["usedSize"] + used.get("backingStorageSize", 0)
        print(
            f"{name:28} {size / 1e6:9.2f} MB {its['TaskDuration'] - cpu:8.2f} CPU s {time.monotonic() - begun:8.1f} s "
            f"{memory / 1e6:8.0f} MB memory"
        )
        return float(its["TaskDuration"])


def measure(folder: Path, browser: str) -> None:
    with sync_playwright() as tools:
        chromium = tools.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.on("pageerror", lambda error: print("error:", error))
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        its, begun = Measured(page, session, folder), time.monotonic()
        page.goto(f"file://{folder}/index.html", wait_until="commit")
        while not page.evaluate("document.querySelector('#list a') !== null"):  # asked between two tasks of the page
            pass
        cpu = its.line("first row", begun, 0)
        while page.evaluate("document.getElementById('count').textContent.includes('reading')"):
            time.sleep(0.05)
        session.send("HeapProfiler.collectGarbage")
        cpu = its.line("whole index", begun, 0)
        for name, script, wanted in (
            ("an article", "document.querySelector('#list a').click()", "article .body p"),
            ("a search in titles", "q.value = 'river bridge'; q.dispatchEvent(new Event('input'))", "#list mark"),
            ("a filter", "document.querySelector('#languages input').click()", "#languages input:checked"),
        ):
            begun = time.monotonic()
            page.evaluate(script)
            page.wait_for_selector(wanted, timeout=120_000)
            cpu = its.line(name, begun, cpu)
        print("CPU of the last three is what each took; sizes and memory are of all so far")
        chromium.close()


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--at-once", action="store_true", help="all first seen in one month, as by a first crawl")
    options.add_argument("--keep", type=Path, help="write page and data here, and leave them")
    chosen = options.parse_args()
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        raise SystemExit("no Chromium is installed")
    with tempfile.TemporaryDirectory(prefix="explorer-") as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        begun = time.process_time()
        paths = write(folder, articles(chosen.articles, at_once=chosen.at_once), chosen.articles)
        size = sum((folder / path).stat().st_size for path in paths)
        print(
            f"{chosen.articles:,} articles: {len(paths):,} files, {size / 1e6:.1f} MB, made in "
            f"{time.process_time() - begun:.1f} CPU s; index.html {(folder / 'index.html').stat().st_size / 1e3:.0f} kB"
        )
        measure(folder, browser)


if __name__ == "__main__":
    main()
