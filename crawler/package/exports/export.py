"""The package in other forms: derived copies, never the truth."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from crawler.archive.wacz import export_wacz
from crawler.errors import EnvironmentFault, NotFound, UsageError
from crawler.package.exports import query
from crawler.package.exports.explorer import copy_explorer
from crawler.package.publication.consistent_read import steadily
from crawler.package.tables import cell_format
from crawler.package.tables.descriptor import file_resource, files_of, read_descriptor
from crawler.package.tables.file_lists import listed_files
from crawler.package.tables.tables import LISTS, SAID, Row, Table, tables
from crawler.workspace import Workspace

BATCH = 2_000  # rows held in memory
_EXCEL_CELL = 32_767  # characters that a cell of a spreadsheet can hold
# OWASP's list for CSV injection; the wide forms run in East Asian editions, the bar in LibreOffice's DDE.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def export(workspace: Workspace, form: str, output: Path) -> None:
    """Writes the package to `output` as wacz, parquet, sqlite, csv or explorer; an older file is replaced at the end.

    parquet writes the table articles to a file, or every table into `output` when that is a folder or ends in "/".
    explorer copies the package's page and its data into the folder `output`.
    Raises UsageError for an unknown form or a missing extra, NotFound without a package, EnvironmentFault.
    """
    forms: dict[str, Callable[[Workspace, Path], None]] = {
        "parquet": _parquet,
        "sqlite": _sqlite,
        "csv": _csv,
    }
    if form not in (*forms, "wacz", "explorer"):
        raise UsageError(f"unknown format {form!r}; there are wacz, explorer, {', '.join(forms)}")
    if read_descriptor(workspace) is None:
        raise NotFound(f"{workspace.root}: no package here; run `crawl` or `demo` first")
    try:
        if form == "wacz":
            steadily(workspace, lambda: export_wacz(workspace, output, further=_apart(workspace)))
            return
        if form == "explorer":
            steadily(workspace, lambda: copy_explorer(workspace, output))
            return
        if form == "parquet" and output.is_dir():
            steadily(workspace, lambda: _parquet_tables(workspace, output))
            return
        draft = output.with_name(f".{output.name}.{os.getpid()}.new")

        def write() -> None:
            draft.unlink(missing_ok=True)
            forms[form](workspace, draft)

        try:
            steadily(workspace, write)
            draft.replace(output)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise EnvironmentFault(f"{output}: {error.strerror or error}") from error


def _apart(workspace: Workspace) -> list[dict[str, Any]]:
    """Resources of the WARC files that stand in lists of their own."""
    descriptor = read_descriptor(workspace) or {"resources": []}
    own = files_of(descriptor)
    return [file_resource(f) for path, f in sorted(listed_files(workspace, descriptor).items()) if path not in own]


def _exported() -> list[Table]:
    """The tables of the package; in derived copies articles say themselves when they were last confirmed."""
    return [query.articles_with_confirmation() if its.name == "articles" else its for its in tables().values()]


def said(workspace: Workspace) -> dict[str, str]:
    """What the descriptor says of the package, for copies that have no descriptor: title, version, licence ..."""
    head = read_descriptor(workspace) or {}
    words = {name: head.get(name) for name in ("title", "description", "version", "created", "homepage")}
    words["doi"] = head.get("id")
    words["licence"] = next((its.get("name") for its in head.get("licenses", ()) if isinstance(its, dict)), None)
    people = [its for its in head.get("contributors", ()) if isinstance(its, dict) and its.get("title")]
    for name, role in (("creators", "creator"), ("contact", "contact")):
        its = [one for one in people if role in one.get("roles", ())]
        words[name] = "; ".join(
            " ".join(str(one[key]) for key in ("title", "path", "email") if key in one) for one in its
        )
    return {name: value for name, value in words.items() if isinstance(value, str) and value}


def _rows(workspace: Workspace, its: Table) -> Iterator[Row]:
    return query.articles(workspace) if its.name == "articles" else query.rows(workspace, its.name)


# ---------------------------------------------------------------- spreadsheet


def _csv(workspace: Workspace, output: Path) -> None:
    """Articles as CSV for spreadsheets: a BOM, so that Excel takes it for UTF-8; no cell that could run as a formula;
    long texts cut at what a cell holds."""
    columns = query.articles_with_confirmation().columns
    names = [name for name in columns if not name.startswith(("warc_", "language_conf"))]
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        for row in query.articles(workspace):
            writer.writerow([harmless(row[name]) for name in names])


def harmless(cell: str) -> str:
    """`cell` as a spreadsheet shows it and never runs it: with an apostrophe before what begins a formula."""
    guarded = f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
    return guarded if len(guarded) <= _EXCEL_CELL else guarded[: _EXCEL_CELL - 1] + "…"


# ---------------------------------------------------------------- sqlite


def _sqlite(workspace: Workspace, output: Path) -> None:
    """A database with every table, its keys, and a full-text index over title and text."""
    with closing(sqlite3.connect(output)) as database, database:
        database.execute("CREATE TABLE package (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        database.executemany("INSERT INTO package VALUES (?, ?)", said(workspace).items())
        for its in _exported():
            database.execute(_create(its))
            marks = ", ".join("?" * len(its.columns))
            values = ([row[c] or None for c in its.columns] for row in _rows(workspace, its))
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


# ---------------------------------------------------------------- parquet


def _parquet(workspace: Workspace, output: Path) -> None:
    _write_parquet(workspace, query.articles_with_confirmation(), output)


def _parquet_tables(workspace: Workspace, folder: Path) -> None:
    for its in _exported():
        _write_parquet(workspace, its, folder / f"{its.name}.parquet")


def _write_parquet(workspace: Workspace, its: Table, output: Path) -> None:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra: 40 MB that most users do not need
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("parquet needs the extra: pip install 'ministry-news[parquet]'") from error
    kinds = {"integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
    fields = []
    for field in its.schema["fields"]:
        name, kind = field["name"], kinds.get(field["type"], pa.string())
        if name in LISTS:
            kind = pa.list_(pa.string())
        elif field["type"] == "datetime" and name not in SAID:
            kind = pa.timestamp("us", tz="UTC")  # the others keep the source's own offset, as strings
        fields.append(pa.field(name, kind, metadata={"description": field["description"]}))
    schema = pa.schema(fields, metadata=said(workspace))
    with pq.ParquetWriter(output, schema, compression="zstd") as writer:
        for batch in _batches(_rows(workspace, its)):
            columns = [pa.array([_value(row[f.name], f, pa) for row in batch], type=f.type) for f in schema]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _value(cell: str, field: Any, pa: Any) -> Any:
    if field.name in LISTS:
        return list(cell_format.parse_array(cell))
    if not cell:
        return None
    if pa.types.is_integer(field.type):
        return int(cell)
    if pa.types.is_floating(field.type):
        return float(cell)
    if pa.types.is_timestamp(field.type):
        return cell_format.parse_utc(cell)
    if pa.types.is_date(field.type):
        return cell_format.parse_day(cell)
    return cell


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
