"""A new version of the package, made visible in one step or not at all.

Files are staged and synced first; then a journal says what is to be done, and from there on the next command that
opens the package finishes what this one began. Order of the moves: files with new names (nothing that is published
names them), files whose name stays, the descriptor, its digest; then the files that no version names go.

So at any instant datapackage.json names parts of tables, indexes and WARC files that are there with the stated bytes:
they are named after their content, or never change. Between two renames, which is a millisecond, or after a kill until
the next command, three kinds of files may be one version ahead or behind it: `pages/pages.jsonl` and
datapackage-digest.json, whose names WACZ 1.1.1 (5.3, 5.5) fixes, and `seeds/<id>.toml`, whose name is the id by which a
rebuild finds it. That is accepted: no row comes from them, and no order of renames can do better, since a name that
stays cannot be of both versions. Who compares hashes meets another hash and never a wrong row; `validate` tells it as
begun while the journal stands, and every verb, also those that only read, finishes the publication first where it can.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from crawler.errors import EnvironmentFault, PackageInvalid
from crawler.workspace import Workspace

_FOLDERS = ("data", "changes", "indexes", "pages", "seeds")
_WARC = re.compile(r"archive/[A-Za-z0-9][A-Za-z0-9._-]*\.warc\.gz")  # replaced only when records are withdrawn
_TOP = ("datapackage.json", "datapackage-digest.json")
_REFUSAL = "refused.json"  # no part of a version, and beside one: see `refusal`


class Publication:
    """The files of the next version, while they are made."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.moves: list[str] = []  # paths inside the package; the staged file has the same path inside staging
        self.removals: list[str] = []
        shutil.rmtree(workspace.staging, ignore_errors=True)
        for folder in (*_FOLDERS, "archive"):
            (workspace.staging / folder).mkdir(parents=True, exist_ok=True)

    def folder(self, name: str) -> Path:
        """Where files for the folder `name` are staged."""
        return self.workspace.staging / name

    def add_file(self, relative: str) -> None:
        """Takes in a file that was written and synced at its place in staging."""
        self.moves.append(_checked(relative))

    def add(self, relative: str, content: bytes) -> None:
        """Stages a file with this content."""
        write_synced(self.workspace.staging / _checked(relative, also=_REFUSAL), content)
        self.moves.append(relative)

    def remove(self, relative: str) -> None:
        """Removes a file once the new version is visible. Raises ValueError for one of the archive."""
        if relative.startswith("archive/"):
            raise ValueError(f"the archive is never removed: {relative!r}")
        self.removals.append(_checked(relative, also=_REFUSAL))

    def commit(self) -> None:
        """Publishes. Raises EnvironmentFault; what was begun then is finished by the next `recover`."""
        self.moves.sort(key=self._turn)
        try:
            for folder in (*_FOLDERS, "archive", "."):
                sync_folder(self.workspace.staging / folder)
            journal = {"moves": self.moves, "removals": self.removals}
            draft = self.workspace.journal.with_suffix(".new")
            write_synced(draft, json.dumps(journal, indent=0).encode())
            draft.replace(self.workspace.journal)
            sync_folder(self.workspace.work)
            _apply(self.workspace, self.moves, self.removals)
        except OSError as error:
            raise EnvironmentFault(f"cannot publish {self.workspace.root}: {error}") from error

    def discard(self) -> None:
        """Gives up the staged files."""
        shutil.rmtree(self.workspace.staging, ignore_errors=True)

    def _turn(self, relative: str) -> tuple[int, str]:
        if relative in _TOP:
            return 2 + _TOP.index(relative), relative
        return int((self.workspace.root / relative).exists()), relative


def recover(workspace: Workspace) -> list[str]:
    """Finishes a publication that was interrupted; returns what was done, in words. Cheap when there is nothing.

    Raises PackageInvalid when the journal is none of ours, EnvironmentFault when the disk refuses.
    """
    if not workspace.journal.exists():
        workspace.journal.with_suffix(".new").unlink(missing_ok=True)
        if workspace.staging.exists():
            shutil.rmtree(workspace.staging, ignore_errors=True)
            return ["threw away the staged files of a version that was never published"]
        return []
    try:
        journal = json.loads(workspace.journal.read_bytes())
        moves, removals = ([_checked(p, also=_REFUSAL) for p in journal[name]] for name in ("moves", "removals"))
        if any(path.startswith("archive/") for path in removals):
            raise ValueError("the archive is never removed")
    except (ValueError, KeyError, TypeError) as error:
        raise PackageInvalid(f"{workspace.journal}: not a journal of this program: {error}") from error
    try:
        _apply(workspace, moves, removals)
    except OSError as error:
        raise EnvironmentFault(f"cannot finish the publication that was begun in {workspace.root}: {error}") from error
    return ["finished a publication that was interrupted"]


def write_synced(path: Path, content: bytes) -> None:
    """Writes a file and waits until it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Waits until what a file holds is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Waits until the names in a folder are on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _apply(workspace: Workspace, moves: Iterable[str], removals: Iterable[str]) -> None:
    for relative in moves:
        target = workspace.root / relative
        target.parent.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):  # moved already, before the interruption
            (workspace.staging / relative).replace(target)
    folders = [folder for name in (*_FOLDERS, "archive") if (folder := workspace.root / name).is_dir()]
    for folder in (*folders, workspace.root):
        sync_folder(folder)
    for relative in removals:
        (workspace.root / relative).unlink(missing_ok=True)
    workspace.journal.unlink(missing_ok=True)
    sync_folder(workspace.work)
    shutil.rmtree(workspace.staging, ignore_errors=True)


def _checked(relative: str, *, also: str = "") -> str:
    if relative == also:
        return relative
    folder, _, name = relative.rpartition("/")
    safe = name and not name.startswith(".") and "\\" not in name and "\0" not in name
    if not safe or not (folder in _FOLDERS or relative in _TOP or _WARC.fullmatch(relative)):
        raise ValueError(f"not a file of a package: {relative!r}")
    return relative
