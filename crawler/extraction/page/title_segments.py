"""The parts of a <title>: a headline with the names of the site and its sections behind or in front of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from crawler.extraction.markup.dom import BEYOND_ALPHABETS

# Chinese, Japanese and Korean titles are written without blanks round what separates them: "headline-site_section".
_LETTERS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_SPACED = r"\s+[|\u2502\u00b7\u2022\u00bb\u203a\u2013\u2014:/~<\u00ab-]+\s+|\s*(?:\|\||::|\||\uff5c|\u3163)\s*"
_OF_ALPHABETS = re.compile(_SPACED)


@cache
def _of_all() -> re.Pattern[str]:
    return re.compile(
        rf"{_SPACED}|(?<=[{_LETTERS}?!\uff1f\uff01\u300d\u201d'\"])\s*"
        rf"[-_\u2013\u2014\u2015\uff0d\uff3f:\uff1a]+\s*(?=[{_LETTERS}])"
    )


def separators_of(title: str) -> re.Pattern[str]:
    """What separates the parts of a title: without one of these letters nothing stands without blanks."""
    return _of_all() if BEYOND_ALPHABETS.search(title) else _OF_ALPHABETS


def parts_of(title: str) -> list[str]:
    """What stands between the separators of a title, in its order."""
    return separators_of(title).split(title)


def ends_of(title: str) -> Iterator[str]:
    """A title whole, then what stands in front of each separator, then what stands behind each: names of sites mostly
    stand behind."""
    found = list(separators_of(title).finditer(title))
    return chain((title,), (title[: m.start()] for m in found), (title[m.end() :] for m in found))
