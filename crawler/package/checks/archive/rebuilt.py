"""All tables made again from archive/ and seeds/ alone, and compared row by row with those of the package."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from crawler.errors import EnvironmentFault
from crawler.model import Seed
from crawler.package.build.build import build
from crawler.package.checks.archive.versions import Versions
from crawler.package.checks.findings import Findings
from crawler.package.checks.stated import difference
from crawler.package.descriptor.descriptor import parts_of, read_descriptor
from crawler.package.descriptor.descriptor_shape import DOCUMENTS
from crawler.package.descriptor.file_lists import listed_files
from crawler.package.gates.decide import GATES
from crawler.package.history.extraction_results import Progress
from crawler.package.publication.package_copy import sources_copied
from crawler.package.tables.partitions import hash_file, part_of_file, read_lines
from crawler.package.tables.tables import Row, table, tables
from crawler.workspace import Workspace
from crawler.workspace.files import open_read

_QUOTED = 60  # characters of a value that are shown
_KEPT = 1000  # rows without a partner that are held, to find one that stands in another place
_OLDER = {"revisions": "change_kind", "changes": "change_kind"}  # where "extractor" marks what an earlier reading gave


@dataclass(slots=True)
class Rebuilt:
    """What was compared."""

    rows: int = 0
    older: int = 0  # rows of earlier readings, which no present code gives
    explained: int = 0  # differences that other versions may explain


@dataclass(frozen=True, slots=True)
class _At:
    """A row and where it stands."""

    row: Row
    path: str
    line: int


@dataclass(slots=True)
class _Alone:
    """Rows that only one side has, by key."""

    count: int = 0
    rows: dict[str, _At] = field(default_factory=dict)

    def put(self, key: str, one: _At) -> None:
        self.count += 1
        if len(self.rows) < _KEPT:
            self.rows[key] = one


def check_rebuilt(
    workspace: Workspace,
    descriptor: Mapping[str, Any],
    findings: Findings,
    *,
    seeds: Mapping[str, Seed],
    engine: str,
    progress: Progress,
) -> Rebuilt:
    """Builds the package in a folder of its own from its WARC files and seeds, without any cache, and tells each row,
    index and count that differs: file, line, column, stated and read value. What other versions of programs may explain
    is unproved. Rows of earlier readings (change kind extractor) are counted, not compared.

    Raises EnvironmentFault where that folder cannot be made, and what `build` raises."""
    with sources_copied(workspace) as copy:
        told = descriptor.get("extraction", {}).get("readings", 0)
        told = told if type(told) is int and told >= 0 else 0
        build(copy, seeds=seeds, engine=engine, progress=progress, use_cache=False, accept=GATES, readings=told)
        made = read_descriptor(copy)
        if made is None:
            raise EnvironmentFault(f"cannot rebuild in {workspace.work}")
        comparison = _Comparison(workspace, copy, findings, Versions(descriptor), seeds)
        for name in tables():
            comparison.compare(name, parts_of(descriptor).get(name, []), parts_of(made).get(name, []))
        comparison.compare_files(descriptor, made)
        return comparison.done


class _Comparison:
    def __init__(
        self, workspace: Workspace, copy: Workspace, findings: Findings, versions: Versions, seeds: Mapping[str, Seed]
    ) -> None:
        self.workspace, self.copy = workspace, copy
        self.findings, self.versions, self.seeds = findings, versions, seeds
        self.done = Rebuilt()
        self.differs = self.any_differs = False

    def compare(self, name: str, ours: Sequence[str], made: Sequence[str]) -> None:
        """Compares one table: both sides are in one order, so that they are read side by side."""
        readable = [path for path in ours if path not in self.findings.broken]
        if len(readable) < len(ours):
            return  # told already; what is missing behind it says no more
        self.differs = False
        missing, extra = _Alone(), _Alone()
        for stated, built in _paired(name, self._rows(self.workspace, name, ours), self._rows(self.copy, name, made)):
            self.done.rows += 1
            if stated and built:
                self._compare_row(name, stated, built.row)
            elif stated:
                self._alone(name, stated, extra)
            elif built:
                missing.put(built.row[table(name).key], built)
        for key in extra.rows.keys() & missing.rows.keys():
            self._compare_row(name, extra.rows.pop(key), missing.rows.pop(key).row)
        for key, one in extra.rows.items():
            self._tell(name, "text", one, f"{key} does not follow from the archive")
        for key, one in missing.rows.items():
            at = _At(one.row, self._part_like(one.path, ours), 0)
            self._tell(name, "text", at, f"{key} follows from the archive, and is not there")
        if not self.differs:
            self._compare_bytes(name, ours, made)

    def _rows(self, space: Workspace, name: str, paths: Sequence[str]) -> Iterator[_At]:
        for path in paths:
            for line, row in read_lines(table(name), space.resolve(path)):
                yield _At(row, path, line)

    def _alone(self, name: str, one: _At, extra: _Alone) -> None:
        if one.row.get(_OLDER.get(name, ""), "") == "extractor":
            self.done.older += 1
        else:
            extra.put(one.row[table(name).key], one)

    def _compare_row(self, name: str, stated: _At, built: Row) -> None:
        for column in table(name).columns:
            if stated.row[column] != built[column] and not (column == "text_sha256" and self._same_text(stated, built)):
                values = _first_difference(stated.row[column], built[column])
                words = f"{column} is stated {_short(values[0])}, and read {_short(values[1])}"
                self._tell(name, column, stated, f"{stated.row[table(name).key]}: {words}")

    def _same_text(self, stated: _At, built: Row) -> bool:
        """Whether the hash says no more than the text, whose first difference is told; changes have only the hash."""
        return "text" in built and stated.row["text"] != built["text"]

    def _tell(self, name: str, column: str, at: _At, words: str) -> None:
        self.differs = self.any_differs = True
        reasons = self.versions.reasons(column, self.seeds.get(at.row.get("source_id", "")))
        words = f"{name.removesuffix('s') if name != 'media' else name} {words}"
        if not reasons:
            self.findings.error("reading", words, at.path, at.line or None)
            return
        self.done.explained += 1
        told = f"{words}; may be explained by {', '.join(reasons)}"
        self.findings.unproved("reading", told, at.path, at.line or None)

    def _part_like(self, path: str, ours: Sequence[str]) -> str:
        """The part of the package that should hold a row of the built part at `path`; else the descriptor."""
        part = part_of_file(path)
        return next((its for its in ours if part_of_file(its) == part), "datapackage.json")

    def _compare_bytes(self, name: str, ours: Sequence[str], made: Sequence[str]) -> None:
        """The rows of a table being the same: whether it is also spelt as it should be."""
        if [part_of_file(path) for path in ours] != [part_of_file(path) for path in made]:
            self._tell_file("datapackage.json", f"table {name}: other parts than its rows make")
            return
        for stated, built in zip(ours, made, strict=True):
            here, there = self.workspace.resolve(stated), self.copy.resolve(built)
            if hash_file(here)[0] != hash_file(there)[0] and not _same_content(here, there):
                self._tell_file(stated, "its rows are right, and not spelt as the package spells them")

    def compare_files(self, descriptor: Mapping[str, Any], made: Mapping[str, Any]) -> None:
        """Compares index and lists, and what the descriptor counts."""
        ours, built = (listed_files(*pair) for pair in ((self.workspace, descriptor), (self.copy, made)))
        for path, file in ours.items():
            if (
                path in DOCUMENTS or path.endswith(".atom") or path.startswith(("explorer/", "indexes/", "pages/"))
            ) and path not in self.findings.broken:
                its = built.get(path)
                if not self.any_differs and (its is None or its.sha256 != file.sha256):
                    self._tell_file(path, "is not what the archive gives")
        where, stated, read = difference("missing", descriptor.get("missing"), made["missing"])
        if stated != read and "missing" in descriptor:
            words = f"{where} is stated {_short(str(stated))}, and read {_short(str(read))}"
            self._tell_file("datapackage.json", words)

    def _tell_file(self, path: str, words: str) -> None:
        reasons = [] if self.versions.same else ["another version of this program"]
        if not reasons:
            self.findings.error("reading", words, path, because=[p for p in self.findings.broken if p in tables()])
            return
        self.done.explained += 1
        self.findings.unproved("reading", f"{words}; may be explained by {reasons[0]}", path)


def _paired(name: str, ours: Iterator[_At], made: Iterator[_At]) -> Iterator[tuple[_At | None, _At | None]]:
    """Rows of two sides in one order, those of one rank together."""
    rank: Callable[[Row], tuple[str, ...]] = table(name).rank
    one, other = next(ours, None), next(made, None)
    while one and other:
        mine, its = rank(one.row), rank(other.row)
        yield (one if mine <= its else None), (other if its <= mine else None)
        one, other = (next(ours, None) if mine <= its else one), (next(made, None) if its <= mine else other)
    yield from ((left, None) for left in chain([one] if one else [], ours))
    yield from ((None, left) for left in chain([other] if other else [], made))


def _same_content(one: Path, other: Path) -> bool:
    """Whether two packed files unfold to the same: another zlib packs otherwise."""
    if not one.name.endswith(".gz"):
        return False
    with (
        open_read(one) as left,
        open_read(other) as right,
        gzip.GzipFile(fileobj=left) as ours,
        gzip.GzipFile(fileobj=right) as made,
    ):
        while block := ours.read(1 << 16):
            if block != made.read(len(block)):
                return False
        return not made.read(1)


def _first_difference(stated: str, read: str) -> tuple[str, str]:
    """The first lines that differ."""
    ours, theirs = stated.split("\n"), read.split("\n")
    length = max(len(ours), len(theirs))
    pairs = zip(ours + [""] * (length - len(ours)), theirs + [""] * (length - len(theirs)), strict=True)
    return next((pair for pair in pairs if pair[0] != pair[1]), (stated, read))


def _short(value: str) -> str:
    return repr(value if len(value) <= _QUOTED else f"{value[:_QUOTED]}…")
