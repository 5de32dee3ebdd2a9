"""A package in another folder of the same disk, for a build that is thrown away or taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from crawler.errors import EnvironmentFault
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.package.descriptor.file_lists import listed_files
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, link_or_copy, make_folder
from crawler.workspace.scratch import scratch_folder


@contextmanager
def copied(workspace: Workspace, only: Iterable[str] | None = None) -> Iterator[Workspace]:
    """The package in another folder of the same disk: links to the same files, which a build only ever replaces.
    Older readings (change kind extractor) are carried over from it; nothing else of its tables is used. With `only`, of
    the files that it lists these alone."""
    listed = listed_files(workspace, read_descriptor(workspace) or {}) if only is None else only
    top = [path for path in ("datapackage.json", "datapackage-digest.json") if is_file(workspace.root / path)]
    with _copied(workspace, [*top, *listed]) as its:
        yield its


@contextmanager
def sources_copied(workspace: Workspace) -> Iterator[Workspace]:
    """What a package is made of, but for its seeds, in another folder of the same disk: the WARC files that its
    descriptor lists, and what was withdrawn on request. A build is given the seeds, and writes them."""
    listed = listed_files(workspace, read_descriptor(workspace) or {})
    sources = [path for path in listed if path.startswith(("archive/", "seeds/")) and not path.endswith(".toml")]
    with _copied(workspace, sources) as its:
        yield its


@contextmanager
def _copied(workspace: Workspace, paths: Iterable[str]) -> Iterator[Workspace]:
    try:
        with scratch_folder(workspace.work) as folder:
            for path in paths:
                make_folder((folder / path).parent)
                link_or_copy(workspace.resolve(path), folder / path)
            yield Workspace(folder)
    except OSError as error:
        raise EnvironmentFault(f"cannot rebuild in {workspace.work}: {error}") from error
