"""Tables as Parquet: one file of articles, or a folder with all tables, by source and month.

Partitions are named as Hive names them, `articles/source=uz.eco/month=2026-11/part-0000.parquet`, which pyarrow, DuckDB
and polars read as one table. The columns of the path have names that no column of a file has: pyarrow refuses a table
that has one name in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crawler.errors import UsageError
from crawler.package.exports.content import Content
from crawler.package.tables import cell_format
from crawler.package.tables.tables import LISTS, SAID, Row, Table

OFFSET = "_utc_offset"
"""What ends the name of the column that has the offset of a time as the source tells it."""
_BATCH = 2_000  # rows of a row group of the single file
_MOST = 32 << 20  # characters of rows held in memory
_MONTH = 7  # characters of a time that name its month


def write_articles(content: Content, output: Path) -> None:
    """The table articles as one file. Raises UsageError where the extra is missing."""
    _write_file(content, next(one for one in content.tables if one.name == "articles"), output)


def write_flat(content: Content, folder: Path) -> None:
    """Every table as one file of `folder`, `articles.parquet`. Raises UsageError where the extra is missing."""
    for its in content.tables:
        _write_file(content, its, folder / f"{its.name}.parquet")


def _write_file(content: Content, its: Table, output: Path) -> None:
    pq = _library()
    schema = _schema(its, content.said)
    with pq.ParquetWriter(output, schema, compression="zstd") as writer:
        for batch in _batches(content.read(its)):
            writer.write_table(_arrow(batch, schema))


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of one row group each: at most `_BATCH`, and no more than 32 million characters and a row."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(map(len, row.values()))
        if len(batch) >= _BATCH or size > _MOST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def write_tables(content: Content, folder: Path) -> dict[str, int]:
    """Writes every table as a folder of `folder`, with a file without rows where it has none; returns how many rows
    each has. Never more than 32 million characters of rows are held. Raises UsageError where the extra is missing."""
    _library()
    counts = {}
    for its in content.tables:
        schema = _schema(its, content.said)
        partitions = _Partitions(folder / its.name, schema)
        for month, those in groupby(content.read(its), key=partial(_month, its)):
            for row in those:
                partitions.add(_folder(its, row, month), row)
            partitions.flush(0)
        if not partitions.files:
            partitions.write("", [])
        counts[its.name] = partitions.count
    return counts


@dataclass(slots=True)
class _Partitions:
    """Rows on their way into the files of one table. The largest of the waiting lists are written when together they
    are too large: which rows a file has follows from the rows alone."""

    folder: Path
    schema: Any
    rows: dict[str, list[Row]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)  # characters
    size: int = 0
    files: dict[str, int] = field(default_factory=dict)
    count: int = 0  # rows written

    def add(self, name: str, row: Row) -> None:
        """Takes a row for the folder `name`."""
        size = sum(map(len, row.values()))
        self.rows.setdefault(name, []).append(row)
        self.sizes[name] = self.sizes.get(name, 0) + size
        self.size += size
        if self.size > _MOST:
            self.flush(_MOST // 2)

    def flush(self, most: int) -> None:
        """Writes the largest lists until `most` characters wait, or all for 0."""
        for name in sorted(self.rows, key=lambda name: (-self.sizes[name], name)):
            if most and self.size <= most:
                return
            self.write(name, self.rows.pop(name))
            self.size -= self.sizes.pop(name)

    def write(self, name: str, rows: list[Row]) -> None:
        number = self.files.get(name, 0)
        self.files[name] = number + 1
        self.count += len(rows)
        there = self.folder / name
        there.mkdir(parents=True, exist_ok=True)
        _library().write_table(_arrow(rows, self.schema), there / f"part-{number:04}.parquet", compression="zstd")


def _month(its: Table, row: Row) -> str:
    return row[its.dated_by][:_MONTH] if its.dated_by else ""


def _folder(its: Table, row: Row, month: str) -> str:
    """The folder of a row in that of its table. Tables that name no source are split by month alone."""
    names = [f"source={quote(row['source_id'], safe='')}"] if its.dated_by and "source_id" in its.columns else []
    return "/".join([*names, *([f"month={quote(month, safe='')}"] if its.dated_by else [])])


# ---------------------------------------------------------------- values


def _library() -> Any:
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra: 40 MB that most users do not need
    except ImportError as error:
        raise UsageError("parquet needs the extra: pip install 'ministry-news[parquet]'") from error
    return pq


def columns(its: Table) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each column of a table in Parquet, described as in Table Schema, and its type: integer, number, date, datetime,
    list or string. A time that a source told is a moment, and is followed by the offset that it was told with."""
    for one in its.schema["fields"]:
        name = one["name"]
        kind = one["type"] if one["type"] in ("integer", "number", "date", "datetime") else "string"
        if name in LISTS:
            yield {**one, "description": f"{one['description']} Here a list of texts."}, "list"
        elif name not in SAID:
            yield one, kind
        else:
            words = f"{one['description']} Here a moment in UTC; {name}{OFFSET} has the offset."
            yield {**one, "description": words}, kind
            words = f"The offset from UTC that the source tells {name} with, such as +05:00."
            yield (
                {"name": name + OFFSET, "type": "string", "title": f"{one['title']}: offset", "description": words},
                "string",
            )


def _schema(its: Table, said: Mapping[str, str]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    kinds = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us", tz="UTC"),
        "list": pa.list_(pa.string()),
        "string": pa.string(),
    }
    fields = [
        pa.field(one["name"], kinds[kind], metadata={"description": one["description"]}) for one, kind in columns(its)
    ]
    return pa.schema(fields, metadata=dict(said))


def _arrow(rows: Iterable[Row], schema: Any) -> Any:
    """The rows as a table of Arrow."""
    import pyarrow as pa  # noqa: PLC0415

    rows = list(rows)
    arrays = [pa.array([_value(row, its, pa) for row in rows], type=its.type) for its in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _value(row: Row, its: Any, pa: Any) -> Any:
    said = its.name.removesuffix(OFFSET)
    if said != its.name and said in SAID:
        return _offset(row[said])
    cell = row[its.name]
    if its.name in LISTS:
        return list(cell_format.parse_array(cell))
    if not cell:
        return None
    if pa.types.is_integer(its.type):
        return int(cell)
    if pa.types.is_floating(its.type):
        return float(cell)
    if pa.types.is_timestamp(its.type):
        return cell_format.parse_utc(cell)
    if pa.types.is_date(its.type):
        return cell_format.parse_day(cell)
    return cell


def _offset(cell: str) -> str | None:
    """The end of an RFC 3339 time: "+05:00", or "Z". Seconds have no fraction in times that sources tell."""
    if not cell:
        return None
    return "Z" if cell.endswith("Z") else cell[-6:]
