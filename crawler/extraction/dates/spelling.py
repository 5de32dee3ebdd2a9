"""Lines as the patterns of dates read them: figures of all scripts as ASCII, blanks of all kinds as spaces, at the same
places, so that what is found can be cut from the line as it was written."""

from __future__ import annotations

import unicodedata

_SPACES = "\u00a0\u2007\u2009\u202f\u200e\u200f\u061c\ufeff\u2066\u2067\u2068\u2069\u3000"
_SIGNS = {
    "：": ":",
    "／": "/",
    "．": ".",
    "－": "-",
    "，": ",",
    "،": ",",
    "؛": ";",
    "٫": ".",
    "∕": "/",
    "⁄": "/",
    "‧": ".",
    "፣": ",",
}


class _Readable(dict[int, str]):
    """The letter to read in place of each one, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        read = str(unicodedata.decimal(letter, letter)) if code > 127 else letter
        self[code] = read
        return read


_READABLE = _Readable({**{ord(c): " " for c in _SPACES}, **{ord(c): sign for c, sign in _SIGNS.items()}})


def readable(line: str) -> str:
    """`line` with as many letters, figures in ASCII."""
    return line if line.isascii() else line.translate(_READABLE)
