"""What revisits may repeat, by the names under which they ask for it: more than fit in memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from crawler.archive.warc.digests import normal
from crawler.model import Capture
from crawler.workspace.spool import temporary_database

MOST = 1000  # captures that are looked at for one reference: more only a forged file has
_BUFFER = 1000  # names that wait for the database
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_SCHEMA = """
CREATE TABLE link (n INTEGER PRIMARY KEY, value TEXT);
CREATE TABLE name (name BLOB, moment INTEGER, id TEXT, n INTEGER, PRIMARY KEY (name, moment, id, n)) WITHOUT ROWID;
CREATE TABLE original (id TEXT PRIMARY KEY, its TEXT) WITHOUT ROWID;
"""


class Link(NamedTuple):
    """A capture as what others repeat, or as one that repeats another."""

    capture_id: str
    kind: str
    moment: int  # microseconds since 1970
    method: str
    status: int | None
    is_cut: bool
    url: str
    revisit_of: str | None
    is_foreign: bool
    digest: str | None
    refers_to: str | None
    refers_url: str | None
    refers_date: str | None

    @property
    def fetched_at(self) -> datetime:
        return _EPOCH + self.moment * _MICRO


def link_of(capture: Capture) -> Link:
    """What of a capture tells what it repeats, or whether another does so."""
    foreign = capture.foreign
    return Link(
        capture.capture_id,
        capture.kind,
        micros(capture.fetched_at),
        capture.method,
        capture.status,
        bool(capture.truncated),
        capture.url,
        capture.revisit_of,
        foreign is not None,
        foreign.digest if foreign else None,
        foreign.refers_to if foreign else None,
        foreign.refers_url if foreign else None,
        foreign.refers_date if foreign else None,
    )


def micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - _EPOCH) // _MICRO


class LinkStore:
    """Links by names of any kind, in the order of time and of ids; and for revisits the ids of what they repeat."""

    def __init__(self) -> None:
        self._database = temporary_database(_SCHEMA)
        self._count = 0
        self._names: list[tuple[bytes, int, str, int]] = []

    def put(self, link: Link, names: Iterable[str]) -> None:
        """Adds a link under all its names."""
        self._count += 1
        self._database.execute("INSERT INTO link VALUES (?, ?)", (self._count, json.dumps(link)))
        self._names += [(_key(name), link.moment, link.capture_id, self._count) for name in names]
        if len(self._names) >= _BUFFER:
            self._flush()

    def before(self, name: str, moment: int) -> Iterator[Link]:
        """Those of a name up to `moment`, the last first, and no more than MOST."""
        return self._of("name = ? AND moment <= ? ORDER BY moment DESC, id DESC, n DESC", _key(name), moment)

    def behind(self, name: str, moment: int) -> Iterator[Link]:
        """Those of a name behind `moment`, and no more than MOST."""
        return self._of("name = ? AND moment > ? ORDER BY moment, id, n", _key(name), moment)

    def between(self, name: str, begin: int, end: int) -> Iterator[Link]:
        """Those of a name from `begin` on and before `end`, and no more than MOST."""
        return self._of("name = ? AND moment >= ? AND moment < ? ORDER BY moment, id, n", _key(name), begin, end)

    def note(self, capture_id: str, original: str | None) -> None:
        """Notes what a revisit repeats."""
        self._database.execute("INSERT OR REPLACE INTO original VALUES (?, ?)", (capture_id, original))

    def is_noted(self, capture_id: str) -> bool:
        return self._noted(capture_id) is not None

    def original(self, capture_id: str) -> str | None:
        """What was noted of a revisit; None where it repeats nothing that is here."""
        found = self._noted(capture_id)
        return found[0] if found else None

    def forget_missing(self) -> None:
        """Drops the notes of revisits that repeat nothing that is here."""
        self._database.execute("DELETE FROM original WHERE its IS NULL")

    def close(self) -> None:
        """Gives back memory and disk."""
        self._database.close()

    def _noted(self, capture_id: str) -> tuple[str | None] | None:
        query = "SELECT its FROM original WHERE id = ?"
        row: tuple[str | None] | None = self._database.execute(query, (capture_id,)).fetchone()
        return row

    def _of(self, condition: str, *values: object) -> Iterator[Link]:
        self._flush()
        query = f"SELECT value FROM name JOIN link USING (n) WHERE {condition} LIMIT {MOST}"  # noqa: S608 - our own words
        return (Link(*json.loads(value)) for (value,) in self._database.execute(query, values))

    def _flush(self) -> None:
        if self._names:
            self._database.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", self._names)
            self._names.clear()


def payload_digests(capture: Capture) -> set[str]:
    """The digests of the payload of a response, in normal form."""
    if capture.kind == "revisit":
        return set()
    stated = capture.foreign.digest if capture.foreign else None
    sha = f"sha256:{capture.payload_sha256}" if capture.payload_sha256 else None
    return {digest for digest in (stated, normal(capture.entity_sha1 or ""), sha) if digest}


def _key(name: str) -> bytes:
    # Short, whatever an address is, and of no two names alike.
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:20]
