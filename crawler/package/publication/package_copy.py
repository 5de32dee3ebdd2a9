"""A package in another folder of the same disk, for a build that is thrown away or taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from crawler.errors import EnvironmentFault
from crawler.package.tables.descriptor import read_descriptor
from crawler.package.tables.warc_lists import listed_files
from crawler.workspace import Workspace
from crawler.workspace.files import link_or_copy, make_folder
from crawler.workspace.scratch import scratch_folder


@contextmanager
def copied(workspace: Workspace) -> Iterator[Workspace]:
    """The package in another folder of the same disk: links to the same files, which a build only ever replaces.
    Older readings (change kind extractor) are carried over from it; nothing else of its tables is used."""
    descriptor = read_descriptor(workspace) or {}
    with _copied(
        workspace, ["datapackage.json", "datapackage-digest.json", *listed_files(workspace, descriptor)]
    ) as its:
        yield its


@contextmanager
def sources_copied(workspace: Workspace) -> Iterator[Workspace]:
    """What a package is made of, and nothing else of it, in another folder of the same disk: the WARC files and seeds
    that its descriptor lists."""
    listed = listed_files(workspace, read_descriptor(workspace) or {})
    with _copied(workspace, [path for path in listed if path.startswith(("archive/", "seeds/"))]) as its:
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
