"""A new version of the package, made visible in one step or not at all.

Files are staged and synced first; then a journal says what is to be done, and from there on the next command that
opens the package finishes what this one began. Order of the moves: files with new names (nothing that is published
names them), files whose name stays, the descriptor, its digest; then the files that no version names go.

So at any instant datapackage.json names parts of tables, indexes and WARC files that are there with the stated bytes:
they are named after their content, or never change. Between two renames, which is a millisecond, or after a kill until
the next command, four kinds of files may be one version ahead or behind it: `pages/pages.jsonl` and
datapackage-digest.json, whose names WACZ 1.1.1 (5.3, 5.5) fixes, `seeds/<id>.toml`, whose name is the id by which a
rebuild finds it, and README.md, LICENSE.md, CITATION.cff, index.html and the feeds (changes.atom, changes/<id>.atom),
which people, platforms and feed readers look for by these names. That is accepted: no row comes from them, and no order
of renames can do better, since a name that stays cannot be of both versions. Who compares hashes meets another hash and
never a wrong row; `validate` tells it as begun while the journal stands, and every verb, also those that only read,
finishes the publication first where it can.

Files of the archive are never removed, with one exception: where a joined WARC file has been put in its place and the
descriptor names it, those whose bytes it holds go, each compared with it byte for byte before (`remove_parts`). No
journal names them, so that none can order it.

A journal is an order to move and to remove files, so it is carried out only where this installation wrote it (its seal,
`workspace/user_folders.py`). One that came with a package is told by every verb, stops those that write, and is carried
out or given up by `doctor` when a person says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.joining import remove_parts
from crawler.archive.parts import Part, is_joined
from crawler.errors import ArchiveError, EnvironmentFault, ForeignPublication, PackageInvalid
from crawler.package.descriptor.descriptor_shape import DOCUMENTS
from crawler.workspace import Workspace
from crawler.workspace.files import (
    is_file,
    make_folder,
    move,
    remove,
    remove_tree,
    sync_folder,
    write_synced,
)
from crawler.workspace.path_walk import status_of
from crawler.workspace.safe_json import read_json
from crawler.workspace.user_folders import is_sealed, seal

_FOLDERS = ("data", "changes", "explorer", "indexes", "pages", "seeds")
_WARC = re.compile(r"archive/[A-Za-z0-9][A-Za-z0-9._-]*\.warc\.gz")  # replaced only when records are withdrawn
_TOP = ("datapackage.json", "datapackage-digest.json")
_MAX_JOURNAL = 64 << 20  # bytes
FOREIGN = (
    "a publication that another installation began in this package, or in another folder, and did not finish; "
    "`ministry-news doctor --foreign-publication finish` carries it out, `... discard` gives it up"
)
_REFUSAL = "refused.json"  # no part of a version, and beside one: see `refusal`


class Publication:
    """The files of the next version, while they are made."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.moves: list[str] = []  # paths inside the package; the staged file has the same path inside staging
        self.removals: list[str] = []
        self.joined: dict[str, tuple[Part, ...]] = {}  # WARC files that take the place of others
        remove_tree(workspace.staging)
        for folder in (*_FOLDERS, "archive"):
            make_folder(workspace.staging / folder)

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

    def join(self, relative: str, parts: tuple[Part, ...]) -> None:
        """Takes in a joined WARC file that stands at its place in staging: its parts go when it is published."""
        self.add_file(relative)
        self.joined[relative] = parts

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
            draft = self.workspace.journal.with_suffix(".new")
            write_synced(draft, journal_bytes(self.workspace, self.moves, self.removals))
            move(draft, self.workspace.journal)
            sync_folder(self.workspace.work)
            _apply(self.workspace, self.moves, self.removals)
        except (OSError, ArchiveError) as error:
            raise EnvironmentFault(f"cannot publish {self.workspace.root}: {error}") from error

    def discard(self) -> None:
        """Gives up the staged files."""
        remove_tree(self.workspace.staging)

    def _turn(self, relative: str) -> tuple[int, str]:
        if relative in _TOP:
            return 2 + _TOP.index(relative), relative
        return int(is_file(self.workspace.root / relative)), relative


