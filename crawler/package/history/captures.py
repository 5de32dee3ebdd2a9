"""The captures that a build takes in, in the order of time, more than fit in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from crawler.batch.outcome_json import Outcome, pack, pack_capture, unpack, unpack_capture
from crawler.model import Article, Capture
from crawler.package.tables import cell_format
from crawler.workspace.spool import Spool


class Captures:
    """Captures by run, by WARC file and by id. One that is added again replaces the one before."""

    def __init__(self, captures: Iterable[Capture] = ()) -> None:
        self._spool: Spool[Capture] = Spool(_dump, _load)
        self.has_foreign = False
        self.first: dict[str, datetime] = {}  # by source: the moment of its first capture
        self.add(captures)

    def add(self, captures: Iterable[Capture]) -> None:
        for capture in captures:
            moment = cell_format.utc(capture.fetched_at)
            self._spool.put(capture.run_id, moment, capture.capture_id, capture, file=capture.locator.warc_file)
            self.has_foreign |= capture.foreign is not None
            source, fetched_at = capture.source_id, capture.fetched_at
            self.first[source] = min(fetched_at, self.first.get(source, fetched_at))

    def __len__(self) -> int:
        return len(self._spool)

    def __iter__(self) -> Iterator[Capture]:
        """In the order of time, and of their ids."""
        return iter(self._spool)

    def of_run(self, run_id: str) -> Iterator[Capture]:
        """In the order of time."""
        return self._spool.of(run_id)

    def of_file(self, warc_file: str) -> Iterator[Capture]:
        """In the order of time."""
        return self._spool.of_file(warc_file)

    def get(self, capture_id: str) -> Capture | None:
        return self._spool.get(capture_id)

    def close(self) -> None:
        """Gives back memory and disk."""
        self._spool.close()


class Outcomes:
    """What extraction made of captures, by capture id."""

    def __init__(self) -> None:
        self._spool: Spool[Outcome] = Spool(_dump_outcome, _load_outcome)

    def put(self, capture_id: str, outcome: Outcome) -> None:
        size = len(outcome.text) if isinstance(outcome, Article) else 0
        self._spool.put("", "", capture_id, outcome, size=size)

    def get(self, capture_id: str) -> Outcome | None:
        return self._spool.get(capture_id)

    def __getitem__(self, capture_id: str) -> Outcome:
        if (outcome := self._spool.get(capture_id)) is None:
            raise KeyError(capture_id)
        return outcome

    def __contains__(self, capture_id: object) -> bool:
        return capture_id in self._spool

    def close(self) -> None:
        """Gives back memory and disk."""
        self._spool.close()


def _dump(capture: Capture) -> bytes:
    return json.dumps(pack_capture(capture)).encode()


def _load(data: bytes) -> Capture:
    return unpack_capture(json.loads(data))


def _dump_outcome(outcome: Outcome) -> bytes:
    return json.dumps(pack(outcome)).encode()


def _load_outcome(data: bytes) -> Outcome:
    return unpack(json.loads(data))
