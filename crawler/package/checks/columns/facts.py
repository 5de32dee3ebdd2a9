"""What the tables say as a whole, for the checks of what is stated a second time and of what seeds expect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.ids import text_sha256
from crawler.package.checks.columns.columns import FILLED, WORDED, Columns
from crawler.package.checks.columns.second_look import rows_at
from crawler.package.tables.expectations import NEWEST
from crawler.package.tables.filled_counts import ASSUMED
from crawler.package.tables.tables import Row, table


@dataclass(frozen=True, slots=True)
class Stood:
    """A row, and where it stands: part, and line of the unpacked file."""

    row: Row
    path: str
    line: int


def statuses(columns: Columns) -> Counter[tuple[str, str]]:
    """By source and status: how many articles."""
    found = columns.ask("SELECT source_id, status, count(*) FROM articles GROUP BY ALL")
    return Counter({(source, status): count for source, status, count in found})


def filled(columns: Columns) -> Counter[tuple[str, str]]:
    """By source and column of articles, and ASSUMED: in how many live ones it has a value."""
    names = [*table("articles").columns, ASSUMED]
    bits = ", ".join(f"sum(({FILLED} >> {bit}) & 1)" for bit in range(len(names)))
    found: Counter[tuple[str, str]] = Counter()
    query = f"SELECT source_id, {bits} FROM articles WHERE status = 'live' GROUP BY source_id"  # noqa: S608 - numbers
    for source, *counts in columns.ask(query):
        found.update({(source, name): int(count) for name, count in zip(names, counts, strict=True) if count})
    return found


def newest_languages(columns: Columns, source: str) -> list[str]:
    """The languages of the newest fifty live articles of a source: those that came last."""
    query = """SELECT language FROM (SELECT * FROM articles WHERE source_id = ? AND status = 'live'
        ORDER BY first_seen_at DESC, article_id DESC LIMIT ?) ORDER BY first_seen_at, article_id"""
    return [language for (language,) in columns.ask(query, [source, NEWEST])]


def same_texts(columns: Columns, more_than: int) -> Iterator[tuple[str, str, int]]:
    """(source, SHA-256, live articles of one language) of texts that many articles have."""
    query = """SELECT source_id, text_sha256, count(*) FROM articles
        WHERE status = 'live' AND text_sha256 <> ?
        GROUP BY source_id, language, text_sha256 HAVING count(*) > ? ORDER BY source_id, min((part, n))"""
    yield from columns.ask(query, [text_sha256(""), more_than])


def first_runs(columns: Columns) -> dict[str, str]:
    """By source: when its first run began."""
    return dict(columns.ask("SELECT source_id, min(started_at) FROM runs GROUP BY source_id"))


def newest_runs(columns: Columns) -> list[Row]:
    """The last run of each source."""
    query = """SELECT part, n FROM runs QUALIFY row_number() OVER
        (PARTITION BY source_id ORDER BY started_at DESC, part DESC, n DESC) = 1"""
    return [row for _, _, row in rows_at(columns, "runs", sorted(columns.ask(query)))]


def span_of_runs(columns: Columns) -> tuple[str, str] | None:
    """When the first run began and the last ended; None where there are no runs."""
    ((first, last),) = columns.ask("SELECT min(started_at), max(ended_at) FROM runs")
    return (first, last) if first is not None else None


def newest_articles(columns: Columns, limit: int) -> list[Row]:
    """The newest articles with a text, newest first."""
    query = f"SELECT part, n FROM articles WHERE {WORDED} ORDER BY part DESC, n DESC LIMIT ?"  # noqa: S608 - our own name
    places = sorted(columns.ask(query, [limit]))
    return [row for _, _, row in rows_at(columns, "articles", places)][::-1]


def count_worded(columns: Columns) -> int:
    """How many articles have a text."""
    ((count,),) = columns.ask(f"SELECT count(*) FROM articles WHERE {WORDED}")  # noqa: S608 - our own name
    return int(count)


def worded(columns: Columns, step: int) -> list[Stood]:
    """Every `step`th article with a text."""
    query = f"""SELECT part, n FROM (SELECT part, n, row_number() OVER (ORDER BY part, n) - 1 AS nth
        FROM articles WHERE {WORDED}) WHERE nth % ? = 0 ORDER BY part, n"""  # noqa: S608 - our own name
    found = rows_at(columns, "articles", columns.ask(query, [step]))
    return [Stood({**row, "text": "x"}, path, line) for path, line, row in found]


def captures_at(columns: Columns, places: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """The rows of captures whose records stand at these files and offsets."""
    found: list[tuple[int, int]] = []
    wanted = sorted(set(places))
    for begin in range(0, len(wanted), 500):
        some = wanted[begin : begin + 500]
        marks = ", ".join("(?, ?)" for _ in some)
        query = f"SELECT part, n FROM captures WHERE (warc_file, warc_offset) IN (VALUES {marks})"  # noqa: S608 - marks
        found += columns.ask(query, [value for place in some for value in place])
    for _, _, row in rows_at(columns, "captures", sorted(found)):
        yield row
