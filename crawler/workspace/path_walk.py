"""Paths walked from the file system's root, folder by folder, each opened relative to the one before it and none
through a link, so that nothing can be put in the place of what was checked (openat, POSIX.1-2008).

Everything here raises UnsafeFile for a link on the way and for what is no regular file, FileNotFoundError where nothing
is, and OSError when the disk refuses."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import UnsafeFile

# A folder on the way is only passed through; where the system has O_PATH, that needs no permission to list it.
PASS = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC | getattr(os, "O_PATH", os.O_RDONLY)
LIST = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_RDONLY
# Without O_NONBLOCK the opening of a pipe waits for somebody at its other end.
_FILE = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY


def open_descriptor(path: Path, flags: int, mode: int = 0o644) -> int:
    """The descriptor of a regular file, opened with `flags` of os.open."""
    above, _, name = os.path.abspath(path).rpartition("/")  # noqa: PTH100 - resolve() follows links
    folder = _walk(above, PASS)
    try:
        descriptor = os.open(name, flags | _FILE, mode, dir_fd=folder)
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode):
            return descriptor
        os.close(descriptor)
    except OSError as error:
        there = status_of(path)
        if there is None or stat.S_ISREG(there.st_mode):
            raise OSError(error.errno, error.strerror, str(path)) from error
        found = there
    finally:
        os.close(folder)
    raise refusal(path, found)


@contextmanager
def opened_folder(path: Path, flags: int = PASS) -> Iterator[int]:
    """The descriptor of a folder, reached without following a link."""
    descriptor = _walk(os.path.abspath(path), flags)  # noqa: PTH100 - resolve() follows links
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _walk(path: str, flags: int) -> int:
    """The descriptor of the folder at an absolute path. Every read of a package comes through here: kept plain."""
    names = path.strip("/").split("/")
    descriptor = os.open("/", PASS if names[0] else flags)
    for number, name in enumerate(names if names[0] else (), 1):
        above = descriptor
        try:
            descriptor = os.open(name, flags if number == len(names) else PASS, dir_fd=above)
        except OSError as error:
            raise _explained(error, above, name, Path("/", *names[:number])) from error
        finally:
            os.close(above)
    return descriptor


def _explained(error: OSError, above: int, name: str, path: Path) -> Exception:
    """Why a folder on the way could not be opened."""
    try:
        found = os.stat(name, dir_fd=above, follow_symlinks=False)
    except OSError:
        return OSError(error.errno, error.strerror, str(path))  # makes a FileNotFoundError where nothing is
    if not stat.S_ISDIR(found.st_mode):
        return refusal(path, found, wanted="folder")
    return OSError(error.errno, error.strerror, str(path))


@contextmanager
def parent_folder(path: Path) -> Iterator[tuple[int, str]]:
    """The folder that holds `path`, opened, and its name in there."""
    named = path.absolute() if path == Path() else path  # the current folder has a name, too
    if named.name in ("", ".."):
        raise UnsafeFile(f"{path}: is no name of a file")
    with opened_folder(named.parent) as descriptor:
        yield descriptor, named.name


def refusal(path: Path, found: os.stat_result, *, wanted: str = "file") -> UnsafeFile:
    """What is raised for something that is not what is `wanted`."""
    kinds = ((stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"), (stat.S_ISREG, "a file"), (stat.S_ISFIFO, "a pipe"))
    kind = next((words for is_so, words in kinds if is_so(found.st_mode)), "a device")
    return UnsafeFile(f"{path}: is {kind}, where a package has a {wanted}")


def status_of(path: Path) -> os.stat_result | None:
    """What the system says of a file, a folder or a link, which is not followed; None where nothing is."""
    try:
        with parent_folder(path) as (folder, name):
            return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
