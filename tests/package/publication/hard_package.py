"""A package whose cells are hard for readers, written part by part: quotes behind row 20,480 only, a cell of 3 MB,
columns that are empty in the whole first part, texts that look like numbers, dates and nulls."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.ids import text_sha256
from crawler.package.descriptor.descriptor import Facts, describe
from crawler.package.publication.documents import documents
from crawler.package.tables.partitions import write_part
from crawler.package.tables.tables import LISTS, Row, table, tables

SAMPLED = 20_480  # rows by which DuckDB judges a file
NUMERIC = (
    "007",
    "1e5",
    "-0",
    "0x1F",
    "1,5",
    "NA",
    "null",
    "NULL",
    "nan",
    "Inf",
    "true",
    "F",
    "2026-11-28",
    "12:30",
    "-",
)
LONG = "Слово и дело. " * 118_000  # 3 MB in UTF-8
ODD: list[dict[str, str]] = [
    {"title": 'He said "no", and\tleft', "text": '"Quoted", first\nsecond "line"\n007'},
    {
        "title": "A second part",
        "text": f"{LONG}end\nlast",
        "category": "NA",
        "modified_at": "2026-11-01T23:30:00-03:30",
    },
    {"title": '""', "text": "'", "category": "5", "authors": '["Ann \\"A\\" B","C, D"]', "summary": "a\n\nb"},
]


def article(number: int, **cells: str) -> Row:
    row = dict.fromkeys(table("articles").columns, "") | dict.fromkeys(LISTS & {*table("articles").columns}, "[]")
    text = cells.get("text") or NUMERIC[number % len(NUMERIC)]
    seen = f"{'2026-10-02' if number <= SAMPLED else '2026-11-02'}T10:00:00.{number:06d}Z"
    row |= {
        "article_id": f"{number:016x}", "source_id": "xx.tests", "story_id": f"{number:016x}", "document": f"{number}",
        "url": f"https://ministry.example/{number}", "language": "en", "language_confidence": "0.990",
        "title": NUMERIC[number % len(NUMERIC)], "text": text, "text_sha256": text_sha256(text), "status": "live",
        "published_at": "2026-10-01T10:00:00+05:00" if number % 2 else "", "published_date": "2026-10-01",
        "published_precision": "minute" if number % 2 else "day", "first_seen_at": seen, "seen_at": seen,
        "capture_id": f"{number:08x}-0000-4000-8000-000000000000", "run_id": "xx.tests-20261002T100000Z",
        "media_type": "text/html", "warc_file": "archive/a.warc.gz", "warc_offset": str(number * 1000),
        "warc_length": "900",
    }  # fmt: skip
    return row | cells


def articles() -> list[Row]:
    """All rows: a part without a quote but in its last row, and one of hard rows."""
    plain = [article(number) for number in range(SAMPLED)]
    return [*plain, *(article(SAMPLED + number, **cells) for number, cells in enumerate(ODD))]


def write_package(root: Path) -> list[Row]:
    """Writes the package; its articles."""
    rows = articles()
    parts: dict[str, list[str]] = {}
    for its in tables().values():
        for name in ("2026-10", "2026-11") if its.dated_by else ("",):
            (root / its.folder).mkdir(parents=True, exist_ok=True)
            mine = (row for row in rows if row["seen_at"].startswith(name)) if its.name == "articles" else iter(())
            part = write_part(its, name, mine, root / its.folder)
            parts.setdefault(its.name, []).append(f"{its.folder}/{part.file_name}")
    moment = datetime(2026, 11, 2, 10, tzinfo=UTC)
    facts = Facts(moment, 2, 0, moment, [], {}, dict.fromkeys(tables(), 0) | {"articles": len(rows)}, {}, {}, {}, {})
    (root / "datapackage.json").write_bytes(describe([], parts, facts))
    for name, content in documents(facts).items():
        (root / name).write_bytes(content)
    return rows


def plain(read: Any) -> Iterator[dict[str, Any]]:
    """The rows of a table of pandas, polars or pyarrow, or of a list, with None for what is no value."""
    if hasattr(read, "to_dicts"):
        records: Iterable[dict[str, Any]] = read.to_dicts()
    elif hasattr(read, "to_pylist"):
        records = read.to_pylist()
    else:
        records = read.to_dict("records") if hasattr(read, "to_dict") else read
    for record in records:
        yield {name: None if value in ("", None) or _is_nan(value) else value for name, value in record.items()}


def _is_nan(value: Any) -> bool:
    return not isinstance(value, str | list | dict) and bool(value != value)  # noqa: PLR0124 - so it is told


def check(read: Any, expected: str) -> None:
    """Raises AssertionError for what was not read as it was written; `expected` is a JSON file of the rows."""
    rows = json.loads(Path(expected).read_text("utf-8"))
    found = list(plain(read))
    assert len(found) == len(rows), (len(found), len(rows))
    for row, record in zip(rows, found, strict=True):
        for column, cell in row.items():
            value = record.get(column)
            assert _same(cell, value), (row["article_id"], column, cell[:80], repr(value)[:80])


def _same(cell: str, value: Any) -> bool:
    if value is None:
        return cell == ""
    if isinstance(value, str):
        return value == cell
    if isinstance(value, int | float):
        return float(cell) == value
    if isinstance(value, datetime):  # a day may be read as its midnight
        stated = datetime.fromisoformat(cell)
        return (value == stated and value.utcoffset() == stated.utcoffset()) or cell == f"{value:%Y-%m-%d}"
    return str(value) == cell
