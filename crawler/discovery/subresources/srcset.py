"""The candidates of a `srcset` attribute, by the algorithm of the HTML Standard (4.8.4.3.11): one pass, linear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.discovery.subresources.css import end_of

_BETWEEN = re.compile(r"[ \t\n\f\r,]*+")
_BLANK = re.compile(r"[ \t\n\f\r]*+")
_ADDRESS = re.compile(r"[^ \t\n\f\r]*+")
_INSIDE = re.compile(r"[^(),]*+")
_CLOSED = re.compile(r"[^)]*+\)?")
_NUMBER = re.compile(r"-?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,3})?")
_MOST = 1_000  # candidates of one picture


@dataclass(frozen=True, slots=True)
class Candidate:
    """`size` is the width in pixels, or the density where the unit is "x"; 1x where nothing is said."""

    url: str
    size: float
    unit: str  # w | x


def candidates(text: str) -> Iterator[Candidate]:
    """The candidates that a browser would choose from, in their order, at most 1000; those with a descriptor that is
    an error are left out, as browsers leave them out."""
    at = count = 0
    while count < _MOST:
        at = end_of(_BETWEEN, text, at)
        if at >= len(text):
            return
        end = end_of(_ADDRESS, text, at)
        url, at = text[at:end], end
        said: list[str] = []
        if url.endswith(","):
            url = url.rstrip(",")
        else:
            said, at = _descriptors(text, end_of(_BLANK, text, at))
        found = _candidate(url, said)
        count += 1
        if found is not None:
            yield found


def _descriptors(text: str, at: int) -> tuple[list[str], int]:
    """(the words up to the next comma outside of brackets, where it goes on)."""
    parts: list[str] = []
    while at < len(text):
        end = end_of(_INSIDE, text, at)
        parts.append(text[at:end])
        at = end + 1
        if text[end : end + 1] == "(":
            close = end_of(_CLOSED, text, end)
            parts.append(text[end:close])
            at = close
        elif text[end : end + 1] == ")":
            parts.append(")")
        else:
            break
    return "".join(parts).split(), at


def _candidate(url: str, said: list[str]) -> Candidate | None:
    sizes: dict[str, float] = {}
    for word in said:
        number, unit = word[:-1], word[-1]
        if unit not in "wxh" or unit in sizes or not _NUMBER.fullmatch(number):
            return None
        sizes[unit] = float(number)
    if sizes.get("w", 1.0) <= 0 or sizes.get("x", 0.0) < 0 or ("x" in sizes and len(sizes) > 1):
        return None
    if "w" in sizes:
        return Candidate(url, sizes["w"], "w")
    return None if "h" in sizes else Candidate(url, sizes.get("x", 1.0), "x")
