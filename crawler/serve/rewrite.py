"""Archived pages made to stay inside the archive: every address leads to its capture, and nothing in them runs.

A page is not mended but written anew from what is allowed (`allowed`), so that no browser can read more into it than
was meant: its text and attributes are escaped, and the only text that is not, that of a style element, is made so that
no tag can begin in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from html import escape
from urllib.parse import quote, urlsplit

from lxml import etree, html

from crawler.addresses import joined
from crawler.discovery.markup.start_tags import bytes_with_few_attributes
from crawler.discovery.subresources.css import addresses_in
from crawler.discovery.subresources.srcset import candidates
from crawler.serve.allowed import DROPPED, HTML, LITERAL, SVG, VOID, Kind, is_shown_meta, kind_of, rel_shown

MAX_PAGE = 8 << 20  # bytes of a page or style sheet that is shown
MAX_TAGS = 300_000  # of a page that is shown: each costs some hundred bytes while it is read
_CHARSET = re.compile(r"charset\s*=\s*+[\"']?([A-Za-z0-9._:-]{1,40})", re.I)
_SAFE = "/:&=;+$,!~*()[]@"  # what stands for itself in the path of a replay address; % does not, so that it comes back
_TAG = re.compile(r"<(?=[A-Za-z/!?])")  # where a reader of HTML would see a tag begin (13.2.5.6)
_CDO = re.compile(r"<!--|-->")  # the marks that hid style sheets from the browsers of 1996

Locate = Callable[[str], str]  # absolute address -> address of its replay


class TooLarge(ValueError):
    """A page beyond `MAX_PAGE` or `MAX_TAGS`; the message says which."""


def replay_path(stamp: str, url: str) -> str:
    """The path under which the server replays `url` at `stamp`; a fragment stays one."""
    address, hash_, fragment = url.partition("#")
    return f"/replay/{stamp}/{quote(address, safe=_SAFE)}{hash_}{quote(fragment, safe=_SAFE + '%')}"


def rewritten_html(body: bytes, url: str, content_type: str, locate: Locate) -> bytes:
    """An archived page in UTF-8, without scripts, its addresses led through `locate`. Raises TooLarge."""
    _check(body)
    parser = html.HTMLParser(
        encoding=_encoding(body, content_type), huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(bytes_with_few_attributes(body) or b"<html></html>", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return b"<!doctype html><meta charset=utf-8><p>This capture is no page that can be shown."
    return ("<!doctype html>\n" + "".join(_Page(_base(tree, url), locate).written(tree))).encode("utf-8", "replace")


def rewritten_css(text: str, url: str, locate: Locate) -> str:
    """A style sheet with its addresses led through `locate`. Raises TooLarge."""
    if len(text) > MAX_PAGE:
        raise TooLarge(f"a style sheet of {len(text):,} characters; at most {MAX_PAGE:,} are shown")
    parts, at = [], 0
    for found in addresses_in(text):
        target = _located(found.url, url, locate, Kind.PICTURE).replace("\\", "%5C").replace('"', "%22")
        target = re.sub(r"[\x00-\x1f]", "", target)
        parts += [text[at : found.start], f'"{target}"' if found.is_string else f'url("{target}")']
        at = found.end
    return "".join((*parts, text[at:]))


def _check(body: bytes) -> None:
    if len(body) > MAX_PAGE:
        raise TooLarge(f"a page of {len(body):,} bytes; at most {MAX_PAGE:,} are shown")
    if (tags := body.count(b"<")) > MAX_TAGS:
        raise TooLarge(f"a page of {tags:,} tags; at most {MAX_TAGS:,} are shown")


def _encoding(body: bytes, content_type: str) -> str | None:
    """The charset that the header names, UTF-8 where the bytes are that, or None: the page's own meta decides."""
    named = _CHARSET.search(content_type[:1_000])
    name = named[1] if named else None
    if name is None and _CHARSET.search(body[:2048].decode("latin-1")) is None:
        try:
            body.decode("utf-8")
            name = "utf-8"
        except UnicodeError:
            return None
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _base(tree: html.HtmlElement, url: str) -> str:
    for element in tree.iter("base"):
        if href := element.get("href"):
            return _absolute(url, href) or url
    return url


