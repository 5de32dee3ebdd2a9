"""XML of feeds and sitemaps, read as it stands or repaired first: elements are found by local name, so that a wrong or
missing namespace hides nothing; entities are never expanded, and nothing external is loaded."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lxml import etree

from crawler.addresses import joined
from crawler.archive.http.http1 import Head, decode
from crawler.discovery.markup.mend import is_whole, mend, without_declaration
from crawler.discovery.readers.html import content_type
from crawler.model import Payload

MAX_BYTES = 52_428_800  # uncompressed: the limit of sitemaps.org
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{1,40})")
_STATED = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """An XML document. `repair` says what had to be mended; `is_whole` is False where it breaks off."""

    root: etree._Element | None
    repair: str = ""
    is_whole: bool = True
    body: bytes = b""  # unpacked


def read_xml(payload: Payload) -> Document:
    """The document of an answer; gzip is undone. One that is not well-formed is mended before it is read: a parser that
    recovers by itself drops a bare & with the name behind it, and so changes addresses."""
    body = payload.body
    if body.startswith(b"\x1f\x8b"):
        body = decode(Head(None, (("Content-Encoding", "gzip"),)), body, max_bytes=MAX_BYTES).data
    body = body[:MAX_BYTES].lstrip(b" \t\r\n")
    strict = _parse(body, recover=False)
    if strict is not None:
        return Document(strict, body=body)
    text = _text(body, content_type(payload))
    mended = mend(text).encode()
    strict = _parse(mended, recover=False)
    root = strict if strict is not None else _parse(mended, recover=True)
    why = _why(body)
    is_undeclared = why.startswith("Namespace prefix") and mended == without_declaration(text).encode()
    return Document(root, "" if is_undeclared else why, is_whole(text), body)


def _parse(body: bytes, *, recover: bool) -> etree._Element | None:
    parser = _parser(recover=recover)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )


def _why(body: bytes) -> str:
    """The first thing that is wrong with a document, in the parser's words."""
    try:
        etree.fromstring(body, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        return " ".join(str(error).partition(" (<string>")[0].split())[:200]
    return ""


def _text(body: bytes, stated: str) -> str:
    """The document's letters: by its byte order mark, the answer's charset (RFC 7303, 3), its own word, or UTF-8; the
    first that fits its bytes."""
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    names = [name for mark, name in marks if body.startswith(mark)]
    header, own = _STATED.search(stated), _DECLARED.search(body[:200])
    names += [header[1]] if header else []
    names += [own[1].decode("ascii")] if own else []
    for name in (*names, "utf-8", "windows-1251" if "1251" in "".join(names) else "utf-8"):
        try:
            return body.decode(name)
        except (LookupError, ValueError):
            continue
    return body.decode("utf-8", "replace")


def local_name(element: etree._Element) -> str:
    """The local name in lower case. Not by etree.QName: it raises on the tags that a recovering parser lets through,
    such as a prefix that nobody declared (`media:content`)."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def child_text(element: etree._Element, *names: str) -> str | None:
    """The text of the first child of one of these names, the first name first; None for none."""
    for name in names:
        for child in element:
            if local_name(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return None


def base_of(element: etree._Element, url: str) -> str:
    """The address that relative ones in an element are meant from: `xml:base`, each from that around it (RFC 4287, 2;
    XML Base, 4.2)."""
    bases = [stated for e in (element, *element.iterancestors()) if (stated := e.get(_BASE))]
    for stated in reversed(bases):
        try:
            url = joined(url, stated)
        except ValueError:
            continue
    return url


def until_cut(elements: list[etree._Element], document: Document) -> list[etree._Element]:
    """The elements of a document, but for one in whose middle it breaks off: its address may be half of one."""
    if document.is_whole or not elements:
        return elements
    last = elements[-1]
    name = f"{last.prefix}:{etree.QName(last).localname}" if last.prefix else str(last.tag).rpartition("}")[2]
    is_closed = document.body.rfind(b"</" + name.encode()) > document.body.rfind(b"<" + name.encode())
    return elements if is_closed else elements[:-1]
