"""Tables as Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from crawler.errors import UsageError
from crawler.package.exports.content import Content
from crawler.package.tables import cell_format
from crawler.package.tables.tables import LISTS, SAID, Row, Table

BATCH = 2_000  # rows held in memory


def write_articles(content: Content, output: Path) -> None:
    """The table articles as one file. Raises UsageError where the extra is missing."""
    _write(content, next(one for one in content.tables if one.name == "articles"), output)


def write_tables(content: Content, folder: Path) -> None:
    """Every table as a file of `folder`. Raises UsageError where the extra is missing."""
    for its in content.tables:
        _write(content, its, folder / f"{its.name}.parquet")


def _write(content: Content, its: Table, output: Path) -> None:
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
    schema = pa.schema(fields, metadata=content.said)
    with pq.ParquetWriter(output, schema, compression="zstd") as writer:
        for batch in _batches(content.read(its)):
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
