"""Folders that a command makes for itself in `.work`, and takes away: known by a mark that only this installation can
make, so that what a killed command left behind is removed, and nothing that somebody else put there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import UnsafeFile
from crawler.workspace import files
from crawler.workspace.user_folders import is_sealed, seal

_MARK = ".ministry-news-scratch"
_MARK_BYTES = 64


@contextmanager
def scratch_folder(work: Path) -> Iterator[Path]:
    """An empty folder in `work`, which is `.work` of a package; it is removed at the end. Raises OSError."""
    files.make_folder(work)
    folder = work / f"scratch-{secrets.token_hex(6)}"
    files.new_folder(folder)
    try:
        files.write_synced(folder / _MARK, seal("scratch", work.parent, [folder.name]).encode())
        yield folder
    finally:
        files.remove_tree(folder)


def left_behind(work: Path) -> list[Path]:
    """The folders in `work` that commands of this installation made and did not live to remove."""
    return [work / entry.name for entry in files.entries(work) if entry.is_folder and _is_ours(work, entry.name)]


def _is_ours(work: Path, name: str) -> bool:
    try:
        mark = files.read_bytes(work / name / _MARK, limit=_MARK_BYTES)
    except (OSError, UnsafeFile):
        return False
    return is_sealed(mark.decode("ascii", "replace"), "scratch", work.parent, [name])
