"""A database of SQLite with every table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from crawler.errors import EnvironmentFault, PackageInvalid
from crawler.package.exports.content import Content
from crawler.package.exports.metadata.about import about
from crawler.package.exports.metadata.datasette import datasette_metadata
from crawler.package.tables.tables import SCHEMA_MAJOR, Table

DATABASE = "news"
_KINDS = {"integer": "INTEGER", "number": "REAL"}
_SOUGHT = (  # beside the keys
    ("articles", "url"), ("articles", "story_id"), ("articles", "published_date"), ("articles", "first_seen_at"),
    ("revisions", "source_id"), ("revisions", "valid_to"), ("captures", "url"), ("captures", "fetched_at"),
    ("changes", "changed_at"),
)  # fmt: skip
_AT_ALL_TIMES = """
WITH wordings AS (
  SELECT article_id, seen_at AS since, NULL AS until, {columns} FROM articles
  WHERE article_id NOT IN (SELECT article_id FROM changes WHERE change_kind = 'erased')
  UNION ALL SELECT article_id, valid_from, valid_to, {columns} FROM revisions
  WHERE change_kind NOT IN ('withdrawn', 'restored', 'extractor')),
points AS (
  SELECT article_id, since AS moment, 1 AS is_wording, 'live' AS status FROM wordings
  UNION ALL SELECT article_id, valid_from, 0, iif(change_kind = 'withdrawn', 'withdrawn', 'live') FROM revisions
  WHERE change_kind IN ('withdrawn', 'restored')),
spans AS (
  SELECT article_id, status, moment AS valid_from,
    lead(moment) OVER (PARTITION BY article_id ORDER BY moment, is_wording) AS valid_to FROM points)
SELECT spans.article_id, spans.status, spans.valid_from, spans.valid_to, {named}
FROM spans JOIN wordings ON wordings.article_id = spans.article_id AND wordings.since <= spans.valid_from
  AND (wordings.until IS NULL OR spans.valid_from < wordings.until)
WHERE spans.valid_to IS NULL OR spans.valid_from < spans.valid_to
UNION ALL SELECT article_id, status, first_seen_at, NULL, {columns} FROM articles
WHERE article_id IN (SELECT article_id FROM changes WHERE change_kind = 'erased')"""
"""What each article said and whether it was at its source, from one moment to the next: what `past.then_of` tells."""
_VIEWS = {
    "live_articles": "SELECT * FROM articles WHERE status = 'live'",
    # The language versions of one item, side by side; the oldest first.
    "stories": """SELECT story_id, source_id, count(*) AS documents, json_group_array(language) AS languages,
 json_group_array(article_id) AS article_ids, json_group_array(title) AS titles, min(first_seen_at) AS first_seen_at
 FROM (SELECT * FROM articles ORDER BY first_seen_at, article_id) GROUP BY story_id, source_id""",
    "articles_by_month": """SELECT source_id, substr(coalesce(published_date, first_seen_at), 1, 7) AS month, language,
 count(*) AS documents, sum(status = 'withdrawn') AS withdrawn
 FROM articles GROUP BY source_id, month, language""",
}
"""Questions that many have. None of them changes a row."""


def write_folder(content: Content, folder: Path) -> None:
    """The database as news.db, and the metadata.json that Datasette reads with it. Raises as `write_database`."""
    write_database(content, folder / f"{DATABASE}.db")
    (folder / "metadata.json").write_bytes(datasette_metadata(about(content.head), content.tables, DATABASE))


def write_database(content: Content, output: Path) -> None:
    """A database with every table, primary and foreign keys, a full-text index over title and text of articles
    (FTS5 with external content), indexes and views. Raises PackageInvalid where two rows have one key, EnvironmentFault
    where the file cannot be written."""
    try:
        # A draft that is thrown away when this fails needs no journal.
        with closing(sqlite3.connect(output, isolation_level=None)) as database:
            for name, value in (("journal_mode", "OFF"), ("synchronous", "OFF"), ("user_version", str(SCHEMA_MAJOR))):
                database.execute(f"PRAGMA {name} = {value}")
            database.execute("BEGIN")
            _fill(database, content)
            database.execute("COMMIT")
    except sqlite3.IntegrityError as error:
        raise PackageInvalid(
            f"the tables do not make a database: {error}; `validate` tells all that is wrong"
        ) from error
    except sqlite3.OperationalError as error:
        raise EnvironmentFault(f"{output}: {error}") from error


def _fill(database: sqlite3.Connection, content: Content) -> None:
    database.execute("CREATE TABLE package (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    database.executemany("INSERT INTO package VALUES (?, ?)", content.said.items())
    for its in content.tables:
        database.execute(_create(its))
        marks = ", ".join("?" * len(its.columns))
        values = ([row[c] or None for c in its.columns] for row in content.read(its))
        database.executemany(f"INSERT INTO {its.name} VALUES ({marks})", values)  # noqa: S608 - our own names
    for name, column in _indexes(content):
        database.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")
    # The rows of articles are numbered without gaps, so that VACUUM leaves the numbers as the index has them. Datasette
    # offers a search only where the name of the table is in double quotes.
    database.execute("""CREATE VIRTUAL TABLE articles_fts USING fts5(title, text, content="articles")""")
    database.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")
    for name, query in {**_VIEWS, "articles_at_all_times": _at_all_times(content)}.items():
        database.execute(f"CREATE VIEW {name} AS {query}")
    database.execute("ANALYZE")


def _at_all_times(content: Content) -> str:
    """The query whose rows with `valid_from <= :at AND (valid_to IS NULL OR valid_to > :at)` are the articles as they
    stood at a moment."""
    columns = {its.name: its.columns for its in content.tables}
    apart = ("article_id", "status", "valid_from", "valid_to")
    shared = [name for name in columns["revisions"] if name in columns["articles"] and name not in apart]
    return _AT_ALL_TIMES.format(columns=", ".join(shared), named=", ".join(f"wordings.{name}" for name in shared))


def _indexes(content: Content) -> Iterator[tuple[str, str]]:
    """Tables and columns: every foreign key that is no primary key, and what people look for."""
    found = {(its.name, key["fields"][0]) for its in content.tables for key in its.schema.get("foreignKeys", ())}
    yield from sorted((found | {*_SOUGHT}) - {(its.name, its.key) for its in content.tables})


def _create(its: Table) -> str:
    columns = []
    for field in its.schema["fields"]:
        required = " NOT NULL" if field.get("constraints", {}).get("required") else ""
        columns.append(f"{field['name']} {_KINDS.get(field['type'], 'TEXT')}{required}")
    keys = [f"PRIMARY KEY ({its.key})"]
    for key in its.schema.get("foreignKeys", ()):
        there = key["reference"]
        keys.append(f"FOREIGN KEY ({key['fields'][0]}) REFERENCES {there['resource']} ({there['fields'][0]})")
    return f"CREATE TABLE {its.name} ({', '.join([*columns, *keys])})"
