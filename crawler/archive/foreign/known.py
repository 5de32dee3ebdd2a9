"""Which captures a package holds already."""

from __future__ import annotations

import hashlib

from crawler.archive.foreign.capture import ForeignCapture
from crawler.archive.index.cdxj import lines_of_file, packed_fields
from crawler.archive.warc.fields import record_uuid, warc_date
from crawler.archive.warc.reader import iter_captures
from crawler.errors import ArchiveError
from crawler.workspace import Workspace
from crawler.workspace.files import matching


class Known:
    """Captures by their ids, and by what earlier versions of this program knew them by: record id, address, second."""

    def __init__(self) -> None:
        self._keys: set[bytes] = set()

    def add(self, capture_id: str, url: str, date: str) -> None:
        """Notes a capture; `date` is its WARC-Date."""
        self._keys |= {_key(capture_id), _key(capture_id, url, date[:19])}

    def has(self, capture: ForeignCapture) -> bool:
        """Whether a capture was noted before; it is from now on."""
        own = _key(capture.capture_id)
        earlier = _key(record_uuid(capture.place.record_id), capture.url, warc_date(capture.fetched_at)[:19])
        if own in self._keys or earlier in self._keys:
            return True
        self._keys.add(own)
        return False


def _key(*parts: str) -> bytes:
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=16).digest()


def known_captures(workspace: Workspace) -> Known:
    """The captures that the package holds, from its indexes, or from files that none of them covers. Raises
    ArchiveError."""
    known, covered = Known(), set[str]()
    for path in matching(workspace.indexes, "*.cdx"):
        for line in lines_of_file(path):
            try:
                packed = packed_fields(line)
                known.add(packed["id"], packed["url"], packed["date"])
                covered.add(packed["filename"])
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise ArchiveError(f"{path}: not a line of this index: {error}") from error
    for path in matching(workspace.archive, "*.warc.gz"):
        if path.name not in covered:
            for capture in iter_captures(path):
                known.add(capture.capture_id, capture.url, warc_date(capture.fetched_at))
    return known
