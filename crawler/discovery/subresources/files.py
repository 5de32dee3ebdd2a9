"""Which links lead to files. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import html

from crawler.discovery.address import absolute
from crawler.discovery.markup.words import words_of

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
IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")


def file_address(element: html.HtmlElement, base: str, words: str | None = None) -> str | None:
    """The address of the document that a link, or what shows one inside the page, leads to; None when it leads to none.

    Which it is, its path says, the value of a parameter ("get.php?file=plan.pdf"), that it is to be saved (`download`,
    HTML Standard, 4.6.4), its media type, the type or size behind its name ("Order 12 (PDF, 2 MB)"), or a path that
    sends files by number ("/download?id=12"). A viewer is asked for the file that it shows. `words` are those of the
    element, for a caller that has read them.
    """
    named = element.get("href") or element.get("data") or element.get("src") or ""
    marked = (
        element.tag == "a"
        and not named.startswith("#")
        and (element.get("download") is not None or _is_typed(element) or _sends(named) or _is_said(element, words))
    )
    if not (marked or _ENDING.search(named) or ("%" in named and _ENDING.search(unquote(named.partition("?")[2])))):
        return None  # nearly all links: none of them is worth taking apart
    url = absolute(base, named)
    if url is None:
        return None
    if _is_file(urlsplit(url).path):
        return url
    for _, value in parse_qsl(urlsplit(url).query):
        if _is_file(value.partition("?")[0].partition("#")[0]):  # a value is any text, not always an address
            is_shown = element.tag != "a" and value.startswith("/")  # by a viewer inside the page
            return absolute(base, value) if is_shown or value.startswith(("http://", "https://")) else url
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
# The dot outside of what is read in any case: a pattern that begins with one sign is looked for at the speed of bytes.
_ENDING = re.compile(rf"\.(?i:{'|'.join(ending[1:] for ending in ATTACHMENTS)})")
_NAME = 300  # characters of a file's name


def _sends(address: str) -> bool:
    """Whether an address is that of a path that sends files by number."""
    small = address.lower()  # one of the words of the pattern is in each address that it finds
    is_one = "download" in small or "getfile" in small or "get-file" in small or "attachment" in small
    return is_one and _SENDS.search(address) is not None


def _is_said(link: html.HtmlElement, words: str | None) -> bool:
    """Whether the words of a link end with the type or the size of a file."""
    if words is None:
        words = words_of(link)
    words = words[:_NAME]
    return _MAY_SAY.search(words) is not None and _SAID.search(words.strip()) is not None


def _is_file(path: str) -> bool:
    return path.lower().endswith(ATTACHMENTS)


def _is_typed(link: html.HtmlElement) -> bool:
    stated: str = (link.get("type") or "").lower()
    return stated == "application/pdf" or stated.startswith(("application/msword", "application/vnd."))
