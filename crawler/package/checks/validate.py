"""Whether a package is what it says: the published frictionless passes, and so does what frictionless does not see.

Nothing is fetched, unpacked or run: safe on a package made by others. The traps that make our own checks necessary
are listed, with what was measured, in `schema/README.md`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler import __version__
from crawler.batch.extraction_fingerprint import extraction_version
from crawler.errors import NotFound, PackageInvalid, UnsafeFile
from crawler.package.checks import frictionless
from crawler.package.checks.archive import check_captures, load_seeds
from crawler.package.checks.between import check_between
from crawler.package.checks.files import check_ends, check_files, load, stamp
from crawler.package.checks.findings import Findings, ValidationReport
from crawler.package.checks.reading import check_reading
from crawler.package.checks.rows import Ledger, check_rows
from crawler.package.checks.seeds import check_expectations
from crawler.package.history.extraction_results import Progress, silent
from crawler.package.publication.unfinished_commit import finish_begun, open_paths
from crawler.package.tables.article_counts import stated
from crawler.package.tables.cell_types import cells_are_checked
from crawler.package.tables.descriptor import parts_of, rows_of
from crawler.package.tables.run_history import first_sights, latest_runs
from crawler.package.tables.tables import Row, tables
from crawler.workspace import Workspace
from crawler.workspace.files import move, read_bytes, status_of, write_synced
from crawler.workspace.links import refuse_links


def validate(
    workspace: Workspace,
    *,
    full: bool = False,
    reextract: bool = False,
    written: Collection[str] | None = None,
    limit_errors: int = 20,
    engine: str = "processes",
    progress: Progress | None = None,
) -> ValidationReport:
    """The verdict on the package, with at most `limit_errors` findings of each kind.

    By default: the descriptor, every hash, every row and the rules between tables, frictionless on the parts that it
    has not seen yet, and a sample of articles read again from their records. `full` forgets what was seen, runs
    frictionless on the package as its command does, and compares every WARC record with the table captures;
    `reextract` reads every article again. `written`, by a build that has just published: only these paths are hashed
    and read, and what was hashed here before and has changed since; of all else only the size is looked at, also on a
    machine that sees the package for the first time.

    Raises NotFound when there is no package.
    """
    if status_of(workspace.descriptor) is None and status_of(workspace.journal) is None:
        raise NotFound(f"{workspace.root}: no package here; run `crawl` or `demo` first")
    try:
        refuse_links(workspace)
    except UnsafeFile as error:
        findings = Findings(limit_errors)
        findings.error("link", str(error))
        return ValidationReport(False, tuple(findings.errors), (), findings.counts, {}, findings.seconds)
    finish_begun(workspace)
    validation = _Validation(workspace, limit_errors, engine, progress or silent)
    try:
        with cells_are_checked(workspace):
            return validation.run(full=full, reextract=reextract, written=None if full else written)
    except PackageInvalid as error:  # told like all that is wrong
        validation.findings.error("cells", str(error))
        return validation.report(valid=False)


class _Validation:
    def __init__(self, workspace: Workspace, limit: int, engine: str, progress: Progress) -> None:
        self.workspace = workspace
        self.findings = Findings(limit, begun=open_paths(workspace))
        self.engine = engine
        self.progress = progress
        self.memory = _Memory(workspace.cache)
        self.rows: dict[str, int] = {}
        self.looked_at = ""

    def run(self, *, full: bool, reextract: bool, written: Collection[str] | None) -> ValidationReport:
        findings = self.findings
        with findings.timed("descriptor"):
            descriptor = load(self.workspace, findings)
        if descriptor is not None:
            with findings.timed("files"):
                stamps = None if written is None else self.memory.stamps
                good = check_files(self.workspace, descriptor, findings, stamps=stamps, written=written or ())
            self._tables(descriptor, good, full=full, reextract=reextract, written=written)
        valid = not findings.errors
        if valid and descriptor is not None:
            self.memory.remember(self.workspace, good if written is None else self._looked_at(good, written))
        return self.report(valid=valid and not findings.doubts)

    def report(self, *, valid: bool) -> ValidationReport:
        """What was found so far."""
        found = self.findings
        return ValidationReport(
            valid,
            tuple(found.errors),
            tuple(found.warnings),
            found.counts,
            self.rows,
            found.seconds,
            tuple(found.doubts),
            self.looked_at,
        )

    def _looked_at(self, good: Mapping[str, str], written: Collection[str]) -> dict[str, str]:
        return {path: sha for path, sha in good.items() if path in written or path in self.memory.stamps}

    def _tables(
        self,
        descriptor: Mapping[str, Any],
        good: Mapping[str, str],
        *,
        full: bool,
        reextract: bool,
        written: Collection[str] | None,
    ) -> None:
        findings = self.findings
        parts = {name: [p for p in paths if p in good] for name, paths in parts_of(descriptor).items()}
        every = [path for paths in parts.values() for path in paths]
        if written is None:
            new = [path for path in every if full or not self.memory.knows(path, good[path])]
        else:
            new = [path for path in every if path in written]
        with findings.timed("parts"):
            ended = every if written is None else new
            broken = {path for path in ended if not check_ends(self.workspace, path, findings)}
        readable = {name: [p for p in paths if p not in broken] for name, paths in parts.items()}
        if written is not None:
            readable = {name: [p for p in paths if p in new] for name, paths in readable.items()}
        with findings.timed("rows"):
            ledger = check_rows(self.workspace, readable, findings, captures=parts["captures"])
            self.rows = {name: ledger.rows[name] for name in tables()}
            if written is None:
                check_between(ledger, rows_of(descriptor), stated(descriptor))
        with findings.timed("frictionless"):
            self._frictionless(descriptor, [p for p in new if p not in broken], full=full)
        if written is None:
            self._archive(descriptor, good, readable, ledger, full=full, reextract=reextract)

    def _runs(self, parts: Mapping[str, Sequence[str]]) -> dict[str, list[Row]]:
        """The newest runs of each source: those that `status` looks at."""
        sources = first_sights(self.workspace, parts)
        its: dict[str, list[Row]] = {}
        for row in latest_runs(self.workspace, parts, sources)[0]:
            its.setdefault(row["source_id"], []).append(row)
        return its

    def _frictionless(self, descriptor: Mapping[str, Any], new: Sequence[str], *, full: bool) -> None:
        if full:
            if not self.findings.errors:  # a package that we refuse may be one that it should not read
                frictionless.check_package(self.workspace, descriptor, self.findings)
            return
        for done, path in enumerate(new):
            self.progress("validate", done, len(new))
            frictionless.check_part(self.workspace, path, self.findings)

    def _archive(
        self,
        descriptor: Mapping[str, Any],
        good: Mapping[str, str],
        parts: Mapping[str, Sequence[str]],
        ledger: Ledger,
        *,
        full: bool,
        reextract: bool,
    ) -> None:
        findings = self.findings
        with findings.timed("seeds"):
            seeds = load_seeds(self.workspace, sorted(ledger.keys["sources"]), findings)
            check_expectations([one.row for one in ledger.articles], seeds, self._runs(parts), findings)
        if full:
            with findings.timed("records"):
                files = [path for path in good if path.startswith("archive/")]
                check_captures(self.workspace, files, parts["captures"], findings)
        records = "every WARC record" if full else "WARC records beside those (--full)"
        if findings.errors and not reextract:
            self.looked_at = _looked([*_ALWAYS, *([records] if full else ())], ["records of articles (errors above)"])
            return
        with findings.timed("reading"):
            compared, worded = check_reading(
                self.workspace,
                ledger.articles,
                findings,
                seeds=seeds,
                parts=parts["captures"],
                descriptor=descriptor,
                everything=reextract,
                engine=self.engine if reextract else "serial",
            )
        read = f"{compared} of {worded} articles read again"
        left = [f"the other {worded - compared} (--reextract)"] if compared < worded and not reextract else []
        if full:
            self.looked_at = _looked([*_ALWAYS, records, read], left)
        else:
            self.looked_at = _looked([*_ALWAYS, read], [*left, records])


_ALWAYS = ("descriptor", "hashes of all files", "all rows and the rules between them")


def _looked(at: Sequence[str], not_at: Sequence[str]) -> str:
    said = f"looked at: {', '.join(at)}"
    return f"{said}; not looked at: {', '.join(not_at)}" if not_at else said


class _Memory:
    """Which files were found good by these very checks; a cache that may be lost."""

    def __init__(self, home: Path | None) -> None:
        """`home` is the folder of the user's caches about the package: what came with the package is not believed."""
        self.path = home / "validated.json" if home else None
        self.key = _checker()
        self.stamps: dict[str, str] = {}
        if self.path is None:
            return
        try:
            kept = json.loads(read_bytes(self.path))
            if kept["checker"] == self.key:
                self.stamps = {str(k): str(v) for k, v in kept["files"].items()}
        except (OSError, UnsafeFile, ValueError, KeyError, TypeError, AttributeError):
            self.stamps = {}

    def knows(self, path: str, sha256: str) -> bool:
        return self.stamps.get(path, "").startswith(f"{sha256} ")

    def remember(self, workspace: Workspace, good: Mapping[str, str]) -> None:
        files = {path: stamp(workspace.root / path, sha256) for path, sha256 in sorted(good.items())}
        if files == self.stamps or self.path is None:
            return
        try:
            draft = self.path.with_suffix(f".{os.getpid()}.new")
            write_synced(draft, json.dumps({"checker": self.key, "files": files}).encode())
            move(draft, self.path)
        except OSError:
            return  # a disk that is full or read-only: the package can still be validated


def _checker() -> str:
    schemas = json.dumps([table.schema for table in tables().values()], sort_keys=True)
    words = f"{__version__} {frictionless.VERSION} {extraction_version()} {schemas}"
    return hashlib.sha256(words.encode()).hexdigest()
