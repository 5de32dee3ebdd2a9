"""Files of a package that are not as they were published, and what of them is lost or can be made again."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from crawler.archive.warc.reader import read_payload
from crawler.archive.warc.repair import whole_prefix
from crawler.errors import ArchiveError, PackageInvalid
from crawler.package.descriptor.descriptor import File
from crawler.package.descriptor.published import Published, published
from crawler.package.tables.partitions import hash_file, read_part
from crawler.package.tables.row_builders import capture_from
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, size_of
from crawler.workspace.safe_json import read_json

_TOLD = 3  # lost captures that are named
_MAX_DIGEST = 64 << 10  # bytes
_GIVEN_BACK = "the archive gives it back: `ministry-news doctor --rebuild`"
_ANOTHER_COPY = "put it back from another copy of the package"
_LOST = "what is in it is lost here, unless another copy of the package has it: put that file in its place"


def damage(workspace: Workspace) -> Iterator[str]:
    """In words: each listed file that is not as it is listed, with what the archive can give back of it; and each WARC
    file that is as listed and holds records that cannot be read."""
    before = published(workspace)
    if before is None:
        return
    for path, file in before.files.items():
        wrong = is_not_as_listed(workspace, path, file)
        if not path.startswith("archive/"):
            if wrong:
                yield f"{path}: {wrong}; {_ANOTHER_COPY if path.startswith('seeds/') else _GIVEN_BACK}"
        elif is_file(workspace.resolve(path)) and (lost := _lost_records(workspace, path, before)):
            yield f"{path}: {wrong or 'is as it was published'}, and {lost}; {_LOST}"
        elif wrong:
            yield f"{path}: {wrong}; {_LOST}"
    if not _is_digest(workspace):
        yield f"{workspace.digest.name}: is not the hash of datapackage.json; {_GIVEN_BACK}"


def is_not_as_listed(workspace: Workspace, path: str, file: File) -> str:
    """In words: how a file differs from what the descriptor says; empty when it does not."""
    where = workspace.resolve(path)
    if not is_file(where):
        return "is listed in datapackage.json, but not there"
    if size_of(where) != file.bytes:
        return f"has {size_of(where)} bytes, not {file.bytes}"
    return "" if hash_file(where)[0] == file.sha256 else "its bytes are not those that were published"


def _lost_records(workspace: Workspace, path: str, before: Published) -> str:
    """In words: which captures of a WARC file cannot be read any more; empty when all can."""
    where = workspace.resolve(path)
    whole = whole_prefix(where)
    if whole == size_of(where):
        return ""
    broken, count = [], 0
    for part in before.parts.get("captures", ()):
        try:
            its = [row for row in read_part(table("captures"), workspace.resolve(part)) if row["warc_file"] == path]
        except (PackageInvalid, OSError):
            continue  # told as a damaged part
        count += len(its)
        broken += [row for row in its if not _can_be_read(where, row)]
    if not broken:
        return f"what stands at offset {whole} is no whole record"
    named = [f"{row['url']} of {row['fetched_at'][:19]}Z (offset {row['warc_offset']})" for row in broken[:_TOLD]]
    more = f" and {len(broken) - _TOLD} more" if len(broken) > _TOLD else ""
    return f"{len(broken)} of its {count} captures cannot be read: {', '.join(named)}{more}"


def _can_be_read(path: Path, row: Row) -> bool:
    try:
        read_payload(path, capture_from(row))
    except (ArchiveError, OSError, EOFError, zlib.error, ValueError, KeyError):
        return False
    return True


def _is_digest(workspace: Workspace) -> bool:
    try:
        stated = read_json(workspace.digest, limit=_MAX_DIGEST)["hash"]
    except (OSError, PackageInvalid, KeyError, TypeError):
        return False
    return bool(stated == f"sha256:{hash_file(workspace.descriptor)[0]}")
