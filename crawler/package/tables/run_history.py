"""What a build needs of the runs and sources that are published. Hourly runs of many sources fill a large table in ten
years, so only its newest parts are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

REACHED = ("complete", "partial", "postponed", "empty", "ingested")  # outcomes of runs in which the source answered
RECENT = 30  # runs of a source that tell what is usual
_DAYS, _MOST_DAYS = 62, 400  # before the newest run: looked at in any case, and only while a source has too few runs
_MOST = 20_000  # rows after which nothing more is read
Parts = Mapping[str, Sequence[str]]  # of each table, oldest first


def first_sights(workspace: Workspace, parts: Parts) -> dict[str, str]:
    """By published source: when it was seen first."""
    rows = (row for path in parts.get("sources", ()) for row in read_part(table("sources"), workspace.resolve(path)))
    return {row["source_id"]: row["first_seen_at"] for row in rows}


def all_runs(workspace: Workspace, parts: Parts) -> list[Row]:
    """All published rows of runs, in order."""
    return [row for path in parts.get("runs", ()) for row in read_part(table("runs"), workspace.resolve(path))]


def recent_runs(
    workspace: Workspace,
    parts: Parts,
    day: str,
    sources: Collection[str],
    since: Mapping[str, str],
    read: dict[str, list[Row]],
) -> list[Row]:
    """Rows of published runs, in order: all since `day` began, and at least the last thirty of each of `sources`, as
    far as there are so many. `since` tells when each source was seen first. `read` has the rows of parts that were read
    before, by path, and those that are read now."""
    found: list[list[Row]] = []
    counts: Counter[str] = Counter()
    for path in reversed(parts.get("runs", ())):
        part = part_of_file(path)[1]
        wanted = [s for s in sources if s in since and counts[s] < RECENT and since[s][: len(part)] <= part]
        if not wanted and part < day[: len(part)]:
            break
        if path not in read:
            read[path] = list(read_part(table("runs"), workspace.resolve(path)))
        counts.update(row["source_id"] for row in read[path])
        found.append(read[path])
    return [row for rows in reversed(found) for row in rows]


def latest_runs(workspace: Workspace, parts: Parts, sources: Collection[str]) -> tuple[list[Row], str]:
    """(rows of published runs, in order; the name of the oldest part that was read, empty if that is all): two months,
    and more where one of `sources` has fewer than thirty runs in them, but no more than thirteen months and about
    twenty thousand rows. So what it costs does not grow with the package."""
    found: list[list[Row]] = []
    counts: Counter[str] = Counter()
    paths = parts.get("runs", ())
    newest = part_of_file(paths[-1])[1] if paths else ""
    oldest = newest
    for path in reversed(paths):
        part = part_of_file(path)[1]
        least = _DAYS if all(counts[source] >= RECENT for source in sources) else _MOST_DAYS
        if counts.total() >= _MOST or part < _days_before(newest, least)[: len(part)]:
            return [row for rows in reversed(found) for row in rows], oldest
        rows = list(read_part(table("runs"), workspace.resolve(path)))
        counts.update(row["source_id"] for row in rows)
        found.append(rows)
        oldest = part
    return [row for rows in reversed(found) for row in rows], ""


def _days_before(part: str, days: int) -> str:
    """The day so many days before a part of a table begins."""
    begin = date.fromisoformat(f"{part}-01"[:10] if len(part) == 7 else part[:10])
    return (begin - timedelta(days=days)).isoformat()
