"""HTTP messages taken apart and decoded, also where their heads lie."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.http.codings import Body
from crawler.archive.http.http1 import Head, dechunk, decode, parse_head, split_interim, split_message

PAGE = "<p>Проверка</p>".encode() * 40
GZ = gzip.compress(PAGE, mtime=0)
_RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = _RAW.compress(PAGE) + _RAW.flush()


def coded(coding: str) -> Head:
    return Head(200, (("content-ENCODING", coding),))


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", GZ),
        ("x-gzip", GZ),
        ("GZip", GZ + b"\0\0\0"),
        ("gzip", gzip.compress(PAGE[:9], mtime=0) + gzip.compress(PAGE[9:], mtime=0)),
        ("gzip, gzip", gzip.compress(GZ, mtime=0)),
        ("gzip, br", brotli.compress(GZ)),
        ("gzip", PAGE),
        ("br", PAGE),
        ("zstd", PAGE),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", RAW_DEFLATE),
        ("deflate", PAGE),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstandard.ZstdCompressor().compress(PAGE)),
        ("identity", PAGE),
        ("", PAGE),
    ],
)
def test_codings(coding: str, body: bytes) -> None:
    decoded = decode(coded(coding), body)
    assert decoded.data == PAGE
    assert decoded.problem is None


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", GZ),
        ("br", brotli.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("gzip, gzip", gzip.compress(GZ, mtime=0)),
    ],
)
def test_a_coding_that_ends_early_is_a_problem(coding: str, body: bytes) -> None:
    for cut in (len(body) - 1, len(body) - 5, len(body) * 3 // 4):
        assert decode(coded(coding), body[:cut]).problem, cut


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate", "gzip, gzip"])
def test_bombs_are_bounded(coding: str) -> None:
    zeros = bytes(30 << 20)
    body = {
        "gzip": gzip.compress,
        "br": lambda data: brotli.compress(data, quality=1),
        "zstd": zstandard.ZstdCompressor().compress,
        "deflate": zlib.compress,
        "gzip, gzip": lambda data: gzip.compress(gzip.compress(data)),
    }[coding](zeros)
    decoded = decode(coded(coding), body, max_bytes=1 << 20)
    assert len(decoded.data) <= 1 << 20
    assert decoded.problem


def test_an_unknown_coding_is_told() -> None:
    assert decode(coded("sdch"), zlib.compress(PAGE)).problem == "unknown coding 'sdch'"


@pytest.mark.parametrize("name", ["utf-8", "none", "sdch"])
def test_an_unknown_coding_that_was_not_applied_is_passed_over(name: str) -> None:
    assert decode(coded(name), PAGE) == Body(PAGE)


@pytest.mark.parametrize(
    ("raw", "data", "problem"),
    [
        (b"3\r\nabc\r\n0\r\n\r\n", b"abc", None),
        (b"3;a=b\r\nabc\r\n2 ; c\r\nde\r\n0\r\nX-T: 1\r\n\r\n", b"abcde", None),
        (b"A\r\n0123456789\r\n000\r\n\r\n", b"0123456789", None),
        (b"3\nabc\n0\n\n", b"abc", None),
        (b"0\r\n\r\n", b"", None),
        (b"ff\r\nabc", b"abc", "cut"),
        (b"3\r\nabc\r\n", b"abc", "cut"),
        (b"", b"", "cut"),
        (b"<p>no chunks</p>", b"<p>no chunks</p>", None),
        (b"3\r\nabc\r\nzz\r\n", b"abc", "cut"),
        (b"ffffffffffffffff\r\nabc", b"abc", "cut"),
    ],
)
def test_chunks(raw: bytes, data: bytes, problem: str | None) -> None:
    assert (dechunk(raw).data, dechunk(raw).problem) == (data, problem)


def test_a_short_body_is_cut_and_a_long_one_is_kept() -> None:
    head = Head(200, (("Content-Length", "5"),))
    assert decode(head, b"abc").problem == "cut"
    assert decode(head, b"abcdefg").data == b"abcdefg"  # other tools keep decoded bodies under the original head


def test_heads() -> None:
    head = parse_head(
        b"HTTP/1.1 200\r\nA: 1\r\n\t2\r\nno colon\r\n a: x\r\nSet-Cookie: b\r\nset-cookie: c\r\nN:\xe9\r\n\r\n"
    )
    assert head.status == 200
    assert head.all("SET-COOKIE") == ["b", "c"]
    assert head.get("n") == "é"
    assert parse_head(b"HTTP/2 204 x\r\n\r\n").status == 204
    assert parse_head(b"<html>").status is None


def test_interim_answers() -> None:
    hints, final = b"HTTP/1.1 103 E\r\nLink: a\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 100 no\r\n\r\n"
    assert split_interim(hints + hints + final) == (hints + hints, final)
    assert split_interim(b"HTTP/1.1 101 Switching\r\n\r\nraw")[0] == b""
    assert split_interim(b"HTTP/1.1 100 Con") == (b"", b"HTTP/1.1 100 Con")


@given(st.binary(max_size=400), st.sampled_from(["gzip", "br", "zstd", "deflate", "chunked"]))
def test_no_bytes_raise(junk: bytes, coding: str) -> None:
    head_bytes, raw = split_message(junk)
    parse_head(head_bytes)
    split_interim(junk)
    decode(Head(200, (("Content-Encoding", coding), ("Transfer-Encoding", coding), ("Content-Length", "9"))), raw)
    decode(coded(coding), GZ[:30] + junk)
