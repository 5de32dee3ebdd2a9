"""A database of SQLite with every table."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from crawler.package.exports.content import Content
from crawler.package.tables.tables import Table


def write_database(content: Content, output: Path) -> None:
    """A database with every table, its keys, and a full-text index over title and text."""
    with closing(sqlite3.connect(output)) as database, database:
        database.execute("CREATE TABLE package (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        database.executemany("INSERT INTO package VALUES (?, ?)", content.said.items())
        for its in content.tables:
            database.execute(_create(its))
            marks = ", ".join("?" * len(its.columns))
            values = ([row[c] or None for c in its.columns] for row in content.read(its))
            database.executemany(f"INSERT INTO {its.name} VALUES ({marks})", values)  # noqa: S608 - our own names
        for name, column in (("articles", "url"), ("articles", "story_id"), ("articles", "published_date"),
                             ("revisions", "article_id"), ("rejections", "article_id"), ("captures", "url"),
                             ("media", "article_id")):  # fmt: skip
            database.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")
        database.execute("CREATE VIRTUAL TABLE articles_text USING fts5(title, text, content=articles)")
        database.execute("INSERT INTO articles_text(articles_text) VALUES ('rebuild')")


def _create(its: Table) -> str:
    kinds = {"integer": "INTEGER", "number": "REAL"}
    columns = []
    for field in its.schema["fields"]:
        required = " NOT NULL" if field.get("constraints", {}).get("required") else ""
        columns.append(f"{field['name']} {kinds.get(field['type'], 'TEXT')}{required}")
    keys = [f"PRIMARY KEY ({its.key})"]
    for key in its.schema.get("foreignKeys", ()):
        there = key["reference"]
        keys.append(f"FOREIGN KEY ({key['fields'][0]}) REFERENCES {there['resource']} ({there['fields'][0]})")
    return f"CREATE TABLE {its.name} ({', '.join([*columns, *keys])})"
