"""ReplayWeb.page, the replay of the Webrecorder project: one pinned file of the npm registry, fetched when asked for.

It is under the AGPL-3.0-or-later and no part of this program: the file stays as it is, in the cache of the user, from
where browsers get it. Its bytes are compared with the SHA-512 below whenever they are read."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import tarfile
import time
import urllib.request
from pathlib import Path

from crawler.errors import EnvironmentFault, NotFound
from crawler.workspace.user_folders import tools_folder

VERSION = "2.5.3"
PRODUCT = f"ReplayWeb.page {VERSION} (AGPL-3.0-or-later)"
_NAME = f"replaywebpage-{VERSION}.tgz"
_INTEGRITY = "sha512-nCj2PSON3BxeSJKE8AsYPyULv0XPZKJWfy4l9PyQre9SqwLZ+WKZVs/sfLqPOQ4GrH+0YkjbwOhr8cSTH08gsQ=="
_SIZE = 2_375_845  # bytes
_REGISTRY = "https://registry.npmjs.org"
_LONGEST_S = 120.0
_FILES = {"ui.js": "package/ui.js", "wabac.js": "package/sw.js", "LICENSE": "package/LICENSE"}


def component() -> dict[str, bytes]:
    """The files that a browser needs: ui.js, wabac.js (the service worker) and LICENSE. Raises NotFound where they were
    not fetched, EnvironmentFault where the file is another."""
    path = _kept_at()
    try:
        packed = path.read_bytes() if path else b""
    except OSError:
        packed = b""
    if not packed:
        raise NotFound(f"{PRODUCT} is not on this machine: `serve --replay --fetch` gets it from the npm registry")
    _check(packed, str(path))
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as members:
        return {name: _content(members, member) for name, member in _FILES.items()}


def fetch() -> Path:
    """Fetches the file into the user's cache, unless it is there, and gives its place. The registry is that of npm, or
    what the variable NPM_CONFIG_REGISTRY names. Raises EnvironmentFault."""
    path = _kept_at()
    if path is None:
        raise EnvironmentFault("there is no folder for caches: set XDG_CACHE_HOME")
    if path.is_file() and _is_it(path.read_bytes()):
        return path
    registry = os.environ.get("NPM_CONFIG_REGISTRY") or _REGISTRY
    address = f"{registry.rstrip('/')}/replaywebpage/-/{_NAME}"
    packed = _fetched(address)
    _check(packed, address)
    draft = path.with_name(f"{_NAME}.{os.getpid()}.new")
    draft.write_bytes(packed)
    draft.replace(path)
    return path


def _fetched(address: str) -> bytes:
    if not address.startswith(("https://", "http://")):
        raise EnvironmentFault(f"{address}: is no address of a registry")
    until, parts, size = time.monotonic() + _LONGEST_S, [], 0
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - looked at above
            while size <= _SIZE and (part := answer.read1(1 << 16)):
                parts.append(part)
                size += len(part)
                if time.monotonic() > until:
                    raise EnvironmentFault(f"{address}: no whole answer in {_LONGEST_S:g} seconds")
    except OSError as error:
        raise EnvironmentFault(f"{address}: {getattr(error, 'reason', None) or error}") from error
    return b"".join(parts)


def _check(packed: bytes, where: str) -> None:
    if not _is_it(packed):
        raise EnvironmentFault(f"{where}: is not {PRODUCT}: its SHA-512 is another")


def _is_it(packed: bytes) -> bool:
    return f"sha512-{base64.b64encode(hashlib.sha512(packed).digest()).decode()}" == _INTEGRITY


def _content(members: tarfile.TarFile, name: str) -> bytes:
    file = members.extractfile(name)
    if file is None:  # the bytes are those that were looked at when the version was pinned
        raise EnvironmentFault(f"{_NAME}: has no {name}")
    return file.read()


def _kept_at() -> Path | None:
    folder = tools_folder()
    return folder / _NAME if folder else None
