"""When a document is due, what an answer means, how long a host is left alone: the pure parts of the crawl."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive.index.cdxj import cdxj
from crawler.archive.index.memory import Sighting, load_memory
from crawler.crawl.faults import backoff_s, retry_after_s
from crawler.crawl.manners.pacer import BREAK_AFTER, HostBroken, Pacer
from crawler.crawl.manners.robots import read_robots
from crawler.crawl.scheduling.policy import OLD, due, interval, pace
from crawler.crawl.transport.guard import ForbiddenAddress, check_address, is_public
from crawler.model import Capture, CrawlPolicy, Locator, Role

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
POLICY = CrawlPolicy()


def seen(*days_ago: float, status: int | None = 200, hint: str | None = None) -> list[Sighting]:
    return [Sighting(NOW - timedelta(days=d), status, "response", hint, "run", "https://x.org/1") for d in days_ago]


def test_young_articles_often_old_ones_rarely() -> None:
    assert due([], None, NOW, POLICY)
    assert not due(seen(0.02), None, NOW, POLICY)
    assert due(seen(0.05), None, NOW, POLICY)
    assert not due(seen(10, 1), None, NOW, POLICY)
    assert due(seen(10, 2), None, NOW, POLICY)
    assert not due(seen(300, 29), None, NOW, POLICY)
    assert due(seen(300, 30), None, NOW, POLICY)
    assert interval(NOW - timedelta(days=3600), NOW, POLICY) == timedelta(days=300)
    assert interval(NOW - timedelta(days=3600), NOW, CrawlPolicy(recheck_days=0)) == timedelta(0)


def test_what_is_due_in_a_day_grows_with_the_logarithm_of_the_years() -> None:
    def per_day(years: int) -> float:
        """Of a source with one article a day, all of them kept."""
        ages = (timedelta(days=day) for day in range(1, years * 365))
        return sum(timedelta(days=1) / interval(NOW - age, NOW, POLICY) for age in ages)

    two, four, eight = per_day(2), per_day(4), per_day(8)
    assert timedelta(days=2 * 365) > OLD
    assert eight - four == pytest.approx(four - two, rel=0.01)
    assert eight < 1.5 * two


def test_the_memory_waits_as_the_policy_says(tmp_path: Path) -> None:
    days = [(d, last) for d in (0.01, 0.5, 3, 100, 200, 364, 370, 800, 3000) for last in (0, 0.03, 0.7, 20, 29, 31, 66)]
    captures = [
        Capture(f"{d}-{last}-{when}", "xx.x", "run", f"https://x.org/{d}/{last}", NOW - timedelta(days=when),
                Role.ARTICLE, Locator("archive/a.warc.gz", 0, 1), "response", status=200, document=f"{d}/{last}")
        for d, last in days for when in (last + d, last)
    ]  # fmt: skip
    (tmp_path / "2026-11.cdx").write_bytes(cdxj(captures))
    memory = load_memory([tmp_path / "2026-11.cdx"], source_id="xx.x")
    waiting = list(memory.waiting("xx.x", NOW, pace(POLICY)))
    assert set(waiting) == {f"{d}/{last}" for d, last in days if due(seen(last + d, last), None, NOW, POLICY)}
    late = {
        f"{d}/{last}": timedelta(days=last)
        - interval(NOW - timedelta(days=last + d), NOW - timedelta(days=last), POLICY)
        for d, last in days
    }
    assert [late[document] for document in waiting] == sorted((late[d] for d in waiting), reverse=True)


def test_a_mark_of_change_brings_a_visit_forward() -> None:
    known = seen(100, 1, hint="2026-01-01")
    assert due(known, "2026-11-22", NOW, POLICY)
    assert not due(known, "2026-01-01", NOW, POLICY)
    assert not due(known, None, NOW, POLICY)


@pytest.mark.parametrize("status", [None, 500, 429])
def test_no_answer_is_asked_for_again(status: int | None) -> None:
    assert due(seen(0.001, status=status), None, NOW, POLICY)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("0", 0.0), ("", None), ("soon", None), ("-5", None), ("9" * 40, 999_999_999.0),
     ("Mon, 23 Nov 2026 12:01:00 GMT", 60.0), ("Mon, 23 Nov 2020 12:01:00 GMT", 0.0), ("٣", None)],
)  # fmt: skip
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after_s({"retry-after": value}, NOW) == seconds


def test_backoff_grows_and_is_bounded() -> None:
    dice = random.Random(0)  # noqa: S311
    waits = [backoff_s(n, dice) for n in range(12)]
    assert all(0.5 * min(120.0, 2.0**n) <= wait <= min(120.0, 2.0**n) for n, wait in enumerate(waits))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "2001:0:53aa:64c:0:0:0:1", "ff02::1", "198.18.0.1", "192.0.2.1"],
)  # fmt: skip
def test_private_addresses_in_every_spelling(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(ForbiddenAddress):
        check_address("x.org", 80, address, ())


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001:830::200e", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_only_the_named_host_is_allowed() -> None:
    check_address("demo.test", 8099, "127.0.0.1", ("demo.test:8099",))
    check_address("demo.test", 1, "127.0.0.1", ("DEMO.test",))
    for host, port in (("demo.test", 80), ("other.test", 8099), ("127.0.0.1", 8099)):
        with pytest.raises(ForbiddenAddress):
            check_address(host, port, "127.0.0.1", ("demo.test:8099",))


def test_turns_keep_the_promised_gap_and_a_broken_host_is_left_alone() -> None:
    async def scenario() -> tuple[list[float], bool]:
        pacer, times = Pacer(), []

        async def ask() -> None:
            async with pacer.turn("x.org", 0.05):
                times.append(time.monotonic())

        await asyncio.gather(*(ask() for _ in range(4)))
        for _ in range(BREAK_AFTER):
            pacer.told("x.org", good=False)
        try:
            await ask()
        except HostBroken:
            return times, True
        return times, False

    times, broken = asyncio.run(scenario())
    assert all(b - a >= 0.05 for a, b in itertools.pairwise(times))
    assert broken


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [(200, b"User-agent: *\nDisallow: /n\nAllow: /news", True), (200, b"User-agent: *\nDisallow: /", False),
     (404, b"", True),
     (401, b"", True), (500, b"", False), (429, b"", False), (None, b"", False), (302, b"", False),
     (200, b"\xff\xfe\x00junk", True),
     (200, "\ufeffUser-agent: *\nDisallow: /".encode(), False), (200, b"<html>not robots</html>", True)],
)  # fmt: skip
def test_robots_by_status_class(status: int | None, body: bytes, allowed: bool) -> None:
    assert read_robots(status, body, "ministry-news").allows("https://x.org/news/1") is allowed
