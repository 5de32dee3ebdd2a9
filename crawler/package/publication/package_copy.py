"""A package in another folder of the same disk, for a build that is thrown away or taken over."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import EnvironmentFault
from crawler.package.tables.descriptor import read_descriptor
from crawler.package.tables.warc_lists import listed_files
from crawler.workspace import Workspace


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
