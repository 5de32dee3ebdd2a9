"""Older readings: what the tables said of a capture before the code or the seed that reads it changed.

They are the only rows that the archive and the present code alone do not give; the code of the version in their
column `extractor` does. A rebuild therefore carries them over.
"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.package.gates.build_plan import Plan
from crawler.package.history.history import difference
from crawler.package.tables.partitions import read_part
from crawler.package.tables.row_builders import revision_row
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace


def extractor_rows(workspace: Workspace, plan: Plan, new: Mapping[str, Row]) -> tuple[list[Row], list[Row]]:
    """(rows of change kind extractor that are published, further ones that this rebuild makes). `new` are the articles
    as they are read now, by id. A row is made only where the same capture is read in another way, and only if the
    reading has changed: a change of the site is never labelled so."""
    assert plan.published  # noqa: S101 - there is nothing to compare with otherwise
    kept = [
        row
        for path in plan.published.parts.get("revisions", ())
        for row in read_part(table("revisions"), workspace.resolve(path), adapt="revisions" in plan.outdated)
        if row["change_kind"] == "extractor" and row["article_id"] in new and row["article_id"] not in plan.withdrawn
    ]
    if not plan.reread or "articles" in plan.outdated:
        return kept, []
    reading = plan.published.descriptor["extraction"]
    ended = max((row["ended_at"] for row in plan.run_rows), default="")
    fresh = []
    for path in plan.published.parts.get("articles", ()):
        for old in read_part(table("articles"), workspace.resolve(path)):
            now = new.get(old["article_id"])
            if (
                old["article_id"] in plan.withdrawn
                or now is None
                or old["source_id"] not in plan.reread
                or now["capture_id"] != old["capture_id"]
            ):
                continue
            if difference(old, now):
                version = f"{reading['version']}/{reading['sources'][old['source_id']]}"
                fresh.append(revision_row("extractor", old, since=old["seen_at"], until=ended, extractor=version))
    return kept, fresh


def extractor_changes(workspace: Workspace, plan: Plan, new: Mapping[str, Row]) -> list[Row]:
    """The rows of `changes` that tell of the published rows of change kind extractor."""
    assert plan.published  # noqa: S101 - as above
    return [
        row
        for path in plan.published.parts.get("changes", ())
        for row in read_part(table("changes"), workspace.resolve(path), adapt="changes" in plan.outdated)
        if row["change_kind"] == "extractor" and row["article_id"] in new and row["article_id"] not in plan.withdrawn
    ]
