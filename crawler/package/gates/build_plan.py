"""What a build has to do: which WARC files are new, which seeds hold, and whether all must be read again."""

from __future__ import annotations

import sys
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crawler import timezones
from crawler.archive.foreign import contents_in, settled
from crawler.archive.foreign.runs import GAP
from crawler.archive.warc.reader import INGEST, RunRecord
from crawler.batch.extraction_fingerprint import (
    extraction_code,
    extraction_libraries,
    extraction_version,
    seed_fingerprint,
)
from crawler.batch.shards import scan_runs
from crawler.model import Seed
from crawler.package.descriptor.descriptor_shape import FEED
from crawler.package.descriptor.published import Published, published
from crawler.package.descriptor.settings import Kept, Settings, load_kept, with_given
from crawler.package.gates.published_state import (
    check_listed,
    files_on_disk,
    outdated_tables,
    read_before,
    reading_by,
)
from crawler.package.gates.source_seeds import choose_seeds, seed_stated
from crawler.package.history.captures import Captures
from crawler.package.history.tombstones import Withdrawal, load_withdrawals
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import read_part
from crawler.package.tables.run_history import all_runs, first_sights, recent_runs
from crawler.package.tables.tables import SCHEMA_MAJOR, Row, table
from crawler.workspace import Workspace

_TAKEN = {"result": "ingested"}  # what is told of a run of another tool: nobody knows whether it was whole
Scans = dict[Path, tuple[RunRecord, ...]]
"""Of which run WARC files are, or of which runs of one source, for plans that are made one after another."""


@dataclass(slots=True)
class Plan:
    """What a build has to do."""

    published: Published | None
    full: bool
    why: str  # why all is read again; empty when it is not
    captures: Captures = field(default_factory=Captures)  # of the files to read
    runs: dict[str, RunRecord] = field(default_factory=dict)
    run_files: dict[str, list[str]] = field(default_factory=dict)
    run_rows: list[Row] = field(default_factory=list)  # of published runs: the newest, or all if `full`
    since: dict[str, str] = field(default_factory=dict)  # by published source: when it was seen first
    seeds: dict[str, Seed] = field(default_factory=dict)
    runs_read: dict[str, list[Row]] = field(default_factory=dict)  # by path: parts of the published runs
    files: list[Path] = field(default_factory=list)
    news: set[str] = field(default_factory=set)  # sources with WARC files that are not published yet
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)  # by article id: taken out on request
    reread: set[str] = field(default_factory=set)  # sources that are read in another way than before
    outdated: frozenset[str] = frozenset()  # published tables whose columns are not those of this program
    scans: Scans = field(default_factory=dict)
    scanned: set[Path] = field(default_factory=set)  # whose captures are here
    kept: Kept | None = None  # what is said of the package
    readings: int = 0  # earlier ones, where there is no published version to tell them
    ingests: list[RunRecord] = field(default_factory=list)  # of the files in which captures were taken in
    _stated: dict[str, Seed] = field(default_factory=dict)  # by seed text: most runs of a source share one

    def seed_of(self, run_id: str) -> Seed:
        """The seed that a run used, so that a later seed rewrites no history; the source's where it states none."""
        run = self.runs[run_id]
        if not run.seed_toml:
            return self.seeds[run.source_id]
        if run.seed_toml not in self._stated:
            self._stated[run.seed_toml] = seed_stated(run.seed_toml, run.source_id, f"warcinfo of {run_id}")
        return self._stated[run.seed_toml]

    def close(self) -> None:
        """Gives back memory and disk."""
        self.captures.close()


def make_plan(
    workspace: Workspace,
    given: Mapping[str, Seed],
    *,
    full: bool,
    held: Container[str] = (),
    with_new: bool = True,
    scans: Scans | None = None,
    readings: int = 0,
    settings: Settings | None = None,
) -> Plan:
    """The plan for what stands in archive/, but for what is new of the sources in `held`: they stay as they are
    published. Without `with_new` all do, and files that are new are not looked into. `scans` are those of an earlier
    plan, `readings` is told of a package without a published version.

    Raises PackageInvalid when a published WARC file is gone or changed, ArchiveError when one cannot be read or names
    no source."""
    before = published(workspace)
    listed = {path: file for path, file in before.files.items() if path.startswith("archive/")} if before else {}
    check_listed(workspace, listed)
    plan = Plan(before, full or before is None, "asked for" if full else "first build" if before is None else "")
    plan.scans, plan.readings = scans or {}, readings
    plan.kept = with_given(load_kept(workspace), settings, is_first=before is None)
    plan.outdated = outdated_tables(before)
    parts = {name: its for name, its in before.parts.items() if name not in plan.outdated} if before else {}
    plan.since = first_sights(workspace, parts)
    plan.withdrawn = load_withdrawals(workspace)
    known, fresh = files_on_disk(workspace, listed)
    fresh = [path for path in fresh if with_new and _scan(plan, path, held)[0].source_id not in held]
    given = {source: seed for source, seed in given.items() if source not in held}
    plan.news = {plan.scans[path][0].source_id for path in fresh}
    _take_in(plan, sorted([*known, *fresh]) if plan.full else fresh)
    _settle(plan, workspace)
    if before:
        sources = {run.source_id for run in plan.runs.values()}
        plan.run_rows = recent_runs(workspace, parts, before.created[:10], sources, plan.since, plan.runs_read)
    plan.seeds = _seeds_of(plan, workspace, given)
    if not plan.full and (why := _why_full(plan)):
        plan.why, plan.full = why, True
        _take_in(plan, known)
        _settle(plan, workspace)
        plan.seeds = _seeds_of(plan, workspace, given)
    if plan.full:
        plan.run_rows = all_runs(workspace, parts)
    plan.reread = {s for s in plan.seeds if read_before(before, s) not in (None, reading_by(plan.seeds[s]))}
    return plan


