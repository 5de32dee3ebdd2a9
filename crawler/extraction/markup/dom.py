"""A page as one tree, parsed once, and the plain text of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree, html

from crawler.discovery.start_tags import with_few_attributes
from crawler.extraction.markup.nesting import lay_flat
from crawler.normal_forms import is_nfc, nfc

_UNSEEN = "\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_NO_WORD = re.compile(r"[\W_]+")  # \w is isalnum() and the underscore
_ASCII_KEY = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}  # four times as fast
_LONG_LINE = 1000  # characters of a line whose key is remembered
# Letters of scripts that set no blanks between words, and how many of them make a word on average.
_IDEOGRAPHS, _PER_IDEOGRAPHIC = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"), 2
_SYLLABLES, _PER_SYLLABIC = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), 4  # Thai, Lao, Burmese, Khmer
# A sign for a syllable, and one for a syllable that is half a word or a whole one.
_NO_ALPHABET = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")  # both kinds
_SYLLABIC = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_IDEOGRAPHIC = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

# Elements that end a line when they begin or end.
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
# Elements whose words are never part of what a page says.
SILENT = frozenset(
    "script style noscript template svg head title iframe object embed canvas audio video map select option textarea "
    "button input math".split()
)

_ENDED = ("button", "map", "object", "video", "audio", "canvas", "select")
_HEADS = 20  # main headings and parts that are looked at
_MOST_LINES = 5000  # of preformatted text
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_TITLES = frozenset("h2 h3 h4 h5 h6".split())
_PANELS = frozenset("div section ul dd".split())
_HIDING = ("hidden", "aria-hidden")
_NEAR_END = 200  # characters between </body> and </html>
_END, _BODY_END = re.compile(r"</html\s*>", re.IGNORECASE), re.compile(r"</body\s*>", re.IGNORECASE)
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
    for template in root.iter("template"):
        if template.get("shadowrootmode") in ("open", "closed"):
            template.tag = "div"  # a declarative shadow root (HTML Standard, 4.12.3): its words are shown
    _open_silent(root)
    for button in list(root.iter("button")):
        _unfold(button)
    for element in list(root.iter("pre")):
        if not len(element) and element.text and element.text.count("\n") <= _MOST_LINES:
            _set_lines(element, element.text)
    return root


def _open_silent(root: html.HtmlElement) -> None:
    """Makes boxes of silent elements around an article. HTML ends a button at its end tag, though an element inside it
    is still open (HTML Standard, 13.2.6.4.7); libxml2 then puts the rest of the page into it."""
    for element in islice(root.iter("h1", "main"), _HEADS):
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


def even(text: str | None) -> str:
    """`text` on one line: white space evened out, invisible characters gone, NFC; nothing else is changed."""
    if not text:
        return ""
    if not text.isascii():
        text = _INVISIBLE.sub("", nfc(text))
    return " ".join(text.split())  # at all that Unicode calls white space, no-break and thin spaces included


def is_even(text: str) -> bool:
    """Whether `even` would change nothing but the white space of `text`, or of a part of it."""
    return text.isascii() or (is_nfc(text) and not any(sign in text for sign in _UNSEEN))


def small(text: str) -> str:
    """`text` in small letters, as long as before. Patterns of many words are searched in it: with re.IGNORECASE they
    would be seven times as slow."""
    return text.lower().replace("i\u0307", "i")  # of "İ"


def key(text: str) -> str:
    """Letters and digits of `text`, without case: what two spellings of one line share."""
    return _key_of_line(text) if len(text) <= _LONG_LINE else _NO_WORD.sub("", text.casefold())


@lru_cache(maxsize=4096)
def _key_of_line(text: str) -> str:
    """`key` of a line, which many rules ask for: remembered, since it depends on the words alone."""
    return text.translate(_ASCII_KEY) if text.isascii() else _NO_WORD.sub("", text.casefold())


# What ends a sentence, in the scripts of the world (Unicode's Sentence_Terminal, and quotation marks behind it).
SENTENCE_ENDS = tuple('.!?…»”“"。！？．」』؟۔।॥։።፧។။༎᠃')


def length(text: str) -> int:
    """Characters of a line, as an alphabet would need them: a sign for a syllable (Korean, Japanese) counts for two,
    one for half a word (Chinese) for three."""
    if text.isascii() or not _NO_ALPHABET.search(text):
        return len(text)
    return len(text) + len(_SYLLABIC.findall(text)) + 2 * len(_IDEOGRAPHIC.findall(text))


def word_count(text: str) -> int:
    """How many words a line has. Where a script sets no blanks between them, its letters are counted: two of Chinese or
    Japanese, four of Thai, Lao, Burmese or Khmer for a word, which is the rough length of words in running text."""
    count = len(text.split())
    if text.isascii():
        return count
    ideographs, syllables = len(_IDEOGRAPHS.findall(text)), len(_SYLLABLES.findall(text))
    return max(count, ideographs // _PER_IDEOGRAPHIC + syllables // _PER_SYLLABIC)


def text_of(element: html.HtmlElement) -> str:
    """The words of an element on one line; silent elements are left out, block ends are spaces."""
    if not len(element):
        return even(element.text) if element.tag not in SILENT else ""
    return even("".join(_pieces(element)))


def opening_of(element: html.HtmlElement, limit: int) -> str:
    """The first `limit` characters of `text_of`; what lies behind them is not read."""
    read: list[str] = []
    enough = 2 * limit  # characters that are no blanks: composing letters and dropping invisible ones makes fewer
    for piece in _pieces(element):
        read.append(piece)
        enough -= len("".join(piece.split()))
        if enough <= 0:
            break
    return even("".join(read))[:limit]


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """Texts in document order. Iterative: pages nest deeper than Python's stack."""
    stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if closing:
            if tag in BLOCKS or tag == "br":
                yield "\n"
            if node is not element and node.tail:
                yield node.tail
            continue
        stack.append((node, True))
        if not tag or tag in SILENT:
            continue
        if tag in BLOCKS:
            yield "\n"
        if node.text:
            yield node.text
        stack.extend((child, False) for child in reversed(node))


def drop(element: html.HtmlElement) -> None:
    """Removes an element; the text behind it stays."""
    parent = element.getparent()
    if parent is not None:
        tail, previous = element.tail, element.getprevious()
        if tail:
            if previous is not None:
                previous.tail = (previous.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
        parent.remove(element)
