"""The main job and its steps: what each verb of the command line calls. Here rooms meet that do not know each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from crawler.app.open_package import check_clock, opened
from crawler.app.settings_file import settings_beside, settings_of
from crawler.app.summary import Summary
from crawler.batch.engines import named
from crawler.clock import now
from crawler.crawl import open_files
from crawler.crawl.report import CrawlReport
from crawler.crawl.run import SOURCES_AT_ONCE, run_crawls
from crawler.demo import seed_texts, serve
from crawler.errors import EnvironmentFault, NotFound, PackageInvalid, Refused
from crawler.model import Seed
from crawler.package.build import build as building
from crawler.package.build.mend import mend
from crawler.package.checks.validate import validate as check
from crawler.package.exports import query
from crawler.package.exports.health import health
from crawler.package.gates.decide import check_accepted
from crawler.package.history.tombstones import load_withdrawals
from crawler.package.publication.doctor import examine
from crawler.package.publication.foreign import ForeignPublications
from crawler.package.publication.lock import descriptor_of
from crawler.package.publication.transaction import recover
from crawler.package.publication.unpublished_captures import waiting_files
from crawler.seeds import catalogue, find_seeds, parse_seed
from crawler.seeds.shards import Shard
from crawler.workspace import Workspace
from crawler.workspace.files import sizes_in


class Show(Protocol):
    """Where progress is told (console.Display)."""

    def update(self, task: str, done: int, total: int | None = None, note: str = "") -> None: ...

    def tell(self, note: str) -> None: ...

    def interrupted(self, going_on: str) -> None: ...


_STOPPING = "stopping: what was fetched is sealed, read and published; Ctrl-C once more ends at once"

# ---------------------------------------------------------------- the main job


def crawl(
    names: Sequence[str],
    package: Path,
    *,
    folders: Sequence[Path] = (),
    limit: int | None,
    full: bool,
    since: date | None,
    replay: Sequence[Path] | None,
    show: Show,
    at_once: int = SOURCES_AT_ONCE,
    shard: Shard | None = None,
    engine: str = "processes",
) -> Summary:
    """Crawls, extracts, builds and validates; the summary of all of it. `folders` are folders of seeds; of a `shard`,
    only the sources that belong to it are crawled. Pages are read on an `engine`."""
    named(engine)  # before anything is fetched
    for path in replay or ():
        if not path.is_file():
            raise NotFound(f"{path}: no file to replay")
    beside = settings_beside(package)
    folders = folders or (beside.seeds if beside else ())
    where = catalogue(folders, carried=Workspace(package).seeds)
    seeds = find_seeds(names, where, tell=show.tell, fetching=not replay)
    seeds = shard.of(seeds) if shard else seeds
    return _main_job(
        seeds,
        package,
        limit=limit,
        full=full,
        since=since,
        show=show,
        replay=replay or (),
        at_once=at_once,
        engine=engine,
    )


def demo(package: Path, *, runs: int, port: int | None, show: Show) -> Summary:
    """The main job over the embedded demo site, `runs` times; the site ages by one in between."""
    with serve(port or _port_of(package)) as site:
        seeds = [parse_seed(toml, seed_id=name, path=f"{name}.toml") for name, toml in seed_texts(site.url).items()]
        summaries = []
        for age in range(_age_of(package), _age_of(package) + runs):
            site.age = age
            summaries.append(_main_job(seeds, package, limit=None, full=False, since=None, show=show))
    return summaries[0].joined(summaries[1:])


def _main_job(
    seeds: Sequence[Seed],
    package: Path,
    *,
    limit: int | None,
    full: bool,
    since: date | None,
    show: Show,
    replay: Sequence[Path] = (),
    at_once: int = SOURCES_AT_ONCE,
    engine: str = "processes",
) -> Summary:
    workspace, settings = Workspace(package), settings_of(package)
    by_id = {seed.id: seed for seed in seeds}
    with opened(workspace) as repairs:
        check_clock(workspace)

        def fetched(source: str, counts: Mapping[str, int]) -> None:
            done = sum(n for name, n in counts.items() if name.startswith("fetched:")) + counts.get("failed", 0)
            show.update(f"crawl {source}", done, counts.get("requests"), f"{counts.get('articles new', 0)} new")

        reports = run_crawls(
            seeds,
            workspace,
            limit=limit,
            full=full,
            since=since,
            replay=replay,
            progress=fetched,
            stopping=lambda: show.interrupted(_STOPPING),
            lock=descriptor_of(workspace),
            skip=sorted(load_withdrawals(workspace)),
            at_once=at_once,
        )
        _check_disk(reports)
        if not workspace.descriptor.exists() and all(_is_blank(crawl) for crawl in reports):
            raise KeyboardInterrupt  # it came before the first answer: there is nothing to build from
        try:
            report = building.build(workspace, seeds=by_id, engine=engine, progress=show.update, settings=settings)
        except Refused as refusal:
            return Summary.refusal(package, reports, refusal, repairs)
        validation = check(workspace, written=report.written)  # `validate` looks at all
        made = {crawl.run_id for crawl in reports}
        begun = min((crawl.started_at for crawl in reports), default="")
        runs = [row for row in query.rows(workspace, "runs", since=begun) if row["run_id"] in made]
        mine = {crawl.source_id for crawl in reports}
        stands = health(workspace, by_id, named={}, now=now()).sources
    return Summary.of(package, reports, report, validation, repairs, runs, [s for s in stands if s.source_id in mine])


def _port_of(package: Path) -> int | None:
    """The port in the addresses of an earlier demo, so that a second one meets the same articles."""
    sources = query.rows(Workspace(package), "sources") if (package / "datapackage.json").exists() else ()
    for row in sources:
        port = row["homepage"].split("/")[2].rpartition(":")[2]
        if row["source_id"].startswith("demo.") and port.isdigit():
            return int(port)
    return None


def _age_of(package: Path) -> int:
    """The site's next age: one more than the runs that the package has seen."""
    if not (package / "datapackage.json").exists():
        return 1
    return 1 + sum(row["source_id"] == "demo.rivers" for row in query.rows(Workspace(package), "runs"))


