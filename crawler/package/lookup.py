"""Where things stand in the tables: a small database in `.work/cache`, made from the published parts alone.

It is kept between runs, so that a run reads only the parts that changed since; it may be deleted at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.package import cells
from crawler.package.partitions import part_of_file, read_part
from crawler.package.tables import Row, table
from crawler.workspace import Workspace

_VERSION = 1
_SCHEMA = """
CREATE TABLE part (file TEXT PRIMARY KEY);
CREATE TABLE article (id TEXT PRIMARY KEY, file TEXT, source TEXT, first_seen_at TEXT) WITHOUT ROWID;
CREATE TABLE address (url TEXT, id TEXT, file TEXT, PRIMARY KEY (url, id)) WITHOUT ROWID;
CREATE TABLE capture (id TEXT PRIMARY KEY, file TEXT, url TEXT, role TEXT, row TEXT) WITHOUT ROWID;
CREATE TABLE revision (id TEXT PRIMARY KEY, article TEXT, file TEXT, kind TEXT, valid_to TEXT) WITHOUT ROWID;
CREATE TABLE media (id TEXT PRIMARY KEY, url TEXT, file TEXT, fetched INTEGER) WITHOUT ROWID;
CREATE INDEX article_file ON article (file);
CREATE INDEX address_file ON address (file);
CREATE INDEX capture_file ON capture (file);
CREATE INDEX capture_media ON capture (url) WHERE role = 'media';
CREATE INDEX revision_article ON revision (article);
CREATE INDEX revision_file ON revision (file);
CREATE INDEX media_url ON media (url) WHERE fetched = 0;
CREATE INDEX media_file ON media (file);
"""
_INDEXED = ("articles", "captures", "revisions", "media")
_KEPT = ("kind", "media_type", "status", "payload_sha256", "fetched_at", "warc_file", "warc_offset", "warc_length")


@dataclass(frozen=True, slots=True)
class Holder:
    """A capture that holds a payload, as the tables tell it."""

    capture_id: str
    url: str
    cells: Row


class Lookup:
    """Answers about the published version of a package."""

    def __init__(self, workspace: Workspace, parts: Sequence[str]) -> None:
        """`parts` are the paths that the descriptor's tables name. Raises PackageInvalid when one cannot be read."""
        self.workspace = workspace
        self.database = _open(workspace.cache / f"lookup-{_VERSION}.sqlite")
        self.parts = list(parts)
        self._update([p for p in parts if part_of_file(p)[0] in _INDEXED])

    def close(self) -> None:
        self.database.close()

    def articles(self, ids: Iterable[str]) -> dict[str, str]:
        """The part of each known article among `ids`."""
        found: dict[str, str] = {}
        for article_id in ids:
            row = self.database.execute("SELECT file FROM article WHERE id = ?", (article_id,)).fetchone()
            if row:
                found[article_id] = row[0]
        return found

    def find(self, prefix: str, limit: int = 20) -> list[tuple[str, str]]:
        """(id, part) of the articles whose id begins with `prefix`."""
        query = "SELECT id, file FROM article WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return list(self.database.execute(query, (prefix, prefix + "g", limit)))

    def find_address(self, url: str) -> list[tuple[str, str]]:
        """(id, part) of the articles that stand at an address, or stood."""
        query = "SELECT article.id, article.file FROM address JOIN article USING (id) WHERE url = ? ORDER BY article.id"
        return list(self.database.execute(query, (url,)))

    def holders(self, ids: Iterable[str]) -> Iterator[Holder]:
        """The responses with these capture ids, made for articles or media."""
        for capture_id in ids:
            for row in self.database.execute("SELECT id, url, row FROM capture WHERE id = ?", (capture_id,)):
                yield _holder(row)

    def media_captures(self, url: str) -> list[Holder]:
        """The whole responses to a request for a media file, oldest first."""
        rows = self.database.execute("SELECT id, url, row FROM capture WHERE url = ? AND role = 'media'", (url,))
        return sorted((_holder(row) for row in rows), key=lambda h: (h.cells["fetched_at"], h.capture_id))

    def pending_media(self, url: str) -> list[tuple[str, str]]:
        """(media_id, part) of the media rows whose file at `url` was not fetched yet."""
        return list(
            self.database.execute("SELECT id, file FROM media WHERE url = ? AND fetched = 0 ORDER BY id", (url,))
        )

    def has_media(self, media_id: str) -> bool:
        return self.database.execute("SELECT 1 FROM media WHERE id = ?", (media_id,)).fetchone() is not None

    def revisions(self, article_id: str) -> list[tuple[str, str]]:
        """(part, revision_id) of an article's revisions."""
        query = "SELECT file, id FROM revision WHERE article = ? ORDER BY valid_to, id"
        return list(self.database.execute(query, (article_id,)))

    def last_restored(self, article_id: str) -> str:
        """When an article came back last; empty when it never did."""
        query = "SELECT max(valid_to) FROM revision WHERE article = ? AND kind = 'restored'"
        return str(self.database.execute(query, (article_id,)).fetchone()[0] or "")

    def _update(self, parts: Sequence[str]) -> None:
        known = {row[0] for row in self.database.execute("SELECT file FROM part")}
        with self.database:
            for gone in known - set(parts):
                for name in ("article", "address", "capture", "revision", "media"):
                    self.database.execute(f"DELETE FROM {name} WHERE file = ?", (gone,))  # noqa: S608 - own names
                self.database.execute("DELETE FROM part WHERE file = ?", (gone,))
            for new in parts:
                if new not in known:
                    self._index(new)
                    self.database.execute("INSERT INTO part VALUES (?)", (new,))

    def _index(self, relative: str) -> None:
        name = part_of_file(relative)[0]
        rows = read_part(table(name), self.workspace.resolve(relative))
        run = self.database.executemany
        if name == "articles":
            for row in rows:
                key = row["article_id"]
                place = (key, relative, row["source_id"], row["first_seen_at"])
                run("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?)", [place])
                addresses = {row["url"], *cells.parse_array(row["aliases"])}
                run("INSERT OR REPLACE INTO address VALUES (?, ?, ?)", [(url, key, relative) for url in addresses])
        elif name == "captures":
            run("INSERT OR REPLACE INTO capture VALUES (?, ?, ?, ?, ?)", _captures(rows, relative))
        elif name == "revisions":
            values_of = ("revision_id", "article_id", "change_kind", "valid_to")
            picked = ([row[column] for column in values_of] for row in rows)
            run(
                "INSERT OR REPLACE INTO revision VALUES (?, ?, ?, ?, ?)",
                ([i, a, relative, k, v] for i, a, k, v in picked),
            )
        else:
            media = ((row["media_id"], row["url"], relative, int(bool(row["capture_id"]))) for row in rows)
            run("INSERT OR REPLACE INTO media VALUES (?, ?, ?, ?)", media)


def _captures(rows: Iterable[Row], relative: str) -> Iterator[tuple[str, ...]]:
    # Only what a later run can refer to: whole responses to requests for articles and media.
    for row in rows:
        if row["kind"] == "response" and row["role"] in ("article", "media") and not row["truncated"]:
            kept = "\n".join(row[column] for column in _KEPT)
            yield row["capture_id"], relative, row["url"], row["role"], kept


def _holder(row: tuple[str, str, str]) -> Holder:
    return Holder(row[0], row[1], dict(zip(_KEPT, row[2].split("\n"), strict=True)))


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    for attempt in (1, 2):
        database = sqlite3.connect(path)
        try:
            database.execute("PRAGMA synchronous = OFF")
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'part'").fetchone():
                with closing(database.cursor()) as cursor:
                    cursor.executescript(_SCHEMA)
            return database
        except sqlite3.DatabaseError:  # a cache that a crash spoiled: made anew
            database.close()
            path.unlink(missing_ok=True)
            if attempt == 2:
                raise
    raise AssertionError("unreachable")
