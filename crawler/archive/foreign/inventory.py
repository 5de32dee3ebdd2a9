"""What a file of another tool holds: places of captures, and of the records that go with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.answer import is_document, target_of
from crawler.archive.fields import parse_fields
from crawler.archive.foreign.scan import is_warc, scan
from crawler.archive.records import Record, records
from crawler.errors import ArchiveError
from crawler.workspace.files import size_of

_PADDING = 8  # bytes of line ends that may stand behind the last record


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands, and what finds those that go with it. Files have many: it holds little."""

    kind: str
    url: str
    record_id: str
    concurrent_to: str
    offset: int
    length: int
    is_segment: bool = False


@dataclass(slots=True)
class Inventory:
    """The records of one file that belong to captures, by what leads to them."""

    is_arc: bool
    captures: list[Place] = field(default_factory=list)
    warcinfo: list[Place] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)  # the fields of the first warcinfo
    left_out: Counter[str] = field(default_factory=Counter)
    _requests: dict[str, list[Place]] = field(default_factory=dict)  # by their own id, or the id of the answer
    _metadata: dict[str, list[Place]] = field(default_factory=dict)  # by the id of the answer

    def request_of(self, capture: Place) -> Place | None:
        """The request that a capture answers. Of several with one id the nearest: some tools give all records one."""
        its = self._requests.get(capture.record_id) or self._requests.get(capture.concurrent_to) or ()
        return _nearest(its, capture)

    def metadata_of(self, capture: Place) -> Place | None:
        return _nearest(self._metadata.get(capture.record_id, ()), capture)

    def add(self, record: Record, before: Place | None) -> Place:
        """Notes a record; `before` is the one in front of it."""
        headers = record.headers
        of, own = headers.get("warc-concurrent-to", ""), headers.get("warc-record-id", "")
        place = Place(
            record.kind, target_of(record), own, of, record.offset, record.length, "warc-segment-number" in headers
        )
        if record.kind == "warcinfo":
            if headers.get("content-type", "").startswith("application/warc-fields"):  # not the head of an ARC
                self.warcinfo.append(place)
                self.info = self.info or parse_fields(record.block)
        elif record.kind in ("response", "revisit") or is_document(record):
            self.captures.append(place)
            is_alone = not of and before and before.kind == "request" and not before.concurrent_to
            if is_alone and before and before.url == place.url:  # they stand in a row, and neither names the other
                self._requests.setdefault(own, []).append(before)
        elif record.kind == "request":
            self._requests.setdefault(of or own, []).append(place)
        elif record.kind == "metadata" and of:
            self._metadata.setdefault(of, []).append(place)
        else:
            self.left_out[f"{record.kind} records"] += 1
        return place


def _nearest(places: list[Place] | tuple[Place, ...], capture: Place) -> Place | None:
    return min(places, key=lambda place: abs(place.offset - capture.offset), default=None)


def take_stock(path: Path, name: str, lost: list[str]) -> Inventory:
    """The inventory of a WARC or ARC, which users know as `name`; what of it is damaged goes to `lost`, in words.

    Raises ArchiveError where no record of it can be read."""
    out, before, begin = Inventory(is_arc=not is_warc(path)), None, len(lost)
    try:
        for record in _whole_records(path, name, lost, is_arc=out.is_arc):
            before = out.add(record, before)
    except ArchiveError as error:
        lost.append(f"{name}: lost: {error}")
    if before is None and len(lost) > begin:
        told = "; ".join(lost[begin:])
        del lost[begin:]  # the error tells it
        raise ArchiveError(f"{name}: holds no whole record; {told}")
    return out


def _whole_records(path: Path, name: str, lost: list[str], *, is_arc: bool) -> Iterator[Record]:
    """The records of a file, past what is damaged in a WARC; blocks only of those that say what made it."""
    if not is_arc:
        for found in scan(path, name, lost):
            block = found.block if found.kind == "warcinfo" else b""
            yield Record(found.kind, found.fields, block, found.offset, found.length)
        return
    end, size = 0, size_of(path)
    for record in records(path, only=("warcinfo",)):
        yield record
        end = record.offset + record.length
    if size - end > _PADDING:
        lost.append(f"{name}: lost: the last {size - end} bytes are no whole record")
