"""From archive/ and seeds/ to a published version of the package."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from functools import partial

from crawler.errors import EnvironmentFault
from crawler.model import Article, Role, Seed
from crawler.package.assembly import Assembly
from crawler.package.lock import hold
from crawler.package.lookup import Lookup
from crawler.package.plan import Plan, make_plan
from crawler.package.publish import Publication, recover
from crawler.package.reading import Progress, Reader, silent
from crawler.package.report import KINDS, BuildReport
from crawler.workspace import Workspace

__all__ = ["KINDS", "BuildReport", "build", "extract_archive"]


def extract_archive(
    workspace: Workspace,
    *,
    seeds: Mapping[str, Seed] | None = None,
    engine: str = "processes",
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """How many captures of the archive are articles, and how many are rejected for each reason. What was read waits in
    the cache for the next build."""
    with hold(workspace):
        recover(workspace)
        plan = make_plan(workspace, seeds or {}, full=True)
        reader = Reader(workspace, plan.seeds, engine, workers, progress or silent)
        outcomes = reader.outcomes([capture for capture in plan.captures if capture.role is Role.ARTICLE])
    names = ("articles" if isinstance(o, Article) else o.reason.value for o in outcomes.values())
    return dict(sorted(Counter(names).items()))


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
) -> BuildReport:
    """Builds and publishes what is new in archive/, or all of it; returns what was found.

    `accept` names gates whose refusal a person has looked at, `replaced` WARC files that have other bytes than
    published (by a withdrawal). Raises PackageInvalid when another gate refuses or another file is changed,
    ArchiveError, SeedError, PackageBusy or EnvironmentFault; the published version then stands as it was.
    """
    try:
        with hold(workspace):
            recovered = recover(workspace)
            plan = make_plan(workspace, seeds, full=full)
            reader = Reader(workspace, plan.seeds, engine, workers, progress or silent, use_cache)
            assembly = partial(Assembly, accept=accept, replaced=replaced)
            return _build(plan, reader, tuple(recovered), assembly)
    except (OSError, sqlite3.OperationalError) as error:
        raise EnvironmentFault(f"cannot build {workspace.root}: {error}") from error


def _build(plan: Plan, reader: Reader, recovered: tuple[str, ...], assembly: Callable[..., Assembly]) -> BuildReport:
    workspace = reader.workspace
    lookup: Lookup | None = None
    try:
        publication = Publication(workspace)
        if plan.published and not plan.full:
            lookup = Lookup(workspace, plan.published.all_parts)
        return assembly(plan, publication, lookup, reader).run(recovered)
    finally:
        if lookup:
            lookup.close()
        if not workspace.journal.exists():
            shutil.rmtree(workspace.staging, ignore_errors=True)
