"""`withdraw`: an article's words taken out on request, and who follows the package told of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from crawler.app.open_package import opened
from crawler.app.summary import Summary
from crawler.errors import NotFound
from crawler.package.descriptor.descriptor import read_descriptor, rows_of
from crawler.package.tables.change_rows import KINDS, erased_row
from crawler.package.takedown import WithdrawReport
from crawler.package.takedown import withdraw as take_out
from crawler.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was done, in words, and what it changed."""

    lines: tuple[str, ...]
    summary: Summary


def withdraw(package: Path, article: str, reason: str, *, story: bool = False) -> Withdrawn:
    """Takes an article's words out of the package. Raises NotFound, and as `takedown.withdraw`."""
    workspace = Workspace(package)
    if not workspace.descriptor.exists():
        raise NotFound(f"{workspace.root}: no package here; run `crawl` or `demo` first")
    with opened(workspace) as repairs:
        done = take_out(workspace, article, reason, story=story)
    told = f"{', '.join(done.article_ids)}: words taken out of the tables and of {done.records} WARC records"
    lines = (*repairs, f"{told} in {len(done.files)} files; version {done.version}")
    return Withdrawn(lines, _summary(workspace, done))


def _summary(workspace: Workspace, done: WithdrawReport) -> Summary:
    head = read_descriptor(workspace)
    changes: dict[str, Counter[str]] = {}
    for row in done.tombstones:
        changes.setdefault(row["source_id"], Counter())["erased"] += 1
    told = ("change_id", "change_kind", "changed_at", "article_id", "source_id")
    shown = ("title", "url", "language", "published_date")
    return Summary(
        package=str(workspace.root),
        version=done.version,
        fetched=0,
        found=dict.fromkeys(KINDS, 0),
        rejected={},
        rows=rows_of(head) if head else {},
        crawls=(),
        valid=None,
        errors=(),
        warnings=(),
        repairs=(),
        changes=changes,
        newest=tuple(
            {name: erased_row(row)[name] for name in told} | {name: row[name] for name in shown}
            for row in done.tombstones
        ),
    )
