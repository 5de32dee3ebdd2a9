"""The WARC record behind a row, with its bytes held against the digests that the package states of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.archive.http.http1 import entity, uncoded
from crawler.archive.warc.answer import answer_of, target_of
from crawler.archive.warc.digests import is_of, normal
from crawler.archive.warc.fields import media_type, parse_warc_date, record_uuid
from crawler.archive.warc.reader import Record, read_record
from crawler.errors import ArchiveError, NotFound
from crawler.model import Locator
from crawler.package.tables.row_index import Holder
from crawler.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One answer of a site, as the archive keeps it (WARC 1.1, ISO 28500:2017)."""

    url: str  # WARC-Target-URI
    fetched_at: datetime  # WARC-Date, UTC
    status: int | None  # HTTP status
    headers: tuple[tuple[str, str], ...]  # of the answer, in order, latin-1 decoded
    media_type: str | None  # of Content-Type, lower case
    body: bytes  # transfer and content codings removed
    block: bytes  # of the record: the answer as it crossed the wire
    record_id: str  # UUID of the record
    locator: Locator
    verified: tuple[str, ...]  # what the bytes were held against


def record_at(workspace: Workspace, locator: Locator) -> Record:
    """The record of a file of the package. Raises ArchiveError where there is none."""
    try:
        path = workspace.resolve(locator.warc_file)
    except ValueError as error:
        raise ArchiveError(f"{locator.warc_file!a}: {error}") from error
    return read_record(path, locator)


def snapshot_of(record: Record, locator: Locator, holders: Sequence[Holder]) -> Snapshot:
    """The answer in a record, verified. `holders` are the rows of captures that may be about it.

    Raises ArchiveError where it is no answer, where it holds other bytes than its digests or `captures` state, or where
    nothing states what it should hold; NotFound where its content was taken out on request (RFC 7725)."""
    where = f"{locator.warc_file}: the record at offset {locator.offset}"
    if record.kind not in ("response", "resource"):
        raise ArchiveError(f"{where} is a {record.kind[:20]!a} and holds no answer")
    head, raw = answer_of(record)
    plain = entity(head, raw)
    body = uncoded(head, plain).data
    verified = [
        *_of_its_digests(record, (raw, plain.data, body), where),
        *_of_captures(locator, body, holders, where),
    ]
    if not verified:
        raise ArchiveError(f"{where}: neither a digest of its own nor a row of captures says what it holds")
    if head.status == _TAKEN_OUT:
        raise NotFound(f"{where} was taken out on request")
    return Snapshot(
        url=target_of(record),
        fetched_at=_date(record, where),
        status=head.status,
        headers=head.fields,
        media_type=media_type(head),
        body=body,
        block=record.block,
        record_id=record_uuid(record["warc-record-id"]),
        locator=locator,
        verified=tuple(verified),
    )


_TAKEN_OUT = 451  # RFC 7725; articles are made of answers with 200 alone


def _of_its_digests(record: Record, forms: Sequence[bytes], where: str) -> Iterator[str]:
    """The digests that the record itself states (WARC 1.1, 5.8 and 5.9). Tools state that of a payload of the body as
    it was sent, without its transfer coding, or without any coding: one of `forms`."""
    for name, contents in (("WARC-Block-Digest", (record.block,)), ("WARC-Payload-Digest", forms)):
        if stated := normal(record.headers.get(name.lower(), "")):
            if not is_of(stated, *contents):
                raise ArchiveError(f"{where} holds other bytes than its {name} says")
            yield name


def _of_captures(locator: Locator, body: bytes, holders: Sequence[Holder], where: str) -> Iterator[str]:
    """The SHA-256 that the table captures has of the payload."""
    for holder in holders:
        cells = holder.cells
        if (cells["warc_file"], cells["warc_offset"]) != (locator.warc_file, str(locator.offset)):
            continue  # of a capture that repeats what stands here
        if cells["payload_sha256"] != hashlib.sha256(body).hexdigest():
            raise ArchiveError(f"{where} holds another payload than captures says")
        yield "payload_sha256"
        return


def _date(record: Record, where: str) -> datetime:
    try:
        return parse_warc_date(record["warc-date"])
    except ValueError as error:
        raise ArchiveError(f"{where}: WARC-Date: {error}") from error
