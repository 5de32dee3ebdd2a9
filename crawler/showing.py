"""One article or one page, shown: its record, its row, its words, how it was read, what changed in it."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.archive.reader import read_payload
from crawler.errors import NotFound, UsageError
from crawler.model import Article, Capture, Locator, Rejection, Role
from crawler.package import query
from crawler.seeds import find_seeds, parse_seed
from crawler.workspace import Workspace


def extract_page(file: Path, url: str, seed: str | None) -> Article | Rejection:
    """The record of one HTML file."""
    from crawler.extraction import extract as read  # noqa: PLC0415 - trafilatura takes half a second to load

    source = find_seeds([seed])[0] if seed else None
    try:
        body = Path("/dev/stdin").read_bytes() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}") from error
    try:
        return read(body, url, captured=datetime.now(UTC), seed=source)
    except ValueError as error:
        raise UsageError(f"--url: {error}") from error


def record_as_dict(record: Article | Rejection) -> dict[str, Any]:
    """A record as JSON shows it: paragraphs beside the text, moments in RFC 3339."""
    if isinstance(record, Rejection):
        return {"rejection": record.reason.value, **{k: v for k, v in asdict(record).items() if k != "reason"}}
    row = asdict(record)
    del row["candidates"]
    for name, moment in (("published_at", record.published_at), ("modified_at", record.modified_at)):
        row[name] = moment.value.isoformat() if moment else None
        row[name.replace("_at", "_raw")] = moment.raw if moment else None
    return {**row, "paragraphs": list(record.paragraphs)}


def show(package: Path, article: str) -> dict[str, Any]:
    """The row of an article, with its revisions."""
    found = query.find(Workspace(package), article)
    return {**found.article, "revisions": [dict(row) for row in found.revisions]}


def as_text(row: Mapping[str, Any]) -> str:
    """An article in the form that a reader knows: title, date and category, an empty line, paragraphs."""
    when = str(row["published_at"] or row["published_date"]).replace("T", " ")[:19]
    head = " / ".join(part for part in (when, row["category"]) if part)
    return "\n".join(filter(None, [row["title"], head])) + "\n\n" + str(row["text"])


def explain(package: Path, article: str) -> list[list[str]]:
    """Per candidate: field, whether it was chosen, source, value, words on the page."""
    from crawler.extraction import extract_capture  # noqa: PLC0415

    workspace = Workspace(package)
    row = query.find(workspace, article).article
    capture = _capture_of(row)
    payload = read_payload(workspace.resolve(capture.locator.warc_file), capture)
    seed_file = workspace.seeds / f"{row['source_id']}.toml"
    seed = parse_seed(seed_file.read_text("utf-8"), seed_id=row["source_id"], path=str(seed_file))
    record = extract_capture(payload, seed)
    if isinstance(record, Rejection):
        return [["record", "", "rejection", record.reason.value, record.detail]]
    lines = [[c.field, "chosen" if c.chosen else "", c.source, c.value, c.raw] for c in record.candidates]
    return lines + [["warning", "", "", warning, ""] for warning in record.warnings]


def _capture_of(row: Mapping[str, str]) -> Capture:
    locator = Locator(row["warc_file"], int(row["warc_offset"]), int(row["warc_length"]))
    when = datetime.fromisoformat(row["first_seen_at"])
    return Capture(
        row["capture_id"], row["source_id"], "", row["url"], when, Role.ARTICLE, locator, status=200, mime="text/html"
    )


def differences(package: Path, article: str) -> Iterator[tuple[str, str]]:
    """(sign, line) of what changed from each older wording to the next: "+", "-", "@" for a heading, or " "."""
    found = query.find(Workspace(package), article)
    wordings = [*found.revisions, found.article]
    texts = [row for row in wordings if row.get("change_kind") not in ("withdrawn", "restored")]
    for row in wordings[:-1]:
        yield "@", f"@ {row['change_kind']} {row['valid_from']} to {row['valid_to'] or 'now'}"
    for old, new in itertools.pairwise(texts):
        before, after = ([r["title"], *r["text"].split("\n")] for r in (old, new))
        for line in difflib.unified_diff(before, after, lineterm="", n=1):
            yield line[:1], line
