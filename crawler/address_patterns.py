"""Patterns and templates of addresses that a seed brings, matched at a cost that is linear in the address.

A seed may be another's. Python's own engine tries the ways to match one after the other, and a short pattern can make
it try for years; RE2 (https://github.com/google/re2) follows all of them at once. It has no look-around and no
back-references."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re2 import _Regexp

_FIELD = re.compile(r"\{([\w.]+)\}")
_MEMORY = 1 << 20  # bytes that a compiled pattern may take: repeats are written out in it


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> _Regexp:
    """The pattern. Raises ValueError, saying why, for one that RE2 cannot have or that takes too much memory."""
    import re2  # noqa: PLC0415 - few seeds have patterns

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        (why,) = error.args
        raise ValueError(why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)) from error


def is_match(pattern: str, url: str) -> bool:
    """Whether a pattern is found in an address. Raises ValueError for a pattern that is none."""
    return compiled(pattern).search(url.encode("utf-8", "replace").decode()) is not None


def is_from_template(template: str, url: str) -> bool:
    """Whether a template such as "https://x.example/api/{id}" could have given an address."""
    import re2  # noqa: PLC0415

    parts = _FIELD.split(template)[::2]
    pattern = "[^/?&#]+".join(re2.escape(part) for part in parts)
    return compiled(pattern).fullmatch(url.encode("utf-8", "replace").decode()) is not None
