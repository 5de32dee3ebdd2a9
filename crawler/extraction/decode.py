"""Bytes to text, once: which charset a page is really written in, whatever it declares."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PRESCAN = 4096
# C0 but tab and line ends, DEL, C1, and the noncharacters that XML forbids.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_C0 = bytes([*range(9), 11, 12, *range(14, 32), 127])  # the same in UTF-8
_C1 = re.compile(b"\xc2[\x80-\x9f]")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_MAX_DAMAGE = 0.001  # share of undecodable characters above which a declaration is taken for a lie


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without control characters, the charset it was read in, and why that one."""

    text: str
    charset: str
    source: str  # bom | utf-8 | header | meta | detected


def decode_html(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page. A byte order mark wins; bytes that are valid UTF-8 are UTF-8, since text in another charset
    practically never is; then the HTTP header, the document's own declaration (prescan of the WHATWG standard), and a
    detector. A declaration under which more than 0.1 % of the characters are broken is passed over."""
    for mark, marked in _BOMS:
        if body.startswith(mark):
            return Decoded(_clean(body[len(mark) :].decode(marked, "replace")), marked, "bom")
    try:
        return Decoded(_clean_utf8(body, body.decode("utf-8")), "utf-8", "utf-8")
    except UnicodeDecodeError:
        pass
    header = _HEADER.search(content_type or "")
    meta = _META.search(body[:_PRESCAN])
    for label, source in ((header and header[1], "header"), (meta and meta[1].decode("ascii"), "meta")):
        named = _lookup(label)
        if named and (text := _try(body, named)) is not None:
            return Decoded(_clean(text), named, source)
    guess = from_bytes(body[:200_000]).best()
    detected = guess.encoding if guess else "cp1251"
    return Decoded(_clean(body.decode(detected, "replace")), detected, "detected")


def _lookup(label: str | None) -> str | None:
    """Python's codec for a label; latin-1 means windows-1252 on the web (WHATWG Encoding, 4.2)."""
    try:
        name = codecs.lookup(label).name if label else None
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return name if name and name not in ("utf-16", "utf-7", "hex", "base64", "rot13", "zlib", "bz2") else None


def _try(body: bytes, charset: str) -> str | None:
    try:
        text = body.decode(charset, "replace")
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") <= _MAX_DAMAGE * len(text) else None


def _clean_utf8(body: bytes, text: str) -> str:
    """`_clean(text)`, which `body` is in UTF-8: whether there is anything to take out is seen faster in bytes."""
    has = len(body.translate(None, _C0)) != len(body)
    if not has and not text.isascii():
        has = bool(_C1.search(body)) or (_NONCHARACTERS[0][:2] in body and any(mark in body for mark in _NONCHARACTERS))
    return _clean(text) if has else text


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)
