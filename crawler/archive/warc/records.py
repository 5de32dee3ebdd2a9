"""The records of WARC and ARC files, as they stand there.

Records of the form that nearly all tools write are taken apart here, the others by warcio, which knows every form;
message bodies are taken as raw blocks and decoded by `archive.http`, because warcio's own content stream knows neither
mixed case, chunk extensions nor trailers, and hides a body that was cut."""

from __future__ import annotations

import gzip
import logging
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from crawler.archive.limits import MAX_BLOCK, BoundedReader
from crawler.archive.warc.members import REGULAR, OddForm, members_of, regular_record
from crawler.errors import ArchiveError
from crawler.model import Locator
from crawler.workspace.files import open_read


@dataclass(slots=True)
class Record:
    """One record as it stands in a file. `offset` and `length` count bytes of the file."""

    kind: str
    headers: dict[str, str]  # names in lower case
    block: bytes
    offset: int
    length: int

    @property
    def fields(self) -> dict[str, str]:
        """The fields of its head, names in lower case."""
        return self.headers

    def __getitem__(self, name: str) -> str:
        try:
            return self.headers[name]
        except KeyError:
            raise ArchiveError(f"record at offset {self.offset}: no {name}") from None


def read_record(path: Path, locator: Locator) -> Record:
    """The one record at a locator. Raises ArchiveError."""
    try:
        with open_read(path) as file:
            file.seek(locator.offset)
            data = file.read(min(locator.length, MAX_BLOCK))
    except OSError as error:
        raise ArchiveError(f"{path}: {error}") from error
    for record in _records(BytesIO(data), str(path)):
        record.offset, record.length = locator.offset, locator.length
        return record
    raise ArchiveError(f"{path}: no record at offset {locator.offset}")


def records_in(data: bytes) -> Iterator[Record]:
    """As `records`, of the bytes of a file."""
    return _records(BytesIO(data), "a record")


def records(
    path: Path, *, only: tuple[str, ...] | None = None, odd: Callable[[], None] | None = None
) -> Iterator[Record]:
    """All records of a WARC or ARC file; blocks are read of the kinds in `only`, if given. `odd` is called where one
    begins, or something else, that is not of the usual form. Raises ArchiveError."""
    try:
        with open_read(path) as file:
            yield from _records(file, str(path), only=only, odd=odd)
    except OSError as error:
        raise ArchiveError(f"{path}: {error}") from error


def _records(
    stream: Any, name: str, only: tuple[str, ...] | None = None, odd: Callable[[], None] | None = None
) -> Iterator[Record]:
    """The records from the place of `stream` on, the first of which stands at 0. What is of no usual form is read by
    warcio: from the last record before it on, since how it takes what follows depends on what it has read."""
    last: int | None = None
    try:
        for plain, at, length in members_of(stream, 0):
            kind, headers, block = regular_record(plain)
            last = at
            yield Record(kind, headers, b"" if only and kind not in only else block, at, length)
    except OddForm:
        if odd:
            odd()
    else:
        return
    stream.seek(last or 0)
    yield from islice(_odd_records(stream, name, only), 0 if last is None else 1, None)


def _odd_records(stream: Any, name: str, only: tuple[str, ...] | None) -> Iterator[Record]:
    iterator = _Silent(stream, no_record_parse=True, arc2warc=True)
    iterator.reader = BoundedReader(iterator.fh, block_size=_PIECE)
    iterator.loader.warc_parser = HeadParser(iterator.loader.WARC_TYPES)
    at = stream.tell()
    try:
        for entry in iterator:
            headers = {key.lower(): value for key, value in reversed(entry.rec_headers.headers)}
            block = b"" if only and entry.rec_type not in only else _read_block(entry.raw_stream)
            stated = headers.get("content-length", "")
            # warcio takes a cut member for a whole one (warcio#138); its own length tells.
            # (Of the first record of an ARC file warcio has read a part already.)
            checked = entry.rec_type != "warcinfo" and (not only or entry.rec_type in only)
            if checked and stated.isdigit() and len(block) != int(stated):
                most = f"; at most {MAX_BLOCK:,} are read" if len(block) >= MAX_BLOCK else ""
                raise ArchiveError(f"{name}: record behind offset {at}: {len(block)} of {stated} bytes{most}")
            at = int(iterator.get_record_offset())  # only now: asking for it reads the record to its end
            length = int(iterator.get_record_length())
            yield Record(entry.rec_type, headers, block, at, length)
    except _UNREADABLE as error:
        raise ArchiveError(f"{name}: unreadable behind offset {at}: {_words(error)}") from error


logging.getLogger(ArchiveIterator.__module__.partition(".")[0]).addHandler(logging.NullHandler())
# which else prints what it says of addresses in a file where nothing listens to it


class _Silent(ArchiveIterator):  # type: ignore[misc] # warcio has no types
    """warcio's iterator, which prints what stands where a record should end: any amount of a page."""

    INC_RECORD = ""


_REGULAR = re.compile(REGULAR)


class HeadParser(StatusAndHeadersParser):  # type: ignore[misc] # warcio has no types
    """warcio's parser, which asks for a line at a time and takes a third of the time in which a file is read."""

    def parse(self, stream: Any, full_statusline: bytes | str | None = None) -> StatusAndHeaders:
        """Raises what warcio's own does."""
        first = stream.readline() if full_statusline is None else full_statusline
        status = self.decode_header(first)
        protocol = self.split_prefix(status.rstrip(), self.statuslist)
        head = stream.regular_head(_REGULAR) if protocol and isinstance(stream, BoundedReader) else None
        if head is None:
            return super().parse(stream, first)
        fields = [line.split(":", 1) for line in head.decode("ascii").split("\r\n")[:-2]]
        headers = [(name, value.strip()) for name, value in fields]
        return StatusAndHeaders(protocol[1].strip(), headers, protocol[0], total_len=len(status) + len(head))


_PIECE = 1 << 14  # packed bytes that are unfolded at once
_UNREADABLE = (ArchiveLoadFailed, EOFError, gzip.BadGzipFile, zlib.error, ValueError, KeyError, AttributeError)


def _read_block(stream: Any) -> bytes:
    parts, size = [], 0
    while size < MAX_BLOCK and (part := stream.read(1 << 16)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _words(error: BaseException) -> str:
    """What a library says of a file, without the bytes of the file that warcio ends it with: they may be of any length,
    and a terminal would act on them."""
    return str(error).partition(", first line:")[0][:200]
