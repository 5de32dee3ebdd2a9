"""Lines that tell how to reach somebody."""

from __future__ import annotations

import re

# An address to write to, or a number to call.
REACHED = re.compile(
    r"\S@\S+\.\w{2,}|(?:\+|\(|\b0)(?:[\s()-]*\d){9,}|"
    r"(?:тел|тлф|телефон|tel|telefon|teléfono|téléphone|telefone|phone|fax|факс|電話|电话|전화|هاتف|تلفن)\w*\W{0,5}\+?\(?\d",
    re.IGNORECASE,
)
