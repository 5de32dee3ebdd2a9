"""The last record of a WARC file, found from the file's end: what a run says of itself costs no reading of the rest."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import Any

from crawler.archive.limits import most
from crawler.archive.warc.reader import read_record
from crawler.errors import ArchiveError
from crawler.model import Locator
from crawler.workspace.files import open_read

_MAGIC = b"\x1f\x8b\x08"
_MOST_TRIES = 64  # by chance they stand in it once in four files
_WINDOW = 4 << 20  # bytes from the end in which the last member begins; a longer report counts as none


def last_report(path: Path) -> dict[str, Any] | None:
    """The report of the run that wrote `path`, when it is the file's last record; None for a run that was killed, one
    that went on in another file, and captures of other tools. Raises ArchiveError when the file cannot be read."""
    try:
        with open_read(path) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _WINDOW))
            data = file.read(_WINDOW)
    except OSError as error:
        raise ArchiveError(f"{path}: {error}") from error
    at, tries = data.rfind(_MAGIC), 1
    while at >= 0 and not _is_whole(data[at:]):  # the same bytes may stand inside compressed data
        at, tries = data.rfind(_MAGIC, 0, at), tries + 1
        if tries > _MOST_TRIES:
            return None
    if at < 0:
        return None
    record = read_record(path, Locator(path.name, size - len(data) + at, len(data) - at))
    if not record.headers.get("warc-target-uri", "").startswith("urn:x-ministry-news:run:"):
        return None
    try:
        report = json.loads(record.block)
    except (ValueError, RecursionError) as error:
        raise ArchiveError(f"{path}: the report of its run is not JSON: {error}") from error
    return report if isinstance(report, dict) else None


def _is_whole(data: bytes) -> bool:
    """True for exactly one gzip member that holds a WARC record."""
    try:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        begin = member.decompress(data, 5)
        left = most(len(data))
        while member.unconsumed_tail and left > 0:
            left -= len(member.decompress(member.unconsumed_tail, 1 << 20))
    except zlib.error:
        return False
    return begin == b"WARC/" and member.eof and not member.unused_data
