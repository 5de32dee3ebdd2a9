"""How listings call what leads on and how many items there are, in the languages of `words.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")


@cache
def phrases(kind: str) -> frozenset[str]:
    """All phrases of a kind: `next`, `total`, `of`, `year` or `all`."""
    table = tomllib.loads(files("crawler.discovery.extent").joinpath("words.toml").read_text("utf-8"))
    return frozenset(phrase for words in table.values() for phrase in words.get(kind, ()))


def plain(words: str) -> str:
    """The words of a link or line as phrases are written: small, on one line, without what is no letter at the ends."""
    return _EDGES.sub("", " ".join(words.split()).casefold())


def leads_on(words: str) -> bool:
    """Whether these are the words of a link to the next page, or of a button that loads more."""
    return len(words) <= _LONGEST and plain(words) in phrases("next")


_LONGEST = 60  # characters of a link's words with their blanks
