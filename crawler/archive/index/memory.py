"""What a crawl knows from earlier runs: a small database in the user's cache, made from the indexes alone.

It is kept between runs, so that a run reads only the indexes that changed since; it may be deleted at any time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from crawler.archive.index.cdxj import capture_of_line, lines_of_file
from crawler.archive.sqlite_cache import open_cache
from crawler.errors import ArchiveError, EnvironmentFault
from crawler.model import Capture, Role
from crawler.workspace.path_walk import status_of

_VERSION = 2
_SCHEMA = """
CREATE TABLE read (name TEXT PRIMARY KEY, lines INTEGER) WITHOUT ROWID;
CREATE TABLE payload (source TEXT, url TEXT, at INTEGER, line TEXT, PRIMARY KEY (source, url)) WITHOUT ROWID;
CREATE TABLE listing (
    source TEXT, url TEXT, variant TEXT, at INTEGER, line TEXT, PRIMARY KEY (source, url, variant)
) WITHOUT ROWID;
CREATE TABLE refusal (source TEXT, host TEXT, at INTEGER, line TEXT, PRIMARY KEY (source, host)) WITHOUT ROWID;
CREATE TABLE form (
    source TEXT, document TEXT, url TEXT,
    first INTEGER, last INTEGER, status INTEGER, kind TEXT, run TEXT, hint TEXT, hint_at INTEGER,
    PRIMARY KEY (source, document, url)
) WITHOUT ROWID;
"""
# Both may be told the same line twice, and in any order.
_PUT_PAYLOAD = """
INSERT INTO payload VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET (at, line) = (excluded.at, excluded.line) WHERE excluded.at >= at
"""
_PUT_LISTING = _PUT_PAYLOAD.replace("payload VALUES (?, ", "listing VALUES (?, ?, ")
_PUT_REFUSAL = _PUT_PAYLOAD.replace("payload", "refusal")
_PUT_FORM = """
INSERT INTO form VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    first = min(first, excluded.first),
    status = iif(excluded.last >= last, excluded.status, status),
    kind = iif(excluded.last >= last, excluded.kind, kind),
    run = iif(excluded.last >= last, excluded.run, run),
    last = max(last, excluded.last),
    hint = iif(excluded.hint IS NOT NULL AND excluded.hint_at >= hint_at, excluded.hint, hint),
    hint_at = iif(excluded.hint IS NOT NULL, max(hint_at, excluded.hint_at), hint_at)
