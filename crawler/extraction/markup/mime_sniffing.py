"""What bytes are that are no web page, whatever their media type says: by their first ones, as the WHATWG MIME Sniffing
standard (section 6) tells them."""

from __future__ import annotations

import re

_SIGNATURES = (
    (b"%PDF-", "a PDF document"), (b"PK\x03\x04", "a ZIP archive or an office document"), (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"), (b"{\\rtf", "an RTF document"),
    (b"Rar!\x1a\x07", "a RAR archive"), (b"7z\xbc\xaf\x27\x1c", "a 7z archive"), (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x89PNG\r\n\x1a\n", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF87a", "an image"),
    (b"GIF89a", "an image"), (b"RIFF", "an image or a sound"), (b"OggS", "a sound or a video"),
    (b"\x00\x00\x00\x18ftyp", "a video"), (b"\x00\x00\x00\x20ftyp", "a video"), (b"\x1aE\xdf\xa3", "a video"),
)  # fmt: skip
_PROLOGUE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*|<\?[^>]{0,500}>\s*)*", re.S
)
_XML = re.compile(rb"<(?:rss|feed|urlset|sitemapindex|(?:rdf:)?RDF|opml|svg|soap:Envelope)[\s>]", re.IGNORECASE)
_JSON = re.compile(rb"""\{\s*["}]|\[\s*[\[{"\]]""")


def no_page(body: bytes) -> str | None:
    """What the bytes of an answer are, where they are no web page, else None."""
    head = body[:4096]
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    prologue = _PROLOGUE.match(head)
    start = prologue.end() if prologue else 0
    if found := _XML.match(head, start):
        return f"XML, <{found[0][1:-1].decode('ascii')}>"
    return "JSON" if _JSON.match(head, start) else None
