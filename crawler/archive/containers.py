"""Files that hold web archives, opened one WARC or ARC at a time: plain, gzip in one piece, and WACZ (a zip)."""

from __future__ import annotations

import errno
import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from crawler.archive.limits import MAX_UNPACKED, most, too_much
from crawler.archive.reader import records
from crawler.errors import ArchiveError
from crawler.workspace.files import named_by_user, open_read, open_write, size_of
from crawler.workspace.scratch import scratch_folder

_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")
_MAX_MEMBERS = 100_000  # of one zip
_STEP = 1 << 20
# zipfile says RuntimeError to an encrypted member, and a subclass of it to a packing method that it does not know.
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, ValueError)


@contextmanager
def archives(path: Path, scratch: Path) -> Iterator[Iterator[tuple[str, Path]]]:
    """(name, file) of each WARC or ARC that `path` holds; files that had to be unpacked live in `scratch` while they
    are read. Names in a zip are never used as paths. Raises ArchiveError."""
    with scratch_folder(scratch) as folder:
        yield _open(named_by_user(path), folder / "member")


def _open(path: Path, member: Path) -> Iterator[tuple[str, Path]]:
    try:
        with open_read(path) as file:
            zipped = zipfile.is_zipfile(file)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
    if not zipped:
        yield path.name, _in_members(path, member)
        return
    try:
        with open_read(path) as file, zipfile.ZipFile(file) as package:
            names = [i for i in package.infolist() if i.filename.lower().endswith(_SUFFIXES)]
            if len(names) > _MAX_MEMBERS:
                raise ArchiveError(f"{path}: {len(names)} archives in one zip")
            for info in names:
                with package.open(info) as source, open_write(member) as target:
                    limit = most(min(info.compress_size, size_of(path)), absolute=MAX_UNPACKED)
                    _unfold(source, target, limit, f"{path}: {info.filename!r}")
                yield (
                    f"{path.name}/{info.filename.rpartition('/')[2]}",
                    _in_members(member, member.with_suffix(".plain")),
                )
    except _BAD_ZIP as error:
        raise ArchiveError(f"{path}: {error}") from error
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):  # the machine's own: no space, no permission
            raise
        # bz2 says it of a damaged stream, and seek of an offset before the file's begin.
        raise ArchiveError(f"{path}: a damaged zip: {error}") from error


def _in_members(path: Path, plain: Path) -> Path:
    """`path`, or `plain` with its content where a whole file was put into one gzip member."""
    with open_read(path) as file:
        if file.read(2) != b"\x1f\x8b":
            return path
    try:
        for count, _ in enumerate(records(path, only=("warcinfo",))):
            if count:
                return path
    except ArchiveError:
        try:
            with open_read(path) as raw:
                engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
                start = engine.decompress(raw.read(_STEP), _STEP)
        except zlib.error:
            return path  # the reader will say where it is damaged
        if start.count(b"WARC/1.") < 2:  # one record, or none: the damage is the file's own
            return path
        limit = most(size_of(path), absolute=MAX_UNPACKED)
        # What could be unpacked is read; its end will tell that it is torn.
        with (
            open_read(path) as raw,
            gzip.GzipFile(fileobj=raw) as source,
            open_write(plain) as target,
            suppress(OSError, EOFError, zlib.error),
        ):
            _unfold(source, target, limit, str(path))
        return plain
    return path


def _unfold(source: IO[bytes] | gzip.GzipFile, target: IO[bytes], limit: int, name: str) -> None:
    size = 0
    while data := source.read(_STEP):
        size += len(data)
        if size > limit:
            raise ArchiveError(f"{name}: {too_much(limit)}: a zip bomb?")
        target.write(data)