"""
# What values of another type, size or depth than ours make of reading a line.
_WRONG = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, sqlite3.Error)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """When a form of a document (its page, its API's answer) was asked for, and what came."""

    fetched_at: datetime
    status: int | None
    kind: str
    hint: str | None
    run_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How long after its last sighting a document waits, by its known age then: a `share` of it, at least `shortest`
    and at most `longest`; older than `old`, at least `old_share` of it, however short `longest` is."""

    share: float
    shortest: timedelta
    longest: timedelta
    old: timedelta
    old_share: float

    def interval(self, age: timedelta) -> timedelta:
        young = min(self.longest, max(self.shortest, age * self.share))
        return max(young, age * self.old_share) if age > self.old else young


class Memory:
    """What earlier runs over one source have seen."""

    def __init__(self, database: sqlite3.Connection, source_id: str) -> None:
        self._database, self._source = database, source_id

    def of(self, source_id: str) -> Memory:
        """The same for another source, out of the same database: closing one closes all."""
        return Memory(self._database, source_id)

    def close(self) -> None:
        self._database.close()

    def lookup(self, url: str) -> Capture | None:
        """The latest whole payload of an address."""
        query = "SELECT line FROM payload WHERE source = ? AND url = ?"
        row = self._database.execute(query, (self._source, url)).fetchone()
        return capture_of_line(json.loads(row[0])) if row else None

    def listing(self, url: str, variant: str | None) -> Capture | None:
        """The latest whole payload of a page of a listing; `variant` as in its capture's document."""
        query = "SELECT line FROM listing WHERE source = ? AND url = ? AND variant = ?"
        row = self._database.execute(query, (self._source, url, variant or "")).fetchone()
        return capture_of_line(json.loads(row[0])) if row else None

    def refusals(self) -> list[Capture]:
        """The latest answer 429 or 503 of each host and port."""
        query = "SELECT line FROM refusal WHERE source = ? ORDER BY host"
        return [capture_of_line(json.loads(line)) for (line,) in self._database.execute(query, (self._source,))]

    def sightings(self, source_id: str, document: str) -> list[Sighting]:
        """The first and the last sighting of each form of a document, oldest first."""
        query = "SELECT url, first, last, status, kind, run, hint FROM form WHERE source = ? AND document = ?"
        found: list[Sighting] = []
        for url, first, last, status, kind, run, hint in self._database.execute(query, (source_id, document)):
            if first < last:
                found.append(Sighting(_moment(first), status, kind, None, run, url))
            found.append(Sighting(_moment(last), status, kind, hint, run, url))
        return sorted(found, key=lambda sighting: sighting.fetched_at)

    def waiting(self, source_id: str, now: datetime, pace: Pace) -> Iterator[str]:
        """Documents of a source whose last answer was none or is older than `pace` allows, the longest waiting
        first."""
        query = """
            SELECT document,
                max(last) + iif(
                    max(status IS NULL OR status >= 500 OR status = 429), 0, max(
                        min(?5, max(?4, (max(last) - min(first)) * ?3)),
                        iif(max(last) - min(first) > ?6, (max(last) - min(first)) * ?7, 0)
                    )
                ) AS due
            FROM form WHERE source = ?1 GROUP BY document HAVING due <= ?2 ORDER BY due, document
        """
        limits = (pace.shortest // _MICROSECOND, pace.longest // _MICROSECOND, pace.old // _MICROSECOND)
        values = (source_id, _number(now), pace.share, *limits, pace.old_share)
        for document, _ in self._database.execute(query, values).fetchall():
            yield document

    def documents(self, source_id: str) -> Iterator[str]:
        """All documents of a source that were ever asked for."""
        query = "SELECT DISTINCT document FROM form WHERE source = ?"
        for (document,) in self._database.execute(query, (source_id,)).fetchall():
            yield document

    # ------------------------------------------------------------ made from indexes

    def update(self, indexes: Iterable[Path]) -> None:
        """Takes in the index files that are new; each is known by its name, its size and when it was changed.
        Raises ArchiveError naming file and line, and then knows what it knew."""
        known = dict(self._database.execute("SELECT name, lines FROM read"))
        paths = {_identity(path): path for path in indexes}
        with self._database:
            counts = {name: self._read(path) for name, path in paths.items() if name not in known}
            gone = known.keys() - paths.keys()
            if gone and not _have_grown(known, counts, gone):
                for name in ("read", "payload", "listing", "refusal", "form"):
                    self._database.execute(f"DELETE FROM {name}")  # noqa: S608 - our own names
                counts = {name: self._read(path) for name, path in paths.items()}
            self._database.executemany("DELETE FROM read WHERE name = ?", [(name,) for name in gone])
            self._database.executemany("INSERT OR REPLACE INTO read VALUES (?, ?)", counts.items())

    def _read(self, path: Path) -> int:
        number = 0
        for number, line in enumerate(lines_of_file(path), 1):
            try:
                packed = line[line.index(b" {") + 1 :].decode()
                self._add(json.loads(packed), packed)
            except sqlite3.OperationalError as error:
                raise EnvironmentFault(f"the memory of earlier runs cannot be kept: {error} ({path})") from error
            except _WRONG as error:
                raise ArchiveError(f"{path}:{number}: not a line of this index: {error}") from error
        return number

    def _add(self, fields: Mapping[str, str], packed: str) -> None:
        at = _number(datetime.fromisoformat(fields["date"]))
        source, url, kind = fields["source"], fields["url"], fields["kind"]
        status = int(fields["status"]) if fields["status"].isdigit() else None
        capture_of_line(fields)  # a line that cannot be read is told of now, not when a crawl is under way
        if status in (429, 503):
            self._database.execute(_PUT_REFUSAL, (source, urlsplit(url).netloc, at, packed))
        # What is not read must not be repeated: a 304 would then stand for a page that nobody has.
        whole = kind == "response" and status == 200 and not fields.get("truncated")
        if whole and fields["role"] != Role.PROBE:
            self._database.execute(_PUT_PAYLOAD, (source, url, at, packed))
        if whole and fields["role"] == Role.LISTING:
            self._database.execute(_PUT_LISTING, (source, url, fields.get("document") or "", at, packed))
        if fields.get("document") and fields["role"] == Role.ARTICLE:
            hint = fields.get("hint")
            values = (source, fields["document"], url, at, at, status, kind, fields["run"], hint, at if hint else 0)
            self._database.execute(_PUT_FORM, values)


def _identity(path: Path) -> str:
    """What tells a file from another that stood in its place; the name ends at the first blank."""
    its = status_of(path)
    if its is None:
        raise ArchiveError(f"{path}: is gone")
    return f"{path.name} {its.st_size} {its.st_mtime_ns}"


def _have_grown(known: Mapping[str, int], counts: Mapping[str, int], gone: Iterable[str]) -> bool:
    """Whether the indexes that are gone have successors with at least as many lines: then nothing was taken out. An
    index follows that of the same time, and one of a day or a month those of its hours and days."""
    new = {name.partition(".")[0]: lines for name, lines in counts.items()}
    for name in gone:
        stem = name.partition(".")[0]
        heir = next((time for time in (stem, stem[:10], stem[:7]) if time in new), None)
        if heir is None or new[heir] < known[name]:
            return False
        new[heir] -= known[name]
    return True


def load_memory(indexes: Iterable[Path], *, source_id: str, cache: Path | None = None) -> Memory:
    """What the index files at `indexes` tell of one source. With a folder `cache` it is kept there.

    Raises ArchiveError naming file and line, EnvironmentFault when the disk refuses."""
    path = cache / f"memory-{_VERSION}.sqlite" if cache else None
    try:
        memory = Memory(open_cache(path, _SCHEMA, sync="NORMAL"), source_id)
        memory.update(indexes)
    except (OSError, sqlite3.OperationalError) as error:
        raise EnvironmentFault(f"{path}: {error}") from error
    return memory


def _number(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _moment(number: int) -> datetime:
    return _EPOCH + number * _MICROSECOND
