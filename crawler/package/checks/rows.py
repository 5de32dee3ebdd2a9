"""What is wrong with a row by itself, beside the types and constraints of its schema."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from crawler.ids import text_sha256
from crawler.model import FILES_ONLY
from crawler.package.checks.findings import Findings
from crawler.package.tables import cell_format
from crawler.package.tables.change_rows import KINDS
from crawler.package.tables.partitions import part_of_file
from crawler.package.tables.tables import SAID, Row, Table, table

_UTC = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")  # 2026-11-23T20:15:00.000000Z
_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}")  # 2026-03-12T10:00:00+05:00
_ARRAYS = ("authors", "tags", "aliases", "languages", "warnings")
_EARLY = timedelta(hours=36)  # a page may be dated tomorrow where days begin earlier


@dataclass(slots=True)
class Judge:
    """Says what is wrong with single rows. `newest` is the newest hour of the captures, which tells how the other
    tables are cut."""

    findings: Findings
    newest: str
    sources: dict[str, tuple[Row, str, int]] = field(default_factory=dict)  # by id: row, part, line
    odd_counts: dict[str, int] = field(default_factory=dict)  # run -> the captures that `rejected` counts

    def take(self, its: Table, path: str, line: int, row: Row, *, is_twice: bool, is_early: bool) -> None:
        """Tells what is wrong with a row at a line of a part; `is_twice` when its key stood before, `is_early` when it
        stands behind a row that it should stand before."""
        findings, key = self.findings, row[its.key]
        if is_twice:
            findings.error("primary-key", f"{its.key} {key} stands twice", path, line)
        elif is_early:
            findings.error("order", f"row {key} stands before an earlier one", path, line)
        home = its.part_of(row, self.newest)
        if home != part_of_file(path)[1]:
            findings.error("partition", f"row {key} belongs in part {home!r}", path, line)
        for column in _technical_times(its.name):
            if row[column] and not _UTC.fullmatch(row[column]):
                words = f"{column} is {row[column]!r}, not UTC with six digits of a second"
                findings.error("time", words, path, line)
        if its.name in _RULES:
            _RULES[its.name](row, path, line, self)


@cache
def _technical_times(name: str) -> tuple[str, ...]:
    fields = table(name).schema["fields"]
    return tuple(f["name"] for f in fields if f["type"] == "datetime" and not _is_local(f["name"]))


def _is_local(column: str) -> bool:
    return column in SAID


# ---------------------------------------------------------------- one function per table


def _source(row: Row, path: str, number: int, judge: Judge) -> None:
    judge.sources[row["source_id"]] = row, path, number
    for column in ("titles", "languages"):
        _json(row, column, path, number, judge)


def _run(row: Row, path: str, number: int, judge: Judge) -> None:
    _json(row, "faults", path, number, judge)
    numbers = all(row[c].isascii() and row[c].isdigit() for c in ("captures", "article_captures", *KINDS))
    rejected = _json(row, "rejected", path, number, judge) if numbers else None
    if isinstance(rejected, dict) and all(type(count) is int for count in rejected.values()):
        judge.odd_counts[row["run_id"]] = sum(rejected.values())
    else:
        judge.findings.error("accounting", f"run {row['run_id']}: its counts are no numbers", path, number)


def _article(row: Row, path: str, number: int, judge: Judge) -> None:
    _wording(row, path, number, judge)
    if row["first_seen_at"] > row["seen_at"]:
        judge.findings.error("time", f"article {row['article_id']} is first seen after it was seen", path, number)
    if (row["status"] == "withdrawn") != bool(row["withdrawn_at"]):
        judge.findings.error("status", f"article {row['article_id']}: status and withdrawn_at disagree", path, number)
    if not row["text"] and row["status"] == "live" and FILES_ONLY not in row["warnings"]:
        judge.findings.error("text", f"article {row['article_id']} has no text", path, number)
    _dates(row, path, number, judge)


def _revision(row: Row, path: str, number: int, judge: Judge) -> None:
    _wording(row, path, number, judge)
    if row["valid_from"] > row["valid_to"]:
        judge.findings.error("time", f"revision {row['revision_id']} ends before it begins", path, number)


_RULES = {"sources": _source, "runs": _run, "articles": _article, "revisions": _revision}


# ---------------------------------------------------------------- parts of rows


def _wording(row: Row, path: str, number: int, judge: Judge) -> None:
    findings, text, name = judge.findings, row["text"], row["article_id"]
    if text_sha256(text) != row["text_sha256"]:
        findings.error("text-sha256", f"article {name}: text is not what text_sha256 says", path, number)
    if text and any(not paragraph.strip() for paragraph in text.split("\n")):
        findings.error("paragraphs", f"article {name}: an empty paragraph", path, number)
    if cell_format.clean(text) != text or cell_format.line(row["title"]) != row["title"]:
        findings.error("characters", f"article {name}: control characters, or not Unicode NFC", path, number)
    if match := cell_format.MARKUP.search(text):
        findings.warning("html", f"article {name}: markup in the text: {match[0][:60]}", path, number)
    if "\ufffd" in text or "\ufffd" in row["title"]:
        findings.warning("characters", f"article {name}: U+FFFD, a character that was lost in decoding", path, number)
    for column in SAID:
        if row[column] and not _LOCAL.fullmatch(row[column]):
            findings.error("time", f"{column} is {row[column]!r}, not RFC 3339 with an offset", path, number)
    for column in _ARRAYS:
        try:
            cell_format.parse_array(row[column] or "not there")
        except ValueError as error:
            findings.error("array", f"{column}: {error}", path, number)


def _dates(row: Row, path: str, number: int, judge: Judge) -> None:
    try:
        seen = cell_format.parse_utc(row["seen_at"])
        day = row["published_at"] or (row["published_date"] and f"{row['published_date']}T00:00:00+00:00")
        if day and datetime.fromisoformat(day) > seen + _EARLY:
            judge.findings.warning("future", f"article {row['article_id']} is dated {day[:10]}", path, number)
    except (ValueError, TypeError, OverflowError):
        judge.findings.error("time", f"article {row['article_id']}: a time that cannot be read", path, number)


def _json(row: Row, column: str, path: str, number: int, judge: Judge) -> object:
    try:
        return json.loads(row[column])
    except (ValueError, RecursionError):
        judge.findings.error("json", f"{column} is not JSON", path, number)
        return None
