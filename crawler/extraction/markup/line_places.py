"""In what kind of place an element stands, by what it and those around it say: tags, names, attributes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Set
from functools import lru_cache

from crawler.extraction.markup.dom import BLOCKS
from crawler.extraction.markup.flat_tree import FlatTree

FRAME = frozenset("nav footer aside form dialog menu".split())
_CAPTION = frozenset("figcaption figure".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_OUTER = frozenset("html body main article".split())  # themes write all features of a page into the classes of these
# Words that people everywhere put into class names of what stands beside a text. Whole words: "xabar" holds "bar".
_BESIDE = frozenset(
    "related recommended recommendation recommendations newsletter subscribe subscription comments cookie cookies "
    "consent gdpr breadcrumb breadcrumbs sidebar share sharing social promo promotion advert advertisement ads "
    "sponsored disclaimer copyright byline author authors authorbox bio ad modal popup popover tooltip toast "
    "footer toolbar rating ratings pagination pager".split()
)
_UNDER_PICTURE = frozenset(
    "caption captions figcaption credit credits photographer gallery lightbox photoswipe".split()
)
_TELLING = _BESIDE | _UNDER_PICTURE
_FACTS = frozenset(
    "fact facts factbox factboxes factsbox factsheet keyfacts infobox summary highlights keypoints takeaways fakta "
    "faktaboks faktaruta faktaruutu datos recuadro encadre chiffres".split()
)
_QUOTED = frozenset("quote quotes blockquote pullquote quotation".split())
_SPEAKER = frozenset("author authors byline caption credit".split())
_STAND_INS = ("placeholder", "fallback", "overflow")  # what AMP shows until, or where, a component does not load
_DIALOGS = frozenset("dialog alertdialog tooltip".split())
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# The names that style sheets in common use (Bootstrap, Tailwind, WordPress, HTML5 Boilerplate) give to what they hide
# or keep for screen readers, and those by which they show it again on wide screens.
_HIDING = frozenset("hidden d-none is-hidden visually-hidden visuallyhidden sr-only screen-reader-text".split())
_SHOWN = re.compile(r"(?:[a-z0-9]{2,7}:|d-(?:sm|md|lg|xl|xxl)-)(?:block|flex|grid|inline|table|contents|not-sr-only)")
_WORD, _SMALL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"), re.compile("[a-z]+")  # of any names, of small letters
# Builders of pages number their boxes in hexadecimal figures, in which two letters are a word by chance: "2638ad0".
_SHORT, _FIGURES = 3, re.compile(r"(?:[a-z]*[0-9]){2}[a-z0-9]*", re.IGNORECASE)
# A name with one of these says what a box has, or has not: "no-sidebar", "hasCaption", "ads-enabled--false".
_STATES = frozenset("has have had no not non without with enabled disabled true false hide".split())
# Letters without which names tell no place: of each of these words, save those that have another's in them.
_SIGNS = [
    word for word in _TELLING | _HIDING if not any(other in word for other in (_TELLING | _HIDING) - {word})
]  # fmt: skip
_BY_TAG = {
    **dict.fromkeys(FRAME, "frame"), **dict.fromkeys(_CAPTION, "caption"), **dict.fromkeys(HEADINGS, "heading"),
    "article": "body", "main": "body",
}  # fmt: skip
_LOWER = ("h2", "h3", "h4", "h5", "h6")
_NEXT = {"frame": 4, "caption": 3, "side": 2, "heading": 1, "body": 0}  # an inner place changes only a weaker outer one


def places_of_elements(tree: FlatTree, said: Mapping[int, str], around: Set[int]) -> list[str]:
    """The place of each element, by what those around it have `said`; those `around` the page say nothing of what is
    inside them."""
    places = ["body"] * len(tree.tags)
    for node, place in sorted(said.items()):  # what holds an element comes before it
        outer, end = places[node], tree.ends[node]
        counts = outer != "side" if place == "body" else _NEXT[place] > _NEXT[outer]
        if counts and node not in around and (tree.tags[node] in BLOCKS or end > node + 1):
            places[node:end] = [place] * (end - node)
    return places


def said_places(tree: FlatTree) -> dict[int, str]:
    """What elements say of their place by their tag, names or style: few say anything."""
    unseen = {n for name in ("hidden", "role", "style") for n in tree.having(name) if _is_unseen(tree, n)}
    said = dict.fromkeys(unseen - _tabs(tree, unseen), "side")
    said |= {
        n: "side" for name in _STAND_INS for n in tree.having(name) if tree.tags[tree.parents[n]].startswith("amp-")
    }
    ids = tree.attributes.get("id", {})
    telling = _having({*tree.classes, *ids.values()}, _SIGNS)
    named = {names: place for names in telling.intersection(tree.classes) if (place := _by_class(names))}
    of_class = ((n, named[names]) for n, names in enumerate(tree.classes) if names in named)
    of_id = ((n, _by_words(name[:80])) for n, name in ids.items() if name in telling)
    for node, place in (*of_class, *of_id):
        if place == "caption" or (place and node not in said):
            said[node] = place
    for tag in _OUTER:
        for node in tree.tagged(tag):
            said.pop(node, None)
    for tag, place in _BY_TAG.items():
        said.update(dict.fromkeys(tree.tagged(tag), place))
    for tag in _LOWER:  # labels that only screen readers read; a main heading may be the headline, for them
        said.update({n: "side" for n in tree.tagged(tag) if tree.classes[n] and _hides(tree.classes[n])})
    for figure in tree.tagged("figure"):
        said.update(dict.fromkeys((t for t in tree.within(figure, "table") if _is_of_data(tree, t)), "body"))
    for aside in tree.tagged("aside"):
        if tells_facts(tree.classes[aside]) and not tree.linked[aside]:
            del said[aside]
    return said


def _is_of_data(tree: FlatTree, table: int) -> bool:
    """Whether a table is more than the frame of a picture: several rows, and several cells in one of them."""
    rows = tree.within(table, "tr")
    return len(rows) > 1 and len(tree.within(table, "td")) + len(tree.within(table, "th")) > len(rows)


def boxes_of_facts(tree: FlatTree) -> set[str]:
    """The class attributes that call a box one of facts."""
    return {names for names in _having(set(tree.classes), _FACTS) if tells_facts(names)}


def _having(names: set[str], words: Collection[str]) -> set[str]:
    """The names that have the letters of one of these words. Few pages have most words, and few names any: to look for
    them in all names at once, and then for those found in each, takes a fraction of taking each name apart."""
    whole = "\n".join(names).lower()
    present = [word for word in words if word in whole]
    return {name for name in names if any(map(name.lower().__contains__, present))} if present else set()


@lru_cache(maxsize=1024)
def tells_facts(classes: str) -> bool:
    """Whether class names call a box one of facts or main points of the text that it stands in."""
    return not _FACTS.isdisjoint(_words_of(classes[:200]))


def _is_unseen(tree: FlatTree, node: int) -> bool:
    """True for what a page shows only when something happens: hidden elements and dialogs (HTML, WAI-ARIA). The parts
    of a text between which readers choose by tabs are text."""
    element = tree.elements[node]
    return element.get("role") != "tabpanel" and (
        element.get("hidden", "until-found").lower() != "until-found"
        or element.get("role") in _DIALOGS
        or _NOT_DISPLAYED.search(element.get("style", "")) is not None
    )


def _tabs(tree: FlatTree, unseen: Set[int]) -> set[int]:
    """The unseen parts of a text between which readers choose by links to their ids: one beside them, in an element of
    the same tag and class, is linked and seen."""
    named = [n for n in unseen if tree.get(n, "id")]
    if not named:
        return set()
    linked = {href[1:] for n in tree.tagged("a") if (href := tree.get(n, "href"))[:1] == "#"}
    found = set()
    for n in named:
        if tree.get(n, "id") in linked:
            beside = (k for k in tree.children(tree.parents[n]) if k not in unseen and tree.tags[k] == tree.tags[n])
            own = set(tree.classes[n].split())
            if any(tree.get(k, "id") in linked and own & set(tree.classes[k].split()) for k in beside):
                found.add(n)
    return found


@lru_cache(maxsize=4096)
def names_quotation(classes: str) -> bool:
    """Whether class names say that an element holds a quotation, or who said it."""
    return "quot" in classes.lower() and not _QUOTED.isdisjoint(_words_of(classes[:200]))


def names_caption(classes: str) -> bool:
    """Whether class names say that an element holds what is said of a picture."""
    return _by_class(classes) == "caption"


def _telling_words(name: str) -> Set[str]:
    """The words of one name that tell what its element is."""
    words = _words_of(name)
    if not words.isdisjoint(_STATES):
        return frozenset()
    short = {word for word in words & _TELLING if len(word) <= _SHORT}
    return words - short | (short & _words_of(_FIGURES.sub(" ", name)) if short else set())


@lru_cache(maxsize=4096)
def _words_of(names: str) -> frozenset[str]:
    small = names.lower()
    return frozenset(_SMALL.findall(small) if small == names else (word.lower() for word in _WORD.findall(names)))


@lru_cache(maxsize=4096)
def _by_class(classes: str) -> str:
    return _by_words(classes[:200]) or ("side" if _hides(classes) else "")


def _hides(classes: str) -> bool:
    names = classes.split()
    return not _HIDING.isdisjoint(names) and not any(map(_SHOWN.match, names))


def _by_words(names: str) -> str:
    """The place that a word in the names of an element tells."""
    if _words_of(names).isdisjoint(_TELLING):
        return ""
    words = {word for name in names.split() for word in _telling_words(name)}
    if words & _TELLING <= _SPEAKER and not words.isdisjoint(_QUOTED):
        return ""  # who said the words of a quotation
    return "" if words.isdisjoint(_TELLING) else "side" if words.isdisjoint(_UNDER_PICTURE) else "caption"
