"""What a file of another tool holds: the places of its captures, and of the records that go with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.foreign.place import Place


@dataclass(slots=True)
class Inventory:
    """The records of one WARC or ARC that belong to captures of the sources asked for, by what leads to them."""

    name: str  # of the file, as users know it
    path: Path  # where its records stand
    sha256: str = ""  # of the file at `path`
    is_arc: bool = False
    captures: list[Place] = field(default_factory=list)
    warcinfo: list[Place] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)  # the fields of the first warcinfo
    left_out: Counter[str] = field(default_factory=Counter)  # why -> records
    lost: list[str] = field(default_factory=list)  # what of it is damaged, in words
    requests: dict[str, list[Place]] = field(default_factory=dict)  # by their own id, or the id of the answer
    metadata: dict[str, list[Place]] = field(default_factory=dict)  # by the id of the answer

    def request_of(self, capture: Place) -> Place | None:
        """The request that a capture answers. Of several with one id the nearest: some tools give all records one."""
        its = self.requests.get(capture.record_id) or self.requests.get(capture.concurrent_to) or ()
        return _nearest(its, capture)

    def metadata_of(self, capture: Place) -> Place | None:
        """The metadata record beside a capture."""
        return _nearest(self.metadata.get(capture.record_id, ()), capture)

    def add_capture(self, place: Place, before: Place | None) -> None:
        """Notes a capture; `before` is the record in front of it."""
        self.captures.append(place)
        if before is None or place.concurrent_to or before.kind != "request" or before.concurrent_to:
            return
        if before.url == place.url:  # they stand in a row, and neither names the other
            self.requests.setdefault(place.record_id, []).append(before)

    def add_request(self, place: Place) -> None:
        """Notes a request."""
        self.requests.setdefault(place.concurrent_to or place.record_id, []).append(place)

    def add_metadata(self, place: Place) -> None:
        """Notes metadata of a capture."""
        self.metadata.setdefault(place.concurrent_to, []).append(place)


def _nearest(places: Sequence[Place], capture: Place) -> Place | None:
    if len(places) < 2:
        return places[0] if places else None
    return min(places, key=lambda place: abs(place.offset - capture.offset))
