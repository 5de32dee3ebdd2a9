"""What extraction makes of captures, read now or kept from an earlier reading."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.batch.engines import engine as engine_named
from crawler.batch.engines import parse
from crawler.batch.extraction_fingerprint import extraction_version, seed_fingerprint
from crawler.batch.outcome_json import Outcome, pack
from crawler.batch.shards import Page, readable, tasks
from crawler.model import Seed
from crawler.package.history.captures import Captures, Outcomes
from crawler.package.tables.partitions import hash_file
from crawler.workspace import Workspace
from crawler.workspace.files import make_folder, move, open_read, open_write, remove

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total)."""


def silent(stage: str, done: int, total: int) -> None:
    """Shows nothing."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read: where the files are, with which seeds, on which engine."""

    workspace: Workspace
    seeds: Mapping[str, Seed]
    engine: str = "processes"
    workers: int | None = None
    progress: Progress = silent
    use_cache: bool = True

    def outcomes(self, captures: Captures, files: Iterable[str]) -> Outcomes:
        """What extraction makes of those of `captures` in these WARC files that it can read."""
        found = Outcomes()
        missing: dict[str, _Missing] = {}
        for file in sorted(files):
            pages = list(self._pages(captures, file))
            place = self.cache(pages[0].path, pages) if self.use_cache and pages else None
            kept = load(place) if place else None
            if kept is not None and all(page.capture.capture_id in kept for page in pages):
                for page in pages:
                    found.put(page.capture.capture_id, kept[page.capture.capture_id])
            elif pages:
                missing[file] = _Missing(place, len(pages))
        self._read_files(captures, missing, found)
        return found

    def _pages(self, captures: Captures, file: str) -> Iterator[Page]:
        path = self.workspace.resolve(file)
        return (Page(path, capture) for capture in captures.of_file(file) if readable(capture))

    def _read_files(self, captures: Captures, missing: Mapping[str, _Missing], found: Outcomes) -> None:
        """Adds what is read of files, one after another; what of each was read waits in the cache."""
        done, total = 0, sum(its.pages for its in missing.values())
        under_way: dict[str, str] = {}  # capture id -> file

        def pages() -> Iterator[Page]:
            for file in missing:
                for page in self._pages(captures, file):
                    under_way[page.capture.capture_id] = file
                    yield page

        run = engine_named(self.engine, workers=self.workers)
        for capture_id, outcome in run(tasks(pages(), self.seeds)) if missing else ():
            found.put(capture_id, outcome)
            file = under_way.pop(capture_id)
            its, done = missing[file], done + 1
            its.pages -= 1
            if not its.pages and its.place:
                ids = [page.capture.capture_id for page in self._pages(captures, file)]
                store(its.place, {i: found[i] for i in ids})
            self.progress("extract", done, total)

    def read(self, pages: Sequence[Page]) -> dict[str, Outcome]:
        """By capture id: what extraction makes of `pages`."""
        run = engine_named(self.engine, workers=self.workers)
        found: dict[str, Outcome] = {}
        ordered = sorted(pages, key=lambda page: page.capture.source_id)  # a task has pages of one source
        for capture_id, outcome in run(tasks(ordered, self.seeds)):
            found[capture_id] = outcome
            self.progress("extract", len(found), len(pages))
        return found

    def cache(self, path: Path, pages: Iterable[Page]) -> Path | None:
        """Where the readings of a WARC file wait; another place for other bytes, other code or another seed. None where
        nothing can be kept."""
        if self.workspace.cache is None:
            return None
        return self.cache_of({page.capture.source_id for page in pages}, hash_file(path)[0])

    def cache_of(self, sources: Iterable[str], sha256: str) -> Path | None:
        """As `cache`, of a file with this hash that holds captures of `sources`."""
        home = self.workspace.cache
        key = [extraction_version(), *(seed_fingerprint(self.seeds[s]) for s in sorted(sources) if s in self.seeds)]
        folder = hashlib.sha256(" ".join(key).encode()).hexdigest()[:16]
        return home / "extracted" / folder / f"{sha256}.jsonl.gz" if home else None


@dataclass(slots=True)
class _Missing:
    """What is to be read of a file."""

    place: Path | None  # where it waits then
    pages: int


def load(path: Path) -> dict[str, Outcome] | None:
    """What was kept at `path`, by capture id; None when nothing is there, or nothing that can be read."""
    try:
        with open_read(path) as raw, gzip.GzipFile(fileobj=raw) as file:
            return dict(parse(line) for line in file)
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        remove(path)  # a cache that a crash spoiled: made anew
        return None


def store(path: Path, outcomes: Mapping[str, Outcome]) -> None:
    """Keeps readings at `path`, for the next build."""
    make_folder(path.parent)
    draft = path.with_suffix(f".{os.getpid()}.new")
    with open_write(draft) as raw, gzip.GzipFile("", "wb", 1, raw, mtime=0) as file:
        for capture_id in sorted(outcomes):
            file.write(json.dumps([capture_id, pack(outcomes[capture_id])]).encode() + b"\n")
    move(draft, path)
