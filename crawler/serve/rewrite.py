"""Archived pages made to stay inside the archive: every address leads to its capture, and nothing in them runs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree, html

from crawler.discovery.css import ADDRESS

_ADDRESSES = ("src", "href", "poster", "data", "background", "action", "formaction", "cite", "longdesc")
_RUNNING = ("script", "base", "object", "embed", "applet", "noscript")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]+)", re.I)
_SAFE = "/:&=;+$,!~*()[]@"  # what stands for itself in the path of a replay address; % does not, so that it comes back

Locate = Callable[[str], str]  # absolute address -> address of its replay


def replay_path(stamp: str, url: str) -> str:
    """The path under which the server replays `url` at `stamp`; a fragment stays one."""
    address, hash_, fragment = url.partition("#")
    return f"/replay/{stamp}/{quote(address, safe=_SAFE)}{hash_}{quote(fragment, safe=_SAFE + '%')}"


def rewritten_html(body: bytes, url: str, content_type: str, locate: Locate) -> bytes:
    """An archived page in UTF-8, without scripts, its addresses led through `locate`; as it stands, escaped as text,
    where it cannot be parsed."""
    parser = html.HTMLParser(encoding=_encoding(body, content_type), huge_tree=False)
    try:
        tree = html.document_fromstring(body or b"<html></html>", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return b"<!doctype html><meta charset=utf-8><p>This capture is no page that can be shown."
    base = _base(tree, url)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag.lower() in _RUNNING and element.getparent() is not None:
            _unwrap_or_drop(element)
            continue
        _rewrite(element, base, locate)
    return b"<!doctype html>\n" + bytes(etree.tostring(tree, method="html", encoding="utf-8"))


def rewritten_css(text: str, url: str, locate: Locate) -> str:
    """A style sheet with its addresses led through `locate`."""

    def lead(match: re.Match[str]) -> str:
        address = next((group for group in match.groups() if group is not None), "")
        target = _located(address, url, locate)
        return f'@import "{target}"' if match[0].startswith("@") else f'url("{target}")'

    return ADDRESS.sub(lead, text)


def _encoding(body: bytes, content_type: str) -> str | None:
    """The charset that the header names, UTF-8 where the bytes are that, or None: the page's own meta decides."""
    named = _CHARSET.search(content_type)
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
            return _joined(url, href) or url
    return url


def _unwrap_or_drop(element: html.HtmlElement) -> None:
    # Scripts do not run here, so that what a page shows without them is what is right to show.
    if element.tag.lower() == "noscript":
        element.drop_tag()
    else:
        element.drop_tree()


def _rewrite(element: html.HtmlElement, base: str, locate: Locate) -> None:
    tag = element.tag.lower()
    if tag == "meta" and (element.get("http-equiv") or element.get("charset") is not None):
        # Its charset is no longer true, and refresh, policies and cookies are orders to a browser.
        element.drop_tree()
        return
    lazy = element.get("data-src") if tag == "img" else None
    if lazy and (element.get("src") or "data:").startswith("data:"):
        element.set("src", lazy)  # what a script would have done as the reader scrolled
    for name in list(element.attrib):
        value, low = element.get(name, ""), str(name).lower()
        if low.startswith("on") or low in ("srcdoc", "integrity", "nonce", "ping", "crossorigin", "target"):
            del element.attrib[name]
        elif low == "srcset":
            element.set(name, _srcset(value, base, locate))
        elif low == "style":
            element.set(name, rewritten_css(value, base, locate))
        elif low in _ADDRESSES or low.endswith(":href") or low == "xlink:href":
            element.set(name, _located(value, base, locate))
    if tag == "style" and element.text:
        element.text = rewritten_css(element.text, base, locate)


def _srcset(value: str, base: str, locate: Locate) -> str:
    parts = [candidate.split() for candidate in re.split(r",\s+|,$", value) if candidate.strip()]
    return ", ".join(" ".join([_located(words[0], base, locate).replace(",", "%2C"), *words[1:2]]) for words in parts)


def _located(address: str, base: str, locate: Locate) -> str:
    """Where `address` leads to inside the archive; `#` for what leads nowhere, such as javascript:."""
    address = address.strip()
    if address.startswith("#") or address.lower().startswith("data:image/"):
        return address
    absolute = _joined(base, address)
    return locate(absolute) if absolute else "#"


def _joined(base: str, address: str) -> str | None:
    try:
        absolute = urljoin(base, re.sub(r"[\t\r\n]", "", address))
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.netloc else None
