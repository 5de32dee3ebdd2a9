"""What each level of validation reads of the archive itself, and how it says what it did and did not look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.errors import ArchiveError, EnvironmentFault, PackageInvalid, SeedError
from crawler.model import Seed
from crawler.package.checks.archive.archive_reading import ArchiveReading, warc_files
from crawler.package.checks.archive.reading import check_reading
from crawler.package.checks.archive.rebuilt import check_rebuilt
from crawler.package.checks.archive.records import check_captures
from crawler.package.checks.archive.versions import Versions
from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.findings import Findings
from crawler.package.history.extraction_results import Progress
from crawler.workspace import Workspace
from crawler.workspace.files import is_file

_ALWAYS = ("descriptor", "hashes of all files", "all rows and the rules between them")


@dataclass(frozen=True, slots=True)
class Proof:
    """A package whose tables have been read, and what is needed to hold them against its archive."""

    workspace: Workspace
    findings: Findings
    descriptor: Mapping[str, Any]
    files: Sequence[str]  # all that it lists
    parts: Mapping[str, Sequence[str]]  # of each table: those that can be read
    columns: Columns
    seeds: Mapping[str, Seed]
    engine: str
    progress: Progress
    folder: Path  # for what is read of the archive

    def sample(self, *, full: bool) -> str:
        """Reads the records of some articles again; what was looked at, in words."""
        looked = [*_ALWAYS, *(["every WARC record"] if full else ())]
        read, left = self._read_again(everything=False)
        beside = "WARC records beside those, and whether the explorer shows the rows (--full)"
        return _looked([*looked, read], [*left, *([] if full else [beside])])

    def rebuild(self, *, full: bool) -> str:
        """Makes all tables again and compares them, or where that cannot be, reads the record of each article; what was
        looked at, in words."""
        looked = [*_ALWAYS, *(["every WARC record"] if full else ())]
        left = [] if full else ["records that are no captures (--full)"]
        try:
            with self.findings.timed("rebuild"):
                done = check_rebuilt(
                    self.workspace,
                    self.descriptor,
                    self.findings,
                    seeds=self.seeds,
                    engine=self.engine,
                    progress=self.progress,
                )
        except (PackageInvalid, SeedError, EnvironmentFault) as error:
            if isinstance(error, ArchiveError) and not full:
                self.records()  # which of them are broken
            read, _ = self._read_again(everything=True)
            if not self.findings.errors:
                self.findings.unproved("reading", f"the tables cannot be made again to compare them: {error}")
            return _looked([*looked, read], ["the tables as the archive gives them (they cannot be made again)", *left])
        if done.explained and (remedy := Versions(self.descriptor).remedy()):
            self.findings.warning("reading", f"compare with the stated versions: {remedy}")
        older = [f"{done.older} rows of earlier readings (only their code gives them)"] if done.older else []
        read = f"all tables made again from the archive, {done.rows} rows compared"
        return _looked([*looked, read], [*older, *left])

    def records(self, reading: ArchiveReading | None = None) -> None:
        """Compares every WARC record with captures and index. `reading` of the archive may have begun before."""
        with self.findings.timed("records"):
            root = self.workspace.root
            indexes = [p for p in self.files if p.startswith("indexes/") and p.endswith(".cdx") and is_file(root / p)]
            if reading is not None:
                check_captures(self.workspace, reading, self.columns, indexes, self.findings)
                return
            with ArchiveReading(
                self.workspace, warc_files(self.workspace, self.files), self.engine, self.folder
            ) as its:
                check_captures(self.workspace, its, self.columns, indexes, self.findings)

    def _read_again(self, *, everything: bool) -> tuple[str, list[str]]:
        with self.findings.timed("reading"):
            compared, worded = check_reading(
                self.workspace,
                self.columns,
                self.findings,
                seeds=self.seeds,
                descriptor=self.descriptor,
                everything=everything,
                engine=self.engine,
                workers=None if everything else 1,
            )
        left = [f"the other {worded - compared} (--reextract)"] if compared < worded and not everything else []
        return f"{compared} of {worded} articles read again", left


def _looked(at: Sequence[str], not_at: Sequence[str]) -> str:
    said = f"looked at: {', '.join(at)}"
    return f"{said}; not looked at: {', '.join(not_at)}" if not_at else said
