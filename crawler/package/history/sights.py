"""From captures to sights: each capture that was made for an article, with what reading it gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from crawler.batch.outcome_json import Outcome
from crawler.batch.shards import Page, readable
from crawler.model import Capture, Locator, Reason, Rejection, Role
from crawler.package.history.canonical_documents import Run
from crawler.package.history.captures import Captures
from crawler.package.history.extraction_results import Reader
from crawler.package.tables import cell_format
from crawler.package.tables.row_builders import Sight, is_page
from crawler.package.tables.row_index import Holder, Lookup


class Sights:
    """The sights of those of `captures` that were made for an article. Repetitions take the outcome of what they
    repeat, which stands among `captures` or is found by `lookup`."""

    def __init__(self, reader: Reader, captures: Captures, lookup: Lookup | None) -> None:
        self._captures = captures
        self._holders: dict[str, Capture] = {}  # of earlier versions
        begun: dict[str, str] = {}  # by run: its first capture for an article
        self._leading_on: set[str] = set()  # runs with redirects
        files: set[str] = set()
        for capture in captures:
            if capture.role is Role.ARTICLE:
                begun.setdefault(capture.run_id, cell_format.utc(capture.fetched_at))
                if capture.redirect:
                    self._leading_on.add(capture.run_id)
                if readable(capture):
                    files.add(capture.locator.warc_file)
        self._runs = [run_id for _, run_id in sorted((moment, run_id) for run_id, moment in begun.items())]
        self._outcomes = reader.outcomes(captures, files)
        self._settled = {s.capture.capture_id: s for s in _settled(captures, lookup)} if lookup else {}
        for capture_id, outcome in self._read_strange(reader, lookup).items():
            self._outcomes.put(capture_id, outcome)

    def _read_strange(self, reader: Reader, lookup: Lookup | None) -> Mapping[str, Outcome]:
        """What revisits repeat that was not captured for an article, or in an earlier version."""
        strange: dict[str, Capture] = {}
        for capture in self._captures:
            repeated = capture.revisit_of or ""
            is_one = capture.role is Role.ARTICLE and capture.kind == "revisit" and repeated
            if is_one and repeated not in self._outcomes and capture.capture_id not in self._settled:
                strange[repeated] = capture
        pages = []
        for repeated, by in sorted(strange.items()):
            for capture in self._held(repeated, by, lookup):
                self._holders[repeated] = capture
                pages.append(Page(reader.workspace.resolve(capture.locator.warc_file), capture))
        return reader.read(pages) if pages else {}

    def _held(self, repeated: str, by: Capture, lookup: Lookup | None) -> Iterator[Capture]:
        known = self._captures.get(repeated)
        if known and known.kind == "response":
            yield known
        elif lookup:
            yield from (_as_capture(holder, by) for holder in lookup.holders([repeated]))

    def __iter__(self) -> Iterator[Sight]:
        """In the order of time."""
        return (self.of(capture) for capture in self._captures if capture.role is Role.ARTICLE)

    def runs(self) -> Iterator[Run]:
        """The sights of each run; in the order of the runs' first sights."""
        for run_id in self._runs:
            yield Run(partial(self._of_run, run_id), run_id in self._leading_on)

    def _of_run(self, run_id: str) -> Iterator[Sight]:
        return (self.of(capture) for capture in self._captures.of_run(run_id) if capture.role is Role.ARTICLE)

    def of_id(self, capture_id: str) -> Sight:
        """The sight of one of the captures, which was made for an article."""
        capture = self._captures.get(capture_id)
        assert capture  # noqa: S101 - asked by the callers
        return self.of(capture)

    def of(self, capture: Capture) -> Sight:
        """The sight of a capture that was made for an article."""
        if capture.capture_id in self._settled:
            return self._settled[capture.capture_id]
        if capture.kind != "revisit":
            return Sight(capture, self._outcomes[capture.capture_id])
        repeated = capture.revisit_of or ""
        if outcome := self._outcomes.get(repeated):
            return Sight(capture, outcome, self._holders.get(repeated) or self._captures.get(repeated))
        lost = Rejection(Reason.UNCHANGED, "what it repeats is not in this package", capture.url, capture.document)
        return Sight(capture, lost)

    def close(self) -> None:
        """Gives back memory and disk."""
        self._outcomes.close()


def _settled(captures: Captures, lookup: Lookup) -> Iterator[Sight]:
    """The sights of repetitions of what the published row was made of, where nothing else in this build can replace
    that row first: they say what the row says, and need no reading. Most captures of a run without news are such."""
    articles = [capture for capture in captures if capture.role is Role.ARTICLE]
    pages = {(c.source_id, c.document) for c in articles if c.kind == "response" and is_page(c.mime or "")}
    for capture in articles:
        if capture.kind == "revisit" and capture.document and (capture.source_id, capture.document) not in pages:
            said = Rejection(Reason.UNCHANGED, "", capture.url, capture.document)
            for holder in lookup.holders([capture.revisit_of or ""]):
                sight = Sight(capture, said, _as_capture(holder, capture))
                if lookup.stands_on(sight.article_id) == capture.revisit_of:
                    yield sight


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
