"""Which WARC files, or parts of joined ones, are taken into a package from others, and how each goes to its place.

A joined file counts as the files that it was made of: packages of the same captures may have joined them in another
way, or not yet, and each capture is taken once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from crawler.archive.joining import cut_out, pieces, read_parts
from crawler.archive.parts import Part
from crawler.errors import PackageInvalid
from crawler.package.descriptor.descriptor import File
from crawler.package.descriptor.published import Published
from crawler.package.tables.partitions import hash_file
from crawler.workspace import Workspace
from crawler.workspace.files import copy_file, make_folder, matching, move, remove, sync_folder


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is to be taken: as it is, or only parts of it."""

    space: Workspace
    file: File
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    """Where the bytes of a file of a run stand: in a file of their own, or in a joined one."""

    space: Workspace
    path: str
    part: Part | None

    def sha256(self) -> str:
        where = self.space.resolve(self.path)
        if self.part is None:
            return hash_file(where)[0]
        digest = hashlib.sha256()
        for data in pieces(where, self.part):
            digest.update(data)
        return digest.hexdigest()


@dataclass(slots=True)
class Holdings:
    """The files of runs that a package has, and is to get. Raises ArchiveError for a joined file that is none."""

    target: Workspace
    wanted: list[Wanted] = field(default_factory=list)
    _held: dict[str, _Held] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in matching(self.target.archive, "*.warc.gz"):
            self._held |= _parts_of(self.target, self.target.relative(path))

    def want(self, state: Published) -> None:
        """Adds what another package has, and this one has not. Raises PackageInvalid where a file has other bytes."""
        space = state.workspace
        for path, file in sorted(state.files.items()):
            if not path.startswith("archive/"):
                continue
            its = _parts_of(space, path)
            missing = {name: held for name, held in its.items() if name not in self._held}
            for name in its.keys() - missing.keys():
                sha256 = file.sha256 if its[name].part is None else its[name].sha256()
                if self._held[name].sha256() != sha256:
                    words = f"archive/{name} has other bytes than the file of that name elsewhere"
                    raise PackageInvalid(f"{space.root}: {words}")
            if missing:
                some = tuple(held.part for held in missing.values() if held.part) if len(missing) < len(its) else ()
                self.wanted.append(Wanted(space, file, some))
                self._held |= missing


def _parts_of(space: Workspace, path: str) -> dict[str, _Held]:
    parts = read_parts(space.resolve(path))
    return {part.name: _Held(space, path, part) for part in parts} or {
        path.rpartition("/")[2]: _Held(space, path, None)
    }


def take(wanted: Wanted, target: Workspace) -> None:
    """Copies a WARC file to its place, once its bytes are the listed ones, or parts of it. Raises PackageInvalid when
    they are not."""
    path, space = wanted.file.path, wanted.space
    draft, source = target.work / "merged.part", space.resolve(path)
    make_folder(target.work)
    make_folder(target.archive)
    copy_file(source, draft)
    if hash_file(draft) != (wanted.file.sha256, wanted.file.bytes):
        remove(draft)
        raise PackageInvalid(f"{space.root}: {path} is not as its descriptor says; validate it")
    if not wanted.parts:
        move(draft, target.root / path)
    for part in wanted.parts:
        piece = target.work / "merged.piece"
        cut_out(draft, part, piece)
        move(piece, target.archive / part.name)
    remove(draft)
    sync_folder(target.archive)
