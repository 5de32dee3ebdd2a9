"""JSON of a package, read as what somebody else may have written: bounded in size and depth, and clean text in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from crawler.errors import PackageInvalid
from crawler.workspace.files import read_bytes

_DEEPEST = 24  # lists and objects inside each other; a descriptor of ours has seven
_MOST = 400_000  # lists and objects: each takes some hundred bytes of memory, and two in the file
_BRACKETS = b"[]{}"
_OTHERS = bytes(sorted(set(range(256)) - set(_BRACKETS)))
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def read_json(path: Path, *, limit: int) -> Any:
    """The value in a JSON file of at most `limit` bytes. Raises FileNotFoundError, OSError, and PackageInvalid for what
    is no plain file, too large, too deep, or no JSON."""
    return parse_json(read_bytes(path, limit=limit), str(path))


def parse_json(data: bytes, where: str) -> Any:
    """The value of a JSON text. Raises PackageInvalid, which names `where`."""
    try:
        brackets = data.translate(None, _OTHERS)
        if len(brackets) > 2 * _MOST:
            raise ValueError(f"more than {_MOST} lists and objects")
        value = json.loads(data)
        # Brackets in strings count here as well, so that this only says where to look closer.
        if max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > _DEEPEST and _depth(value) > _DEEPEST:
            raise ValueError(f"lists and objects more than {_DEEPEST} deep")
        if b"\\u" in data:
            for text in _strings(value):
                text.encode()  # a half of a surrogate pair is no text: nothing could print or store it
    except (ValueError, RecursionError) as error:  # UnicodeError is a ValueError
        words = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        raise PackageInvalid(f"{where}: cannot be read: {words}") from error
    return value


def _depth(value: Any) -> int:
    level, depth = [value], 0
    while level := [item for item in level if isinstance(item, (list, dict))]:
        depth += 1
        level = [inner for item in level for inner in (item.values() if isinstance(item, dict) else item)]
    return depth


def _strings(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            yield from item
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
