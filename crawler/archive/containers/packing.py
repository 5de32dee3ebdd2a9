"""A packed WARC or ARC in a form whose records can be found by their place: one gzip member each, or plain."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import zstandard

from crawler.archive.http.http1 import Head, decode, head_end
from crawler.archive.limits import MAX_HEAD, MAX_UNPACKED, most, too_much
from crawler.errors import ArchiveError
from crawler.workspace.files import open_read, open_write, size_of

GZIP = b"\x1f\x8b\x08"
_GZIP = re.compile(re.escape(GZIP))
_LONGEST = 5  # bytes of what `find` looks for
_ZSTD, _SKIPPABLE = b"\x28\xb5\x2f\xfd", b"\x2a\x4d\x18"
_DICTIONARY = b"\x5d" + _SKIPPABLE  # https://iipc.github.io/warc-specifications/specifications/warc-zstd/
_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*(\d{1,18})[ \t]*\r?$")
_PADDING = 16  # bytes of line ends behind a record
_STEP = 1 << 20
_PIECE = 1 << 14  # packed bytes at a time
_SMALL = 1 << 10  # the same of zstd: a block of three may unfold to 128 KiB
_BLOCK = 1 << 16  # bytes that a block of bgzip unfolds to at most; of a damaged one nothing is kept
_MAX_TRIES = 10_000  # places behind damage that look like the beginning of a member
_MAX_DICTIONARY = 16 << 20
_MAX_WINDOW = 128 << 20  # bytes; files on a disk are packed in larger windows than answers


def in_members(path: Path, plain: Path, name: str) -> tuple[Path, list[str]]:
    """(`path` where it is not packed, or has one gzip member for each record; else `plain`, with what it holds; what of
    it is damaged and could not be unpacked, in words).

    Behind damage unpacking goes on at the next whole member or frame. Raises ArchiveError."""
    with open_read(path) as file:
        start = file.read(4)
    limit = most(size_of(path), absolute=MAX_UNPACKED)
    if start == _ZSTD or _is_skippable(start):
        with open_read(path) as source, open_write(plain) as target:
            dictionary, begin = _dictionary(source, name)
            work = _Unpacking(source, target, name, limit, lambda: _zstd_engine(dictionary), _ZSTD, _SMALL)
            return plain, work.lost_from(begin)
    if start.startswith(GZIP[:2]) and (other := _no_record(path)) is not None:
        with open_read(path) as source, open_write(plain) as target:
            lost = _Unpacking(source, target, name, limit, _gzip_engine, GZIP, _PIECE).lost_from(0)
        if other:
            lost.append(f"{name}: damaged: from byte {other} on records stand in several gzip members; they are read")
        return plain, lost
    return path, []


def copied(source: IO[bytes], target: IO[bytes], limit: int, name: str) -> None:
    """Copies all of `source`. Raises ArchiveError beyond `limit` bytes."""
    size = 0
    while data := source.read(_STEP):
        size += len(data)
        if size > limit:
            raise ArchiveError(f"{name}: {too_much(limit)}: a zip bomb?")
        target.write(data)


def find(source: IO[bytes], magic: re.Pattern[bytes], at: int) -> int | None:
    """Where `magic` (of five bytes at most) stands next, at `at` or behind it; None where it does not. Holds little
    memory."""
    while data := os.pread(source.fileno(), _STEP, at):
        if found := magic.search(data):
            return at + found.start()
        if len(data) < _LONGEST:
            return None
        at += len(data) - _LONGEST + 1
    return None


class _Damaged(Exception):
    """A member or frame that cannot be unpacked to its end."""


@dataclass(slots=True)
class _Unpacking:
    """Members of gzip or frames of zstd, unpacked one after another, past those that are damaged."""

    source: IO[bytes]
    target: IO[bytes]
    name: str
    limit: int
    engine: Callable[[], Any]
    magic: bytes
    step: int
    written: int = 0  # bytes ever, those of failed tries too: what bounds the work
    lost: list[str] = field(default_factory=list)

    def lost_from(self, at: int) -> list[str]:
        """Unpacks all from `at` on; what was lost, in words. Raises ArchiveError beyond the limit, and where nothing at
        all can be unpacked."""
        size = os.fstat(self.source.fileno()).st_size
        while at < size:
            try:
                at = self._one(at)
            except _Damaged as error:
                begin = at
                at = self._next_whole(begin + 1, size)
                self.lost.append(f"{self.name}: lost: bytes {begin} to {at} cannot be unpacked: {error}")
        if not self.target.tell() and self.lost:
            raise ArchiveError(f"{self.name}: nothing of it can be unpacked: {'; '.join(self.lost)}")
        return self.lost

    def _one(self, at: int, *, is_tried: bool = False) -> int:
        """The end of the member or frame at `at`, which is written to the target. Of one that is damaged what came is
        kept, unless it is a block, or only `is_tried` to be one."""
        head = os.pread(self.source.fileno(), 8, at)
        if self.magic == _ZSTD and _is_skippable(head):
            return at + 8 + int.from_bytes(head[4:8], "little")
        if not head.strip(b"\0"):
            return at + len(head)  # what tapes and disks are padded with
        begin = self.target.tell()
        try:
            return self._unpacked(at)
        except _Damaged:
            if is_tried or self.target.tell() - begin <= _BLOCK:
                self.target.seek(begin)
                self.target.truncate()
            raise

    def _unpacked(self, at: int) -> int:
        engine = self.engine()
        while not engine.eof:
            data = os.pread(self.source.fileno(), self.step, at)
            if not data:
                raise _Damaged("the file ends in it")
            try:
                plain = engine.decompress(data)
            except (zlib.error, zstandard.ZstdError) as error:
                raise _Damaged(str(error)) from error
            self.written += len(plain)
            if self.written > self.limit:
                raise ArchiveError(f"{self.name}: {too_much(self.limit)}: a zip bomb?")
            self.target.write(plain)
            at += len(data)
        return at - len(engine.unused_data)

    def _next_whole(self, at: int, size: int) -> int:
        """Where the next member or frame begins that is whole; the file's end where there is none."""
        for _ in range(_MAX_TRIES):
            if (found := find(self.source, re.compile(re.escape(self.magic)), at)) is None:
                break
            begin = self.target.tell()
            try:
                self._one(found, is_tried=True)
            except _Damaged:
                at = found + 1
                continue
            self.target.seek(begin)
            self.target.truncate()
            return found
        return size


