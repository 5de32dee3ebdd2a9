"""Pages are read for their links in a process with limits, and whatever it costs, the crawl goes on."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from crawler.crawl import reading
from crawler.crawl.reading import LimitReached, Limits, LinkReader
from crawler.discovery import Found, Listing, start
from crawler.discovery.markup.page_lines import PageLines, page_lines
from crawler.model import Capture, Link, Locator, Payload, Role, Seed
from crawler.model.plain import packed, unpacked
from tests.growth import LISTINGS, SEEDS, payload

SEED, LISTING = SEEDS["listing"], LISTINGS["listing"]
PAGE = payload(
    b'<a href="/1">one</a><a href="/2">two</a><a href=/a.pdf>a</a><a class=next href="?p=2">next</a>', "text/html"
)


def stubborn(kind: bytes) -> Payload:
    return payload(kind, "text/html")


def _discover(page: Payload, listing: Listing, seed: Seed) -> Found:
    """What pages do that no reader of ours should meet."""
    if page.body == b"spin":
        while True:
            pass
    if page.body == b"sleep":
        time.sleep(60)
    if page.body == b"grow":
        bytearray(4 << 30)
    if page.body == b"tell":
        return Found(problems=("x" * (2 << 20),))
    if page.body == b"die":
        os._exit(86)
    if page.body == b"deep":
        raise RecursionError
    if page.body == b"defect":
        raise ZeroDivisionError("a defect")
    return Found(links=(Link(str(os.getpid()), Role.ARTICLE),))


def _page_lines(body: bytes) -> PageLines | None:
    if body == b"spin":
        while True:
            pass
    return page_lines(body)


@pytest.fixture
def stubborn_reader(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[LinkReader]:
    monkeypatch.setattr(reading, "discover", _discover)
    monkeypatch.setattr(reading, "page_lines", _page_lines)
    wall_s = 4 if "more than 4 s" in request.node.name else 300  # processor time is slow on a busy machine
    reader = LinkReader.start([SEED], Limits(cpu_s=1, wall_s=wall_s, memory_mb=512, answer_mb=1))
    yield reader
    reader.close()


@pytest.fixture
def reader() -> Iterator[LinkReader]:
    found = LinkReader.start([SEED])
    yield found
    found.close()


def test_what_is_found_is_what_discovery_finds(reader: LinkReader) -> None:
    async def ask() -> tuple[Found, tuple[str, ...]]:
        return await reader.discover(PAGE, LISTING, SEED), await reader.media_links(PAGE, SEED)

    found, files = asyncio.run(ask())
    assert found == reading.discover(PAGE, LISTING, SEED)
    assert [link.url for link in found.links][:2] == ["https://ministry.example/1", "https://ministry.example/2"]
    assert len(found.next) == 1
    assert files == ("https://ministry.example/a.pdf",)


def test_what_a_page_shows_is_what_its_reader_sees(reader: LinkReader) -> None:
    async def ask() -> tuple[PageLines | None, PageLines | None]:
        return await reader.page_lines(b"<title>A 1</title><p>b 22<script>c</script>d"), await reader.page_lines(b" ")

    assert asyncio.run(ask()) == (PageLines("A 0", frozenset({"A 0", "b 0", "d"})), None)


def test_a_page_that_costs_too_much_to_be_compared_costs_only_itself(stubborn_reader: LinkReader) -> None:
    async def ask() -> PageLines | None:
        with pytest.raises(LimitReached, match="1 s of processor time"):
            await stubborn_reader.page_lines(b"spin")
        return await stubborn_reader.page_lines(b"<p>good")

    assert asyncio.run(ask()) == PageLines("", frozenset({"good"}))


def test_large_pages_go_through(reader: LinkReader) -> None:
    body = b'<a href="/1">one</a>' + b" " * (12 << 20)
    found = asyncio.run(reader.discover(payload(body, "text/html"), LISTING, SEED))
    assert len(found.links) == 1


@pytest.mark.parametrize(
    ("kind", "said"),
    [(b"spin", "1 s of processor time"), (b"sleep", "more than 4 s"), (b"grow", "512 MB"), (b"die", "processor time"),
     (b"deep", "nested too deeply"), (b"tell", "more than 1 MB of what was found")],
)  # fmt: skip
def test_a_page_that_costs_too_much_costs_only_itself(stubborn_reader: LinkReader, kind: bytes, said: str) -> None:
    async def ask() -> tuple[int, Found]:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.05)
                ticks += 1

        clock = asyncio.create_task(tick())
        with pytest.raises(LimitReached, match=said):
            await stubborn_reader.discover(stubborn(kind), LISTING, SEED)
        clock.cancel()
        return ticks, await stubborn_reader.discover(stubborn(b"good"), LISTING, SEED)

    ticks, found = asyncio.run(ask())
    assert len(found.links) == 1
    assert kind not in (b"spin", b"sleep") or ticks > 10, "the crawl's own loop went on"


def test_a_defect_is_raised_where_it_is_told(stubborn_reader: LinkReader) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError: a defect"):
        asyncio.run(stubborn_reader.discover(stubborn(b"defect"), LISTING, SEED))


def test_questions_at_once_wait_for_each_other(reader: LinkReader) -> None:
    async def ask() -> list[Found]:
        return list(await asyncio.gather(*(reader.discover(PAGE, LISTING, SEED) for _ in range(20))))

    assert len({len(found.links) for found in asyncio.run(ask())}) == 1


def test_values_come_back_as_what_they_were() -> None:
    where = Locator("archive/x.warc.gz", 0, 1)
    capture = Capture("id", "xx.a", "run", "https://x.example/", datetime(2026, 1, 2, tzinfo=UTC), Role.MEDIA, where)
    for value in (capture, *start(SEED), Link("u", Role.ARTICLE, headers=MappingProxyType({"a": "b"}))):
        assert unpacked(type(value), packed(value)) == value


@pytest.mark.parametrize(
    "value",
    [{"url": 1, "role": "article"}, {"url": "u", "role": "other"}, {"url": "u", "role": "article", "more": 1}, [], "u",
     {"url": "u", "role": "article", "headers": {"a": 1}}, {"url": True, "role": "article"}],
)  # fmt: skip
def test_what_is_of_another_type_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        unpacked(Link, value)
