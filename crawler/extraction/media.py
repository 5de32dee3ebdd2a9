"""Images and attachments of an article, by the addresses of the originals."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import html

from crawler.discovery.base import absolute
from crawler.discovery.media import ATTACHMENTS, original
from crawler.extraction.page import Page, in_frame
from crawler.extraction.tree import even, text_of
from crawler.model import Attachment, Image

# Our own, since the table of the standard library differs between machines and Python versions (IANA media types).
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {
    "pdf": "application/pdf", "doc": "application/msword", "docx": _OFFICE + "wordprocessingml.document",
    "xls": "application/vnd.ms-excel", "xlsx": _OFFICE + "spreadsheetml.sheet", "ppt": "application/vnd.ms-powerpoint",
    "pptx": _OFFICE + "presentationml.presentation", "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet", "rtf": "application/rtf", "zip": "application/zip",
    "csv": "text/csv",
}  # fmt: skip
_TINY = 60  # pixels: icons and counters


def images(page: Page, scope: Iterable[html.HtmlElement]) -> tuple[Image, ...]:
    """The pictures inside the article, in order, each once; the page's own lead picture when there are none."""
    found: dict[str, Image] = {}
    for image in page.fields.images or ():
        _add(found, page, image.url, image.caption, image.alt)
    for element in scope:
        for img in element.iter("img"):
            if not _is_tiny(img) and not in_frame(img):
                _add(found, page, _source(img), _caption(img), img.get("alt"))
    if not found and (lead := page.first_meta("og:image", "og:image:url", "twitter:image")):
        _add(found, page, lead, None, page.first_meta("og:image:alt"))
    return tuple(found.values())


def _add(found: dict[str, Image], page: Page, src: str, caption: str | None, alt: str | None) -> None:
    url = absolute(page.base, src)
    if url and not src.startswith("data:"):
        url = original(url)
        old = found.get(url)
        caption = even(caption) or (old.caption if old else None) or None
        found[url] = Image(url, caption, even(alt) or (old.alt if old else None) or None)


def _source(img: html.HtmlElement) -> str:
    """The best address that an img names: the largest of srcset, a lazy loader's, or src."""
    best, size = "", 0.0
    for part in (img.get("srcset") or img.get("data-srcset") or "").split(", "):
        url, _, width = part.strip().partition(" ")
        value = float(width.strip("wx")) if width.strip("wx").replace(".", "", 1).isdigit() else 1.0
        if url and value > size:
            best, size = url, value
    return best or img.get("data-src") or img.get("data-original") or img.get("src") or ""


def _is_tiny(img: html.HtmlElement) -> bool:
    sizes = [(img.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return any(size.isdigit() and int(size) < _TINY for size in sizes)


def _caption(img: html.HtmlElement) -> str | None:
    for ancestor in img.iterancestors():
        if ancestor.tag == "figure":
            caption = ancestor.find(".//figcaption")
            return text_of(caption) if caption is not None else None
    return None


def attachments(page: Page, scope: Iterable[html.HtmlElement]) -> tuple[Attachment, ...]:
    """Linked files inside the article, in order, each once, with the words of the link."""
    found: dict[str, Attachment] = {a.url: a for a in page.fields.attachments or ()}
    for element in scope:
        for link in element.iter("a"):
            url = absolute(page.base, link.get("href") or "")
            if url and urlsplit(url).path.lower().endswith(ATTACHMENTS) and not in_frame(link):
                mime = _TYPES.get(urlsplit(url).path.lower().rpartition(".")[2])
                found.setdefault(url, Attachment(url, text_of(link) or None, mime))
    return tuple(found.values())
