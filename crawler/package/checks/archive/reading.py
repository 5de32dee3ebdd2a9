"""The records of articles, read again and compared with their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.archive.warc.reader import read_payload
from crawler.batch.shards import Page
from crawler.model import Article, Capture, Seed
from crawler.package.checks.archive.unreadable import UNREADABLE, reason
from crawler.package.checks.archive.versions import Versions
from crawler.package.checks.columns import facts
from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.columns.facts import Stood
from crawler.package.checks.findings import Findings
from crawler.package.history.extraction_results import Reader
from crawler.package.history.history import OTHERS, WORDS
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import read_lines
from crawler.package.tables.row_builders import Sight, article_row, capture_from, zone_of
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

SAMPLE = 20  # articles whose records are read again unless all are
_PLAIN = ("published_raw", "published_precision", "published_offset", "modified_at", "languages", "declared_language")
_COLUMNS = (*(c for c in WORDS if c != "text"), "text_sha256", *_PLAIN, *OTHERS)
_QUOTED = 60  # characters of a value that are shown


def check_reading(
    workspace: Workspace,
    columns: Columns,
    findings: Findings,
    *,
    seeds: Mapping[str, Seed],
    descriptor: Mapping[str, Any],
    everything: bool,
    engine: str = "processes",
    workers: int | None = None,
) -> tuple[int, int]:
    """Reads the records of articles again, a sample or all, and compares the rows; how many were compared, and how
    many have words.

    Where the package was read with other versions, the same is done: a difference that
    these may explain is unproved (of a sample: a warning), any other is an error.
    """
    count = facts.count_worded(columns)
    chosen = facts.worded(columns, 1 if everything else max(1, count // SAMPLE))
    holders = {_where(row): capture_from(row) for row in facts.captures_at(columns, [_where(o.row) for o in chosen])}
    pages: list[tuple[Stood, Page]] = []
    for one in chosen:
        capture = holders.get(_where(one.row))
        if capture is None or one.row["source_id"] not in seeds:
            what = "no capture stands where its row says" if capture is None else "its seed cannot be read"
            words = f"{_name(one.row)} is not compared: {what}"
            findings.unproved(
                "reading", words, one.path, one.line, because=("captures", "sources", one.row["warc_file"])
            )
        elif _is_whole(workspace, one.row, capture, findings):
            pages.append((one, Page(workspace.resolve(one.row["warc_file"]), capture)))
    outcomes = Reader(workspace, seeds, engine, workers).read([page for _, page in pages]) if pages else {}
    versions = Versions(descriptor)
    compare = _Comparison(workspace, findings, versions, everything=everything)
    for one, page in pages:
        compare.take(one, page.capture, outcomes[page.capture.capture_id], seeds[one.row["source_id"]])
    if compare.explained and (remedy := versions.remedy()):
        findings.warning("reading", f"compare with the stated versions: {remedy}")
    return len(pages), count


class _Comparison:
    def __init__(self, workspace: Workspace, findings: Findings, versions: Versions, *, everything: bool) -> None:
        self.workspace = workspace
        self.findings = findings
        self.versions = versions
        self.everything = everything
        self.explained = 0

    def take(self, one: Stood, capture: Capture, outcome: object, seed: Seed) -> None:
        """Tells in which columns the outcome is not what the row says."""
        if not isinstance(outcome, Article):
            self._tell(one, "text", f"its record now gives {getattr(outcome, 'reason', outcome)}", seed)
            return
        if outcome.document in {one.row["url"], *cell_format.parse_array(one.row["aliases"])}:
            outcome = replace(outcome, document=one.row["document"])  # known by another of its addresses
        again = article_row(Sight(capture, outcome), outcome, zone_of(seed))
        columns = [column for column in _COLUMNS if again[column] != one.row[column]]
        if '"canonical: ' in one.row["warnings"]:  # its page names another article's address; the build saw both
            columns = [column for column in columns if column != "url"]
        for column in columns:
            name, stated, read = column, one.row[column], again[column]
            if column == "text_sha256":
                name, (stated, read) = "text", _first_difference(self._text(one), again["text"])
            self._tell(one, name, f"{name} is stated {_short(stated)}, and read {_short(read)}", seed)

    def _tell(self, one: Stood, column: str, words: str, seed: Seed) -> None:
        reasons = self.versions.reasons(column, seed)
        words = f"{_name(one.row)}: {words}"
        if not reasons:
            self.findings.error("reading", words, one.path, one.line)
            return
        self.explained += 1
        words += f"; may be explained by {', '.join(reasons)}"
        told = self.findings.unproved if self.everything else self.findings.warning
        told("reading", words, one.path, one.line)

    def _text(self, one: Stood) -> str:
        if not self.findings.has_room("reading"):
            return ""  # only counted
        lines = read_lines(table("articles"), self.workspace.resolve(one.path))
        return next((row["text"] for line, row in lines if line == one.line), "")


def _is_whole(workspace: Workspace, row: Row, capture: Capture, findings: Findings) -> bool:
    """Whether the record can be read; else an error that names file, offset and record."""
    try:
        read_payload(workspace.resolve(row["warc_file"]), capture)
    except UNREADABLE as error:
        where = f"offset {row['warc_offset']}: record {capture.capture_id} of {_name(row)} cannot be read"
        path = row["warc_file"]
        findings.error("warc", f"{where}: {reason(workspace, path, error)}", path, because=(path,))
        return False
    return True


def _first_difference(stated: str, read: str) -> tuple[str, str]:
    """The first paragraphs that differ."""
    ours, theirs = stated.split("\n"), read.split("\n")
    length = max(len(ours), len(theirs))
    pairs = zip(ours + [""] * (length - len(ours)), theirs + [""] * (length - len(theirs)), strict=True)
    return next((pair for pair in pairs if pair[0] != pair[1]), (stated, read))


def _short(value: str) -> str:
    return repr(value if len(value) <= _QUOTED else f"{value[:_QUOTED]}…")


def _name(row: Row) -> str:
    return f"article {row['article_id']}"


def _where(row: Row) -> tuple[str, str]:
    return row["warc_file"], row["warc_offset"]
