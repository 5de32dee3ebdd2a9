"""What a run remembers of its own payloads, and the search for the end of a head."""

from __future__ import annotations

import re
import tracemalloc
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.archive.http.exchange import Exchange, Intent
from crawler.archive.http.http1 import head_end, parse_head
from crawler.archive.http.message import read_message
from crawler.archive.warc.recent import Recent, original_of
from crawler.archive.warc.writer import Recorder, new_id

Make = Callable[..., Exchange]
_BYTES = st.text(alphabet="\r\n a:\x85\xa0\x0b", max_size=40).map(lambda text: text.encode("latin-1"))


@given(_BYTES, st.integers(0, 5))
@example(b"\n\n\r\n", 0)
def test_a_head_ends_at_its_first_blank_line(message: bytes, at: int) -> None:
    found = re.compile(rb"\n\r?\n").search(message, at)
    assert head_end(message, at) == (found.end() if found else 0)


@given(_BYTES)
def test_fields_are_cut_off_as_bytes_are(message: bytes) -> None:
    """Blanks are those of ASCII: a value may end with a byte that Unicode calls a space."""
    expected: list[tuple[bytes, bytes]] = []
    for line in re.split(rb"\r?\n", message):
        if line[:1] in (b" ", b"\t") and expected:
            expected[-1] = (expected[-1][0], expected[-1][1] + b" " + line.strip())
        elif b":" in line:
            name, _, value = line.partition(b":")
            expected.append((name.strip(), value.strip()))
    found = parse_head(b"HTTP/1.1 200 OK\r\n" + message).fields
    assert [(name.encode("latin-1"), value.encode("latin-1")) for name, value in found] == expected


def test_a_message_is_taken_apart_once() -> None:
    message = read_message(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;x\r\nab\r\n0\r\n\r\n")
    assert (message.head.status, message.entity.data) == (200, b"ab")
    assert message.raw == b"2;x\r\nab\r\n0\r\n\r\n"


def test_what_is_remembered_is_what_was_recorded(recorder: Recorder, exchange: Make, intent: Intent) -> None:
    capture = recorder.record(exchange(), intent)
    recent = Recent()
    recent.add(capture)
    assert recent.get(capture.url) == original_of(capture)
    assert recent.get("https://ministry.example/other") is None


def test_a_long_run_does_not_grow_with_its_pages(recorder: Recorder, exchange: Make, intent: Intent) -> None:
    capture = recorder.record(exchange(), intent)
    recent = Recent()
    tracemalloc.start()
    for number in range(2000):
        moment = capture.fetched_at + timedelta(seconds=number)
        recent.add(replace(capture, url=f"https://ministry.example/news/{number}", fetched_at=moment))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held / 2000 < 500


def test_record_ids_are_random_uuids() -> None:
    ids = {new_id() for _ in range(300)}
    assert len(ids) == 300
    assert all(uuid.UUID(one[10:-1]).version == 4 for one in ids)
    assert all(uuid.UUID(one[10:-1]).variant == uuid.RFC_4122 for one in ids)


@pytest.mark.parametrize("bare", [b"\n\n", b"\n\r\n", b"\r\n\n"])
def test_bare_line_feeds_end_a_head_too(bare: bytes) -> None:
    assert read_message(b"HTTP/1.1 200 OK" + bare + b"body\r\n\r\n").raw == b"body\r\n\r\n"
