"""What the archive gives back: a package whose tables were damaged or changed by hand, made again and put in place."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from crawler.errors import PackageInvalid
from crawler.package.build.build import build
from crawler.package.descriptor.descriptor import File, read_descriptor
from crawler.package.descriptor.file_lists import listed_files
from crawler.package.gates.decide import GATES
from crawler.package.history.extraction_results import Progress
from crawler.package.publication.damage import is_not_as_listed
from crawler.package.publication.doctor import keep_aside
from crawler.package.publication.lock import hold
from crawler.package.publication.package_copy import copied, sources_copied
from crawler.package.publication.sidecar_files import package_seeds
from crawler.package.publication.transaction import Publication
from crawler.package.tables.partitions import hash_file
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, link_or_copy

_TOP = ("datapackage.json", "datapackage-digest.json")
_CARRIED = ("data/", "changes/")  # parts of tables, which tell older readings


@dataclass(frozen=True, slots=True)
class Mended:
    """What a rebuild put in place: paths inside the package, and the version that stands now."""

    version: str
    files: tuple[str, ...]
    aside: tuple[str, ...]  # names under `.work/damaged` of what stood there


def mend(workspace: Workspace, *, progress: Progress, engine: str = "processes") -> Mended:
    """Makes all tables, the index and the descriptor again from the WARC files and seeds that the descriptor lists, and
    puts in place what differs; what stood there is set aside. Where the program is the one that made the package, the
    very bytes that were published come back.

    Rows of earlier readings are carried over where all parts are as they are listed, else they are lost. Raises
    PackageInvalid while a WARC file or a seed is not as listed: then there is nothing to make the tables of.
    """
    with hold(workspace):
        listed = listed_files(workspace, read_descriptor(workspace) or {})
        broken = {path for path, file in listed.items() if is_not_as_listed(workspace, path, file)}
        if lost := sorted(path for path in broken if path.startswith(("archive/", "seeds/"))):
            words = f"{len(lost)} files of which the tables are made are damaged or gone, such as {lost[0]}"
            raise PackageInvalid(f"{words}: put them back from another copy of the package first")
        with _sources(workspace, listed, broken) as copy:
            seeds = package_seeds(workspace)
            build(copy, seeds=seeds, full=True, engine=engine, progress=progress, use_cache=False, accept=GATES)
            return _publish(workspace, copy, listed)


def _sources(workspace: Workspace, listed: Mapping[str, File], broken: set[str]) -> AbstractContextManager[Workspace]:
    """What the package is made of; with its tables, of which a build takes older readings, where these are whole."""
    if any(path.startswith(_CARRIED) for path in broken):
        return sources_copied(workspace)
    return copied(workspace, [path for path in listed if path not in broken])


def _publish(workspace: Workspace, copy: Workspace, listed: Mapping[str, File]) -> Mended:
    made = read_descriptor(copy)
    if made is None:
        raise PackageInvalid(f"{workspace.root}: nothing can be made of its archive")
    new = [path for path in listed_files(copy, made) if not path.startswith("archive/")]
    put = [path for path in (*new, *_TOP) if not _is_same(workspace, copy, path)]
    gone = [p for p in listed if p not in new and not p.startswith(("archive/", "seeds/"))]
    aside = [keep_aside(workspace, workspace.resolve(p)) for p in (*put, *gone) if is_file(workspace.root / p)]
    publication = Publication(workspace)
    for path in put:
        link_or_copy(copy.resolve(path), workspace.staging / path)
        publication.add_file(path)
    for path in gone:
        publication.remove(path)
    if put or gone:
        publication.commit()
    return Mended(str(made["version"]), tuple(put), tuple(aside))


def _is_same(workspace: Workspace, copy: Workspace, path: str) -> bool:
    where = workspace.root / path
    return is_file(where) and hash_file(where)[0] == hash_file(copy.root / path)[0]
