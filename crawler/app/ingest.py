"""Captures of other tools taken into a package, which is then built."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from crawler.app.commands import Show
from crawler.app.open_package import opened
from crawler.app.settings_file import settings_of
from crawler.app.summary import Summary
from crawler.archive.foreign import Taken
from crawler.archive.foreign import ingest as take_in
from crawler.archive.foreign.take_in import Stocktaking, in_turn
from crawler.batch.engines import named
from crawler.batch.stock_pool import StockPool
from crawler.errors import CrawlIncomplete, NotFound, Refused, UsageError
from crawler.model import Seed
from crawler.package.build import build as building
from crawler.package.checks.validate import validate as check
from crawler.pages import page_object
from crawler.seeds import all_seeds, catalogue, find_seeds
from crawler.workspace import Workspace

_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz", ".wacz", ".zip")
_TOLD = 20  # files whose account is shown before an error
_MAX_FILES = 100_000  # of a folder
_WORTH_PROCESSES = 16 << 20  # bytes of files


def ingest(
    files: Sequence[Path],
    seed: str | None,
    package: Path,
    *,
    show: Show,
    folders: Sequence[Path] = (),
    engine: str = "processes",
) -> Summary:
    """Takes captures of other tools into a package, and builds it. `files` may be folders of such; `seed` is a source
    or a country; without it each capture goes to the source that owns its address, of all that are known."""
    named(engine)  # before anything is taken
    workspace, settings = Workspace(package), settings_of(package)
    known = catalogue(folders, carried=workspace.seeds)
    if seed:
        chosen = find_seeds([seed], known, tell=show.tell)
    else:
        chosen = find_seeds([str(folder) for folder in folders], known, tell=show.tell) if folders else all_seeds(known)
    seeds = {source.id: source for source in chosen}
    paths = [path for file in files for path in _files_of(file)]
    with opened(workspace) as repairs:
        sources = {i: (its, page_object(its).owns) for i, its in seeds.items()}
        taken = take_in(paths, sources, workspace, _stocktaking(paths, seeds, engine))
        show.update("ingest", taken.count, taken.count, f"{taken.known} known already")
        if not taken.count and not taken.known:
            for account in taken.accounts[:_TOLD]:
                show.tell(str(account))
            told, why = ", ".join(str(file) for file in files), "; ".join(taken.notes) or "no captures in it"
            of = seed or f"{len(seeds)} sources"
            raise CrawlIncomplete(f"{told}: nothing of {of} could be taken: {why}")
        given = {source: its for source, its in seeds.items() if taken.taken[source] or seed == source}
        try:
            report = building.build(workspace, seeds=given, engine=engine, progress=show.update, settings=settings)
        except Refused as refusal:
            return _told(Summary.refusal(package, [], refusal, repairs), taken)
        validation = check(workspace, written=report.written)
    return _told(Summary.of(package, [], report, validation, repairs), taken)


def _stocktaking(paths: Sequence[Path], seeds: Mapping[str, Seed], engine: str) -> Stocktaking:
    """How the files are read: in other processes of this machine where that is worth starting them, since they may lie
    where no cluster sees them."""
    kind, rest = named(engine)
    most = int(rest) if kind == "processes" and rest else os.cpu_count() or 1
    workers = 1 if kind == "serial" else min(most, len(paths))
    if workers < 2 or sum(path.stat().st_size for path in paths if path.is_file()) < _WORTH_PROCESSES:
        return in_turn
    return StockPool(workers, [its for _, its in sorted(seeds.items())])


def _files_of(path: Path) -> list[Path]:
    """A file itself, or the archives in a folder and those below it, by name. Raises NotFound where a folder has none,
    UsageError where it has more than can be meant."""
    if not path.is_dir():
        return [path]
    found = [file for file in islice(path.rglob("*"), _MAX_FILES) if file.name.lower().endswith(_SUFFIXES)]
    if len(found) >= _MAX_FILES:
        raise UsageError(f"{path}: more than {_MAX_FILES:,} files; name a folder of archives")
    if not found:
        raise NotFound(f"{path}: no WARC, ARC or WACZ in this folder")
    return sorted(file for file in found if file.is_file())


def _told(summary: Summary, taken: Taken) -> Summary:
    left_out = dict(sorted(taken.left_out.items()))
    return replace(summary, lost=tuple(taken.faults), left_out=left_out, files=tuple(taken.accounts))
