"""One capture of another tool: its records read together, checked, and told by what was captured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import IO

from crawler.addresses import mask_url
from crawler.archive.answer import answer_of, target_of
from crawler.archive.codings import Body
from crawler.archive.digests import is_of, normal
from crawler.archive.fields import parse_fields, parse_warc_date, record_uuid, sha1, warc_date
from crawler.archive.foreign.identity import is_record_id, is_uuid, made_id
from crawler.archive.foreign.inventory import Inventory, Place
from crawler.archive.foreign.scan import Found, record_at, record_of
from crawler.archive.http import Head, entity, uncoded
from crawler.archive.limits import unfolded
from crawler.archive.records import read_record
from crawler.archive.serialise import member_of
from crawler.clock import now
from crawler.errors import ArchiveError
from crawler.model import Locator

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")  # the form that all tools read
_SKEW = timedelta(days=1)  # that clocks differ; what is dated later would keep every later crawl from the package
_METHOD = re.compile(rb"([A-Za-z][A-Za-z_-]{1,19}) ")
_RUN = re.compile(r"-\d{8}T\d{6,12}Z")
_BLOCK, _PAYLOAD = "warc-block-digest", "warc-payload-digest"
Member = tuple[Found, bytes | None]
"""A record, and its gzip member where it has one."""


@dataclass(frozen=True)
class ForeignCapture:
    """A response, revisit or document of another tool with its request."""

    found: Found
    packed: bytes | None
    request: Member | None
    fields: Mapping[str, str]  # of the metadata record beside it
    url: str  # without credentials
    fetched_at: datetime
    head: Head
    body: bytes  # as sent
    run: str | None  # of another package of this program

    @property
    def is_ours(self) -> bool:
        """Whether this program made it, or took it in before, and wrote beside it what it is for."""
        return "role" in self.fields

    @cached_property
    def method(self) -> str:
        """The method of the request; GET where there is none."""
        if stated := self.fields.get("method", ""):
            return stated[:20]
        match = _METHOD.match(self.request[0].block) if self.request else None
        return match[1].decode("ascii").upper() if match else "GET"

    @cached_property
    def capture_id(self) -> str:
        """Its own id where this program gave it, else one made of what was captured."""
        own = self.fields.get("capture-id") or record_uuid(self.found.get("warc-record-id"))
        if self.is_ours and is_uuid(own):
            return own
        if self.found.kind == "revisit":
            stated = self.found.get(_PAYLOAD)
            digest = normal(stated) or stated or sha1(self.found.block)
        else:
            digest = sha1(self._entity.data)
        kind = "revisit" if self.found.kind == "revisit" else "response"
        return made_id(self.url, self.fetched_at, self.method, kind, digest)

    @property
    def made_id(self) -> str:
        """A record id, with brackets, for a record whose own cannot be kept."""
        return f"<urn:uuid:{self.capture_id}>"

    @cached_property
    def _entity(self) -> Body:
        return entity(self.head, self.body)

    @property
    def changes(self) -> dict[str, str]:
        """What of the head of its record is written in the standard's form."""
        date = self.found.get("warc-date")
        return {} if _DATE.fullmatch(date) else {"warc-date": warc_date(self.fetched_at)}

    def request_changes(self, ids: Mapping[str, str]) -> dict[str, str]:
        """As `changes`, of its request; `ids` are record ids that have become others."""
        assert self.request  # noqa: S101 - asked by the caller
        found = self.request[0]
        out = dict(self.changes) if not _DATE.fullmatch(found.get("warc-date")) else {}
        if not is_record_id(found.get("warc-record-id")):
            out["warc-record-id"] = made_id(self.url, self.fetched_at, self.method, "request", self.capture_id)
            out["warc-record-id"] = f"<urn:uuid:{out['warc-record-id']}>"
        of = found.get("warc-concurrent-to")
        if of in ids and ids[of] != of:
            out["warc-concurrent-to"] = ids[of]
        return out

    # ------------------------------------------------------------ digests

    @cached_property
    def _wrong(self) -> tuple[bool | None, bool | None]:
        """Whether the digests of block and payload are of other bytes; None where none is stated that is known."""
        block, payload = normal(self.found.get(_BLOCK)), normal(self.found.get(_PAYLOAD))
        block_wrong = None if block is None else not is_of(block, self.found.block)
        if payload is None or self.found.kind == "revisit" or "warc-truncated" in self.found.fields:
            return block_wrong, None
        if is_of(payload, self.body) or is_of(payload, self._entity.data):
            return block_wrong, False
        return block_wrong, not is_of(payload, uncoded(self.head, self._entity).data)

    @property
    def damage(self) -> str | None:
        """Why its bytes are doubted: another block than its digest names, or, without one, another payload. Where the
        block is right, a wrong payload digest is its tool's (which of the codings count is read in many ways)."""
        block, payload = self._wrong
        return _BLOCK if block else _PAYLOAD if block is None and payload else self.fields.get("damage")

    @property
    def doubt(self) -> str | None:
        """The digest that does not match, in words."""
        block, payload = self._wrong
        return "the block digest does not match" if block else "the payload digest does not match" if payload else None


class ForeignFile:
    """The captures of a WARC or ARC, by the places in its inventory."""

    def __init__(self, file: IO[bytes], path: Path, stock: Inventory) -> None:
        self._file, self._path, self.stock = file, path, stock

    def _run_of(self, source_id: str) -> str | None:
        """The run of another package of this program that its warcinfo names, where it is one over this source."""
        info = self.stock.info
        run = info.get("run", "")
        is_its = info.get("ispartof") == source_id and not info.get("software", "").endswith(" ingest")
        return _run_named(run, source_id) if is_its else None

    def record(self, place: Place) -> Member:
        """A record and its gzip member. Those of an ARC become WARC ones. Raises ArchiveError."""
        if not self.stock.is_arc:
            return record_at(self._file, place.offset, place.length)
        record = read_record(self._path, Locator(self._path.name, place.offset, place.length))
        record.headers["warc-record-id"] = "none"
        member = member_of(record)
        return record_of(unfolded(member, self._path.name), place.offset), member

    def capture(self, place: Place, source_id: str) -> ForeignCapture:
        """The capture at a place, which is a source's. Raises ArchiveError."""
        found, packed = self.record(place)
        try:
            moment = parse_warc_date(found.get("warc-date"))
        except ValueError as error:
            raise ArchiveError(f"record at offset {place.offset}: WARC-Date: {error}") from error
        if moment > now() + _SKEW:
            raise ArchiveError(f"record at offset {place.offset}: WARC-Date: {moment:%Y-%m-%d} has not come yet")
        request, beside = self.stock.request_of(place), self.stock.metadata_of(place)
        fields = parse_fields(self.record(beside)[0].block) if beside else {}
        head, body = answer_of(found)
        return ForeignCapture(
            found=found,
            packed=packed,
            request=self.record(request) if request else None,
            fields=fields,
            url=mask_url(target_of(found)),
            fetched_at=moment,
            head=head,
            body=body,
            run=_run_named(fields.get("run", ""), source_id) or self._run_of(source_id),
        )


def _run_named(run: str, source_id: str) -> str | None:
    """`run` where it is the name of a run over a source."""
    return run if run.startswith(source_id) and _RUN.fullmatch(run.removeprefix(source_id)) else None
