"""The tables as they stood at a moment: those that were published then, whatever came later."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from crawler.app.show.past_wording import show_at
from crawler.errors import NotFound
from crawler.model import Role
from crawler.package.build.build import build
from crawler.package.exports import query
from crawler.package.exports.content import current
from crawler.package.exports.export import export
from crawler.package.exports.past import as_of
from crawler.package.tables import cell_format
from crawler.package.tables.tables import Row
from crawler.package.takedown import withdraw
from crawler.workspace import Workspace
from tests.package.conftest import SEED, Ministry, page, parse_seed

Tables = dict[str, list[Row]]
RUNS: tuple[dict[str, Any], ...] = (
    {"/n/1": ("One", "water"), "/n/2": ("Two", "wind"), "/n/3": ("Three", "fire")},
    {"/n/1": ("One", "water and air"), "/n/2": None, "/n/3": ("Three", "fire")},
    {"/n/1": ("One", "water and air"), "/n/2": None, "/n/4": ("Four", "soil")},
    {"/n/1": ("One again", "water"), "/n/2": ("Two", "wind"), "/n/3": ("Three", "fire and ice")},
    {"/n/2": ("Two changed", "wind"), "/n/4": None},
    {"/n/4": None, "/n/5": ("Five", "sand"), "/n/1": ("One again", "water")},
)


def tables_of(content: Any) -> Tables:
    return {its.name: list(content.read(its)) for its in content.tables}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, list[tuple[str, Tables]]]]:
    """A package, and what stood in it after each of its runs."""
    clock = pytest.MonkeyPatch()
    seed = parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml")
    ministry = Ministry(Workspace(tmp_path_factory.mktemp("past") / "package"), seed)
    published = []
    for number, answers in enumerate(RUNS):
        run = ministry.run(2)
        its = ministry.now
        clock.setattr("crawler.archive.warc.writer.now", lambda its=its: its)  # a run begins when its captures do
        run.get("/feed.xml", b"<rss/>", mime="text/xml", role=Role.LISTING)
        for path, words in answers.items():
            run.get(path, page(*words)) if words else run.get(path, b"Not found", status=404)
        run.done()
        build(ministry.workspace, seeds={seed.id: seed}, engine="serial", full=number == len(RUNS) - 1)
        published.append((cell_format.utc(ministry.now), tables_of(current(ministry.workspace))))
    yield ministry.workspace, published
    clock.undo()


def test_what_was_published_after_each_run_is_what_there_was_then(
    grown: tuple[Workspace, list[tuple[str, Tables]]],
) -> None:
    package, published = grown
    assert len({len(its["articles"]) for _, its in published}) > 2
    for moment, then in published:
        found = tables_of(as_of(package, moment))
        for name in then:
            if (
                name == "confirmations"
            ):  # parts have the last of each article alone: of a joined part, the others are gone
                continue
            for row in (*found[name], *then[name]):
                row.pop("last_confirmed_at", None)
            assert found[name] == then[name], (moment, name)


def test_confirmations_tell_no_later_one(grown: tuple[Workspace, list[tuple[str, Tables]]]) -> None:
    package, published = grown
    for moment, _ in published:
        for row in tables_of(as_of(package, moment))["articles"]:
            assert row["seen_at"] <= row["last_confirmed_at"] <= moment


def moments(package: Workspace) -> list[str]:
    """Every time at which something was captured, and a microsecond before it."""
    at = [cell_format.parse_utc(row["fetched_at"]) for row in query.rows(package, "captures")]
    return [cell_format.utc(moment - timedelta(microseconds=its)) for moment in at[1:] for its in (0, 1)]


def test_show_export_and_the_view_of_the_database_say_the_same(
    grown: tuple[Workspace, list[tuple[str, Tables]]], tmp_path: Path
) -> None:
    package, _ = grown
    export(package, "sqlite", tmp_path / "now.sqlite")
    seen = set()
    with closing(sqlite3.connect(tmp_path / "now.sqlite")) as database:
        ids = [i for (i,) in database.execute("SELECT article_id FROM articles")]
        for moment in moments(package):
            rows = tables_of(as_of(package, moment))["articles"]
            exported = sorted((r["article_id"], r["status"], r["title"], r["text"]) for r in rows)
            seen.update((status, title) for _, status, title, _ in exported)
            viewed = database.execute(
                "SELECT article_id, status, title, text FROM articles_at_all_times "
                "WHERE valid_from <= :at AND (valid_to IS NULL OR valid_to > :at) ORDER BY article_id",
                {"at": moment},
            ).fetchall()
            assert viewed == exported, moment
            shown = []
            for article_id in ids:
                try:
                    its = show_at(package.root, article_id, cell_format.parse_utc(moment))
                except NotFound:
                    continue
                shown.append((article_id, its["status"], its["title"], its["text"]))
            assert sorted(shown) == exported, moment
    assert {("withdrawn", "Two"), ("live", "Two"), ("live", "Two changed"), ("withdrawn", "Four")} <= seen


def test_a_database_of_then_is_whole(grown: tuple[Workspace, list[tuple[str, Tables]]], tmp_path: Path) -> None:
    package, published = grown
    moment, then = published[2]
    export(package, "sqlite", tmp_path / "then.sqlite", at=moment)
    with closing(sqlite3.connect(tmp_path / "then.sqlite")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("SELECT count(*) FROM articles").fetchone() == (len(then["articles"]),)
        assert database.execute("SELECT value FROM package WHERE name = 'as_of'").fetchone() == (moment,)


def test_words_that_were_taken_out_do_not_come_back(tmp_path: Path) -> None:
    seed = parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml")
    ministry = Ministry(Workspace(tmp_path / "package"), seed)
    for topic in ("secret water", "open air"):
        run = ministry.run()
        run.get("/n/1", page("A name", topic))
        run.get("/n/2", page("Another", topic))
        run.done()
    build(ministry.workspace, seeds={seed.id: seed}, engine="serial")
    (first, _) = query.articles(ministry.workspace)
    withdraw(ministry.workspace, first["article_id"], "asked for")
    export(ministry.workspace, "sqlite", tmp_path / "now.sqlite")
    for moment in moments(ministry.workspace)[4:]:
        rows = {row["article_id"]: row for row in tables_of(as_of(ministry.workspace, moment))["articles"]}
        erased = rows.pop(first["article_id"])
        assert (erased["title"], erased["text"], erased["status"]) == ("(withdrawn)", "", "withdrawn")
        assert [row["status"] for row in rows.values()] == ["live"]
        with closing(sqlite3.connect(tmp_path / "now.sqlite")) as database:
            viewed = database.execute(
                "SELECT article_id, title, text, status FROM articles_at_all_times "
                "WHERE valid_from <= :at AND (valid_to IS NULL OR valid_to > :at) ORDER BY article_id",
                {"at": moment},
            ).fetchall()
        every = [erased, *rows.values()]
        assert viewed == sorted((r["article_id"], r["title"], r["text"] or None, r["status"]) for r in every)


def test_before_the_first_capture_there_is_nothing(grown: tuple[Workspace, list[tuple[str, Tables]]]) -> None:
    with pytest.raises(NotFound, match="nothing in it was captured by 1999"):
        as_of(grown[0], "1999-01-01T00:00:00.000000Z")


def test_a_folder_of_then_says_of_when_it_is(grown: tuple[Workspace, list[tuple[str, Tables]]], tmp_path: Path) -> None:
    package, published = grown
    moment, then = published[1]
    export(package, "parquet", tmp_path, at=moment)
    for name, rows in then.items():
        if name != "confirmations":
            files = sorted((tmp_path / name).rglob("*.parquet"))
            assert sum(pq.read_metadata(path).num_rows for path in files) == len(rows)
    assert moment in (tmp_path / "README.md").read_text()


def test_the_command_takes_a_day_or_a_moment_and_writes_to_standard_output(
    grown: tuple[Workspace, list[tuple[str, Tables]]], invoke: Any, tmp_path: Path
) -> None:
    package, published = grown
    moment, then = published[1]
    words = ("export", "csv", "--package", package.root, "--output", "-")
    for at in (moment, f"{moment[:10]}T23:00:00-01:00", moment[:10]):
        done = invoke(*words, "--at", at, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
        assert [row["title"] for row in rows] == [row["title"] for row in then["articles"]]
    assert list(tmp_path.iterdir()) == []
    done = invoke("export", "explorer", "--package", package.root, "--output", "-", cwd=tmp_path)
    assert done.returncode == 2
    assert "explorer: is a folder of files" in done.stderr
    assert list(tmp_path.iterdir()) == []
