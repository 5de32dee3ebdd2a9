"""Lines that tell how to reach somebody."""

from __future__ import annotations

import re

from crawler.extraction.markup.dom import has_digit, small

_ADDRESS = re.compile(r"\S@\S+\.\w{2,}")  # to write to
# To call; in North America without a nought in front.
_NUMBER = re.compile(r"(?:\+|\(|\b0)(?:[\s()-]*\d){9,}|(?<![\d.-])[2-9]\d\d[\s.-][2-9]\d\d[\s.-]\d{4}(?![\d.-])")
_CALLED = re.compile(
    "(?:тел|тлф|телефон|tel|telefon|teléfono|téléphone|telefone|phone|fax|факс|電話|电话|전화|هاتف|تلفن)"
    r"\w*\W{0,5}\+?\(?\d"
)
_LOOKED_AT = 400  # characters of a line: a hostile one may be a run of brackets, or of @


def is_reached(line: str) -> bool:
    """Whether a line has an address to write to, or a number to call, near its beginning."""
    line = line[:_LOOKED_AT]
    if "@" in line and _ADDRESS.search(line):
        return True
    return has_digit(line) and bool(_NUMBER.search(line) or _CALLED.search(small(line)))
