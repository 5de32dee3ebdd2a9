"""The shape that every reader of a descriptor relies on: types, and paths that name files of the package.

`validate` looks closer (`checks/files.py`); this is what no command goes without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.package.tables.partitions import part_of_file
from crawler.package.tables.tables import tables

PATH = re.compile(r"(?:archive|changes|data|explorer|indexes|pages|seeds)/[A-Za-z0-9][A-Za-z0-9._-]{0,200}")
# For people, at the top of a package.
DOCUMENTS = ("README.md", "LICENSE.md", "CITATION.cff", "changes.atom", "index.html")
FEED, INDEX = DOCUMENTS[-2:]
FORMS = {
    "created": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),  # 2026-11-23T20:15:00Z: what py-wacz reads
    "version": re.compile(r"\d{1,9}\.\d{8}\.\d{1,12}"),  # 1.20261123.0
}
_HASH = re.compile(r"sha256:[0-9a-f]{64}")


def is_path(value: object) -> bool:
    """Whether this is the path of a file that a package may hold."""
    if value in DOCUMENTS:
        return True
    return isinstance(value, str) and PATH.fullmatch(value) is not None and ".." not in value


def check_shape(value: Mapping[str, Any]) -> None:
    """Raises ValueError, which says what is wrong, for a descriptor that cannot be read."""
    for key, form in FORMS.items():
        if not isinstance(value.get(key), str) or not form.fullmatch(value[key]):
            raise ValueError(f"{key} is {_quoted(value.get(key))}")
    temporal = value.get("temporal")
    if not isinstance(temporal, dict) or not _is_moment(temporal.get("start")):
        raise ValueError("temporal has no start")
    extraction = value.get("extraction", {})
    if not isinstance(extraction, dict) or not isinstance(extraction.get("sources", {}), dict):
        raise ValueError("extraction is not as this program writes it")
    seen: set[str] = set()
    for resource in value["resources"]:
        if not isinstance(resource, dict):
            raise ValueError("a resource is no object")
        name = resource.get("name")
        if not isinstance(name, str) or name in seen:
            raise ValueError(f"a resource is named {_quoted(name)}, or two are")
        seen.add(name)
        _check_table(name, resource) if resource.get("type") == "table" else _check_file(name, resource)


def _check_file(name: str, resource: Mapping[str, Any]) -> None:
    path, size, hashed = (resource.get(key) for key in ("path", "bytes", "hash"))
    if not is_path(path):
        raise ValueError(f"resource {_quoted(name)}: {_quoted(path)} is no path of this package")
    if not _is_count(size) or not isinstance(hashed, str) or not _HASH.fullmatch(hashed):
        raise ValueError(f"resource {_quoted(name)}: wrong hash or bytes")


def _check_table(name: str, resource: Mapping[str, Any]) -> None:
    paths = resource.get("path")
    if not isinstance(paths, list) or not all(map(is_path, paths)):
        raise ValueError(f"table {_quoted(name)}: its paths are none of this package")
    if name not in tables():
        raise ValueError(f"{_quoted(name)} is no table of this package")
    for path in paths:
        if part_of_file(path)[0] != name or path.partition("/")[0] != tables()[name].folder:
            raise ValueError(f"table {name}: {_quoted(path)} is none of its parts")
    if not _is_count(resource.get("rows", 0)):
        raise ValueError(f"table {name}: rows is {_quoted(resource['rows'])}")
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        raise ValueError(f"table {name}: its schema has no fields")


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 1 << 60


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and FORMS["created"].fullmatch(value) is not None


def _quoted(value: object) -> str:
    """A value from the file, short and without control characters."""
    return ascii(value)[:80]
