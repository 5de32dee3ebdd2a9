"""How each source is doing: when it was seen, what is late, what fails and since when, and what waits to be built.

Everything is read from the package, so a fresh machine tells the same; only the clock is the caller's. No part of
articles is read, and of runs only the latest (`runs.latest_runs`)."""

from __future__ import annotations

import os
import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from crawler.model import CrawlPolicy, Seed
from crawler.package.descriptor.file_lists import listed_warcs
from crawler.package.descriptor.published import Published, published
from crawler.package.exports.alarms import unmet_expectations
from crawler.package.gates.warning_rules import GOOD, quiet_since
from crawler.package.publication.quarantine import Refusal, last_refusal
from crawler.package.tables import cell_format
from crawler.package.tables.article_counts import Tally, count_rows, stated
from crawler.package.tables.filled_counts import stated_missing
from crawler.package.tables.partitions import read_part
from crawler.package.tables.run_history import REACHED, RECENT, latest_runs
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

_GAPS = 3  # usual gaps without a good run, after which a source is late
_LEAST = timedelta(hours=1)
_UNKNOWN = timedelta(days=2)  # where too few runs tell a usual gap
_FILE = re.compile(r"(?P<source>.+)-(?P<begun>\d{8}T\d{6})\d*Z-\d+\.warc\.gz(?:\.open)?")
# uz.eco-20261123T201500000000Z-00000.warc.gz


