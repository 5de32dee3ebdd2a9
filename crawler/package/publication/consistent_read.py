"""Reading while another process publishes: the answer is of one version."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from crawler.errors import EnvironmentFault, PackageInvalid
from crawler.package.descriptor.cell_types import cells_are_checked
from crawler.workspace import Workspace
from crawler.workspace.path_walk import status_of

_ATTEMPTS = 3
Answer = TypeVar("Answer")
Mark = tuple[int, int, int]


def steadily(workspace: Workspace, read: Callable[[], Answer]) -> Answer:
    """What `read` gives, of one version of the package. A publication takes away the files that only the version before
    names, so a reader that began earlier may miss one, or meet tables of both: it begins again.

    Raises EnvironmentFault when versions come faster than they are read, and what `read` raises of a version that
    stands still."""
    for _ in range(_ATTEMPTS):
        before = mark_of(workspace)
        try:
            with cells_are_checked(workspace):
                answer = read()
        except (PackageInvalid, EnvironmentFault, OSError):
            if mark_of(workspace) == before:
                raise
        else:
            if mark_of(workspace) == before:
                return answer
    raise EnvironmentFault(f"{workspace.root}: new versions were published while it was read; run this again")


def mark_of(workspace: Workspace) -> Mark | None:
    """What tells one descriptor from the next, which is another file; None where there is none."""
    try:
        status = status_of(workspace.descriptor)
    except (OSError, PackageInvalid):
        return None
    if status is None:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
