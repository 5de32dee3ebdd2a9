"""What the published tables know of documents that have new captures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

from crawler.model import Reason
from crawler.package.history.history import ABSENT, Absence, Known
from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.row_index import Lookup
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

_ABSENT = {reason.value for reason in ABSENT}
_PRESENT = {Reason.UNCHANGED.value, Reason.ALTERNATE.value}


def known_documents(
    workspace: Workspace, lookup: Lookup, ids: Iterable[str], absent: Collection[str]
) -> dict[str, Known]:
    """What is known of each of `ids` that has an article. Earlier absences are looked up only for those in `absent`:
    for the others they no longer matter."""
    rows: dict[str, Row] = {}
    by_part: dict[str, set[str]] = {}
    for article_id, part in lookup.articles(ids).items():
        by_part.setdefault(part, set()).add(article_id)
    for part, wanted in sorted(by_part.items()):
        for row in read_part(table("articles"), workspace.resolve(part)):
            if row["article_id"] in wanted:
                rows[row["article_id"]] = row
    live = {i: row for i, row in rows.items() if i in absent and row["status"] == "live"}
    absences = _absences(workspace, lookup, live)
    return {i: Known(row, tuple(absences.get(i, ()))) for i, row in rows.items()}


def _absences(workspace: Workspace, lookup: Lookup, live: Mapping[str, Row]) -> dict[str, list[Absence]]:
    """The unproved absences of live articles since they were last seen, oldest first."""
    since = {i: max(row["seen_at"], lookup.last_restored(i)) for i, row in live.items()}
    found: dict[str, list[Absence]] = {i: [] for i in live}
    open_ = set(live)
    parts = [path for path in lookup.parts if part_of_file(path)[0] == "rejections"]
    for path in reversed(parts):
        month = part_of_file(path)[1]
        open_ = {i for i in open_ if since[i][: len(month)] <= month}
        if not open_:
            break
        of: dict[str, list[Row]] = {}
        for row in read_part(table("rejections"), workspace.resolve(path)):
            if row["article_id"] in open_ and row["fetched_at"] > since[row["article_id"]]:
                of.setdefault(row["article_id"], []).append(row)
        for article_id, rows in of.items():
            if _walk_back(rows, found[article_id]):
                open_.discard(article_id)
    return {i: absences[::-1] for i, absences in found.items()}


def _walk_back(rows: list[Row], absences: list[Absence]) -> bool:
    """Adds the absences among one document's rows, newest first; returns whether a presence ends the search."""
    for run_id, group in groupby(reversed(rows), key=lambda row: row["run_id"]):
        its = list(group)
        if any(row["reason"] in _PRESENT for row in its):
            return True
        absent = [row for row in its if row["reason"] in _ABSENT]
        if absent:
            absences.append(Absence(run_id, absent[-1]["fetched_at"]))
    return False
