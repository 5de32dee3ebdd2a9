"""The explorer's files of a version: those of parts that stay are kept, those of other parts are made.

Ten years of many sources leave ten thousand such files, so their names and hashes stand in a list for each year of the
parts, `indexes/explorer1-2026.<8 hex>.csv`, which the descriptor lists in their place. The files are named after what
they unfold to, so that one whose rows stay is not packed again when its part changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.package.descriptor.descriptor import File
from crawler.package.descriptor.file_lists import SHARD, is_shard_list, list_bytes
from crawler.package.explorer.form import VERSION
from crawler.package.explorer.shards import shards_of
from crawler.package.publication.sidecar_files import stage
from crawler.package.publication.transaction import Publication
from crawler.package.tables.partitions import part_of_file, read_part
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace
from crawler.workspace.files import is_file

SHOWN = ("articles", "revisions", "runs", "media", "confirmations")
_TABLES = {"texts": "articles", "wordings": "revisions"}  # where a kind of file is not called as its table
_LIST = f"indexes/explorer{VERSION}-"
Catalogue = Mapping[str, Mapping[str, Sequence[str]]]
"""Of each kind of file that the page names itself, by part: the eight digits of file 0, 1, ..."""


@dataclass(slots=True)
class Staged:
    """The explorer's files of a version."""

    lists: set[str] = field(default_factory=set)
    files: dict[str, File] = field(default_factory=dict)


def lists_of(files: Iterable[File]) -> dict[str, bytes]:
    """The lists of the explorer's files, by path: one for each year of their parts."""
    years: dict[str, list[File]] = {}
    for file in files:
        years.setdefault(_place(file.path)[1][:4], []).append(file)
    made = {}
    for year, its in years.items():
        content = list_bytes(its)
        made[f"{_LIST}{year}.{hashlib.sha256(content).hexdigest()[:8]}.csv"] = content
    return made


def files_of_parts(paths: Iterable[str]) -> dict[tuple[str, str], set[str]]:
    """The explorer's files by the table and part that they are made of."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in paths:
        kind, part, _ = _place(path)
        found.setdefault((_TABLES.get(kind, kind), part), set()).add(path)
    return found


def _place(path: str) -> tuple[str, str, int]:
    """Of `explorer/texts-2026-11-0.1f2e3d4c.js`: kind, part and number."""
    kind, _, rest = path.removeprefix("explorer/").split(".")[0].partition("-")
    part, _, number = rest.rpartition("-")
    return kind, part, int(number)


def stage_explorer(
    publication: Publication, parts: Mapping[str, Sequence[str]], old: Mapping[str, File], *, full: bool
) -> Staged:
    """Stages the explorer's data of a version whose tables are `parts`, and lists of its files. `old` are the files of
    the version before, of which nothing is taken over when the build is `full`."""
    is_other = full or not any(path.startswith(_LIST) for path in old)  # made in another form, or not yet
    known = {} if is_other else old
    before = files_of_parts(path for path in known if SHARD.fullmatch(path))
    staged = Staged()
    for name in SHOWN:
        for path in parts[name]:
            part = part_of_file(path)[1]
            if path in known:
                staged.files |= {its: known[its] for its in before.get((name, part), ())}
            else:
                _stage_part(publication, staged, name, part, path, known)
    for path, content in lists_of(staged.files.values()).items():
        stage(publication, path, content)
        staged.lists.add(path)
    for path in sorted(old):
        if (is_shard_list(path) and path not in staged.lists) or (SHARD.fullmatch(path) and path not in staged.files):
            publication.remove(path)
    return staged


def _stage_part(
    publication: Publication, staged: Staged, name: str, part: str, path: str, known: Mapping[str, File]
) -> None:
    space = publication.workspace
    for shard in shards_of(name, part, _rows(space, name, path)):
        if shard.path in known and is_file(space.root / shard.path):
            staged.files[shard.path] = known[shard.path]
        else:
            content = shard.packed()
            staged.files[shard.path] = File(shard.path, len(content), hashlib.sha256(content).hexdigest())
            stage(publication, shard.path, content)


def _rows(space: Workspace, name: str, path: str) -> Callable[[], Iterator[Row]]:
    """Reads a part that is staged, or stands already."""
    own = space.staging / path
    where = own if is_file(own) else space.resolve(path)
    return lambda: read_part(table(name), where)


def catalogue_of(paths: Iterable[str]) -> Catalogue:
    """The catalogue of the files at `paths`: of `explorer/articles-2026-11-0.1f2e3d4c.js` the digits, by kind, part and
    number."""
    found: dict[str, dict[str, dict[int, str]]] = {}
    for path in paths:
        kind, part, number = _place(path)
        if kind in SHOWN:
            found.setdefault(kind, {}).setdefault(part, {})[number] = path.split(".")[1]
    return {
        kind: {part: [its[n] for n in sorted(its)] for part, its in sorted(parts.items())}
        for kind, parts in sorted(found.items())
    }
