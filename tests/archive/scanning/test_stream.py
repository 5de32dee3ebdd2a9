"""The short way of reading a file gives what the exact one gives, and leaves everything odd to it."""

from __future__ import annotations

import gzip
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.scanning import record_form
from crawler.archive.scanning.record_form import Found, fields_of
from crawler.archive.scanning.scan import scan
from crawler.archive.scanning.stream import OddForm, records_of

DATA = Path(__file__).parent.parent / "data"
FILES = sorted(DATA.glob("*.warc.gz"))
_CHANCE = random.Random(20)  # noqa: S311 - the same records each time


def record(number: int, size: int) -> bytes:
    block = b"HTTP/1.1 200 OK\r\n\r\n" + _CHANCE.randbytes(size)
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{number}>\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


# One is longer than what is unpacked at once, one than what is read at once.
MEMBERS = [gzip.compress(record(n, size), mtime=0) for n, size in enumerate((10, 40_000, 0, 1_100_000, 500))]


def told(found: Found) -> tuple[object, ...]:
    return found.kind, found.fields, found.head, found.block, found.offset, found.length, found.is_exact


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_both_read_what_other_tools_wrote_alike_and_as_warcio_does(path: Path) -> None:
    lost: list[str] = []
    short = [told(found) for found in records_of(path)]
    assert short == [told(found) for found in scan(path, path.name, lost)]
    assert not lost
    with path.open("rb") as file:
        reader = ArchiveIterator(file, no_record_parse=True)
        blocks = [(record.rec_type, record.raw_stream.read(), reader.get_record_offset()) for record in reader]
    assert [(kind, block, offset) for kind, _, _, block, offset, _, _ in short] == blocks


def test_records_of_any_length(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(MEMBERS))
    assert [told(found) for found in records_of(path)] == [told(found) for found in scan(path, "x", [])]
    assert len(list(records_of(path))) == 5


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(record(0, 9), id="not packed"),
        pytest.param(gzip.compress(record(0, 9) + record(1, 9)), id="two in a member"),
        pytest.param(MEMBERS[0] + MEMBERS[1][:-9], id="cut"),
        pytest.param(MEMBERS[0] + b"\0" * 100, id="padded"),
        pytest.param(MEMBERS[0] + b"oops" + MEMBERS[2], id="bytes between"),
        pytest.param(gzip.compress(b"\0" * (70 << 20)), id="more than the limit"),
    ],
)
def test_what_is_odd_is_left_to_the_exact_reader(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    with pytest.raises(OddForm):
        list(records_of(path))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
def test_no_damage_is_read_over(place: float, mask: int, tmp_path: Path) -> None:
    data = bytearray(MEMBERS[0] + MEMBERS[2] + MEMBERS[4])
    data[int(place * len(data))] ^= mask
    path = tmp_path / "x.warc.gz"
    path.write_bytes(bytes(data))
    lost: list[str] = []
    exact = [told(found) for found in scan(path, "x", lost)]
    try:
        short = [told(found) for found in records_of(path)]
    except OddForm:
        return
    assert short == exact
    assert not lost
    assert all(zlib.decompress(bytes(data)[found[4] : found[4] + found[5]], 31) for found in short)  # type: ignore[operator]


@pytest.mark.parametrize(
    "between", [b"\rb\nWARC-Date: d", b"\r\n c", b"\tb ", b" b\r\nA: c\r\na: d", b"\r\nb", b"\r\n(b): c"]
)
def test_heads_give_the_same_fields_in_the_quick_way(between: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/" + between + b"\r\n\r\n"
    quick = fields_of(head)
    monkeypatch.setattr(record_form, "usual_fields", lambda _: None)
    assert quick == fields_of(head)
