"""ARC files of both versions, whole and damaged."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.archive.foreign import ingest
from crawler.archive.scanning.arc import ARC, arc_date
from crawler.archive.scanning.scan import scan
from crawler.archive.warc.reader import iter_payloads
from crawler.pages import page_object
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from tests.seed_texts import MINISTRY

VERSION = b"filedesc://x.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 tests\n"
VERSION += b"URL IP-address Archive-date Content-type Archive-length\n\n\n\n\n\n\n\n\n\n\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def record(number: int, more: str = "", date: str = "20050102030405") -> bytes:
    page = HEAD + b"<p>News %d, and of http://elsewhere.example/a too.\nhttp://b.example/ is one.</p>" % number * 30
    line = f"http://ministry.example/news/{number} 192.0.2.1 {date} text/html{more} {len(page)}\n"
    return line.encode() + page + b"\n"


RECORDS = [record(n) for n in range(5)]
SECOND = [record(n, " 200 ABCDEF - 1234 x.arc") for n in range(5)]


def numbers(data: bytes, folder: Path, lost: list[str]) -> list[int]:
    path = folder / "x.arc"
    path.write_bytes(data)
    found = [its for its in scan(path, "x.arc", lost, ARC) if its.kind == "response"]
    return [int(its.get("warc-target-uri").rpartition("/")[2]) for its in found]


@pytest.mark.parametrize("records", [RECORDS, SECOND], ids=["version 1", "version 2"])
@pytest.mark.parametrize("is_packed", [False, True])
def test_all_records_are_read(is_packed: bool, records: list[bytes], tmp_path: Path) -> None:
    lost: list[str] = []
    pieces = [VERSION, *records]
    data = b"".join(map(gzip.compress, pieces)) if is_packed else b"".join(pieces)
    assert numbers(data, tmp_path, lost) == [0, 1, 2, 3, 4]
    assert lost == []


@pytest.mark.parametrize("is_packed", [False, True])
def test_behind_damage_reading_goes_on_at_the_next_record(is_packed: bool, tmp_path: Path) -> None:
    lost: list[str] = []
    pieces = [gzip.compress(piece) if is_packed else piece for piece in (VERSION, *RECORDS)]
    pieces[3] = pieces[3][:20] + b"\xa5" * 9 + pieces[3][29:] if is_packed else pieces[3][:-300]
    assert numbers(b"".join(pieces), tmp_path, lost) == [0, 1, 3, 4]
    assert len(lost) == 1


def test_a_damaged_one_is_taken_in_and_told(tmp_path: Path) -> None:
    seed = parse_seed(MINISTRY, seed_id="xx.tests", path="seeds/xx/tests.toml")
    pieces = [gzip.compress(piece) for piece in (VERSION, *RECORDS)]
    pieces[2] = pieces[2][:40]
    path = tmp_path / "x.arc.gz"
    path.write_bytes(b"".join(pieces))
    taken = ingest([path], {seed.id: (seed, page_object(seed).owns)}, Workspace(tmp_path / "package"))
    assert (taken.count, len(taken.faults)) == (4, 1)
    (file,) = taken.files
    bodies = [payload.body for payload in iter_payloads(file)]
    assert bodies == [RECORDS[n].partition(HEAD)[2].removesuffix(b"\n") for n in (0, 2, 3, 4)]


@pytest.mark.parametrize(
    ("digits", "date"),
    [
        ("20050102030405", "2005-01-02T03:04:05Z"),
        ("200501020304", "2005-01-02T03:04:00Z"),
        ("20050102", "20050102"),
        ("20050102030405678", "2005-01-02T03:04:05Z"),
    ],
)
def test_dates_of_all_lengths(digits: str, date: str) -> None:
    assert arc_date(digits) == date
