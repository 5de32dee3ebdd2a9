"""Writes the orders of day, month and year that `figure_order` looks up: `python -m tests.benchmarks.build_orders`.

They are those of the short date formats of Unicode CLDR, as Babel knows them: for languages by themselves, for
languages in countries that write them, and for countries by their main language. Takes two minutes; a test compares the
table with the Babel that is installed."""

from __future__ import annotations

import json
import re
from itertools import product
from string import ascii_uppercase

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.localedata import load, locale_identifiers

from crawler.extraction.dates.figure_order import TABLE

_PARTS = re.compile(r"[yMd]")


def order_in_cldr(name: str) -> str:
    """The order of the short date format; empty where CLDR does not know the locale, or not in this country."""
    try:
        locale = Locale.parse(name)
    except (UnknownLocaleError, ValueError, TypeError):
        return ""
    if name.startswith("und_") and not _is_stated(locale):  # the first official language whose form CLDR has
        tags = get_official_languages(name.removeprefix("und_"), de_facto=True)
        stated = (order_in_cldr(f"{tag.partition('_')[0]}_{name.removeprefix('und_')}") for tag in tags)
        return next(filter(None, stated), "")
    if not _is_stated(locale):
        return ""
    if name.startswith("und_") or "_" not in name or str(locale.territory) in name:
        parts = "".join(dict.fromkeys(_PARTS.findall(locale.date_formats["short"].pattern)))
        return parts.upper() if parts.upper() in ("DMY", "MDY", "YMD") else ""
    return ""


def _is_stated(locale: Locale) -> bool:
    """Whether CLDR has a short date of a language: of many it has no form, and gives the one of all the world."""
    return locale.date_formats["short"] is not load("root")["date_formats"]["short"]


def languages() -> list[str]:
    """The codes of languages that Babel takes, those of before among them ("iw", "rus")."""
    known = {name.partition("_")[0] for name in (*locale_identifiers(), *get_global("language_aliases"))}
    return sorted(name for name in known if name.isalpha() and name.islower())


def countries() -> list[str]:
    """The codes of countries, those of before among them."""
    return ["".join(pair) for pair in product(ascii_uppercase, repeat=2)]


def main() -> None:
    known = [name for name in countries() if order_in_cldr(f"und_{name}")]
    names = [*languages(), *(f"{language}_{country}" for language, country in product(languages(), known))]
    names += [f"und_{country}" for country in known]
    table = {name: order for name in names if (order := order_in_cldr(name))}
    by_order = {
        order: " ".join(sorted(n for n, its in table.items() if its == order)) for order in ("DMY", "MDY", "YMD")
    }
    TABLE.write_text(json.dumps(by_order, indent=0) + "\n", encoding="utf-8")
    print(f"{len(table)} orders, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
