"""One capture of another tool: its records together, and told by what was captured."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from crawler.addresses import mask_url
from crawler.archive.foreign.identity import is_record_id, is_uuid, made_id
from crawler.archive.foreign.inventory import Inventory
from crawler.archive.foreign.members import kept
from crawler.archive.foreign.place import Answer, Place
from crawler.archive.scanning.arc import ARC
from crawler.archive.scanning.scan import record_at
from crawler.archive.warc.fields import parse_warc_date, record_uuid, warc_date
from crawler.archive.warc.fixity import REQUEST
from crawler.clock import now
from crawler.errors import ArchiveError

_SKEW = timedelta(days=1)  # that clocks differ; what is dated later would keep every later crawl from the package
_STEP = 1 << 18  # bytes that are read at once
_RUN = re.compile(r"-\d{8}T\d{6,12}Z")


@dataclass(slots=True)
class ForeignCapture:
    """A response, revisit or document of another tool with its request."""

    place: Place
    answer: Answer
    request: Place | None
    fields: Mapping[str, str]  # of the metadata record beside it
    url: str  # without credentials
    fetched_at: datetime
    run: str | None  # of another package of this program
    method: str = "GET"  # of the request; GET where there is none
    capture_id: str = ""  # its own id where this program gave it, else one made of what was captured

    def __post_init__(self) -> None:
        stated = self.fields.get("method", "")[:20]
        self.method = stated or (self.request.method if self.request else "") or self.method
        self.capture_id = self._id()

    @property
    def is_ours(self) -> bool:
        """Whether this program made it, or took it in before, and wrote beside it what it is for."""
        return "role" in self.fields

    def _id(self) -> str:
        own = self.fields.get("capture-id") or record_uuid(self.place.record_id)
        if self.is_ours and is_uuid(own):
            return own
        kind = "revisit" if self.place.kind == "revisit" else "response"
        return made_id(self.url, self.fetched_at, self.method, kind, self.answer.digest)

    @property
    def made_id(self) -> str:
        """A record id, with brackets, for a record whose own cannot be kept."""
        return f"<urn:uuid:{self.capture_id}>"

    @property
    def damage(self) -> str | None:
        """The digest that makes its bytes doubted."""
        return self.answer.damage or self.fields.get("damage")

    @property
    def mismatch(self) -> str | None:
        """The fields of its records whose digests are of other bytes: they stay as they came."""
        of_request = self.request.mismatch if self.request else ""
        its = [self.place.mismatch, of_request and f"{REQUEST} {of_request}"]
        return ", ".join(filter(None, its)) or None

    @property
    def changes(self) -> dict[str, str]:
        """What of the head of its record is written in the standard's form."""
        return {} if self.place.has_plain_date else {"warc-date": warc_date(self.fetched_at)}

    def request_changes(self, ids: Mapping[str, str]) -> dict[str, str]:
        """As `changes`, of its request; `ids` are record ids that have become others."""
        assert self.request  # noqa: S101 - asked by the caller
        request = self.request
        out = {} if request.has_plain_date else self.changes
        if not is_record_id(request.record_id):
            out["warc-record-id"] = made_id(self.url, self.fetched_at, self.method, "request", self.capture_id)
            out["warc-record-id"] = f"<urn:uuid:{out['warc-record-id']}>"
        of = request.concurrent_to
        if of in ids and ids[of] != of:
            out["warc-concurrent-to"] = ids[of]
        return out


class ForeignFile:
    """The captures of a WARC or ARC, by the places in its inventory; `file` is the one whose stock was taken."""

    def __init__(self, file: IO[bytes], stock: Inventory) -> None:
        self._file, self.stock = file, stock
        self._begin, self._data = 0, b""

    def capture(self, place: Place, source_id: str) -> ForeignCapture:
        """The capture at a place, which is a source's. Raises ArchiveError."""
        try:
            moment = parse_warc_date(place.date)
        except ValueError as error:
            raise ArchiveError(f"record at offset {place.offset}: WARC-Date: {error}") from error
        if moment > now() + _SKEW:
            raise ArchiveError(f"record at offset {place.offset}: WARC-Date: {moment:%Y-%m-%d} has not come yet")
        beside = self.stock.metadata_of(place)
        fields = (beside.fields if beside else None) or {}
        assert place.answer  # noqa: S101 - each capture that is noted has one
        return ForeignCapture(
            place=place,
            answer=place.answer,
            request=self.stock.request_of(place),
            fields=fields,
            url=mask_url(place.url),
            fetched_at=moment,
            run=_run_named(fields.get("run", ""), source_id) or self._run_of(source_id),
        )

    def member(self, place: Place, changes: Mapping[str, str]) -> bytes:
        """The gzip member in which a record is kept, with other values of some fields. Raises ArchiveError, OSError."""
        if place.is_kept and not changes:
            return self._ahead(place)
        found, packed = record_at(self._file, place.offset, place.length, ARC if self.stock.is_arc else None)
        return kept(found, packed, changes)

    def _ahead(self, place: Place) -> bytes:
        """The bytes at a place, read with what stands behind them: what goes with a capture, and the next ones."""
        at = place.offset - self._begin
        if at < 0 or at + place.length > len(self._data):
            self._data = os.pread(self._file.fileno(), max(place.length, _STEP), place.offset)
            self._begin, at = place.offset, 0
        return self._data[at : at + place.length]

    def _run_of(self, source_id: str) -> str | None:
        """The run of another package of this program that its warcinfo names, where it is one over this source."""
        info = self.stock.info
        is_its = info.get("ispartof") == source_id and not info.get("software", "").endswith(" ingest")
        return _run_named(info.get("run", ""), source_id) if is_its else None


def _run_named(run: str, source_id: str) -> str | None:
    """`run` where it is the name of a run over a source."""
    return run if run.startswith(source_id) and _RUN.fullmatch(run.removeprefix(source_id)) else None
