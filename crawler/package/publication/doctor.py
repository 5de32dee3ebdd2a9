"""What stands in a package that no version names, and what a version names that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.warc.repair import repair_file, whole_prefix
from crawler.batch.shards import scan_runs
from crawler.errors import ArchiveError
from crawler.package.descriptor.published import published
from crawler.package.publication.damage import damage
from crawler.package.publication.unpublished_captures import waiting_files
from crawler.workspace import Workspace
from crawler.workspace.files import (
    link_or_copy,
    make_folder,
    matching,
    move,
    remove_tree,
    size_of,
    sizes_in,
    sync_folder,
)
from crawler.workspace.path_walk import status_of
from crawler.workspace.scratch import left_behind

MANY_FILES = 10_000  # in archive/: listing, copying and checking them one by one begins to be felt


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found and done: `done` in words, `problems` that no program can mend, `waiting` WARC files that the next
    build takes in, and in words what is in order and would be better otherwise."""

    done: tuple[str, ...]
    problems: tuple[str, ...]
    waiting: tuple[Path, ...]
    hints: tuple[str, ...] = ()


def examine(workspace: Workspace) -> Examination:
    """Sets aside what is not the package's, and looks at what is. Nothing is deleted: it moves to `.work/damaged`.

    The caller holds the package and has finished what was begun. Raises PackageInvalid for a foreign descriptor."""
    done = [*_waiting_archives(workspace), *_strays(workspace)]
    return Examination(tuple(done), tuple(damage(workspace)), tuple(waiting_files(workspace)), tuple(_hints(workspace)))


def _hints(workspace: Workspace) -> Iterator[str]:
    count = len(sizes_in(workspace.archive))
    if count >= MANY_FILES:
        yield f"archive/ has {count:,} files; `ministry-news join` makes one of those of a source and a past month"


def tidy(workspace: Workspace) -> list[str]:
    """Takes away the folders that killed commands made for themselves; what was done, in words."""
    gone = []
    for path in left_behind(workspace.work):
        remove_tree(path)
        gone.append(f"took away the working folder {path.name} of a command that was killed")
    return gone


def set_aside(workspace: Workspace, path: Path) -> str:
    """The name under which a file now lies in `.work/damaged`; one that is there already is kept too."""
    make_folder(workspace.damaged)
    target = _free_name(workspace, path)
    move(path, target)
    sync_folder(workspace.damaged)
    sync_folder(path.parent)
    return target.name


def keep_aside(workspace: Workspace, path: Path) -> str:
    """As `set_aside`, for a file that something else is put in place of: until then it stays."""
    make_folder(workspace.damaged)
    target = _free_name(workspace, path)
    link_or_copy(path, target)
    sync_folder(workspace.damaged)
    return target.name


def _free_name(workspace: Workspace, path: Path) -> Path:
    name = workspace.relative(path).replace("/", "-")
    target, number = workspace.damaged / name, 1
    while status_of(target) is not None:
        target, number = workspace.damaged / f"{name}.{number}", number + 1
    return target


def _waiting_archives(workspace: Workspace) -> Iterator[str]:
    """A WARC that no version lists is adopted if it can be: cut at its last whole record; else it is set aside, since
    one that cannot be read would stop every build."""
    for path in waiting_files(workspace):
        if whole_prefix(path) not in (0, size_of(path)):
            yield str(repair_file(path, workspace.damaged))
        try:
            scan_runs(path)
        except ArchiveError as error:
            yield f"archive/{path.name}: set aside as {set_aside(workspace, path)}: {error}; `ingest` may read it"


def _strays(workspace: Workspace) -> Iterator[str]:
    before = published(workspace)
    space, waiting = workspace, set(waiting_files(workspace))
    for folder in (space.archive, space.data, space.explorer, space.indexes, space.pages, space.seeds):
        for path in matching(folder, "*"):
            if path in waiting or (before and workspace.relative(path) in before.files):
                continue
            relative = workspace.relative(path)
            yield f"{relative}: no version names it; set aside as {set_aside(workspace, path)}"
