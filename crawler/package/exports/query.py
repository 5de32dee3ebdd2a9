"""Questions to the published tables: one article, what it said before."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from crawler.errors import NotFound, UsageError
from crawler.ids import canonical_url
from crawler.package.descriptor.published import Published, published
from crawler.package.publication.consistent_read import steadily
from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.row_index import Lookup
from crawler.package.tables.tables import Row, Table, table
from crawler.workspace import Workspace

_ID = re.compile(r"[0-9a-f]{1,16}")


@dataclass(frozen=True, slots=True)
class Found:
    """One article, and the rows of revisions about it, oldest first."""

    article: Row
    revisions: tuple[Row, ...]


def find(workspace: Workspace, id_or_url: str) -> Found:
    """The article with this id, the beginning of one, or this address.

    Raises NotFound when there is none, or no package; UsageError when several are meant, naming them.
    """
    return steadily(workspace, lambda: _find(workspace, id_or_url))


def _find(workspace: Workspace, id_or_url: str) -> Found:
    state = _state(workspace)
    with closing(open_lookup(workspace, state.all_parts)) as lookup:
        places = _places(lookup, id_or_url.strip())
        if not places:
            raise NotFound(f"no article {id_or_url!r} in {workspace.root}")
        if len(places) > 1:
            ids = ", ".join(article_id for article_id, _ in places[:10])
            raise UsageError(f"{id_or_url!r} means several articles: {ids}")
        article_id, part = places[0]
        article = next(
            r for r in read_part(table("articles"), workspace.resolve(part)) if r["article_id"] == article_id
        )
        return Found(article, tuple(_revisions(workspace, lookup, article_id)))


def open_lookup(workspace: Workspace, parts: Sequence[str]) -> Lookup:
    """Where things stand in the tables of `parts`: from the user's cache, or where that cannot be, made in memory."""
    try:
        return Lookup(workspace, parts)
    except (OSError, sqlite3.OperationalError):  # a package that cannot be written, or that a build is at work on
        return Lookup(workspace, parts, keep=False)


def rows(workspace: Workspace, name: str, *, since: str = "") -> Iterator[Row]:
    """All rows of a table, in order, or those of the parts that do not end before `since`, a time as the table's own.
    Raises NotFound when there is no package, PackageInvalid."""
    for path in _state(workspace).parts.get(name, ()):
        part = part_of_file(path)[1]
        if part and part < since[: len(part)]:
            continue
        yield from read_part(table(name), workspace.resolve(path))


def _state(workspace: Workspace) -> Published:
    state = published(workspace)
    if state is None:
        raise NotFound(f"{workspace.root}: no package here; run `crawl` or `demo` first")
    return state


def _places(lookup: Lookup, words: str) -> list[tuple[str, str]]:
    if _ID.fullmatch(words.lower()):
        return lookup.find(words.lower())
    try:
        return lookup.find_address(words) or lookup.find_address(canonical_url(words))
    except ValueError:
        return []


def _revisions(workspace: Workspace, lookup: Lookup, article_id: str) -> Iterator[Row]:
    wanted: dict[str, set[str]] = {}
    for part, revision_id in lookup.revisions(article_id):
        wanted.setdefault(part, set()).add(revision_id)
    for part, ids in sorted(wanted.items()):
        for row in read_part(table("revisions"), workspace.resolve(part)):
            if row["revision_id"] in ids:
                yield row


def last_confirmed(workspace: Workspace, article: Row) -> str:
    """When a capture last said what the row of an article says; its `seen_at` where none did since. A cell. Of
    confirmations, only the parts since then are read."""
    for path in reversed(_state(workspace).parts.get("confirmations", ())):
        part = part_of_file(path)[1]
        if part < article["seen_at"][: len(part)]:
            break
        for row in read_part(table("confirmations"), workspace.resolve(path)):
            if row["article_id"] == article["article_id"]:
                return max(article["seen_at"], row["last_confirmed_at"])
    return article["seen_at"]


def articles(workspace: Workspace) -> Iterator[Row]:
    """All rows of articles, each with a cell `last_confirmed_at` as `last_confirmed` gives it. In the table itself each
    re-check would rewrite the months of all articles that it confirms. Raises as `rows`."""
    last = {int(row["article_id"], 16): row["last_confirmed_at"] for row in rows(workspace, "confirmations")}
    for row in rows(workspace, "articles"):
        yield row | {"last_confirmed_at": max(row["seen_at"], last.get(int(row["article_id"], 16), ""))}


def articles_with_confirmation() -> Table:
    """The table of the rows that `articles` gives."""
    its = table("articles")
    field = next(f for f in table("confirmations").schema["fields"] if f["name"] == "last_confirmed_at")
    schema = {**its.schema, "fields": [*its.schema["fields"], field]}
    return replace(its, columns=(*its.columns, field["name"]), schema=schema)


def runs_report(workspace: Workspace) -> dict[str, dict[str, int]]:
    """Per source: the sums of what its runs found."""
    sums: dict[str, dict[str, int]] = {}
    for row in rows(workspace, "runs"):
        its = sums.setdefault(row["source_id"], {})
        for kind in ("new", "edited", "metadata", "withdrawn", "restored"):
            its[kind] = its.get(kind, 0) + int(row[kind])
        for reason, count in json.loads(row["rejected"]).items():
            its[reason] = its.get(reason, 0) + int(count)
    return sums
