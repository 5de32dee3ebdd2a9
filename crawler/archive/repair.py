"""Files that a killed run left open: cut back to their last whole record, sealed, and the torn tail set aside."""

from __future__ import annotations

import os
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.files import seal_file
from crawler.workspace import Workspace

_STEP = 1 << 20
_CONTENT_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*(\d+)[ \t]*\r?$")


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done to one file."""

    file: str
    kept: int  # bytes of whole records
    cut: int  # bytes of the torn tail
    tail: str | None  # where the tail was set aside

    def __str__(self) -> str:
        if not self.cut:
            return f"{self.file}: left open by a run that ended early; whole, and sealed"
        return f"{self.file}: kept {self.kept} bytes of whole records; a torn tail of {self.cut} is now {self.tail}"


def whole_prefix(path: Path) -> int:
    """The number of bytes at the beginning of a WARC (one gzip member per record) that are whole records.

    A member counts when it inflates to its end, its check sum is right, and it holds exactly one record with the
    length that its header states, followed by the two line ends of WARC 1.1, 4.
    """
    whole = 0
    with path.open("rb") as file:
        engine, inflated = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray()
        position = 0
        while data := file.read(_STEP):
            while data:
                try:
                    inflated += engine.decompress(data)
                except zlib.error:
                    return whole
                if not engine.eof:
                    position += len(data)
                    break
                position += len(data) - len(engine.unused_data)
                if not is_record(inflated):
                    return whole
                whole, data = position, engine.unused_data
                engine, inflated = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray()
    return whole


def is_record(data: bytes | bytearray) -> bool:
    """True when `data` is exactly one WARC record with its two line ends."""
    if not data.startswith(b"WARC/1."):
        return False
    end = data.find(b"\r\n\r\n")
    length = _CONTENT_LENGTH.search(data, 0, end + 2)
    return length is not None and len(data) == end + 4 + int(length[1]) + 4 and data.endswith(b"\r\n\r\n")


def repair_file(path: Path, damaged: Path) -> Repair:
    """What was done to an open WARC file: cut at the last whole record, its tail kept in `damaged`."""
    size, kept = path.stat().st_size, whole_prefix(path)
    tail: Path | None = None
    if kept < size:
        damaged.mkdir(parents=True, exist_ok=True)
        tail = damaged / f"{path.name}.{kept}.tail"
        with path.open("rb") as source, tail.open("wb") as target:
            source.seek(kept)
            while data := source.read(_STEP):
                target.write(data)
            target.flush()
            os.fsync(target.fileno())
        with path.open("r+b") as file:
            file.truncate(kept)
            os.fsync(file.fileno())
    return Repair(path.name, kept, size - kept, tail.name if tail else None)


def recover(workspace: Workspace) -> list[Repair]:
    """The repairs of all files that killed runs left open in a package; whole ones are sealed into its archive.

    The caller holds the package's lock. A file without one whole record is only set aside.
    """
    repairs = []
    for path in sorted(workspace.open_archive.glob("*.warc.gz.open")):
        repair = repair_file(path, workspace.damaged)
        if repair.kept:
            workspace.archive.mkdir(parents=True, exist_ok=True)
            seal_file(path, workspace.archive)
        else:
            path.unlink()  # empty: its bytes, if any, are in `damaged`
        repairs.append(repair)
    return repairs
