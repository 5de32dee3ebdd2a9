"""What there is to extract: the captures of WARC files, cut into tasks of a few pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crawler.archive.warc.reader import iter_captures
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
    captures = list(iter_captures(path, warc_file=f"archive/{path.name}"))
    for capture in captures:
        if not capture.source_id or not capture.run_id:
            raise ArchiveError(f"{path}: its warcinfo names no source and run; take it in with `ingest FILE --seed ID`")
    return captures


def readable(capture: Capture) -> bool:
    """Whether extraction has something to say of `capture`: made for an article, and not a repetition."""
    return capture.role is Role.ARTICLE and capture.kind != "revisit"


def tasks(pages: Iterable[Page], seeds: Mapping[str, Seed]) -> Iterator[tuple[Seed, list[Page]]]:
    """`pages` cut into tasks of one source each. Raises ArchiveError for a source without a seed."""
    by_source: dict[str, list[Page]] = {}
    for page in pages:
        by_source.setdefault(page.capture.source_id, []).append(page)
    for source_id, its in by_source.items():
        if source_id not in seeds:
            raise ArchiveError(f"{its[0].path}: no seed {source_id!r}: neither in the package nor among the known ones")
        rest = iter(its)
        while chunk := list(islice(rest, PAGES_PER_TASK)):
            yield seeds[source_id], chunk
