"""Records of the usual form are taken apart at once; where one is of another, all is as warcio alone gives it."""

from __future__ import annotations

import gzip
import random
from io import BytesIO
from pathlib import Path

import pytest

from crawler.archive.warc import records as module
from crawler.archive.warc.members import OddForm, members_of, regular_record
from crawler.archive.warc.records import records
from crawler.errors import ArchiveError


def record(number: int, *, head: bytes = b"", block: bytes = b"HTTP/1.1 200 OK\r\n\r\n", first: bytes = b"") -> bytes:
    fields = b"WARC-Type: response\r\nWARC-Target-URI: http://x.example/%d\r\n" % number
    length = b"Content-Length: %d\r\n" % len(block)
    return (first or b"WARC/1.1\r\n") + (head or fields) + length + b"\r\n" + block + b"\r\n\r\n"


GOOD = gzip.compress(record(1)) + gzip.compress(record(2))
LAST = gzip.compress(record(9))
BETWEEN = {
    "nothing odd": b"",
    "a folded line": gzip.compress(record(3, head=b"WARC-Type: response\r\nA: b\r\n c\r\n")),
    "a field of another form": gzip.compress(record(3, head=b"WARC-Type: response\r\nA b: c\r\n")),
    "a line without a colon": gzip.compress(record(3, head=b"WARC-Type: response\r\nwarc-date\r\n")),
    "a field that stands twice": gzip.compress(record(3, head=b"WARC-Type: request\r\nwarc-type: response\r\n")),
    "letters beyond ASCII": gzip.compress(record(3, head="WARC-Type: response\r\nA: é\r\n".encode())),
    "lines that end with a line feed": gzip.compress(record(3).replace(b"\r\n", b"\n")),
    "no type": gzip.compress(record(3, head=b"A: b\r\n")),
    "another version": gzip.compress(record(3, first=b"WARC/0.18\r\n")),
    "an address in brackets": gzip.compress(
        record(3, head=b"WARC-Type: response\r\nWARC-Target-URI: <http://x.example/>\r\n")
    ),
    "an address with a blank": gzip.compress(
        record(3, head=b"WARC-Type: response\r\nWARC-Target-URI: http://x.example/a b\r\n")
    ),
    "a carriage return and, further on, a line feed": gzip.compress(
        record(3, head=b"WARC-Type: response\r\nA: b\rc\nWARC-Target-URI: http://x.example/\r\n")
    ),
    "two records in a member": gzip.compress(record(3) + record(4)),
    "a record in two members": gzip.compress(record(3)[:40]) + gzip.compress(record(3)[40:]),
    "an empty member": gzip.compress(b""),
    "one line end too few": gzip.compress(record(3)[:-2]),
    "more than its head says": gzip.compress(record(3) + b"more"),
    "less than its head says": gzip.compress(record(3)[:-9]),
    "a wrong check sum": LAST[:-8] + b"\0\0\0\0" + LAST[-4:],
    "no member": b"water, water",
    "zeros": b"\0" * 600,
    "unpacked records": record(3) + record(4),
    "a member that is cut": gzip.compress(record(3))[:-20],
}


def read(path: Path) -> list[object]:
    found: list[object] = []
    try:
        found += [(r.kind, r.headers, r.block, r.offset, r.length) for r in records(path)]
    except ArchiveError as error:
        found.append(str(error))
    return found


@pytest.mark.parametrize("before", [GOOD, b""], ids=["behind others", "first"])
@pytest.mark.parametrize("behind", [LAST, b""], ids=["and more", "last"])
@pytest.mark.parametrize("odd", BETWEEN)
def test_records_are_those_of_warcio(
    before: bytes, odd: str, behind: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(before + BETWEEN[odd] + behind)
    mixed = read(path)
    monkeypatch.setattr(module, "members_of", _nothing)
    assert mixed == read(path)


def _nothing(*_: object) -> object:
    raise OddForm


def test_the_usual_form_is_not_read_by_warcio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(GOOD + LAST)
    monkeypatch.setattr(module, "_odd_records", _nothing)
    assert [r.headers["warc-target-uri"][-1] for r in records(path)] == ["1", "2", "9"]


def test_members_longer_than_a_piece(tmp_path: Path) -> None:
    blocks = [random.Random(n).randbytes(size) for n, size in enumerate((100_000, 3_000_000, 5))]  # noqa: S311
    file = BytesIO(b"".join(gzip.compress(record(n, block=block)) for n, block in enumerate(blocks)))
    assert [regular_record(plain)[2] for plain, _, _ in members_of(file, 0)] == blocks
