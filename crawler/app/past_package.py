"""A package as it stood at a moment: built anew from the WARC files of the runs that had ended by then. For the forms
that are files of a package; those that are tables are made of the tables, which costs less."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from crawler.archive.joining import cut_out
from crawler.archive.parts import place_in_time
from crawler.errors import NotFound, PackageInvalid
from crawler.model import Reason
from crawler.package.build import build as building
from crawler.package.descriptor.descriptor import files_of, read_descriptor
from crawler.package.descriptor.file_lists import listed_files
from crawler.package.descriptor.seed_copies import read_seed
from crawler.package.descriptor.settings import Settings, load_kept
from crawler.package.exports import query
from crawler.package.gates.decide import GATES
from crawler.package.history.tombstones import FILE as WITHDRAWALS
from crawler.package.history.tombstones import Withdrawal, dump_withdrawals, load_withdrawals, parted_withdrawals
from crawler.package.publication.consistent_read import steadily
from crawler.package.publication.joined_copies import joined_in
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import hash_file
from crawler.package.tables.places import Places
from crawler.workspace import Workspace
from crawler.workspace.files import copy_file, make_folder, remove, write_synced

_PLACE = ("capture_id", "run_id", "media_type", "warc_file", "warc_offset", "warc_length")
_TITLE = 300  # characters, as settings have it


@contextmanager
def past_package(package: Path, moment: str, *, engine: str = "processes") -> Iterator[Workspace]:
    """A package of its own in a temporary folder, with what had been captured by the runs that ended until `moment`, a
    cell of `cell_format.utc`; it is gone at the end. What was taken out on request since then is out of it.

    Raises NotFound where no run had ended, PackageInvalid where a WARC file is not what the descriptor lists."""
    with tempfile.TemporaryDirectory(prefix="ministry-news-past-") as folder:
        source = Workspace(package)
        number = 0

        def attempt() -> Workspace:
            nonlocal number
            number += 1  # an attempt that met another version left files of that
            return _built(source, Workspace(Path(folder) / str(number) / source.root.resolve().name), moment, engine)

        yield steadily(source, attempt)


def _built(source: Workspace, target: Workspace, moment: str, engine: str) -> Workspace:
    head = read_descriptor(source)
    if head is None:
        raise NotFound(f"{source.root}: no package here; run `crawl` or `demo` first")
    files = {**files_of(head), **listed_files(source, head)}
    runs = [row for row in query.rows(source, "runs") if row["ended_at"] <= moment]
    if not runs:
        raise NotFound(f"{source.root}: no run had ended by {moment}")
    make_folder(target.archive)
    for path in sorted({path for row in runs for path in cell_format.parse_array(row["warc_files"])}):
        if path not in files:
            raise PackageInvalid(f"{source.root}: {path} is told of a run, and is not listed")
        copy_file(source.resolve(path), target.root / path)
        if hash_file(target.root / path) != (files[path].sha256, files[path].bytes):
            raise PackageInvalid(f"{source.root}: {path} is not as its descriptor says; validate it")
    seeds = {name: read_seed(source.seeds / f"{name}.toml") for name in {row["source_id"] for row in runs}}
    run_ids = {row["run_id"] for row in runs}
    places = joined_in(target)
    _cut_back(source, target, places, run_ids)
    if gone := parted_withdrawals(_gone(source, run_ids), places):
        make_folder(target.seeds)
        write_synced(target.root / WITHDRAWALS, dump_withdrawals(gone))
    kept = load_kept(source)
    title = f"{head.get('title', '')}, as it stood at {moment}"
    settings = replace(kept.settings if kept else Settings(), title=title[-_TITLE:])
    # Nothing in it is news to anybody: what gates asked about then was published.
    building.build(target, seeds=seeds, full=True, engine=engine, settings=settings, accept=GATES)
    return target


def _cut_back(source: Workspace, target: Workspace, places: Places, runs: Collection[str]) -> None:
    """Puts in the place of joined files those of their parts that are of `runs`, as they were: others came later."""
    needed = {path: {part for part in parts if _run_of(part.name) in runs} for path, parts in places.joined.items()}
    for row in query.rows(source, "captures") if places else ():  # what other tools captured is of runs of any name
        if row["run_id"] in runs and (part := places.part_of(row)):
            needed[row["warc_file"]].add(part)
    for path, parts in needed.items():
        for part in parts:
            cut_out(target.root / path, part, target.archive / part.name)
        remove(target.root / path)


def _run_of(name: str) -> str:
    place = place_in_time(name)
    return place.run if place else ""


def _gone(source: Workspace, runs: Collection[str]) -> dict[str, Withdrawal]:
    """What was taken out on request of what `runs` had captured. Its row stands on the last wording: where that came
    later, on the first capture of the article instead."""
    found: dict[str, Withdrawal] = {}
    later: dict[str, Withdrawal] = {}
    for article, its in load_withdrawals(source).items():
        (found if its.row["run_id"] in runs else later)[article] = its
    first: dict[str, tuple[str, str]] = {}  # article -> when and what its first capture was
    for row in query.rows(source, "rejections") if later else ():
        if row["article_id"] in later and row["reason"] == Reason.ON_REQUEST.value and row["run_id"] in runs:
            when = (row["fetched_at"], row["capture_id"])
            first[row["article_id"]] = min(first.get(row["article_id"], when), when)
    articles = {capture: article for article, (_, capture) in first.items()}
    for row in query.rows(source, "captures") if articles else ():
        article = articles.get(row["capture_id"], "")
        if article:
            place = {name: row[name] for name in _PLACE} | {"seen_at": row["fetched_at"]}
            found[article] = replace(later[article], row=later[article].row | place)
    return found
