"""A package as one WACZ 1.1.1 file (https://specs.webrecorder.net/wacz/1.1.1/): the same files, zipped."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from crawler.errors import ArchiveError, EnvironmentFault
from crawler.workspace import Workspace
from crawler.workspace.files import open_read
from crawler.workspace.safe_json import read_json

_STORED = (".gz", ".wacz")  # compressed already; and replay must be able to seek in WARC files (section 4)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip format's zero: the same package gives the same bytes
_STEP = 1 << 20
_LARGEST = 16 << 20  # bytes of a descriptor


def export_wacz(workspace: Workspace, output: Path, *, further: Sequence[Mapping[str, Any]] = ()) -> int:
    """The number of bytes written to `output`. The same published package gives the same bytes. `further` are resources
    of files that the descriptor lists only by a list: in a WACZ it lists all (section 5.1).

    Raises ArchiveError when the package has no descriptor or a file is not what the descriptor says, EnvironmentFault
    when `output` cannot be written; it is then left as it was.
    """
    published = _read(workspace.descriptor)
    descriptor = _for_replay({**published, "resources": [*published["resources"], *further]})
    listed = {r["path"]: r["hash"] for r in descriptor["resources"] if "hash" in r}
    package = json.dumps(descriptor, ensure_ascii=False, indent=1).encode() + b"\n"
    draft = output.with_name(f".{output.name}.part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(draft, "w", allowZip64=True) as target:
            _add_bytes(target, "datapackage.json", package)
            _add_bytes(target, "datapackage-digest.json", digest_of(package))
            for path in sorted(listed):
                _add_file(target, path, _inside(workspace, path), listed[path])
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(output)
    except OSError as error:
        raise EnvironmentFault(f"{output}: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return output.stat().st_size


def digest_of(descriptor: bytes) -> bytes:
    """The bytes of datapackage-digest.json (WACZ 1.1.1, section 5.5), unsigned."""
    value = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(descriptor).hexdigest()}"}
    return (json.dumps(value, indent=1) + "\n").encode()


def pages_jsonl(title: str, pages: Iterable[dict[str, str]]) -> bytes:
    """The bytes of pages/pages.jsonl (section 5.3); each page has `url`, `ts` (RFC 3339), and perhaps `id`, `title`."""
    rows: list[dict[str, str]] = [{"format": "json-pages-1.0", "id": "pages", "title": title}, *pages]
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def _for_replay(descriptor: dict[str, Any]) -> dict[str, Any]:
    """`descriptor` with one path for each resource: ReplayWeb.page (wabac.js 2.27) calls `path.endsWith` on every
    resource and refuses a package with a list. Frictionless reads the further parts of a table in `extrapaths`.

    The order is for py-wacz 0.6: it takes the kind of hash from the first resource, and the hash of a file from the
    last resource that names it, so that tables, which have none, stand in between."""
    files = [r for r in descriptor["resources"] if "hash" in r]
    tables = [_one_path(r) for r in descriptor["resources"] if "hash" not in r]
    return {**descriptor, "resources": [*files[:1], *tables, *files[1:]]}


def _one_path(table: dict[str, Any]) -> dict[str, Any]:
    path = table.get("path")
    if not isinstance(path, list):
        return table
    first, *rest = path
    return {**table, "path": first} | ({"extrapaths": rest} if rest else {})


def _read(path: Path) -> dict[str, Any]:
    try:
        value = read_json(path, limit=_LARGEST)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
    if not isinstance(value, dict) or not isinstance(value.get("resources"), list):
        raise ArchiveError(f"{path}: not the descriptor of a data package")
    return value


def _inside(workspace: Workspace, path: str) -> Path:
    try:
        return workspace.resolve(path)
    except ValueError as error:
        raise ArchiveError(f"datapackage.json: {error}") from error


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
    info.create_system, info.external_attr = 3, 0o644 << 16
    return info


def _add_bytes(target: zipfile.ZipFile, name: str, data: bytes) -> None:
    target.writestr(_info(name), data)


def _is_large(file: IO[bytes]) -> bool:
    """Whether an entry needs sizes of 64 bits. Only then has it an extra field in both its headers: wabac.js 2.27 takes
    an entry without one in the central directory to have none before its content either, and reads from there."""
    return os.fstat(file.fileno()).st_size > zipfile.ZIP64_LIMIT


def _add_file(target: zipfile.ZipFile, name: str, path: Path, expected: str) -> None:
    digest = hashlib.sha256()
    try:
        with open_read(path) as source, target.open(_info(name), "w", force_zip64=_is_large(source)) as entry:
            while data := source.read(_STEP):
                digest.update(data)
                entry.write(data)
    except FileNotFoundError as error:
        raise ArchiveError(f"{name}: listed in datapackage.json, but not there") from error
    if expected != f"sha256:{digest.hexdigest()}":
        raise ArchiveError(f"{name}: not the bytes that datapackage.json lists; run `build` or `doctor` first")
