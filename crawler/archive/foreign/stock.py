"""What a file of another tool holds, found in one reading of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from crawler.archive.containers.open import Opened
from crawler.archive.containers.packing import in_members
from crawler.archive.foreign.inventory import Inventory
from crawler.archive.foreign.place import Place, is_capture, place_of
from crawler.archive.scanning.arc import ARC
from crawler.archive.scanning.record_form import Found
from crawler.archive.scanning.scan import is_warc, scan
from crawler.archive.scanning.stream import OddForm, records_of, sha256_of
from crawler.archive.warc.answer import target_of
from crawler.archive.warc.fields import parse_fields
from crawler.errors import ArchiveError

_WEB = ("http://", "https://")
Owns = Callable[[str], bool]


def take_stock(opened: Opened, owners: Sequence[Owns]) -> Inventory:
    """What of a WARC or ARC belongs to captures of `owners`, each of which tells the addresses that are its own; an
    address that several own is the first one's. `opened` is as `archives(unpacked=False)` gives it.

    Raises ArchiveError where no record of it can be read, OSError."""
    try:
        found = _Stock(Inventory(opened.name, opened.path), owners).of(records_of(opened.path))
    except OddForm:
        found = _of_odd_form(opened, owners)
    found.sha256 = sha256_of(found.path)
    return found


def _of_odd_form(opened: Opened, owners: Sequence[Owns]) -> Inventory:
    """As `take_stock`, of a file in any form, past what is damaged."""
    path, lost = in_members(opened.path, opened.plain, opened.name)
    out = Inventory(opened.name, path, is_arc=not is_warc(path), lost=lost)
    begin, stock = len(lost), _Stock(out, owners)
    try:
        stock.of(scan(path, opened.name, lost, ARC if out.is_arc else None))
    except ArchiveError as error:
        lost.append(f"{opened.name}: lost: {error}")
    if stock.is_empty and len(lost) > begin:
        raise ArchiveError(f"{opened.name}: holds no whole record; {'; '.join(lost)}")
    return out


class _Stock:
    """Notes records one after another."""

    def __init__(self, inventory: Inventory, owners: Sequence[Owns]) -> None:
        self._inventory, self._owners = inventory, owners
        self.is_empty = True
        self._last = ("", -1)  # a request has the address of its answer

    def of(self, records: Iterable[Found]) -> Inventory:
        """The inventory, with `records` in it."""
        before: Place | None = None
        for found in records:
            before = self._note(found, before)
            self.is_empty = False
        return self._inventory

    def _owner_of(self, url: str) -> int:
        if url != self._last[0]:
            owner = next((number for number, owns in enumerate(self._owners) if owns(url)), -1)
            self._last = (url, owner)
        return self._last[1]

    def _note(self, found: Found, before: Place | None) -> Place | None:
        """The record as it is noted; None where no capture of a source can need it."""
        out, kind = self._inventory, found.kind
        if kind == "warcinfo":
            return self._note_info(found)
        is_answer = is_capture(found)
        if not is_answer and kind != "request" and not (kind == "metadata" and "warc-concurrent-to" in found.fields):
            out.left_out[f"{kind} records"] += 1
            return None
        url = target_of(found)
        is_web = url.startswith(_WEB) or url.lower().startswith(_WEB)
        owner = self._owner_of(url) if is_web else -1
        if owner < 0 and (is_answer or is_web):  # dropped before its block is looked at
            if is_answer:
                out.left_out["captures of other sources" if is_web else "records of other schemes"] += 1
            return None
        if is_answer and "warc-segment-number" in found.fields:
            out.left_out["segmented records"] += 1
            return None
        place = place_of(found, url, owner)
        if is_answer:
            out.add_capture(place, before)
        elif kind == "request":
            out.add_request(place)
        else:
            out.add_metadata(place)
        return place

    def _note_info(self, found: Found) -> Place:
        place = place_of(found, target_of(found), -1)
        if found.get("content-type").startswith("application/warc-fields"):  # not the head of an ARC
            self._inventory.warcinfo.append(place)
            self._inventory.info = self._inventory.info or parse_fields(found.block)
        return place
