"""Ten simulated years of daily runs: `tests/benchmarks/ten_years.py --years 10`.

A made-up ministry publishes, edits (back to an earlier wording, too), corrects dates, takes articles down and puts them
up again; on some days it is out of order, on others no run is made, or one is killed without a report. The clock is the
simulation's. Captures are written by the real recorder, without HTTP; what is asked for follows the crawl's own memory
and due dates, and every day ends with a real build. After each year the real `validate` must find nothing, and ids,
states and changes must be those that the simulation knows: else the exit status is 1. A line a year tells how the
package has grown."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.index.memory import Memory, load_memory
from crawler.archive.warc.writer import Recorder, run_id
from crawler.crawl.scheduling.policy import due, pace
from crawler.ids import article_id
from crawler.model import Role
from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.exports import query
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

SOURCE = "xx.years"
HOME = "https://years.example"
BEGIN = datetime(2027, 1, 1, 6, tzinfo=UTC)
SHOWN = 20  # articles in the feed
MOST_DESCRIPTOR = 1_000_000  # bytes
KINDS = ("edited", "metadata", "withdrawn", "restored")
_SEED = f"""
title = {{ en = "Ministry of Years" }}
homepage = "{HOME}/"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "{HOME}/feed.xml"
[crawl]
gone_runs = 2
gone_hours = 20
"""
_WORDS = "river bridge school harvest canal budget museum valley orchard village road archive engineer district".split()


@dataclass
class Item:
    """One article of the ministry, and what the runs have seen of it."""

    number: int
    wording: int = 0
    dated: int = 0
    is_up: bool = True
    known: tuple[int, int] | None = None  # the wording and date that a run saw last
    is_gone: bool = False  # two runs have proved it
    absent: list[datetime] = field(default_factory=list)  # runs that missed it since it was last seen

    @property
    def url(self) -> str:
        return f"{HOME}/news/{self.number}"

    @property
    def shown(self) -> tuple[int, int]:
        return self.wording, self.dated

    def page(self) -> bytes:
        dice = random.Random(f"{self.number} {self.wording}")  # noqa: S311
        text = "".join(f"<p>{' '.join(dice.choices(_WORDS, k=22)).capitalize()}.</p>" for _ in range(4))
        at = BEGIN + timedelta(days=self.number % 300, hours=self.dated)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notice {self.number}</title>'
            f'<meta property="article:published_time" content="{at.replace(year=2026):%Y-%m-%dT%H:%M:%S+00:00}"></head>'
            f"<body><main><article><h1>Notice {self.number}</h1>{text}</article></main></body></html>"
        ).encode()


class Broken(Exception):
    """The package is not what the simulation knows."""


class Simulation:
    """The ministry and its daily run."""

    def __init__(self, folder: Path, dice: int = 1) -> None:
        self.workspace = Workspace(folder)
        self.seed = parse_seed(_SEED, seed_id=SOURCE, path=f"{SOURCE}.toml")
        self.items: list[Item] = []
        self.now = BEGIN
        self.dice = random.Random(dice)  # noqa: S311
        self.changes: Counter[str] = Counter()
        self.first_seen: dict[str, str] = {}
        self.runs = 0
        self.build_s = 0.0

    # ------------------------------------------------------------ the ministry

    def _news(self) -> None:
        for _ in range(self.dice.choice((0, 1, 1, 1, 2, 2))):
            self.items.append(Item(len(self.items)))
        for change, share in (("edit", 0.25), ("back", 0.15), ("date", 0.1), ("down", 0.06), ("up", 0.05)):
            if self.items and self.dice.random() < share:
                newest = self.items[-40:] if self.dice.random() < 0.7 else self.items
                down = [item for item in self.items if not item.is_up] if change == "up" else []
                self._change(self.dice.choice(down or newest), change)

    def _change(self, item: Item, change: str) -> None:
        if change == "up":
            item.is_up = True
        elif change == "down":
            item.is_up = False
        elif change == "edit":
            item.wording += 1
        elif change == "back":
            item.wording = max(0, item.wording - 1)
        else:
            item.dated += 1

    # ------------------------------------------------------------ a run

    def day(self) -> None:
        """One day: news, a run, a build; or no run."""
        self.now = (self.now + timedelta(days=1)).replace(hour=6, minute=self.dice.randrange(60))
        self._news()
        luck = self.dice.random()
        if luck < 0.01:
            return
        self._run(is_down=luck < 0.03, is_killed=luck > 0.99)
        begun = time.process_time()
        build(self.workspace, seeds={SOURCE: self.seed}, engine="serial", use_cache=False)
        self.build_s += time.process_time() - begun
        self.runs += 1

    def _run(self, *, is_down: bool, is_killed: bool) -> None:
        indexes = sorted(self.workspace.indexes.glob("*.cdx"))
        with closing(load_memory(indexes, cache=self.workspace.cache, source_id=SOURCE)) as memory:
            info = RunInfo(
                SOURCE, run_id(SOURCE, self.now), self.seed.toml, "simulation", "tests", "ministry-news/test"
            )
            recorder = Recorder(self.workspace.open_archive, info, lookup=memory.lookup, clock=lambda: self.now)
            self._record(recorder, f"{HOME}/feed.xml", 503 if is_down else 200, b"feed", Role.LISTING)
            for item in self._wanted(memory, listed=not is_down):
                self._look(recorder, memory, item, is_down=is_down)
            if not is_killed:
                recorder.record_report({"result": "failed" if is_down else "complete"})
            recorder.seal(self.workspace.archive)

    def _wanted(self, memory: Memory, *, listed: bool) -> list[Item]:
        shown = [item for item in self.items if item.is_up][-SHOWN:] if listed else []
        wanted = {i.number for i in shown if due(memory.sightings(SOURCE, i.url), None, self.now, self.seed.crawl)}
        for document in memory.waiting(SOURCE, self.now, pace(self.seed.crawl)):
            wanted.add(int(document.rpartition("/")[2]))
        return [self.items[number] for number in sorted(wanted)]

    def _look(self, recorder: Recorder, memory: Memory, item: Item, *, is_down: bool) -> None:
        known = memory.lookup(item.url)
        tag = f'"{item.wording}.{item.dated}"'
        if is_down:
            self._record(recorder, item.url, 503, b"out of order", Role.ARTICLE)
            return
        if not item.is_up:
            self._record(recorder, item.url, 404, b"not here", Role.ARTICLE)
            self._missed(item)
            return
        same = known is not None and known.etag == tag
        self._record(recorder, item.url, 304 if same else 200, b"" if same else item.page(), Role.ARTICLE, tag)
        self._seen(item)

    def _record(self, recorder: Recorder, url: str, status: int, body: bytes, role: Role, tag: str = "") -> None:
        self.now += timedelta(seconds=1)
        head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\n" + (
            f"ETag: {tag}\r\n" if tag else ""
        )
        head += "\r\n" if status == 304 else f"Content-Length: {len(body)}\r\n\r\n"
        exchange = Exchange(
            url=url,
            method="GET",
            started=self.now,
            elapsed_ms=5,
            request=f"GET {url.removeprefix(HOME)} HTTP/1.1\r\nHost: years.example\r\n\r\n".encode(),
            response=head.encode() + body,
        )
        recorder.record(exchange, Intent(role, document=url if role is Role.ARTICLE else None))

    # ------------------------------------------------------------ what must follow

    def _seen(self, item: Item) -> None:
        item.absent.clear()
        if item.known is None:
            self.changes["new"] += 1
        elif item.known[0] != item.wording:
            self.changes["edited"] += 1
        elif item.known != item.shown:
            self.changes["metadata"] += 1
        elif item.is_gone:
            self.changes["restored"] += 1
        item.known, item.is_gone = item.shown, False

    def _missed(self, item: Item) -> None:
        if item.known is None or item.is_gone:
            return
        item.absent.append(self.now)
        far = self.now - item.absent[0] >= timedelta(hours=self.seed.crawl.gone_hours)
        if len(item.absent) >= self.seed.crawl.gone_runs and far:
            self.changes["withdrawn"] += 1
            item.is_gone = True
            item.absent.clear()

    def check(self) -> Counter[str]:
        """Raises Broken where the package is not what the runs have seen; returns its counts."""
        report = validate(self.workspace, engine="serial")
        if not report.valid:
            raise Broken("; ".join(report.lines()[:5]))
        articles = {row["article_id"]: row for row in query.rows(self.workspace, "articles")}
        seen = {article_id(SOURCE, item.url): item for item in self.items if item.known}
        _same("ids", set(articles), set(seen))
        for key, item in seen.items():
            _same(f"state of {item.url}", articles[key]["status"], "withdrawn" if item.is_gone else "live")
            first = articles[key]["first_seen_at"]
            _same(f"first sight of {item.url}", first, self.first_seen.setdefault(key, first))
        kinds = Counter(row["change_kind"] for row in query.rows(self.workspace, "revisions"))
        _same("revisions", dict(kinds), {kind: n for kind, n in self.changes.items() if n and kind != "new"})
        sums = query.runs_report(self.workspace)[SOURCE]
        _same("runs", {kind: sums[kind] for kind in ("new", *KINDS)}, {k: self.changes[k] for k in ("new", *KINDS)})
        size = self.workspace.descriptor.stat().st_size
        if size >= MOST_DESCRIPTOR:
            raise Broken(f"the descriptor has {size} bytes")
        parts = sum(1 for _ in self.workspace.data.iterdir())
        names = ("articles", "revisions", "captures", "rejections")
        rows = {name: sum(1 for _ in query.rows(self.workspace, name)) for name in names}
        return Counter({**rows, "parts": parts, "descriptor": size})


def _same(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise Broken(f"{what}: {str(found)[:300]}, expected {str(expected)[:300]}")


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--reproduce", action="store_true", help="rebuild from the archive at the end, and compare")
    chosen = options.parse_args()
    print(
        "year  articles  revisions   captures  rejections  parts  descriptor  CPU s per build  to validate", flush=True
    )
    with tempfile.TemporaryDirectory(prefix="years-") as folder:
        simulation = Simulation(Path(folder) / "package")
        try:
            for year in range(1, chosen.years + 1):
                for _ in range(365):
                    simulation.day()
                begun = time.process_time()
                told = simulation.check()
                print(
                    f"{year:4} {told['articles']:9,} {told['revisions']:10,} {told['captures']:10,} "
                    f"{told['rejections']:11,} {told['parts']:6} {told['descriptor'] / 1000:8.0f} kB "
                    f"{simulation.build_s / simulation.runs:16.2f} {time.process_time() - begun:13.1f}",
                    flush=True,
                )
                simulation.build_s, simulation.runs = 0.0, 0
            print(dict(simulation.changes))
            if chosen.reproduce:
                _same("a rebuild from the archive", reproduce(simulation.workspace).same, True)
        except Broken as error:
            print(f"broken: {error}")
            sys.exit(1)


if __name__ == "__main__":
    main()
