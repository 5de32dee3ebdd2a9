"""The records of a WARC that is packed as the standard wants it, each unpacked once and nothing looked for.

What reads most files of other tools. Whatever is odd in one ends it at once: `scan` and `packing` then read the file,
which know every other form, and what is damaged."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from crawler.archive.containers.packing import GZIP
from crawler.archive.limits import MAX_BLOCK, MAX_FREE, MAX_HEAD, most
from crawler.archive.scanning.record_form import ENDS, Damaged, Found, is_exact, taken_apart
from crawler.workspace.files import open_read

_STEP = 1 << 20  # bytes that are read at once
_PIECE = 1 << 14  # packed bytes that are unpacked at once: most records have fewer


class OddForm(Exception):
    """The file is not one gzip member for each record, or not whole."""


def records_of(path: Path) -> Iterator[Found]:
    """The records of the WARC at `path`. Raises OddForm at the first byte that is not as it should be, OSError."""
    with open_read(path) as file:
        ahead, at = _Ahead(file), 0
        while start := ahead.piece(at, _PIECE):
            if not start.startswith(GZIP):
                raise OddForm
            plain, end = _member(ahead, at, start)
            if not plain.strip(ENDS):  # as `cat` of files leaves them
                at = end
                continue
            try:
                found = taken_apart(plain, at)
            except Damaged as error:
                raise OddForm from error
            behind = plain[found.size :]
            if behind.strip(ENDS):
                raise OddForm
            found.is_exact = is_exact(found, behind)
            found.length = end - at
            yield found
            at = end


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    with open_read(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Ahead:
    """A file that is read onwards, a good deal at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._begin, self._data = file, 0, b""

    def piece(self, at: int, size: int) -> bytes:
        """`size` bytes at `at`, which never lies before that of an earlier call; fewer where the file ends."""
        at -= self._begin
        if at + size > len(self._data) and (more := self._file.read(_STEP)):
            self._begin += at
            self._data, at = self._data[at:] + more, 0
        return self._data[at : at + size]


def _member(ahead: _Ahead, at: int, start: bytes) -> tuple[bytes, int]:
    """(what the gzip member at `at` holds, where it ends). Raises OddForm, also beyond a limit: who reads the file then
    tells of it."""
    engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = engine.decompress(start, MAX_FREE)
    except zlib.error as error:
        raise OddForm from error
    at += len(start)
    if engine.eof:
        return plain, at - len(engine.unused_data)
    if engine.unconsumed_tail:
        raise OddForm
    return _rest(ahead, at, engine, plain, len(start))


def _rest(ahead: _Ahead, at: int, engine: zlib._Decompress, plain: bytes, packed: int) -> tuple[bytes, int]:
    """As `_member`, of one that is longer than a piece."""
    begin, parts, size = at - packed, [plain], len(plain)
    while data := ahead.piece(at, _PIECE):
        at += len(data)
        limit = most(at - begin, absolute=MAX_BLOCK + MAX_HEAD)
        try:
            plain = engine.decompress(data, limit + 1)
        except zlib.error as error:
            raise OddForm from error
        size += len(plain)
        if size > limit:
            break
        parts.append(plain)
        if engine.eof:
            return b"".join(parts), at - len(engine.unused_data)
    raise OddForm
