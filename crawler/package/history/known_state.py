"""What the published tables know of documents that have new captures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby

from crawler.model import Reason
from crawler.package.history.absences import ABSENT, Absence
from crawler.package.history.history import PRESENT, Known
from crawler.package.history.same_bytes import stands_on
from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.row_index import Lookup
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

_ABSENT = {reason.value for reason in ABSENT}
_UNCONFIRMED = Reason.UNCONFIRMED.value


def known_documents(
    workspace: Workspace,
    lookup: Lookup,
    ids: Iterable[str],
    absent: Collection[str],
    is_doubted: Callable[[Row], bool] = lambda row: False,
) -> dict[str, Known]:
    """What is known of each of `ids` that has an article. Earlier absences are looked up only for those in `absent`,
    and earlier doubts for those whose row `is_doubted` by a new capture: for the others they no longer matter."""
    rows: dict[str, Row] = {}
    by_part: dict[str, set[str]] = {}
    for article_id, part in lookup.articles(ids).items():
        by_part.setdefault(part, set()).add(article_id)
    for part, wanted in sorted(by_part.items()):
        for row in read_part(table("articles"), workspace.resolve(part)):
            if row["article_id"] in wanted:
                rows[row["article_id"]] = row
    live = {i: row for i, row in rows.items() if i in absent and row["status"] == "live"}
    absences: dict[str, list[Absence]] = {i: [] for i in live}
    _search(workspace, lookup, live, lambda i, its: _walk_back(its, absences[i]))
    doubted = {i: row for i, row in rows.items() if is_doubted(row)}
    doubts: dict[str, list[str]] = {i: [] for i in doubted}
    _search(workspace, lookup, doubted, lambda i, its: _walk_doubts(its, doubts[i]))
    return {
        i: Known(row, tuple(absences.get(i, ())[::-1]), (doubts.get(i) or [""])[-1], stands_on(lookup, row))
        for i, row in rows.items()
    }


def _search(
    workspace: Workspace, lookup: Lookup, of_rows: Mapping[str, Row], walk: Callable[[str, list[Row]], bool]
) -> None:
    """Gives `walk` the rejections of each article since it was last seen, part by part, the newest part first, until it
    says that it needs no more."""
    since = {i: max(row["seen_at"], lookup.last_restored(i)) for i, row in of_rows.items()}
    open_ = set(of_rows)
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
            if walk(article_id, rows):
                open_.discard(article_id)


def _walk_back(rows: list[Row], absences: list[Absence]) -> bool:
    """Adds the absences among one document's rows, newest first; returns whether a presence ends the search."""
    for run_id, group in groupby(reversed(rows), key=lambda row: row["run_id"]):
        its = list(group)
        if any(row["reason"] in PRESENT or row["reason"] == _UNCONFIRMED for row in its):
            return True
        absent = [row for row in its if row["reason"] in _ABSENT]
        if absent:
            absences.append(Absence(run_id, absent[-1]["fetched_at"]))
    return False


def _walk_doubts(rows: list[Row], doubts: list[str]) -> bool:
    """Adds the times of captures that wait for a second look, newest first; returns whether a presence ends it."""
    for _, group in groupby(reversed(rows), key=lambda row: row["run_id"]):
        its = list(group)
        if any(row["reason"] in PRESENT for row in its):
            return True
        doubts += [row["fetched_at"] for row in its if row["reason"] == _UNCONFIRMED]
    return False
