"""Captures of other tools taken into a package, which is then built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crawler.app.commands import Show
from crawler.app.open_package import opened
from crawler.app.summary import Summary
from crawler.archive.foreign import Taken
from crawler.archive.foreign import ingest as take_in
from crawler.errors import CrawlIncomplete, Refused, UsageError
from crawler.package.build import build as building
from crawler.package.checks.validate import validate as check
from crawler.pages import page_object
from crawler.seeds import catalogue, find_seeds
from crawler.workspace import Workspace


def ingest(files: Sequence[Path], seed: str, package: Path, *, show: Show, folders: Sequence[Path] = ()) -> Summary:
    """Takes captures of other tools into a package, and builds it."""
    workspace = Workspace(package)
    found = find_seeds([seed], catalogue(folders, carried=workspace.seeds), tell=show.tell)
    if len(found) > 1:
        raise UsageError(f"{seed!r} means several sources; name one")
    source = found[0]
    with opened(workspace) as repairs:
        taken = take_in(files, source, workspace, page_object(source).owns)
        show.update("ingest", taken.taken, taken.taken, f"{taken.known} known already")
        if not taken.taken and not taken.known:
            names, why = ", ".join(str(file) for file in files), "; ".join(taken.notes) or "no captures in it"
            raise CrawlIncomplete(f"{names}: nothing of {source.id} could be taken: {why}")
        try:
            report = building.build(workspace, seeds={source.id: source}, progress=show.update)
        except Refused as refusal:
            return _told(Summary.refusal(package, [], refusal, repairs), taken)
        validation = check(workspace, written=report.written)
    return _told(Summary.of(package, [], report, validation, repairs), taken)


def _told(summary: Summary, taken: Taken) -> Summary:
    return replace(summary, lost=tuple(taken.faults), left_out=dict(sorted(taken.left_out.items())))
