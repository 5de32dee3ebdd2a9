"""Files that a killed run left open: cut back to their last whole record, sealed, and the torn tail set aside.

The records of an exchange are appended together, its answer first, so that the last answer of a repaired file may have
lost its request, or the metadata that tell its purpose. It is kept all the same: every whole record is. The reader
gives it the role `probe`, which is listed and not read, and the next run asks for its address again."""

from __future__ import annotations

import os
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.warc.files import seal_file
from crawler.workspace import Workspace
from crawler.workspace.files import make_folder, matching, open_read, open_write, remove, size_of, truncate

_STEP = 1 << 20
_MAX_HEAD = 1 << 20  # bytes of a record's header: more than any writer makes
_CONTENT_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*(\d+)[ \t]*\r?$")
_INGEST = re.compile(rb"(?m)^software: [^\r\n]* ingest\r$")
_BESIDE = re.compile(rb"(?m)^WARC-Type: (?:metadata|resource)\r$")


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
    length that its header states, followed by the two line ends of WARC 1.1, 4. Of captures that were taken in only
    whole exchanges count: one whose metadata are not there would be known, and not for what it is. Holds little
    memory, whatever a record's length.
    """
    whole, is_of_others = 0, False
    with open_read(path) as file:
        engine, record = zlib.decompressobj(zlib.MAX_WBITS | 16), _Outline()
        position = 0
        while data := file.read(_STEP):
            while data:
                try:
                    record.add(engine.decompress(data, _STEP))
                except zlib.error:
                    return whole
                if not engine.eof:
                    position += len(data) - len(engine.unconsumed_tail)
                    data = engine.unconsumed_tail
                    continue
                position += len(data) - len(engine.unused_data)
                if not record.is_whole:
                    return whole
                data = engine.unused_data
                is_of_others = is_of_others or (not whole and record.is_info_of_ingest)
                # Of what other tools captured only the metadata behind it tell what it is: without, it is taken again.
                if not is_of_others or not whole or record.ends_exchange:
                    whole = position
                engine, record = zlib.decompressobj(zlib.MAX_WBITS | 16), _Outline()
    return whole


class _Outline:
    """What must be known of a record to tell whether it is whole: its head, its length, and its last bytes."""

    def __init__(self) -> None:
        self._head, self._size, self._last = bytearray(), 0, b""

    def add(self, data: bytes) -> None:
        if len(self._head) < _MAX_HEAD:
            self._head += data[: _MAX_HEAD - len(self._head)]
        self._size += len(data)
        self._last = (self._last + data[-4:])[-4:]

    @property
    def is_info_of_ingest(self) -> bool:
        """Whether it says that what other tools captured follows."""
        return _INGEST.search(self._head) is not None

    @property
    def ends_exchange(self) -> bool:
        """Whether it stands behind all other records of a capture, or is none of one."""
        return _BESIDE.search(self._head, 0, self._head.find(b"\r\n\r\n") + 2) is not None

    @property
    def is_whole(self) -> bool:
        if not self._head.startswith(b"WARC/1."):
            return False
        end = self._head.find(b"\r\n\r\n")
        length = _CONTENT_LENGTH.search(self._head, 0, end + 2)
        return length is not None and self._size == end + 4 + int(length[1]) + 4 and self._last == b"\r\n\r\n"


def is_record(data: bytes | bytearray) -> bool:
    """True when `data` is exactly one WARC record with its two line ends."""
    record = _Outline()
    record.add(bytes(data))
    return record.is_whole


def repair_file(path: Path, damaged: Path) -> Repair:
    """What was done to an open WARC file: cut at the last whole record, its tail kept in `damaged`."""
    size, kept = size_of(path), whole_prefix(path)
    tail: Path | None = None
    if kept < size:
        make_folder(damaged)
        tail = damaged / f"{path.name}.{kept}.tail"
        with open_read(path) as source, open_write(tail) as target:
            source.seek(kept)
            while data := source.read(_STEP):
                target.write(data)
            target.flush()
            os.fsync(target.fileno())
        truncate(path, kept)
    return Repair(path.name, kept, size - kept, tail.name if tail else None)


def recover(workspace: Workspace) -> list[Repair]:
    """The repairs of all files that killed runs left open in a package; whole ones are sealed into its archive.

    The caller holds the package's lock. A file without one whole record is only set aside.
    """
    repairs = []
    for path in matching(workspace.open_archive, "*.warc.gz.open"):
        repair = repair_file(path, workspace.damaged)
        if repair.kept:
            make_folder(workspace.archive)
            seal_file(path, workspace.archive)
        else:
            remove(path)  # empty: its bytes, if any, are in `damaged`
        repairs.append(repair)
    return repairs
