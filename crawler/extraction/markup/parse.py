"""A page as one tree, parsed once, as browsers would show it."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree, html

from crawler.discovery.markup.start_tags import with_few_attributes
from crawler.extraction.markup.nesting import lay_flat

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENDED = ("button", "map", "object", "video", "audio", "canvas", "select")
_HEADS = 20  # main headings and parts that are looked at
_MOST_LINES = 5000  # of preformatted text
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_TITLES = frozenset("h2 h3 h4 h5 h6".split())
_PANELS = frozenset("div section ul dd".split())
_HIDING = ("hidden", "aria-hidden")
_NEAR_END = 200  # characters between </body> and </html>
# Letters in both cases where the flag would do: what begins a pattern is then looked for at the speed of bytes.
_END, _BODY_END = re.compile(r"</[hH][tT][mM][lL]\s*>"), re.compile(r"</body\s*>", re.IGNORECASE)
_FRAMES = re.compile(r"</?(?:html|head|body)\b[^<>]*>", re.IGNORECASE)
_IN_HEAD = frozenset("title base link meta style script noscript template".split())


class TooDeep(Exception):
    """Elements are nested deeper than libxml2 reads (2,048 levels): what lies below would be lost without a word."""


def parse_html(text: str) -> html.HtmlElement | None:
    """The tree of a page, None when it holds nothing. Deep nesting is kept (huge_tree): libxml2 would drop what lies
    below 256 levels without a word. Of a start tag, the first thousand attributes are kept. Raises TooDeep."""
    declared = _DECLARATION.match(text)
    text = text[declared.end() :] if declared else text
    text = _one_document(with_few_attributes(text))
    if not text or text.isspace():
        return None
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    # One class for all elements. lxml.html's own way asks Python about each object: a twelfth of the time of a page.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None
    if not isinstance(root, html.HtmlElement):
        return None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise TooDeep
    lay_flat(root)
    _open_body(root)
    looked_at = list(root.iter("template", "h1", "main", "button", "pre"))
    for element in looked_at:
        if element.tag == "template" and element.get("shadowrootmode") in ("open", "closed"):
            element.tag = "div"  # a declarative shadow root (HTML Standard, 4.12.3): its words are shown
    _open_silent(looked_at)
    for element in looked_at:
        if element.tag == "button":
            _unfold(element)
    for element in looked_at:
        if element.tag == "pre" and not len(element) and element.text and element.text.count("\n") <= _MOST_LINES:
            _set_lines(element, element.text)
    return root


def _open_silent(elements: list[html.HtmlElement]) -> None:
    """Makes boxes of silent elements around an article. HTML ends a button at its end tag, though an element inside it
    is still open (HTML Standard, 13.2.6.4.7); libxml2 then puts the rest of the page into it."""
    for element in islice((e for e in elements if e.tag in ("h1", "main")), _HEADS):
        for around in element.iterancestors(*_ENDED):
            around.tag = "div"


def _unfold(button: html.HtmlElement) -> None:
    """Makes text of a button that is no control of the page: the heading of a section that unfolds, whose words nothing
    else says, and a word inside a sentence. What such a heading unfolds is shown."""
    parent = button.getparent()
    if parent is None:
        return
    heading = next((e for e in islice(button.iterancestors(), 2) if e.tag in _TITLES), None)
    if heading is not None:
        button.tag = "span"
        panel = heading.getnext()
        if panel is not None and panel.get("hidden") is not None:
            del panel.attrib["hidden"]
    elif (
        parent is not None and _has_words(button.tail) and (_has_words(parent.text) or button.getprevious() is not None)
    ):
        button.tag = "span"
    elif (panel := button.getnext()) is not None and panel.tag in _PANELS and _opens(button, panel):
        button.tag = "div"
        for name in _HIDING:
            panel.attrib.pop(name, None)
    elif button.get("aria-expanded") is not None and next(button.iter(*_TITLES), None) is not None:
        button.tag = "div"  # with a heading in it: what it controls stands behind a box around it


def _opens(button: html.HtmlElement, panel: html.HtmlElement) -> bool:
    """Whether a button stands over text in a box of its own: it is its first part, or says what it controls."""
    if button.getprevious() is not None and button.get("aria-expanded") is None:
        return False
    return next(panel.iter("p", "ul", "ol", "table"), None) is not None and not any(
        e.tag in ("form", "nav", "header") for e in (panel, *button.iterancestors())
    )


def _has_words(text: str | None) -> bool:
    return bool(text) and any(map(str.isalpha, text or ""))


def _one_document(text: str) -> str:
    """Markup without the ends and starts of documents behind the first end: what follows </html> belongs to the body
    (HTML Standard, 13.2.6.4.19 and 13.2.6.4.22)."""
    end = _END.search(text)
    if end is None or "<" not in text[end.end() :]:
        return text
    body = _BODY_END.search(text, max(end.start() - _NEAR_END, 0), end.start())
    return text[: body.start() if body else end.start()] + _FRAMES.sub(" ", text[end.end() :])


def _set_lines(element: html.HtmlElement, text: str) -> None:
    """Makes paragraphs of preformatted text, and breaks of its line ends, as readers see them."""
    element.tag, element.text = "div", None
    for part in _BLANK.split(text.strip("\n")):
        paragraph = etree.SubElement(element, "p")
        paragraph.text, *lines = part.split("\n")
        for line in lines:
            etree.SubElement(paragraph, "br").tail = line


def _open_body(root: html.HtmlElement) -> None:
    """Moves out of the head what cannot stand there. A page may leave </head> and <body> out (HTML Standard, 13.1.2.4),
    and libxml2, which knows no <main>, takes it for a part of the head then."""
    head = root.find("head")
    first = next((child for child in head if child.tag not in _IN_HEAD), None) if head is not None else None
    if head is None or first is None:
        return
    body = root.find("body")
    if body is None:
        body = root.makeelement("body")
        head.addnext(body)
    moved = [first, *first.itersiblings()]
    for place, element in enumerate(moved):
        body.insert(place, element)
    moved[-1].tail, body.text = (moved[-1].tail or "") + (body.text or ""), None


def more_than(root: html.HtmlElement, limit: int) -> bool:
    """Whether a tree has more than `limit` elements."""
    return next(islice(root.iter(etree.Element), limit, None), None) is not None


def may_have_more_than(text: str, limit: int) -> bool:
    """Whether markup can have more than `limit` elements: False without a look at the tree. The parser adds at most a
    few that no tag names (html, head, body, a paragraph around bare words, tbody)."""
    return 4 * text.count("<") > limit
