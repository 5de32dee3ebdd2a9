"""The tables as they stood at a moment of the past, made of what is published now.

Rows that were written by then stay, later ones go; an article has the words and the status that it had. What was taken
out on request since then stays out. A run that was under way is told as it ended."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from crawler.errors import NotFound
from crawler.package.exports import query
from crawler.package.exports.content import Content, current
from crawler.package.history.tombstones import is_blank
from crawler.package.tables.tables import Row, Table, table
from crawler.workspace import Workspace

PROOFS = ("withdrawn", "restored")  # rows of revisions that tell of going and coming back, and are no other wording
NO_WORDING = (*PROOFS, "extractor")  # the last: another reading of words that stand in another row
_FILE = ("capture_id", "payload_sha256", "warc_file", "warc_offset", "warc_length")  # of media: where the file is


@dataclass(frozen=True, slots=True)
class Then:
    """An article as it stood at a moment: the row of articles or revisions that has its words, since when they stood,
    and since when it was withdrawn (empty where it was not)."""

    row: Row
    since: str
    withdrawn_at: str
    is_latest: bool


def then_of(article: Row, revisions: Iterable[Row], moment: str) -> Then | None:
    """How an article stood at `moment`, a cell of `cell_format.utc`, by its row and those of revisions about it; of
    these, wordings that ended by then may be left out. None where nothing of it had been seen. One that was taken out
    on request has no words at any moment."""
    if is_blank(article):
        return Then(article, article["seen_at"], article["withdrawn_at"], True) if _began(article, moment) else None
    its = list(revisions)
    if article["seen_at"] <= moment:
        row, since = article, article["seen_at"]
    else:
        stood = [r for r in its if r["change_kind"] not in NO_WORDING and r["valid_from"] <= moment < r["valid_to"]]
        if not stood:
            return None
        row = max(stood, key=_when)
        since = row["valid_from"]
    proofs = [r for r in its if r["change_kind"] in PROOFS and since < r["valid_from"] <= moment]
    last = max(proofs, key=_when, default=None)
    gone = last["valid_from"] if last is not None and last["change_kind"] == "withdrawn" else ""
    return Then(row, since, gone, row is article)


def as_of(workspace: Workspace, moment: str) -> Content:
    """The tables as they stood at `moment`, a cell of `cell_format.utc`. Raises NotFound where there is no package, or
    nothing had been captured."""
    now = current(workspace)
    if not any(_began(row, moment) for row in query.rows(workspace, "sources")):
        raise NotFound(f"{workspace.root}: nothing in it was captured by {moment}")

    def read(its: Table) -> Iterator[Row]:
        if its.name == "articles":
            return _articles(workspace, moment)
        rows = (row for row in query.rows(workspace, its.name) if row[_DATED[its.name]] <= moment)
        return _media(workspace, rows, moment) if its.name == "media" else rows

    return replace(now, read=read, head=_head(now.head, moment))


_DATED = {
    "sources": "first_seen_at", "runs": "started_at", "captures": "fetched_at", "revisions": "valid_to",
    "rejections": "fetched_at", "media": "first_seen_at", "confirmations": "last_confirmed_at", "changes": "changed_at",
}  # fmt: skip
"""By table: the column that says when a row was written."""


def _head(head: Mapping[str, Any], moment: str) -> dict[str, Any]:
    title = head.get("title", "")
    return {**head, "title": f"{title}, as it stood at {moment}" if title else "", "as_of": moment}


def _began(row: Row, moment: str) -> bool:
    return row["first_seen_at"] <= moment


def _when(row: Row) -> tuple[str, str, str]:
    return row["valid_from"], row["valid_to"], row["revision_id"]


def _articles(workspace: Workspace, moment: str) -> Iterator[Row]:
    """Rows of articles of then. Of revisions, those that matter wait in a database of their own on the disk: of a long
    past moment that is most of what has been edited since."""
    columns = query.articles_with_confirmation().columns
    confirmed: dict[int, str] = {}
    for row in query.rows(workspace, "confirmations"):
        if row["last_confirmed_at"] <= moment:
            confirmed[int(row["article_id"], 16)] = row["last_confirmed_at"]
    with closing(sqlite3.connect("")) as store:
        store.execute("CREATE TABLE revisions (article_id TEXT, row TEXT)")
        kept = (row for row in query.rows(workspace, "revisions") if _matters(row, moment))
        store.executemany("INSERT INTO revisions VALUES (?, ?)", ((r["article_id"], json.dumps(r)) for r in kept))
        store.execute("CREATE INDEX of_article ON revisions (article_id)")
        ask = "SELECT row FROM revisions WHERE article_id = ?"
        for article in query.rows(workspace, "articles"):
            if not _began(article, moment):
                continue
            its = [json.loads(text) for (text,) in store.execute(ask, (article["article_id"],))]
            then = then_of(article, its, moment)
            if then is not None:
                last = confirmed.get(int(article["article_id"], 16), "")
                yield _article_row(article, then, max(then.since, last), columns)


def _matters(row: Row, moment: str) -> bool:
    if row["change_kind"] in PROOFS:
        return row["valid_from"] <= moment
    return row["change_kind"] not in NO_WORDING and row["valid_from"] <= moment < row["valid_to"]


def _article_row(article: Row, then: Then, confirmed: str, columns: Iterable[str]) -> Row:
    """The row of articles that a package had that was built then."""
    row = article if then.is_latest else article | {name: then.row[name] for name in _SHARED}
    told = {
        "status": "withdrawn" if then.withdrawn_at else "live",
        "withdrawn_at": then.withdrawn_at,
        "seen_at": then.since,
        "last_confirmed_at": confirmed,
    }
    return {name: (row | told)[name] for name in columns}


_SHARED = tuple(name for name in table("revisions").columns if name in table("articles").columns)


def _media(workspace: Workspace, rows: Iterable[Row], moment: str) -> Iterator[Row]:
    """Files that were named by then; where one was fetched later, nothing is told of its bytes."""
    later = {
        row["capture_id"]
        for row in query.rows(workspace, "captures", since=moment)
        if row["role"] == "media" and row["fetched_at"] > moment
    }
    for row in rows:
        yield row | dict.fromkeys(_FILE, "") if row["capture_id"] in later else row
