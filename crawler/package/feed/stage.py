"""The feeds of a version: `changes.atom` for all sources, `changes/<source>.atom` for each.

A run adds to them what it found and keeps of the published ones what is still among the newest: to read the tables for
it would cost the more the larger the package is. What a rebuild makes of all rows is the same, since an entry follows
from its change alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape

from crawler.package.descriptor.descriptor import Facts, File, creators_of, title_of
from crawler.package.descriptor.descriptor_shape import FEED
from crawler.package.feed.entries import KINDS, Entry, entries_of, urn
from crawler.package.publication.sidecar_files import stage
from crawler.package.publication.transaction import Publication
from crawler.package.tables.partitions import hash_file
from crawler.package.tables.tables import Row
from crawler.workspace.files import read_bytes

NEWEST = 200  # entries of a feed
_MAX_BYTES = 64 << 20
_SOURCE_FEED = re.compile(r"changes/([a-z0-9.-]+)\.atom")
_LINE = re.compile(
    r"<entry><id>(urn:uuid:[0-9a-f-]{36})</id><title>[^<]*</title><updated>([-0-9T:.]{26}Z)</updated>.*"
    r'term="([a-z0-9.-]+)" label="source_id"/><category scheme="[^"]*" term="([0-9a-f]{16})" label="article_id"/>'
    r"<content [^<]*</content></entry>"
)


class Feeds:
    """The feeds of a version, made of the rows that a build puts into the tables and of the feeds that are published,
    `old`: without those when all rows are put, as by a withdrawal on request, of which no earlier entry may stay."""

    def __init__(
        self,
        publication: Publication,
        rows: Mapping[str, Iterable[Row]],
        old: Mapping[str, File],
        *,
        full: bool,
    ) -> None:
        self._publication, self._old, self._full = publication, old, full
        self._found = made_of(rows["changes"], rows["articles"], rows["revisions"])

    def stage_sources(self) -> None:
        """Stages the feed of each source that has news."""
        for source, entries in self._found.items():
            path = f"changes/{source}.atom"
            newest = self._joined(path, entries)
            stage(self._publication, path, feed_bytes(newest, urn("source", source), source, source, "../", path))
        if self._full:
            for path in self._old:
                if (match := _SOURCE_FEED.fullmatch(path)) and match[1] not in self._found:
                    self._publication.remove(path)

    def stage_all(self, facts: Facts) -> None:
        """Stages the feed of all sources, which has the package's title and authors."""
        newest = self._joined(FEED, [entry for its in self._found.values() for entry in its])
        names = ", ".join(creator.title for creator in creators_of(facts.settings))
        begun = f"{facts.first_captured:%Y-%m-%dT%H:%M:%SZ}"
        content = feed_bytes(newest, urn("package", begun), title_of(facts), names, "", FEED, begun)
        stage(self._publication, FEED, content)

    def _joined(self, path: str, entries: Iterable[Entry]) -> list[Entry]:
        kept = {} if self._full else {entry.urn: entry for entry in self._published(path)}
        kept |= {entry.urn: entry for entry in entries}
        return sorted(kept.values(), reverse=True)[:NEWEST]

    def _published(self, path: str) -> Iterator[Entry]:
        """The entries of a published feed that is as it is listed."""
        where = self._publication.workspace.root / path
        if path not in self._old or hash_file(where)[0] != self._old[path].sha256:
            return
        for line in read_bytes(where, limit=_MAX_BYTES).decode().split("\n"):
            if match := _LINE.fullmatch(line):
                yield Entry(match[2], match[1], match[3], match[4], line)


def made_of(changes: Iterable[Row], articles: Iterable[Row], revisions: Iterable[Row]) -> dict[str, list[Entry]]:
    """The newest entries of each source, the newest first."""
    wanted: dict[str, list[Row]] = {}
    for row in changes:
        if row["change_kind"] in KINDS:
            its = wanted.setdefault(row["source_id"], [])
            its.append(row)
            if len(its) >= 2 * NEWEST:
                its[:] = _newest(its)
    wanted = {source: _newest(its) for source, its in wanted.items()}
    named = {row["article_id"] for its in wanted.values() for row in its}
    found: dict[str, list[Entry]] = {}
    for entry in entries_of(
        (row for its in wanted.values() for row in its),
        (row for row in articles if row["article_id"] in named),
        (row for row in revisions if row["article_id"] in named),
    ):
        found.setdefault(entry.source_id, []).append(entry)
    return {source: sorted(found[source], reverse=True) for source in sorted(found)}


def _newest(changes: Iterable[Row]) -> list[Row]:
    ranked = sorted(changes, key=lambda row: (row["changed_at"], urn("change", row["change_id"])), reverse=True)
    return ranked[:NEWEST]


def feed_bytes(newest: list[Entry], name: str, title: str, author: str, top: str, path: str, begun: str = "") -> bytes:
    """A feed, one entry a line. `top` leads to the folder of the package, `begun` is its time while it is empty."""
    updated = newest[0].changed_at if newest else begun
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{name}</id>",
        f"<title>{escape(title)}: what changed</title>",
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(author)}</name></author>",
        f'<link rel="self" href="{path.rpartition("/")[2]}"/>',
        f'<link rel="alternate" type="text/html" href="{top}index.html"/>',
        *(entry.xml for entry in newest),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()
