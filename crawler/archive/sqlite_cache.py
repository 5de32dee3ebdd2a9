"""A small database in the user's cache: made from other files alone, kept between runs, anew when it is spoiled."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def open_cache(path: Path | None, schema: str, *, sync: str) -> sqlite3.Connection:
    """The database at `path`, or one in memory, with the tables of `schema` (SQL, `CREATE TABLE` ...). `sync` is
    SQLite's `synchronous`: OFF where a loss of power may spoil it, NORMAL where it costs too much to make anew.

    Raises sqlite3.OperationalError or OSError when the disk refuses."""
    if path is None:
        database = sqlite3.connect(":memory:")
        database.executescript(schema)
        return database
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(path, schema, sync)
    except sqlite3.DatabaseError:
        for its in (path, path.with_name(f"{path.name}-journal")):
            its.unlink(missing_ok=True)
        return _opened(path, schema, sync)


def _opened(path: Path, schema: str, sync: str) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.execute(f"PRAGMA synchronous = {sync}")
        if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
            with closing(database.cursor()) as cursor:
                cursor.executescript(f"BEGIN;{schema}COMMIT;")  # a killed process leaves all tables or none
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database
