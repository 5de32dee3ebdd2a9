"""Images and attachments of an article, by the addresses of the originals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.subresources.files import IMAGES
from crawler.discovery.subresources.originals import image_source, original
from crawler.extraction.markup.dom import even, key, text_of
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.page import Page
from crawler.extraction.words import made_of
from crawler.model import Attachment, Image

# Our own, since the table of the standard library differs between machines and Python versions (IANA media types).
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {
    "pdf": "application/pdf", "doc": "application/msword", "docx": _OFFICE + "wordprocessingml.document",
    "xls": "application/vnd.ms-excel", "xlsx": _OFFICE + "spreadsheetml.sheet", "ppt": "application/vnd.ms-powerpoint",
    "pptx": _OFFICE + "presentationml.presentation", "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet", "rtf": "application/rtf", "zip": "application/zip",
    "csv": "text/csv", "odp": "application/vnd.oasis.opendocument.presentation", "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed", "hwp": "application/vnd.hancom.hwp", "hwpx": "application/vnd.hancom.hwpx",
    "ofd": "application/ofd", "p7m": "application/pkcs7-mime",
}  # fmt: skip
_SIGNS = frozenset("emoji wp-smiley".split())
_COUNTER = re.compile(
    r"//(?:counter\.yadro\.ru|mc\.yandex\.\w+|cnt\d*\.www\.uz|[\w.-]*\.mail\.ru/counter|c\.zero\.kz)", re.I
)
_TINY = 60  # pixels: icons and counters
_CAPTION = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])", re.I)  # "wp-caption-text", "img_caption", "photo-caption"
# What an office shares for pages without a picture of their own.
_NO_PICTURE = re.compile(r"(?:^|[/_.-])(?:logo|default|placeholder|no-?(?:image|photo)|emblema?|gerb)(?:[_.-]|$)", re.I)
_SAID = re.compile(rf"(?:[(\[\s]\.?|\w\.)({'|'.join(_TYPES)})\b[^\w]*(?:\d|$)", re.IGNORECASE)  # "Order 12 (PDF, 2 MB)"
_BESIDE = 200  # characters of the words around a button that can be the file's name


def images(page: Page, scope: Iterable[html.HtmlElement]) -> tuple[Image, ...]:
    """The pictures inside the article, in order, each once; the page's own lead picture when there are none."""
    found: dict[str, Image] = {}
    for image in page.fields.images or ():
        _add(found, page, image.url, image.caption, image.alt)
    for element in scope:
        for img in element.iter("img", "amp-img"):
            if not _is_tiny(img) and not _is_sign(img) and not in_frame(img):
                _add(found, page, _enlarged(page, img) or image_source(img), _caption(img), img.get("alt"))
    lead = page.first_meta("og:image", "og:image:url", "twitter:image")
    if not found and lead and not _NO_PICTURE.search(urlsplit(absolute(page.base, lead) or "").path):
        _add(found, page, lead, None, page.first_meta("og:image:alt"))
    return tuple(found.values())


def _add(found: dict[str, Image], page: Page, src: str, caption: str | None, alt: str | None) -> None:
    url = absolute(page.base, src) if src and not src.startswith("data:") else None
    if url:
        url = original(url)
        old = found.get(url)
        caption = even(caption) or (old.caption if old else None) or None
        found[url] = Image(url, caption, even(alt) or (old.alt if old else None) or None)


def _is_tiny(img: html.HtmlElement) -> bool:
    sizes = [(img.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return any(size.isdigit() and int(size) < _TINY for size in sizes)


def _is_sign(img: html.HtmlElement) -> bool:
    """True for what stands for a letter (WordPress's class), and for the counters of visits that sites embed."""
    return not _SIGNS.isdisjoint((img.get("class") or "").split()) or _COUNTER.search(img.get("src") or "") is not None


def _enlarged(page: Page, img: html.HtmlElement) -> str | None:
    """The address of the picture that a click on this one opens: the link around it alone leads to it."""
    link = img.getparent()
    url = absolute(page.base, link.get("href") or "") if link is not None and link.tag == "a" else None
    return url if url and urlsplit(url).path.lower().endswith(IMAGES) else None


def _caption(img: html.HtmlElement) -> str | None:
    """The words under a picture: of its <figure>, or of the element marked as a caption in the smallest box that holds
    this picture alone. Joomla's editor puts them into the title of an image of class "caption"."""
    for depth, ancestor in enumerate(img.iterancestors()):
        if ancestor.tag == "figure":
            caption = ancestor.find(".//figcaption")
            return text_of(caption) if caption is not None else None
        if depth < 3 and len(list(islice(ancestor.iter("img"), 2))) == 1:
            for element in ancestor.iter("p", "div", "span", "dd", "td", "em", "small"):
                if element is not ancestor and _CAPTION.search(element.get("class") or "") and not _holds(element, img):
                    return text_of(element)
    title: str | None = img.get("title") if "caption" in (img.get("class") or "").split() else None
    return title


def _holds(element: html.HtmlElement, img: html.HtmlElement) -> bool:
    return any(ancestor is element for ancestor in img.iterancestors())


def attachments(page: Page, scope: Iterable[html.HtmlElement]) -> tuple[Attachment, ...]:
    """Linked and embedded files inside the article, in order, each once, with the words of the link."""
    found: dict[str, Attachment] = {a.url: a for a in page.fields.attachments or ()}
    for element in scope:
        for link in element.iter("a", "iframe", "object", "embed"):
            number = page.tree.numbers.get(link)
            url = page.links.file(number) if number is not None else page.links.file_of(link)
            if url and not in_frame(link):
                old = found.get(url)
                title = (old.title if old else None) or _file_title(link)
                found[url] = Attachment(url, title, (old.mime if old else None) or _mime(link, url))
    return tuple(found.values())


def _mime(link: html.HtmlElement, url: str) -> str | None:
    """The media type by the address, the name to save it under, the attribute for it, or the type behind the name."""
    names = [urlsplit(url).path, *(value for _, value in parse_qsl(urlsplit(url).query)), link.get("download") or ""]
    known = (_TYPES.get(name.lower().rpartition(".")[2]) for name in names)
    stated = next((mime for mime in known if mime), None) or (link.get("type") or "").lower() or None
    said = _SAID.search(text_of(link)) if stated is None else None
    return _TYPES[said[1].lower()] if said else stated


def _file_title(link: html.HtmlElement) -> str | None:
    """The words of a link; where these are only a button's, the few words beside it; else its title."""
    words = text_of(link)
    if not key(words) or made_of(words, "download"):
        beside = _beside(link, words) if words else ""
        words = beside if 3 < len(beside) <= _BESIDE else even(link.get("title")) or words
    return words or even(link.get("title") or link.get("download")) or None


def _beside(link: html.HtmlElement, words: str) -> str:
    """The words in the box of a link that is alone there, without its own. Looked at for links only: with each of the
    frames of a hostile page the whole box would be walked in search of the first link."""
    box = link.getparent() if link.tag == "a" else None
    if box is None or len(list(islice(box.iter("a"), 2))) != 1:
        return ""
    return even(text_of(box).replace(words, " ", 1))
