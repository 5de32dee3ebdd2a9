"""The page of a package in a folder of its own, without the archive: to be put on a web server."""

from __future__ import annotations

from pathlib import Path

from crawler.errors import EnvironmentFault, NotFound, PackageInvalid, UsageError
from crawler.package.descriptor.descriptor import read_descriptor
from crawler.package.descriptor.descriptor_shape import INDEX
from crawler.package.descriptor.file_lists import SHARD, listed_files
from crawler.package.explorer.form import MOST, unpacked
from crawler.package.explorer.page import index_html
from crawler.package.explorer.stage import catalogue_of
from crawler.package.exports import query
from crawler.workspace import Workspace
from crawler.workspace.files import copy_file, read_bytes

_FOLDER = "explorer"


def explorer_file(workspace: Workspace, path: str) -> bytes:
    """What a server of this program sends for `index.html` or a file of `explorer/`. The page is made here, of the
    descriptor; a file is sent only if it is data, whoever wrote it. Raises NotFound, PackageInvalid."""
    descriptor = read_descriptor(workspace) or {"resources": []}
    files = listed_files(workspace, descriptor)
    if path not in files or INDEX not in files:
        raise NotFound("There is no such page.")
    if path == INDEX:
        shards = [its for its in files if SHARD.fullmatch(its)]
        return index_html(descriptor, list(query.rows(workspace, "sources")), catalogue_of(shards), is_served=True)
    content = read_bytes(workspace.resolve(path), limit=MOST)
    try:
        unpacked(content)
    except ValueError as error:
        raise PackageInvalid(f"{path}: {error}") from error
    return content


def copy_explorer(workspace: Workspace, folder: Path) -> None:
    """Copies `index.html` and the files of `explorer/` into `folder`, which is made. What an older copy left there and
    this version does not have is removed; other files stay. Raises NotFound for a package of an older form, UsageError
    where `folder` is a file, EnvironmentFault."""
    files = listed_files(workspace, read_descriptor(workspace) or {"resources": []})
    shards = sorted(path for path in files if SHARD.fullmatch(path))
    if INDEX not in files:
        raise NotFound(f"{workspace.root}: its version is older than the explorer in a package; run `build` first")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; the explorer is a page with a folder of data: name a folder")
    try:
        (folder / _FOLDER).mkdir(parents=True, exist_ok=True)
        for path in (*shards, INDEX):  # the page comes last: it names the others
            if not (folder / path).exists() or path == INDEX:
                (folder / path).unlink(missing_ok=True)
                copy_file(workspace.resolve(path), folder / path)
        for old in (folder / _FOLDER).iterdir():
            if SHARD.fullmatch(f"{_FOLDER}/{old.name}") and f"{_FOLDER}/{old.name}" not in files:
                old.unlink()
    except OSError as error:
        raise EnvironmentFault(f"{folder}: {error.strerror or error}") from error
