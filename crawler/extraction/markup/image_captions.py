"""The captions of pictures that nothing marks as such: known by where they stand."""

from __future__ import annotations

import re

from lxml import html

from crawler.extraction.markup.flat_tree import FlatTree

_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_FLOATS = re.compile(r"float\s*:\s*(?:left|right)", re.IGNORECASE)
_FLOAT_NAMES = re.compile(r"(?:^|[\s_-])(?:align|float|pull)-?_?(?:left|right|start|end)(?:$|\s)")
_SIGN = 60  # pixels of a picture that is part of a line
_HOLDERS = frozenset("html body main article li".split())
_BESIDE = 20  # elements before and behind one that are looked at
_TABLE = frozenset("td tr tbody".split())


def is_caption(tree: FlatTree, node: int, words: int) -> bool:
    """Whether a line of so many characters of words in an element is the caption of a picture: it stands alone in a box
    or a table behind one, or is centred below one."""
    return _is_under_picture(tree, node, words) or (_is_centred(tree, node) and _is_below_picture(tree, node))


def _is_under_picture(tree: FlatTree, node: int, words: int) -> bool:
    """True for a line of so many characters of words that stands alone in a box behind a picture: its caption, though
    nothing is marked as one. The box is the element, the one around it, or the table of which that is a cell."""
    box, last = node, tree.parents[node]
    while box >= 0 and tree.tags[box] not in _HOLDERS and tree.sizes[box] <= words:
        picture = next((n for n in tree.within(box, "img") if _is_picture(tree.elements[n])), None)
        if picture is not None:
            if box == node and _floats(tree.elements[picture]):
                return False
            return not tree.words[tree.starts[tree.firsts[box]] : tree.starts[tree.firsts[picture]]].strip()
        if box != node and tree.tags[box] not in _TABLE:
            return False
        box = tree.parents[box] if box != node else last
    return False


def _is_below_picture(tree: FlatTree, node: int) -> bool:
    """True for a paragraph behind one that is nothing but a picture, where the paragraphs beside them are set
    otherwise."""
    before = tree.before(node)
    if before < 0 or tree.sizes[before] or (tree.elements[before].tail or "").strip() or not tree.within(before, "img"):
        return False
    near, at = [before], node
    while len(near) < _BESIDE and (before := tree.before(near[-1])) >= 0:
        near.append(before)
    for _ in range(_BESIDE):
        if (at := tree.ends[at]) >= tree.ends[tree.parents[node]]:
            break
        near.append(at)
    words = [n for n in near if tree.sizes[n]]
    return bool(words) and sum(_is_centred(tree, n) for n in words) <= len(words) / 2


def _is_centred(tree: FlatTree, node: int) -> bool:
    style = tree.get(node, "style")
    return (bool(style) and _CENTRED.search(style) is not None) or tree.get(node, "align").lower() == "center"


def _floats(img: html.HtmlElement) -> bool:
    """True for a picture that the words of its paragraph run around (HTML Standard, 15.4.3; CSS 2.2, 9.5), by the names
    that content systems and style sheets give to such pictures too."""
    is_set = img.get("align", "").lower() in ("left", "right") or _FLOATS.search(img.get("style", "")) is not None
    return is_set or _FLOAT_NAMES.search(img.get("class", "")) is not None


def _is_picture(img: html.HtmlElement) -> bool:
    """False for signs in a line."""
    sizes = [img.get(name, "").removesuffix("px") for name in ("width", "height")]
    return not any(size.isdigit() and int(size) < _SIGN for size in sizes) and "emoji" not in img.get("class", "")
