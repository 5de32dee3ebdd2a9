"""What other tools and servers make of one page: codings, framings, fields and ids, each with what is read of it."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import brotli
import pytest
import zstandard

from crawler.archive.warc.reader import iter_captures, iter_payloads

URL = "https://ministry.example/news/1"
PAGE = ("<!doctype html><title>Weir</title><p>The weir is mended, says the ministry of rivers.</p>" * 9).encode()
TYPE = "Content-Type: text/html"
SKIPPED = b"\x5a\x2a\x4d\x18\x03\0\0\0abc"  # RFC 8878, 3.1.2


def deflated(data: bytes, bits: int) -> bytes:
    engine = zlib.compressobj(6, zlib.DEFLATED, bits)
    return engine.compress(data) + engine.flush()


def chunked(data: bytes, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    half = len(data) // 2
    parts = b"".join(b"%X%s\r\n%s\r\n" % (len(part), extension, part) for part in (data[:half], data[half:]))
    return parts + b"0\r\n" + trailer + b"\r\n"


def answer(body: bytes, *fields: str, line: str = "HTTP/1.1 200 OK", end: str = "\r\n") -> bytes:
    return end.join([line, *fields, "", ""]).encode() + body


ANSWERS: dict[str, bytes] = {
    "x-gzip": answer(gzip.compress(PAGE), TYPE, "Content-Encoding: x-gzip"),
    "gzip twice": answer(gzip.compress(gzip.compress(PAGE)), TYPE, "Content-Encoding: gzip, gzip"),
    "gzip, then br, in two fields": answer(
        brotli.compress(gzip.compress(PAGE)), TYPE, "Content-Encoding: gzip", "content-encoding: br"
    ),
    "deflate without its wrapper": answer(deflated(PAGE, -15), TYPE, "Content-Encoding: deflate"),
    "deflate in its wrapper": answer(deflated(PAGE, 15), TYPE, "Content-Encoding: Deflate"),
    "three gzip members, one of nothing": answer(
        gzip.compress(PAGE[:50]) + gzip.compress(b"") + gzip.compress(PAGE[50:]), TYPE, "Content-Encoding: gzip"
    ),
    "zstd frames around a skippable one": answer(
        zstandard.compress(PAGE[:70]) + SKIPPED + zstandard.compress(PAGE[70:]) + SKIPPED,
        TYPE,
        "Content-Encoding: zstd",
    ),
    "chunks with extensions and a trailer": answer(
        chunked(PAGE, b';name="a;b"', b"Expires: never\r\n"), TYPE, "Transfer-Encoding: chunked"
    ),
    "chunks of deflate": answer(chunked(deflated(PAGE, 15)), TYPE, "Transfer-Encoding: deflate, chunked"),
    "gzip content in chunks of gzip": answer(
        chunked(gzip.compress(gzip.compress(PAGE))), TYPE, "Content-Encoding: gzip", "Transfer-Encoding: gzip, chunked"
    ),
    "decoded under the heads of chunks and br": answer(
        PAGE, TYPE, "Content-Encoding: br", "Transfer-Encoding: chunked", "Content-Length: 77"
    ),
    "102 and 103 before": b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    + answer(PAGE, TYPE),
    "the second line of HTTP/2": answer(PAGE, TYPE, line="HTTP/2 200"),
    "line feeds alone": answer(PAGE, TYPE, end="\n"),
    "length stated twice alike": answer(PAGE, TYPE, f"Content-Length: {len(PAGE)}", f"Content-Length: {len(PAGE)}"),
    "no type": answer(PAGE),
    "text/plain, text/html": answer(PAGE, "Content-Type: text/plain, text/html; charset=utf-8"),
    "*/* beside text/html": answer(PAGE, "Content-Type: */*", TYPE),
    "a type in capitals": answer(PAGE, "CONTENT-TYPE: TEXT/HTML;CHARSET=UTF-8"),
    "a longer body than stated": answer(PAGE, TYPE, "Content-Length: 10"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_page_is_whole_in_every_coding_and_framing(name: str, tool: Any) -> None:
    taken = tool.take(tool.record("response", URL, ANSWERS[name]))
    assert (taken.count, taken.faults) == (1, [])
    (payload,) = (p for path in tool.workspace.archive.glob("*.warc.gz") for p in iter_payloads(path))
    assert payload.body == PAGE
    assert payload.capture.truncated is None
    assert payload.capture.mime in (None, "text/html")


IDS = (
    "<urn:uuid:AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE>", "<URN:UUID:aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee>",
    "{aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee}", "aaaaaaaabbbb4ccc8dddeeeeeeeeeeee", "urn:sha1:ABC", "<info:lc/1 2>", "7",
)  # fmt: skip


@pytest.mark.parametrize("given", IDS)
def test_the_id_of_another_tool_stands_for_nothing(given: str, tool: Any) -> None:
    """Two pages under one id are two captures, and the page of the second ingest is known."""
    head = answer(PAGE, TYPE)
    first = tool.record("response", URL, head, warc_record_id=given)
    other = tool.record("response", URL + "0", head, warc_record_id=given)
    assert tool.take(first, other).count == 2
    again = tool.take(first, name="y.warc.gz")
    assert (again.count, again.known) == (0, 1)
    captures = tool.captures()
    assert len({c.capture_id for c in captures}) == len(captures) == 2


def digest_field(name: str, written: str, data: bytes, form: str) -> str:
    value = hashlib.new(name, data, usedforsecurity=False).digest()
    return f"{written}:{value.hex().upper() if form == 'HEX' else b64encode(value).decode()}"


@pytest.mark.parametrize(("name", "written"), [("sha256", "SHA-256"), ("md5", "MD5"), ("sha512", "sha_512")])
@pytest.mark.parametrize("form", ["HEX", "base64"])
@pytest.mark.parametrize("is_right", [True, False])
def test_block_digests_are_verified_in_every_form(
    name: str, written: str, form: str, is_right: bool, tool: Any
) -> None:
    block = answer(PAGE, TYPE)
    stated = digest_field(name, written, block if is_right else b"other", form)
    taken = tool.take(tool.record("response", URL, block, warc_block_digest=stated))
    (capture,) = tool.captures()
    assert (taken.count, bool(taken.faults), bool(capture.truncated)) == (1, not is_right, not is_right)


MOMENTS = {
    "2026": datetime(2026, 1, 1, tzinfo=UTC),
    "2026-03": datetime(2026, 3, 1, tzinfo=UTC),
    "2026-03-05T12:00Z": datetime(2026, 3, 5, 12, tzinfo=UTC),
    "2026-03-05t12:00:60z": datetime(2026, 3, 5, 12, 1, tzinfo=UTC),
    "2026-03-05T17:00:00+05:00": datetime(2026, 3, 5, 12, tzinfo=UTC),
    "2026-03-05T12:00:00.123456789Z": datetime(2026, 3, 5, 12, 0, 0, 123456, tzinfo=UTC),
    "20260305120000": datetime(2026, 3, 5, 12, tzinfo=UTC),
}


@pytest.mark.parametrize("stated", MOMENTS)
def test_a_date_of_any_precision_is_kept_as_all_tools_read_it(stated: str, tool: Any) -> None:
    tool.take(tool.record("response", URL, answer(PAGE, TYPE), date=stated))
    (path,) = tool.workspace.archive.glob("*.warc.gz")
    assert [c.fetched_at for c in iter_captures(path)] == [MOMENTS[stated]]


@pytest.mark.parametrize("method", ["POST", "PUT", "HEAD", "OPTIONS", "PATCH", "DELETE"])
def test_what_was_not_got_is_no_page(method: str, tool: Any) -> None:
    its = f"{method} /news/1 HTTP/1.1\r\nHost: ministry.example\r\n\r\n".encode()
    request = tool.record(
        "request", URL, its, number=2, warc_concurrent_to="<urn:uuid:00000000-0000-4000-8000-000000000001>"
    )
    tool.take(tool.record("response", URL, answer(PAGE, TYPE), number=1), request)
    (capture,) = tool.captures()
    assert (capture.method, capture.role.value) == (method, "probe")


@pytest.mark.parametrize(
    ("stated", "url"),
    [
        (f"<{URL}>", URL),
        (f" {URL}\t", URL),
        ("https://MINISTRY.example/news/1", "https://MINISTRY.example/news/1"),
        ("https://ministry.example/новости", "https://ministry.example/новости"),
        (f"{URL}>", f"{URL}>"),
    ],
)
def test_an_address_is_what_stands_between_its_brackets(stated: str, url: str, tool: Any) -> None:
    tool.take(tool.record("response", stated, answer(PAGE, TYPE)))
    assert [capture.url for capture in tool.captures()] == [url]


@pytest.mark.parametrize("fold", ["\r\n ", "\r\n\t", "\n  "])
def test_folded_fields_of_a_record_are_one_line(fold: str, tool: Any) -> None:
    record = tool.record("response", URL, answer(PAGE, TYPE)).replace(b"Date: ", f"Date:{fold}".encode(), 1)
    record = record.replace(b"date: ", f"date:{fold}".encode(), 1)
    assert tool.take(record).count == 1
    (payload,) = (p for path in tool.workspace.archive.glob("*.warc.gz") for p in iter_payloads(path))
    assert (payload.body, payload.capture.fetched_at) == (PAGE, datetime(2026, 3, 5, 12, tzinfo=UTC))
