"""The words that an element of a listing shows, read at a bounded cost."""

from __future__ import annotations

from itertools import islice

from lxml import html

_MOST = 200  # elements inside one: broken markup has a link in a link, a thousand deep, and each is asked for its words


def words_of(element: html.HtmlElement) -> str:
    """The words of an element on one line; of one with more than 200 elements inside, those of the first 200."""
    if not len(element):
        return " ".join((element.text or "").split())
    if next(islice(element.iterdescendants(), _MOST, None), None) is None:
        return " ".join("".join(element.itertext()).split())
    texts = (text for inside in islice(element.iter("*"), _MOST) for text in (inside.text, inside.tail) if text)
    return " ".join(" ".join(texts).split())
