"""Rows as values: a field for each column, each of its column's type, and nothing that a column cannot hold."""

from __future__ import annotations

import dataclasses
import typing
from datetime import date, datetime

import pytest

from crawler.errors import PackageInvalid
from crawler.library.rows import ArticleRow, RevisionRow, article_row
from crawler.package.tables.tables import Row, table
from crawler.package.tables.typed import typed

KINDS = {"articles": ArticleRow, "revisions": RevisionRow}
PYTHON = {"string": str, "integer": int, "number": float, "datetime": datetime, "date": date}
CELLS = {
    "integer": "7", "number": "0.5", "datetime": "2026-11-23T08:00:00.000001Z", "date": "2026-11-23", "string": "words",
}  # fmt: skip
FITTING = {
    "article_id": "0" * 16, "story_id": "1" * 16, "source_id": "xx.tests", "url": "https://ministry.example/1",
    "language": "en", "text_sha256": "a" * 64, "capture_id": "00000000-0000-0000-0000-000000000000",
    "warc_file": "archive/a.warc.gz", "published_at": "2026-03-12T10:00:00+05:00", "languages": '["en"]',
    "authors": '["A. Author","B. Author"]', "tags": "[]", "aliases": "[]", "warnings": "[]", "withdrawn_at": "",
    "published_date": "",
}  # fmt: skip


def row(**cells: str) -> Row:
    fields = table("articles").schema["fields"]
    return {f["name"]: FITTING.get(f["name"], CELLS[f["type"]]) for f in fields} | cells


@pytest.mark.parametrize("name", KINDS)
def test_a_row_has_a_field_for_each_column_of_its_type(name: str) -> None:
    fields = {f.name for f in dataclasses.fields(KINDS[name])}
    assert fields == set(table(name).columns)
    hints = typing.get_type_hints(KINDS[name])
    for column in table(name).schema["fields"]:
        kind = tuple[str, ...] if typed({column["name"]: ""}, name)[column["name"]] == [] else PYTHON[column["type"]]
        is_required = column.get("constraints", {}).get("required") or kind == tuple[str, ...]
        assert hints[column["name"]] == (kind if is_required else kind | None), column["name"]


def test_cells_become_values() -> None:
    article = article_row(row())
    assert article.published_at == datetime.fromisoformat("2026-03-12T10:00:00+05:00")
    assert article.published_at is not None and article.published_at.utcoffset() is not None
    assert article.first_seen_at.tzinfo is not None and article.first_seen_at.microsecond == 1
    assert (article.authors, article.tags, article.aliases) == (("A. Author", "B. Author"), (), ())
    assert (article.withdrawn_at, article.published_date, article.language_confidence) == (None, None, 0.5)
    assert (article.locator.offset, article.locator.length) == (7, 7)


def test_paragraphs_are_the_lines_of_the_text() -> None:
    assert article_row(row(text="One.\nTwo.")).paragraphs == ("One.", "Two.")
    assert article_row(row(text="")).paragraphs == ()


def test_a_row_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        article_row(row()).title = "another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("first_seen_at", "yesterday"), ("first_seen_at", "0001-01-01T00:00:00.000000Z"), ("authors", '{"a":1}'),
        ("authors", "[" * 100_000), ("warc_offset", "9" * 5000), ("language_confidence", "nan"), ("title", ""),
        ("published_date", "2026-02-30"), ("warc_file", "../../etc/passwd"), ("url", "javascript:alert(1)"),
        ("tags", "[1]"), ("published_at", "2026-11-23T08:00:00"),
    ],
)  # fmt: skip
def test_what_a_column_cannot_hold_is_told(column: str, cell: str) -> None:
    with pytest.raises(PackageInvalid, match=column) as told:
        article_row(row(**{column: cell}))
    assert len(str(told.value)) < 300
