"""The parts of a <title>: a headline with the names of the site and its sections behind or in front of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

# Chinese, Japanese and Korean titles are written without blanks round what separates them: "headline-site_section".
_LETTERS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
SEPARATOR = re.compile(
    r"\s+[|\u2502\u00b7\u2022\u00bb\u203a\u2013\u2014:/~<\u00ab-]+\s+"
    r"|\s*(?:\|\||::|\||\uff5c|\u3163)\s*"
    rf"|(?<=[{_LETTERS}?!\uff1f\uff01\u300d\u201d'\"])\s*[-_\u2013\u2014\u2015\uff0d\uff3f:\uff1a]+\s*(?=[{_LETTERS}])"
)


def parts_of(title: str) -> list[str]:
    """What stands between the separators of a title, in its order."""
    return SEPARATOR.split(title)


def ends_of(title: str) -> Iterator[str]:
    """A title whole, then what stands in front of each separator, then what stands behind each: names of sites mostly
    stand behind."""
    found = list(SEPARATOR.finditer(title))
    return chain((title,), (title[: m.start()] for m in found), (title[m.end() :] for m in found))
