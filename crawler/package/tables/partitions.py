"""Parts of tables as files: canonical CSV, named after what is in them.

`articles-2026-11.1f2e3d4c.csv.gz` is the part of November 2026; the eight digits begin the SHA-256 of the file. A
changed part is another file, so a new version of the package never writes over a file that the published
descriptor names: renaming the descriptor is what publishes.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from crawler.errors import PackageInvalid
from crawler.package.tables.tables import ADDED, LISTS, NO_ITEMS, RENAMED, Row, Table, tables
from crawler.workspace.files import move, open_read, open_write

MAX_ROW = 16 << 20  # bytes of a row, and characters of a cell: what an answer may have, from which they are made
csv.field_size_limit(MAX_ROW)

_STRETCH = r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2})?)?)?"  # 2026, 2026-11, 2026-11-30, 2026-11-30T09
_NAME = re.compile(rf"(?P<table>[a-z]+)(?:-(?P<part>{_STRETCH}))?\.(?P<hash>[0-9a-f]{{8}})\.csv(?P<gz>\.gz)?")


@dataclass(frozen=True, slots=True)
class Part:
    """One written part of a table."""

    table: str
    name: str  # "2026-11-30T09", "2026-11-30", "2026-11" or ""
    path: Path
    bytes: int
    sha256: str
    rows: int

    @property
    def file_name(self) -> str:
        return final_name(self.table, self.name, self.sha256)


def final_name(table: str, part: str, sha256: str) -> str:
    """The name of the file of a part with this content."""
    stem = f"{table}-{part}" if part else table
    return f"{stem}.{sha256[:8]}.csv" + (".gz" if tables()[table].compressed else "")


def part_of_file(path: str) -> tuple[str, str]:
    """The table and part that a file's name tells. Raises ValueError for another name."""
    match = _NAME.fullmatch(path.rpartition("/")[2])
    if not match or match["table"] not in tables():
        raise ValueError(f"not the name of a part: {path!r}")
    return match["table"], match["part"] or ""


def newest_hour(parts: Mapping[str, Iterable[str]]) -> str:
    """The newest hour of the captures among `parts`, paths by table: it tells how stepped tables are cut."""
    return max((part_of_file(path)[1] for path in parts["captures"]), default="")


def write_part(table: Table, part: str, rows: Iterable[Row], folder: Path) -> Part:
    """The part, written and synced to disk in `folder` under its final name. Rows must be in the table's order."""
    temporary = folder / f"{table.name}-{part}.part"
    with open_write(temporary) as raw:
        if table.compressed:
            # Level 6 and no time stamp: the same rows give the same bytes.
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed:
                count = _write_csv(table, rows, packed)
        else:
            count = _write_csv(table, rows, raw)
        raw.flush()
        os.fsync(raw.fileno())
    digest, size = hash_file(temporary)
    final = folder / final_name(table.name, part, digest)
    move(temporary, final)
    return Part(table.name, part, final, size, digest, count)


def _write_csv(table: Table, rows: Iterable[Row], binary: IO[bytes] | gzip.GzipFile) -> int:
    text = io.TextIOWrapper(binary, encoding="utf-8", newline="")
    text.write(header_line(table.columns))
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    count = 0
    for row in rows:
        writer.writerow([row[column] for column in table.columns])
        count += 1
    text.detach()
    return count


def header_line(columns: Iterable[str]) -> str:
    """The first line of a part. Its cells are quoted though none needs it: readers that judge the dialect by the first
    thousands of rows, as DuckDB's sniffer does, would meet no quote there and take those of later rows for text."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(columns)
    return line.getvalue()


def row_bytes(table: Table, row: Row) -> bytes:
    """The line of a row, as `write_part` spells it."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n", quoting=csv.QUOTE_MINIMAL).writerow([row[c] for c in table.columns])
    return line.getvalue().encode()


def read_part(table: Table, path: Path, *, adapt: bool = False) -> Iterator[Row]:
    """The rows of a part. With `adapt`, one that another version of this program wrote: columns that it does not have
    are empty. Raises PackageInvalid when its header or a row is not the table's, or it cannot be read."""
    return (row for _, row in read_lines(table, path, adapt=adapt))


def read_lines(table: Table, path: Path, *, adapt: bool = False, strict: bool = False) -> Iterator[tuple[int, Row]]:
    """As `read_part`, with the line of the (unpacked) file at which each row begins; a row may have several lines.

    A header without quotes is that of schema 1: its columns get their present names, and its empty lists are spelt as
    those of today, so that no row looks changed. A column that was added since is empty. With `strict` such a part is
    refused."""
    last = 0
    try:
        with _opened(path) as (text, bound):
            first = text.readline()
            is_old = not first.startswith('"')
            reader = csv.reader(chain([first] if first else [], text), strict=True)
            header = next(reader, None)
            if is_old and header and not strict:
                names = RENAMED.get(table.name, {})
                header = [names.get(name, name) for name in header]
            added = frozenset() if strict else ADDED.get(table.name, frozenset()).difference(header or ())
            if header != [c for c in table.columns if c not in added] and not (adapt and header):
                raise PackageInvalid(f"{path.name}: line 1: its columns are not those of {table.name}")
            if is_old and strict:
                raise PackageInvalid(f"{path.name}: line 1: its columns are not quoted")
            lists = [c for c in table.columns if c in LISTS] if is_old or adapt else []
            last = reader.line_num
            for cells in reader:
                line, last = last + 1, reader.line_num
                bound.left = MAX_ROW
                if len(cells) != len(header):
                    raise PackageInvalid(f"{path.name}: line {line}: {len(cells)} cells, not {len(header)}")
                row = dict(zip(header, cells, strict=True))
                if adapt or added:
                    row = {column: row.get(column, "") for column in table.columns}
                row |= {column: NO_ITEMS for column in lists if not row[column]}
                yield line, row
    except (OSError, EOFError, zlib.error, csv.Error, UnicodeDecodeError, ValueError) as error:
        raise PackageInvalid(f"{path.name}: behind line {last}: {error}") from error


class _Bounded(io.RawIOBase):
    """A stream that ends in an error when more is read of it than `left` bytes; whoever reads sets that anew."""

    def __init__(self, source: IO[bytes] | gzip.GzipFile) -> None:
        self._source, self.left = source, MAX_ROW

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1) -> bytes:
        """What TextIOWrapper asks for, a few kilobytes at a time."""
        data = self._source.read(min(size, 1 << 16) if size > 0 else 1 << 16)
        self.left -= len(data)
        if self.left < 0:
            raise ValueError(f"a row of more than {MAX_ROW} bytes")
        return data


@contextmanager
def _opened(path: Path) -> Iterator[tuple[io.TextIOWrapper, _Bounded]]:
    with open_read(path) as raw, ExitStack() as stack:
        its = stack.enter_context(gzip.GzipFile(fileobj=raw)) if path.name.endswith(".gz") else raw
        bound = _Bounded(its)
        # Of a buffer, TextIOWrapper needs no more than that.
        yield io.TextIOWrapper(bound, encoding="utf-8", newline=""), bound  # type: ignore[arg-type]


def hash_file(path: Path) -> tuple[str, int]:
    """Hex SHA-256 and size of a file."""
    with open_read(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()
