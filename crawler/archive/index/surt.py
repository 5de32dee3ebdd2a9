"""The sort key of an address in an index: SURT, as the field's tools make it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache

# A blank ends the key in a line of an index, and a line feed the line.
_LONGEST = 1 << 14  # characters of an address that is transformed: the library's time grows with their square
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


def surt_key(url: str) -> str:
    """The Sort-friendly URI Reordering Transform of `url`, or `url` itself where it is no address, or longer than any
    that readers can ask for (16,384 characters); blanks escaped.

    pywb, cdxj-indexer and OpenWayback look captures up by the same key.
    """
    try:
        key = _transform()(url) if len(url) <= _LONGEST else url
    except (ValueError, UnicodeError):
        key = url
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02x}", key)


@cache
def _transform() -> Callable[[str], str]:
    # Loaded when the first key is made: it brings requests and tldextract along, a third of a second. Its patterns
    # stand in plain strings, of which Python 3.12 and later complain to whoever runs the command first.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        from surt import surt  # noqa: PLC0415
    transform: Callable[[str], str] = surt
    return transform