class _Page:
    """Writes a tree anew. `base` is what its addresses are relative to."""

    def __init__(self, base: str, locate: Locate) -> None:
        self._base, self._locate = base, locate

    def written(self, tree: html.HtmlElement) -> Iterator[str]:
        """The pieces of the page. Without recursion: the depth of a tree is its author's."""
        walk, svg, dropped = etree.iterwalk(tree, events=("start", "end")), 0, 0
        for event, element in walk:
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            if event == "start":
                svg += tag == "svg"
                is_gone = not tag or tag in DROPPED or self._is_left_out(element, tag, in_svg=svg > 0)
                dropped += dropped > 0 or is_gone
                if not dropped:
                    yield from self._begin(element, tag, in_svg=svg > 0)
            else:
                if not dropped and tag not in VOID and tag in (SVG if svg else HTML | LITERAL):
                    yield f"</{'pre' if tag in LITERAL else tag}>"
                svg -= tag == "svg"
                dropped -= dropped > 0
                if not dropped and element.tail and element is not tree:
                    yield escape(element.tail, quote=False)

    def _is_left_out(self, element: html.HtmlElement, tag: str, *, in_svg: bool) -> bool:
        if in_svg:
            return tag in ("style", "title", "desc")
        if tag == "meta":
            return not is_shown_meta(element.get("name") or "")
        return tag == "link" and rel_shown(element.get("rel") or "") is None

    def _begin(self, element: html.HtmlElement, tag: str, *, in_svg: bool) -> Iterator[str]:
        """The start tag of an element, if it has a place on the list, and the text behind it."""
        text = element.text or ""
        if tag in LITERAL:
            yield "<pre>\n"
        elif tag in (SVG if in_svg else HTML):
            yield f"<{tag}{''.join(self._attributes(element, tag, in_svg=in_svg))}>"
            if tag == "style":
                css = rewritten_css(_CDO.sub(" ", text), self._base, self._locate)
                yield _TAG.sub(r"\\3c ", css)
                return
        if tag not in VOID and tag != "iframe":
            yield escape(text, quote=False)

    def _attributes(self, element: html.HtmlElement, tag: str, *, in_svg: bool) -> Iterator[str]:
        values = {str(name).lower(): str(value) for name, value in element.items()}
        lazy = values.get("data-src") if tag == "img" else None
        if lazy and (values.get("src") or "data:").startswith("data:"):
            values["src"] = lazy  # what a script would have done as the reader scrolled
        if tag == "link":
            yield f' rel="{rel_shown(values.get("rel", ""))}"'
        for name, value in values.items():
            kind = kind_of(tag, name, in_svg=in_svg)
            shown = self._shown(value, kind) if kind else None
            if shown is not None:
                yield f' {name}="{escape(shown)}"'

    def _shown(self, value: str, kind: Kind) -> str | None:
        if kind is Kind.WORDS:
            return value
        if kind is Kind.CSS:
            return rewritten_css(value, self._base, self._locate)
        if kind is Kind.LOCAL:
            return value if value.startswith("#") else None
        if kind is Kind.SRCSET:
            return ", ".join(
                f"{self._located(one.url, Kind.PICTURE).replace(',', '%2C')} {one.size:g}{one.unit}"
                for one in candidates(value)
            )
        return self._located(value, kind)

    def _located(self, value: str, kind: Kind) -> str:
        return _located(value, self._base, self._locate, kind)


def _located(address: str, base: str, locate: Locate, kind: Kind) -> str:
    """Where `address` leads to inside the archive; `#` for what leads nowhere, such as javascript:."""
    address = address.strip()
    if address.startswith("#") or (kind is Kind.PICTURE and address[:11].lower() == "data:image/"):
        return address
    absolute = _absolute(base, address)
    return locate(absolute) if absolute else "#"


def _absolute(base: str, address: str) -> str | None:
    try:
        absolute = joined(base, address)
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.netloc else None
