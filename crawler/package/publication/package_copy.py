"""A package in another folder of the same disk, for a build that is thrown away or taken over."""

from __future__ import annotations

from collections.abc import Iterator
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
    try:
        with scratch_folder(workspace.work) as folder:
            descriptor = read_descriptor(workspace) or {}
            for path in ["datapackage.json", "datapackage-digest.json", *listed_files(workspace, descriptor)]:
                make_folder((folder / path).parent)
                link_or_copy(workspace.resolve(path), folder / path)
            yield Workspace(folder)
    except OSError as error:
        raise EnvironmentFault(f"cannot rebuild in {workspace.work}: {error}") from error
