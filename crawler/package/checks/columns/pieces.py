"""Parts of tables, unpacked once: into files that are read by columns and then deleted."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from crawler.errors import PackageInvalid, UnsafeFile
from crawler.package.checks.findings import Findings
from crawler.package.tables.partitions import MAX_ROW, header_line
from crawler.package.tables.tables import Table
from crawler.workspace.files import open_read, open_write

PIECE = 48 << 20  # bytes: what one of them holds of a large part, so that none needs its whole on the disk
_BLOCK = 1 << 20
_HEAD = 5  # rows of each part that are kept for the sample
_HEAD_BYTES = 64 << 10


@dataclass(slots=True)
class Unpacked:
    """What was seen of a part on the way."""

    path: str
    number: int  # of the part, in the order of the tables
    size: int = 0  # bytes behind the header
    quotes: int = 0
    head: bytes = b""  # its first rows
    is_whole: bool = True  # its bytes are as they should be
    has_header: bool = True


@dataclass(slots=True)
class _Ends:
    """Line feeds and carriage returns, of an unpacked part."""

    lines: int = 0
    returns: int = 0
    first: int = 0
    last: bytes = b""

    def take(self, block: bytes) -> None:
        if (count := block.count(b"\r")) and not self.returns:
            self.first = self.lines + block[: block.index(b"\r")].count(b"\n") + 1
        self.returns += count
        self.lines += block.count(b"\n")
        self.last = block[-1:]


@dataclass(slots=True)
class Unpacking:
    """One part on its way into files in `folder`, each of which begins with the header."""

    source: Path
    table: Table
    seen: Unpacked
    folder: Path
    _ends: _Ends = field(default_factory=_Ends)
    _count: int = 0

    def pieces(self, findings: Findings) -> Iterator[Path]:
        """The files, as they are done. What is wrong with the bytes of the part is among the findings: lines end with a
        line feed alone, also the last, since readers glue it to the next part's first otherwise. No cell holds a
        carriage return."""
        header = header_line(self.table.columns).encode()
        try:
            yield from self._cut(header)
        except (OSError, EOFError, zlib.error, ValueError, PackageInvalid, UnsafeFile) as error:
            findings.cause("unreadable", f"{type(error).__name__}: {error}", self.seen.path)
            self.seen.is_whole = False
            return
        ends, path = self._ends, self.seen.path
        if ends.returns:
            words = f"has {ends.returns} carriage returns: lines end with a line feed alone"
            findings.cause("line-end", words, path, ends.first)
        elif ends.last != b"\n":
            findings.cause("final-newline", "does not end with a line feed", path)
        self.seen.is_whole = ends.last == b"\n" and not ends.returns

    def _cut(self, header: bytes) -> Iterator[Path]:
        blocks, seen = self._blocks(), self.seen
        first = b""
        while len(first) < len(header) and (block := next(blocks, b"")):
            first += block
        seen.has_header = first.startswith(header)
        rest = first[len(header) :]
        while seen.has_header:
            piece = self.folder / f"{seen.number:06d}-{self._count:05d}.csv"
            self._count += 1
            with open_write(piece) as file:
                file.write(header)
                rest, is_last = self._fill(file, rest, blocks)
            yield piece
            if is_last:
                return
        for _ in blocks:  # to see how its lines end
            pass

    def _fill(self, file: IO[bytes], rest: bytes, blocks: Iterator[bytes]) -> tuple[bytes, bool]:
        """What is left for the next piece, and whether nothing is. A line feed behind an even number of quotation marks
        ends a row; where that is not so in an odd file, the reader by columns says so."""
        size = 0
        while True:
            if size >= PIECE and (end := _end_of_row(rest, self.seen.quotes)) is not None:
                self._take(file, rest[:end])
                return rest[end:], False
            self._take(file, rest)
            size += len(rest)
            if not (rest := next(blocks, b"")):
                return b"", True

    def _take(self, file: IO[bytes], data: bytes) -> None:
        seen = self.seen
        if not seen.size:
            seen.head = first_rows(data)
        seen.size += len(data)
        seen.quotes += data.count(b'"')
        file.write(data)

    def _blocks(self) -> Iterator[bytes]:
        with open_read(self.source) as raw, ExitStack() as stack:
            file = stack.enter_context(gzip.GzipFile(fileobj=raw)) if self.source.name.endswith(".gz") else raw
            while block := file.read(_BLOCK):
                self._ends.take(block)
                yield block


def _end_of_row(block: bytes, quotes: int) -> int | None:
    """Where the first row that ends in `block` ends, when `quotes` quotation marks stand before it."""
    at, begin = block.find(b"\n"), 0
    while at >= 0:
        quotes += block.count(b'"', begin, at)
        if quotes % 2 == 0:
            return at + 1
        at, begin = block.find(b"\n", at + 1), at + 1
    return None


def first_rows(data: bytes) -> bytes:
    """The first whole rows of `data`, a sample of a part."""
    data, end = data[:_HEAD_BYTES], 0
    for _ in range(_HEAD):
        step = _end_of_row(data[end:], 0)
        if step is None:
            break
        end += step
    return data[:end]


def spelt(rows: Iterator[bytes], table: Table, seen: Unpacked, folder: Path) -> Iterator[Path]:
    """Files of the lines of rows that were read one by one and spelt as the package spells them."""
    header = header_line(table.columns).encode()
    seen.size = seen.quotes = count = 0
    row: bytes | None = next(rows, None)
    while row is not None:
        piece = folder / f"{seen.number:06d}-{count:05d}.csv"
        count, size = count + 1, 0
        with open_write(piece) as file:
            file.write(header)
            while row is not None and size < PIECE:
                file.write(row)
                size += len(row)
                seen.size += len(row)
                seen.quotes += row.count(b'"')
                row = next(rows, None)
        yield piece


assert PIECE > MAX_ROW  # noqa: S101 - a row fits into a piece
