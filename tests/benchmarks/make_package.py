"""A package of any size, as years of crawls would have left it: real WARC records, real tables, made-up news.

    python tests/benchmarks/make_package.py FOLDER --articles 100000

What is assumed: the source publishes a thousand articles a month, taken in by one run a month, so that 100,000 are the
work of eight years. All have been seen once more, with the server's 304 to each, at a moment that makes them due some
time after `end`, as evenly as hourly runs leave them: looks of the last day are in hourly runs, earlier ones in daily
runs. (A real package has some fifty looks at an article in ten years, and a WARC file for every run.) What extraction
would say of each page is put into the build's cache (a sample is compared with the real reading), since reading is not
what is measured here; all else is the program's own work."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.index.memory import Memory, load_memory
from crawler.archive.warc.writer import Recorder, run_id
from crawler.batch.outcome_json import Outcome
from crawler.batch.shards import Page, scan
from crawler.crawl.scheduling.policy import interval
from crawler.extraction import extract
from crawler.model import Article, Capture, Role, Seed
from crawler.package.build import build
from crawler.package.history.extraction_results import Reader, store
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

SOURCE = "xx.large"
PER_MONTH = 1000
WORDS = (
    "river water orchard ministry farm canal bridge spring summer season district village report meeting school "
    "harvest reservoir engineer budget council seedling garden pump valley museum archive road market winter"
).split()
_SEED = """
title = {{ en = "Ministry of Large Numbers" }}
homepage = "{url}/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "{url}/feed.xml"
match = "/news/"
[crawl]
delay_s = 0.002
recheck_days = 90
allow_private = ["127.0.0.1"]
"""


def seed_of(url: str) -> Seed:
    return parse_seed(_SEED.format(url=url), seed_id=SOURCE, path=f"{SOURCE}.toml")


@dataclass(frozen=True)
class Story:
    """One made-up item; the same for the same number, whatever the size of the package."""

    number: int
    published: datetime

    @property
    def title(self) -> str:
        dice = random.Random(f"title {self.number}")  # noqa: S311
        return " ".join(dice.choices(WORDS, k=5)).capitalize() + f" {self.number}"

    @property
    def paragraphs(self) -> list[str]:
        dice = random.Random(self.number)  # noqa: S311
        return [" ".join(dice.choices(WORDS, k=24)).capitalize() + "." for _ in range(6)]

    def page(self) -> bytes:
        text = "".join(f"<p>{line}</p>" for line in self.paragraphs)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{self.title}</title>'
            f'<meta property="article:published_time" content="{self.published:%Y-%m-%dT%H:%M:%S+00:00}"></head>'
            f"<body><main><article><h1>{self.title}</h1>{text}</article></main></body></html>"
        ).encode()


def story(number: int, articles: int, end: datetime) -> Story:
    """Item `number` of `articles`: a thousand a month of thirty days, the last three days before `end`."""
    step = timedelta(days=30) / PER_MONTH
    return Story(number, (end - timedelta(days=3) - step * (articles - 1 - number)).replace(microsecond=0))


def make(folder: Path, url: str, articles: int, *, end: datetime | None = None) -> Workspace:
    """A valid package of `articles` articles of a source at `url`, last crawled at `end` (now)."""
    end = end or datetime.now(UTC)
    workspace, seed = Workspace(folder), seed_of(url)
    memory = load_memory([], source_id=SOURCE)
    for first in range(0, articles, PER_MONTH):
        stories = [story(n, articles, end) for n in range(first, min(articles, first + PER_MONTH))]
        _run(workspace, seed, memory, stories, stories[-1].published + timedelta(hours=1))
    _check_sample(seed, story(0, articles, end))
    _fill_cache(workspace, seed, url, {n: story(n, articles, end) for n in range(articles)})
    build.build(workspace, seeds={SOURCE: seed})
    memory = load_memory(sorted(workspace.indexes.glob("*.cdx")), source_id=SOURCE)
    again: dict[datetime, list[Story]] = {}
    for first in range(0, articles, PER_MONTH):
        numbers = range(first, min(articles, first + PER_MONTH))
        seen = story(numbers[-1], articles, end).published + timedelta(hours=1)
        for n in numbers:
            again.setdefault(_second_look(seed, n, seen, end), []).append(story(n, articles, end))
    for at, stories in sorted(again.items()):
        _run(workspace, seed, memory, stories, at, again=True)
    build.build(workspace, seeds={SOURCE: seed})
    return workspace


def _second_look(seed: Seed, number: int, seen: datetime, end: datetime) -> datetime:
    """The run that looked at article `number`, first seen at `seen`, for the last time before `end`."""
    latest, earliest = end, seen
    for _ in range(40):  # the earliest look after which it is not due before `end`
        middle = earliest + (latest - earliest) / 2
        is_late = middle + interval(seen, middle, seed.crawl) < end
        earliest, latest = (middle, latest) if is_late else (earliest, middle)
    share = number * 0.6180339887 % 1  # evenly spread, and the same for the same number
    ago = (end - latest) * share
    step = timedelta(hours=1) if ago < timedelta(days=1) else timedelta(days=1)
    return max(end - ago // step * step - timedelta(minutes=10), seen + timedelta(minutes=30))


def _run(
    workspace: Workspace, seed: Seed, memory: Memory, stories: Iterator[Story] | list[Story], at: datetime,
    *, again: bool = False,
) -> None:  # fmt: skip
    """One crawl, as the recorder leaves it; `again` when the server says 304 to all."""
    info = RunInfo(SOURCE, run_id(SOURCE, at), seed.toml, "bench", "bench", "ministry-news/bench")
    recorder = Recorder(workspace.open_archive, info, lookup=memory.lookup)
    for n, item in enumerate(stories):
        path = f"/news/{item.number}"
        url = seed.homepage.rstrip("/") + path
        body = b"" if again else item.page()
        status = "304 Not Modified" if again else "200 OK"
        head = f'HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nETag: "{item.number}"\r\n'
        head += "\r\n" if again else f"Content-Length: {len(body)}\r\n\r\n"
        exchange = Exchange(
            url=url,
            method="GET",
            started=at + timedelta(milliseconds=10 * n),
            elapsed_ms=5,
            request=f"GET {path} HTTP/1.1\r\nHost: {url.split('/')[2]}\r\n\r\n".encode(),
            response=head.encode() + body,
            ip="127.0.0.1",
            protocols=("http/1.1",),
        )
        recorder.record(exchange, Intent(Role.ARTICLE, document=url))
    recorder.record_report({"result": "complete"})
    recorder.seal(workspace.archive)


def _made(template: Article, item: Story, capture: Capture) -> Article:
    """What extraction says of the page of `item`, made from its reading of another."""
    assert template.published_at
    moment = replace(template.published_at, value=item.published, raw=f"{item.published:%Y-%m-%dT%H:%M:%S+00:00}")
    return replace(
        template,
        url=capture.url,
        document=capture.document or "",
        title=item.title,
        text="\n".join(item.paragraphs),
        published_at=moment,
        candidates=(),
    )


def _check_sample(seed: Seed, item: Story) -> None:
    """Stops when a page is no longer read as this program says it is."""
    article = extract(item.page(), f"{seed.homepage}news/{item.number}", seed=seed)
    assert isinstance(article, Article), article
    assert (article.title, article.paragraphs) == (item.title, tuple(item.paragraphs)), article
    assert article.published == item.published, article.published


def _fill_cache(workspace: Workspace, seed: Seed, url: str, stories: dict[int, Story]) -> None:
    reader = Reader(workspace, {SOURCE: seed})
    template = extract(stories[0].page(), f"{url}/news/0", seed=seed)
    assert isinstance(template, Article)
    for path in sorted(workspace.archive.glob("*.warc.gz")):
        pages = [Page(path, capture) for capture in scan(path) if capture.role is Role.ARTICLE]
        readings: dict[str, Outcome] = {
            page.capture.capture_id: _made(template, stories[int(page.capture.url.rpartition("/")[2])], page.capture)
            for page in pages
        }
        place = reader.cache(path, pages)
        assert place, "the cache folder cannot be written"
        store(place, readings)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--articles", type=int, default=1000)
    options.add_argument("--url", default="http://127.0.0.1:8433")
    chosen = options.parse_args()
    workspace = make(chosen.folder, chosen.url, chosen.articles)
    print(f"{workspace.root}: {chosen.articles} articles")


if __name__ == "__main__":
    main()
