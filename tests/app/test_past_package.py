"""A package as it stood at a moment: the tables that were published then, byte for byte."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crawler.app.export_files import export
from crawler.app.past_package import past_package
from crawler.errors import NotFound, PackageInvalid
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.descriptor.descriptor import files_of, read_descriptor
from crawler.package.exports import query
from crawler.package.exports.export import export as write
from crawler.package.tables import cell_format
from crawler.package.takedown import withdraw
from crawler.workspace import Workspace
from tests.package.conftest import SEED, Ministry, page, parse_seed

RUNS: tuple[dict[str, Any], ...] = (
    {"/n/1": ("One", "water"), "/n/2": ("Two", "wind")},
    {"/n/1": ("One", "water and air"), "/n/2": None},
    {"/n/2": None, "/n/3": ("Three", "fire")},
)


def begin(folder: Path, clock: pytest.MonkeyPatch) -> tuple[Ministry, list[tuple[Any, dict[str, str]]]]:
    """A package, and after each of its runs the time and the tables with their digests."""
    seed = parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml")
    ministry, published = Ministry(Workspace(folder), seed), []
    for answers in RUNS:
        run = ministry.run(2)
        its = ministry.now
        clock.setattr("crawler.archive.warc.writer.now", lambda its=its: its)  # a run begins when its captures do
        for path, words in answers.items():
            run.get(path, page(*words)) if words else run.get(path, b"Not found", status=404)
        run.done()
        build(ministry.workspace, seeds={seed.id: seed}, engine="serial")
        published.append((ministry.now, tables_of(ministry.workspace)))
    return ministry, published


def tables_of(workspace: Workspace) -> dict[str, str]:
    head = read_descriptor(workspace)
    assert head is not None
    return {path: its.sha256 for path, its in files_of(head).items() if path.endswith((".csv", ".csv.gz", ".warc.gz"))}


def test_it_is_the_package_that_was_published_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, published = begin(tmp_path / "news", monkeypatch)
    before = {path: path.read_bytes() for path in (tmp_path / "news").rglob("*") if path.is_file()}
    for moment, tables in published:
        with past_package(tmp_path / "news", cell_format.utc(moment), engine="serial") as past:
            assert tables_of(past) == tables
            write(past, "explorer", tmp_path / "site")
    assert not past.root.exists()
    assert {path: path.read_bytes() for path in (tmp_path / "news").rglob("*") if path.is_file()} == before
    moment, tables = published[0]
    export("wacz", tmp_path / "news", tmp_path / "then.wacz", at=moment)
    with zipfile.ZipFile(tmp_path / "then.wacz") as archive:
        assert tables.keys() <= set(archive.namelist())
        assert f"as it stood at {cell_format.utc(moment)}" in json.loads(archive.read("datapackage.json"))["title"]
    assert "as it stood at" in (tmp_path / "site/index.html").read_text()
    with pytest.raises(NotFound, match="no run had ended"), past_package(tmp_path / "news", "1999"):
        pass
    (file,) = (path for path in before if path.name == Path(next(p for p in tables if p.endswith(".warc.gz"))).name)
    file.write_bytes(before[file][:-9] + b"damaged!!")
    with (
        pytest.raises(PackageInvalid, match="is not as its descriptor says"),
        past_package(tmp_path / "news", cell_format.utc(moment)),
    ):
        pass


def test_words_that_were_taken_out_are_out_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ministry, published = begin(tmp_path / "news", monkeypatch)
    ids = {row["title"]: row["article_id"] for row in query.rows(ministry.workspace, "articles")}
    withdraw(ministry.workspace, ids["One"], "asked for")
    withdraw(ministry.workspace, ids["Three"], "asked for")
    with past_package(tmp_path / "news", cell_format.utc(published[0][0]), engine="serial") as past:
        rows = {row["article_id"]: row for row in query.rows(past, "articles")}
        assert rows.keys() == {ids["One"], ids["Two"]}
        assert (rows[ids["One"]]["title"], rows[ids["One"]]["text"]) == ("(withdrawn)", "")
        assert rows[ids["Two"]]["status"] == "live"
        assert validate(past, full=True).errors == ()
