"""Large bodies: in a file while they come, and written from it; the record is the same as that of a short one."""

from __future__ import annotations

import errno
import os
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.http.codings import Body
from crawler.archive.http.exchange import Exchange, Intent
from crawler.archive.http.message import read_message
from crawler.archive.http.spool import Spool
from crawler.archive.warc.reader import iter_captures, records
from crawler.archive.warc.repair import whole_prefix
from crawler.archive.warc.writer import Recorder
from crawler.crawl.transport.tape import Spooling, Tape
from crawler.errors import EnvironmentFault

Make = Callable[..., Exchange]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def in_chunks(body: bytes, size: int) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%X;x=1\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\nTrailer: t\r\n\r\n"


@pytest.mark.parametrize("head", [HEAD, CHUNKED])
def test_the_record_is_that_of_the_short_way(
    recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path, head: bytes
) -> None:
    body = in_chunks(os.urandom(700_000), 300_000) if head == CHUNKED else os.urandom(700_000)
    short = recorder.record(exchange(url="https://m.example/short", response=head + body), intent)
    spooled = exchange(url="https://m.example/long", response=head)
    long = recorder.record(replace(spooled, body=BytesIO(body)), intent)
    again = recorder.record(replace(spooled, body=BytesIO(body)), intent)
    assert (long.entity_sha1, long.payload_sha256) == (short.entity_sha1, short.payload_sha256)
    assert (again.kind, again.revisit_of) == ("revisit", long.capture_id)
    (path,) = recorder.seal(tmp_path / "archive")
    assert list(iter_captures(path)) == [short, long, again]
    assert [record.block for record in records(path) if record.kind == "response"] == [head + body] * 2
    assert whole_prefix(path) == path.stat().st_size


class Torn(BytesIO):
    """A file whose disk fails behind its first part."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def test_a_body_that_cannot_be_read_again_leaves_no_torn_record(
    recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = recorder.record(exchange(), intent)
    large = replace(exchange(url="https://m.example/2", response=HEAD), body=BytesIO(os.urandom(900_000)))
    message = read_message(large.response, large.body)
    torn = replace(message, raw=Spool(Torn(os.urandom(900_000))))
    monkeypatch.setattr("crawler.archive.warc.serialise.sha1", lambda *_: "sha1:A")  # reads the body once more, before
    with pytest.raises(EnvironmentFault, match="Input/output"):
        recorder.record(large, intent, torn)
    monkeypatch.undo()
    after = recorder.record(exchange(url="https://m.example/3"), intent)
    (path,) = recorder.seal(tmp_path / "archive")
    assert list(iter_captures(path)) == [kept, after]


@given(st.binary(max_size=40), st.integers(1, 9), st.binary(max_size=5), st.integers(0, 3))
def test_what_was_seen_stands_for_the_body_only_where_it_is_the_same(
    body: bytes, size: int, junk: bytes, cut: int
) -> None:
    for head, raw in ((HEAD, body + junk), (CHUNKED, in_chunks(body, size)[: -cut or None] + junk)):
        for seen in (None, body, body + b"x", body[1:], raw):
            given_ = read_message(head, BytesIO(raw), seen=seen)
            assert given_.entity == read_message(head + raw).entity, seen
            assert isinstance(given_.raw, Spool)
            assert given_.raw.whole() == raw
            assert len(given_.raw) == len(raw)


def tape(scratch: Callable[[], IO[bytes]], *, limit: int = 1 << 30) -> Tape:
    return Tape("http://m.example/", "GET", limit=limit, head_limit=1000, spooling=Spooling(scratch, 100))


@given(st.integers(0, 300), st.binary(max_size=4), st.integers(1, 50))
def test_a_tape_holds_the_head_and_spools_the_rest(length: int, junk: bytes, step: int) -> None:
    made = tape(TemporaryFile)
    early, body = b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n", bytes(length)
    sent = early + HEAD + body + junk
    for at in range(0, len(sent), step):
        assert made.received(sent[at : at + step])
    made.finished(junk)
    exchange = made.exchange(truncated=None, failure=None, detail=None)
    message = read_message(exchange.response, exchange.body)
    assert (exchange.interim, message.head_bytes, message.entity) == (early, HEAD, Body(body))
    assert (exchange.body is not None) == (len(sent) > 100)
    made.close()


def test_a_full_disk_and_a_limit_end_the_download() -> None:
    def full() -> IO[bytes]:
        raise OSError(errno.ENOSPC, "No space left on device")

    made = tape(full)
    assert made.received(HEAD)
    assert not made.received(bytes(200))
    assert made.fault is not None
    small = tape(TemporaryFile, limit=500)
    assert small.received(HEAD)
    assert small.received(bytes(300))
    assert not small.received(bytes(300))
    assert small.overflow


def test_a_large_body_is_in_memory_once(recorder: Recorder, exchange: Make, intent: Intent) -> None:
    """Beside the bytes that the client holds, only pieces."""
    seen = os.urandom(1 << 23)
    with TemporaryFile() as file:
        file.write(seen)
        large = replace(exchange(response=HEAD), body=file)
        tracemalloc.start()
        message: Any = read_message(HEAD, file, seen=seen)
        recorder.record(large, intent, message)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert message.entity.data is seen
    assert peak < 3 << 20
