"""One article or one page, shown: its record, its row, its words, how it was read, what changed in it."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.app.limited import LimitReached, Limits, within_limits
from crawler.app.status.source_status import minute
from crawler.archive.warc.answer import target_of
from crawler.archive.warc.fields import record_uuid
from crawler.archive.warc.reader import read_payload, read_record
from crawler.errors import NotFound, UsageError
from crawler.ids import canonical_url
from crawler.model import Article, Candidate, Capture, Locator, Payload, Rejection, Role, Seed
from crawler.package.descriptor.cell_types import cells_are_checked
from crawler.package.descriptor.published import published
from crawler.package.descriptor.seed_copies import read_seed
from crawler.package.exports import query
from crawler.package.exports.health import gone_after
from crawler.package.publication.consistent_read import steadily
from crawler.package.tables.filled_counts import stated_missing
from crawler.package.tables.typed import typed
from crawler.seeds import catalogue, find_seeds
from crawler.workspace import Workspace

_EXPLAINED = Limits(cpu_s=60, wall_s=120.0, memory_mb=2048)  # for one page, twice read


def extract_page(file: Path, url: str, seed: str | None, captured: datetime) -> Article | Rejection:
    """The record of one HTML file, as a capture at that moment would give it."""
    from crawler.extraction import extract as read  # noqa: PLC0415 - trafilatura takes half a second to load

    source = find_seeds([seed], catalogue())[0] if seed else None
    try:
        body = Path("/dev/stdin").read_bytes() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}") from error
    try:
        return read(body, url, captured=captured, seed=source)
    except ValueError as error:
        raise UsageError(f"--url: {error}") from error


def record_as_dict(record: Article | Rejection) -> dict[str, Any]:
    """A record as JSON shows it: each field of `Article` or `Rejection` under its name, moments in RFC 3339, days where
    no time is told."""
    if isinstance(record, Rejection):
        return {"rejection": record.reason.value, **asdict(record)}
    row = asdict(record)
    del row["candidates"]
    for name, moment in (("published_at", record.published_at), ("modified_at", record.modified_at)):
        row[name] = moment.value.isoformat() if moment and moment.value else None
        row[name.replace("_at", "_raw")] = moment.raw if moment else None
    return {
        **row,
        "published": row["published_at"],
        "modified": row["modified_at"],
        "story_id": record.story_id,
        "paragraphs": list(record.paragraphs),
    }


def show(package: Path, article: str) -> dict[str, Any]:
    """The row of an article as typed values, its revisions, and since when it is looked for in vain (or null)."""
    workspace = Workspace(package)
    with cells_are_checked(workspace):
        found = query.find(workspace, article)
        revisions = [typed(row, "revisions") for row in found.revisions]
        return {
            **typed(found.article, "articles"),
            "last_confirmed_at": steadily(workspace, lambda: query.last_confirmed(workspace, found.article)),
            "absent": _absent(workspace, found.article),
            "revisions": revisions,
        }


def _absent(workspace: Workspace, row: Mapping[str, str]) -> dict[str, Any] | None:
    state = published(workspace)
    its = stated_missing(state.descriptor).get(row["article_id"]) if state else None
    if its is None or row["status"] != "live":
        return None
    seed = read_seed(workspace.resolve(f"seeds/{row['source_id']}.toml"))
    return {"since": its.since, "runs": its.runs, "gone_after": gone_after(its.since, seed)}


def as_text(row: Mapping[str, Any]) -> str:
    """An article in the form that a reader knows: title, date and category, an empty line, paragraphs; before these,
    whether it is withdrawn, or was looked for in vain."""
    when = str(row["published_at"] or row["published_date"] or "").replace("T", " ")[:19]
    head = " / ".join(part for part in (when, row["category"]) if part)
    stands = list(_standing(row))
    return "\n".join(filter(None, [row["title"], head, *stands])) + "\n\n" + str(row["text"] or "")


def _standing(row: Mapping[str, Any]) -> Iterator[str]:
    """In words: that an article is withdrawn, or that it is looked for in vain, and since when."""
    if row["status"] == "withdrawn":
        since = minute(row["withdrawn_at"])
        last = "what follows are its last words" if row["text"] else "its words were taken out on request"
        yield f"[withdrawn, known since {since} UTC; {last}]"
    if absent := row.get("absent"):
        times = "1 run" if absent["runs"] == 1 else f"{absent['runs']} runs"
        since, after = minute(absent["since"]), minute(absent["gone_after"])
        yield f"[not found since {since} UTC, in {times}; withdrawn if a run after {after} UTC still does not find it]"


def explain(package: Path, article: str) -> list[list[str]]:
    """Per candidate: field, whether it was chosen, source, value, words on the page, why. Fields that are found by one
    rule after the other have one line, with the rules in their order; of a section or an author, the place that hit."""
    payload, seed = _capture_of(package, article)
    try:
        return within_limits(list[list[str]], lambda: _explained(payload, seed), _EXPLAINED) or []
    except LimitReached as limit:
        return [["record", "", "rejection", "timeout", str(limit), ""]]


def _explained(payload: Payload, seed: Seed) -> list[list[str]]:
    from crawler.app.show.explain_labels import as_rows  # noqa: PLC0415 - trafilatura takes half a second to load
    from crawler.extraction import extract_capture, label_capture  # noqa: PLC0415

    record = extract_capture(payload, seed)
    if isinstance(record, Rejection):
        return [["record", "", "rejection", record.reason.value, record.detail, ""]]
    lines = [
        [c.field, "chosen" if c.chosen else "", c.source, c.value, c.raw, _why(c, record, seed) if c.chosen else ""]
        for c in record.candidates
    ]
    lines += [[name, "chosen", "", value, "", why] for name, value, why in _by_rule(record, payload.capture.url)]
    lines += as_rows(label_capture(payload, seed))
    return lines + [["warning", "", "", warning, "", ""] for warning in record.warnings]


def explain_html(package: Path, article: str, file: Path) -> None:
    """Writes a page that shows the lines of an article's page in the colours of their labels."""
    from crawler.app.show.explain_labels import as_html, write_html  # noqa: PLC0415
    from crawler.extraction import label_capture  # noqa: PLC0415

    payload, seed = _capture_of(package, article)
    try:
        page = within_limits(str, lambda: as_html(label_capture(payload, seed)), _EXPLAINED) or ""
    except LimitReached as limit:
        raise NotFound(f"{article}: {limit}") from limit
    write_html(file, page)


