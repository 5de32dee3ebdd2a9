"""The proof of the first law: archive and seeds give back every other byte."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import EnvironmentFault, NotFound
from crawler.model import Seed
from crawler.package.build.build import build
from crawler.package.history.extraction_results import Progress
from crawler.package.publication.lock import hold
from crawler.package.publication.transaction import recover
from crawler.package.publication.warc_manifest import listed_files
from crawler.package.tables.descriptor import read_descriptor
from crawler.package.tables.partitions import hash_file
from crawler.seeds import parse_seed
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


@contextmanager
def copied(workspace: Workspace) -> Iterator[Workspace]:
    """The package in another folder of the same disk: links to the same files, which a build only ever replaces.
    Older readings (change kind extractor) are carried over from it; nothing else of its tables is used."""
    folder = Path(tempfile.mkdtemp(prefix="reproduce-", dir=workspace.work))
    try:
        copy = Workspace(folder)
        descriptor = read_descriptor(workspace) or {}
        for path in ["datapackage.json", "datapackage-digest.json", *listed_files(workspace, descriptor)]:
            target = folder / path
            target.parent.mkdir(exist_ok=True)
            try:
                os.link(workspace.resolve(path), target)
            except OSError:  # a file system without links
                shutil.copy2(workspace.resolve(path), target)
        yield copy
    except OSError as error:
        raise EnvironmentFault(f"cannot rebuild in {folder}: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hashes(workspace: Workspace) -> dict[str, str]:
    descriptor = read_descriptor(workspace) or {"resources": []}
    paths = ["datapackage.json", "datapackage-digest.json", *listed_files(workspace, descriptor)]
    return {path: hash_file(workspace.resolve(path))[0] for path in paths}


def package_seeds(workspace: Workspace) -> dict[str, Seed]:
    """The seeds whose copies a package holds, by id. Raises SeedError."""
    found = {}
    for path in sorted(workspace.seeds.glob("*.toml")):
        found[path.stem] = parse_seed(path.read_text("utf-8"), seed_id=path.stem, path=f"seeds/{path.name}")
    return found
