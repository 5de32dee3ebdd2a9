"""Folders in which a command makes something whole, beside the place that the user named for it.

A killed command leaves its folder behind. The next one in the same place removes it: where this installation made it
(its mark is sealed), and nobody is at work in it (the mark is locked as long as its process lives)."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crawler.errors import UnsafeFile
from crawler.workspace import files
from crawler.workspace.user_folders import is_sealed, seal

_NAME = re.compile(r"\.ministry-news-[0-9a-f]{12}")
_MARK = "mark"
_MARK_BYTES = 64
_KIND = "draft"  # of seals


@contextmanager
def draft_folder(place: Path) -> Iterator[Path]:
    """An empty folder inside of a hidden one in the folder `place`; what is still there at the end is removed. Removes
    those that killed commands of this installation left in `place`. Raises OSError, UnsafeFile."""
    place = files.named_by_user(place)
    _remove_left(place)
    folder = place / f".ministry-news-{secrets.token_hex(6)}"
    files.new_folder(folder)
    mark = os.open(folder / _MARK, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with suppress(OSError):  # a file system without locks: nobody else finds it free then either
            fcntl.flock(mark, fcntl.LOCK_EX)
        os.write(mark, seal(_KIND, place, [folder.name]).encode())  # last: an empty mark is nobody's
        (folder / "made").mkdir()
        yield folder / "made"
    finally:
        os.close(mark)
        files.remove_tree(folder)


def _remove_left(place: Path) -> None:
    for entry in files.entries(place):
        if entry.is_folder and _NAME.fullmatch(entry.name):
            with suppress(OSError, UnsafeFile):  # it is in nobody's way
                _remove_if_left(place, entry.name)


def _remove_if_left(place: Path, name: str) -> None:
    with files.open_read(place / name / _MARK) as mark:
        fcntl.flock(mark.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        if is_sealed(mark.read(_MARK_BYTES + 1).decode("ascii", "replace"), _KIND, place, [name]):
            files.remove_tree(place / name)
