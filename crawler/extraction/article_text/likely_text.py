"""Sentences outside the text that most likely belong to it, by a table of weights."""

from __future__ import annotations

from crawler.extraction.article_text.line_signs import LineSigns, bins
from crawler.extraction.article_text.line_weights import BIAS, CERTAIN, EDGES, WEIGHTS
from crawler.extraction.labels.draft import Draft


def likely_text(draft: Draft) -> set[int]:
    """The sentences that no rule names and that stand as the lines of the text do: the weights of their signs sum up to
    more than `CERTAIN` (logistic regression). Articles that a page cuts into boxes of several kinds are made whole."""
    if not draft.text:
        return set()
    signs = LineSigns(draft)
    return {n for n in signs.candidates() if score(signs.of(n)) > CERTAIN}


def score(signs: dict[str, float]) -> float:
    """The logarithm of the odds that a line is text."""
    return BIAS + sum(WEIGHTS[name][place] for name, place in bins(signs, EDGES))
