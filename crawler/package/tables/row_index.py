"""Where things stand in the tables: a small database in the user's cache, made from the published parts alone.

It is kept between runs, so that a run reads only the parts that changed since; it may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.archive.sqlite_cache import open_cache
from crawler.package.tables import cell_format
from crawler.package.tables.canonical_claims import claim_of
from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace
from crawler.workspace.files import stamps_of

_VERSION = 5
_SCHEMA = """
CREATE TABLE part (name TEXT PRIMARY KEY, file TEXT);
CREATE TABLE article (id TEXT PRIMARY KEY, part TEXT, capture TEXT) WITHOUT ROWID;
CREATE TABLE address (url TEXT, id TEXT, part TEXT, PRIMARY KEY (url, id)) WITHOUT ROWID;
CREATE TABLE claim (source TEXT, url TEXT, id TEXT, part TEXT, PRIMARY KEY (source, url, id)) WITHOUT ROWID;
CREATE TABLE capture (id TEXT PRIMARY KEY, part TEXT, url TEXT, role TEXT, row TEXT) WITHOUT ROWID;
CREATE TABLE revision (id TEXT PRIMARY KEY, part TEXT, article TEXT, kind TEXT, valid_to TEXT) WITHOUT ROWID;
CREATE TABLE media (id TEXT PRIMARY KEY, part TEXT, url TEXT, fetched INTEGER) WITHOUT ROWID;
CREATE INDEX article_part ON article (part);
CREATE INDEX address_part ON address (part);
CREATE INDEX claim_part ON claim (part);
CREATE INDEX capture_part ON capture (part);
CREATE INDEX capture_media ON capture (url) WHERE role = 'media';
CREATE INDEX revision_article ON revision (article);
CREATE INDEX revision_part ON revision (part);
CREATE INDEX media_url ON media (url) WHERE fetched = 0;
CREATE INDEX media_part ON media (part);
"""
_COLUMNS = {
    "article": ("id", "part", "capture"),
    "address": ("url", "id", "part"),
    "claim": ("source", "url", "id", "part"),
    "capture": ("id", "part", "url", "role", "row"),
    "revision": ("id", "part", "article", "kind", "valid_to"),
    "media": ("id", "part", "url", "fetched"),
}
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

    def __init__(self, workspace: Workspace, parts: Sequence[str], *, keep: bool = True) -> None:
        """`parts` are the paths that the descriptor's tables name; without `keep` the database is in memory. Raises
        PackageInvalid when a part cannot be read, sqlite3.OperationalError or OSError when the disk refuses."""
        self.workspace = workspace
        home = workspace.cache if keep else None
        path = home / f"lookup-{_VERSION}.sqlite" if home else None
        self.database = open_cache(path, _SCHEMA, sync="OFF")
        self.parts = list(parts)
        self.files: dict[str, str] = {}  # "articles-2026-11" -> the file that holds this part now
        try:
            self._update([p for p in parts if part_of_file(p)[0] in _INDEXED])
        except BaseException:
            self.database.close()
            raise

    def close(self) -> None:
        self.database.close()

    def articles(self, ids: Iterable[str]) -> dict[str, str]:
        """The part of each known article among `ids`."""
        found: dict[str, str] = {}
        for article_id in ids:
            row = self.database.execute("SELECT part FROM article WHERE id = ?", (article_id,)).fetchone()
            if row:
                found[article_id] = self.files[row[0]]
        return found

    def stands_on(self, article_id: str) -> str | None:
        """The capture that an article's row was made of."""
        row = self.database.execute("SELECT capture FROM article WHERE id = ?", (article_id,)).fetchone()
        return str(row[0]) if row else None

    def find(self, prefix: str, limit: int = 20) -> list[tuple[str, str]]:
        """(id, part) of the articles whose id begins with `prefix`."""
        query = "SELECT id, part FROM article WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return [(i, self.files[part]) for i, part in self.database.execute(query, (prefix, prefix + "g", limit))]

    def find_address(self, url: str) -> list[tuple[str, str]]:
        """(id, part) of the articles that stand at an address, or stood."""
        query = "SELECT article.id, article.part FROM address JOIN article USING (id) WHERE url = ? ORDER BY article.id"
        return [(i, self.files[part]) for i, part in self.database.execute(query, (url,))]

    def claimants(self, source: str, url: str, most: int) -> list[str]:
        """The ids of a source's articles whose pages call an address their own that is not their key; so many."""
        query = "SELECT id FROM claim WHERE source = ? AND url = ? ORDER BY id LIMIT ?"
        return [str(row[0]) for row in self.database.execute(query, (source, url, most))]

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
        query = "SELECT id, part FROM media WHERE url = ? AND fetched = 0 ORDER BY id"
        return [(i, self.files[part]) for i, part in self.database.execute(query, (url,))]

    def has_media(self, media_id: str) -> bool:
        return self.database.execute("SELECT 1 FROM media WHERE id = ?", (media_id,)).fetchone() is not None

    def revisions(self, article_id: str) -> list[tuple[str, str]]:
        """(part, revision_id) of an article's revisions."""
        query = "SELECT part, id FROM revision WHERE article = ? ORDER BY valid_to, id"
        return [(self.files[part], i) for part, i in self.database.execute(query, (article_id,))]

    def last_restored(self, article_id: str) -> str:
        """When an article came back last; empty when it never did."""
        query = "SELECT max(valid_to) FROM revision WHERE article = ? AND kind = 'restored'"
        return str(self.database.execute(query, (article_id,)).fetchone()[0] or "")

    def _update(self, parts: Sequence[str]) -> None:
        """Brings the database to the state of `parts`; of a part that changed only what is new in it is written."""
        known = dict(self.database.execute("SELECT name, file FROM part"))
        for path in parts:
            name, part = part_of_file(path)
            self.files[f"{name}-{part}"] = path
        with self.database:
            for gone in known.keys() - self.files.keys():
                for name in _COLUMNS:
                    self.database.execute(f"DELETE FROM {name} WHERE part = ?", (gone,))  # noqa: S608 - own names
                self.database.execute("DELETE FROM part WHERE name = ?", (gone,))
            stamps = stamps_of(self.workspace.data)
            for part, path in self.files.items():
                # A name tells the content of our own files; size and time, of a file that stood there before.
                file = f"{path} {stamps.get(path.rpartition('/')[2], '')}"
                if known.get(part) != file:
                    self._index(part, path)
                    self.database.execute("INSERT OR REPLACE INTO part VALUES (?, ?)", (part, file))

    def _index(self, part: str, path: str) -> None:
        name = part_of_file(path)[0]
        rows = read_part(table(name), self.workspace.resolve(path))
        if name == "articles":
            places: list[tuple[str | int, ...]] = []
            addresses: list[tuple[str | int, ...]] = []
            claims: list[tuple[str | int, ...]] = []
            for row in rows:
                places.append((row["article_id"], part, row["capture_id"]))
                urls = {row["url"], *cell_format.parse_array(row["aliases"])}
                addresses += [(url, row["article_id"], part) for url in sorted(urls)]
                if claim := claim_of(row):
                    claims.append((row["source_id"], claim, row["article_id"], part))
            self._put("claim", 3, part, claims)
            self._put("article", 1, part, places)
            self._put("address", 2, part, addresses)
        elif name == "captures":
            self._put("capture", 1, part, _captures(rows, part))
        elif name == "revisions":
            columns = ("article_id", "change_kind", "valid_to")
            self._put("revision", 1, part, ((r["revision_id"], part, *(r[c] for c in columns)) for r in rows))
        else:
            fetched = ((r["media_id"], part, r["url"], int(bool(r["capture_id"]))) for r in rows)
            self._put("media", 1, part, fetched)

    def _put(self, name: str, keys: int, part: str, values: Iterable[tuple[str | int, ...]]) -> None:
        """Makes the rows of one part those of `values`, whose first `keys` columns are the key."""
        columns = _COLUMNS[name]
        key, rest = ", ".join(columns[:keys]), ", ".join(columns[keys:])
        new = ", ".join(f"excluded.{column}" for column in columns[keys:])
        marks = ", ".join("?" * len(columns))
        upsert = (
            f"INSERT INTO {name} VALUES ({marks}) ON CONFLICT ({key}) "  # noqa: S608 - our own names
            f"DO UPDATE SET ({rest}) = ({new}) WHERE ({rest}) IS NOT ({new})"
        )
        seen = set()
        for value in values:
            self.database.execute(upsert, value)
            seen.add(value[:keys])
        kept = self.database.execute(f"SELECT {key} FROM {name} WHERE part = ?", (part,)).fetchall()  # noqa: S608 - own names
        gone = [row for row in kept if row not in seen]
        where = " AND ".join(f"{column} = ?" for column in columns[:keys])
        self.database.executemany(f"DELETE FROM {name} WHERE {where}", gone)  # noqa: S608 - own names


def _captures(rows: Iterable[Row], part: str) -> Iterator[tuple[str, ...]]:
    # Only what a later run can refer to: whole responses to requests for articles and media.
    for row in rows:
        if row["kind"] == "response" and row["role"] in ("article", "media") and not row["truncated"]:
            kept = "\n".join(row[column] for column in _KEPT)
            yield row["capture_id"], part, row["url"], row["role"], kept


def _holder(row: tuple[str, str, str]) -> Holder:
    return Holder(row[0], row[1], dict(zip(_KEPT, row[2].split("\n"), strict=True)))
