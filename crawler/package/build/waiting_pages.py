"""Pages that were never read and wait to be asked for again. For a day the runs that do not ask for them are not
complete either: all that they wanted may have come, and something that they show is still missing.

Pure but for the few parts that it reads: by run and document, from rows, so that a rebuild finds the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from crawler.ids import article_id
from crawler.model import Reason
from crawler.package.descriptor.run_rows import LOST
from crawler.package.gates.build_plan import Plan
from crawler.package.tables.cell_format import parse_utc
from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.row_index import Lookup
from crawler.package.tables.run_history import recent_runs
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

_LOST = {reason.value for reason in LOST | {Reason.FETCH_FAILED, Reason.TRUNCATED}}
_WAITS = timedelta(hours=24)  # afterwards only the runs that ask for a page tell of it
Waiting = dict[str, Row]  # by document: the rejection of the last run that asked for it


def lost_pages(rejections: Iterable[Row]) -> Waiting:
    """Of the rejections of one run or several those of pages that nobody has read so far, the last one of each."""
    by_time = sorted(rejections, key=lambda row: (row["fetched_at"], row["capture_id"]))
    last = {row["document"]: row for row in by_time if not row["article_id"]}
    return {document: row for document, row in last.items() if row["reason"] in _LOST}


def waits(lost_at: str, started_at: str) -> bool:
    """Whether a page that was lost at one time is still of account for a run that begins at another: RFC 3339, UTC."""
    return parse_utc(started_at) - parse_utc(lost_at) <= _WAITS


def published_waiting(workspace: Workspace, plan: Plan, lookup: Lookup | None) -> Mapping[str, Waiting]:
    """By source of the plan's runs: the pages that wait according to the published tables. Parts are read only where a
    run of the day before has lost pages; a rebuild needs none, for it has all runs before it."""
    if plan.full or lookup is None or plan.published is None:
        return {}
    begin = _first_times(plan)
    if not begin:
        return {}
    day = (min(begin.values()) - _WAITS).date().isoformat()
    parts = plan.published.parts
    its_runs = (row for row in recent_runs(workspace, parts, day, (), {}, plan.runs_read) if row["source_id"] in begin)
    losing = [
        row for row in its_runs if _has_lost(row) and parse_utc(row["ended_at"]) >= begin[row["source_id"]] - _WAITS
    ]
    if not losing:
        return {}
    since = min(row["started_at"] for row in losing)
    by_source: dict[str, list[Row]] = {row["source_id"]: [] for row in losing}
    for path in parts.get("rejections", ()):
        part = part_of_file(path)[1]
        for row in read_part(table("rejections"), workspace.resolve(path)) if part >= since[: len(part)] else ():
            if row["source_id"] in by_source:
                by_source[row["source_id"]].append(row)
    return {source: _unread(lost_pages(rows), lookup) for source, rows in by_source.items()}


def _first_times(plan: Plan) -> dict[str, datetime]:
    """When the first of a source's runs began, or made its first capture."""
    times = dict(plan.captures.first)
    for run in plan.runs.values():
        times[run.source_id] = min(run.started_at, times.get(run.source_id, run.started_at))
    return times


def _has_lost(run: Row) -> bool:
    return any(reason in _LOST for reason in json.loads(run["rejected"]))


def _unread(waiting: Waiting, lookup: Lookup) -> Waiting:
    """Without the documents that a later run has read."""
    ids = {document: article_id(row["source_id"], document) for document, row in waiting.items()}
    known = lookup.articles(ids.values())
    return {document: row for document, row in waiting.items() if ids[document] not in known}
