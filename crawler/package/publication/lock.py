"""One run on a package at a time."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crawler.clock import now
from crawler.errors import EnvironmentFault, PackageBusy
from crawler.workspace import Workspace
from crawler.workspace.files import make_folder
from crawler.workspace.links import refuse_links
from crawler.workspace.path_walk import open_descriptor

_OWNER = re.compile(r"\d+ since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")  # "4711 since 2026-11-25 13:00:00 UTC"
_held: dict[Path, int] = {}
_descriptors: dict[Path, int] = {}


def descriptor_of(workspace: Workspace) -> int:
    """The file descriptor of the lock that this process holds; a child that inherits it holds the package too.

    Raises KeyError when the package is not held.
    """
    return _descriptors[workspace.lock.absolute()]


@contextmanager
def hold(workspace: Workspace) -> Iterator[None]:
    """Holds the package for this process; within it, again and again. The kernel lets go when the process dies.

    Raises UnsafeFile for a package of links, before anything is done in it; PackageBusy at once when another process
    has it, EnvironmentFault when the folder cannot be written.
    """
    path = workspace.lock
    key = path.absolute()
    if key in _held:
        _held[key] += 1
        try:
            yield
        finally:
            _held[key] -= 1
        return
    try:
        refuse_links(workspace)
    except OSError as error:
        raise EnvironmentFault(f"cannot read {workspace.root}: {error.strerror}") from error
    descriptor = _open(path)
    try:
        _take(descriptor, workspace)
        _held[key] = 1
        _descriptors[key] = descriptor
        yield
    finally:
        _held.pop(key, None)
        _descriptors.pop(key, None)
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        make_folder(path.parent)
        return open_descriptor(path, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise EnvironmentFault(f"cannot write in {path.parent}: {error.strerror}") from error


def _take(descriptor: int, workspace: Workspace) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        said = os.pread(descriptor, 64, 0).decode("ascii", "replace")
        who = f"process {said}" if _OWNER.fullmatch(said) else "another process"
        raise PackageBusy(f"{workspace.root}: {who} is at work on this package; wait for it, or end it") from None
    except OSError as error:
        raise EnvironmentFault(f"{workspace.lock}: this file system has no locks: {error.strerror}") from error
    said = f"{os.getpid()} since {now():%Y-%m-%d %H:%M:%S} UTC"
    if os.fstat(descriptor).st_nlink != 1:
        return  # a second name elsewhere, of a copy by hard links or of something else: not written to
    with suppress(OSError):  # a full disk: who holds the lock cannot be told, and it is held all the same
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, said.encode(), 0)
