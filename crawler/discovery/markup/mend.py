"""XML that is not well-formed written so that it is, before a parser guesses: bare ampersands, letters by the names of
HTML, characters that XML forbids, tags of HTML that nobody closed, and what a server printed before the document."""

from __future__ import annotations

import html
import re

_XML_OWN = ("amp", "lt", "gt", "quot", "apos")
_AMPERSAND = re.compile(r"&(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{0,31});)?")
_WHOLE = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)  # stays as it is
_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]{0,100})((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)(/?)>")
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_BEGINS = re.compile(r"<\?xml\s|<(?:[\w-]{1,20}:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_ENDS = re.compile(r"</(?:[\w-]{1,20}:)?(?:rss|feed|rdf|urlset|sitemapindex)\s*>\s*", re.IGNORECASE)
_DEEPEST = 50  # elements that one end tag may close
_BEFORE = 10_000  # characters that a server may print before the document
_LONGEST = 12_000_000  # characters that are mended: ten times the largest feeds
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")


def mend(text: str) -> str:
    """`text` as well-formed as it can be made without guessing, its XML declaration left out; what begins like no feed
    or sitemap, as it is."""
    begin = _BEGINS.search(text, 0, _BEFORE)
    if begin is None or len(text) > _LONGEST:
        return text
    text = _NO_CHARACTER.sub("", without_declaration(text[begin.start() :]))
    parts, at = [], 0
    for whole in _WHOLE.finditer(text):
        parts += [_AMPERSAND.sub(_entity, text[at : whole.start()]), whole[0]]
        at = whole.end()
    parts.append(_AMPERSAND.sub(_entity, text[at:]))
    return _balanced(parts)


def without_declaration(text: str) -> str:
    """`text` without an XML declaration at its start."""
    found = _DECLARATION.match(text)
    return text[found.end() :] if found else text


def is_whole(text: str) -> bool:
    """Whether a feed or sitemap says that it ends."""
    return _ENDS.search(text, max(0, len(text) - _BEFORE)) is not None


def _entity(match: re.Match[str]) -> str:
    """A reference that XML knows, the letter that HTML means by one that it does not, or a written-out ampersand."""
    number, name = match[1], match[2]
    if name in _XML_OWN:
        return match[0]
    if number:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        is_letter = code <= 0x10FFFF and not 0xD800 <= code < 0xE000 and not _NO_CHARACTER.match(chr(code))
        return match[0] if is_letter else ""
    letter = html.unescape(match[0]) if name else match[0]
    return html.escape(letter, quote=False) if letter != match[0] else "&amp;" + match[0][1:]


def _balanced(parts: list[str]) -> str:
    """The parts of a document joined, with an end tag for each element whose parent ends, and without end tags of what
    was never begun. Every second part holds no tags."""
    open_tags: list[str] = []
    out: list[str] = []
    for number, part in enumerate(parts):
        if number % 2:
            out.append(part)
            continue
        at = 0
        for tag in _TAG.finditer(part):
            out.append(part[at : tag.start()])
            at = tag.end()
            is_end, name, is_empty = bool(tag[1]), tag[2], bool(tag[4])
            if not is_end:
                open_tags += [] if is_empty else [name]
                out.append(tag[0])
            elif name in open_tags[-_DEEPEST:]:
                while True:
                    last = open_tags.pop()
                    out.append(f"</{last}>")
                    if last == name:
                        break
        out.append(part[at:])
    return "".join(out)
