"""Soft 404s: learned from an address that cannot exist, once per run and kind of page."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.archive.http.exchange import Intent
from crawler.archive.warc.reader import iter_payloads
from crawler.crawl.manners.probe import MAX_PROBES, Probes, impossible, judged, pattern_of
from crawler.crawl.reading import LimitReached, LinkReader
from crawler.crawl.run import run_crawls
from crawler.discovery.markup.page_lines import PageLines
from crawler.extraction import extract_capture
from crawler.model import Article, Capture, Link, Locator, Payload, Reason, Rejection, Role
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from fault_server import SENTENCE, FaultSite, Handler, page


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("https://x.org/news/view/123", "https://x.org/news/view/987654321098"),
        ("https://x.org/news/view/123/", "https://x.org/news/view/987654321098/"),
        ("https://x.org/press/press_00123.html", "https://x.org/press/press_987654321098.html"),
        ("https://x.org/view.do?id=77&lang=uz-Latn", "https://x.org/view.do?id=987654321098&lang=uz-Latn"),
        (  # the last number is the page of the list
            "https://x.org/view.do?board=BBS_0012&id=77&pageIndex=1",
            "https://x.org/view.do?board=no-such-page-SUM&id=987654321098&pageIndex=987654321098",
        ),
        ("https://x.org/news/77?page=2", "https://x.org/news/987654321098?page=987654321098"),
        ("https://x.org/news/a-fine-day?page=2", "https://x.org/news/no-such-page-SUM?page=987654321098"),
        (
            "https://x.org/news/77/a-fine-day",
            "https://x.org/news/987654321098/no-such-page-SUM",
        ),  # its slug is passed over
        ("https://x.org/v2/news?view=item&doc=a-fine-day", "https://x.org/v2/news?view=item&doc=no-such-page-SUM"),
        ("https://x.org/2026/05/a-fine-day/", "https://x.org/987654321098/987654321098/no-such-page-SUM/"),
    ],
)
def test_an_impossible_address_is_like_the_possible_ones(url: str, other: str) -> None:
    assert impossible(url, "xx.site") == other.replace("SUM", hashlib.sha256(b"xx.site").hexdigest()[:8])
    assert pattern_of(impossible(url, "xx.site")) == pattern_of(url)
    assert impossible(url, "xx.site") == impossible(url, "xx.site") != url


def sorry(handler: Handler) -> None:
    """The answer to what is not there: status 200, the frame of the site and a text of some length."""
    path, count = handler.path, handler.site.tries.total()
    text = "".join(f"<p>{SENTENCE * 2} This paragraph stands on every page, number {n}.</p>" for n in range(4))
    body = f"<html><head><title>Report of the day</title></head><body><main><article><h1>Report of the day</h1>{text}"
    handler.plain(f"{body}<p>{path}</p><p>{count} visitors</p></article></main></body></html>".encode())


@pytest.fixture
def site() -> Iterator[FaultSite]:
    server = FaultSite()
    server.fallback = sorry
    yield server
    server.close()


def crawl(site: FaultSite, folder: Path, toml: str) -> tuple[dict[str, Article | Rejection], dict[str, int]]:
    seed = parse_seed(toml, seed_id="xx.probe", path="x")
    workspace = Workspace(folder / "package")
    (report,) = run_crawls([seed], workspace)
    (path,) = workspace.archive.glob("*.warc.gz")
    payloads = list(iter_payloads(path, role=Role.ARTICLE))
    return {p.capture.url.removeprefix(site.url): extract_capture(p, seed) for p in payloads}, report.counts


def test_what_looks_like_the_answer_to_an_impossible_address_is_no_article(site: FaultSite, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        site.pages[f"/n/{number}"] = lambda h: h.plain(page(h.path))
    site.list(["/n/1", "/n/404", "/n/2", "/n/405", "/n/3"])
    records, counts = crawl(site, tmp_path, site.seed().replace("probe = false\n", ""))
    assert {path for path, record in records.items() if isinstance(record, Article)} == {"/n/1", "/n/2", "/n/3"}
    for path in ("/n/404", "/n/405"):
        record = records[path]
        assert isinstance(record, Rejection)
        assert record.reason is Reason.NO_VERSION
        assert "987654321098" in record.detail
    assert (counts["probes"], counts["soft 404"]) == (1, 2)


def test_a_page_for_errors_that_is_told_what_was_asked_for_is_one_page(site: FaultSite, tmp_path: Path) -> None:
    """Each who asks for what is not there is sent to the same page, with the address in a parameter, as by ASP.NET."""

    def away(handler: Handler) -> None:
        handler.plain(b"", status=302, Location=f"/oops?from=site&aspxerrorpath={handler.path}")

    site.prefixes["/oops"] = sorry
    site.fallback = away
    site.pages["/n/1"] = lambda h: h.plain(page(h.path))
    site.list(["/n/1", "/n/404", "/n/405"])
    records, _ = crawl(site, tmp_path, site.seed().replace("probe = false\n", ""))
    assert isinstance(records.pop("/n/1"), Article)
    assert set(records) == {"/n/404", "/n/405"}, "the page for errors is not read as an article"
    for record in records.values():
        assert isinstance(record, Rejection)
        assert record.reason is Reason.NOT_FOUND


def test_an_address_with_the_page_of_its_list_is_no_soft_404(site: FaultSite, tmp_path: Path) -> None:
    """The site reads the number alone, as boards do: the answer to another `pageIndex` is the article."""

    def board(handler: Handler) -> None:
        number = parse_qs(urlsplit(handler.path).query)["nttId"][0]
        handler.plain(page(f"/n/{number}")) if len(number) < 4 else sorry(handler)

    site.prefixes["/view.do"] = board
    addresses = [f"/view.do?nttId={number}&pageIndex=1" for number in (1, 2, 404_404)]
    site.list(addresses)
    records, _ = crawl(site, tmp_path, site.seed().replace("probe = false\n", ""))
    assert {path for path, record in records.items() if isinstance(record, Article)} == set(addresses[:2])


def test_probes_are_few_and_can_be_switched_off(site: FaultSite, tmp_path: Path) -> None:
    kinds = "abcdefgh"
    for kind in kinds:
        site.pages[f"/{kind}/1"] = lambda h: h.plain(page(h.path))
    site.list([f"/{kind}/1" for kind in kinds])
    _, counts = crawl(site, tmp_path / "on", site.seed().replace("probe = false\n", ""))
    assert counts["probes"] == MAX_PROBES
    site.requests.clear()
    _, counts = crawl(site, tmp_path / "off", site.seed())
    assert "probes" not in counts
    assert not any("987654321098" in path for _, path, _ in site.requests)


class _Slow(LinkReader):
    def __init__(self) -> None:
        self.asked: list[bytes] = []

    async def page_lines(self, body: bytes) -> PageLines | None:
        """Reads the first page, and finds the others too much."""
        self.asked.append(body)
        if len(self.asked) > 1:
            raise LimitReached("too much")
        return PageLines("Sorry", frozenset())


def test_a_page_that_costs_too_much_to_be_compared_is_an_article_and_told(site: FaultSite) -> None:
    seed, reader = parse_seed(site.seed().replace("probe = false\n", ""), seed_id="xx.probe", path="x"), _Slow()
    probes = Probes(seed, reader)
    url = f"{site.url}/n/1"
    probe = probes.wanted(Link(url, Role.ARTICLE))
    assert probe is not None
    where = Locator("archive/x.warc.gz", 0, 1)
    capture = Capture(
        "id", "xx.probe", "run", probe.url, datetime(2026, 1, 2, tzinfo=UTC), Role.PROBE, where, status=200
    )
    request = Request(url, meta={"intent": Intent(Role.ARTICLE), "probes": probes})

    async def ask() -> Intent:
        await probes.learn(Payload(capture, (), b"sorry"))
        return await judged(request, Response(url, body=b"hostile", request=request))

    assert asyncio.run(ask()) == Intent(Role.ARTICLE)
    assert reader.asked == [b"sorry", b"hostile"], "pages are read by the reader alone"
    assert request.meta["not_compared"] == "too much"
