"""The WARC files of one run: appended to, rotated by size, and moved to the archive when they are whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from crawler.errors import EnvironmentFault
from crawler.model import Locator
from crawler.workspace.files import make_folder, move, sync_folder
from crawler.workspace.path_walk import open_descriptor

Member = bytes | Iterable[bytes]  # one record, in a gzip member of its own; a large one comes in pieces

_LARGE = 1 << 16  # bytes; a piece of this size is written when it comes


class WarcFiles:
    """Files named after `stem`, in `folder` while they are open. Not thread-safe.

    Raises EnvironmentFault when something cannot be written; the open file then still ends with a whole record.
    """

    def __init__(self, folder: Path, stem: str, max_bytes: int) -> None:
        self.folder = folder
        self._stem, self._max_bytes = stem, max_bytes
        self._paths: list[Path] = []
        self._torn: set[Path] = set()
        self._fd: int | None = None
        self._size = 0

    @property
    def is_full(self) -> bool:
        """True when the next record should go to a new file."""
        return self._fd is None or self._size >= self._max_bytes

    def open_next(self) -> str:
        """The name of a new file, which the following records go to."""
        self.close()
        name = f"{self._stem}-{len(self._paths):05d}.warc.gz"
        path = self.folder / f"{name}.open"
        try:
            make_folder(self.folder)
            self._fd = open_descriptor(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND)
        except OSError as error:
            raise EnvironmentFault(f"{path}: {error.strerror}") from error
        self._paths.append(path)
        self._size = 0
        return name

    def append(self, members: Sequence[Member]) -> Locator:
        """The place of the first of `members`, which are written all or not at all: what a failed write has left is
        taken back, so that no torn record stays."""
        if self._fd is None:
            raise EnvironmentFault("the archive file is closed")
        start = self._size
        try:
            lengths = self._write(self._fd, members)
        except OSError as error:
            self._take_back(self._fd, start)
            raise EnvironmentFault(f"{self._paths[-1]}: {error.strerror}") from error
        except BaseException:
            self._take_back(self._fd, start)
            raise
        self._size += sum(lengths)
        return Locator(f"archive/{self._paths[-1].name.removesuffix('.open')}", start, lengths[0])

    def _write(self, fd: int, members: Sequence[Member]) -> list[int]:
        """The lengths of `members`. Small ones follow each other in one system call."""
        lengths, waiting = [], []
        for member in members:
            length = 0
            for piece in (member,) if isinstance(member, bytes) else member:
                length += len(piece)
                waiting.append(piece)
                if len(piece) > _LARGE:
                    _write_all(fd, b"".join(waiting))
                    waiting.clear()
            lengths.append(length)
        _write_all(fd, b"".join(waiting))
        return lengths

    def _take_back(self, fd: int, size: int) -> None:
        """Cuts the open file back to `size`. Where even that fails the file is left for repair, since behind a torn
        record nothing can be read, and the next record goes to a new one."""
        try:
            os.ftruncate(fd, size)
        except OSError:
            os.close(fd)
            self._fd = None
            self._torn.add(self._paths[-1])

    def give_up(self) -> None:
        """Leaves the open file to repair, empty if that can be: it has no beginning that tells whose it is."""
        if self._fd is None:
            return
        fd, self._fd = self._fd, None
        self._torn.add(self._paths[-1])
        try:
            os.ftruncate(fd, 0)
        except OSError as error:
            raise EnvironmentFault(f"{self._paths[-1]}: {error.strerror}") from error
        finally:
            os.close(fd)

    def close(self) -> None:
        """Ends the open file, if there is one; it is on the disk then."""
        if self._fd is None:
            return
        fd, self._fd = self._fd, None
        try:
            os.fsync(fd)
        except OSError as error:
            raise EnvironmentFault(f"{self._paths[-1]}: cannot be synced: {error.strerror}") from error
        finally:
            os.close(fd)

    def seal(self, archive: Path) -> list[Path]:
        """The finished files under their final names in `archive`. Torn ones stay where they are, for repair."""
        self.close()
        paths, self._paths = [path for path in self._paths if path not in self._torn], []
        try:
            make_folder(archive)
            return [seal_file(path, archive) for path in paths]
        except OSError as error:
            raise EnvironmentFault(f"cannot move finished files into {archive}: {error.strerror}") from error


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def seal_file(path: Path, archive: Path) -> Path:
    """The final path of an open WARC file, after it has been synced and moved; the folders are synced too."""
    target = archive / path.name.removesuffix(".open")
    move(path, target)
    for folder in (archive, path.parent, archive.parent):  # the last, since `archive` may be new
        sync_folder(folder)
    return target
