"""WARC files of months that are over, joined into one for each source and month, in one publication."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.joining import Source, is_plain, join
from crawler.archive.parts import Part, is_joined, place_in_time
from crawler.archive.warc.reader import is_ingested
from crawler.errors import ArchiveError, EnvironmentFault, NotFound, PackageInvalid, UsageError
from crawler.package.build.build import begun_assembly
from crawler.package.build.steps import Assembly
from crawler.package.descriptor.cell_types import cells_are_checked
from crawler.package.descriptor.descriptor import File
from crawler.package.descriptor.published import published
from crawler.package.gates.build_plan import Plan, make_plan
from crawler.package.history.extraction_results import Progress, Reader, load, silent, store
from crawler.package.history.tombstones import FILE as WITHDRAWALS
from crawler.package.history.tombstones import dump_withdrawals, moved_withdrawals
from crawler.package.publication.lock import hold
from crawler.package.publication.quarantine import last_refusal
from crawler.package.publication.sidecar_files import stage
from crawler.package.publication.transaction import Publication, recover
from crawler.package.tables.partitions import read_part
from crawler.package.tables.places import Places
from crawler.package.tables.tables import table, tables
from crawler.workspace import Workspace
from crawler.workspace.files import make_folder, remove

LARGEST = 1 << 30  # bytes of a joined file: what the guidelines of the WARC standard (ISO 28500, annex C) recommend
_HELD_SPACE = 64 << 20  # bytes free that stay so


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one source and month that become one."""

    source: str
    month: str  # "2026-10"
    files: tuple[File, ...]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class JoinPlan:
    """What a join does."""

    groups: tuple[Group, ...]
    files: int  # WARC files that are published
    odd: tuple[str, ...]  # files of months that are over, which stay as they are: not as this program writes them

    @property
    def files_after(self) -> int:
        return self.files - sum(len(group.files) - 1 for group in self.groups)


@dataclass(frozen=True, slots=True)
class JoinReport:
    """What was joined."""

    plan: JoinPlan
    version: str
    joined: tuple[str, ...]  # paths of the new files
    recovered: tuple[str, ...]


def plan_join(workspace: Workspace, *, until: str, source: str = "", largest: int = LARGEST) -> JoinPlan:
    """Which published WARC files of months up to `until` ("2026-10") become one, of a `source` or country where one is
    named: those of a month in the order of time, the files of a run together, until `largest` bytes are reached. What
    is joined already stays as it is.

    Raises NotFound where there is no package, or nothing of the source, PackageInvalid, ArchiveError."""
    before = published(workspace)
    if before is None:
        raise NotFound(f"{workspace.root}: no datapackage.json here; run `crawl` or `build` first")
    warcs = {path: file for path, file in before.files.items() if path.startswith("archive/")}
    months: dict[tuple[str, str], list[File]] = {}
    odd, is_known = [], not source
    for path, file in sorted(warcs.items()):
        place = place_in_time(path)
        if place is None:
            odd += [] if source else [path]
        elif _is_of(place.source, source):
            is_known = True
            if place.month <= until and not is_joined(path):
                months.setdefault((place.source, place.month), []).append(file)
    if not is_known:
        raise NotFound(f"{workspace.root}: has no WARC file of {source}")
    found: dict[tuple[str, str, bool], list[File]] = {}
    for (its, month), files in months.items():
        for file in files if len(files) > 1 else ():  # one by itself is not read
            where = workspace.resolve(file.path)
            if is_plain(where):
                found.setdefault((its, month, is_ingested(where)), []).append(file)
            else:
                odd.append(file.path)
    groups = [
        Group(its_source, month, tuple(chunk))
        for (its_source, month, _), files in sorted(found.items())
        for chunk in _chunks(files, largest)
        if len(chunk) > 1
    ]
    return JoinPlan(tuple(groups), len(warcs), tuple(odd))


def _is_of(source: str, name: str) -> bool:
    return not name or source == name or source.startswith(f"{name}.")


def _chunks(files: Sequence[File], largest: int) -> Iterator[list[File]]:
    """Files by their names, in stretches of at most `largest` bytes; the files of a run are in one, whatever size."""
    runs: dict[str, list[File]] = {}
    for file in files:
        if place := place_in_time(file.path):
            runs.setdefault(place.run, []).append(file)
    chunk: list[File] = []
    for its in runs.values():
        if chunk and sum(file.bytes for file in (*chunk, *its)) > largest:
            yield chunk
            chunk = []
        chunk += its
    if chunk:
        yield chunk


