"""Older readings: what the tables said of a capture before the code or the seed that reads it changed.

They are the only rows that the archive and the present code alone do not give; the code of the version in their
column `extractor` does. A rebuild therefore carries them over.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.package.gates.build_plan import Plan
from crawler.package.history.history import difference
from crawler.package.publication.pending_rows import Rows
from crawler.package.tables.partitions import read_part
from crawler.package.tables.row_builders import revision_row
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace


def published_extractor_rows(name: str, workspace: Workspace, plan: Plan, new: Rows) -> Iterator[Row]:
    """The published rows of `revisions` of change kind extractor, or those of `changes` that tell of them; `new` are
    the articles as they are read now."""
    assert plan.published  # noqa: S101 - there is nothing to compare with otherwise
    for path in plan.published.parts.get(name, ()):
        for row in read_part(table(name), workspace.resolve(path), adapt=name in plan.outdated):
            article = row["article_id"]
            if row["change_kind"] == "extractor" and new.has(article) and article not in plan.withdrawn:
                yield row


def extractor_rows(workspace: Workspace, plan: Plan, new: Rows) -> Iterator[tuple[Row, Row]]:
    """Further rows of `revisions` of change kind extractor that this rebuild makes, each with the article's row as it
    is read now. A row is made only where the same capture is read in another way, and only if the reading has changed:
    a change of the site is never labelled so."""
    assert plan.published  # noqa: S101 - as above
    if not plan.reread or "articles" in plan.outdated:
        return
    reading = plan.published.descriptor["extraction"]
    ended = max((row["ended_at"] for row in plan.run_rows), default="")
    for path in plan.published.parts.get("articles", ()):
        for old in read_part(table("articles"), workspace.resolve(path)):
            if old["article_id"] in plan.withdrawn or old["source_id"] not in plan.reread:
                continue
            now = new.get(old["article_id"])
            if now and now["capture_id"] == old["capture_id"] and difference(old, now):
                version = f"{reading['version']}/{reading['sources'][old['source_id']]}"
                yield revision_row("extractor", old, since=old["seen_at"], until=ended, extractor=version), now
