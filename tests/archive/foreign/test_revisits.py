"""Revisits of other tools find what they repeat, however it is named and whenever it comes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import itertools
import weakref
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.archive.foreign import settled
from crawler.archive.foreign.precision import is_moment
from crawler.archive.foreign.revisits import with_originals
from crawler.model import Capture
from crawler.package.gates.build_report import revisit_warnings

OLD, NEW = b"<p>Old words", b"<p>New words"
ID = "<urn:uuid:00000000-0000-4000-8000-{:012d}>".format
URL = "https://ministry.example/news/1"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.fixture
def pages(tool: Any) -> list[bytes]:
    """Old words in January, new ones in February; a twin of the old page at another address."""
    return [
        tool.page(body=OLD, number=1, date="2026-01-01T10:00:00.456Z"),
        tool.page(body=NEW, number=2, date="2026-02-01T10:00:00Z"),
    ]


WAYS: dict[str, dict[str, str]] = {
    "id": {"warc_refers_to": ID(1)},
    "id in upper case and of nothing, and a date": {
        "warc_refers_to": "<urn:uuid:AAAAAAAA-0000-4000-8000-000000000000>",
        "warc_refers_to_target_uri": URL,
        "warc_refers_to_date": "2026-01-01T10:00:00.456Z",
    },
    "address and date": {"warc_refers_to_target_uri": URL, "warc_refers_to_date": "2026-01-01T10:00:00.456Z"},
    "bracketed address": {"warc_refers_to_target_uri": f"<{URL}>", "warc_refers_to_date": "2026-01-01T10:00:00.456Z"},
    "date to the second": {"warc_refers_to_target_uri": URL, "warc_refers_to_date": "2026-01-01T10:00:00Z"},
    "date to the microsecond": {"warc_refers_to_target_uri": URL, "warc_refers_to_date": "2026-01-01T10:00:00.456000Z"},
    "date to the minute": {"warc_refers_to_target_uri": URL, "warc_refers_to_date": "2026-01-01T10:00Z"},
    "date to the day": {"warc_refers_to_target_uri": URL, "warc_refers_to_date": "2026-01-01"},
    "date with an offset": {"warc_refers_to_target_uri": URL, "warc_refers_to_date": "2026-01-01T15:00:00+05:00"},
    "date in 14 digits": {"warc_refers_to_target_uri": URL, "warc_refers_to_date": "20260101100000"},
    "date alone": {"warc_refers_to_date": "2026-01-01T10:00:00Z"},
    "http for https": {
        "warc_refers_to_target_uri": "http://ministry.example/news/1",
        "warc_refers_to_date": "2026-01-01T10:00:00Z",
    },
    "digest": {"warc_payload_digest": "old"},
}


@pytest.mark.parametrize("order", ["original first", "revisit first", "one file each", "all in one"])
@pytest.mark.parametrize("way", WAYS)
def test_a_revisit_finds_its_original(
    way: str, order: str, tool: Any, pages: list[bytes], digest: Callable[[bytes], str]
) -> None:
    fields = {k: digest(OLD) if v == "old" else v for k, v in WAYS[way].items()}
    revisit = tool.record("revisit", URL, HEAD, number=3, date="2026-03-01T10:00:00Z", **fields)
    parts = {
        "original first": [pages, [revisit]],
        "revisit first": [[revisit], pages],
        "one file each": [[pages[1]], [revisit], [pages[0]]],
        "all in one": [[revisit, *pages]],
    }[order]
    for n, part in enumerate(parts):
        tool.take(*part, name=f"{n}.warc.gz")
    by_kind = {(c.kind, c.fetched_at.month): c for c in tool.captures()}
    assert by_kind["revisit", 3].revisit_of == by_kind["response", 1].capture_id


def test_a_digest_of_another_address_counts_where_none_of_its_own_does(
    tool: Any, digest: Callable[[bytes], str]
) -> None:
    tool.take(
        tool.page("/copy", OLD, number=1, date="2026-01-01T10:00:00Z"),
        tool.record(
            "revisit", URL, HEAD, number=3, date="2026-03-01T10:00:00Z", warc_payload_digest=digest(OLD).lower()
        ),
    )
    revisit = next(c for c in tool.captures() if c.kind == "revisit")
    assert revisit.revisit_of == next(c.capture_id for c in tool.captures() if c.kind == "response")


@pytest.mark.parametrize("orders", list(itertools.permutations(range(4)))[::5])
def test_chains_lead_to_the_response(orders: tuple[int, ...], tool: Any) -> None:
    chain = [tool.page(body=OLD, number=1, date="2026-01-01T10:00:00Z")]
    for n in (2, 3, 4):
        date = f"2026-0{n}-01T10:00:00Z"
        chain.append(tool.record("revisit", URL, HEAD, number=n, date=date, warc_refers_to=ID(n - 1)))
    for n in orders:
        tool.take(chain[n], name=f"{n}.warc.gz")
    its = tool.captures()
    (response,) = (c.capture_id for c in its if c.kind == "response")
    assert [c.revisit_of for c in its if c.kind == "revisit"] == [response] * 3


def test_revisits_of_each_other_repeat_nothing(tool: Any) -> None:
    for n, of in ((1, 2), (2, 1), (3, 3)):
        date = f"2026-0{n}-01T10:00:00Z"
        tool.take(tool.record("revisit", URL, HEAD, number=n, date=date, warc_refers_to=ID(of)), name=f"{n}.warc.gz")
    assert [capture.revisit_of for capture in tool.captures()] == [None] * 3


def test_not_modified_means_the_last_whole_answer(tool: Any, pages: list[bytes]) -> None:
    head = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    cut = tool.page(body=b"<p>cut", number=4, date="2026-02-15T10:00:00Z", warc_truncated="time")
    tool.take(*pages, cut, tool.record("revisit", URL, head, number=3, date="2026-03-01T10:00:00Z"))
    its = {(c.kind, c.fetched_at.month): c for c in tool.captures() if not c.truncated}
    assert its["revisit", 3].revisit_of == its["response", 2].capture_id


def test_the_digest_of_nothing_says_nothing(tool: Any, digest: Callable[[bytes], str]) -> None:
    tool.take(
        tool.page("/empty", b"", number=1),
        tool.record("revisit", URL, HEAD, number=2, date="2026-03-06T10:00:00Z", warc_payload_digest=digest(b"")),
    )
    assert [c.revisit_of for c in tool.captures() if c.kind == "revisit"] == [None]


def test_many_revisits_of_one_page_are_settled_in_little_time(tool: Any, digest: Callable[[bytes], str]) -> None:
    dates = [f"2026-03-{n // 1440 + 1:02d}T{n // 60 % 24:02d}:{n % 60:02d}:00Z" for n in range(3000)]
    chain = [tool.page(body=OLD, number=1, date=dates[0])]
    for n, date in enumerate(dates[1:], 2):
        chain.append(tool.record("revisit", URL, HEAD, number=n, date=date, warc_refers_to=ID(n - 1)))
    tool.take(*chain)
    its = tool.captures()
    assert len({c.revisit_of for c in its if c.kind == "revisit"}) == 1


@pytest.mark.parametrize(
    ("text", "moment", "named"),
    [
        ("2026", "2026-05-04T03:02:01.5", True),
        ("2026-05", "2026-05-04T03:02:01.5", True),
        ("2026-05-04", "2026-05-05T00:00:00", False),
        ("2026-05-04T03:02Z", "2026-05-04T03:02:59", True),
        ("2026-05-04T03:02+05:00", "2026-05-03T22:02:59", True),
        ("2026-05-04T03:02:01Z", "2026-05-04T03:02:01.999", True),
        ("2026-05-04T03:02:01.5Z", "2026-05-04T03:02:01", True),
        ("2026-05-04T03:02:01.5Z", "2026-05-04T03:02:01.4", False),
        ("2026-05-04T03:02:01.52Z", "2026-05-04T03:02:01.5", True),
        ("20260504", "2026-05-04T03:02:01", True),
    ],
)
def test_dates_meet_at_the_coarser_one(text: str, moment: str, named: bool) -> None:
    assert is_moment(text, datetime.fromisoformat(moment).replace(tzinfo=UTC)) is named


CODED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
ZIPPED = gzip.compress(OLD, mtime=0)
CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(OLD), OLD)


def stated(name: str, content: bytes, form: str) -> str:
    value = hashlib.new(name, content, usedforsecurity=False).digest()
    return f"{name}:{value.hex() if form == 'hex' else base64.b32encode(value).decode()}"


@pytest.mark.parametrize("own", ["", "sha1", "sha512"], ids=["states none", "states sha1", "states sha512"])
@pytest.mark.parametrize(
    ("message", "content"),
    [(HEAD + OLD, OLD), (CODED + ZIPPED, ZIPPED), (CODED + ZIPPED, OLD), (CHUNKED + CHUNKS, CHUNKS)],
    ids=["plain", "coded", "decoded", "chunks"],
)
@pytest.mark.parametrize(
    ("name", "form"), [("md5", "hex"), ("sha256", "base32"), ("sha512", "hex"), ("sha384", "base32"), ("sha1", "hex")]
)
def test_a_digest_by_another_algorithm_than_its_originals_is_taken_of_its_bytes(
    name: str, form: str, message: bytes, content: bytes, own: str, tool: Any
) -> None:
    fields = {"warc_payload_digest": stated(own, content, "base32")} if own else {}
    tool.take(
        tool.record("revisit", URL, HEAD, number=3, date="2026-03-01T10:00:00Z",
                    warc_payload_digest=stated(name, content, form)),
        tool.page(body=NEW, number=2, date="2026-02-01T10:00:00Z"),
        tool.record("response", URL, message, number=1, date="2026-01-01T10:00:00Z", **fields),
    )  # fmt: skip
    by_kind = {(c.kind, c.fetched_at.month): c for c in tool.captures()}
    assert by_kind["revisit", 3].revisit_of == by_kind["response", 1].capture_id


@pytest.mark.parametrize("digest_of", [b"other", b""], ids=["of other bytes", "of nothing"])
def test_a_digest_of_other_bytes_stays_open_and_is_told(digest_of: bytes, tool: Any, pages: list[bytes]) -> None:
    fields = {"warc_payload_digest": stated("md5", digest_of, "hex")}
    tool.take(*pages, tool.record("revisit", URL, HEAD, number=3, date="2026-03-01T10:00:00Z", **fields))
    captures = tool.captures()
    assert [c.revisit_of for c in captures if c.kind == "revisit"] == [None]
    (line,) = revisit_warnings(captures)
    assert line.startswith(
        f"{tool.seed.id}: 1 revisits not resolved: what they repeat is not in this package, first {URL}"
    )


def test_records_are_read_only_where_a_revisit_is_open(
    tool: Any, pages: list[bytes], digest: Callable[[bytes], str]
) -> None:
    tool.take(*pages, tool.record("revisit", URL, HEAD, number=3, date="2026-03-01T10:00:00Z",
                                  warc_payload_digest=digest(OLD)))  # fmt: skip

    def read(capture: Capture) -> tuple[bytes, ...]:
        raise AssertionError(capture)

    assert all(c.revisit_of for c in with_originals(tool.captures(), read) if c.kind == "revisit")


def test_captures_are_gone_through_and_not_held(tool: Any, pages: list[bytes], digest: Callable[[bytes], str]) -> None:
    """A package of millions of captures of other tools needs no more memory than one of few."""
    tool.take(*pages, tool.record("revisit", URL, HEAD, number=3, date="2026-03-01T10:00:00Z",
                                  warc_payload_digest=digest(OLD)))  # fmt: skip
    its = tool.captures()

    class Weak(Capture):  # which can be seen to go
        pass

    class Passing:
        here = most = 0

        def __iter__(self) -> Iterator[Capture]:
            for capture in its:
                passing = Weak(**{field.name: getattr(capture, field.name) for field in fields(capture)})
                weakref.finalize(passing, self.leave)
                self.here += 1
                self.most = max(self.most, self.here)
                yield passing

        def leave(self) -> None:
            self.here -= 1

    passing = Passing()
    assert [c.capture_id for c in settled(passing)] == [c.capture_id for c in its]
    assert passing.most <= 2


@pytest.mark.parametrize("name", ["md5", "sha512", "sha384"])
def test_a_digest_by_another_algorithm_counts_at_another_address_too(name: str, tool: Any) -> None:
    tool.take(
        tool.record("revisit", URL, HEAD, number=3, date="2026-03-01T10:00:00Z",
                    warc_payload_digest=stated(name, OLD, "hex")),
        tool.page(body=NEW, number=2, date="2026-02-01T10:00:00Z"),
        tool.page("/copy", OLD, number=1, date="2026-01-01T10:00:00Z"),
    )  # fmt: skip
    by_kind = {(c.kind, c.fetched_at.month): c for c in tool.captures()}
    assert by_kind["revisit", 3].revisit_of == by_kind["response", 1].capture_id


def test_all_of_a_package_is_not_read_for_digests_that_are_known_of_it(tool: Any, pages: list[bytes]) -> None:
    fields = {"warc_payload_digest": stated("sha1", b"elsewhere", "hex")}
    tool.take(*pages, tool.record("revisit", f"{URL}0", HEAD, number=3, date="2026-03-01T10:00:00Z", **fields))
    read: list[Capture] = []

    def contents(capture: Capture) -> tuple[bytes, ...]:
        read.append(capture)
        return ()

    assert [c.revisit_of for c in with_originals(tool.captures(), contents) if c.kind == "revisit"] == [None]
    assert not read
