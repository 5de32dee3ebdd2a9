"""One version of a package, read as values: lazily, in little memory, and never as a mixture of two versions."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from crawler.archive.warc.fields import record_uuid
from crawler.errors import EnvironmentFault, MinistryNewsError, NotFound, PackageInvalid
from crawler.library.rows import ArticleRow, RevisionRow, Wording, article_row, revision_row
from crawler.library.snapshot import Snapshot, record_at, snapshot_of
from crawler.package.descriptor.published import published
from crawler.package.exports.query import find, open_lookup
from crawler.package.publication.consistent_read import mark_of
from crawler.package.publication.unfinished_commit import finish_begun
from crawler.package.tables.partitions import read_lines
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

Value = TypeVar("Value")


class VersionChanged(EnvironmentFault):
    """Another version was published since the `Package` was opened: open it again."""


class Package:
    """A data package of this program in a folder, in the version that was published when it was opened.

    `Package("datapackage").articles()` reads rows one at a time: memory does not grow with the package. Every cell is
    held against its column, since a package may come from anybody. All rows are of the version that was opened: when
    another is published, the next file of a table, and each question from then on, raises VersionChanged.

    A publication that a killed run of the same user left half done is finished first, as each command does; what was
    done is told as a UserWarning.

    Raises NotFound where there is no package, PackageInvalid where it is none of ours, holds links, or a table or cell
    is wrong (the message names file, line and column), EnvironmentFault when the disk refuses. All are
    `crawler.errors.MinistryNewsError`."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._workspace = Workspace(Path(path))
        for note in finish_begun(self._workspace):
            warnings.warn(note, UserWarning, stacklevel=2)
        self._mark = mark_of(self._workspace)
        state = published(self._workspace)
        if state is None:
            raise NotFound(f"{path}: no package here; run `ministry-news crawl` or `demo` first")
        self._state = state
        self._is_current()

    def __repr__(self) -> str:
        return f"Package({str(self.path)!r}, version {self.version!r})"

    @property
    def path(self) -> Path:
        """The folder."""
        return self._workspace.root

    @property
    def version(self) -> str:
        """The version of the data: "1.20261128.3"."""
        return str(self.descriptor.get("version", ""))

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """What `datapackage.json` says (Data Package 2.0)."""
        return self._state.descriptor

    def articles(self) -> Iterator[ArticleRow]:
        """All articles, in the order of their first capture. Raises PackageInvalid, VersionChanged."""
        return self._rows("articles", article_row)

    def article(self, id_or_url: str) -> ArticleRow:
        """The article with this id, the beginning of one, or this address, now or earlier. Raises NotFound, UsageError
        where several are meant, PackageInvalid, VersionChanged."""
        return self._of_this_version(lambda: article_row(find(self._workspace, id_or_url).article))

    def revisions(self, article: str | ArticleRow | None = None) -> Iterator[RevisionRow]:
        """What one article said before, oldest first: by its id, the beginning of one, its address, or its row. Without
        it, the revisions of all articles, in the order in which they ended. Raises as `article`."""
        if article is None:
            return self._rows("revisions", revision_row)
        named = article if isinstance(article, str) else article.article_id
        return iter(
            self._of_this_version(lambda: [revision_row(row) for row in find(self._workspace, named).revisions])
        )

    def snapshot(self, row: Wording) -> Snapshot:
        """The WARC record behind an article or a revision: the answer of the site that shows its words. Its bytes are
        held against the digests of the record and the SHA-256 of the payload in `captures`.

        Raises ArchiveError (a PackageInvalid) where they differ or nothing says what they should be, NotFound where the
        content was taken out on request, VersionChanged."""
        return self._of_this_version(lambda: self._snapshot(row))

    def _snapshot(self, row: Wording) -> Snapshot:
        record = record_at(self._workspace, row.locator)
        # A capture that only repeats what was said before has the record of an earlier one: both may tell of it.
        ids = dict.fromkeys((row.capture_id, record_uuid(record["warc-record-id"])))
        with closing(open_lookup(self._workspace, self._state.all_parts)) as lookup:
            return snapshot_of(record, row.locator, list(lookup.holders(ids)))

    def _rows(self, name: str, made: Callable[[Row], Value]) -> Iterator[Value]:
        for part in self._state.parts.get(name, ()):
            self._is_current()
            try:
                for line, row in read_lines(table(name), self._workspace.resolve(part)):
                    yield _placed(part, line, lambda its=row: made(its))  # type: ignore[misc]
            except (PackageInvalid, OSError):
                self._is_current()  # another version takes away the files that only this one names
                raise
        self._is_current()

    def _of_this_version(self, read: Callable[[], Value]) -> Value:
        """What `read` gives, if it is of the version that was opened."""
        try:
            value = read()
        except (MinistryNewsError, OSError):
            self._is_current()
            raise
        self._is_current()
        return value

    def _is_current(self) -> None:
        if mark_of(self._workspace) != self._mark:
            raise VersionChanged(f"{self.path}: another version than {self.version} was published; open it again")


def _placed(part: str, line: int, read: Callable[[], Value]) -> Value:
    try:
        return read()
    except PackageInvalid as error:
        raise PackageInvalid(f"{part}: line {line}: {error}") from error
