"""Where words that follow each other on one line belong apart: parts that only a style sheet separates, and digits
that are raised or lowered."""

from __future__ import annotations

import unicodedata
from itertools import islice

from lxml import html

_SUPERSCRIPTS, _SUBSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
_FEW_LINKS = 6  # of a paragraph that is a row of buttons
_PART = 2  # letters of a part of a line
# Elements in which neighbours without a blank between them are parts that a style sheet sets apart.
_SET_APART = frozenset("h1 h2 h3 h4 h5 h6 div li dt dd td th section header footer a button summary".split())


def is_apart(element: html.HtmlElement, within: str) -> bool:
    """Whether an element that directly follows another of its kind is another part of the line: links to other places,
    parts that have a class each or a label ("label: value"). What word processors write (style, lang) splits words."""
    before, parent = element.getprevious(), element.getparent()
    if before is None or parent is None:
        return False
    if before.tag != element.tag:
        return "time" in (before.tag, element.tag) and _begins_word(element)
    if within not in _SET_APART and not (within == "p" and element.tag == "a" and _is_of_links(parent)):
        return False
    if element.tag == "a":
        return bool(before.get("href") != element.get("href"))
    if any(e.get(name) is not None for e in (before, element) for name in ("style", "lang")):
        return False
    if any(len(e) == 0 and len((e.text or "").strip()) < _PART for e in (before, element)):
        return False  # letters that are set one by one
    if before.get("class") and element.get("class"):
        return True
    if _has_label(before) and _has_label(element):
        return True
    is_pair = before.getprevious() is None and element.getnext() is None
    return is_pair and not (parent.text or "").strip() and not (element.tail or "").strip()


def _begins_word(element: html.HtmlElement) -> bool:
    return next((words.strip() for words in element.itertext() if words.strip()), "")[:1].isalnum()


def _has_label(element: html.HtmlElement) -> bool:
    return ":" in (element.text or "")[1:]


def _is_of_links(paragraph: html.HtmlElement) -> bool:
    """Whether a paragraph is a few links and no words between them: buttons below a headline."""
    links = list(islice(paragraph, _FEW_LINKS + 1))
    return (
        2 <= len(links) <= _FEW_LINKS
        and not (paragraph.text or "").strip()
        and all(link.tag == "a" and not (link.tail or "").strip() for link in links)
    )


def kept_apart(words: str, kind: str, before: str) -> str:
    """Raised or lowered words as they stay apart from those before them: digits as the signs that Unicode has for them.
    Lowered digits behind a letter are a formula, which everybody writes with plain ones (CO2)."""
    if any(char.isalpha() for char in words) or (kind == "sub" and not before[-1:].isdigit()):
        return words
    signs = _SUPERSCRIPTS if kind == "sup" else _SUBSCRIPTS
    digits = (unicodedata.digit(char, None) for char in words)
    return "".join(char if digit is None else signs[digit] for char, digit in zip(words, digits, strict=True))
