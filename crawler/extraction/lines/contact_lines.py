"""Lines that tell how to reach somebody."""

from __future__ import annotations

import re

# An address to write to, or a number to call.
_REACHED = re.compile(
    r"\S@\S+\.\w{2,}|(?:\+|\(|\b0)(?:[\s()-]*\d){9,}|"
    r"(?:тел|тлф|телефон|tel|telefon|teléfono|téléphone|telefone|phone|fax|факс|電話|电话|전화|هاتف|تلفن)\w*\W{0,5}\+?\(?\d",
    re.IGNORECASE,
)
_LOOKED_AT = 400  # characters of a line: a hostile one may be a run of brackets, or of @


def is_reached(line: str) -> bool:
    """Whether a line has an address to write to, or a number to call, near its beginning."""
    return _REACHED.search(line, 0, _LOOKED_AT) is not None
