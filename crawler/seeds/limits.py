"""What the values of a seed file may be at most, whoever wrote it: lengths, counts, depth, numbers, signs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.errors import SeedError

MAX_SEED = 256 << 10  # characters; the longest has a few thousand
_DEEPEST = 32
_ITEMS = 1_000  # of an array or a table
_NAME = 200  # characters of a key, and of a path in an API's answer
_VALUE = 2_000  # characters of any other string
MAX_PATTERN = 1_000  # characters of a selector or a pattern: cost goes with their length times that of a page
_PROSE = frozenset({"notes", "rights"})  # at any length
_SELECTORS = frozenset({"links", "next", "match"})  # of an entry
_PATHS = frozenset({"items", "id", "date", "total_pages", "offset", "cursor", "item", "page"})
_LARGEST = 10**15  # that JSON and all readers of a table have exactly
_LONGEST_TIME = 1e6  # days, hours or seconds: more leads out of the calendar
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_LINE_END = re.compile(r"[\r\n]")


def check_limits(raw: Mapping[str, Any], path: str) -> None:
    """Raises SeedError, naming file and key, for a value beyond the limits."""
    for key, why in _beyond(raw, (), ""):
        raise SeedError(why, path=path, key=key)


def _beyond(value: Any, where: tuple[str, ...], name: str) -> Iterator[tuple[str, str]]:
    """(key, what is wrong with its value). `name` is the last key that is no number."""
    key = ".".join(where)
    if len(where) > _DEEPEST:
        yield ".".join(where[:3]), f"nested deeper than {_DEEPEST} levels"
    elif isinstance(value, str):
        yield from ((key, why) for why in _of_text(value, where, name))
    elif isinstance(value, float | int) and not isinstance(value, bool):
        yield from ((key, why) for why in _of_number(value, name))
    elif isinstance(value, Mapping | list):
        if len(value) > _ITEMS:
            yield key, f"has {len(value)} members; {_ITEMS} may be"
            return
        pairs = value.items() if isinstance(value, Mapping) else ((str(n), one) for n, one in enumerate(value))
        for inner, one in pairs:
            if len(inner) > _NAME or _CONTROL.search(inner) or _LINE_END.search(inner):
                yield key or "the top", f"has a key that is no name: {inner[:40]!r}"
                return
            yield from _beyond(one, (*where, inner), name if isinstance(value, list) else inner)


def _of_text(value: str, where: tuple[str, ...], name: str) -> Iterator[str]:
    is_entry = where[0] == "entries"
    is_free = where[0] in _PROSE or (is_entry and where[2:3] == ("body",))
    is_selector = where[0] == "selectors" or (is_entry and name in _SELECTORS)
    is_path = is_entry and (name in _PATHS or where[2:3] == ("fields",))
    longest = MAX_SEED if is_free else MAX_PATTERN if is_selector else _NAME if is_path else _VALUE
    if len(value) > longest:
        yield f"has {len(value)} characters; {longest} may be"
    if sign := _CONTROL.search(value):
        yield f"has a control character: {sign[0]!r}"
    if not (is_free or is_selector) and _LINE_END.search(value):
        yield f"is more than one line: {value[:40]!r}"


def _of_number(value: float, name: str) -> Iterator[str]:
    if abs(value) > _LARGEST or not math.isfinite(value):
        yield "is no number that can be used"
    elif name.endswith(("_days", "_hours", "_s")) and value > _LONGEST_TIME:
        yield f"{value:g} is too long; {_LONGEST_TIME:g} may be"
