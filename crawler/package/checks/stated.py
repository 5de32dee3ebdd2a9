"""What the descriptor, the list of pages and the table sources say, against the rows and seeds they follow from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crawler.archive.parts import weight
from crawler.errors import PackageInvalid, UnsafeFile
from crawler.model import Seed
from crawler.package.checks.columns import facts
from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.findings import Findings
from crawler.package.checks.rows import Judge
from crawler.package.descriptor.descriptor import Facts, head
from crawler.package.descriptor.settings import Kept, load_kept
from crawler.package.history.tombstones import load_withdrawals
from crawler.package.publication.sidecar_files import NEWEST, PAGES, pages_content
from crawler.package.tables import cell_format
from crawler.package.tables.filled_counts import by_source, stated_filled
from crawler.package.tables.last_runs import last_runs, stated_last_runs
from crawler.package.tables.row_builders import source_row
from crawler.package.tables.tables import SCHEMA_MAJOR
from crawler.workspace import Workspace
from crawler.workspace.files import read_bytes

_FOLLOWS = ("title", "version", "created", "sources", "temporal", "languages")  # from the rows
# Of the program that wrote it, and of the settings of the package.
_WORDS = ("description", "id", "homepage", "keywords", "licenses", "contributors", "schemaVersion")
_MAX_PAGES = 64 << 20  # bytes
_DESCRIPTOR = "datapackage.json"


def check_stated(
    workspace: Workspace,
    descriptor: Mapping[str, Any],
    files: Collection[str],
    columns: Columns,
    judge: Judge,
    seeds: Mapping[str, Seed],
    findings: Findings,
) -> None:
    """Compares what is stated a second time with what it is made of. `files` are all that the package lists."""
    _check_sources(columns, judge, seeds, findings)
    if columns.rows["runs"] and not findings.broken.keys() & {"runs", "sources", "articles"}:
        try:
            _check_head(workspace, descriptor, files, columns, judge, findings)
        except (ValueError, TypeError, KeyError, PackageInvalid, UnsafeFile) as error:
            findings.error("descriptor", f"what it counts cannot be compared: {error}", _DESCRIPTOR)
    if PAGES in files and "articles" not in findings.broken:
        try:
            newest = facts.newest_articles(columns, NEWEST)
            if read_bytes(workspace.resolve(PAGES), limit=_MAX_PAGES) != pages_content(newest):
                findings.error("pages", "is not the list of the newest articles", PAGES)
        except (OSError, UnsafeFile) as error:
            findings.error("pages", str(error), PAGES)


def _check_sources(columns: Columns, judge: Judge, seeds: Mapping[str, Seed], findings: Findings) -> None:
    first = facts.first_runs(columns)
    for source, (row, path, line) in judge.sources.items():
        if seed := seeds.get(source):
            made = source_row(seed, first.get(source, row["first_seen_at"]))
            for column in [column for column in made if made[column] != row[column]]:
                words = f"{source}: {column} is stated {row[column]!r}, and its seed and runs say {made[column]!r}"
                findings.error("sources", words, path, line, because=("runs",))


def _check_head(
    workspace: Workspace,
    descriptor: Mapping[str, Any],
    files: Collection[str],
    columns: Columns,
    judge: Judge,
    findings: Findings,
) -> None:
    first, last = facts.span_of_runs(columns) or ("", "")
    reading = descriptor.get("extraction")
    readings = reading.get("readings", 0) if isinstance(reading, dict) else 0
    kept = load_kept(workspace) or Kept()
    made = head(
        Facts(
            created=cell_format.parse_utc(last),
            major=SCHEMA_MAJOR + len(load_withdrawals(workspace)),
            issue=sum(weight(path) for path in files if path.startswith("archive/")) - 1 + readings + kept.changes,
            first_captured=cell_format.parse_utc(first),
            sources=[row for row, _, _ in judge.sources.values()],
            extraction={},
            rows={},
            articles={},
            filled=by_source(facts.filled(columns)),
            missing={},
            last_runs=last_runs(facts.newest_runs(columns)),
            settings=kept.settings,
        )
    )
    _compare(made, descriptor, _FOLLOWS, findings)
    if stated_filled(descriptor) is not None:
        _compare(made, descriptor, ["filled"], findings)
    if stated_last_runs(descriptor) is not None:
        _compare(made, descriptor, ["last_runs"], findings)
    if descriptor.get("software") == made["software"]:
        _compare(made, descriptor, _WORDS, findings)


def _compare(made: Mapping[str, Any], descriptor: Mapping[str, Any], keys: Sequence[str], findings: Findings) -> None:
    for key in keys:
        if descriptor.get(key) != made.get(key):
            where, stated, read = difference(key, descriptor.get(key), made.get(key))
            words = f"{where} is {_short(stated)}, and the tables say {_short(read)}"
            findings.error("descriptor", words, _DESCRIPTOR)


def difference(where: str, stated: object, made: object) -> tuple[str, object, object]:
    """The innermost place at which two values differ, as "filled/uz.eco/title", and what stands there."""
    if isinstance(stated, dict) and isinstance(made, dict):
        for key in sorted(stated.keys() | made.keys()):
            if stated.get(key) != made.get(key):
                return difference(f"{where}/{key}", stated.get(key), made.get(key))
    return where, stated, made


def _short(value: object) -> str:
    return "not there" if value is None else repr(value)[:100]
