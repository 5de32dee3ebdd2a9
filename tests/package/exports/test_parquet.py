"""Parquet: every cell is there, typed; the readers of the field take the folder for one table; its bytes repeat."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from crawler.errors import UsageError
from crawler.package.exports import parquet, query
from crawler.package.exports.content import current
from crawler.package.exports.export import export
from crawler.package.tables import cell_format
from crawler.package.tables.tables import LISTS, SAID, Row, Table, tables
from crawler.workspace import Workspace
from tests.package.exports.conftest import files_of


@pytest.fixture(scope="module")
def folder(package: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    export(package, "parquet", folder)
    return folder


def cell(value: Any, name: str, row: dict[str, Any]) -> str:
    """The cell of a package that a value of Parquet came from."""
    if value is None:
        return ""
    if name in LISTS:
        return cell_format.array(value)
    if name in SAID:
        told = pd.Timestamp(value).tz_convert("UTC" if row[f"{name}_utc_offset"] == "Z" else row[f"{name}_utc_offset"])
        return str(told.isoformat())
    if hasattr(value, "tzinfo"):
        return cell_format.utc(value)
    return value if isinstance(value, str) else repr(value) if isinstance(value, int | float) else value.isoformat()


@pytest.mark.parametrize("name", tables())
def test_every_row_of_every_table_is_there_with_its_cells(package: Workspace, folder: Path, name: str) -> None:
    content = current(package)
    its = next(one for one in content.tables if one.name == name)
    found = pq.read_table(folder / name).to_pylist()
    cells = [{column: cell(row[column], column, row) for column in its.columns} for row in found]
    numbers = [one["name"] for one in its.schema["fields"] if one["type"] == "number"]
    rows = [row | {c: repr(float(row[c])) for c in numbers if row[c]} for row in content.read(its)]
    assert sorted(cells, key=lambda row: row[its.key]) == sorted(rows, key=lambda row: row[its.key])


def test_partitions_are_sources_and_months(folder: Path) -> None:
    names = {path.parent.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}
    assert {"sources", "articles/source=xx.tests/month=2026-11", "media/month=2026-11"} <= names
    assert {name for name in names if name.startswith("revisions")} == {"revisions/source=xx.tests/month=2026-12"}
    assert {name for name in names if name.startswith("confirmations")} == {"confirmations/month=2026-12"}


def test_the_readers_of_the_field_find_one_table_and_its_partitions(package: Workspace, folder: Path) -> None:
    count = len(list(query.rows(package, "captures")))
    december = sum(row["fetched_at"].startswith("2026-12") for row in query.rows(package, "captures"))
    assert 0 < december < count
    assert len(pd.read_parquet(folder / "captures")) == count
    lazy = pl.scan_parquet(folder / "captures")
    assert lazy.filter(pl.col("month") == "2026-12").collect().height == december
    one = duckdb.sql(f"FROM '{folder}/captures/**/*.parquet' WHERE month = '2026-12' AND source = 'xx.tests'")
    assert len(one.fetchall()) == december


def test_types_and_words_of_the_columns(folder: Path) -> None:
    table = pq.read_table(folder / "articles")
    types = {its.name: str(its.type) for its in table.schema}
    assert types["published_at"] == "timestamp[us, tz=UTC]"
    assert (types["published_date"], types["tags"]) == ("date32[day]", "list<element: string>")
    assert table["published_at_utc_offset"].to_pylist() == ["+05:00"] * 5
    assert "007" in table["title"].to_pylist()
    (path, *_) = sorted((folder / "articles").rglob("*.parquet"))
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"
    schema = pq.read_schema(path)
    assert schema.metadata[b"doi"] == b"https://doi.org/10.5281/zenodo.1234567"
    assert schema.field("title").metadata[b"description"]
    assert b"Here a moment in UTC; published_at_utc_offset" in schema.field("published_at").metadata[b"description"]


def test_the_same_package_gives_the_same_bytes_and_no_older_partition_stays(package: Workspace, folder: Path) -> None:
    before = files_of(folder)
    old = folder / "articles" / "source=gone" / "month=2020-01" / "part-0000.parquet"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"of an older export")
    (folder / "CNAME").write_text("theirs")
    export(package, "parquet", folder)
    (folder / "CNAME").unlink()
    assert files_of(folder) == before


def test_a_folder_of_somebody_else_is_not_replaced(package: Workspace, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "thesis.txt").write_text("theirs")
    with pytest.raises(UsageError, match=r"thesis\.txt"):
        export(package, "parquet", tmp_path)
    assert files_of(tmp_path) == {"articles/thesis.txt": b"theirs"}
    export(package, "csv", tmp_path)  # has no folder of that name
    assert files_of(tmp_path)["articles/thesis.txt"] == b"theirs"


def test_one_file_has_the_articles(package: Workspace, tmp_path: Path) -> None:
    export(package, "parquet", tmp_path / "articles.parquet")
    titles = pq.read_table(tmp_path / "articles.parquet")["title"].to_pylist()
    assert Counter(titles) == Counter(row["title"] for row in query.rows(package, "articles"))


def test_the_recipes_of_the_documentation_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[3] / "docs" / "exports.md").read_text("utf-8")
    code = next(one for one in re.findall(r"```python\n(.*?)```", page, re.S) if "polars" in one)
    query_ = next(one for one in re.findall(r"```sql\n(.*?)```", page, re.S) if "parquet" in one)
    names: dict[str, Any] = {}
    monkeypatch.chdir(folder)
    (folder / "parquet").symlink_to(folder)
    exec(compile(code, "exports.md", "exec"), names)  # noqa: S102 - our own words
    assert 0 < names["captures"].collect().height < names["pl"].scan_parquet("captures").collect().height
    assert duckdb.sql(query_.replace("uz.eco", "xx.tests")).fetchall() == [(5,)]
    (folder / "parquet").unlink()


def test_what_waits_in_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sources take turns: whichever has more is written when both are too large."""
    monkeypatch.setattr(parquet, "_MOST", 1_000)
    written: list[tuple[str, int]] = []
    partitions = parquet._Partitions(tmp_path, None)
    monkeypatch.setattr(parquet._Partitions, "write", lambda _, name, rows: written.append((name, len(rows))))
    row = {"text": "x" * 90}
    for number in range(30):
        partitions.add("large" if number % 3 else "small", row)
        assert partitions.size <= 1_000
    partitions.flush(0)
    assert partitions.size == 0
    assert sum(count for _, count in written) == 30
    assert written[0] == ("large", 8)


