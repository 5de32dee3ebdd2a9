"""The proof of the first law: archive and seeds give back every other byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.errors import NotFound
from crawler.package.build.build import build
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.package.descriptor.file_lists import listed_files
from crawler.package.history.extraction_results import Progress
from crawler.package.publication.lock import hold
from crawler.package.publication.package_copy import copied
from crawler.package.publication.sidecar_files import package_seeds
from crawler.package.publication.transaction import recover
from crawler.package.tables.partitions import hash_file
from crawler.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reproduction:
    """How a rebuild compares with what is published: paths inside the package."""

    files: int
    other: tuple[str, ...]  # with other bytes
    missing: tuple[str, ...]  # published, and not built again
    extra: tuple[str, ...]  # built, and not published

    @property
    def same(self) -> bool:
        return not (self.other or self.missing or self.extra)


def reproduce(
    workspace: Workspace,
    *,
    engine: str = "processes",
    workers: int | None = None,
    progress: Progress | None = None,
) -> Reproduction:
    """Rebuilds the package in a folder of its own, without any cache, and compares every byte.

    Raises NotFound without a package, and what `build` raises.
    """
    with hold(workspace):
        recover(workspace)
        if read_descriptor(workspace) is None:
            raise NotFound(f"{workspace.root}: no package here; run `crawl` or `demo` first")
        with copied(workspace) as copy:
            seeds = package_seeds(workspace)
            build(copy, seeds=seeds, full=True, engine=engine, workers=workers, progress=progress, use_cache=False)
            return _compare(_hashes(workspace), _hashes(copy))


def _compare(published: Mapping[str, str], built: Mapping[str, str]) -> Reproduction:
    other = (path for path in published.keys() & built.keys() if published[path] != built[path])
    missing, extra = published.keys() - built.keys(), built.keys() - published.keys()
    return Reproduction(len(published), tuple(sorted(other)), tuple(sorted(missing)), tuple(sorted(extra)))


def _hashes(workspace: Workspace) -> dict[str, str]:
    descriptor = read_descriptor(workspace) or {"resources": []}
    paths = ["datapackage.json", "datapackage-digest.json", *listed_files(workspace, descriptor)]
    return {path: hash_file(workspace.resolve(path))[0] for path in paths}