def join_archive(
    workspace: Workspace,
    *,
    until: str,
    source: str = "",
    largest: int = LARGEST,
    progress: Progress = silent,
) -> JoinReport:
    """Joins the files of `plan_join` and publishes the package with them: tables and indexes name the new places, all
    else in them is as it was. Where nothing is to be joined, nothing is published.

    Records stand in the new files as they were, byte for byte. The old files go when the new version stands, each
    compared with what the new one holds. A join that was cut short is finished by the next command, or was not begun.
    Raises what `plan_join` does, UsageError where the package has to be built anew first, EnvironmentFault where the
    disk is too small (there has to be room for all that is joined) or refuses."""
    try:
        with hold(workspace), cells_are_checked(workspace):
            recovered = tuple(recover(workspace))
            plan = plan_join(workspace, until=until, source=source, largest=largest)
            before = published(workspace)
            if not plan.groups or before is None:
                return JoinReport(plan, str(before.descriptor["version"]) if before else "", (), recovered)
            _check_space(workspace, plan)
            version, paths = _publish(workspace, plan, recovered, progress)
            return JoinReport(plan, version, paths, recovered)
    except (OSError, sqlite3.OperationalError) as error:
        raise EnvironmentFault(f"cannot join the files of {workspace.root}: {error}") from error


def _check_space(workspace: Workspace, plan: JoinPlan) -> None:
    needed = sum(group.bytes for group in plan.groups) + _HELD_SPACE
    free = shutil.disk_usage(workspace.root).free
    if free < needed:
        words = f"{needed >> 20} MB are needed until the old files go, and {free >> 20} MB are free"
        raise EnvironmentFault(f"{workspace.root}: {words}; join in steps, with --until or --source")


def _publish(
    workspace: Workspace, plan: JoinPlan, recovered: tuple[str, ...], progress: Progress
) -> tuple[str, tuple[str, ...]]:
    building = make_plan(workspace, {}, full=False, with_new=False)  # new files wait for the next build
    with closing(building):
        if building.full:
            raise UsageError(f"{workspace.root}: has to be built first ({building.why}); run `ministry-news build`")
        reader = Reader(workspace, building.seeds)
        with begun_assembly(building, reader) as assembly:
            places = _stage_files(workspace, assembly.publication, plan, progress)
            assembly.judge()  # what stands: gates judge what is new, and nothing is
            _move_rows(assembly, places, progress)
            _move_withdrawals(building, assembly.publication, places)
            report = assembly.publish(recovered, last_refusal(workspace))
    _keep_readings(reader, plan, places)
    return report.version, tuple(sorted(places.joined))


def _stage_files(workspace: Workspace, publication: Publication, plan: JoinPlan, progress: Progress) -> Places:
    """Joins the files, each in staging, and takes them in."""
    joined: dict[str, tuple[Part, ...]] = {}
    done, total = 0, sum(len(group.files) for group in plan.groups)
    make_folder(publication.folder("archive"))
    for group in plan.groups:
        sources = [Source(workspace.resolve(file.path), file.bytes, file.sha256) for file in group.files]
        try:
            path, parts = join(sources, publication.folder("archive"))
        except ArchiveError as error:
            raise PackageInvalid(str(error)) from error
        relative = f"archive/{path.name}"
        publication.join(relative, parts)
        joined[relative] = parts
        done += len(sources)
        progress("join", done, total)
    return Places(joined)


def _move_rows(assembly: Assembly, places: Places, progress: Progress) -> None:
    """Puts every row that names a file that is joined, with its new place."""
    before = assembly.plan.published
    parts = [(name, path) for name in tables() for path in (before.parts.get(name, ()) if before else ())]
    for done, (name, path) in enumerate(parts):
        progress("tables", done, len(parts))
        if {"warc_file", "warc_files"} & {*table(name).columns}:
            rows = read_part(table(name), assembly.workspace.resolve(path))
            assembly.changes.put(name, (places.moved(row) for row in rows if places.moves(row)))
    for rows_of_plan in (assembly.plan.run_rows, assembly.runs):
        rows_of_plan[:] = [places.moved(row) for row in rows_of_plan]


def _move_withdrawals(plan: Plan, publication: Publication, places: Places) -> None:
    moved = moved_withdrawals(plan.withdrawn, places)
    plan.withdrawn |= moved
    if moved:
        stage(publication, WITHDRAWALS, dump_withdrawals(moved))


def _keep_readings(reader: Reader, plan: JoinPlan, places: Places) -> None:
    """What was read of the parts, kept under the joined file: a rebuild does not read them again."""
    by_name = {part.name: path for path, parts in places.joined.items() for part in parts}
    for group in plan.groups:
        old = [(file, reader.cache_of([group.source], file.sha256)) for file in group.files]
        readings = {
            capture: outcome for _, place in old for capture, outcome in (load(place) or {} if place else {}).items()
        }
        joined = by_name[Path(group.files[0].path).name]
        now = published(reader.workspace)
        target = reader.cache_of([group.source], now.files[joined].sha256) if now else None
        if readings and target:
            store(target, readings)
        for _, place in old:
            if place:
                remove(place)
