"""What a release is on the disk: its files, their checksums, and which release came before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawler.errors import PackageInvalid
from crawler.workspace.safe_json import read_json

STATE = "release.json"
CHECKSUMS = "SHA256SUMS"
FORMAT = "ministry-news-release/1"
_MAX_BYTES = 1 << 20
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a release, in no folder."""

    name: str
    bytes: int
    sha256: str  # hex


@dataclass(frozen=True, slots=True)
class Release:
    """What `release.json` says."""

    folder: Path
    package: str  # the name of the folder of the package
    version: str
    since: str  # the version of the release before; empty for the first
    files: tuple[Listed, ...]  # all but release.json and SHA256SUMS

    @property
    def key(self) -> tuple[int, ...]:
        """What versions are sorted by."""
        return tuple(int(part) for part in self.version.split("."))


def listed(path: Path) -> Listed:
    """A file with its size and digest."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_STEP):
            digest.update(data)
    return Listed(path.name, path.stat().st_size, digest.hexdigest())


def state_bytes(release: Release) -> bytes:
    """The content of `release.json`."""
    value = {
        "format": FORMAT,
        "package": release.package,
        "version": release.version,
        "since": release.since,
        "files": [asdict(its) for its in release.files],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def checksum_bytes(files: Iterable[Listed]) -> bytes:
    """The content of `SHA256SUMS`, as `sha256sum --check` of GNU reads it."""
    return "".join(f"{its.sha256}  {its.name}\n" for its in sorted(files, key=lambda its: its.name)).encode()


def read_release(folder: Path) -> Release:
    """The release in a folder. Raises PackageInvalid, which names the file."""
    path = folder / STATE
    try:
        value = read_json(path, limit=_MAX_BYTES)
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            raise ValueError("it is none of this program")
        files = tuple(_listed(its) for its in value["files"])
        release = Release(folder, str(value["package"]), str(value["version"]), str(value["since"]), files)
        if len(release.key) != 3:
            raise ValueError("its version is none")
        return release
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageInvalid(f"{path}: no release can be read here: {error}") from error


def _listed(value: Any) -> Listed:
    its = Listed(str(value["name"]), int(value["bytes"]), str(value["sha256"]))
    if "/" in its.name or its.name.startswith(".") or not its.name:
        raise ValueError(f"{its.name!r} is no name of a file")
    return its


def check_release(release: Release) -> tuple[Listed, ...]:
    """All files of a release with what is in them now. Raises PackageInvalid where one is not what the release lists:
    it was frozen."""
    for its in release.files:
        path = release.folder / its.name
        if path.is_symlink() or not path.is_file():
            raise PackageInvalid(f"{path}: is listed in {STATE}, and no file is there")
        if listed(path) != its:
            raise PackageInvalid(f"{path}: is not the file that was released; a release is frozen")
    own = listed(release.folder / STATE)
    sums = release.folder / CHECKSUMS
    if not sums.is_file() or sums.read_bytes() != checksum_bytes((*release.files, own)):
        raise PackageInvalid(f"{sums}: does not say what {STATE} says; a release is frozen")
    return (*release.files, own, listed(sums))


def release_before(folder: Path, package: str, version: str) -> Release | None:
    """The newest release of the same package in `folder` of a lower version. Raises PackageInvalid for one that cannot
    be read: what is told as new would not be."""
    mine = tuple(int(part) for part in version.split("."))
    found = [
        read_release(path.parent) for path in sorted(folder.glob(f"*/{STATE}")) if not path.parent.name.startswith(".")
    ]
    earlier: Sequence[Release] = [its for its in found if its.package == package and its.key < mine]
    return max(earlier, key=lambda its: its.key, default=None)
