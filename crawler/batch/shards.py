"""What there is to extract: the captures of WARC files, cut into tasks of a few pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from crawler.archive.warc.reader import RunRecord, iter_captures, read_captures
from crawler.errors import ArchiveError
from crawler.model import Capture, Role, Seed

PAGES_PER_TASK = 20


@dataclass(frozen=True, slots=True)
class Page:
    """One capture to read, in the file that holds its payload."""

    path: Path
    capture: Capture


def scan(path: Path) -> list[Capture]:
    """The captures of one sealed WARC file. Raises ArchiveError also when it does not say whose they are."""
    return _named(path, list(iter_captures(path, warc_file=f"archive/{path.name}")))


def scan_runs(path: Path) -> tuple[list[Capture], tuple[RunRecord, ...]]:
    """As `scan`, with what the file says of its run, or of the runs of its parts: it is read once."""
    captures, runs = read_captures(path, warc_file=f"archive/{path.name}")
    found = runs()
    if len({run.source_id for run in found}) > 1:
        raise ArchiveError(f"{path}: its parts are of several sources")
    return _named(path, captures), found


def _named(path: Path, captures: list[Capture]) -> list[Capture]:
    for capture in captures:
        if not capture.source_id or not capture.run_id:
            raise ArchiveError(f"{path}: its warcinfo names no source and run; take it in with `ingest FILE --seed ID`")
    return captures


def readable(capture: Capture) -> bool:
    """Whether extraction has something to say of `capture`: made for an article, and not a repetition."""
    return capture.role is Role.ARTICLE and capture.kind != "revisit"


def tasks(pages: Iterable[Page], seeds: Mapping[str, Seed]) -> Iterator[tuple[Seed, list[Page]]]:
    """`pages` cut into tasks of one source each: pages that follow each other, which are asked for when a task is.
    Raises ArchiveError for a source without a seed."""
    for source_id, its in groupby(pages, key=lambda page: page.capture.source_id):
        while chunk := list(islice(its, PAGES_PER_TASK)):
            if source_id not in seeds:
                path = chunk[0].path
                raise ArchiveError(f"{path}: no seed {source_id!r}: neither in the package nor among the known ones")
            yield seeds[source_id], chunk
