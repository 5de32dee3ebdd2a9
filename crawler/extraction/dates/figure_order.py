"""The order of day, month and year in figures that a language of a country uses, by Unicode CLDR.

The table is made by `tests/benchmarks/build_orders.py` from the release of CLDR that Babel carries."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "orders.json"
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


def _order(name: str) -> str:
    """The order of the short date format; empty where CLDR does not know the locale."""
    language, _, country = name.partition("_")
    return _orders().get(f"{language.lower()}_{country}" if country else language.lower(), "")


@cache
def _orders() -> Mapping[str, str]:
    """The orders by name of a locale: to ask Babel would load it, and each locale with all that it has."""
    stored: dict[str, str] = json.loads(TABLE.read_bytes())
    return {name: order for order, names in stored.items() for name in names.split()}
