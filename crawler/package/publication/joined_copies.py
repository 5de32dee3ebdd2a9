"""WARC files that stand in archive/ twice, as they were and in a joined file: where a join was cut short and given up,
or somebody put a file back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from crawler.archive.joining import holds, read_parts
from crawler.archive.parts import Part, is_joined, place_in_time
from crawler.errors import PackageInvalid
from crawler.package.tables.places import Places
from crawler.workspace import Workspace
from crawler.workspace.files import matching


def news_among(fresh: Sequence[Path], known: Sequence[Path]) -> list[Path]:
    """Those of the files `fresh` that hold something else than the `known` ones, and than each other: of a joined file
    and its parts the joined one stays where nothing is known of them.

    Only joined files of the same source and month are looked into. Raises PackageInvalid where a file that is known by
    its name has other bytes, or a joined one is known in part; ArchiveError."""
    if not any(is_joined(path.name) for path in (*fresh, *known)):
        return list(fresh)
    times = {_time(path) for path in fresh}
    held: dict[str, tuple[Path, Part | None]] = {path.name: (path, None) for path in known if _time(path) in times}
    for path in _joined(known, times):
        held |= {part.name: (path, part) for part in read_parts(path)}
    copies: set[Path] = set()
    for path in _joined(fresh, times):
        parts = read_parts(path)
        twice = [part for part in parts if part.name in held]
        if twice and len(twice) < len(parts):
            raise PackageInvalid(f"{path}: its part {twice[0].name} is here already, and others are not; use `merge`")
        if twice:
            copies.add(path)
        else:
            held |= {part.name: (path, part) for part in parts}
    for path in fresh:
        owner, part = held.get(path.name, (path, None))
        if part is not None:
            if not holds(owner, part, path):
                raise PackageInvalid(f"{path}: has other bytes than the part of that name in {owner.name}")
            copies.add(path)
    return [path for path in fresh if path not in copies]


def joined_in(workspace: Workspace) -> Places:
    """The joined files of a package with their parts, whether a version lists them or not. Raises ArchiveError."""
    paths = [path for path in matching(workspace.archive, "*.joined.warc.gz") if is_joined(path.name)]
    return Places({workspace.relative(path): read_parts(path) for path in paths})


def _time(path: Path) -> tuple[str, ...]:
    place = place_in_time(path.name)
    return (place.source, place.month) if place else ()


def _joined(paths: Iterable[Path], times: set[tuple[str, ...]]) -> Iterable[Path]:
    return [path for path in paths if is_joined(path.name) and _time(path) in times]
