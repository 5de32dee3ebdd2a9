"""Checks of rows: each for itself, and the rules that hold between tables."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.errors import PackageInvalid
from crawler.ids import text_sha256
from crawler.model import Reason
from crawler.package.checks.findings import Findings
from crawler.package.tables import cell_format
from crawler.package.tables.change_rows import KINDS
from crawler.package.tables.partitions import part_of_file, read_lines
from crawler.package.tables.tables import Row, table, tables
from crawler.workspace import Workspace

_UTC = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")  # 2026-11-23T20:15:00.000000Z
_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}")  # 2026-03-12T10:00:00+05:00
_ARRAYS = ("authors", "tags", "aliases", "languages", "warnings")
_EARLY = timedelta(hours=36)  # a page may be dated tomorrow where days begin earlier
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Stood:
    """A row without its text, and where it stands: part, and line of the unpacked file."""

    row: Row
    path: str
    line: int


@dataclass(slots=True)
class Ledger:
    """What the rules between tables need of each row."""

    findings: Findings
    newest: str = ""  # the newest hour of the captures
    keys: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in tables()})
    references: list[tuple[str, str, str, str]] = field(default_factory=list)  # (table, part, refers to, key)
    made: dict[str, tuple[str, str]] = field(default_factory=dict)  # capture -> when, in which run
    seen: list[tuple[str, int, str, tuple[str, str]]] = field(default_factory=list)  # (part, line, capture, made)
    places: dict[str, Place] = field(default_factory=dict)  # capture -> where its record is
    repeats: dict[str, str] = field(default_factory=dict)  # revisit -> what it repeats
    roles: dict[str, str] = field(default_factory=dict)  # capture of an article -> its run
    ends: Counter[str] = field(default_factory=Counter)  # capture -> rows that it ended in
    words: list[tuple[str, str, Place]] = field(default_factory=list)  # (part, capture, place) of rows with a record
    per_run: Counter[str] = field(default_factory=Counter)  # run -> captures
    sources: dict[str, tuple[Row, str, int]] = field(default_factory=dict)  # by id: row, part, line
    runs: dict[str, Row] = field(default_factory=dict)
    changed: Counter[tuple[str, str]] = field(default_factory=Counter)  # (run, change) -> rows of changes
    rows: Counter[str] = field(default_factory=Counter)
    unchanged: dict[str, str] = field(default_factory=dict)  # article -> when a capture last said the same
    confirmed: dict[str, tuple[str, str]] = field(default_factory=dict)  # article -> the same by confirmations, part
    articles: list[Stood] = field(default_factory=list)  # for the expectations of seeds and the second reading
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)  # (source, status) -> articles


def check_rows(
    workspace: Workspace, parts: Mapping[str, Iterable[str]], findings: Findings, *, captures: Iterable[str]
) -> Ledger:
    """Reads every row of `parts` once; what is wrong with a row by itself is among the findings. `captures` are all
    parts of that table, read or not: their newest tells how the others are cut."""
    ledger = Ledger(findings, max((part_of_file(path)[1] for path in captures), default=""))
    for name in tables():
        for path in parts.get(name, ()):
            try:
                _check_part(workspace, name, path, ledger)
            except PackageInvalid as error:
                findings.cause("part", str(error).removeprefix(f"{path.rpartition('/')[2]}: "), path)
    return ledger


def _check_part(workspace: Workspace, name: str, path: str, ledger: Ledger) -> None:
    its, findings = table(name), ledger.findings
    part = part_of_file(path)[1]
    seen = ledger.keys[name]
    last: tuple[str, ...] = ("",)
    times = [f["name"] for f in its.schema["fields"] if f["type"] == "datetime" and not _is_local(f["name"])]
    for number, row in read_lines(its, workspace.resolve(path)):
        ledger.rows[name] += 1
        key, rank = row[its.key], its.rank(row)
        if key in seen:
            findings.error("primary-key", f"{its.key} {key} stands twice", path, number)
        elif rank <= last:
            findings.error("order", f"row {key} stands before an earlier one", path, number)
        seen.add(key)
        last = rank
        if its.part_of(row, ledger.newest) != part:
            words = f"row {key} belongs in part {its.part_of(row, ledger.newest)!r}"
            findings.error("partition", words, path, number)
        for column in times:
            if row[column] and not _UTC.fullmatch(row[column]):
                findings.error(
                    "time", f"{column} is {row[column]!r}, not UTC with six digits of a second", path, number
                )
        _NOTE[name](row, path, number, ledger)


def _is_local(column: str) -> bool:
    return column in ("published_at", "modified_at")


# ---------------------------------------------------------------- one function per table


def _source(row: Row, path: str, number: int, ledger: Ledger) -> None:
    ledger.sources[row["source_id"]] = row, path, number
    for column in ("titles", "languages"):
        _json(row, column, path, number, ledger)


def _run(row: Row, path: str, number: int, ledger: Ledger) -> None:
    ledger.references.append(("runs", path, "sources", row["source_id"]))
    _json(row, "faults", path, number, ledger)
    numbers = all(row[c].isdigit() for c in ("captures", "article_captures", *KINDS))
    if numbers and isinstance(_json(row, "rejected", path, number, ledger), dict):
        ledger.runs[row["run_id"]] = row
    else:
        ledger.findings.error("accounting", f"run {row['run_id']}: its counts are no numbers", path, number)


def _capture(row: Row, path: str, number: int, ledger: Ledger) -> None:
    key = row["capture_id"]
    ledger.references += [("captures", path, "sources", row["source_id"]), ("captures", path, "runs", row["run_id"])]
    ledger.places[key] = _place(row)
    ledger.made[key] = row["fetched_at"], row["run_id"]
    ledger.per_run[row["run_id"]] += 1
    if row["revisit_of"]:
        ledger.repeats[key] = row["revisit_of"]
    if row["role"] == "article":
        ledger.roles[key] = row["run_id"]


def _article(row: Row, path: str, number: int, ledger: Ledger) -> None:
    _wording(row, path, number, ledger)
    ledger.ends[row["capture_id"]] += 1
    ledger.seen.append((path, number, row["capture_id"], (row["seen_at"], row["run_id"])))
    if row["first_seen_at"] > row["seen_at"]:
        ledger.findings.error("time", f"article {row['article_id']} is first seen after it was seen", path, number)
    ledger.statuses[row["source_id"], row["status"]] += 1
    if (row["status"] == "withdrawn") != bool(row["withdrawn_at"]):
        ledger.findings.error("status", f"article {row['article_id']}: status and withdrawn_at disagree", path, number)
    if not row["text"] and row["status"] == "live":
        ledger.findings.error("text", f"article {row['article_id']} has no text", path, number)
    _dates(row, path, number, ledger)
    if ledger.findings.limit:
        kept = {c: v for c, v in row.items() if c != "text"} | {"text": "x" if row["text"] else ""}
        ledger.articles.append(Stood(kept, path, number))


def _revision(row: Row, path: str, number: int, ledger: Ledger) -> None:
    _wording(row, path, number, ledger)
    ledger.references.append(("revisions", path, "articles", row["article_id"]))
    if row["change_kind"] != "extractor":  # another reading of a capture that has its row already
        ledger.ends[row["capture_id"]] += 1
    if row["change_kind"] == "restored":
        _same(row["article_id"], row["valid_to"], ledger)
    if row["valid_from"] > row["valid_to"]:
        ledger.findings.error("time", f"revision {row['revision_id']} ends before it begins", path, number)


def _rejection(row: Row, path: str, number: int, ledger: Ledger) -> None:
    ledger.references.append(("rejections", path, "captures", row["capture_id"]))
    ledger.references.append(("rejections", path, "sources", row["source_id"]))
    if row["article_id"]:
        ledger.references.append(("rejections", path, "articles", row["article_id"]))
        if row["reason"] == Reason.UNCHANGED:
            _same(row["article_id"], row["fetched_at"], ledger)
    ledger.seen.append((path, number, row["capture_id"], (row["fetched_at"], row["run_id"])))
    ledger.ends[row["capture_id"]] += 1


def _same(article: str, moment: str, ledger: Ledger) -> None:
    ledger.unchanged[article] = max(moment, ledger.unchanged.get(article, ""))


def _confirmation(row: Row, path: str, number: int, ledger: Ledger) -> None:
    article = row["article_id"]
    ledger.references.append(("confirmations", path, "articles", article))
    ledger.references.append(("confirmations", path, "captures", row["capture_id"]))
    if ledger.confirmed.get(article, ("", ""))[1] == path:
        ledger.findings.error("confirmations", f"article {article} stands twice in one part", path, number)
    ledger.confirmed[article] = max(ledger.confirmed.get(article, ("", "")), (row["last_confirmed_at"], path))


def _media(row: Row, path: str, number: int, ledger: Ledger) -> None:
    ledger.references.append(("media", path, "articles", row["article_id"]))
    ledger.references.append(("media", path, "captures", row["named_by"]))
    if row["capture_id"]:
        ledger.references.append(("media", path, "captures", row["capture_id"]))
        ledger.words.append((path, row["capture_id"], _place(row)))


def _change(row: Row, path: str, number: int, ledger: Ledger) -> None:
    for column, other in (("article_id", "articles"), ("run_id", "runs"), ("capture_id", "captures")):
        if row[column]:
            ledger.references.append(("changes", path, other, row[column]))
    ledger.references.append(("changes", path, "sources", row["source_id"]))
    ledger.changed[row["run_id"], row["change"]] += 1


_NOTE = {
    "sources": _source,
    "runs": _run,
    "captures": _capture,
    "articles": _article,
    "revisions": _revision,
    "rejections": _rejection,
    "media": _media,
    "confirmations": _confirmation,
    "changes": _change,
}


# ---------------------------------------------------------------- parts of rows


def _wording(row: Row, path: str, number: int, ledger: Ledger) -> None:
    findings, text, name = ledger.findings, row["text"], row["article_id"]
    ledger.references.append(("wording", path, "sources", row["source_id"]))
    ledger.references.append(("wording", path, "captures", row["capture_id"]))
    ledger.words.append((path, row["capture_id"], _place(row)))
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
    for column in ("published_at", "modified_at"):
        if row[column] and not _LOCAL.fullmatch(row[column]):
            findings.error("time", f"{column} is {row[column]!r}, not RFC 3339 with an offset", path, number)
    for column in _ARRAYS:
        try:
            cell_format.parse_array(row[column])
        except ValueError as error:
            findings.error("array", f"{column}: {error}", path, number)


def _dates(row: Row, path: str, number: int, ledger: Ledger) -> None:
    try:
        seen = cell_format.parse_utc(row["seen_at"])
        day = row["published_at"] or (row["published_date"] and f"{row['published_date']}T00:00:00+00:00")
        if day and datetime.fromisoformat(day) > seen + _EARLY:
            ledger.findings.warning("future", f"article {row['article_id']} is dated {day[:10]}", path, number)
    except (ValueError, TypeError):
        ledger.findings.error("time", f"article {row['article_id']}: a time that cannot be read", path, number)


def _json(row: Row, column: str, path: str, number: int, ledger: Ledger) -> object:
    try:
        return json.loads(row[column])
    except (ValueError, RecursionError):
        ledger.findings.error("json", f"{column} is not JSON", path, number)
        return None


def _place(row: Row) -> Place:
    return row["warc_file"], row["warc_offset"], row["warc_length"]