def test_a_table_without_rows_has_its_columns(package: Workspace, tmp_path: Path) -> None:
    counts = parquet.write_tables(replace(current(package), read=lambda _: iter(())), tmp_path)
    assert counts == dict.fromkeys(tables(), 0)
    empty = pq.read_table(tmp_path / "media")
    assert (empty.num_rows, empty.column_names) == (0, [*tables()["media"].columns])


def test_a_source_of_a_strange_name_is_one_folder() -> None:
    its: Table = tables()["captures"]
    row: Row = {"source_id": "../../x"}
    assert parquet._folder(its, row, "2026-11") == "source=..%2F..%2Fx/month=2026-11"


def test_one_file_holds_bounded_rows_in_memory(
    package: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows of an article can have megabytes: a group of rows is counted by their characters too."""
    content = current(package)
    rows = list(content.read(next(its for its in content.tables if its.name == "articles")))
    size = max(sum(map(len, row.values())) for row in rows)
    monkeypatch.setattr(parquet, "_MOST", size)
    parquet.write_flat(content, tmp_path)
    found = pq.ParquetFile(tmp_path / "articles.parquet")
    assert found.metadata.num_rows == len(rows)
    assert found.num_row_groups >= len(rows) // 2
    assert pq.read_table(tmp_path / "articles.parquet").column("article_id").to_pylist() == [
        row["article_id"] for row in rows
    ]
    assert {path.stem for path in tmp_path.iterdir()} == set(tables())