def _capture_of(package: Path, article: str) -> tuple[Payload, Seed]:
    workspace = Workspace(package)
    row = query.find(workspace, article).article
    with cells_are_checked(workspace):
        seed = read_seed(workspace.resolve(f"seeds/{row['source_id']}.toml"))
        return _payload_of(workspace, row, seed), seed


def _payload_of(workspace: Workspace, row: Mapping[str, str], seed: Seed) -> Payload:
    """The exchange that holds an article's words. Where it was seen as a repetition, that is an earlier one."""
    locator = Locator(row["warc_file"], int(row["warc_offset"]), int(row["warc_length"]))
    path = workspace.resolve(locator.warc_file)
    record = read_record(path, locator)
    code = next((code for code, tag in seed.languages.items() if tag == row["declared_language"]), None)
    capture = Capture(
        record_uuid(record["warc-record-id"]), row["source_id"], row["run_id"], target_of(record),
        datetime.fromisoformat(row["first_seen_at"]), Role.ARTICLE, locator, status=200,
        mime=row["media_type"], document=row["document"], language=code,
    )  # fmt: skip
    return read_payload(path, capture)


_SECTIONS = "selector, article:section, JSON-LD, labelled line, last crumb, words or cell beside the date"
_BYLINES = "selector, JSON-LD, meta tags, marked byline"


def _why(candidate: Candidate, record: Article, seed: Seed) -> str:
    if candidate.field == "title":
        if candidate.source == seed.selectors.title_from:
            why = "the seed's title_from names this place"
        elif candidate.source == "page-object":
            why = "the platform or the seed selects it"
        else:
            why = "most other places have its words"
        return why + ("" if candidate.value == candidate.raw else "; what the site adds is cut off")
    if candidate.field == "category":
        return f"the first that says one of: {_SECTIONS}"
    if candidate.field == "authors":
        return f"the first that names somebody else than the site, of: {_BYLINES}"
    moment = record.published_at if candidate.field == "published" else record.modified_at
    if moment is None:
        return "the first place in the order of trust"
    if moment.value is None:
        return f"no day: {moment.precision.value}, see the warnings"
    offset = {"stated": "offset stated", "assumed": "offset of the source's zone, assumed", "none": "no offset"}
    return f"the first place in the order of trust; to the {moment.precision.value}, {offset[moment.offset.value]}"


def _by_rule(record: Article, fetched: str) -> Iterator[tuple[str, str, str]]:
    """(field, value, why) of the fields that keep no candidates."""
    if not record.category:
        yield "category", "", f"none of: {_SECTIONS}"
    if not record.authors:
        yield "authors", "", f"none of: {_BYLINES}"
    yield "tags", "; ".join(record.tags), "selector, article:tag, JSON-LD keywords, keywords"
    yield "summary", record.summary or "", "selector, block between headline and text, description that the text shows"
    size = f"{len(record.paragraphs)} paragraphs, {len(record.text)} characters"
    yield "text", size, "selector, script payload, trafilatura, box of the headline"
    declared = f"the page declares {record.declared_language}" if record.declared_language else "none is declared"
    sure = f"letters and n-grams of the text, confidence {record.language_confidence:.2f}; {declared}"
    yield "language", record.language, sure
    own = record.url == canonical_url(fetched)
    yield "url", record.url, "the address it was fetched from" if own else "the page's canonical address"
    linked = "shared id, or hreflang links that hold" if record.story else "the site links no language versions"
    yield "story", record.story or "", linked
    yield "images", str(len(record.images)), "inside the article, originals, each once"
    yield "attachments", str(len(record.attachments)), "linked or embedded inside the article"


_SHOWN = ("url", "published_at", "published_date", "category", "authors", "tags", "language", "summary")


def differences(package: Path, article: str) -> Iterator[tuple[str, str]]:
    """(sign, line) of what changed from each older wording to the next: "+", "-", "@" for a heading, or " "."""
    found = query.find(Workspace(package), article)
    wordings = [*found.revisions, found.article]
    for number, row in enumerate(wordings[:-1]):
        yield "@", f"@ {row['change_kind']} {row['valid_from']} to {row['valid_to'] or 'now'}"
        if row["change_kind"] in _EVENTS:
            continue
        following = next(later for later in wordings[number + 1 :] if later.get("change_kind") not in _EVENTS)
        before, after = (_lines(wording) for wording in (row, following))
        for line in itertools.islice(difflib.unified_diff(before, after, lineterm="", n=1), 2, None):
            yield line[:1], line


_EVENTS = ("withdrawn", "restored")


def _lines(row: Mapping[str, str]) -> list[str]:
    head = [f"{name}: {row[name]}" for name in _SHOWN if row.get(name)]
    return [row["title"], *head, *row["text"].split("\n")]
