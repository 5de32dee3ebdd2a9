"""What decides how a capture is read, besides the capture: the version of extraction, and the seed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import crawler
from crawler.model import Seed

_LIBRARIES = ("trafilatura", "htmldate", "langdetect", "lxml", "lxml_html_clean", "charset-normalizer", "babel")
_ROOMS = ("extraction", "pages", "model")
_SHARED = ("ids.py",)
# Parts of a seed that say where and how to fetch, or what to expect; how a page is read does not hang on them.
_NOT_READ = frozenset({"crawl", "expect", "notes", "toml", "rights", "rights_url", "title"})


@cache
def extraction_version() -> str:
    """Names the code that reads pages: the package's version and 12 digits over that code and the libraries it uses.

    Another name means that the same capture may be read in another way.
    """
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    root = Path(crawler.__file__).parent
    files = [root / name for name in _SHARED] + [f for room in _ROOMS for f in (root / room).rglob("*.py")]
    for path in sorted(files):
        digest.update(f"{path.relative_to(root).as_posix()}\n".encode() + path.read_bytes())
    return f"{crawler.__version__}+{digest.hexdigest()[:12]}"


def seed_fingerprint(seed: Seed) -> str:
    """12 digits over what a seed says about reading its pages."""
    read = {f.name: _plain(getattr(seed, f.name)) for f in dataclasses.fields(seed) if f.name not in _NOT_READ}
    return hashlib.sha256(json.dumps(read, sort_keys=True, default=str).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
