"""A package whose folders are links is none: said before a command does anything in it."""

from __future__ import annotations

from pathlib import Path

from crawler.errors import UnsafeFile
from crawler.workspace import Workspace
from crawler.workspace.files import Entry, entries

_MOST = 200_000  # files in .work: a crawl that is under way has a few, an archive of ten years that was staged some
_DEEPEST = 12


def refuse_links(workspace: Workspace) -> None:
    """Raises UnsafeFile when a folder of the package, a file beside them, or anything in `.work` is a link or no plain
    file. A package without one passes at the cost of two looks.

    What stands in the folders is not looked at here: it is opened without following links when it is read."""
    if not workspace.root.is_dir():
        return
    for entry in entries(workspace.root):
        _check(workspace.root, entry)
    waiting = [(workspace.work, 1)]
    count = 0
    while waiting:
        folder, depth = waiting.pop()
        for entry in entries(folder):
            _check(folder, entry)
            count += 1
            if count > _MOST or depth > _DEEPEST:
                raise UnsafeFile(f"{folder}: holds more than a command leaves there; look at it, and remove it")
            if entry.is_folder:
                waiting.append((folder / entry.name, depth + 1))


def _check(folder: Path, entry: Entry) -> None:
    if entry.is_link:
        raise UnsafeFile(f"{folder / entry.name}: is a link, and a package has none; put the files themselves there")
    if not entry.is_file and not entry.is_folder:
        raise UnsafeFile(f"{folder / entry.name}: is no plain file, and a package has no other")
