"""Whether a page lists other items, by the weighed sum of its signs."""

from __future__ import annotations

from collections.abc import Mapping

# Fitted by `tests/benchmarks/fit_page_type.py` (logistic regression), which also tells what the same fit refuses on
# sites that it was not given. Above zero: a listing.
WEIGHTS = {
    "row": 0.37,  # boxes of the largest group that lead to other pages
    "balance": 0.88,  # words in such boxes against the longest text beside them
    "only cards": 1.86,
    "prose": -0.61,  # share of the words that are running text in no box
    "column": -0.79,  # length of the longest text
    "links": 0.52,  # share of the words that are links
    "only links": 0.59,
    "linked heads": 0.79,  # nearly all headings are links
    "prices": 1.37,
    "choices": 2.56,  # boxes to tick and lists to choose from
    "one article": -1.02,  # a single <article>
    "words": -0.56,  # words of the headline
    "few words": 1.23,
    "opens": -0.36,  # running text behind the headline
    "dated": -2.23,  # a date by the headline
    "article data": -1.26,
    "article card": -1.34,
    "anonymous": 0.40,  # no date, author or data of an article
    "list data": 1.97,
    "item class": -0.94,
    "front": 1.74,  # the address is that of the site
    "slug": -2.57,  # the address ends with words or a number
}
BIAS = 1.10
_BOTH_WAYS = "balance"  # the sign that is from -1 to 1, where all others are from 0
_ROUNDING = 1e-9
_CERTAIN = 0.25  # of the sum: an article that is refused costs more than a listing that is taken


def is_listing(signs: Mapping[str, float]) -> bool:
    """Whether the signs of a page say that it lists other items."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in signs.items()) > _CERTAIN


def may_be_listing(known: Mapping[str, float]) -> bool:
    """Whether the signs of a page could say so with some of them known, whatever the others are."""
    most = sum(
        abs(weight) if name == _BOTH_WAYS else max(weight, 0) for name, weight in WEIGHTS.items() if name not in known
    )
    return most + BIAS + sum(WEIGHTS[name] * value for name, value in known.items()) > _CERTAIN - _ROUNDING
