"""Whether the address of a page tells its title: systems write the headline of an item into it."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from crawler.extraction.markup.dom import key

_LETTERS = 4  # of a word that tells something
_WORDS = 3  # such words of a title in the address that are not there by chance
_MOST = 0.6  # share of a title's words


def in_address(title: str, url: str) -> bool:
    """Whether the last part of an address holds most of the long words of a title, in their order."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    slug = key(unquote(max(parts[-2:], key=len, default="")))
    words = [words for word in title.split() if len(words := key(word)) >= _LETTERS]
    at = found = 0
    for word in words:
        place = slug.find(word, at)
        if place >= 0:
            at, found = place + len(word), found + 1
    return found >= max(_WORDS, _MOST * len(words))
