"""The verb join: WARC files of months that are over become one for each source and month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from crawler.app.commands import Show
from crawler.app.open_package import opened
from crawler.clock import now
from crawler.errors import NotFound, UsageError
from crawler.package.join import JoinPlan, join_archive, plan_join
from crawler.workspace import Workspace

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_TOLD = 10  # groups and files that are told one by one; JSON has all


@dataclass(frozen=True, slots=True)
class JoinSummary:
    """What was joined, or would be."""

    package: str
    version: str  # published; empty where nothing was done
    plan: JoinPlan
    until: str
    is_done: bool
    repairs: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """What --json prints."""
        groups = [
            {"source": its.source, "month": its.month, "files": len(its.files), "bytes": its.bytes}
            for its in self.plan.groups
        ]
        counts = {"files_before": self.plan.files, "files_after": self.plan.files_after}
        told = {"package": self.package, "version": self.version, "until": self.until, "done": self.is_done}
        return {**told, **counts, "joined": groups, "left_alone": list(self.plan.odd), "repairs": list(self.repairs)}

    def lines(self) -> list[str]:
        """What is told to a person."""
        plan, verb = self.plan, "joined" if self.is_done else "would be joined"
        lines = list(self.repairs)
        for its in plan.groups[:_TOLD]:
            lines.append(f"{its.source}  {its.month}: {len(its.files)} files, {its.bytes:,} bytes, {verb} into one")
        if len(plan.groups) > _TOLD:
            lines.append(f"and {len(plan.groups) - _TOLD} more")
        for path in plan.odd[:_TOLD]:
            lines.append(f"{path}: left alone: not written as this program writes files of runs")
        if len(plan.odd) > _TOLD:
            lines.append(f"and {len(plan.odd) - _TOLD} more that are left alone")
        if not plan.groups:
            return [*lines, f"nothing to join: {plan.files} WARC files, months until {self.until}"]
        became = "became" if self.is_done else "would become"
        published = f"; version {self.version} is published" if self.is_done else ""
        return [*lines, f"{plan.files} WARC files {became} {plan.files_after}{published}"]


def join(package: Path, *, until: str, source: str, largest: int, dry_run: bool, show: Show) -> JoinSummary:
    """Joins the WARC files of months up to `until` ("2026-10"; empty: the month before this one), or says with
    `dry_run` what would be joined. Raises UsageError for another month, NotFound where there is no package, and what
    `join_archive` does."""
    workspace = Workspace(package)
    if until and not _MONTH.fullmatch(until):
        raise UsageError(f"--until: {until!r} is no month such as 2026-10")
    last = until or f"{now().replace(day=1) - timedelta(days=1):%Y-%m}"
    if last >= f"{now():%Y-%m}":
        raise UsageError(f"--until: {last} is not over")
    if not workspace.descriptor.exists():
        raise NotFound(f"{package}: no datapackage.json here; run `crawl` or `build` first")
    if dry_run:
        plan = plan_join(workspace, until=last, source=source, largest=largest)
        return JoinSummary(str(package), "", plan, last, is_done=False)
    with opened(workspace) as repairs:
        report = join_archive(workspace, until=last, source=source, largest=largest, progress=show.update)
    return JoinSummary(str(package), report.version, report.plan, last, True, (*repairs, *report.recovered))
