"""All access to the files of a package: no link is followed, nothing but regular files is read, sizes have limits.

The user names a folder or a file once, and links on the way to it are followed then (`Workspace`, `named_by_user`).
From there on a path is walked from the file system's root, folder by folder, each opened relative to the one before it
and none through a link. What is checked is what the system call acts upon: nothing can be put in its place in between,
and a package made by somebody else leads nowhere out of its folder.

Everything here raises UnsafeFile for a link on the way, for what is no regular file, and for one that is too large;
FileNotFoundError where nothing is, and OSError when the disk refuses."""

from __future__ import annotations

import fnmatch
import io
import os
import secrets
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import UnsafeFile
from crawler.workspace.path_walk import LIST, open_descriptor, opened_folder, parent_folder, refusal, status_of

_SMALL = 64 << 20  # bytes of a file that is read in one piece, where no other limit is named


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a folder, and what it is; a link is neither a file nor a folder."""

    name: str
    is_file: bool
    is_folder: bool
    is_link: bool


def named_by_user(path: Path) -> Path:
    """`path` without links: the file or folder that a user means. Raises UnsafeFile for links that lead in a circle."""
    try:
        resolved = path.resolve()
    except (OSError, RuntimeError) as error:
        raise UnsafeFile(f"{path}: a link that leads nowhere: {error}") from error
    return path if resolved == Path(os.path.abspath(path)) else resolved  # noqa: PTH100 - resolve() follows links


# ---------------------------------------------------------------- reading


def open_read(path: Path) -> io.BufferedReader:
    """A regular file, opened for reading."""
    return os.fdopen(open_descriptor(path, os.O_RDONLY), "rb")


def read_bytes(path: Path, *, limit: int = _SMALL) -> bytes:
    """What a file of at most `limit` bytes holds."""
    with open_read(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise UnsafeFile(f"{path}: has more than {limit} bytes, which no such file of a package has")
    return data


def read_text(path: Path, *, limit: int = _SMALL) -> str:
    """What a file of at most `limit` bytes holds, as UTF-8. Raises UnicodeDecodeError too."""
    return read_bytes(path, limit=limit).decode("utf-8")


def size_of(path: Path) -> int:
    """The bytes of a regular file."""
    with open_read(path) as file:
        return os.fstat(file.fileno()).st_size


def is_file(path: Path) -> bool:
    """Whether a regular file is there."""
    found = status_of(path)
    return found is not None and stat.S_ISREG(found.st_mode)


def entries(folder: Path) -> list[Entry]:
    """What stands in a folder, by name; nothing where there is no folder."""
    try:
        with opened_folder(folder, LIST) as descriptor, os.scandir(descriptor) as found:
            return sorted((_entry(item) for item in found), key=lambda entry: entry.name)
    except FileNotFoundError:
        return []


def stamps_of(folder: Path) -> dict[str, str]:
    """By name: size and time of change of the files in a folder; links are told themselves."""
    try:
        with opened_folder(folder, LIST) as descriptor, os.scandir(descriptor) as found:
            looks = ((item.name, item.stat(follow_symlinks=False)) for item in found)
            return {name: f"{its.st_size} {its.st_mtime_ns}" for name, its in looks}
    except FileNotFoundError:
        return {}


def sizes_in(folder: Path) -> dict[str, int]:
    """By name: the bytes of the regular files in a folder."""
    try:
        with opened_folder(folder, LIST) as descriptor, os.scandir(descriptor) as found:
            return {i.name: i.stat(follow_symlinks=False).st_size for i in found if i.is_file(follow_symlinks=False)}
    except FileNotFoundError:
        return {}


def matching(folder: Path, pattern: str) -> list[Path]:
    """The paths in a folder whose names match `pattern` ("*.cdx"), by name; none where there is no folder."""
    return [folder / entry.name for entry in entries(folder) if fnmatch.fnmatchcase(entry.name, pattern)]


# ---------------------------------------------------------------- writing


def open_write(path: Path) -> io.BufferedWriter:
    """A new file in the place of the one that is there, opened for writing. Its folder exists.

    The old one is removed and not emptied: it may have a second name outside the package (a hard link)."""
    remove(path)
    return os.fdopen(open_descriptor(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb")


def nameless_file(folder: Path) -> io.BufferedRandom:
    """An empty file in a folder, without a name: it goes when it is closed, or when the process dies."""
    make_folder(folder)
    path = folder / f"{secrets.token_hex(8)}.tmp"
    descriptor = open_descriptor(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    remove(path)
    return os.fdopen(descriptor, "w+b")


def write_synced(path: Path, content: bytes) -> None:
    """Writes a file, with the folders that it needs, and waits until it is on the disk."""
    make_folder(path.parent)
    with open_write(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def truncate(path: Path, size: int) -> None:
    """Cuts a file, and waits until that is on the disk. One with a second name elsewhere keeps its length there."""
    with os.fdopen(open_descriptor(path, os.O_RDWR), "rb+") as file:
        if os.fstat(file.fileno()).st_nlink == 1:
            file.truncate(size)
            os.fsync(file.fileno())
            return
        draft = path.with_name(f"{path.name}.cut")
        with open_write(draft) as target:
            while (left := size - target.tell()) > 0 and (data := file.read(min(left, 1 << 20))):
                target.write(data)
            target.flush()
            os.fsync(target.fileno())
        move(draft, path)


def sync_file(path: Path) -> None:
    """Waits until what a file holds is on the disk."""
    with os.fdopen(open_descriptor(path, os.O_RDWR), "rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Waits until the names in a folder are on the disk."""
    with opened_folder(path, LIST) as descriptor:
        os.fsync(descriptor)