@dataclass(frozen=True, slots=True)
class Absent:
    """Articles of one source that were not there in the last runs, and wait for proof. Times are cells."""

    count: int
    since: str  # the first such capture
    gone_after: str  # a run that finds the earliest of them absent then, or later, calls it withdrawn


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source. Times are cells as in `runs`; empty when there is none."""

    source_id: str
    title: str
    live: int
    withdrawn: int
    is_published: bool  # False: it has no row yet
    runs: int  # that were looked at
    last_run: str
    last_outcome: str
    last_seen: str  # the end of its last run in which it could be reached
    last_complete: str
    last_new: str
    late_since: str  # when it should have been seen; empty when it is not late
    quiet_since: str  # its last run with news, where it was reached since and had none for much longer than usual
    failing_since: str  # the start of the first of the runs that fail without a good one in between
    failing_runs: int
    reason: str  # of the failing streak
    pending: int  # WARC files that wait for a build
    unmet: tuple[str, ...]  # what is not as its seed expects, in words
    absent: Absent | None  # live articles that were not there when they were looked for
    held_since: str  # the end of the first run that a gate refused; empty when none does


@dataclass(frozen=True, slots=True)
class Health:
    """The package as a whole."""

    now: str
    version: str  # empty when nothing is published
    created: str
    looked_back_to: str  # the month or day of the oldest runs that were looked at; empty: all were
    sources: tuple[SourceHealth, ...]
    pending: tuple[str, ...]  # WARC files that no published version lists
    refused: Refusal | None  # the last build, when a gate refused it

    @property
    def late(self) -> list[str]:
        return [source.source_id for source in self.sources if source.late_since or self.is_lost(source)]

    def is_lost(self, source: SourceHealth) -> bool:
        """Whether a source has rows, and none of the runs that were looked at is of it: months have passed."""
        return source.is_published and not source.runs

    @property
    def failing(self) -> list[str]:
        return [source.source_id for source in self.sources if source.failing_since]

    @property
    def alarmed(self) -> list[str]:
        """The sources that are not as their seeds expect."""
        return [source.source_id for source in self.sources if source.unmet]

    def as_dict(self) -> dict[str, Any]:
        """The same as values that JSON knows."""
        return {**asdict(self), "late": self.late, "failing": self.failing, "alarmed": self.alarmed}


def health(workspace: Workspace, seeds: Mapping[str, Seed], *, named: Mapping[str, Seed], now: datetime) -> Health:
    """How the sources of a package stand at `now`. `seeds` are those of the package; sources `named` by the caller are
    told too when they were never crawled. A package whose first build was refused has no tables yet, and is told."""
    state = published(workspace)
    parts = state.parts if state else {}
    sources = (row for path in parts.get("sources", ()) for row in read_part(table("sources"), workspace.resolve(path)))
    titles = {row["source_id"]: row["title"] for row in sources}
    latest, oldest = latest_runs(workspace, parts, titles)
    runs: dict[str, list[Row]] = {}
    for row in latest:
        runs.setdefault(row["source_id"], []).append(row)
    tally = _tally(workspace, state) if state else {}
    pending = _pending(workspace, listed_warcs(workspace, state.descriptor) if state else {})
    waiting = Counter(_source_of(name) for name in pending)
    begun = {_source_of(name): _begun(name) for name in pending if name.startswith("archive/")}  # the last of each
    refusal = last_refusal(workspace)
    held = {v.source: v.since or refusal.captured_until for v in refusal.verdicts} if refusal else {}
    known = titles | {name: next(iter(seed.title.values())) for name, seed in named.items() if name not in titles}
    its_seeds = {**seeds, **named}
    unmet = unmet_expectations(state, its_seeds, runs) if state else {}
    missing = absences(state.descriptor, its_seeds) if state else {}
    found = []
    for source in sorted(known.keys() | {name for name in waiting if name}):
        its, counts = runs.get(source, []), tally.get(source, {})
        seed = named.get(source) or seeds.get(source)
        quiet = quiet_since(its, seed.expect.quiet_days if seed else 0.0)
        found.append(
            SourceHealth(
                source,
                known.get(source, ""),
                counts.get("live", 0),
                counts.get("withdrawn", 0),
                is_published=source in titles,
                pending=waiting[source],
                unmet=unmet.get(source, ()),
                absent=missing.get(source),
                held_since=held.get(source, ""),
                quiet_since=quiet[0] if quiet else "",
                late_since=_late_since(its, seed, now, begun.get(source, "")),
                **_history(its, "unknown" if source in titles else "never"),
            )
        )
    head = state.descriptor if state else {}
    version, created = str(head.get("version", "")), str(head.get("created", ""))
    return Health(cell_format.utc(now), version, created, oldest, tuple(found), tuple(pending), refusal)


def _tally(workspace: Workspace, state: Published) -> Tally:
    told = stated(state.descriptor)
    return count_rows(workspace, state.parts.get("articles", ())) if told is None else told


def absences(descriptor: Mapping[str, Any], seeds: Mapping[str, Seed]) -> dict[str, Absent]:
    """By source: the articles whose absence waits for proof (`[crawl] gone_hours` and `gone_runs`)."""
    of: dict[str, list[str]] = {}
    for its in stated_missing(descriptor).values():
        of.setdefault(its.source_id, []).append(its.since)
    return {source: Absent(len(its), min(its), gone_after(min(its), seeds.get(source))) for source, its in of.items()}


def gone_after(since: str, seed: Seed | None) -> str:
    """When an absence `since` then is proved, if it still lasts."""
    hours = (seed.crawl if seed else CrawlPolicy()).gone_hours
    return cell_format.utc(cell_format.parse_utc(since) + timedelta(hours=hours))


def _history(runs: Sequence[Row], none: str) -> dict[str, Any]:
    """What runs tell; `none` is the outcome where there is none."""
    streak = _failing(runs)
    told = [row for row in streak if row["outcome"] != "interrupted"] or streak
    return {
        "runs": len(runs),
        "last_run": runs[-1]["ended_at"] if runs else "",
        "last_outcome": runs[-1]["outcome"] if runs else none,
        "last_seen": _last(runs, lambda row: row["outcome"] in REACHED),
        "last_complete": _last(runs, lambda row: row["outcome"] == "complete"),
        "last_new": _last(runs, lambda row: row["new"] != "0"),
        "failing_since": streak[0]["started_at"] if streak else "",
        "failing_runs": len(streak),
        "reason": (told[-1]["first_fault"] or told[-1]["outcome"]) if told else "",
    }


def _failing(runs: Sequence[Row]) -> list[Row]:
    """The runs since the last good one. A person may break one off: a single interruption is no failure."""
    streak: list[Row] = []
    for row in reversed(runs):
        if row["outcome"] in GOOD:
            break
        streak.insert(0, row)
    while streak and streak[0]["outcome"] == "interrupted" and len(streak) > 1:
        streak.pop(0)
    return [] if [row["outcome"] for row in streak] == ["interrupted"] and not _often(runs) else streak


def _often(runs: Sequence[Row]) -> bool:
    """Whether the last three runs were all interrupted: no accident, and nobody at a keyboard."""
    return len(runs) >= 3 and all(row["outcome"] == "interrupted" for row in runs[-3:])


def _last(runs: Sequence[Row], wanted: Any) -> str:
    return next((row["ended_at"] for row in reversed(runs) if wanted(row)), "")


def _late_since(runs: Sequence[Row], seed: Seed | None, now: datetime, waiting: str) -> str:
    """When a source that is late should have been seen: `[expect] late_hours` of its seed after it was seen last, or
    three times the usual gap between its last thirty runs, or two days where there were fewer than three runs. A source
    whose captures of `waiting` wait for a build was seen then."""
    if not runs:
        return ""
    starts = [cell_format.parse_utc(row["started_at"]) for row in runs[-RECENT:]]
    if seed and seed.expect.late_hours:
        allowed = timedelta(hours=seed.expect.late_hours)
    elif len(starts) >= 3:
        gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(starts)]
        allowed = max(_LEAST, timedelta(seconds=_GAPS * statistics.median(gaps)))
    else:
        allowed = _UNKNOWN
    seen = max(_last(runs, lambda row: row["outcome"] in REACHED) or runs[0]["started_at"], waiting)
    due = cell_format.parse_utc(seen) + allowed
    return cell_format.utc(due) if due < now else ""


def _pending(workspace: Workspace, listed: Mapping[str, object]) -> list[str]:
    """WARC files that wait for a build, sealed or left open by a run that goes on or was killed."""
    names = []
    for folder, suffix in ((workspace.archive, ".warc.gz"), (workspace.open_archive, ".open")):
        there = os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208 - a Path for each of ten years costs most
        names += [f"{workspace.relative(folder)}/{name}" for name in sorted(there) if name.endswith(suffix)]
    return [name for name in names if name not in listed]


def _source_of(path: str) -> str:
    match = _FILE.fullmatch(path.rpartition("/")[2])
    return match["source"] if match else ""


def _begun(path: str) -> str:
    """When the run began that made a WARC file, as a cell; empty for a file with another name than ours."""
    match = _FILE.fullmatch(path.rpartition("/")[2])
    return cell_format.utc(datetime.strptime(match["begun"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)) if match else ""
