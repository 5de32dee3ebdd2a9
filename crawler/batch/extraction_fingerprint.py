"""What decides how a capture is read, besides the capture: the version of extraction, and the seed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import crawler
from crawler.model import Seed

# Every distribution that a reading may run: those that its modules import, and what these need in turn.
_LIBRARIES = (
    "babel", "brotli", "charset-normalizer", "courlan", "cssselect", "dateparser", "ftfy", "google-re2", "hijridate",
    "htmldate", "justext", "langdetect", "lxml", "lxml_html_clean", "nepali-datetime", "persiantools",
    "python-dateutil", "pytz", "regex", "six", "tld", "trafilatura", "tzdata", "tzlocal", "w3lib", "warcio",
    "wcwidth", "zstandard",
)  # fmt: skip
_ROOMS = ("discovery", "extraction", "model", "pages")
_MODULES = (
    "__init__", "address_patterns", "addresses", "errors", "ids", "json_paths", "normal_forms", "timezones",
    "toml_tables",
    "archive/__init__", "archive/limits", "archive/parts",
    "archive/http/__init__", "archive/http/codings", "archive/http/exchange",
    "archive/http/http1", "archive/warc/__init__", "archive/warc/answer", "archive/warc/digests", "archive/warc/fields",
    "archive/warc/members", "archive/warc/reader", "archive/warc/record_groups", "archive/warc/records",
    "batch/__init__", "batch/outcome_json", "batch/shards", "batch/worker",
)  # fmt: skip
_NO_DATA = frozenset({".md", ".pyc", ".pyi"})
# Parts of a seed that say where and how to fetch, or what to expect; how a page is read does not hang on them.
_NOT_READ = frozenset({"crawl", "expect", "notes", "toml", "rights", "rights_url", "title"})


@cache
def extraction_version() -> str:
    """Names the code that reads pages: the package's version, and 12 digits over the modules and data files that a
    reading depends on, the libraries it runs, and Python with its release of Unicode.

    Another name means that the same capture may be read in another way.
    """
    root = Path(crawler.__file__).parent
    return f"{crawler.__version__}+{_digest(root)[:12]}"


def extraction_libraries() -> dict[str, str]:
    """The version of each library that a reading may run, by name, with those of Python and of its Unicode tables."""
    stated = {name: _version(name) for name in _LIBRARIES}
    return stated | {"python": f"{sys.version_info[0]}.{sys.version_info[1]}", "unicode": unicodedata.unidata_version}


@cache
def extraction_code() -> str:
    """12 digits over the modules and data files that a reading depends on, without the libraries."""
    digest = hashlib.sha256()
    _add_files(digest, Path(crawler.__file__).parent)
    return digest.hexdigest()[:12]


def fingerprinted_files(root: Path) -> list[Path]:
    """The modules and data files under the package's folder that a reading depends on, sorted. Seeds are not among
    them: `seed_fingerprint` names what a seed says."""
    rooms = [path for room in _ROOMS for path in (root / room).rglob("*") if path.suffix not in _NO_DATA]
    return sorted([root / f"{name}.py" for name in _MODULES] + [path for path in rooms if path.is_file()])


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    digest.update(f"python {sys.version_info[:2]} {unicodedata.unidata_version}\n".encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    _add_files(digest, root)
    return digest.hexdigest()


def _add_files(digest: hashlib._Hash, root: Path) -> None:
    for path in fingerprinted_files(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)


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


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
