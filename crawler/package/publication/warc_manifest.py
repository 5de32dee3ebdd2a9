"""WARC files that are listed beside the descriptor: those of a day or a month that is over, where they are many.

Sources by the dozen, crawled every hour for years, leave a file for each of their runs. Their names and hashes stand in
`indexes/warc-2026-10.<8 hex>.csv` (columns path, bytes, sha256), named after its content, one list for a month, or for
a day of the newest month; the descriptor lists the list. So its size follows the months, not the runs.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping

from crawler.errors import PackageInvalid
from crawler.package.publication.transaction import Publication
from crawler.package.tables.descriptor import File, files_of
from crawler.package.tables.partitions import hash_file
from crawler.package.tables.tables import stretch
from crawler.workspace import Workspace

MOST = 31  # files of one stretch that the descriptor lists itself: a run a day
_COLUMNS = ["path", "bytes", "sha256"]
_LIST = re.compile(r"indexes/warc-\d{4}-\d\d(?:-\d\d)?\.[0-9a-f]{8}\.csv")
_WARC = re.compile(r"archive/[A-Za-z0-9][A-Za-z0-9._-]*\.warc\.gz")
_BEGUN = re.compile(r"-(\d{4})(\d\d)(\d\d)T(\d\d)\d{10}Z-\d+\.warc\.gz$")  # -20261123T201500123456Z-00000.warc.gz
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_list(path: str) -> bool:
    return _LIST.fullmatch(path) is not None


def stage_lists(publication: Publication, files: Mapping[str, File], old: Iterable[str], newest: str) -> set[str]:
    """Stages the lists of a version whose newest hour is `newest`; the paths of the WARC files in them. `files` are all
    of the version, `old` the paths of the version before."""
    stretches: dict[str, list[File]] = {}
    for path, file in files.items():
        begun = _BEGUN.search(path)
        part = stretch("{}-{}-{}T{}".format(*begun.groups()), newest) if begun and _WARC.fullmatch(path) else ""
        if part and len(part) < len(newest):  # not of an hour of the newest day
            stretches.setdefault(part, []).append(file)
    apart: set[str] = set()
    lists = set()
    for part, its in sorted(stretches.items()):
        if len(its) > MOST:
            content = _content(its)
            path = f"indexes/warc-{part}.{hashlib.sha256(content).hexdigest()[:8]}.csv"
            if not (publication.workspace.root / path).is_file():
                publication.add(path, content)
            lists.add(path)
            apart |= {file.path for file in its}
    for path in sorted(filter(is_list, old)):
        if path not in lists:
            publication.remove(path)
    return apart


def listed_files(workspace: Workspace, descriptor: Mapping[str, object]) -> dict[str, File]:
    """All files that a descriptor lists, itself or by its lists, by path. Raises PackageInvalid for a resource or a
    list that is none of ours."""
    found = files_of(descriptor)
    for path, file in [item for item in found.items() if is_list(item[0])]:
        where = workspace.resolve(path)
        if not where.is_file() or hash_file(where)[0] != file.sha256:
            raise PackageInvalid(f"{path}: not the list of WARC files that datapackage.json names; put it back")
        found |= read_list(workspace, path)
    return found


def read_list(workspace: Workspace, path: str) -> dict[str, File]:
    """The WARC files of one list, by path. Raises PackageInvalid naming the list and the line."""
    found: dict[str, File] = {}
    try:
        rows = csv.reader(io.StringIO(workspace.resolve(path).read_text("utf-8"), newline=""), strict=True)
        for number, row in enumerate(rows, 1):
            if number == 1 and row == _COLUMNS:
                continue
            if number == 1 or len(row) != len(_COLUMNS) or row[0] in found:
                raise ValueError(f"line {number} is not path, bytes, sha256 of one more file")
            if not _WARC.fullmatch(row[0]) or ".." in row[0] or not _SHA256.fullmatch(row[2]):
                raise ValueError(f"line {number}: {row[0]!r} is no WARC file of this package with its SHA-256")
            found[row[0]] = File(row[0], int(row[1]), row[2])
    except (ValueError, csv.Error) as error:  # UnicodeDecodeError is a ValueError
        raise PackageInvalid(f"{path}: {error}") from error
    return found


def _content(files: Iterable[File]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows((file.path, file.bytes, file.sha256) for file in sorted(files, key=lambda file: file.path))
    return out.getvalue().encode()
