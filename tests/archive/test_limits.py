"""What unfolds to more than was stated in advance is refused, by the name of its limit."""

from __future__ import annotations

import gzip
import resource
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import brotli
import pytest
import zstandard

from crawler.archive import limits
from crawler.archive.blank import blanked
from crawler.archive.containers.open import archives
from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.http.http1 import MAX_HEAD, Head, decode, parse_head
from crawler.archive.limits import MAX_FREE, MAX_RATIO, most, unfolded
from crawler.archive.scanning.scan import scan
from crawler.archive.scanning.tail import last_report
from crawler.archive.warc.fields import parse_fields
from crawler.archive.warc.reader import iter_captures, read_record, read_run, records
from crawler.archive.warc.serialise import Batch
from crawler.archive.warc.writer import Recorder, run_id
from crawler.errors import ArchiveError
from crawler.model import Locator, Role

SAID = r"unfolds to more than 67,108,864 bytes \(64 MiB, or 50 times"
BIG = 72 << 20
_HEAD = b"WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nWARC-Date: "
_HEAD += b"2026-11-23T20:15:07Z\r\nWARC-Target-URI: https://x.example/\r\nContent-Length: %d\r\n\r\n"


def packed(*parts: bytes, zeros: int = 0, what: bytes = b"\0") -> bytes:
    """One gzip member of `parts` with `zeros` times `what` behind the first of them."""
    engine, block = zlib.compressobj(9, zlib.DEFLATED, 31), what * (1 << 20)
    out = [engine.compress(parts[0]), *(engine.compress(block) for _ in range(zeros // len(block)))]
    return b"".join([*out, *(engine.compress(part) for part in parts[1:]), engine.flush()])


BOMBS = {
    "block": packed(_HEAD % (b"response", BIG) + b"HTTP/1.1 200 OK\r\n\r\n", b"\r\n\r\n", zeros=BIG),
    "header line": packed(b"WARC/1.1\r\nWARC-Type: response\r\nX: ", b"\r\n\r\n", zeros=BIG, what=b"x"),
    "many headers": packed(b"WARC/1.1\r\nWARC-Type: response\r\n", b"\r\n", zeros=BIG, what=b"X: y\r\n"),
    "first line": packed(b"WARC/1.1", b"\r\n\r\n", zeros=BIG, what=b" "),
    "metadata": packed(_HEAD % (b"metadata", BIG) + b"fetch-error: ", b"\r\n\r\n", zeros=BIG, what=b"a"),
    "behind a record": packed(_HEAD % (b"response", 2) + b"ok\r\n\r\n", zeros=BIG, what=b"\r\n"),
    "report": packed(
        (_HEAD % (b"resource", BIG)).replace(b"https://x.example/", b"urn:x-ministry-news:run:r"),
        zeros=BIG,
        what=b"[[],",
    ),
}


@pytest.fixture
def little() -> Callable[[], int]:
    """The bytes by which the peak of this process has grown since the test began."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def grown() -> int:
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10

    return grown


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_record_that_is_a_bomb_is_refused(name: str, tmp_path: Path, little: Callable[[], int]) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(BOMBS[name])
    assert len(BOMBS[name]) < 1 << 20
    said = "longer than 1,048,576 bytes"
    for read in (
        lambda: list(iter_captures(path)),
        lambda: read_record(path, Locator("x", 0, len(BOMBS[name]))),
        lambda: list(records(path, only=("warcinfo",))),
        lambda: list(records(path, only=("resource",))),
        lambda: list(scan(path, "x", [])),
        lambda: blanked(path, tmp_path / "y", [Locator("x", 0, len(BOMBS[name]))]),
    ):
        if name == "behind a record" and read.__code__.co_names[0] == "read_record":
            continue  # its first record is a good one
        with pytest.raises(ArchiveError, match=f"{said}|{SAID}"):
            read()
    with archives(path, tmp_path / "scratch") as found, pytest.raises(ArchiveError, match=f"{said}|{SAID}"):
        for one in found:
            list(records(one.path))
    assert last_report(path) is None or name == "report"
    assert little() < 6 * MAX_FREE


def test_what_is_as_dense_as_pages_are_is_read(tmp_path: Path) -> None:
    block = b"HTTP/1.1 200 OK\r\n\r\n" + b"".join(b"<p>%08d words of a page</p>" % n for n in range(40_000))
    path = tmp_path / "x.warc.gz"
    path.write_bytes(packed(_HEAD % (b"response", len(block)) + block + b"\r\n\r\n"))
    (capture,) = iter_captures(path)
    assert capture.status == 200


def test_limits_have_a_ratio_and_an_end() -> None:
    assert most(1) == MAX_FREE
    assert most(10 << 20) == MAX_RATIO * (10 << 20)
    assert most(1 << 40) == 1 << 30
    with pytest.raises(ArchiveError, match="no whole gzip member"):
        unfolded(gzip.compress(b"x" * 1000)[:-3], "x")


def test_what_a_run_itself_writes_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seed may allow bodies of a gigabyte: one of zeros is kept unpacked rather than as what a reader refuses."""
    for module in ("crawler.archive.limits", "crawler.archive.warc.serialise"):
        monkeypatch.setattr(f"{module}.MAX_FREE", 1 << 20)
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    recorder = Recorder(tmp_path, RunInfo("xx.a", run_id("xx.a", moment), "", "a", "a", "a"))
    head, body = b"HTTP/1.1 200 OK\r\nContent-Length: 3145728\r\n\r\n", bytes(3 << 20)
    recorder.record(Exchange("https://x.example/1", "GET", moment, 1, response=head + body), Intent(Role.MEDIA))
    with recorder.scratch_file() as spooled:
        spooled.write(body)
        exchange = Exchange("https://x.example/2", "GET", moment, 1, response=head, body=spooled)
        recorder.record(exchange, Intent(Role.MEDIA))
    (path,) = recorder.seal(tmp_path / "archive")
    assert [capture.truncated for capture in iter_captures(path)] == [None, None]


def test_heads_and_fields_are_read_up_to_a_limit(little: Callable[[], int]) -> None:
    many = b"X: y\r\n" * (8 << 20)
    assert len(parse_head(b"HTTP/1.1 200 OK\r\n" + many).fields) * 6 <= MAX_HEAD
    assert parse_fields(b"a: b\r\n" + many)["a"] == "b"
    assert little() < 300 << 20


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_codings_are_undone_up_to_a_limit(coding: str, little: Callable[[], int]) -> None:
    pack = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": partial(brotli.compress, quality=1),
        "zstd": zstandard.compress,
    }
    body = bytes(64 << 20)
    for one in coding.split(", "):
        body = pack[one](body)
    before = little()
    found = decode(Head(200, (("Content-Encoding", coding),)), body, max_bytes=16 << 20)
    assert (len(found.data), found.problem) == (16 << 20, "too large")
    assert little() - before < 40 << 20


def test_a_window_that_no_server_may_ask_for_is_refused() -> None:
    frame = b"\x28\xb5\x2f\xfd\x00\x88" + b"\x01\x00\x00"  # window of 128 MiB, one empty block
    assert decode(Head(200, (("Content-Encoding", "zstd"),)), frame).data == frame  # taken for no such coding


def test_frames_behind_each_other_are_one_body() -> None:
    body = zstandard.compress(b"one ") + zstandard.compress(b"two")
    found = decode(Head(200, (("Content-Encoding", "zstd"),)), body)
    assert (found.data, found.problem) == (b"one two", None)
    assert decode(Head(200, (("Content-Encoding", "zstd"),)), body[:-2]).problem == "cut"


def test_a_warcinfo_and_a_seed_are_bounded(tmp_path: Path) -> None:
    batch = Batch()
    batch.add("warcinfo", None, {}, None, b"run: r\r\nisPartOf: xx.a\r\n" + b"a: b\r\n" * (1 << 20))
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(batch.members))  # type: ignore[arg-type]
    assert read_run(path).run_id == "r"
    assert limits.MAX_FIELDS < 6 << 20
