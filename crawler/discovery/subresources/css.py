"""The addresses in a style sheet: what a page needs besides its words to look as it did.

A scanner of the tokens that can hold an address (CSS Syntax 3, 4), in one pass: comments, strings, names with escapes,
and unquoted addresses are told apart as browsers do it, and no other token matters. Time is linear in the length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crawler.discovery.address import absolute


# What begins a token that matters; a name takes its escapes along.
@cache
def _begin() -> re.Pattern[str]:
    return re.compile(
        r"""/\*|["'();{}]|@?(?:[-\w\u0080-\U0010ffff]|\\(?:[0-9a-fA-F]{1,6}+[ \t\r\n\f]?|[^\n\r\f0-9a-fA-F]))++"""
    )


_BLANK = re.compile(r"[ \t\r\n\f]*+")
_STRING = {mark: re.compile(rf"(?:[^{mark}\\\n\r\f]|\\(?:\r\n|.))*+", re.DOTALL) for mark in "\"'"}
_UNQUOTED = re.compile(r"(?:[^)\\]|\\.)*+", re.DOTALL)  # a good one or what is left of a bad one: up to the bracket
_NO_ADDRESS = re.compile(r"""["'(\x00-\x08\x0b\x0e-\x1f\x7f \t\r\n\f]""")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|.))", re.DOTALL)
# Functions whose strings are addresses (CSS Values 4, 4.5; Images 4, 3).
_TAKES = frozenset(("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"))
_SHORT = 2_000  # characters of an address


@dataclass(frozen=True, slots=True)
class Address:
    """What stands at text[start:end]: `url(...)` without quotation marks, or a string with them. `url` is "" where a
    browser takes it for none."""

    start: int
    end: int
    url: str
    is_string: bool


def addresses_in(text: str) -> Iterator[Address]:
    """All addresses that a style sheet, or a style attribute, names, in its order."""
    at, functions, imports = 0, [""], False
    while begin := _begin().search(text, at):
        sign, at = begin[0], begin.end()
        if sign == "/*":
            end = text.find("*/", at)
            at = end + 2 if end >= 0 else len(text)
        elif sign in "\"'":
            end = end_of(_STRING[sign], text, at)
            if functions[-1] in _TAKES or imports:
                yield Address(begin.start(), end + text.startswith(sign, end), _unescaped(text[at:end]), True)
            at, imports = end + text.startswith(sign, end), False
        elif sign == ")":
            if len(functions) > 1:
                functions.pop()
        elif sign == "(":
            functions.append("")
        elif sign in ";{}":
            imports = False
        else:
            name = _unescaped(sign).lower()
            imports = name == "@import"
            if not text.startswith("(", at):
                continue
            at += 1
            first = end_of(_BLANK, text, at)
            if name == "url" and text[first : first + 1] not in ('"', "'"):
                end = end_of(_UNQUOTED, text, at)
                yield Address(begin.start(), min(end + 1, len(text)), _unquoted(text[at:end]), False)
                at = end + 1
            else:
                functions.append(name)


def end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the match of `pattern` that begins at `at` ends; `at` where there is none."""
    match = pattern.match(text, at)
    return match.end() if match else at


def css_addresses(text: str, base: str) -> Iterator[str]:
    """Absolute addresses of the sheets, fonts and pictures that a style sheet at `base` names, in its order."""
    for found in addresses_in(text):
        url = absolute(base, found.url) if 0 < len(found.url) <= _SHORT else None
        if url is not None:
            yield url


def _unquoted(inside: str) -> str:
    inside = inside.strip(" \t\r\n\f")
    if inside.endswith("\\"):
        return ""
    return "" if _NO_ADDRESS.search(_ESCAPE.sub("", inside)) else _unescaped(inside)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "" if escape[2] in ("\n", "\r", "\f", "\r\n") else escape[2]
    number = int(escape[1], 16)
    return chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd"
