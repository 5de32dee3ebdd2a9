"""Packages joined into one, as if one crawl had made it: what several machines crawled, each with --shard."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.app.commands import Show
from crawler.app.merge_files import Holdings, take
from crawler.app.open_package import opened
from crawler.app.settings_file import settings_of
from crawler.app.summary import Summary
from crawler.errors import NotFound, PackageInvalid, Refused, UsageError
from crawler.model import Seed
from crawler.package.build import build as building
from crawler.package.checks.validate import validate as check
from crawler.package.descriptor.published import Published, published
from crawler.package.descriptor.seed_copies import read_seed
from crawler.package.history.tombstones import FILE as WITHDRAWALS
from crawler.package.history.tombstones import (
    Withdrawal,
    dump_withdrawals,
    load_withdrawals,
    moved_withdrawals,
    parted_withdrawals,
)
from crawler.package.publication.joined_copies import joined_in
from crawler.package.publication.unpublished_captures import waiting_files
from crawler.package.tables.partitions import read_part
from crawler.package.tables.tables import table
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, write_synced
from crawler.workspace.links import refuse_links


@dataclass(slots=True)
class _Sources:
    """The seed of each source: that of the package which looked at it last."""

    seeds: dict[str, Seed] = field(default_factory=dict)
    looked: dict[str, str] = field(default_factory=dict)  # source -> start of the newest run that is known of
    differ: set[str] = field(default_factory=set)

    def take(self, workspace: Workspace, newest: Mapping[str, str]) -> None:
        for source, moment in newest.items():
            seed = read_seed(workspace.seeds / f"{source}.toml")
            known = self.seeds.setdefault(source, seed)
            self.looked.setdefault(source, moment)
            if known.toml != seed.toml:
                self.differ.add(source)
            if (moment, seed.toml) > (self.looked[source], known.toml):
                self.seeds[source], self.looked[source] = seed, moment


def merge(packages: Sequence[Path], package: Path, *, show: Show) -> Summary:
    """Takes the captures, seeds and withdrawals of published packages into another, and builds it: its tables are those
    that one crawl would have given. What a package holds that waits for a build is told, and left out.

    A WARC file that is in two packages with different bytes, and words taken out on request of a package that is
    published already, are conflicts: nothing is taken then. A file goes to its place in one step, so a merge that was
    killed is done by doing it again. Raises NotFound, PackageInvalid, PackageBusy, UsageError."""
    workspace, settings = Workspace(package), settings_of(package)
    spaces = [Workspace(path) for path in packages]
    if any(space.root == workspace.root for space in spaces):
        raise UsageError(f"{package}: is to be made of others, and named among them")
    with opened(workspace) as repairs:
        sources = _Sources()
        if (before := published(workspace)) is not None:
            sources.take(workspace, _newest_runs(before))
        withdrawn = dict(load_withdrawals(workspace))
        withdrawn = parted_withdrawals(withdrawn, joined_in(workspace))
        known, held = frozenset(withdrawn), Holdings(workspace)
        for space in spaces:
            state = _state(space, show)
            held.want(state)
            sources.take(space, _newest_runs(state))
            _join(withdrawn, parted_withdrawals(load_withdrawals(space), joined_in(space)))
        _check_withdrawals(workspace, withdrawn.keys() - known, is_published=before is not None)
        for source in sorted(sources.differ):
            show.tell(f"{source}: its seed is not the same in all packages; that of its newest run is taken")
        for done, wanted in enumerate(held.wanted):
            show.update("merge", done, len(held.wanted))
            take(wanted, workspace)
        if withdrawn and not is_file(workspace.root / WITHDRAWALS):
            moved = moved_withdrawals(withdrawn, joined_in(workspace))
            write_synced(workspace.root / WITHDRAWALS, dump_withdrawals(moved))
        try:
            is_new = bool(waiting_files(workspace))  # also of a merge that was killed
            report = building.build(
                workspace, seeds=sources.seeds, full=is_new, progress=show.update, settings=settings
            )
        except Refused as refusal:
            return Summary.refusal(package, [], refusal, repairs)
        validation = check(workspace, written=report.written)
    return Summary.of(package, [], report, validation, repairs)


def _state(space: Workspace, show: Show) -> Published:
    """What a package publishes; what it holds beside that is told."""
    refuse_links(space)
    state = published(space)
    if state is None:
        raise NotFound(f"{space.root}: no datapackage.json here")
    if waiting := waiting_files(space):
        show.tell(f"{space.root}: {len(waiting)} WARC files wait for a build, and are left out")
    parts = state.parts.get("revisions", ())
    rows = (row for path in parts for row in read_part(table("revisions"), space.resolve(path)))
    if older := sum(row["change_kind"] == "extractor" for row in rows):
        show.tell(f"{space.root}: {older} earlier readings are left out: only the code of their time gives them")
    return state


def _newest_runs(state: Published) -> dict[str, str]:
    """By source: when its newest run began; empty for one without runs."""
    space = state.workspace
    rows = (row for path in state.parts.get("sources", ()) for row in read_part(table("sources"), space.resolve(path)))
    newest = {row["source_id"]: "" for row in rows}
    missing = set(newest)
    for row in _runs_backwards(state):
        newest[row["source_id"]] = max(row["started_at"], newest.get(row["source_id"], ""))
        missing.discard(row["source_id"])
        if not missing:
            break
    return newest


def _runs_backwards(state: Published) -> Iterator[dict[str, str]]:
    for path in reversed(state.parts.get("runs", ())):
        yield from reversed(list(read_part(table("runs"), state.workspace.resolve(path))))


def _join(withdrawn: dict[str, Withdrawal], more: Mapping[str, Withdrawal]) -> None:
    """Adds what was taken out in another package. Raises PackageInvalid where one says something else of an article."""
    for article, its in more.items():
        if withdrawn.setdefault(article, its) != its:
            raise PackageInvalid(f"article {article} was taken out of two packages, in different words")


def _check_withdrawals(workspace: Workspace, new: Collection[str], *, is_published: bool) -> None:
    if is_published and new:
        words = f"is published, and {len(new)} articles were taken out on request elsewhere; merge into a new folder"
        raise PackageInvalid(f"{workspace.root}: {words}: {', '.join(sorted(new)[:5])}")
