"""The package in other forms: the same rows, and titles from the web that harm nobody there."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from crawler.errors import EnvironmentFault, UsageError
from crawler.package.exports import query
from crawler.package.exports.export import export
from crawler.package.exports.spreadsheet import harmless
from crawler.package.tables.tables import tables
from crawler.workspace import Workspace
from tests.package.exports.conftest import TITLES, files_of


def articles(package: Workspace) -> list[dict[str, str]]:
    return list(query.rows(package, "articles"))


def test_titles_are_kept_as_data(package: Workspace) -> None:
    titles = {row["title"] for row in articles(package)}
    assert '=HYPERLINK("http://evil.example") in a title' in titles
    assert "</script><img src=x onerror=alert(1)> and more words" in titles


def test_a_spreadsheet_runs_nothing(package: Workspace, tmp_path: Path) -> None:
    output = tmp_path / "articles.csv"
    export(package, "csv", output)
    assert output.read_bytes().startswith(b"\xef\xbb\xbf")
    with output.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(TITLES)
    for row in rows:
        assert not any(str(cell).lstrip().startswith(("=", "+", "-", "@")) for cell in row.values())
    assert any(row["title"].startswith("'=HYPERLINK") for row in rows)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "|cmd", "\uff1d1"])
def test_what_begins_a_formula_is_guarded(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_ordinary_cells_stay(package: Workspace) -> None:
    assert harmless("2026-11-23") == "2026-11-23"
    assert len(harmless("x" * 40_000)) == 32_767


def test_all_tables_for_spreadsheets_are_a_folder_or_a_zip(package: Workspace, tmp_path: Path) -> None:
    (tmp_path / "sheets").mkdir()
    export(package, "csv", tmp_path / "sheets")
    export(package, "csv", tmp_path / "sheets.ZIP")
    with zipfile.ZipFile(tmp_path / "sheets.ZIP") as packed:
        assert packed.testzip() is None
        members = {info.filename: packed.read(info) for info in packed.infolist()}
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert members == files_of(tmp_path / "sheets")
    assert {name.removesuffix(".csv") for name in members} == tables().keys()
    for name in tables():
        rows = list(csv.DictReader(io.StringIO(members[f"{name}.csv"].decode("utf-8-sig"), newline="")))
        assert len(rows) == len(list(query.rows(package, name)))
        assert not any(cell.lstrip().startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_the_explorer_is_a_folder_that_follows_the_package(package: Workspace, tmp_path: Path) -> None:
    site = tmp_path / "site"
    export(package, "explorer", site)
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert "index.html" in names
    assert {name.split("-")[0] for name in names - {"index.html"}} >= {"explorer/articles", "explorer/texts"}
    assert all((site / name).read_bytes() == (package.root / name).read_bytes() for name in names)
    (site / "explorer" / "articles-2026-11-7.00000000.js").write_text("of an older copy")
    (site / "CNAME").write_text("theirs")
    export(package, "explorer", site)
    assert {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} == {*names, "CNAME"}


def test_the_explorer_is_no_single_file(package: Workspace, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("theirs")
    with pytest.raises(UsageError, match="folder"):
        export(package, "explorer", tmp_path / "index.html")
    assert (tmp_path / "index.html").read_text() == "theirs"


def test_a_wacz_holds_the_same_bytes(package: Workspace, tmp_path: Path) -> None:
    export(package, "wacz", tmp_path / "p.wacz")
    with zipfile.ZipFile(tmp_path / "p.wacz") as packed:
        warc, *_ = [info for info in packed.infolist() if info.filename.startswith("archive/")]
        assert warc.compress_type == zipfile.ZIP_STORED
        assert packed.read(warc) == (package.root / warc.filename).read_bytes()
        assert json.loads(packed.read("datapackage.json"))["profile"] == "data-package"


def test_what_cannot_be_written_is_said(package: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="docx"):
        export(package, "docx", tmp_path / "x.docx")
    with pytest.raises(UsageError, match="folder of parquet"):
        export(package, "croissant", tmp_path / "x.json")
    with pytest.raises(EnvironmentFault, match="nowhere"):
        export(package, "csv", tmp_path / "nowhere" / "x.csv")
    assert list(tmp_path.iterdir()) == []