def _check_disk(reports: Sequence[CrawlReport]) -> None:
    """A crawl that this machine has ended is not built upon: half of a source's answers are no news of it."""
    broken = [fault.detail for report in reports for fault in report.faults if fault.reason == "environment"]
    if broken:
        raise EnvironmentFault(
            f"{open_files.with_remedy(broken[0])}; what was fetched is kept, and waits for the next run"
        )


def _is_blank(report: CrawlReport) -> bool:
    fetched = any(n for name, n in report.counts.items() if name.startswith("fetched:"))
    return report.result == "interrupted" and not fetched


# ---------------------------------------------------------------- the steps


def extract(
    package: Path,
    *,
    workers: int | None,
    engine: str = "processes",
    source: str = "",
    since: date | None = None,
    show: Show,
) -> dict[str, int]:
    """Reads captures of a package again: all, or those of a `source` and `since` a day; how many are articles, and how
    many rejected for each reason."""
    workspace = Workspace(package)
    with _existing(workspace):
        return building.extract_archive(
            workspace, engine=engine, workers=workers, progress=show.update, source=source, since=since
        )


def build(
    package: Path,
    *,
    full: bool,
    workers: int | None,
    accept: Sequence[str],
    engine: str = "processes",
    source: str = "",
    show: Show,
) -> Summary:
    """Builds tables and descriptor from the archive, with the news of a `source` (or country) alone where one is named.
    `accept` names gates whose refusal a person has looked at."""
    check_accepted(accept)
    workspace = Workspace(package)
    with _existing(workspace) as repairs:
        report = building.build(
            workspace,
            seeds={},
            full=full,
            engine=engine,
            workers=workers,
            progress=show.update,
            accept=tuple(accept),
            settings=settings_of(package),
            source=source,
        )
        return Summary.of(package, [], report, None, repairs)


def validate(
    package: Path,
    *,
    full: bool,
    reextract: bool,
    through_frictionless: bool = False,
    engine: str = "processes",
    show: Show,
) -> Any:
    """Checks a package. Raises NotFound when there is none."""
    workspace = Workspace(package)
    if not workspace.descriptor.exists():
        raise NotFound(f"{package}: no datapackage.json here")
    show.update("validate", 0, None)
    return check(
        workspace,
        full=full,
        reextract=reextract,
        through_frictionless=through_frictionless,
        engine=engine,
    )


def doctor(package: Path, *, foreign: str = "", rebuild: bool = False, show: Show) -> dict[str, list[str]]:
    """What was done, what lies set aside, what no program can mend, and hints. Captures that wait are built upon.

    `foreign` ("finish" or "discard") says what becomes of a publication that another installation began and did not
    finish; without it, such a one stops all. With `rebuild`, all that the archive can give back is made again."""
    workspace = Workspace(package)
    with _existing(workspace, ForeignPublications(foreign).settle if foreign else recover) as repairs:
        mended = _rebuilt(workspace, show) if rebuild else []
        found = examine(workspace)
        done, problems = [*repairs, *mended, *found.done], list(found.problems)
        if found.waiting and not problems:
            try:
                report = building.build(workspace, seeds={}, progress=show.update)
                waiting = waiting_files(workspace)
                taken = [path.name for path in found.waiting if path not in waiting]
                done += [f"archive/{name}: taken into version {report.version}" for name in taken]
                problems += [f"held back, its captures wait for a build: {verdict}" for verdict in report.refused]
            except PackageInvalid as error:
                problems.append(f"captures wait for a build that is refused: {error}")
        aside = [f".work/damaged/{name} ({size} bytes)" for name, size in sorted(sizes_in(workspace.damaged).items())]
    return {"done": done, "set_aside": aside, "problems": problems, "hints": list(found.hints)}


def _rebuilt(workspace: Workspace, show: Show) -> list[str]:
    """What a rebuild from the archive has put in place, in words."""
    mended = mend(workspace, progress=show.update)
    if not mended.files:
        return ["the tables are what the archive gives: nothing was changed"]
    return [
        *(f"{path}: made again from the archive" for path in mended.files),
        f"version {mended.version} is published; what stood there is kept in .work/damaged",
    ]


@contextmanager
def _existing(workspace: Workspace, begun: Callable[[Workspace], list[str]] = recover) -> Iterator[list[str]]:
    if not workspace.descriptor.exists() and not workspace.archive.is_dir() and not workspace.open_archive.is_dir():
        raise NotFound(f"{workspace.root}: no package here; run `crawl` or `demo` first")
    with opened(workspace, begun) as repairs:
        yield repairs