def journal_bytes(workspace: Workspace, moves: Sequence[str], removals: Sequence[str]) -> bytes:
    """The content of a journal, with the seal of this installation: without it nobody carries a journal out."""
    proof = seal("journal", workspace.root, _sealed_words(moves, removals))
    return json.dumps({"moves": moves, "removals": removals, "seal": proof}, indent=0).encode()


@dataclass(frozen=True, slots=True)
class Journal:
    """What a publication that was begun has still to do."""

    moves: tuple[str, ...]
    removals: tuple[str, ...]
    is_ours: bool  # begun by this installation, in this folder


def read_journal(workspace: Workspace) -> Journal | None:
    """The journal of a publication that was cut short; None when there is none. Raises PackageInvalid when it names
    something else than files of a package, or is no journal."""
    try:
        value = read_json(workspace.journal, limit=_MAX_JOURNAL)
        moves, removals = (tuple(_checked(p, also=_REFUSAL) for p in value[name]) for name in ("moves", "removals"))
        if any(path.startswith("archive/") for path in removals):
            raise ValueError("the archive is never removed")
        is_ours = is_sealed(value.get("seal"), "journal", workspace.root, _sealed_words(moves, removals))
        return Journal(moves, removals, is_ours)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackageInvalid(f"{workspace.journal}: not a journal of this program: {error}") from error


def recover(workspace: Workspace) -> list[str]:
    """Finishes a publication that was interrupted; returns what was done, in words. Cheap when there is nothing.

    Raises ForeignPublication when another installation began it, PackageInvalid when the journal is none of ours,
    EnvironmentFault when the disk refuses.
    """
    journal = read_journal(workspace)
    if journal is None:
        remove(workspace.journal.with_suffix(".new"))
        if status_of(workspace.staging) is not None:
            remove_tree(workspace.staging)
            return ["threw away the staged files of a version that was never published"]
        return []
    if not journal.is_ours:
        raise ForeignPublication(f"{workspace.journal}: {FOREIGN}")
    return finish(workspace, journal)


def finish(workspace: Workspace, journal: Journal) -> list[str]:
    """Carries a journal out; what was done, in words. Raises EnvironmentFault."""
    try:
        _apply(workspace, journal.moves, journal.removals)
    except (OSError, ArchiveError) as error:
        raise EnvironmentFault(f"cannot finish the publication that was begun in {workspace.root}: {error}") from error
    return ["finished a publication that was interrupted"]


def discard(workspace: Workspace) -> list[str]:
    """Gives up a publication that was begun: the version that datapackage.json names stands; what was done, in words.
    Archive and seeds are as they were, so that a build makes the version that was lost."""
    remove(workspace.journal)
    remove_tree(workspace.staging)
    sync_folder(workspace.work)
    return ["gave up a publication that another installation began; `build --full` makes the tables anew"]


def _sealed_words(moves: Sequence[str], removals: Sequence[str]) -> list[str]:
    return [str(len(moves)), *moves, *removals]


def _apply(workspace: Workspace, moves: Sequence[str], removals: Iterable[str]) -> None:
    for relative in moves:
        target = workspace.root / relative
        make_folder(target.parent)
        with suppress(FileNotFoundError):  # moved already, before the interruption
            move(workspace.staging / relative, target)
    for folder in (*(workspace.root / name for name in (*_FOLDERS, "archive")), workspace.root):
        with suppress(FileNotFoundError):
            sync_folder(folder)
    for relative in filter(is_joined, moves):
        remove_parts(workspace.root / relative)
    for relative in removals:
        remove(workspace.root / relative)
    remove(workspace.journal)
    sync_folder(workspace.work)
    remove_tree(workspace.staging)


def _checked(relative: str, *, also: str = "") -> str:
    if relative == also:
        return relative
    folder, _, name = relative.rpartition("/")
    safe = name and not name.startswith(".") and "\\" not in name and "\0" not in name
    if not safe or not (folder in _FOLDERS or relative in (*_TOP, *DOCUMENTS) or _WARC.fullmatch(relative)):
        raise ValueError(f"not a file of a package: {relative!r}")
    return relative
