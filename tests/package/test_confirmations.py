"""When an article was last confirmed: a table that re-checks write to, so that the months of articles stay."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.descriptor.published import published
from crawler.package.explorer.form import unpacked
from crawler.package.exports import query
from crawler.package.exports.export import export
from crawler.package.tables.partitions import part_of_file
from crawler.package.tables.tables import Row
from tests.package.test_traps import Forger


def build_now(ministry, **options) -> tuple[str, ...]:
    return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", **options).written


def check(ministry, make_page, days: float, *numbers: int) -> tuple[str, ...]:
    """Looks at articles, `days` after the run before; what the build wrote."""
    run = ministry.run(days)
    for number in numbers:
        run.get(f"/n/{number}", make_page(f"Title {number}", f"water {number}"))
    run.done()
    return build_now(ministry)


def parts(ministry) -> dict[str, list[Row]]:
    state = published(ministry.workspace)
    assert state
    found: dict[str, list[Row]] = {part_of_file(path)[1]: [] for path in state.parts["confirmations"]}
    for row in query.rows(ministry.workspace, "confirmations"):
        part = max(name for name in found if row["last_confirmed_at"].startswith(name))
        found[part].append(row)
    return found


@pytest.fixture
def ministry(ministry, make_page):
    """Two articles of 23 November 2026."""
    check(ministry, make_page, 0, 1, 2)
    return ministry


def last(ministry) -> dict[str, str]:
    """When each article was last confirmed, by the last letter of its title."""
    return {row["title"][-1]: row["last_confirmed_at"] for row in query.articles(ministry.workspace)}


def test_a_recheck_writes_its_hour_and_no_month_of_articles(ministry, make_page) -> None:
    first = last(ministry)
    assert first["1"] == next(query.rows(ministry.workspace, "articles"))["seen_at"]
    written = check(ministry, make_page, 1, 1)
    assert not [path for path in written if "articles" in path]
    assert any("confirmations-" in path for path in written)
    now = last(ministry)
    assert now["1"] > first["1"] and now["2"] == first["2"]
    row = query.find(ministry.workspace, f"{ministry.seed.homepage}n/1").article
    assert query.last_confirmed(ministry.workspace, row) == now["1"]


def test_parts_that_are_joined_keep_the_last_of_each_article(ministry, make_page) -> None:
    check(ministry, make_page, 1, 1, 2)
    check(ministry, make_page, 1 / 24, 1)
    assert sorted(map(len, parts(ministry).values())) == [1, 2]  # two hours of one day
    check(ministry, make_page, 1, 1)
    assert [len(rows) for rows in parts(ministry).values()] == [2, 1]  # the day before, an hour
    check(ministry, make_page, 40, 2)  # in the next year
    named = parts(ministry)
    assert next(iter(named)) == "2026" and len(named["2026"]) == 2
    before = {path.name: path.read_bytes() for path in ministry.workspace.data.iterdir()}
    build_now(ministry, full=True, use_cache=False)
    assert {path.name: path.read_bytes() for path in ministry.workspace.data.iterdir()} == before
    assert validate(ministry.workspace, engine="serial", full=True).valid


def test_other_words_are_no_confirmation_and_a_return_is_one(ministry, make_page) -> None:
    run = ministry.run(1)
    run.get("/n/1", make_page("Title other 1", "water 1"))
    run.get("/n/2", status=404)
    run.done()
    run = ministry.run(2)
    run.get("/n/2", status=404)
    run.done()
    build_now(ministry)
    assert list(query.rows(ministry.workspace, "confirmations")) == []
    check(ministry, make_page, 1, 2)
    (row,) = query.rows(ministry.workspace, "confirmations")
    assert last(ministry)["2"] == row["last_confirmed_at"]
    assert validate(ministry.workspace, engine="serial").valid


def test_a_time_that_no_capture_shows_is_found(ministry, make_page) -> None:
    check(ministry, make_page, 1, 1, 2)
    forger = Forger(ministry.workspace)
    path = forger.path("confirmations")
    lines = forger.text(path).splitlines(keepends=True)
    forger.put(path, "".join(lines[:-1]))
    forger.resource("confirmations")["rows"] = 1
    forger.save()
    found = validate(ministry.workspace, engine="serial").errors
    assert [error.check for error in found] == ["confirmations"]


def test_copies_have_it_as_a_column_of_articles(ministry, make_page, tmp_path: Path) -> None:
    check(ministry, make_page, 1, 1)
    wanted = last(ministry)
    export(ministry.workspace, "csv", tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["title"][-1]: row["last_confirmed_at"] for row in csv.DictReader(file)} == wanted
    export(ministry.workspace, "sqlite", tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        assert dict(database.execute("SELECT substr(title, -1), last_confirmed_at FROM articles")) == wanted
    export(ministry.workspace, "explorer", tmp_path / "site")
    shown = dict[str, str]()
    for path in (tmp_path / "site" / "explorer").glob("confirmations-*.js"):
        shown |= json.loads(unpacked(path.read_bytes())[1])
    rows = {row["article_id"]: row["title"][-1] for row in query.rows(ministry.workspace, "articles")}
    assert {rows[its]: moment for its, moment in shown.items()}.items() <= wanted.items()
    assert shown
