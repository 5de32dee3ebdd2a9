"""Start tags with more attributes than any page needs, cut before a page is parsed: libxml2 takes time that grows with
the square of the attributes of a tag."""

from __future__ import annotations

import re

_MOST_ATTRIBUTES = 1000
_ATTRIBUTE = r"""(?:\s++[^\s=<>"'/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s<>"']++))?+)"""
_OVERFULL = re.compile(rf"(<[a-zA-Z][^\s<>/]*+{_ATTRIBUTE}{{{_MOST_ATTRIBUTES}}}){_ATTRIBUTE}++")
_LENGTH = 2 * _MOST_ATTRIBUTES + 1  # so many attributes have at least so many characters
_LONG = re.compile(rf"<[a-zA-Z][^<]{{{_LENGTH - 1}}}")


def with_few_attributes(text: str) -> str:
    """Markup with the first thousand attributes of each start tag."""
    if not _has_long_part(text):
        return text
    kept: list[str] = []
    at = 0
    for long in _LONG.finditer(text):
        if overfull := _OVERFULL.match(text, long.start()):
            kept.append(text[at : overfull.end(1)])
            at = overfull.end()
    return "".join([*kept, text[at:]]) if kept else text


def _has_long_part(text: str) -> bool:
    """Whether so much as a long tag stands between two signs that begin one. From one such sign to the last within
    that length: few are looked at."""
    at = text.find("<")
    while 0 <= at < len(text) - _LENGTH:
        following = text.rfind("<", at + 1, at + _LENGTH + 1)
        if following < 0:
            return True
        at = following
    return False


def bytes_with_few_attributes(body: bytes) -> bytes:
    """As `with_few_attributes`, of a page in a charset that holds ASCII as it is."""
    text = body.decode("latin-1")
    kept = with_few_attributes(text)
    return body if kept is text else kept.encode("latin-1")