def _seeds_of(plan: Plan, workspace: Workspace, given: Mapping[str, Seed]) -> dict[str, Seed]:
    sources = {run.source_id for run in plan.runs.values()} | plan.since.keys()
    return choose_seeds(workspace, sources, [*plan.runs.values(), *plan.ingests], given, from_copies=plan.full)


def reading_of(plan: Plan) -> dict[str, Any]:
    """What the descriptor says of how pages were read."""
    return {
        "version": extraction_version(),
        "code": extraction_code(),
        "libraries": extraction_libraries(),
        "timezones": timezones.release(),
        "sources": {source: seed_fingerprint(seed) for source, seed in sorted(plan.seeds.items())},
        "readings": readings_of(plan),
    }


def readings_of(plan: Plan) -> int:
    """How often published captures were read in another way, or told in other columns. Like the rows of change kind
    extractor it is carried over from version to version."""
    before = plan.published.descriptor.get("extraction") if plan.published else None
    count = before.get("readings", 0) if isinstance(before, dict) else plan.readings
    known = count if isinstance(count, int) and count >= 0 else 0
    return known + bool(plan.reread or plan.outdated)


def _scan(plan: Plan, path: Path, held: Container[str] = ()) -> tuple[RunRecord, ...]:
    """The runs of a WARC file, whose captures are taken in unless their source is held back. It is read once, and again
    only when a source is held back by a plan that follows."""
    known = plan.scans.get(path)
    if path in plan.scanned or (known and known[0].source_id in held):
        return plan.scans[path]
    captures, runs = scan_runs(path)
    one_text = (replace(run, seed_toml=run.seed_toml and sys.intern(run.seed_toml)) for run in runs)  # for many runs
    plan.scans[path] = tuple(one_text)
    if runs[0].source_id not in held:
        plan.captures.add(captures)
        plan.scanned.add(path)
    return plan.scans[path]


def _take_in(plan: Plan, paths: Sequence[Path]) -> None:
    for path in paths:
        plan.files.append(path)
        for run in _scan(plan, path):
            _take_run(plan, run, f"archive/{path.name}")


def _take_run(plan: Plan, run: RunRecord, file: str) -> None:
    if run.software.endswith(INGEST):
        plan.ingests.append(run)
        return
    files = plan.run_files.setdefault(run.run_id, [])
    if file not in files:  # a run may have several parts in a joined file
        files.append(file)
    known = plan.runs.get(run.run_id)
    if known is None or run.report or run.started_at < known.started_at:
        plan.runs[run.run_id] = run


def _settle(plan: Plan, workspace: Workspace) -> None:
    """Gives captures of other tools their runs, and their revisits what they repeat."""
    if plan.captures.has_foreign:  # what they repeat may be any of the captures
        before = plan.captures
        plan.captures = Captures(settled(before, contents_in(workspace.resolve)))
        before.close()
    for run_id in [run_id for run_id, run in plan.runs.items() if run.report is _TAKEN]:  # told from fewer captures
        del plan.runs[run_id], plan.run_files[run_id]
    files: dict[str, set[str]] = {}
    for capture in plan.captures if plan.captures.has_foreign else ():  # in the order of time
        if capture.foreign:
            run_id, begun = capture.run_id, capture.fetched_at
            files.setdefault(run_id, set()).add(capture.locator.warc_file)
            run = RunRecord(capture.source_id, run_id, begun, f"ministry-news{INGEST}", None, _TAKEN)
            plan.runs.setdefault(run_id, run)
    for run_id, its in files.items():
        plan.run_files[run_id] = sorted(its.union(plan.run_files.get(run_id, ())))


def _why_full(plan: Plan) -> str:
    """Why history cannot be continued where it stands; empty when it can."""
    before = plan.published
    if before is None:
        return "first build"
    if before.descriptor.get("schemaVersion") != SCHEMA_MAJOR:
        return "the tables are of another schema"
    if FEED not in before.files:
        return "there is no feed of changes yet"
    if plan.outdated:
        return f"other columns in {', '.join(sorted(plan.outdated))} than before"
    for source, seed in plan.seeds.items():
        old = read_before(before, source)
        if old is not None and old != reading_by(seed):
            same_code = old[0] == extraction_version()
            return f"the seed of {source} reads pages in another way" if same_code else "extraction has changed"
    ended = {row["source_id"]: "" for row in plan.run_rows}
    for row in plan.run_rows:
        ended[row["source_id"]] = max(ended[row["source_id"]], row["ended_at"])
        if row["run_id"] in plan.runs:
            return f"run {row['run_id']} has further files"
    for capture in plan.captures:
        since = capture.fetched_at - GAP if capture.foreign else capture.fetched_at
        if cell_format.utc(since) < ended.get(capture.source_id, ""):
            return f"captures of {capture.source_id} are older than what is published"
    return _why_revisits(plan)


def _why_revisits(plan: Plan) -> str:
    """Whether what revisits of other tools repeat can stand in what is published, or come with what is new."""
    if not plan.captures.has_foreign:
        return ""
    if any(c.foreign and c.kind == "revisit" and not c.revisit_of for c in plan.captures):
        return "what captures repeat may be published"
    assert plan.published  # noqa: S101 - asked by the caller
    workspace, parts = plan.published.workspace, plan.published.parts
    ingested = {row["run_id"] for row in all_runs(workspace, parts) if row["software"].endswith(INGEST)}
    for path in parts.get("captures", ()) if ingested else ():
        for row in read_part(table("captures"), workspace.resolve(path)):
            if row["kind"] == "revisit" and row["run_id"] in ingested:
                return "what published captures repeat may have come"
    return ""
