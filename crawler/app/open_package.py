"""Opening a package: nothing else works on it, and what a killed run left behind is finished first."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from crawler.archive.warc import repair
from crawler.clock import now
from crawler.errors import EnvironmentFault, PackageInvalid, UnsafeFile
from crawler.package.descriptor.cell_types import cells_are_checked
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.package.publication.doctor import tidy
from crawler.package.publication.lock import hold
from crawler.package.publication.quarantine import FILE as REFUSAL
from crawler.package.publication.transaction import recover
from crawler.package.publication.unpublished_captures import index_waiting, last_capture
from crawler.workspace import Workspace
from crawler.workspace.files import entries, is_file, make_folder, remove_tree
from crawler.workspace.links import refuse_links
from crawler.workspace.path_walk import status_of
from crawler.workspace.user_folders import warnings

_SKEW = timedelta(seconds=10)  # by which a clock may be set back between two runs: the second waits
_LEAST_SPACE = 200 << 20  # bytes free below which no crawl begins


@contextmanager
def opened(workspace: Workspace, begun: Callable[[Workspace], list[str]] = recover) -> Iterator[list[str]]:
    """Holds the package, after what a killed run left behind has been repaired; yields what was done. `begun` says what
    becomes of a publication that was cut short.

    Raises PackageBusy, EnvironmentFault (no permission, no space), PackageInvalid (a folder that holds something else,
    or links), ForeignPublication.
    """
    _check_folder(workspace)
    with hold(workspace), cells_are_checked(workspace):
        try:
            done = [*begun(workspace), *_without_foreign_cache(workspace), *tidy(workspace)]
            done += [str(item) for item in repair.recover(workspace)]
            done += [*index_waiting(workspace, now()), *warnings()]
        except OSError as error:
            raise EnvironmentFault(f"cannot repair {workspace.root}: {error}") from error
        yield done


def _check_folder(workspace: Workspace) -> None:
    root = workspace.root
    if root.exists() and not root.is_dir():
        raise EnvironmentFault(f"{root}: is a file, not a folder")
    try:
        make_folder(root)
    except (OSError, UnsafeFile) as error:
        raise EnvironmentFault(f"{root}: {error}") from error
    refuse_links(workspace)
    if is_file(workspace.descriptor):
        read_descriptor(workspace)
    elif not is_file(workspace.journal):
        strange = [e.name for e in entries(root) if e.name not in (".work", "archive", ".gitignore", REFUSAL)]
        if strange:
            raise PackageInvalid(
                f"{root}: is no data package, and not empty ({', '.join(strange[:3])}); name another folder"
            )
    if not os.access(root, os.W_OK | os.X_OK):
        raise EnvironmentFault(f"{root}: no permission to write")
    if shutil.disk_usage(root).free < _LEAST_SPACE:
        raise EnvironmentFault(f"{root}: less than {_LEAST_SPACE >> 20} MB free")


def check_clock(workspace: Workspace) -> None:
    """New captures must not be older than those that the package has: what a page says now is told by their order."""
    last, present = last_capture(workspace), now()
    if last is not None and last - present > _SKEW:
        raise EnvironmentFault(
            f"the clock of this machine says {present:%Y-%m-%d %H:%M} UTC, but {workspace.root} holds captures of "
            f"{last:%Y-%m-%d %H:%M}; set the clock, then run again"
        )
    if last is not None and last >= present:
        time.sleep((last - present).total_seconds() + 0.001)


def _without_foreign_cache(workspace: Workspace) -> list[str]:
    """Removes the caches in the package: an earlier version of this program kept its own there, and nobody can tell
    those from others."""
    if status_of(workspace.foreign_cache) is None:
        return []
    remove_tree(workspace.foreign_cache)
    return ["removed .work/cache, which is not believed: what can be made anew is kept in the user's cache folder"]
