"""Opening a package: nothing else works on it, and what a killed run left behind is finished first."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from crawler.archive import repair
from crawler.clock import now
from crawler.errors import EnvironmentFault, PackageInvalid
from crawler.package.publication.doctor import tidy
from crawler.package.publication.lock import hold
from crawler.package.publication.quarantine import FILE as REFUSAL
from crawler.package.publication.transaction import recover
from crawler.package.publication.unpublished_captures import index_waiting, last_capture
from crawler.workspace import Workspace

_SKEW = timedelta(seconds=10)  # by which a clock may be set back between two runs: the second waits
_LEAST_SPACE = 200 << 20  # bytes free below which no crawl begins


@contextmanager
def opened(workspace: Workspace) -> Iterator[list[str]]:
    """Holds the package, after what a killed run left behind has been repaired; yields what was done.

    Raises PackageBusy, EnvironmentFault (no permission, no space), PackageInvalid (a folder that holds something else).
    """
    _check_folder(workspace)
    with hold(workspace):
        try:
            done = recover(workspace) + tidy(workspace)
            done += [str(item) for item in repair.recover(workspace)]
            done += index_waiting(workspace, now())
        except OSError as error:
            raise EnvironmentFault(f"cannot repair {workspace.root}: {error}") from error
        yield done


def _check_folder(workspace: Workspace) -> None:
    root = workspace.root
    if root.exists() and not root.is_dir():
        raise EnvironmentFault(f"{root}: is a file, not a folder")
    if root.is_dir() and not workspace.descriptor.exists() and not workspace.journal.exists():
        strange = sorted(p.name for p in root.iterdir() if p.name not in (".work", "archive", ".gitignore", REFUSAL))
        if strange:
            raise PackageInvalid(
                f"{root}: is no data package, and not empty ({', '.join(strange[:3])}); name another folder"
            )
    if workspace.descriptor.exists():
        _check_name(workspace.descriptor)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFault(f"{root}: {error.strerror}") from error
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


def _check_name(descriptor: Path) -> None:
    try:
        name = json.loads(descriptor.read_bytes()).get("name")
    except (ValueError, AttributeError) as error:
        raise PackageInvalid(f"{descriptor}: not a descriptor: {error}") from error
    if name != "ministry-news":
        raise PackageInvalid(
            f"{descriptor}: a package called {name!r}, which this program did not make; name another folder"
        )
