"""Which seed holds for each source of a build."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from crawler.archive.warc.reader import RunRecord
from crawler.errors import ArchiveError
from crawler.model import Seed
from crawler.package.descriptor.seed_copies import read_seed
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from crawler.workspace.files import matching


def choose_seeds(
    workspace: Workspace,
    sources: Collection[str],
    runs: Collection[RunRecord],
    given: Mapping[str, Seed],
    *,
    from_copies: bool,
) -> dict[str, Seed]:
    """The seed of each of `sources`: the given one; else that of the newest of `runs`, and the package's copy where
    none states one; the copy first with `from_copies`. Raises ArchiveError for a source without any."""
    chosen: dict[str, Seed] = {}
    newest = sorted((run for run in runs if run.seed_toml), key=lambda run: run.started_at)
    from_runs = {run.source_id: run.seed_toml or "" for run in newest}
    copies = {path.stem: path for path in matching(workspace.seeds, "*.toml")}
    for source in sorted(sources):
        if source in given:
            chosen[source] = given[source]
        elif source in from_runs and not from_copies:
            chosen[source] = seed_stated(from_runs[source], source, f"the newest run of {source}")
        elif source in copies:
            chosen[source] = read_seed(copies[source])
        elif source in from_runs:
            chosen[source] = seed_stated(from_runs[source], source, f"the newest run of {source}")
        else:
            raise ArchiveError(f"no seed {source!r}: neither among the known ones nor in the package")
    return chosen


def seed_stated(toml: str, source: str, where: str) -> Seed:
    """The seed that a run states. Raises SeedError naming `where`."""
    return parse_seed(toml, seed_id=source, path=where)
