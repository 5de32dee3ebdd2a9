"""A packed WARC or ARC in a form whose records can be found by their place: one gzip member each, or plain."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import zstandard

from crawler.archive.http import Head, decode, head_end
from crawler.archive.limits import MAX_HEAD, MAX_UNPACKED, most, too_much
from crawler.errors import ArchiveError
from crawler.workspace.files import open_read, open_write, size_of

_GZIP, _ZSTD, _SKIPPABLE = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x2a\x4d\x18"
_DICTIONARY = b"\x5d" + _SKIPPABLE  # https://iipc.github.io/warc-specifications/specifications/warc-zstd/
_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*(\d{1,18})[ \t]*\r?$")
_PADDING = 16  # bytes of line ends behind a record
_STEP = 1 << 20
_SMALL = 1 << 10  # packed bytes at a time: a block of three may unfold to 128 KiB
_MAX_DICTIONARY = 16 << 20
_MAX_WINDOW = 128 << 20  # bytes; files on a disk are packed in larger windows than answers


def in_members(path: Path, plain: Path, name: str) -> Path:
    """`path` where it is not packed, or has one gzip member for each record; else `plain`, with what it holds.

    What can be unpacked of a damaged file is there; its end tells that it is torn. Raises ArchiveError."""
    with open_read(path) as file:
        start = file.read(4)
    if start == _ZSTD or (start[1:] == _SKIPPABLE and start[0] & 0xF0 == 0x50):
        _unzstd(path, plain, name)
        return plain
    if start.startswith(_GZIP) and not _is_one_each(path):
        limit = most(size_of(path), absolute=MAX_UNPACKED)
        with open_read(path) as file, gzip.GzipFile(fileobj=file) as source, open_write(plain) as target:
            _as_far_as_it_goes(lambda: copied(source, target, limit, name))
        return plain
    return path


def copied(source: IO[bytes] | gzip.GzipFile, target: IO[bytes], limit: int, name: str) -> None:
    """Copies all of `source`. Raises ArchiveError beyond `limit` bytes."""
    size = 0
    while data := source.read(_STEP):
        size += len(data)
        if size > limit:
            raise ArchiveError(f"{name}: {too_much(limit)}: a zip bomb?")
        target.write(data)


def _as_far_as_it_goes(work: Callable[[], None]) -> None:
    try:
        work()
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return  # what could be unpacked is read


def _is_one_each(path: Path) -> bool:
    """True when every whole gzip member holds one record, and for an ARC. Blocks of bgzip begin and end anywhere, and a
    file that was packed whole has all records in one member."""
    first = True
    with open_read(path) as file:
        engine, record = zlib.decompressobj(zlib.MAX_WBITS | 16), _Member()
        while data := file.read(_STEP):
            while data:
                try:
                    record.add(engine.decompress(data, _STEP))
                except zlib.error:
                    return True  # the reader says where it is damaged
                if not engine.eof:
                    data = engine.unconsumed_tail
                    continue
                if not record.is_one:
                    return first and not record.is_warc  # an ARC, or nothing that the reader knows
                first = False
                data, engine, record = engine.unused_data, zlib.decompressobj(zlib.MAX_WBITS | 16), _Member()
    return not record.is_warc or not record.has_more


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
        return (self._behind or 0) > _PADDING


def _unzstd(path: Path, plain: Path, name: str) -> None:
    """Unpacks zstd frames, with the dictionary in the first, skippable frame where there is one."""
    limit = most(size_of(path), absolute=MAX_UNPACKED)
    with open_read(path) as source, open_write(plain) as target:
        options = _dictionary(source, name)
        engine: Any = None
        waiting, size = b"", 0
        while data := waiting or source.read(_SMALL):
            waiting = b""
            if engine is None:
                data += source.read(max(0, 8 - len(data)))
                if data[1:4] == _SKIPPABLE and data[0] & 0xF0 == 0x50:
                    source.seek(int.from_bytes(data[4:8], "little") + 8 - len(data), 1)
                    continue
                engine = _engine(options)
            try:
                out = engine.decompress(data)
            except zstandard.ZstdError as error:
                if size:
                    return  # what could be unpacked is read
                raise ArchiveError(f"{name}: no zstd that can be read: {error}") from error
            size += len(out)
            if size > limit:
                raise ArchiveError(f"{name}: {too_much(limit)}: a zip bomb?")
            target.write(out)
            if engine.eof:
                waiting, engine = engine.unused_data, None


def _engine(dictionary: zstandard.ZstdCompressionDict | None) -> Any:
    return zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=_MAX_WINDOW).decompressobj()


def _dictionary(source: IO[bytes], name: str) -> zstandard.ZstdCompressionDict | None:
    if source.read(4) != _DICTIONARY:
        source.seek(0)
        return None
    size = int.from_bytes(source.read(4), "little")
    if size > _MAX_DICTIONARY:
        raise ArchiveError(f"{name}: a dictionary of {size:,} bytes; at most {_MAX_DICTIONARY:,} are read")
    data = source.read(size)
    if data.startswith(_ZSTD):
        read = decode(Head(None, (("content-encoding", "zstd"),)), data, max_bytes=_MAX_DICTIONARY)
        if read.problem:
            raise ArchiveError(f"{name}: its dictionary cannot be read: {read.problem}")
        data = read.data
    return zstandard.ZstdCompressionDict(data)
