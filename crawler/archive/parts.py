"""The parts of a WARC file that was made by joining others: what its second record says of them, where each begins.

Such a file begins with a warcinfo of its own and a record of `urn:x-ministry-news:joined:<source>`, a list (CSV) of the
files that follow byte for byte, with their sizes and SHA-256. So a part is read as the file that it was: of the run
that its own warcinfo names. Its name ends in `.joined.warc.gz`, and tells of its last part source and time:
`uz.eco-20261031T230012123456Z-00744.3f2a9c1e.joined.warc.gz` has 744 parts."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from crawler.errors import ArchiveError

TARGET = "urn:x-ministry-news:joined:"
_COLUMNS = ["name", "bytes", "sha256"]
_STEM = r"(?P<source>[A-Za-z0-9][A-Za-z0-9._-]*)-(?P<begun>\d{8}T\d{12}Z)"
_RUN_FILE = re.compile(rf"{_STEM}-\d{{5,9}}\.warc\.gz")
_JOINED = re.compile(rf"{_STEM}-(?P<count>\d{{5,9}})\.[0-9a-f]{{8}}\.joined\.warc\.gz")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Part:
    """A file that stands in a joined one. `sha256` is that of the file when it was joined: words that were taken out on
    request since then are no longer in it."""

    name: str
    offset: int
    bytes: int
    sha256: str


class HasPlace(Protocol):
    """A record and its place in a file, in bytes."""

    kind: str
    headers: dict[str, str]
    block: bytes
    offset: int
    length: int


def is_joined(path: str) -> bool:
    """Whether a file's name is that of a joined one."""
    return _JOINED.fullmatch(path.rpartition("/")[2]) is not None


def weight(path: str) -> int:
    """1 of the file of a run; of a joined one more than that of all its parts. It follows from the name."""
    match = _JOINED.fullmatch(path.rpartition("/")[2])
    return int(match["count"]) + 1 if match else 1


class Place(NamedTuple):
    """Of what and when a file is, as its name tells: of a joined file, its last part."""

    source: str
    month: str  # "2026-10"
    run: str


def place_in_time(path: str) -> Place | None:
    """The place of the file of a run, or of a joined one; None for another name."""
    name = path.rpartition("/")[2]
    match = _RUN_FILE.fullmatch(name) or _JOINED.fullmatch(name)
    if not match:
        return None
    begun = match["begun"]
    return Place(match["source"], f"{begun[:4]}-{begun[4:6]}", f"{match['source']}-{begun}")


def list_of(parts: Iterable[tuple[str, int, str]]) -> bytes:
    """The list of (name, bytes, SHA-256)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(parts)
    return out.getvalue().encode()


def name_of(last: str, count: int, content: bytes) -> str:
    """The name of a file of `count` parts, the last of which is called `last`, with the list `content`. Raises
    ValueError for the name of another file than of a run."""
    match = _RUN_FILE.fullmatch(last)
    if not match:
        raise ValueError(f"not the file of a run: {last!r}")
    return f"{match['source']}-{match['begun']}-{count:05d}.{hashlib.sha256(content).hexdigest()[:8]}.joined.warc.gz"


def is_list(record: HasPlace) -> bool:
    """Whether a record is a list of parts, if it is the second of its file."""
    return record.kind == "resource" and record.headers.get("warc-target-uri", "").startswith(TARGET)


def parts_in(record: HasPlace) -> tuple[Part, ...]:
    """The parts that follow a list. Raises ValueError for one that is none of ours."""
    rows = csv.reader(io.StringIO(record.block.decode("utf-8"), newline=""), strict=True)
    if next(rows, None) != _COLUMNS:
        raise ValueError("its columns are not name, bytes, sha256")
    found: dict[str, Part] = {}
    at = record.offset + record.length
    for number, row in enumerate(rows, 2):
        if len(row) != len(_COLUMNS) or not _RUN_FILE.fullmatch(row[0]) or ".." in row[0] or row[0] in found:
            raise ValueError(f"line {number}: not name, bytes, sha256 of one more file of a run")
        if not row[1].isascii() or not row[1].isdigit() or len(row[1]) > 15 or not _SHA256.fullmatch(row[2]):
            raise ValueError(f"line {number}: not a size and a SHA-256")
        found[row[0]] = Part(row[0], at, int(row[1]), row[2])
        at += int(row[1])
    if not found:
        raise ValueError("it lists no part")
    return tuple(found.values())


class PartStarts:
    """Tells the records of a file with which its parts begin, while it is read."""

    def __init__(self, name: str) -> None:
        self._name, self._count = name, 0
        self._waiting: deque[int] = deque()

    def begins(self, record: HasPlace) -> bool:
        """Whether the next record of the file is the first of a part. Raises ArchiveError where the parts are not those
        that are listed."""
        self._count += 1
        if self._count == 2 and is_list(record):
            try:
                self._waiting.extend(part.offset for part in parts_in(record))
            except (ValueError, csv.Error) as error:
                raise ArchiveError(f"{self._name}: list of parts at offset {record.offset}: {error}") from error
            return False
        if not self._waiting or record.offset < self._waiting[0]:
            return False
        if record.offset != self._waiting[0] or record.kind != "warcinfo":
            raise ArchiveError(f"{self._name}: no part begins at offset {self._waiting[0]}, where one is listed")
        self._waiting.popleft()
        return True

    def check_end(self) -> None:
        """Raises ArchiveError where the file ended before its last part."""
        if self._waiting:
            raise ArchiveError(f"{self._name}: ends before its part at offset {self._waiting[0]}")
