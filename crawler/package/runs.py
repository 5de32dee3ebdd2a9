"""What a build needs of the runs and sources that are published. Hourly runs of many sources fill a large table in ten
years, so only its newest parts are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from crawler.package.partitions import part_of_file, read_part
from crawler.package.tables import Row, table
from crawler.workspace import Workspace

RECENT = 30  # runs of a source that tell what is usual
Parts = Mapping[str, Sequence[str]]  # of each table, oldest first


def first_sights(workspace: Workspace, parts: Parts) -> dict[str, str]:
    """By published source: when it was seen first."""
    rows = (row for path in parts.get("sources", ()) for row in read_part(table("sources"), workspace.resolve(path)))
    return {row["source_id"]: row["first_seen_at"] for row in rows}


def all_runs(workspace: Workspace, parts: Parts) -> list[Row]:
    """All published rows of runs, in order."""
    return [row for path in parts.get("runs", ()) for row in read_part(table("runs"), workspace.resolve(path))]


def recent_runs(
    workspace: Workspace, parts: Parts, day: str, sources: Collection[str], since: Mapping[str, str]
) -> list[Row]:
    """Rows of published runs, in order: all since `day` began, and at least the last thirty of each of `sources`, as
    far as there are so many. `since` tells when each source was seen first."""
    found: list[list[Row]] = []
    counts: Counter[str] = Counter()
    for path in reversed(parts.get("runs", ())):
        part = part_of_file(path)[1]
        wanted = [s for s in sources if s in since and counts[s] < RECENT and since[s][: len(part)] <= part]
        if not wanted and part[:10] < day:
            break
        rows = list(read_part(table("runs"), workspace.resolve(path)))
        counts.update(row["source_id"] for row in rows)
        found.append(rows)
    return [row for rows in reversed(found) for row in rows]
