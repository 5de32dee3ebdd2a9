"""Checks against the archive: records stand where rows say, hold what they said, and read as they were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crawler.archive.reader import iter_captures
from crawler.batch.extraction_fingerprint import extraction_version, seed_fingerprint
from crawler.batch.shards import Page
from crawler.errors import ArchiveError, SeedError, UnsafeFile
from crawler.model import Article, Capture, Seed
from crawler.package.checks.findings import Findings
from crawler.package.history.extraction_results import Reader
from crawler.package.history.history import OTHERS, WORDS
from crawler.package.tables.partitions import read_part
from crawler.package.tables.row_builders import Sight, article_row, capture_from, capture_row, zone_of
from crawler.package.tables.tables import Row, table
from crawler.seeds import parse_seed
from crawler.seeds.parse import MAX_SEED
from crawler.workspace import Workspace
from crawler.workspace.files import read_text

SAMPLE = 20  # articles whose records are read again unless all are


def check_captures(workspace: Workspace, files: Iterable[str], parts: Sequence[str], findings: Findings) -> None:
    """Compares every record of every WARC file with the table captures, both ways."""
    stated: dict[str, dict[str, Row]] = {}
    for path in parts:
        for row in read_part(table("captures"), workspace.resolve(path)):
            stated.setdefault(row["warc_file"], {})[row["capture_id"]] = row
    for path in sorted(files):
        rows = stated.pop(path, {})
        try:
            for capture in iter_captures(workspace.resolve(path), warc_file=path):
                row, now = rows.pop(capture.capture_id, {}), capture_row(capture)
                if row != now:
                    columns = [c for c in now if row and row[c] != now[c]]
                    words = f"differs in {', '.join(columns)}" if row else "has no row in captures"
                    findings.error("captures", f"record {capture.capture_id} {words}", path)
        except ArchiveError as error:
            findings.error("warc", str(error), path)
        for capture_id in rows:
            findings.error("captures", f"capture {capture_id} has no record", path)
    for path in stated:
        findings.error("captures", "is named by captures, but is no file of the package", path)


def load_seeds(workspace: Workspace, sources: Iterable[str], findings: Findings) -> dict[str, Seed]:
    """The seeds in the package, by id."""
    found = {}
    for source in sources:
        relative = f"seeds/{source}.toml"
        try:
            text = read_text(workspace.resolve(relative), limit=MAX_SEED)
            found[source] = parse_seed(text, seed_id=source, path=relative)
        except (OSError, UnicodeDecodeError, SeedError, UnsafeFile) as error:
            findings.error("seed", str(error), relative)
    return found


def check_reading(
    workspace: Workspace,
    articles: Sequence[Row],
    findings: Findings,
    *,
    seeds: Mapping[str, Seed],
    parts: Sequence[str],
    descriptor: Mapping[str, object],
    everything: bool,
    engine: str = "processes",
) -> int:
    """Reads the records of articles again, a sample or all, and compares the rows; returns how many.

    `articles` are rows of the table and `parts` those of captures. An article that another version of extraction read
    is passed over, with a warning.
    """
    live = [row for row in articles if row["source_id"] in seeds and row["text"]]
    step = 1 if everything else max(1, len(live) // SAMPLE)
    chosen = live[::step]
    stale = _stale(descriptor, seeds)
    for source in sorted(stale & {row["source_id"] for row in chosen}):
        findings.warning("reading", f"{source} was read by another version of extraction or seed; rebuild to compare")
    chosen = [row for row in chosen if row["source_id"] not in stale]
    holders = _holders(workspace, chosen, parts)
    chosen = [row for row in chosen if _where(row) in holders]  # what is missing there is told by the rules of rows
    pages = [Page(workspace.resolve(row["warc_file"]), holders[_where(row)]) for row in chosen]
    outcomes = Reader(workspace, seeds, engine).read(pages) if pages else {}
    for row, page in zip(chosen, pages, strict=True):
        outcome = outcomes[page.capture.capture_id]
        name = f"article {row['article_id']}"
        if not isinstance(outcome, Article):
            findings.error("reading", f"{name}: its record now gives {outcome.reason.value}: {outcome.detail}")
            continue
        zone = zone_of(seeds[row["source_id"]])
        again = article_row(Sight(page.capture, outcome), outcome, zone)
        columns = [c for c in (*WORDS, *OTHERS, "text_sha256", "published_raw") if again[c] != row[c] and c != "text"]
        if '"canonical: ' in row["warnings"]:  # its page names another article's address; the build saw both
            columns = [column for column in columns if column != "url"]
        if columns:
            findings.error("reading", f"{name}: its record reads otherwise in {', '.join(columns)}")
    return len(chosen)


def _stale(descriptor: Mapping[str, object], seeds: Mapping[str, Seed]) -> set[str]:
    reading = descriptor.get("extraction")
    if not isinstance(reading, dict) or reading.get("version") != extraction_version():
        return set(seeds)
    sources = reading.get("sources")
    known = sources if isinstance(sources, dict) else {}
    return {source for source, seed in seeds.items() if known.get(source) != seed_fingerprint(seed)}


def _where(row: Row) -> tuple[str, str]:
    return row["warc_file"], row["warc_offset"]


def _holders(workspace: Workspace, rows: Sequence[Row], parts: Sequence[str]) -> dict[tuple[str, str], Capture]:
    """By file and offset: the captures that hold the words of articles, from the table."""
    wanted = {_where(row) for row in rows}
    found = {}
    for path in parts:
        for row in read_part(table("captures"), workspace.resolve(path)):
            if _where(row) in wanted:
                found[_where(row)] = capture_from(row)
    return found
