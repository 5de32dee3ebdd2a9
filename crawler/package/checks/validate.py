"""Whether a package is what it says: the published frictionless passes, and so does what frictionless does not see.

Nothing is fetched, unpacked or run: safe on a package made by others. The traps that make our own checks necessary
are listed, with what was measured, in `schema/README.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crawler.errors import NotFound, PackageInvalid, UnsafeFile
from crawler.package.checks import frictionless
from crawler.package.checks.archive import load_seeds
from crawler.package.checks.between import check_between
from crawler.package.checks.files import check_ends, check_files, load
from crawler.package.checks.findings import Findings, ValidationReport
from crawler.package.checks.proof import Proof
from crawler.package.checks.rows import Ledger, check_rows
from crawler.package.checks.seeds import check_expectations
from crawler.package.checks.stated import check_stated
from crawler.package.checks.validated_files import ValidatedFiles
from crawler.package.history.extraction_results import Progress, silent
from crawler.package.publication.unfinished_commit import finish_begun, open_paths
from crawler.package.tables.article_counts import stated
from crawler.package.tables.cell_types import cells_are_checked
from crawler.package.tables.descriptor import parts_of, rows_of
from crawler.package.tables.run_history import first_sights, latest_runs
from crawler.package.tables.tables import Row, tables
from crawler.workspace import Workspace
from crawler.workspace.files import status_of
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
    frictionless on the package as its command does, and compares every WARC record with captures and index;
    `reextract` makes all tables again from the archive and compares each row. `written`, by a build that has just
    published: only these paths are hashed and read, and what was hashed here before and has changed since; of all else
    only the size is looked at, also on a machine that sees the package for the first time.

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
        self.memory = ValidatedFiles(workspace.cache)
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
            tuple(found.folded()),
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
            for path in every if written is None else new:
                check_ends(self.workspace, path, findings)
        readable = {name: [p for p in paths if p not in findings.broken] for name, paths in parts.items()}
        if written is not None:
            readable = {name: [p for p in paths if p in new] for name, paths in readable.items()}
        with findings.timed("rows"):
            ledger = check_rows(self.workspace, readable, findings, captures=parts["captures"])
            self.rows = {name: ledger.rows[name] for name in tables()}
            if written is None:
                check_between(ledger, rows_of(descriptor), stated(descriptor))
        if written is None:
            self._archive(descriptor, good, ledger, new, full=full, reextract=reextract)
        else:
            self._frictionless(descriptor, new, full=False)

    def _runs(self, parts: Mapping[str, Sequence[str]]) -> dict[str, list[Row]]:
        """The newest runs of each source: those that `status` looks at."""
        sources = first_sights(self.workspace, parts)
        its: dict[str, list[Row]] = {}
        for row in latest_runs(self.workspace, parts, sources)[0]:
            its.setdefault(row["source_id"], []).append(row)
        return its

    def _frictionless(self, descriptor: Mapping[str, Any], new: Sequence[str], *, full: bool) -> None:
        with self.findings.timed("frictionless"):
            if full:
                if not self.findings.errors:  # a package that we refuse may be one that it should not read
                    frictionless.check_package(self.workspace, descriptor, self.findings)
                return
            fresh = [path for path in new if path not in self.findings.broken]
            for done, path in enumerate(fresh):
                self.progress("validate", done, len(fresh))
                frictionless.check_part(self.workspace, path, self.findings)

    def _archive(
        self,
        descriptor: Mapping[str, Any],
        good: Mapping[str, str],
        ledger: Ledger,
        new: Sequence[str],
        *,
        full: bool,
        reextract: bool,
    ) -> None:
        findings, space = self.findings, self.workspace
        parts = {name: [p for p in paths if p not in findings.broken] for name, paths in parts_of(descriptor).items()}
        listed = sorted({*good, *(path for path in findings.broken if "/" in path)})
        with findings.timed("seeds"):
            seeds = load_seeds(space, sorted(ledger.keys["sources"]), findings)
            check_expectations([one.row for one in ledger.articles], seeds, self._runs(parts), findings)
            check_stated(space, descriptor, listed, ledger, seeds, findings)
        proof = Proof(space, findings, descriptor, listed, parts, ledger, seeds, self.engine, self.progress)
        if full:
            proof.records()
        self._frictionless(descriptor, new, full=full)
        self.looked_at = proof.rebuild(full=full) if reextract else proof.sample(full=full)
