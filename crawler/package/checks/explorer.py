"""What the explorer shows, against the tables that it is made of; and that its files are data and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from crawler.errors import PackageInvalid, UnsafeFile
from crawler.package.checks.findings import Findings
from crawler.package.descriptor.descriptor import SOFTWARE
from crawler.package.descriptor.descriptor_shape import INDEX
from crawler.package.descriptor.file_lists import SHARD, listed_files
from crawler.package.explorer.form import MOST, unpacked
from crawler.package.explorer.page import index_html
from crawler.package.explorer.shards import shards_of
from crawler.package.explorer.stage import SHOWN, catalogue_of, files_of_parts
from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace
from crawler.workspace.files import read_bytes

_MADE_ANEW = "`build` makes it anew"


def check_explorer(
    workspace: Workspace,
    descriptor: Mapping[str, Any],
    parts: Mapping[str, Sequence[str]],
    sources: Sequence[Row],
    findings: Findings,
    *,
    rows_too: bool,
) -> None:
    """Compares `index.html` with the page that this program makes of the descriptor, sees that each file of the
    explorer is data of a part that the package has, and with `rows_too` that it says what the rows of this part give,
    for which all its files are made again. `parts` are those of the tables, and `sources` the rows of that
    table. To be called when nothing else is wrong: of wrong tables the explorer is wrong too, which is no news.

    A package without an explorer, of an older version of this program, has nothing to be compared."""
    files = listed_files(workspace, descriptor)
    shards = {path: file for path, file in files.items() if SHARD.fullmatch(path)}
    if INDEX not in files:
        if shards:
            findings.error("explorer", "has files for it, and no index.html", "datapackage.json")
        return
    if INDEX not in findings.begun:  # it keeps its name: while a publication stands open it may be a step ahead
        _check_page(workspace, descriptor, shards, sources, findings)
    left = files_of_parts(shards)
    for name in SHOWN:
        for path in parts.get(name, ()):
            part = part_of_file(path)[1]
            mine = left.pop((name, part), set())
            if rows_too:
                _check_part(workspace, name, part, path, mine, findings)
            else:
                for its in sorted(mine):
                    _unpacked(workspace, its, findings)
    for path in sorted(path for paths in left.values() for path in paths):
        findings.error("explorer", "belongs to no part of a table", path)


def _check_page(
    workspace: Workspace,
    descriptor: Mapping[str, Any],
    shards: Collection[str],
    sources: Sequence[Row],
    findings: Findings,
) -> None:
    if descriptor.get("software") != SOFTWARE:
        words = f"was made by {descriptor.get('software')}: whether it is that program's page, {SOFTWARE} cannot say"
        findings.warning("explorer", f"{words}; {_MADE_ANEW}", INDEX)
        return
    try:
        made = index_html(descriptor, sources, catalogue_of(shards))
        if read_bytes(workspace.resolve(INDEX)) != made:
            findings.error("explorer", f"is not the page of this package; {_MADE_ANEW}", INDEX)
    except (OSError, UnsafeFile, KeyError, TypeError, ValueError, IndexError) as error:
        findings.error("explorer", f"cannot be compared: {type(error).__name__}: {error}", INDEX)


def _check_part(workspace: Workspace, name: str, part: str, path: str, mine: set[str], findings: Findings) -> None:
    def rows() -> Iterator[Row]:
        return read_part(table(name), workspace.resolve(path))

    left = set(mine)
    try:
        for shard in shards_of(name, part, rows):
            if shard.path in left:
                left.discard(shard.path)
                _check_shard(workspace, shard.path, shard.stem, shard.raw, findings)
            else:
                findings.error("explorer", f"no file shows what its rows say: {shard.path} is missing", path)
    except (PackageInvalid, ValueError, KeyError, TypeError) as error:  # a wrong cell is told by others, too
        findings.error("explorer", f"cannot be compared with its rows: {error}", path)
    for its in sorted(left):
        findings.error("explorer", f"is not what the rows of {path} give", its)


def _check_shard(workspace: Workspace, path: str, stem: str, raw: bytes, findings: Findings) -> None:
    found = _unpacked(workspace, path, findings)
    if found is not None and found != (stem, raw):
        findings.error("explorer", "says something else than the rows after which it is named", path)


def _unpacked(workspace: Workspace, path: str, findings: Findings) -> tuple[str, bytes] | None:
    try:
        return unpacked(read_bytes(workspace.resolve(path), limit=MOST))
    except (OSError, UnsafeFile, ValueError) as error:
        findings.error("explorer", str(error), path)
        return None
