"""JSON by dotted paths ("data.items.0.id"), and templates of addresses that are filled from it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from crawler.model import Entry

_STATED = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_INDEX = re.compile(r"[0-9]{1,9}")
_FIELD = re.compile(r"\{([\w.]+)\}")


def read_json(body: bytes, content_type: str = "") -> Any:
    """The JSON of an answer, or None when it is none: UTF-8 (RFC 8259, 8.1), or what older servers still send, UTF-16
    or the charset that the answer states."""
    stated = _STATED.search(content_type)
    for encoding in ("utf-8-sig", stated[1] if stated else "utf-8", "utf-16"):
        try:
            return json.loads(body.decode(encoding))
        except (ValueError, LookupError, RecursionError):
            continue
    return None


def at_path(value: Any, path: str | None) -> Any:
    """What stands at a path; None where it leads nowhere."""
    return follow(value, path)[0]


def follow(value: Any, path: str | None) -> tuple[Any, bool]:
    """(what stands at a path, whether the path is there): a field that is null, or stands in one that is, is there. A
    name that has dots itself (`odata.nextLink`) is found where no shorter one is."""
    keys = path.split(".") if path else []
    while keys:
        if value is None:
            return None, True
        if isinstance(value, dict):
            length = next((n for n in range(1, len(keys) + 1) if ".".join(keys[:n]) in value), 0)
            if not length:
                return None, False
            value, keys = value[".".join(keys[:length])], keys[length:]
        elif isinstance(value, list) and _INDEX.fullmatch(keys[0]) and int(keys[0]) < len(value):
            value, keys = value[int(keys[0])], keys[1:]
        else:
            return None, False
    return value, True


def with_value(document: str, path: str, value: object) -> str:
    """The JSON object in `document` with `value` at a path, whose objects are made where they are missing."""
    root: dict[str, Any] = json.loads(document)
    *way, last = path.split(".")
    inner = root
    for key in way:
        if not isinstance(inner.get(key), dict):
            inner[key] = {}
        inner = inner[key]
    inner[last] = value
    return json.dumps(root, ensure_ascii=False)


def filled(template: str, item: Any, entry: Entry) -> tuple[str, str]:
    """(the address that a template gives for an item; the first field that the item lacks, or ""). A template without
    braces is the path of a field that holds the address."""
    if "{" not in template:
        value = at_path(item, template)
        return (value, "") if isinstance(value, str) and value.strip() else ("", template)
    missing = ""

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        path = entry.id if match[1] == "id" and entry.id else match[1]
        value = at_path(item, path)
        if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
            missing = missing or path
        return quote(str(value), safe="")

    address = _FIELD.sub(fill, template)
    return ("", missing) if missing else (address, "")
