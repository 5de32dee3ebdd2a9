"""Which of the figures of 07/01/2026 is the month: by the seed, by the page's other dates, by its country and language.

Where none of them says it there is no order: a figure that can be day and month alike leaves the date open, and both
days are told among the candidates."""

from __future__ import annotations

import re

from crawler.extraction.dates.figure_order import order_of
from crawler.extraction.page.page import Page

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?!\d)")
# Zones of the United States, where no country has another of the name; with CST, which China has too, no order is told.
_AMERICAN = re.compile(r"\b(?:E[SD]T|CDT|M[SD]T|P[SD]T|AK[SD]T|HST|(?:Eastern|Central|Mountain|Pacific) Time)\b")
# Zones that only countries have where the day is written first (CLDR's short dates). GMT and UTC are of all the world.
_DAY_FIRST = re.compile(
    r"\b(?:BST|IST|WES?T|CES?T|EES?T|MSK|PKT|SGT|WIB|WITA|SAST|EAT|CAT|WAT|NPT|BRT|A[CEW][SD]T|NZ[SD]T)\b"
)
_MOST = 400  # characters of a line in which other dates are looked for
_CONTRADICTED = "published: an American clock beside a language that puts the day first: no order is taken"


def date_order(page: Page, raws: list[str]) -> str:
    """DMY, MDY, YMD, or empty. `raws` are the places that can tell the date of the page.

    The seed's order is never doubted. Dates of the page that can be read in one way only go before the habit of its
    country and language; where they contradict each other they prove nothing."""
    if page.seed and page.seed.selectors.date_order:
        return page.seed.selectors.date_order
    usual = order_of(page.languages, page.country)
    unclear = [n for n in _numeric(raws) if max(n[:2]) <= 12 and n[0] != n[1]]
    if not unclear:
        return usual
    proven = _proven(page, raws, unclear)
    if proven:
        if usual and usual != proven:
            page.warnings.append(f"published: figures are read {proven}, as other dates of the page are, not {usual}")
        return proven
    if not page.country and usual != "MDY" and any(_AMERICAN.search(raw[:_MOST]) for raw in raws):
        # An American clock on a page that is not said to be American: where its language does not contradict, the order
        # is American, too; else there is none.
        page.warnings.append(
            "published: figures are read MDY, for the clock is American" if not usual else _CONTRADICTED
        )
        return "" if usual else "MDY"
    if not page.country and not usual and any(_DAY_FIRST.search(raw[:_MOST]) for raw in raws):
        page.warnings.append("published: figures are read DMY, as in the countries of the clock's zone")
        return "DMY"
    if not page.country and usual == "MDY":
        page.warnings.append(f"published: figures are read {usual}, for the page declares {page.languages[0]}")
    return usual


def _numeric(lines: list[str]) -> list[tuple[int, int, int]]:
    found = (m for line in lines for m in _NUMERIC.finditer(line[:_MOST]))
    return [(int(m[1]), int(m[3]), int(m[4])) for m in found]


def _proven(page: Page, raws: list[str], unclear: list[tuple[int, int, int]]) -> str:
    """The order that other dates prove: one whose day can be no month, or the same day in a form that has one order."""
    days = {tuple(map(int, m.groups())) for raw in [*raws, page.url] for m in _ISO_DAY.finditer(raw[:_MOST])}
    month_first = any((year, a, b) in days for a, b, year in unclear)
    day_first = any((year, b, a) in days for a, b, year in unclear)
    if month_first != day_first:
        return "MDY" if month_first else "DMY"
    others = _numeric([*raws, *(block.text for block in page.blocks)])
    month_first = any(b > 12 >= a for a, b, _ in others)
    day_first = any(a > 12 >= b for a, b, _ in others)
    return ("MDY" if month_first else "DMY") if month_first != day_first else ""
