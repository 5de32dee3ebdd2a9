"""Whether a package is what it says: the published frictionless passes, and so does what frictionless does not see.

Nothing is fetched, unpacked or run: safe on a package made by others. The traps that make our own checks necessary
are listed, with what was measured, in `schema/README.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.errors import NotFound, PackageInvalid, UnsafeFile
from crawler.package.checks import frictionless
from crawler.package.checks.archive.proof import Proof
from crawler.package.checks.archive.records import load_seeds
from crawler.package.checks.columns.between import check_between
from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.columns.columns import load as load_columns
from crawler.package.checks.columns.engine import opened_engine
from crawler.package.checks.columns.second_look import judge_rows, mistyped_parts
from crawler.package.checks.explorer import check_explorer
from crawler.package.checks.files import check_files, load
from crawler.package.checks.findings import Findings, ValidationReport
from crawler.package.checks.rows import Judge
from crawler.package.checks.seeds import check_expectations
from crawler.package.checks.stated import check_stated
from crawler.package.checks.validated_files import ValidatedFiles
from crawler.package.descriptor.cell_types import cells_are_checked
from crawler.package.descriptor.descriptor import parts_of, rows_of
from crawler.package.history.extraction_results import Progress, silent
from crawler.package.publication.unfinished_commit import finish_begun, open_paths
from crawler.package.tables.article_counts import stated
from crawler.package.tables.partitions import part_of_file
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
    through_frictionless: bool = False,
    written: Collection[str] | None = None,
    limit_errors: int = 20,
    engine: str = "processes",
    progress: Progress | None = None,
) -> ValidationReport:
    """The verdict on the package, with at most `limit_errors` findings of each kind.

    By default: the descriptor, every hash, every row and the rules between tables, a sample of articles read again from
    their records, and, where nothing of this is wrong, the form of the explorer. Frictionless reads the descriptor, the
    first rows of each part, and the whole of each part in which something may be wrong; with `through_frictionless`
    all, as its command does. `full` compares every WARC record with captures and index, and the explorer with the rows;
    `reextract` makes all tables again from the archive and compares each row.
    `written`, by a build that has just published: only these paths are hashed and read, and what was hashed here before
    and has changed since; of all else only the size is looked at, also on a machine that sees the package for the first
    time.

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
            all_read = full or through_frictionless
            return validation.run(
                full=full,
                reextract=reextract,
                through_frictionless=through_frictionless,
                written=None if all_read else written,
            )
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

    def run(
        self, *, full: bool, reextract: bool, through_frictionless: bool, written: Collection[str] | None
    ) -> ValidationReport:
        findings = self.findings
        with findings.timed("descriptor"):
            descriptor = load(self.workspace, findings)
        if descriptor is not None:
            with findings.timed("files"):
                stamps = None if written is None else self.memory.stamps
                good = check_files(self.workspace, descriptor, findings, stamps=stamps, written=written or ())
            with opened_engine() as database:
                if written is None:
                    columns, judge = self._rows(descriptor, good, database, with_digests=full or reextract)
                    self._archive(
                        descriptor,
                        good,
                        columns,
                        judge,
                        full=full,
                        reextract=reextract,
                        through_frictionless=through_frictionless,
                    )
                else:
                    columns, _ = self._rows(descriptor, good, database, written)
                    self._frictionless(descriptor, columns)
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

    def _rows(
        self,
        descriptor: Mapping[str, Any],
        good: Mapping[str, str],
        database: tuple[Any, Path],
        written: Collection[str] | None = None,
        *,
        with_digests: bool = False,
    ) -> tuple[Columns, Judge]:
        """Reads all rows, or those of the parts that were `written`, and tells what is wrong with them."""
        findings = self.findings
        parts = {name: [p for p in paths if p in good] for name, paths in parts_of(descriptor).items()}
        newest = max((part_of_file(path)[1] for path in parts["captures"]), default="")
        chosen = parts if written is None else {n: [p for p in its if p in written] for n, its in parts.items()}
        with findings.timed("rows"):
            columns = load_columns(self.workspace, chosen, findings, database, newest, with_digests=with_digests)
            judge = judge_rows(columns, findings)
            self.rows = dict(columns.rows)
        if written is None:
            with findings.timed("between"):
                check_between(columns, findings, rows_of(descriptor), stated(descriptor), judge.odd_counts)
        return columns, judge

    def _runs(self, parts: Mapping[str, Sequence[str]]) -> dict[str, list[Row]]:
        """The newest runs of each source: those that `status` looks at."""
        sources = first_sights(self.workspace, parts)
        its: dict[str, list[Row]] = {}
        for row in latest_runs(self.workspace, parts, sources)[0]:
            its.setdefault(row["source_id"], []).append(row)
        return its

    def _frictionless(self, descriptor: Mapping[str, Any], columns: Columns, *, everything: bool = False) -> None:
        """Frictionless on the descriptor, on the first rows of each part that was read, and on the whole of those parts
        in which something may be wrong; with `everything` on the package, unless we refuse it: it may be one that
        it should not read."""
        findings = self.findings
        with findings.timed("frictionless"):
            frictionless.check_descriptor(self.workspace, descriptor, findings)
            faulty = set(self._faulty_in_sample(columns))
            doubtful = {*faulty, *mistyped_parts(columns), *(error.path for error in findings.errors)}
            paths = [its.path for its in columns.parts if its.path in doubtful and its.path not in findings.broken]
            for done, path in enumerate(paths):
                self.progress("validate", done, len(paths))
                if frictionless.check_part(self.workspace, path, findings) and path in faulty:
                    findings.error("frictionless", "finds a fault in its first rows, and none in the whole", path)
            if everything and not findings.errors:
                frictionless.check_package(self.workspace, descriptor, findings)

    def _faulty_in_sample(self, columns: Columns) -> Iterable[str]:
        for name in tables():
            parts = [columns.parts[number] for number in columns.numbers(name)]
            heads = {its.path: its.head for its in parts if its.path not in self.findings.broken and its.head}
            if heads:
                yield from frictionless.faulty_in_sample(name, heads)

    def _archive(
        self,
        descriptor: Mapping[str, Any],
        good: Mapping[str, str],
        columns: Columns,
        judge: Judge,
        *,
        full: bool,
        reextract: bool,
        through_frictionless: bool,
    ) -> None:
        findings, space = self.findings, self.workspace
        parts = {name: [p for p in paths if p not in findings.broken] for name, paths in parts_of(descriptor).items()}
        listed = sorted({*good, *(path for path in findings.broken if "/" in path)})
        with findings.timed("seeds"):
            seeds = load_seeds(space, sorted(judge.sources), findings)
            check_expectations(columns, seeds, self._runs(parts), findings)
            check_stated(space, descriptor, listed, columns, judge, seeds, findings)
        proof = Proof(space, findings, descriptor, listed, parts, columns, seeds, self.engine, self.progress)
        if full:
            proof.records()
        self._frictionless(descriptor, columns, everything=through_frictionless)
        self.looked_at = proof.rebuild(full=full) if reextract else proof.sample(full=full)
        if not findings.errors:
            with findings.timed("explorer"):
                sources = [row for row, _, _ in judge.sources.values()]
                check_explorer(space, descriptor, parts, sources, findings, rows_too=full or reextract)
