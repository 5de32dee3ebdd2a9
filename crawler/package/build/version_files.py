"""The files of a version: what stands as it did, what is staged beside the tables, the descriptor over all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from itertools import chain

from crawler.archive.index.cdxj import cdxj_line
from crawler.archive.parts import weight
from crawler.errors import PackageInvalid
from crawler.package.descriptor.descriptor import Facts, File, describe, digest, head
from crawler.package.descriptor.descriptor_shape import DOCUMENTS, INDEX
from crawler.package.descriptor.settings import FILE as SETTINGS
from crawler.package.descriptor.settings import dump_kept
from crawler.package.explorer.page import index_html
from crawler.package.explorer.stage import Staged, catalogue_of, stage_explorer
from crawler.package.feed.stage import Feeds
from crawler.package.gates.build_plan import Plan, readings_of
from crawler.package.history.tombstones import FILE
from crawler.package.publication.quarantine import FILE as REFUSAL
from crawler.package.publication.quarantine import Refusal, dump_refusal
from crawler.package.publication.sidecar_files import (
    Lines,
    stage,
    stage_documents,
    stage_index,
    stage_pages,
    stage_seeds,
)
from crawler.package.publication.transaction import Publication
from crawler.package.publication.warc_manifest import stage_lists
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import hash_file, part_of_file
from crawler.package.tables.places import Places
from crawler.package.tables.tables import Row, stretch
from crawler.workspace.files import is_file, matching, read_bytes


class VersionFiles:
    """The files of one version: `stage`, `describe`, `publish`, in this order. `newest` is the newest hour of the
    package, `replaced` are WARC files that have other bytes than published."""

    def __init__(self, plan: Plan, publication: Publication, newest: str, replaced: Collection[str]) -> None:
        self.plan, self.publication, self.newest, self.replaced = plan, publication, newest, replaced
        self.workspace = publication.workspace
        self.old: Mapping[str, File] = plan.published.files if plan.published else {}
        self.files: dict[str, File] = {}
        self.apart: set[str] = set()  # listed in files of their own
        self.explorer = Staged()
        self.feeds: Feeds | None = None

    def stage(self, parts: Mapping[str, list[str]], rows: Mapping[str, Iterable[Row]]) -> None:
        """Stages seeds, index, pages, feeds and lists beside the tables, whose files are `parts`; `rows` were put into
        the tables by this build."""
        old, files = self.old, self.files
        files |= {path: old[path] for paths in parts.values() for path in paths if path in old}
        moved = Places(self.publication.joined)
        kept = {path for path in old if path.startswith("archive/")} - moved.gone
        for relative in sorted(kept | moved.joined.keys() | {f"archive/{path.name}" for path in self.plan.files}):
            files[relative] = old[relative] if relative in old and not self.plan.full else self._hashed(relative)
            if relative in old and files[relative] != old[relative] and relative not in self.replaced:
                raise PackageInvalid(f"{relative}: its bytes are not those that were published; put them back")
        if self.plan.withdrawn:
            files[FILE] = self._hashed(FILE)
        if self.plan.kept:
            stage(self.publication, SETTINGS, dump_kept(self.plan.kept))
            files[SETTINGS] = self._hashed(SETTINGS)
        stage_seeds(self.publication, self.plan.seeds)
        with closing(self._lines()) as lines:
            stage_index(self.publication, lines, old, self.newest, full=self.plan.full, moved=moved)
        stage_pages(self.publication, parts["articles"])
        self.apart = stage_lists(self.publication, files, old, self.newest)
        self.explorer = stage_explorer(self.publication, parts, old, full=self.plan.full)
        self.feeds = Feeds(self.publication, rows, old, full=self.plan.full)
        self.feeds.stage_sources()
        files |= self.explorer.files
        self.apart |= self.explorer.files.keys()

    def describe(self, parts: Mapping[str, list[str]], facts: Facts) -> bytes:
        """The descriptor, when the documents that follow from the facts are staged."""
        stage_documents(self.publication, facts)
        if self.feeds:
            self.feeds.stage_all(facts)
        stage(self.publication, INDEX, index_html(head(facts), facts.sources, catalogue_of(self.explorer.files)))
        files = self.files
        for relative in self.publication.moves:
            files[relative] = self._hashed(relative)
        files |= {relative: self.old[relative] for relative in self._kept_listings()}
        files |= {name: self._hashed(name) for name in DOCUMENTS}
        return describe((file for path, file in files.items() if path not in self.apart), parts, facts)

    def issue(self) -> int:
        """The last number of the version. It follows from the archive alone and grows with every file that comes,
        whatever day the file is of (a number of the day's runs would stand still when older captures are taken in),
        and with every other reading of it and change of what is said of the package. A joined file counts for one more
        than its parts."""
        settings = self.plan.kept.changes if self.plan.kept else 0
        archived = sum(weight(path) for path in self.files if path.startswith("archive/"))
        return settings + archived - 1 + readings_of(self.plan)

    def _hashed(self, relative: str) -> File:
        staged = self.workspace.staging / relative
        sha256, size = hash_file(staged if is_file(staged) else self.workspace.root / relative)
        return File(relative, size, sha256)

    def _kept_listings(self) -> list[str]:
        """Indexes, seeds and pages that stay as they are."""
        removed = set(self.publication.removals)
        found = []
        folders = ("indexes/*.*", "pages/*.*", "seeds/*.*", "changes/*.atom")
        for folder, _, pattern in (its.partition("/") for its in folders):
            for path in matching(self.workspace.root / folder, pattern):
                relative = self.workspace.relative(path)
                listed = self.plan.published and relative in self.plan.published.files
                if listed and relative not in self.files and relative not in removed:
                    found.append(relative)
        return found

    def _lines(self) -> Lines:
        """New lines of the index, by part."""
        lines = Lines()
        for capture in self.plan.captures:
            lines.put(stretch(cell_format.utc(capture.fetched_at), self.newest), cdxj_line(capture).encode())
        return lines

    def publish(self, descriptor: bytes, refusal: Refusal | None) -> None:
        """Makes what was staged the published version, with the record of what was held back from it."""
        if refusal:  # becomes visible with the version that it tells of
            self.publication.add(REFUSAL, dump_refusal(self.workspace, refusal))
        elif is_file(self.workspace.root / REFUSAL):  # of the build before: settled by this one
            self.publication.remove(REFUSAL)
        if self.plan.published and not self.publication.moves and not self.publication.removals:
            current = read_bytes(self.workspace.descriptor)
            if current == descriptor and is_file(self.workspace.digest):
                self.publication.discard()
                return
        self.publication.add("datapackage.json", descriptor)
        self.publication.add("datapackage-digest.json", digest(descriptor))
        self.publication.commit()


def newest_hour(plan: Plan) -> str:
    """The newest hour in which anything was captured, published or not: "2026-11-30T09"."""
    published = [] if plan.full or not plan.published else plan.published.parts.get("captures", [])
    hours = (part_of_file(path)[1] for path in published)
    return max(chain(hours, (cell_format.utc(capture.fetched_at) for capture in plan.captures)), default="")[:13]
