"""A package of schema 1: unquoted headers, empty cells for empty lists, `change` in `changes`, fewer columns."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from crawler import Package
from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.exports import query
from crawler.package.exports.export import export
from crawler.package.tables.tables import tables
from crawler.workspace import Workspace
from tests.package.conftest import Ministry
from tests.package.forger import Forger

SINCE = {"dropped_share"}
"""Columns that schema 1 did not have."""


@pytest.fixture
def older(ministry: Ministry, make_page: Any) -> Ministry:
    """A package with an edit, a withdrawal and an unread page, as schema 1 had it."""
    for number, words in enumerate(("water", "forests")):
        run = ministry.run(number)
        run.get("/n/1", make_page("First", words))
        run.get("/n/2", make_page("Second", "air"))
        run.done()
    publish(ministry)
    make_older(ministry.workspace)
    return ministry


def publish(ministry: Ministry) -> Any:
    return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")


def make_older(workspace: Workspace) -> None:
    forger = Forger(workspace)
    for name in tables():
        for path in forger.resource(name)["path"]:
            rows = list(csv.reader(io.StringIO(forger.text(path), newline="")))
            kept = [index for index, cell in enumerate(rows[0]) if cell not in SINCE]
            rows = [[row[index] for index in kept] for row in rows]
            out = io.StringIO(newline="")
            header = ["change" if name == "changes" and cell == "change_kind" else cell for cell in rows[0]]
            csv.writer(out, lineterminator="\n").writerows(
                [header, *([("" if cell == "[]" else cell) for cell in row] for row in rows[1:])]
            )
            forger.put(path, out.getvalue())
        schema = forger.resource(name)["schema"]
        schema["fields"] = [field for field in schema["fields"] if field["name"] not in SINCE]
        for field in schema["fields"]:
            field["name"] = "change" if name == "changes" and field["name"] == "change_kind" else field["name"]
    forger.descriptor["schemaVersion"] = 1
    forger.descriptor["version"] = forger.descriptor["version"].replace("2.", "1.", 1)
    forger.save()


def test_it_is_read_as_the_new_one_would_be(older: Ministry) -> None:
    articles = list(query.rows(older.workspace, "articles"))
    assert {row["authors"] for row in articles} == {"[]"}
    assert sorted(row["change_kind"] for row in query.rows(older.workspace, "changes")) == ["edited", "new", "new"]
    assert {row["dropped_share"] for row in articles} == {""}
    assert [row.dropped_share for row in Package(older.workspace.root).articles()] == [None, None]


@pytest.mark.parametrize("form", ["csv", "parquet", "sqlite"])
def test_it_can_be_exported(older: Ministry, tmp_path: Path, form: str) -> None:
    export(older.workspace, form, tmp_path / f"out.{form}")
    assert (tmp_path / f"out.{form}").stat().st_size


def test_it_is_told_and_not_called_valid(older: Ministry) -> None:
    verdict = validate(older.workspace, full=True, engine="serial")
    assert not verdict.valid
    assert any("its schema is not that of" in line for line in verdict.lines()), verdict.lines()


def test_the_next_run_builds_it_anew_without_a_revision(older: Ministry, make_page: Any) -> None:
    run = older.run(2)
    run.get("/n/2", make_page("Second", "air"))
    run.done()
    report = publish(older)
    assert report.full
    assert report.why == "the tables are of another schema"
    assert [row["change_kind"] for row in query.rows(older.workspace, "revisions")] == ["edited"]
    assert sorted(row["change_kind"] for row in query.rows(older.workspace, "changes")) == ["edited", "new", "new"]
    assert json.loads(older.workspace.descriptor.read_bytes())["version"].startswith("2.")
    proved = validate(older.workspace, full=True, reextract=True, engine="serial")
    assert proved.valid, proved.lines()
    assert reproduce(older.workspace, engine="serial").same
