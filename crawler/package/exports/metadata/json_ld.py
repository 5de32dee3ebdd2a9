"""What all files of metadata are written as."""

from __future__ import annotations

import json
from typing import Any


def json_bytes(value: Any) -> bytes:
    """JSON in UTF-8, in the order of the value: the same value gives the same bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def filled(value: dict[str, Any]) -> dict[str, Any]:
    """`value` without what is not told: empty texts, lists, mappings and None."""
    return {name: its for name, its in value.items() if its not in ("", None, [], {})}
