"""The files that an article page refers to, as far as a seed wants them: what it offers, and what it is shown with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from crawler.discovery.base import absolute
from crawler.discovery.css import css_addresses
from crawler.discovery.html import content_type, parse
from crawler.discovery.originals import image_source, original
from crawler.model import Payload, Seed

ATTACHMENTS = (
    ".pdf",
    ".doc",
    ".docx",
    ".xls",
    ".xlsx",
    ".ppt",
    ".pptx",
    ".odt",
    ".ods",
    ".odp",
    ".rtf",
    ".zip",
    ".rar",
    ".7z",
    ".csv",
    ".hwp",  # Hancom's word processor, that of Korea's offices
    ".hwpx",
    ".ofd",  # the fixed layout of China's offices (GB/T 33190)
    ".p7m",  # a signed document (RFC 5751)
)
MOST_FILES = 200  # of one page or sheet
IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")


def media_links(payload: Payload, seed: Seed) -> Iterator[str]:
    """Absolute addresses of the files of a page, each once: attachments (media = "attachments"), with "all" also its
    images and style sheets, at most `MOST_FILES`. Of a style sheet: the sheets, fonts and pictures that it names."""
    if seed.crawl.media == "none":
        return
    mime, every = payload.capture.mime, seed.crawl.media == "all"
    if mime in ("text/html", "application/xhtml+xml"):
        tree = parse(payload.body, payload.capture.url, content_type(payload))
        found = _of_page(tree, payload.capture.url, every=every) if tree is not None else iter(())
    elif mime == "text/css" and every:
        found = css_addresses(payload.body.decode("utf-8", "replace"), payload.capture.url)
    else:
        return
    yield from islice(dict.fromkeys(found), MOST_FILES)


def file_address(element: html.HtmlElement, base: str) -> str | None:
    """The address of the document that a link, or what shows one inside the page, leads to; None when it leads to none.

    Which it is, its path says, the value of a parameter ("get.php?file=plan.pdf"), that it is to be saved (`download`,
    HTML Standard, 4.6.4), its media type, the type or size behind its name ("Order 12 (PDF, 2 MB)"), or a path that
    sends files by number ("/download?id=12"). A viewer is asked for the file that it shows.
    """
    named = element.get("href") or element.get("data") or element.get("src") or ""
    marked = (
        element.tag == "a"
        and not named.startswith("#")
        and (element.get("download") is not None or _is_typed(element) or _SENDS.search(named) or _is_said(element))
    )
    if not marked and "%" not in named and not _ENDING.search(named):
        return None  # nearly all links: none of them is worth taking apart
    url = absolute(base, named)
    if url is None:
        return None
    if _is_file(urlsplit(url).path):
        return url
    for _, value in parse_qsl(urlsplit(url).query):
        if _is_file(value.partition("?")[0].partition("#")[0]):  # a value is any text, not always an address
            return absolute(base, value) if value.startswith(("http://", "https://")) else url
    return url if marked else None


_TYPE = r"(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar|csv|hwpx?|ofd|p7m)"
_SAID = re.compile(
    rf"\w\.{_TYPE}$|[(\[]\s*+\.?{_TYPE}\b|\b{_TYPE}\W{{1,4}}\d|\d\s?(?:[kKmM][bB]|[кКмМ][бБ]|kB)\s*+[)\]]?\s*+$",
    re.IGNORECASE,
)
_MAY_SAY = re.compile(r"[\d(\[.]")
_SENDS = re.compile(
    r"(?:^|[/_.-])(?:download|getfile|get-file|downloadfile|download-file|filedownload|attachment)"
    r"(?:\.\w{2,5})?/?(?:\?(?:[^#]*&)?(?:id|file_?id|fid|doc_?id)=\w+|/?\d+/?$)",
    re.IGNORECASE,
)
_ENDING = re.compile("|".join(map(re.escape, ATTACHMENTS)), re.IGNORECASE)
_NAME = 300  # characters of a file's name


def _is_said(link: html.HtmlElement) -> bool:
    """Whether the words of a link end with the type or the size of a file."""
    words = "".join(islice(link.itertext(), 20))[:_NAME]
    return _MAY_SAY.search(words) is not None and _SAID.search(words.strip()) is not None


def _is_file(path: str) -> bool:
    return path.lower().endswith(ATTACHMENTS)


def _is_typed(link: html.HtmlElement) -> bool:
    stated = (link.get("type") or "").lower()
    return stated == "application/pdf" or stated.startswith(("application/msword", "application/vnd."))


def _of_page(tree: html.HtmlElement, base: str, *, every: bool) -> Iterator[str]:
    for element in tree.iter("a", "img", "link", "style", "iframe", "object", "embed"):
        url = None
        if element.tag == "link":
            if every and "stylesheet" in (element.get("rel") or "").lower().split():
                url = absolute(base, element.get("href") or "")
        elif element.tag == "style":
            yield from css_addresses(element.text or "", base) if every else ()
        elif element.tag == "img":
            shown = absolute(base, image_source(element)) if every else None
            url = original(shown) if shown else None
            url = url if url and urlsplit(url).path.lower().endswith(IMAGES) else None
        else:
            url = file_address(element, base)
        if url:
            yield url
