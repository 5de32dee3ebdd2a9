"""From captures to sights: what extraction makes of each, read now or kept from an earlier reading."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.batch.engines import engine as engine_named
from crawler.batch.engines import parse
from crawler.batch.extraction_fingerprint import extraction_version, seed_fingerprint
from crawler.batch.outcome_json import Outcome, pack
from crawler.batch.shards import Page, readable, tasks
from crawler.model import Capture, Locator, Reason, Rejection, Role, Seed
from crawler.package.tables.partitions import hash_file
from crawler.package.tables.row_builders import Sight, is_page
from crawler.package.tables.row_index import Holder, Lookup
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

    def outcomes(self, captures: Sequence[Capture]) -> dict[str, Outcome]:
        """By capture id: what extraction makes of those of `captures` that it can read."""
        pages = [Page(self.workspace.resolve(c.locator.warc_file), c) for c in captures if readable(c)]
        by_file: dict[Path, list[Page]] = {}
        for page in pages:
            by_file.setdefault(page.path, []).append(page)
        found: dict[str, Outcome] = {}
        missing: dict[Path, list[Page]] = {}
        for path, its in by_file.items():
            kept = self._kept(path, its)
            if kept is not None and all(page.capture.capture_id in kept for page in its):
                found |= {page.capture.capture_id: kept[page.capture.capture_id] for page in its}
            else:
                missing[path] = its
        found |= self.read([page for its in missing.values() for page in its])
        for path, its in missing.items() if self.use_cache else ():
            if place := self.cache(path, its):
                store(place, {p.capture.capture_id: found[p.capture.capture_id] for p in its})
        return found

    def read(self, pages: Sequence[Page]) -> dict[str, Outcome]:
        """By capture id: what extraction makes of `pages`."""
        run = engine_named(self.engine, workers=self.workers)
        found: dict[str, Outcome] = {}
        for capture_id, outcome in run(tasks(pages, self.seeds)):
            found[capture_id] = outcome
            self.progress("extract", len(found), len(pages))
        return found

    def _kept(self, path: Path, pages: Iterable[Page]) -> dict[str, Outcome] | None:
        place = self.cache(path, pages) if self.use_cache else None
        return load(place) if place else None

    def cache(self, path: Path, pages: Iterable[Page]) -> Path | None:
        """Where the readings of a WARC file wait; another place for other bytes, other code or another seed. None where
        nothing can be kept."""
        home = self.workspace.cache
        if home is None:
            return None
        sources = {page.capture.source_id for page in pages}
        key = [extraction_version(), *(seed_fingerprint(self.seeds[s]) for s in sorted(sources) if s in self.seeds)]
        folder = hashlib.sha256(" ".join(key).encode()).hexdigest()[:16]
        return home / "extracted" / folder / f"{hash_file(path)[0]}.jsonl.gz"


def sights(reader: Reader, captures: Sequence[Capture], lookup: Lookup | None) -> Iterator[Sight]:
    """The sights of those of `captures` that were made for an article. Repetitions take the outcome of what they
    repeat, which stands among `captures` or is found by `lookup`."""
    articles = [capture for capture in captures if capture.role is Role.ARTICLE]
    outcomes = reader.outcomes(articles)
    holders = {capture.capture_id: capture for capture in captures if capture.kind == "response"}
    settled = {s.capture.capture_id: s for s in _settled(articles, lookup)} if lookup else {}
    strange = {
        c.revisit_of: c
        for c in articles
        if c.kind == "revisit" and c.revisit_of not in outcomes and c.capture_id not in settled
    }
    pages = []
    for repeated, by in sorted(strange.items(), key=lambda pair: pair[0] or ""):
        for holder in _held(repeated, holders, lookup):
            capture = holder if isinstance(holder, Capture) else _as_capture(holder, by)
            holders[capture.capture_id] = capture
            pages.append(Page(reader.workspace.resolve(capture.locator.warc_file), capture))
    outcomes |= reader.read(pages) if pages else {}
    for capture in articles:
        if capture.capture_id in settled:
            yield settled[capture.capture_id]
        elif capture.kind != "revisit":
            yield Sight(capture, outcomes[capture.capture_id])
        elif capture.revisit_of in outcomes:
            yield Sight(capture, outcomes[capture.revisit_of], holders[capture.revisit_of])
        else:
            lost = Rejection(Reason.UNCHANGED, "what it repeats is not in this package", capture.url, capture.document)
            yield Sight(capture, lost)


def _settled(articles: Sequence[Capture], lookup: Lookup) -> Iterator[Sight]:
    """The sights of repetitions of what the published row was made of, where nothing else in this build can replace
    that row first: they say what the row says, and need no reading. Most captures of a run without news are such."""
    pages = {(c.source_id, c.document) for c in articles if c.kind == "response" and is_page(c.mime or "")}
    for capture in articles:
        if capture.kind == "revisit" and capture.document and (capture.source_id, capture.document) not in pages:
            said = Rejection(Reason.UNCHANGED, "", capture.url, capture.document)
            for holder in lookup.holders([capture.revisit_of or ""]):
                sight = Sight(capture, said, _as_capture(holder, capture))
                if lookup.stands_on(sight.article_id) == capture.revisit_of:
                    yield sight


def _held(repeated: str | None, holders: Mapping[str, Capture], lookup: Lookup | None) -> Iterator[Capture | Holder]:
    if repeated and repeated in holders:
        yield holders[repeated]
    elif repeated and lookup:
        yield from lookup.holders([repeated])


def _as_capture(holder: Holder, by: Capture) -> Capture:
    """The capture that a repetition names, with what the crawl knew of the document when it asked again."""
    row = holder.cells
    where = Locator(row["warc_file"], int(row["warc_offset"]), int(row["warc_length"]))
    return replace(
        by,
        capture_id=holder.capture_id,
        url=holder.url,
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        locator=where,
        kind="response",
        status=int(row["status"]) if row["status"] else None,
        mime=row["media_type"] or None,
        payload_sha256=row["payload_sha256"] or None,
        revisit_of=None,
    )


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
