"""The database: SQLite finds it whole, keys and search index too, and Datasette shows it with what its columns mean."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from crawler.errors import PackageInvalid
from crawler.package.exports import query, sqlite
from crawler.package.exports.content import current
from crawler.package.exports.export import export
from crawler.package.exports.metadata.about import about
from crawler.package.exports.metadata.datasette import datasette_metadata
from crawler.package.tables.tables import tables
from crawler.workspace import Workspace
from tests.package.exports.conftest import SETTINGS, files_of


@pytest.fixture(scope="module")
def folder(package: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    export(package, "sqlite", folder)
    return folder


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{folder}/news.db?mode=ro", uri=True)) as database:
        yield database


def ask(database: sqlite3.Connection, question: str) -> list[tuple[Any, ...]]:
    return database.execute(question).fetchall()


def test_every_row_is_there_and_sqlite_finds_nothing_wrong(package: Workspace, database: sqlite3.Connection) -> None:
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert ask(database, "PRAGMA foreign_key_check") == []
    content = current(package)
    for its in content.tables:
        found = ask(database, f"SELECT {', '.join(its.columns)} FROM {its.name}")  # noqa: S608 - our own names
        kinds = {"integer": int, "number": float}
        types = [kinds.get(field["type"], str) for field in its.schema["fields"]]
        rows = [
            tuple(kind(row[c]) if row[c] else None for c, kind in zip(its.columns, types, strict=True))
            for row in content.read(its)
        ]
        assert found == rows, its.name


def test_keys_are_those_of_the_schemas(database: sqlite3.Connection) -> None:
    for name, its in tables().items():
        keys = {(row[3], row[2], row[4]) for row in ask(database, f"PRAGMA foreign_key_list({name})")}
        stated = its.schema.get("foreignKeys", ())
        assert keys == {(k["fields"][0], k["reference"]["resource"], k["reference"]["fields"][0]) for k in stated}, name
        assert [row[1] for row in ask(database, f"PRAGMA table_info({name})") if row[5]] == [its.key]
        leading = {
            ask(database, f"PRAGMA index_info({row[1]})")[0][2] for row in ask(database, f"PRAGMA index_list({name})")
        }
        assert {column for column, _, _ in keys} <= leading, f"{name}: a key without an index"


def test_a_key_that_leads_nowhere_would_be_seen(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes((folder / "news.db").read_bytes())
    with closing(sqlite3.connect(tmp_path / "x.db")) as changed:
        changed.execute("DELETE FROM sources")
        assert ask(changed, "PRAGMA foreign_key_check") != []


def test_search_finds_words_and_its_index_agrees_with_the_articles(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes((folder / "news.db").read_bytes())
    found = "SELECT title FROM articles_fts WHERE articles_fts MATCH 'ordinary'"
    check = "INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)"
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as changed:
        assert ask(changed, found) == [("An ordinary title of the day anew",)]
        changed.execute(check)
        changed.execute("VACUUM")
        changed.execute(check)
        assert ask(changed, found) == [("An ordinary title of the day anew",)]
        changed.execute("UPDATE articles SET title = 'another'")
        with pytest.raises(sqlite3.DatabaseError):  # the command does look at the articles
            changed.execute(check)


def test_the_search_of_the_documentation_runs(database: sqlite3.Connection) -> None:
    page = (Path(__file__).parents[3] / "docs" / "exports.md").read_text("utf-8")
    (question,) = [one for one in re.findall(r"```sql\n(.*?)```", page, re.S) if "MATCH" in one]
    (found,) = ask(database, question.replace("water", "ordinary"))
    assert found[1] == "An ordinary title of the day anew"


def test_views(database: sqlite3.Connection) -> None:
    names = [name for (name,) in ask(database, "SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert {"live_articles", "stories", "articles_by_month"} <= {*names}
    for name in names:
        assert ask(database, f"SELECT * FROM {name}"), name  # noqa: S608 - our own names
    assert ask(database, "SELECT count(*) FROM live_articles") == [(4,)]
    assert ask(database, "SELECT sum(documents), sum(withdrawn) FROM articles_by_month") == [(5, 1)]


def test_the_same_package_gives_the_same_bytes(package: Workspace, folder: Path, tmp_path: Path) -> None:
    export(package, "sqlite", tmp_path)
    assert files_of(tmp_path) == files_of(folder)
    export(package, "sqlite", tmp_path / "one.sqlite")
    assert (tmp_path / "one.sqlite").read_bytes() == (folder / "news.db").read_bytes()


def test_two_rows_of_one_key_are_no_database(package: Workspace, tmp_path: Path) -> None:
    content = current(package)
    twice = replace(content, read=lambda its: iter([*content.read(its)] * 2))
    with pytest.raises(PackageInvalid, match=r"sources\.source_id"):
        sqlite.write_database(twice, tmp_path / "x.db")


# ---------------------------------------------------------------- Datasette


def test_datasette_shows_the_folder(package: Workspace, folder: Path) -> None:
    async def pages() -> list[Any]:
        datasette = Datasette(config_dir=folder)
        await datasette.invoke_startup()
        paths = ("/", "/news/articles", "/news/articles.json?_search=ordinary&_shape=array", "/news/stories")
        article = next(query.rows(package, "articles"))
        return [await datasette.client.get(path) for path in (*paths, f"/news/articles/{article['article_id']}")]

    front, table, found, view, row = asyncio.run(pages())
    assert [page.status_code for page in (front, table, found, view, row)] == [200] * 5
    assert "CC-BY-4.0" in front.text and "https://doi.org/10.5281/zenodo.1234567" in front.text
    assert "<script>alert(1)" not in front.text + table.text + row.text
    assert "<img src=x" not in table.text + row.text
    assert tables()["articles"].schema["description"][:40] in table.text
    assert [one["title"] for one in json.loads(found.text)] == ["An ordinary title of the day anew"]


def test_metadata_of_a_strange_descriptor_has_no_address_but_of_the_web() -> None:
    head = {
        "title": ["x"], "description": "<b>", "homepage": "javascript:alert(1)", "id": 7,
        "licenses": [{"path": "data:,"}],
        "contributors": [1, {"title": "A", "roles": "creator"}, {"title": "B", "roles": ["creator"], "path": "//x"}],
        "temporal": 1, "sources": {},
    }  # fmt: skip
    value = json.loads(datasette_metadata(about(head), tables().values(), "news"))
    assert {name: its for name, its in value.items() if name != "databases"} == {"description": "<b>", "about": "B"}


def test_metadata_says_what_the_settings_say(folder: Path) -> None:
    value = json.loads((folder / "metadata.json").read_bytes())
    assert (value["title"], value["license"], value["about"]) == (
        SETTINGS.title,
        "CC-BY-4.0",
        "Ann Õ'Neil; Archive: of News",
    )
    articles = value["databases"]["news"]["tables"]["articles"]
    assert articles["columns"].keys() >= {*tables()["articles"].columns, "last_confirmed_at"}
