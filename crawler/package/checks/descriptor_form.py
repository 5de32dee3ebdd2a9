"""What of a descriptor stays the same from run to run: by this a verdict on its form can be remembered."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from crawler.package.descriptor.descriptor_shape import FORMS, is_path

_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,200}")
# Members of this program, which no profile of a data package knows: what is in them is none of its form.
_OWN = frozenset({"extraction", "articles", "filled", "missing", "last_runs"})


def form_of(descriptor: Mapping[str, Any]) -> str:
    """The SHA-256 of a descriptor without what differs between two versions of a package: paths, names, sizes and
    hashes of files, counts, the version and its times, each left out only where it is spelt as this program spells it.
    Of file resources that are then alike one is counted, whose folder stays. Profiles of data packages say the same of
    two descriptors with one form."""
    head = {key: _head(key, value) for key, value in descriptor.items() if key != "resources"}
    resources = sorted({json.dumps(_resource(its), sort_keys=True) for its in descriptor["resources"]})
    return hashlib.sha256(json.dumps([head, resources], sort_keys=True).encode()).hexdigest()


def _head(key: str, value: Any) -> Any:
    if key in _OWN and isinstance(value, dict):
        return "own"
    if key in FORMS and isinstance(value, str) and FORMS[key].fullmatch(value):
        return "as spelt"
    if key == "temporal" and isinstance(value, dict):
        return {name: _head("created", moment) for name, moment in value.items()}
    return value


def _resource(its: Any) -> Any:
    if not isinstance(its, dict):
        return its
    kept = dict(its)
    if its.get("type") == "table":
        paths = its.get("path")
        if isinstance(paths, list) and paths and all(map(is_path, paths)):
            kept["path"] = "parts"
        if _is_count(its.get("rows", 0)):
            kept.pop("rows", None)
        return kept
    if is_path(path := its.get("path")):
        kept["path"] = str(path).rpartition("/")[0]
    if isinstance(its.get("name"), str) and _NAME.fullmatch(its["name"]):
        kept["name"] = "as spelt"
    if _is_count(its.get("bytes")):
        kept["bytes"] = 0
    if isinstance(its.get("hash"), str) and _HASH.fullmatch(its["hash"]):
        kept["hash"] = "as spelt"
    return kept


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0
