"""The files that a published version lists: in datapackage.json, and in lists beside it where there are many.

What writes the lists, and why there are any, stands in `publication/warc_manifest.py` for WARC files, and in
`explorer/stage.py` for the data of the explorer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping

from crawler.errors import PackageInvalid
from crawler.package.descriptor.descriptor import File, files_of
from crawler.package.tables.partitions import hash_file
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, read_text

COLUMNS = ["path", "bytes", "sha256"]
WARC = re.compile(r"archive/[A-Za-z0-9][A-Za-z0-9._-]*\.warc\.gz")
SHARD = re.compile(r"explorer/[a-z]{1,20}(?:-[0-9T-]{1,20})?-[0-9]{1,9}\.[0-9a-f]{8}\.js")
_WARC_LIST = re.compile(r"indexes/warc-\d{4}-\d\d(?:-\d\d)?\.[0-9a-f]{8}\.csv")
_SHARD_LIST = re.compile(r"indexes/explorer\d+-\d{4}\.[0-9a-f]{8}\.csv")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_warc_list(path: str) -> bool:
    return _WARC_LIST.fullmatch(path) is not None


def is_shard_list(path: str) -> bool:
    return _SHARD_LIST.fullmatch(path) is not None


def is_list(path: str) -> bool:
    return is_warc_list(path) or is_shard_list(path)


def list_bytes(files: Iterable[File]) -> bytes:
    """The content of a list of `files`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((file.path, file.bytes, file.sha256) for file in sorted(files, key=lambda file: file.path))
    return out.getvalue().encode()


def listed_files(workspace: Workspace, descriptor: Mapping[str, object]) -> dict[str, File]:
    """All files that a descriptor lists, itself or by its lists, by path. Raises PackageInvalid for a resource or a
    list that is none of ours."""
    return _with_lists(workspace, descriptor, is_list)


def listed_warcs(workspace: Workspace, descriptor: Mapping[str, object]) -> dict[str, File]:
    """As `listed_files`, without the files of the explorer: their lists, one for each year, are not opened."""
    return _with_lists(workspace, descriptor, is_warc_list)


def _with_lists(
    workspace: Workspace, descriptor: Mapping[str, object], wanted: Callable[[str], bool]
) -> dict[str, File]:
    found = files_of(descriptor)
    for path, file in [item for item in found.items() if wanted(item[0])]:
        where = workspace.resolve(path)
        if not is_file(where) or hash_file(where)[0] != file.sha256:
            raise PackageInvalid(f"{path}: not the list of files that datapackage.json names; put it back")
        found |= read_list(workspace, path)
    return found


def read_list(workspace: Workspace, path: str) -> dict[str, File]:
    """The files of one list, by path. Raises PackageInvalid naming the list and the line."""
    form, kind = (SHARD, "file of the explorer") if is_shard_list(path) else (WARC, "WARC file")
    found: dict[str, File] = {}
    try:
        rows = csv.reader(io.StringIO(read_text(workspace.resolve(path)), newline=""), strict=True)
        for number, row in enumerate(rows, 1):
            if number == 1 and row == COLUMNS:
                continue
            if number == 1 or len(row) != len(COLUMNS) or row[0] in found:
                raise ValueError(f"line {number} is not path, bytes, sha256 of one more file")
            if not form.fullmatch(row[0]) or ".." in row[0] or not _SHA256.fullmatch(row[2]):
                raise ValueError(f"line {number}: {row[0]!r} is no {kind} of this package with its SHA-256")
            found[row[0]] = File(row[0], int(row[1]), row[2])
    except (OSError, ValueError, csv.Error) as error:  # UnicodeDecodeError is a ValueError
        raise PackageInvalid(f"{path}: {error}") from error
    return found
