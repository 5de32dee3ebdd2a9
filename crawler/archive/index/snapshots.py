"""One address at one time, found in the sorted indexes of a package without loading them, and what it answered then."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from crawler.archive.http.http1 import MAX_DECODED, Head, decode
from crawler.archive.index.cdxj import lines_of_file, packed_fields
from crawler.archive.index.surt import surt_key
from crawler.archive.warc.answer import answer_of, target_of
from crawler.archive.warc.fields import parse_warc_date
from crawler.archive.warc.reader import read_record
from crawler.errors import ArchiveError, NotFound
from crawler.model import Locator
from crawler.workspace import Workspace
from crawler.workspace.files import matching, open_read

_LONGEST = 1 << 20  # bytes of a line of an index


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an index."""

    url: str
    fetched_at: datetime
    locator: Locator
    kind: str
    status: int | None
    mime: str
    capture_id: str
    revisit_of: str | None  # None also in indexes of earlier versions of this program


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an address answered: `body` has no codings any more."""

    entry: Entry
    head: Head
    body: bytes


class Snapshots:
    """The captures of a package, by address and time."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def find(self, url: str, moment: datetime) -> Snapshot:
        """The capture of `url` that holds a payload and is nearest to `moment`.

        Raises NotFound when there is none, ArchiveError when a file is damaged."""
        entries = [entry for entry in self.entries(url) if entry.kind in ("response", "revisit")]
        entries = [entry for entry in entries if entry.url == url] or entries
        if not entries:
            raise NotFound(f"{url}: not in the archive")
        nearest = min(entries, key=lambda entry: abs(entry.fetched_at - moment))
        if nearest.kind == "revisit":
            nearest = self._original(nearest, entries)
        return self.read(nearest)

    def _original(self, revisit: Entry, entries: Sequence[Entry]) -> Entry:
        """What a revisit repeats: the capture that it names; where its index does not tell, the last payload before it
        of the same address."""
        if revisit.revisit_of:
            found = next((e for e in entries if e.capture_id == revisit.revisit_of), None)
            if found := found or self._of_id(revisit.revisit_of):
                return found
        payloads = [e for e in entries if e.kind == "response" and e.fetched_at <= revisit.fetched_at]
        if not payloads or revisit.revisit_of:
            raise NotFound(f"{revisit.url}: what this capture repeats is not in the archive")
        return max((e for e in payloads if e.status == 200), key=lambda e: e.fetched_at, default=payloads[-1])

    def _of_id(self, capture_id: str) -> Entry | None:
        """The capture with an id at whatever address: of another one than the revisit's it is rare, and looked for in
        all indexes."""
        told = json.dumps({"id": capture_id})[1:-1].encode()
        for path in matching(self._workspace.indexes, "*.cdx"):
            for line in lines_of_file(path):
                if told in line and (entry := _entry(line, path)).capture_id == capture_id:
                    return entry
        return None

    def origin(self, locator: Locator) -> tuple[str, datetime]:
        """(address, moment) of the record at a locator. Raises ArchiveError."""
        record = read_record(self._path(locator), locator)
        try:
            return target_of(record), parse_warc_date(record["warc-date"])
        except ValueError as error:
            raise ArchiveError(f"{locator.warc_file} at {locator.offset}: WARC-Date: {error}") from error

    def _path(self, locator: Locator) -> Path:
        try:
            return self._workspace.resolve(locator.warc_file)
        except ValueError as error:
            raise ArchiveError(f"index: {error}") from error

    def entries(self, url: str) -> Iterator[Entry]:
        """All captures of `url`, index by index, each in the order of time."""
        key = surt_key(url)
        for path in matching(self._workspace.indexes, "*.cdx"):
            with open_read(path) as file:
                for line in _lines(file, f"{key} ".encode()):
                    yield _entry(line, path)

    def read(self, entry: Entry) -> Snapshot:
        """What a capture holds. Raises ArchiveError."""
        record = read_record(self._path(entry.locator), entry.locator)
        head, raw = answer_of(record)
        return Snapshot(entry, head, decode(head, raw, max_bytes=MAX_DECODED).data)


def _lines(file: IO[bytes], prefix: bytes) -> Iterator[bytes]:
    """The lines that begin with `prefix`, found in halves: the lines of an index stand in the order of their bytes."""
    low, high = 0, os.fstat(file.fileno()).st_size
    while low < high:
        middle = (low + high) // 2
        file.seek(middle)
        if middle:
            file.readline(_LONGEST)  # the rest of a line that began before
        line = file.readline(_LONGEST)
        if line and line < prefix:
            low = middle + 1
        else:
            high = middle
    file.seek(low)
    if low:
        file.readline(_LONGEST)
    while (line := file.readline(_LONGEST)).startswith(prefix):
        yield line


def _entry(line: bytes, path: Path) -> Entry:
    try:
        packed = packed_fields(line)
        name, status = packed["filename"], packed["status"]
        return Entry(
            url=packed["url"],
            fetched_at=datetime.fromisoformat(packed["date"]).astimezone(UTC),
            locator=Locator(f"archive/{name}", int(packed["offset"]), int(packed["length"])),
            kind=packed["kind"],
            status=int(status) if status.isdigit() else None,
            mime=packed["mime"],
            capture_id=packed["id"],
            revisit_of=packed.get("revisit-of"),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ArchiveError(f"{path}: not a line of this index: {error}") from error
