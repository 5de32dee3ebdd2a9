"""How listings call what leads on and how many items there are, in the languages of `words.toml`."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_WHOLE = ("next", "all", "every", "archive")  # that are all the words of a link
_APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ‘’`´", "'"))


@cache
def phrases(kind: str) -> frozenset[str]:
    """All phrases of a kind: `next`, `total`, `of`, `year`, `all`, `every` or `archive`."""
    table = tomllib.loads(files("crawler.discovery.extent").joinpath("words.toml").read_text("utf-8"))
    found = frozenset(phrase for words in table.values() for phrase in words.get(kind, ()))
    return frozenset(map(plain, found)) if kind in _WHOLE else found


def plain(words: str) -> str:
    """The words of a link or line as phrases are written: small, on one line, without what is no letter at the ends."""
    line = " ".join(words.split()).casefold().translate(_APOSTROPHES)
    first = next((n for n, char in enumerate(line) if _is_of_word(char)), len(line))
    last = next((n for n in range(len(line), first, -1) if _is_of_word(line[n - 1])), first)
    return line[first:last]


def _is_of_word(char: str) -> bool:
    """Whether a character is a letter, or a mark on one: words of India and Thailand end with marks."""
    return char.isalpha() or unicodedata.category(char).startswith("M")


def names_all(words: str) -> bool:
    """Whether these are the words of a link to all news: a phrase of `all`, or words of such phrases put together
    ("view all press releases")."""
    line = plain(words)
    tokens = line.split()
    if line in phrases("all"):
        return True
    rest = set(tokens) - _parts("every")
    return 0 < len(rest) < len(set(tokens)) and len(tokens) <= _MOST_WORDS and rest <= _parts("all")


def names_archive(words: str) -> bool:
    """Whether these are the words of a link to what is older: a phrase of `archive`, or one of its words among words of
    such phrases ("view the news archive"); a photo archive is another."""
    line = plain(words)
    tokens = set(line.split())
    single = {phrase for phrase in phrases("archive") if " " not in phrase}
    is_made = not single.isdisjoint(tokens) and tokens <= names_of_lists() | _parts("every")
    return line in phrases("archive") or is_made


def names_of_lists() -> frozenset[str]:
    """The words by which links to lists of news are called, and "of": "news of 2025", "archive 2025"."""
    return _parts("all") | _parts("archive") | phrases("of")


@cache
def _parts(kind: str) -> frozenset[str]:
    """The words of the phrases of a kind."""
    return frozenset(word for phrase in phrases(kind) for word in phrase.split())


def leads_on(words: str) -> bool:
    """Whether these are the words of a link to the next page, or of a button that loads more."""
    return len(words) <= _LONGEST and plain(words) in phrases("next")


_MOST_WORDS = 6  # of a link to all news
_LONGEST = 60  # characters of a link's words with their blanks
