"""The addresses in a style sheet: what a page needs besides its words to look as it did."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.discovery.base import absolute

# url(...) with or without quotation marks (CSS Values 4, 4.5), and @import with a string (CSS Cascade 4, 2).
ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^)"'\s]{0,2000}))\s*\)"""
    r"""|@import\s+(?:"([^"]{0,2000})"|'([^']{0,2000})')""",
    re.I,
)


def css_addresses(text: str, base: str) -> Iterator[str]:
    """Absolute addresses of the sheets, fonts and pictures that a style sheet at `base` names, in its order."""
    for match in ADDRESS.finditer(text):
        url = absolute(base, next((group for group in match.groups() if group), ""))
        if url is not None:
            yield url