def _gzip_engine() -> Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def _zstd_engine(dictionary: zstandard.ZstdCompressionDict | None) -> Any:
    return zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=_MAX_WINDOW).decompressobj()


def _is_skippable(head: bytes) -> bool:
    return head[1:4] == _SKIPPABLE and head[0] & 0xF0 == 0x50


def _dictionary(source: IO[bytes], name: str) -> tuple[zstandard.ZstdCompressionDict | None, int]:
    """(the dictionary in the first, skippable frame where there is one, where the frames begin)."""
    head = source.read(8)
    if head[:4] != _DICTIONARY:
        return None, 0
    size = int.from_bytes(head[4:], "little")
    if size > _MAX_DICTIONARY:
        raise ArchiveError(f"{name}: a dictionary of {size:,} bytes; at most {_MAX_DICTIONARY:,} are read")
    data = source.read(size)
    if data.startswith(_ZSTD):
        read = decode(Head(None, (("content-encoding", "zstd"),)), data, max_bytes=_MAX_DICTIONARY)
        if read.problem:
            raise ArchiveError(f"{name}: its dictionary cannot be read: {read.problem}")
        data = read.data
    return zstandard.ZstdCompressionDict(data), 8 + size


# ---------------------------------------------------------------- one member each


def _no_record(path: Path) -> int | None:
    """Where the first whole gzip member begins that is not one record; None where each is, and for an ARC. Blocks of
    bgzip begin and end anywhere, and a file that was packed whole has all records in one member: then it is the first.
    Damaged members say nothing."""
    at, first = 0, True
    with open_read(path) as file:
        size = os.fstat(file.fileno()).st_size
        while at < size:
            record = _Member()
            end = _read_member(file, at, record)
            if end is None:
                if first and record.has_more:
                    return at  # all in one, and cut
                following = find(file, _GZIP, at + 1)
                at, first = size if following is None else following, False
                continue
            if not record.is_one:
                is_arc = first and not record.is_warc  # or nothing that the reader knows
                return None if is_arc else 0 if record.has_more else at
            at, first = end, False
    return None


def _read_member(file: IO[bytes], at: int, record: _Member) -> int | None:
    """Where the gzip member at `at` ends, which is told to `record`; None where it is damaged or cut."""
    engine = _gzip_engine()
    while not engine.eof:
        data = os.pread(file.fileno(), _PIECE, at)
        if not data:
            return None
        try:
            record.add(engine.decompress(data))
        except zlib.error:
            return None
        at += len(data)
    return at - len(engine.unused_data)


class _Member:
    """What must be known of a gzip member to tell whether it is one record."""

    def __init__(self) -> None:
        self._head, self._size = bytearray(), 0

    def add(self, data: bytes) -> None:
        self._head += data[: max(0, MAX_HEAD - len(self._head))]
        self._size += len(data)

    @property
    def is_warc(self) -> bool:
        return self._head.startswith(b"WARC/")

    @property
    def _behind(self) -> int | None:
        """The bytes behind the record that the member begins with; negative where its own are missing."""
        end = head_end(self._head)
        length = _LENGTH.search(self._head, 0, end)
        return self._size - end - int(length[1]) if end and length else None

    @property
    def is_one(self) -> bool:
        behind = self._behind
        return not self._size or (self.is_warc and behind is not None and 0 <= behind <= _PADDING)

    @property
    def has_more(self) -> bool:
        """True where a member that is cut holds more than its first record."""
        return self.is_warc and (self._behind or 0) > _PADDING
