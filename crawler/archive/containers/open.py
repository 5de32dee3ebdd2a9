"""Files that hold web archives, opened one WARC or ARC at a time: plain, packed with gzip or zstd in whatever pieces,
and WACZ (a zip), whose members may be WACZ again (multi-WACZ)."""

from __future__ import annotations

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.archive.containers.packing import copied, in_members
from crawler.archive.limits import MAX_UNPACKED, most
from crawler.errors import ArchiveError
from crawler.workspace.files import move, named_by_user, open_read, open_write, size_of
from crawler.workspace.scratch import scratch_folder

_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")
_NESTED = (".wacz", ".zip")
_MAX_MEMBERS = 100_000  # of one zip
_MAX_DEPTH = 3  # zips in zips
# zipfile says RuntimeError to an encrypted member, and a subclass of it to a packing method that it does not know.
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Opened:
    """A WARC or ARC: its name, the file that holds its records, and what of it could not be unpacked, in words.

    Where it was opened as it is, `plain` is where it may be unpacked to."""

    name: str
    path: Path
    lost: Sequence[str] = ()
    plain: Path = Path()


@contextmanager
def archives(path: Path, scratch: Path) -> Iterator[Iterator[Opened]]:
    """Each WARC or ARC that `path` holds, in a form whose records can be found by their place; files that had to be
    unpacked live in `scratch` while they are read. Names in a zip are never used as paths. Raises ArchiveError, also
    where a zip holds none."""
    with scratch_folder(scratch) as folder:
        yield (
            Opened(one.name, *in_members(one.path, one.plain, one.name))
            for one in archives_as_they_are(path, folder / "member")
        )


def archives_as_they_are(path: Path, member: Path, *, side_by_side: bool = False) -> Iterator[Opened]:
    """As `archives`, but packed as they are; what is taken out of a zip lives at `member` until the next one is, or
    beside it where all are wanted `side_by_side`. Raises ArchiveError."""
    path = named_by_user(path)
    limit = most(size_of_file(path), absolute=MAX_UNPACKED)
    for number, opened in enumerate(_open(path, path.name, member, limit)):
        if side_by_side and opened.path != path:
            kept = opened.path.with_name(f"{opened.path.name}-of-{number}")
            move(opened.path, kept)
            yield replace(opened, path=kept, plain=kept.with_suffix(".plain"))
        else:
            yield opened


def size_of_file(path: Path) -> int:
    """The bytes of a file. Raises ArchiveError where it cannot be read."""
    try:
        return size_of(path)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error


def _open(path: Path, name: str, member: Path, limit: int, depth: int = 0) -> Iterator[Opened]:
    """As `archives`; nothing unfolds to more than `limit` bytes, which the file that the user named allows."""
    with open_read(path) as file:
        zipped = zipfile.is_zipfile(file)
    if not zipped:
        yield Opened(name, path, plain=member.with_suffix(".plain"))
        return
    try:
        with open_read(path) as file, zipfile.ZipFile(file) as package:
            yield from _members(package, path, name, member, limit, depth)
    except _BAD_ZIP as error:
        raise ArchiveError(f"{name}: {error}") from error
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):  # the machine's own: no space, no permission
            raise
        # bz2 says it of a damaged stream, and seek of an offset before the file's begin.
        raise ArchiveError(f"{name}: a damaged zip: {error}") from error


def _members(package: zipfile.ZipFile, path: Path, name: str, member: Path, limit: int, depth: int) -> Iterator[Opened]:
    infos = [i for i in package.infolist() if i.filename.lower().endswith(_SUFFIXES + _NESTED)]
    if len(infos) > _MAX_MEMBERS:
        raise ArchiveError(f"{name}: {len(infos)} archives in one zip")
    if not infos:
        raise ArchiveError(f"{name}: a zip without a WARC, ARC or WACZ in it")
    if depth >= _MAX_DEPTH:
        raise ArchiveError(f"{name}: more than {_MAX_DEPTH} zips in each other are not opened")
    for info in infos:
        allowed = min(limit, most(min(info.compress_size, size_of(path)), absolute=MAX_UNPACKED))
        with package.open(info) as source, open_write(member) as target:
            copied(source, target, allowed, f"{name}: {info.filename!r}")
        inner = f"{name}/{info.filename.rpartition('/')[2]}"
        yield from _open(member, inner, member.with_name(f"{member.name}-{depth + 1}"), allowed, depth + 1)
