"""Values in order, more than fit in memory: the first thousands are held, the others stand in a temporary database.

SQLite sorts what is larger than its cache in runs on the disk, and its temporary files have no name: a killed process
leaves none. They lie where SQLITE_TMPDIR or TMPDIR say, else in /var/tmp."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")

MOST = 5_000  # values that are held in memory
LARGEST = 16 << 20  # their size, as far as it is told
_BUFFER = 500  # values that wait for the database, once there is one
_SMALL = 1000  # bytes that are not packed
_CACHE = -4096  # kB of the database in memory
_SCHEMA = """
CREATE TABLE item (part TEXT, key TEXT, rank TEXT, file TEXT, value BLOB);
CREATE UNIQUE INDEX by_key ON item (key, part);
"""


class _Item(NamedTuple):
    rank: str
    file: str
    value: object


class Spool(Generic[T]):
    """Values by part and key; a value that is put again replaces the one before. `pack` and `unpack` turn a value into
    bytes and back. Raises sqlite3.OperationalError when the disk refuses."""

    def __init__(self, pack: Callable[[T], bytes], unpack: Callable[[bytes], T], *, most: int | None = None) -> None:
        self._pack, self._unpack = pack, unpack
        self._most = MOST if most is None else most
        self._held: dict[tuple[str, str], _Item] = {}  # by key and part
        self._by: dict[str, dict[str, dict[tuple[str, str], None]]] = {"key": {}, "part": {}, "file": {}}
        self._size = 0
        self._database: sqlite3.Connection | None = None

    def put(self, part: str, rank: str, key: str, value: T, *, file: str = "", size: int = 0) -> None:
        """Adds a value. Those of a part are given in the order of `rank`, and of `key` where that is the same; `file`
        is another name by which they are found, `size` about how many bytes it takes in memory."""
        place = key, part
        if (before := self._held.get(place)) and before.file != file:
            del self._by["file"][before.file][place]
        self._held[place] = _Item(rank, file, value)
        for name, its in (("key", key), ("part", part), ("file", file)):
            self._by[name].setdefault(its, {})[place] = None
        self._size += size
        if len(self._held) >= (_BUFFER if self._database else self._most) or self._size >= LARGEST:
            self._write()

    def get(self, key: str) -> T | None:
        """A value with this key, of whatever part; None where there is none."""
        for place in self._by["key"].get(key, ()):
            return self._held[place].value  # type: ignore[return-value]
        if not self._database:
            return None
        row = self._database.execute("SELECT value FROM item WHERE key = ?", (key,)).fetchone()
        return self._load(row[0]) if row else None

    def has(self, key: str, part: str) -> bool:
        """Whether a part has a value with this key."""
        if (key, part) in self._held:
            return True
        query = "SELECT 1 FROM item WHERE key = ? AND part = ?"
        return bool(self._database and self._database.execute(query, (key, part)).fetchone())

    def __contains__(self, key: object) -> bool:
        if key in self._by["key"]:
            return True
        query = "SELECT 1 FROM item WHERE key = ?"
        return bool(self._database and self._database.execute(query, (key,)).fetchone())

    def __len__(self) -> int:
        if not self._database:
            return len(self._held)
        self._write()
        return int(self._database.execute("SELECT count(*) FROM item").fetchone()[0])

    def parts(self) -> list[str]:
        """The parts that have values, in order."""
        if not self._database:
            return sorted(self._by["part"])
        return [part for (part,) in self._rows("SELECT DISTINCT part FROM item ORDER BY part", index="part")]

    def count_parts(self) -> int:
        """How many parts have values."""
        if not self._database:
            return len(self._by["part"])
        ((count,),) = self._rows("SELECT count(DISTINCT part) FROM item", index="part")
        return int(count)

    def keys(self) -> Iterator[str]:
        """The keys of all values, in order."""
        if not self._database:
            return iter(sorted(self._by["key"]))
        return (key for (key,) in self._rows("SELECT DISTINCT key FROM item ORDER BY key"))

    def of(self, part: str) -> Iterator[T]:
        """The values of a part, in order. Nothing is put while they are read, here and below."""
        if not self._database:
            return self._sorted(self._by["part"].get(part, ()))
        query = "SELECT value FROM item WHERE part = ? ORDER BY rank, key"
        return (self._load(value) for (value,) in self._rows(query, part, index="part"))

    def of_file(self, file: str) -> Iterator[T]:
        """The values with this `file`, in order."""
        if not self._database:
            return self._sorted(self._by["file"].get(file, ()))
        query = "SELECT value FROM item WHERE file = ? ORDER BY rank, key"
        return (self._load(value) for (value,) in self._rows(query, file, index="file"))

    def __iter__(self) -> Iterator[T]:
        """All values in the order of their ranks and keys, whatever their part."""
        if not self._database:
            return self._sorted(self._held)
        return (self._load(value) for (value,) in self._rows("SELECT value FROM item ORDER BY rank, key, part"))

    def grouped(self) -> Iterator[tuple[str, list[T]]]:
        """The parts in order, each with its values in order."""
        if not self._database:
            return ((part, list(self._sorted(self._by["part"][part]))) for part in sorted(self._by["part"]))
        rows = self._rows("SELECT part, value FROM item ORDER BY part, rank, key")
        return ((str(part), [self._load(value) for _, value in its]) for part, its in groupby(rows, key=itemgetter(0)))

    def close(self) -> None:
        """Gives back memory and disk."""
        self._forget()
        if self._database:
            self._database.close()
            self._database = None

    # ------------------------------------------------------------ the database

    def _sorted(self, places: Iterable[tuple[str, str]]) -> Iterator[T]:
        ordered = sorted((self._held[place].rank, *place) for place in places)
        return iter([self._held[its[1:]].value for its in ordered])  # type: ignore[misc]

    def _forget(self) -> None:
        self._held = {}
        self._by = {"key": {}, "part": {}, "file": {}}
        self._size = 0

    def _rows(self, query: str, *values: str, index: str = "") -> Iterator[tuple[Any, ...]]:
        self._write()
        assert self._database  # noqa: S101 - asked by the callers
        if index:
            self._database.execute(f"CREATE INDEX IF NOT EXISTS by_{index} ON item ({index})")
        return iter(self._database.execute(query, values))

    def _write(self) -> None:
        """Puts what is held into the database."""
        if not self._database:
            self._database = temporary_database(_SCHEMA)
        rows = ((part, key, its.rank, its.file, self._dump(its.value)) for (key, part), its in self._held.items())
        self._database.executemany("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?)", rows)
        self._forget()

    def _dump(self, value: object) -> bytes:
        data = self._pack(value)  # type: ignore[arg-type]
        return b"z" + zlib.compress(data, 1) if len(data) > _SMALL else b"-" + data

    def _load(self, data: object) -> T:
        assert isinstance(data, bytes)  # noqa: S101 - `_dump` wrote it
        return self._unpack(zlib.decompress(data[1:]) if data[:1] == b"z" else data[1:])


def temporary_database(schema: str) -> sqlite3.Connection:
    """A database with the tables of `schema`, which is gone when it is closed."""
    database = sqlite3.connect("", isolation_level=None)  # without a name: SQLite's own temporary file
    for setting in (f"cache_size = {_CACHE}", "journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
        database.execute(f"PRAGMA {setting}")
    database.executescript(schema)
    database.execute("BEGIN")
    return database
