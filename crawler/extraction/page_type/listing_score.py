"""Whether a page lists other items, by the weighed sum of its signs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Fitted by `tests/benchmarks/fit_page_type.py` (logistic regression), which also tells what the same fit refuses on
# sites that it was not given. Above zero: a listing.
WEIGHTS = {
    "row": 0.69,  # boxes of the largest group that lead to other pages
    "only cards": 1.72,
    "entries": 1.53,  # short lines with a date by a heading or a link
    "one article": -0.82,  # a single <article>
    "only links": 0.85,
    "linked heads": 0.88,  # nearly all headings are links
    "prices": 0.78,
    "choices": 1.37,  # boxes to tick and lists to choose from
    "fields": 1.48,  # what can be filled in
    "buttons": 1.17,
    "column": -1.81,  # length of the longest text
    "siblings": -2.02,  # long paragraphs in one element
    "run": -1.2,  # share of the words between two links that stand by themselves
    "few words": 1.3,
    "notice": -1.2,  # running text right behind the headline
    "dated": -1.44,  # a date by the headline
    "article data": -1.13,
    "article card": -1.1,
    "anonymous": 0.84,  # no date, author or data of an article
    "list data": 1.16,
    "reading time": -1.13,  # the card for social networks tells it
    "text class": -0.66,  # an element is called an item's text
    "filters": 1.78,  # elements called a filter, a choice of order or a pager
    "list path": 1.32,  # a part of the address is a system's name for many items
    "subject data": 1.66,  # data describe an organization, an offer or questions, and no text
    "targets": 1.56,  # addresses that are linked to outside the frame
    "numbered": -1.11,  # the address has a year or a long number
    "front": 1.5,  # the address is that of the site
    "slug": -1.34,  # the address ends with words or a number
}
BIAS = -0.12
_ROUNDING = 1e-9


def is_listing(signs: Mapping[str, float]) -> bool:
    """Whether the signs of a page say that it lists other items."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in signs.items()) > 0


def may_be_listing(known: Mapping[str, float], bounds: Mapping[str, float] = MappingProxyType({})) -> bool:
    """Whether the signs of a page could say so with some of them known, whatever the others are: by their `bounds`
    those that speak for it are no more, and those that speak against it no less."""
    others = sum(w * bounds.get(name, float(w > 0)) for name, w in WEIGHTS.items() if name not in known)
    return others + BIAS + sum(WEIGHTS[name] * value for name, value in known.items()) > -_ROUNDING
