"""Bodies in rare but valid framings, and heads that say more than once, or other than, what the body is."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime

import brotli
import pytest
import zstandard

from crawler.archive.foreign.members import kept
from crawler.archive.http.codings import DECODERS, is_text
from crawler.archive.http.http1 import Head, decode, entity, parse_head, split_answer
from crawler.archive.scanning.scan import record_of
from crawler.archive.warc.fields import media_type, parse_warc_date

PAGE = "<p>Проверка канала</p>".encode() * 60
HALVES = (PAGE[:500], PAGE[500:])
SKIPPED = b"\x5a\x2a\x4d\x18\x05\x00\x00\x00hello"
FRAMES = tuple(zstandard.compress(half) for half in HALVES)


def head(**fields: str) -> Head:
    return Head(200, tuple((name.replace("_", "-"), value) for name, value in fields.items()))


@pytest.mark.parametrize(
    "body",
    [
        b"".join(FRAMES),
        SKIPPED + FRAMES[0] + FRAMES[1],
        SKIPPED * 3 + FRAMES[0] + SKIPPED + FRAMES[1] + SKIPPED,
        FRAMES[0] + zstandard.compress(b"") + FRAMES[1],
        b"".join(
            zstandard.ZstdCompressor(write_content_size=False).compress(PAGE[n : n + 7]) for n in range(0, 2000, 7)
        )
        + zstandard.compress(PAGE[2002:]),
    ],
)
def test_all_frames_of_a_zstd_body_are_read(body: bytes) -> None:
    read = decode(head(Content_Encoding="zstd"), body)
    assert (read.data, read.problem) == (PAGE, None)


@pytest.mark.parametrize("cut", [FRAMES[0] + FRAMES[1][:-5], FRAMES[0] + SKIPPED[:-1], SKIPPED[:-1], SKIPPED[:6]])
def test_a_zstd_body_that_ends_early_says_so(cut: bytes) -> None:
    assert decode(head(Content_Encoding="zstd"), cut).problem == "cut"


def test_frames_together_are_bounded() -> None:
    bomb = zstandard.compress(bytes(1 << 16)) * 64
    read = decode(head(Content_Encoding="zstd"), bomb, max_bytes=100_000)
    assert (len(read.data), read.problem) == (100_000, "too large")


def _chunked(data: bytes, step: int = 10) -> bytes:
    pieces = [data[n : n + step] for n in range(0, len(data), step)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip, chunked", gzip.compress(PAGE)),
        ("GZip,Chunked", gzip.compress(HALVES[0]) + gzip.compress(HALVES[1])),
        ("deflate, chunked", zlib.compress(PAGE)),
        ("x-gzip, chunked", PAGE),  # named and not applied
    ],
)
def test_a_transfer_coding_is_no_part_of_the_entity(coding: str, body: bytes) -> None:
    read = entity(head(Transfer_Encoding=coding), _chunked(body))
    assert (read.data, read.problem) == (PAGE, None)


def test_a_transfer_coding_without_chunks_is_removed() -> None:
    assert decode(head(Transfer_Encoding="gzip"), gzip.compress(PAGE)).data == PAGE


@pytest.mark.parametrize("coding", sorted(DECODERS))
@pytest.mark.parametrize("text", [PAGE, b"\r\n<!DOCTYPE html><title>x</title>", b"{}", "Проверка".encode("cp1251") * 9])
def test_a_body_kept_decoded_under_the_head_of_the_coded_one_is_whole(coding: str, text: bytes) -> None:
    read = decode(head(Content_Encoding=coding, Content_Length=str(len(text) + 300)), text)
    assert (read.data, read.problem) == (text, None)


@pytest.mark.parametrize("coded", [gzip.compress(PAGE), brotli.compress(PAGE), zstandard.compress(PAGE)])
def test_what_is_packed_is_no_text(coded: bytes) -> None:
    assert not is_text(coded)


def test_a_coded_body_that_is_cut_is_cut() -> None:
    body = gzip.compress(PAGE)
    assert decode(head(Content_Encoding="gzip", Content_Length=str(len(body))), body[:-9]).problem == "cut"
    assert decode(head(Content_Length=str(len(PAGE))), PAGE[:-9]).problem == "cut"


@pytest.mark.parametrize(
    "interim", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"]
)
@pytest.mark.parametrize("times", [1, 3])
def test_interim_answers_before_the_final_one_are_passed_over(interim: bytes, times: int) -> None:
    first, body = split_answer(interim * times + b"HTTP/1.1 200 OK\r\nX-A: b\r\n\r\nbody")
    assert (parse_head(first).status, body) == (200, b"body")


def test_secrets_of_all_heads_of_an_answer_are_masked() -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\nSet-Cookie: a=1\r\n\r\n"
    block = interim + b"HTTP/1.1 200 OK\r\nSet-Cookie: b=secret\r\n\r\nSet-Cookie: c"
    record = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    safe = gzip.decompress(kept(record_of(record, 0), None, {}))
    assert b"a=1" not in safe
    assert b"secret" not in safe
    assert b"\r\n\r\nSet-Cookie: c\r\n\r\n" in safe


@pytest.mark.parametrize(
    ("stated", "is_read"),
    [
        (["text/html, text/html; charset=utf-8"], "text/html"),
        (["text/html", "text/html;charset=utf-8"], "text/html"),
        (["text/plain", "text/html"], "text/html"),
        (["text/html", "*/*"], "text/html"),
        (["text/html, nothing"], "text/html"),
        (['text/html; a="x, text/plain"'], "text/html"),
        ([', "", Text/HTML ;q=1,'], "text/html"),
        (["text/html; charset=utf-8"], "text/html"),
        (["html"], "html"),
        ([], None),
    ],
)
def test_a_type_stated_several_times_is_the_last_valid_one(stated: list[str], is_read: str | None) -> None:
    assert media_type(Head(200, tuple(("Content-Type", value) for value in stated))) == is_read


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-05", datetime(2026, 3, 5, tzinfo=UTC)),
        ("2026-03-05T10:15Z", datetime(2026, 3, 5, 10, 15, tzinfo=UTC)),
        ("2026-03-05t10:15:30z", datetime(2026, 3, 5, 10, 15, 30, tzinfo=UTC)),
        ("2026-03-05T10:15:30.5Z", datetime(2026, 3, 5, 10, 15, 30, 500_000, tzinfo=UTC)),
        ("2026-03-05T10:15:30.123456789Z", datetime(2026, 3, 5, 10, 15, 30, 123_456, tzinfo=UTC)),
        ("2026-03-05T10:15:30+05:00", datetime(2026, 3, 5, 5, 15, 30, tzinfo=UTC)),
        ("2026-03-05T10:15-03:30", datetime(2026, 3, 5, 13, 45, tzinfo=UTC)),
        ("2026-12-31T23:59:60Z", datetime(2027, 1, 1, tzinfo=UTC)),
        ("20260305101530", datetime(2026, 3, 5, 10, 15, 30, tzinfo=UTC)),
    ],
)
def test_a_date_of_every_precision_is_a_moment(stated: str, moment: datetime) -> None:
    assert parse_warc_date(stated) == moment


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "2026-13",
        "2026-3",
        "2026-03-05T25:00Z",
        "9999-12-31T23:59:60Z",
        "yesterday",
        "٢٠٢٦",
        "0001-01-01T00:00:00Z",
        "1989",
        "2201-01-01",
    ],
)
def test_what_is_no_date_is_refused(stated: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_warc_date(stated)