def make_folder(path: Path) -> None:
    """Makes a folder and those above it, where they are missing."""
    missing = []
    here = path
    while (found := status_of(here)) is None:
        missing.append(here)
        here = here.parent
    if not stat.S_ISDIR(found.st_mode):
        raise refusal(here, found, wanted="folder")
    for folder in reversed(missing):
        with parent_folder(folder) as (above, name), suppress(FileExistsError):
            os.mkdir(name, dir_fd=above)


def new_folder(path: Path) -> None:
    """Makes a folder that only this user can enter. Raises FileExistsError."""
    with parent_folder(path) as (above, name):
        os.mkdir(name, 0o700, dir_fd=above)


def remove(path: Path) -> None:
    """Removes a file, or a link itself; it may be missing."""
    with suppress(FileNotFoundError), parent_folder(path) as (folder, name):
        os.unlink(name, dir_fd=folder)


def move(source: Path, target: Path) -> None:
    """Gives a file or a folder another place on the same disk, in one step; a file there is replaced."""
    with parent_folder(source) as (here, name), parent_folder(target) as (there, other):
        os.rename(name, other, src_dir_fd=here, dst_dir_fd=there)


def copy_file(source: Path, target: Path) -> None:
    """Writes what a file holds to another, and waits until it is on the disk."""
    with open_read(source) as its, open_write(target) as file:
        shutil.copyfileobj(its, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())


def link_or_copy(source: Path, target: Path) -> None:
    """Gives a file a second name, or where the file system knows no such thing, a second copy."""
    with parent_folder(source) as (here, name), parent_folder(target) as (there, other):
        try:
            os.link(name, other, src_dir_fd=here, dst_dir_fd=there, follow_symlinks=False)
            return
        except OSError:
            pass  # a file system without links, or one that guards them
    copy_file(source, target)


def remove_tree(path: Path) -> None:
    """Removes a folder with all that is in it; it may be missing. Links in it are removed, never followed. What the
    system does not let go stays."""
    with suppress(FileNotFoundError), parent_folder(path) as (folder, name):
        shutil.rmtree(name, dir_fd=folder, ignore_errors=True)


def _entry(item: os.DirEntry[str]) -> Entry:
    return Entry(item.name, item.is_file(follow_symlinks=False), item.is_dir(follow_symlinks=False), item.is_symlink())
