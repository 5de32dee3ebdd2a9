"""From archive/ and seeds/ to a published version of the package."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from crawler.batch.shards import readable
from crawler.errors import EnvironmentFault, NotFound
from crawler.model import Article, Capture, Seed
from crawler.package.build.steps import Assembly
from crawler.package.descriptor.cell_types import cells_are_checked
from crawler.package.descriptor.settings import Settings
from crawler.package.gates.build_plan import Plan, Scans, make_plan
from crawler.package.gates.build_report import BuildReport
from crawler.package.gates.decide import captured_until, refuse, refused
from crawler.package.history.extraction_results import Progress, Reader, silent
from crawler.package.publication.lock import hold
from crawler.package.publication.quarantine import Refusal, Verdict, last_refusal
from crawler.package.publication.transaction import Publication, recover
from crawler.package.tables.row_index import Lookup
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, remove_tree

__all__ = ["BuildReport", "build", "extract_archive"]


def extract_archive(
    workspace: Workspace,
    *,
    seeds: Mapping[str, Seed] | None = None,
    engine: str = "processes",
    workers: int | None = None,
    progress: Progress | None = None,
    source: str = "",
    since: date | None = None,
) -> dict[str, int]:
    """How many captures of the archive are articles, and how many are rejected for each reason; of one `source` (or
    the sources of a country), and captured `since` a day (UTC), where these are named. What was read waits in the
    cache for the next build. Raises NotFound where the package has no such source, EnvironmentFault where the disk
    refuses."""
    try:
        with hold(workspace):
            recover(workspace)
            plan = make_plan(workspace, seeds or {}, full=True)
            reader = Reader(workspace, plan.seeds, engine, workers, progress or silent)
            if source and not any(_is_of(its, source) for its in plan.seeds):
                raise NotFound(f"{workspace.root}: has no source {source}")
            with closing(plan):
                return _read_part(plan, reader, source, since)
    except (OSError, sqlite3.OperationalError) as error:
        raise EnvironmentFault(f"cannot read {workspace.root}: {error}") from error


def _read_part(plan: Plan, reader: Reader, source: str, since: date | None) -> dict[str, int]:
    def is_wanted(capture: Capture) -> bool:
        of_source = not source or _is_of(capture.source_id, source)
        return of_source and readable(capture) and (not since or capture.fetched_at.date() >= since)

    files = {capture.locator.warc_file for capture in plan.captures if is_wanted(capture)}
    with closing(reader.outcomes(plan.captures, files)) as outcomes:  # what is read of a file waits as a whole
        found = (outcomes[capture.capture_id] for capture in plan.captures if is_wanted(capture))
        names = ("articles" if isinstance(its, Article) else its.reason.value for its in found)
        return dict(sorted(Counter(names).items()))


def _is_of(source: str, name: str) -> bool:
    """Whether a source is the one, or of the country, that a person names."""
    return source == name or source.startswith(f"{name}.")


def build(
    workspace: Workspace,
    *,
    seeds: Mapping[str, Seed],
    full: bool = False,
    engine: str = "processes",
    workers: int | None = None,
    progress: Progress | None = None,
    use_cache: bool = True,
    accept: Collection[str] = (),
    replaced: Collection[str] = (),
    readings: int = 0,
    settings: Settings | None = None,
    source: str = "",
) -> BuildReport:
    """Builds and publishes what is new in archive/, or all of it; returns what was found. With a `source` (or the
    sources of a country) the news of all others wait on, as those that are held back do.

    `accept` names gates whose refusal a person has looked at, `replaced` WARC files that have other bytes than
    published (by a withdrawal), `readings` how often the captures were read in another way before, where no published
    version says it, `settings` what is said of the package from now on (None: as it was). A source that another gate
    refuses is held back: it stays as it is published, its news wait for the next build, and the report and refused.json
    say why. Raises Refused when that leaves nothing to publish or the package as a whole is refused, PackageInvalid
    when a published file is gone or changed, ArchiveError, SeedError, PackageBusy or EnvironmentFault; the published
    version then stands as it was.
    """
    try:
        with hold(workspace), cells_are_checked(workspace):
            recovered = tuple(recover(workspace))
            reader = Reader(workspace, {}, engine, workers, progress or silent, use_cache)
            make = partial(make_plan, workspace, seeds, full=full, readings=readings, settings=settings)
            return _build(reader, make, recovered, accept=accept, replaced=replaced, source=source)
    except (OSError, sqlite3.OperationalError) as error:
        raise EnvironmentFault(f"cannot build {workspace.root}: {error}") from error


def _build(
    reader: Reader,
    make: Callable[..., Plan],
    recovered: tuple[str, ...],
    *,
    accept: Collection[str],
    replaced: Collection[str],
    source: str,
) -> BuildReport:
    """Builds, and where sources are refused builds again without their news."""
    before = last_refusal(reader.workspace) if source else None  # of others, which this build leaves as they are
    held = [verdict for verdict in before.verdicts if not _is_of(verdict.source, source)] if before else []
    until, scans = before.captured_until if before and held else "", Scans()
    while True:
        plan = make(held=_Held(frozenset(verdict.source for verdict in held), source), scans=scans)
        scans = plan.scans
        if source and not any(_is_of(its, source) for its in plan.seeds):
            raise NotFound(f"{reader.workspace.root}: has no source {source}")
        with closing(plan), begun_assembly(plan, replace(reader, seeds=plan.seeds), accept, replaced) as assembly:
            verdicts = refused(assembly.judge(), accept)
            if not verdicts:
                return assembly.publish(recovered, Refusal(until, tuple(held)) if held else None)
            held += verdicts
            until = max(until, captured_until(assembly.runs, verdicts))
            if not _can_go_without(plan, verdicts):
                refuse(reader.workspace, plan, Refusal(until, tuple(held)))


@dataclass(frozen=True, slots=True)
class _Held:
    """The sources whose news wait: those of `names`, and with `only` all but it."""

    names: frozenset[str]
    only: str

    def __contains__(self, source: object) -> bool:
        return source in self.names or bool(self.only and not _is_of(str(source), self.only))


def _can_go_without(plan: Plan, verdicts: Sequence[Verdict]) -> bool:
    """Whether sources can be held back: all that is refused is news of some, and there are news of others."""
    return {verdict.source for verdict in verdicts} < plan.news


@contextmanager
def begun_assembly(
    plan: Plan, reader: Reader, accept: Collection[str] = (), replaced: Collection[str] = ()
) -> Iterator[Assembly]:
    """An assembly whose staged files are gone at its end, unless a publication was begun."""
    workspace = reader.workspace
    lookup: Lookup | None = None
    try:
        publication = Publication(workspace)
        if plan.published and not plan.full:
            lookup = Lookup(workspace, plan.published.all_parts)
        with closing(Assembly(plan, publication, lookup, reader, accept, replaced)) as assembly:
            yield assembly
    finally:
        if lookup:
            lookup.close()
        if not is_file(workspace.journal):
            remove_tree(workspace.staging)
