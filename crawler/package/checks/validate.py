"""Whether a package is what it says: the published frictionless passes, and so does what frictionless does not see.

Nothing is fetched, unpacked or run: safe on a package made by others. The traps that make our own checks necessary
are listed, with what was measured, in `schema/README.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from crawler.errors import NotFound, PackageInvalid, UnsafeFile
from crawler.package.checks import frictionless
from crawler.package.checks.archive.archive_reading import ArchiveReading, warc_files
from crawler.package.checks.archive.proof import Proof
from crawler.package.checks.archive.records import load_seeds
from crawler.package.checks.columns.between import check_between
from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.columns.columns import load as load_columns
from crawler.package.checks.columns.engine import opened_engine
from crawler.package.checks.columns.few_rows import read_few
from crawler.package.checks.columns.second_look import judge_rows, mistyped_parts
from crawler.package.checks.descriptor_form import form_of
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
from crawler.package.tables.partitions import newest_hour
from crawler.package.tables.run_history import first_sights, latest_runs
from crawler.package.tables.tables import Row, tables
from crawler.workspace import Workspace
from crawler.workspace.links import refuse_links
from crawler.workspace.path_walk import status_of


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
    time. Frictionless and the profile are then asked where they have not yet taken, on this machine, a descriptor of
    this form and first rows of these tables, and where something may be wrong: their verdict on the same is the same.

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
        self.sampled: set[str] = set()  # tables of which Frictionless has read rows

    def run(
        self, *, full: bool, reextract: bool, through_frictionless: bool, written: Collection[str] | None
    ) -> ValidationReport:
        findings = self.findings
        with findings.timed("descriptor"):
            descriptor = load(self.workspace, findings, self.memory.form if written is not None else "")
        if descriptor is not None:
            with findings.timed("files"):
                stamps = None if written is None else self.memory.stamps
                good = check_files(self.workspace, descriptor, findings, stamps=stamps, written=written or ())
            parts = {name: [p for p in paths if p in good] for name, paths in parts_of(descriptor).items()}
            if written is not None:
                self._written(descriptor, parts, written)
            else:
                with ExitStack() as stack:
                    database = stack.enter_context(opened_engine())
                    reading = stack.enter_context(self._reading(good, database[1])) if full else None
                    columns, judge = self._rows(parts, parts, database, with_digests=full or reextract)
                    with findings.timed("between"):
                        check_between(columns, findings, rows_of(descriptor), stated(descriptor), judge.odd_counts)
                    its = (descriptor, good, columns, judge, database[1], reading)
                    self._archive(*its, reextract=reextract, everything=through_frictionless)
        valid = not findings.errors
        if valid and descriptor is not None:
            files = good if written is None else self._looked_at(good, written)
            self.memory.remember(self.workspace, files, form_of(descriptor), self.sampled)
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
        parts: Mapping[str, Sequence[str]],
        chosen: Mapping[str, Sequence[str]],
        database: tuple[Any, Path],
        *,
        with_digests: bool = False,
    ) -> tuple[Columns, Judge]:
        """Reads all rows of the `chosen` of all `parts`, and tells what is wrong with them."""
        findings = self.findings
        with findings.timed("rows"):
            newest, space = newest_hour(parts), self.workspace
            columns = load_columns(space, chosen, findings, database, newest, with_digests=with_digests)
            judge = judge_rows(columns, findings)
            self.rows = dict(columns.rows)
        return columns, judge

    def _written(
        self, descriptor: Mapping[str, Any], parts: Mapping[str, Sequence[str]], written: Collection[str]
    ) -> None:
        """The rows of the parts that were `written`: one by one where they are few and all in order."""
        findings, chosen = self.findings, {name: [p for p in its if p in written] for name, its in parts.items()}
        with findings.timed("rows"):
            few = read_few(self.workspace, chosen)
            if few is not None:
                few.judge(findings, newest_hour(parts))
                self.rows = {name: len(few.found.get(name, ())) for name in tables()}
        if few is None:
            with opened_engine() as database:
                columns, _ = self._rows(parts, chosen, database)
                self._frictionless(descriptor, columns.heads(), set(mistyped_parts(columns)))
        elif findings.errors or not self.memory.has_passed(form_of(descriptor), few.held):
            self._frictionless(descriptor, few.heads, set())

    def _runs(self, parts: Mapping[str, Sequence[str]]) -> dict[str, list[Row]]:
        """The newest runs of each source: those that `status` looks at."""
        sources = first_sights(self.workspace, parts)
        its: dict[str, list[Row]] = {}
        for row in latest_runs(self.workspace, parts, sources)[0]:
            its.setdefault(row["source_id"], []).append(row)
        return its

    def _frictionless(
        self,
        descriptor: Mapping[str, Any],
        heads: Mapping[str, Mapping[str, bytes]],
        mistyped: Collection[str],
        *,
        everything: bool = False,
    ) -> None:
        """Frictionless on the descriptor, on the first rows (`heads`, by table and path) of each part that was read,
        and on the whole of those parts in which something may be wrong, as in those that are `mistyped`; with
        `everything` on the package, unless we refuse it: it may be one that it should not read."""
        findings = self.findings
        with findings.timed("frictionless"):
            frictionless.check_descriptor(self.workspace, descriptor, findings)
            faulty = set(self._faulty_in_sample(heads))
            doubtful = {*faulty, *mistyped, *(error.path for error in findings.errors)}
            read = [path for its in heads.values() for path in its]
            paths = [path for path in read if path in doubtful and path not in findings.broken]
            for done, path in enumerate(paths):
                self.progress("validate", done, len(paths))
                if frictionless.check_part(self.workspace, path, findings) and path in faulty:
                    findings.error("frictionless", "finds a fault in its first rows, and none in the whole", path)
            if everything and not findings.errors:
                frictionless.check_package(self.workspace, descriptor, findings)

    def _faulty_in_sample(self, heads: Mapping[str, Mapping[str, bytes]]) -> Iterable[str]:
        for name, its in heads.items():
            sample = {path: head for path, head in its.items() if path not in self.findings.broken and head}
            if sample:
                self.sampled.add(name)
                yield from frictionless.faulty_in_sample(name, sample)

    def _listed(self, good: Mapping[str, str]) -> list[str]:
        return sorted({*good, *(path for path in self.findings.broken if "/" in path)})

    def _reading(self, good: Mapping[str, str], folder: Path) -> ArchiveReading:
        """The WARC files, which other processes begin to read while this one looks at the tables."""
        return ArchiveReading(self.workspace, warc_files(self.workspace, self._listed(good)), self.engine, folder)

    def _archive(
        self,
        descriptor: Mapping[str, Any],
        good: Mapping[str, str],
        columns: Columns,
        judge: Judge,
        folder: Path,
        reading: ArchiveReading | None,
        *,
        reextract: bool,
        everything: bool,
    ) -> None:
        findings, space = self.findings, self.workspace
        parts = {name: [p for p in paths if p not in findings.broken] for name, paths in parts_of(descriptor).items()}
        listed, full = self._listed(good), reading is not None
        with findings.timed("seeds"):
            seeds = load_seeds(space, sorted(judge.sources), findings)
            check_expectations(columns, seeds, self._runs(parts), findings)
            check_stated(space, descriptor, listed, columns, judge, seeds, findings)
        proof = Proof(space, findings, descriptor, listed, parts, columns, seeds, self.engine, self.progress, folder)
        if reading is not None:
            proof.records(reading)
        self._frictionless(descriptor, columns.heads(), set(mistyped_parts(columns)), everything=everything)
        self.looked_at = proof.rebuild(full=full) if reextract else proof.sample(full=full)
        if not findings.errors:
            with findings.timed("explorer"):
                sources = [row for row, _, _ in judge.sources.values()]
                check_explorer(space, descriptor, parts, sources, findings, rows_too=full or reextract)
