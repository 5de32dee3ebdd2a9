"""What this installation knows beside all packages: a key, and caches. Nothing of it travels with a package.

State is in `$XDG_STATE_HOME/ministry-news`, caches are in `$XDG_CACHE_HOME/ministry-news` (XDG Base Directory
Specification 0.8; by default `~/.local/state` and `~/.cache`). Caches may be deleted at any time. Where a folder cannot
be written, everything works without it: nothing is kept, and `warnings` says so once."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

_NAME = "ministry-news"
_KEY_BYTES = 32
_warnings: dict[str, None] = {}


def warnings() -> list[str]:
    """What this process could not keep, and why, one sentence each; each is told once."""
    told = list(_warnings)
    _warnings.clear()
    return told


def cache_folder(package: Path) -> Path | None:
    """The folder of the caches about the package in this folder; None where nothing can be kept."""
    home = _home("XDG_CACHE_HOME", ".cache")
    if home is None:
        return None
    name = hashlib.sha256(os.fsencode(os.path.abspath(package))).hexdigest()[:32]  # noqa: PTH100 - has no links
    return _made(home / _NAME / "packages" / name, "no cache is kept")


def tools_folder() -> Path | None:
    """The folder of tools that the user had fetched; None where nothing can be kept."""
    home = _home("XDG_CACHE_HOME", ".cache")
    return _made(home / _NAME / "tools", "no tool is kept") if home else None


def seal(kind: str, package: Path, parts: Sequence[str]) -> str:
    """What proves that this installation wrote `parts` about the package in this folder: an HMAC-SHA256 in hex, under
    the key of this user on this machine. `kind` tells one use from another."""
    words = [kind, os.path.abspath(package), *parts]  # noqa: PTH100 - has no links
    message = b"".join(b"%d:%s" % (len(word), word) for word in map(os.fsencode, words))
    return hmac.new(_key(), message, hashlib.sha256).hexdigest()


def is_sealed(value: object, kind: str, package: Path, parts: Sequence[str]) -> bool:
    """Whether `value` is the seal of these parts."""
    return isinstance(value, str) and value.isascii() and hmac.compare_digest(value, seal(kind, package, parts))


def _key() -> bytes:
    home = _home("XDG_STATE_HOME", ".local/state")
    return _stored_key(home / _NAME / "key" if home else None)


@cache
def _stored_key(path: Path | None) -> bytes:
    """The key of this user, made at its first use. Without a place for it: one that ends with this process."""
    words = "what is cut short now is not known as our own later"
    folder = _made(path.parent, words) if path else None
    if path is None or folder is None:
        return secrets.token_bytes(_KEY_BYTES)
    draft = path.with_name(f"key.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        if not path.exists():
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(_KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):  # another process was first
                os.link(draft, path)
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            mine = os.fstat(file.fileno())
            key = file.read(_KEY_BYTES + 1)
        if stat.S_ISREG(mine.st_mode) and mine.st_uid == os.geteuid() and len(key) == _KEY_BYTES:
            return key
        reason = "is no key of this user"
    except OSError as error:
        reason = str(error.strerror or error)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    _warnings[f"{path}: {reason}; {words}"] = None
    return secrets.token_bytes(_KEY_BYTES)


def _home(variable: str, default: str) -> Path | None:
    stated = os.environ.get(variable, "")
    if stated and Path(stated).is_absolute():  # the specification: a relative one is ignored
        return Path(stated)
    try:
        return Path.home() / default
    except RuntimeError:
        _warnings[f"no home folder and no {variable}: nothing is kept between commands"] = None
        return None


@cache
def _made(folder: Path, without: str) -> Path | None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
        reason = "no permission to write"
    except OSError as error:
        reason = str(error.strerror or error)
    _warnings[f"{folder}: {reason}; {without}"] = None
    return None
