"""WARC files of runs joined into one, each byte for byte, and taken out of it again."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from crawler.archive.parts import TARGET, Part, is_joined, is_list, list_of, name_of, parts_in, place_in_time
from crawler.archive.warc.fields import fields_block, parse_fields
from crawler.archive.warc.members import OddForm, members_of, regular_record
from crawler.archive.warc.reader import INGEST, is_info_of_ingest
from crawler.archive.warc.records import Record, read_record, records
from crawler.archive.warc.serialise import FIELDS, Batch
from crawler.errors import ArchiveError
from crawler.model import Locator
from crawler.workspace.files import is_file, open_read, open_write, remove, size_of, sync_folder

_FIRST = 1 << 20  # bytes in which the warcinfo of a file stands whole
_STEP = 1 << 20
_NAMESPACE = uuid.UUID("6b0a2f0e-5a0b-5d0c-9a43-0c0d3f1f7e11")  # of the ids of records that follow from what they say
_ABOUT = "files of runs, joined; each stands here byte for byte behind the list of them, with its own warcinfo"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is to be joined with others: as its package lists it."""

    path: Path
    bytes: int
    sha256: str


def is_plain(path: Path) -> bool:
    """Whether a file is as this program writes it: a gzip member for each record, all of the usual form. What stands
    behind another form might be read in another way behind other files. Raises OSError."""
    try:
        with open_read(path) as file:
            for plain, _, _ in members_of(file, 0):
                regular_record(plain)
    except OddForm:
        return False
    return True


def join(sources: Sequence[Source], folder: Path) -> tuple[Path, tuple[Part, ...]]:
    """The joined file of `sources`, in `folder`, on the disk, and its parts. The same files give the same bytes.

    Raises ArchiveError where a file is not as it is listed, or where they are not of one source and kind, OSError."""
    infos = [read_record(source.path, Locator(source.path.name, 0, _FIRST)) for source in sources]
    owner = _owner(infos, sources)
    content = list_of((source.path.name, source.bytes, source.sha256) for source in sources)
    path = folder / name_of(sources[-1].path.name, len(sources), content)
    with open_write(path) as out:
        out.write(_head(owner, infos[0]["warc-date"], content, is_ingested=is_info_of_ingest(infos[0])))
        for source in sources:
            _append(out, source)
        out.flush()
        os.fsync(out.fileno())
    return path, read_parts(path)


def _owner(infos: Sequence[Record], sources: Sequence[Source]) -> str:
    kinds = {(parse_fields(info.block).get("ispartof", ""), is_info_of_ingest(info)) for info in infos}
    named = {place.source for source in sources if (place := place_in_time(source.path.name))}
    if len(kinds) != 1 or named != {(owner := kinds.pop()[0])}:
        raise ArchiveError(f"{sources[0].path.name} and others: not of one source, or not all of other tools")
    return owner


def _head(owner: str, date: str, content: bytes, *, is_ingested: bool) -> bytes:
    """The first two records."""
    info = {
        "software": f"ministry-news join{INGEST if is_ingested else ''}",  # without a version: it does not matter
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": owner,
        "description": _ABOUT,
    }
    batch = Batch()
    ids = [f"<urn:uuid:{uuid.uuid5(_NAMESPACE, f'{n} {hashlib.sha256(content).hexdigest()}')}>" for n in (1, 2)]
    headers = {"WARC-Record-ID": ids[0], "WARC-Date": date}
    batch.add("warcinfo", None, headers, None, fields_block(info.items()), content_type=FIELDS, is_packed=False)
    headers = {"WARC-Record-ID": ids[1], "WARC-Date": date, "WARC-Warcinfo-ID": ids[0]}
    batch.add("resource", f"{TARGET}{owner}", headers, None, content, content_type="text/csv")
    return b"".join(member if isinstance(member, bytes) else b"".join(member) for member in batch.members)


def _append(out: IO[bytes], source: Source) -> None:
    digest, size = hashlib.sha256(), 0
    with open_read(source.path) as file:
        while data := file.read(_STEP):
            digest.update(data)
            size += len(data)
            out.write(data)
    if (digest.hexdigest(), size) != (source.sha256, source.bytes):
        raise ArchiveError(f"{source.path}: its bytes are not those that were published; put them back")


def read_parts(path: Path) -> tuple[Part, ...]:
    """The parts of a joined file; none of another. Raises ArchiveError where it holds others than it lists."""
    if not is_joined(path.name):
        return ()
    for number, record in enumerate(records(path), 1):
        if number == 2 and is_list(record):
            try:
                parts = parts_in(record)
            except ValueError as error:
                raise ArchiveError(f"{path}: list of parts at offset {record.offset}: {error}") from error
            if parts[-1].offset + parts[-1].bytes != size_of(path):
                raise ArchiveError(f"{path}: its parts have other sizes than its list says")
            return parts
        if number > 1:
            break
    raise ArchiveError(f"{path}: its second record is no list of its parts")


def pieces(path: Path, part: Part) -> Iterator[bytes]:
    """The bytes of a part, in pieces. Raises OSError."""
    left = part.bytes
    with open_read(path) as file:
        file.seek(part.offset)
        while left and (data := file.read(min(left, _STEP))):
            left -= len(data)
            yield data


def cut_out(path: Path, part: Part, target: Path) -> None:
    """Writes a part to a file of its own, and waits until it is on the disk. Raises OSError."""
    with open_write(target) as out:
        for data in pieces(path, part):
            out.write(data)
        out.flush()
        os.fsync(out.fileno())


def holds(path: Path, part: Part, other: Path) -> bool:
    """Whether a part of the joined file at `path` has the bytes of the file at `other`. Raises OSError."""
    if size_of(other) != part.bytes:
        return False
    with open_read(other) as file:
        return all(file.read(len(data)) == data for data in pieces(path, part)) and not file.read(1)


def remove_parts(path: Path) -> list[str]:
    """Removes the files beside a joined one whose bytes it holds: each is compared with them, byte for byte, when it
    goes. Returns their names. Raises ArchiveError, OSError."""
    gone = []
    for part in read_parts(path):
        there = path.with_name(part.name)
        if is_file(there) and holds(path, part, there):
            remove(there)
            gone.append(part.name)
    if gone:
        sync_folder(path.parent)
    return gone
