"""The order of day, month and year in figures that a language of a country uses, by Unicode CLDR."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_PARTS = re.compile(r"[yMd]")
# English is written by all the world: without a country it has no order of its own.
_EVERYWHERE = frozenset(("en", "und", "mul", "zxx"))


@lru_cache(maxsize=256)
def order_of(languages: Sequence[str], country: str) -> str:
    """DMY, MDY or YMD by the first language that is known in the country, else by the country's main one, else by the
    language's own country; empty where none of them is known. A tag that names a country ("en-US") is used only where
    the address names none."""
    for tag in languages:
        language, _, rest = tag.replace("_", "-").partition("-")
        region = country or next((part for part in rest.split("-") if len(part) == 2 and part.isalpha()), "")
        if region and (found := _order(f"{language}_{region.upper()}")):
            return found
        if not region and language not in _EVERYWHERE and (found := _order(language)):
            return found
    return _order(f"und_{country.upper()}") if country else ""


@lru_cache(maxsize=512)
def _order(name: str) -> str:
    """The order of the short date format; empty where CLDR does not know the locale."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 55 ms that pages without such dates never need

    try:
        locale = Locale.parse(name)
    except (UnknownLocaleError, ValueError, TypeError):
        return ""
    if name.startswith("und_") or "_" not in name or str(locale.territory) in name:
        parts = "".join(dict.fromkeys(_PARTS.findall(locale.date_formats["short"].pattern)))
        return parts.upper() if parts.upper() in ("DMY", "MDY", "YMD") else ""
    return ""
