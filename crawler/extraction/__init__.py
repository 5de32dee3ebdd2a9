"""extract(page) -> Article | Rejection. Pure: same bytes, seed and lock file give the same record anywhere."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from crawler.discovery.entrances import is_entrance
from crawler.extraction.extract_page import read_answer, read_page
from crawler.extraction.labels.label import LabelledBlock
from crawler.extraction.language import identify_language
from crawler.extraction.markup.mime_sniffing import no_page
from crawler.model import Article, Capture, Payload, Reason, Rejection, Seed
from crawler.pages import page_object

_HTML = (None, "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
_JSON = ("application/json", "text/json")
_FIRST, _LAST = datetime(1970, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001 - compared with wall times
_GONE, _LATER = (404, 410), (408, 425)
_FOUND = (200, 203)  # RFC 9110, 15.3.4: a proxy on the way has changed something


def extract(
    html: bytes,
    url: str,
    *,
    captured: datetime | None = None,
    headers: Mapping[str, str] | None = None,
    seed: Seed | None = None,
) -> Article | Rejection:
    """The record of a page, or why there is none.

    `html` are the bytes as served, content coding removed: a page, or an answer of the platform's API; `url` the
    address they came from; `captured` the moment of the capture (naive: UTC), which bounds dates and resolves relative
    ones; `headers` those of the answer (Content-Type is read); `seed` the source, whose zone, languages, page object
    and selectors are used. Without one, general rules apply; a time without an offset then gets that of the country in
    the address, where it has one, or stays naive, and a warning says so.

    Raises ValueError when `url` is not an absolute http(s) address, TypeError for an argument of another type.
    """
    _check_types(html, url, captured, headers, seed)
    return _read(
        bytes(html), url, captured=_bounded(captured), content_type=_content_type((headers or {}).items()), seed=seed
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Lets Python's collector of cycles rest while a page is read: reading leaves none (a test says so), and to look
    for them among the objects of a page takes a tenth of its time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@_uncollected()
def _read(
    body: bytes,
    url: str,
    *,
    captured: datetime | None,
    content_type: str | None,
    seed: Seed | None,
    document: str | None = None,
    language: str | None = None,
) -> Article | Rejection:
    """What callers of `extract` and the batch path share. `document` and `language` are what a crawl knows."""
    mime, kind = (content_type or "").partition(";")[0].strip().lower(), no_page(body)
    if mime in _JSON or kind == "JSON":
        return read_answer(
            body,
            url,
            captured=captured,
            seed=seed,
            content_type=content_type or "",
            document=document,
            language=language,
        )
    if kind:
        objects = page_object(seed, captured.date() if captured else None)
        document = document or objects.document(url, language)
        return Rejection(Reason.NOT_HTML, f"{kind}, whatever its media type says", url, document)
    return read_page(
        body,
        url,
        captured=captured,
        content_type=content_type,
        seed=seed,
        document=document,
        language=language,
    )


def _bounded(captured: datetime | None) -> datetime | None:
    """A moment with which days can be counted in any zone: `datetime` itself ends with its first and last day."""
    if captured is None or _FIRST <= captured.replace(tzinfo=None) <= _LAST:
        return captured
    nearest = _FIRST if captured.replace(tzinfo=None) < _FIRST else _LAST
    return nearest.replace(tzinfo=captured.tzinfo)


def _content_type(headers: Iterable[tuple[Any, Any]]) -> str | None:
    """The first Content-Type; names and values may be bytes, values a list, as Scrapy has them."""
    for name, value in headers:
        if _words(name).lower() == "content-type":
            values = value if isinstance(value, (list, tuple)) else [value]
            return next((_words(v) for v in values if v), None)
    return None


def _words(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _check_types(html: object, url: object, captured: object, headers: object, seed: object) -> None:
    expected: tuple[tuple[str, object, type | tuple[type, ...]], ...] = (
        ("html", html, (bytes, bytearray, memoryview)),
        ("url", url, str),
        ("captured", captured, (datetime, type(None))),
        ("headers", headers, (Mapping, type(None))),
        ("seed", seed, (Seed, type(None))),
    )
    for name, value, kinds in expected:
        if not isinstance(value, kinds):
            raise TypeError(f"{name}: a {type(value).__name__} is no value for it")


def extract_capture(payload: Payload, seed: Seed) -> Article | Rejection:
    """The record of an article capture, or why it has none; every capture has one of the two."""
    capture = payload.capture
    objects = page_object(seed, capture.fetched_at.date())
    document = capture.document or objects.document(capture.url, capture.language)
    refused = _refuse(payload, document, seed)
    if refused:
        return refused
    record = _read(
        payload.body,
        capture.url,
        captured=capture.fetched_at,
        content_type=_content_type(payload.headers),
        seed=seed,
        document=document,
        language=capture.language,
    )
    if capture.soft_404 and isinstance(record, Article):
        # Only what passes for an article: a page that a script fills looks the same for every address, and is not gone.
        detail = f"the site says the same to {capture.soft_404}, which cannot exist"
        return Rejection(Reason.NO_VERSION, detail, capture.url, document)
    return record


def label_capture(payload: Payload, seed: Seed) -> list[LabelledBlock]:
    """What each line of an article capture's page is, in the page's order, and the rule that says so. Where the text is
    taken from elsewhere (data of the page, a selector of the seed), the lines that say the same are text."""
    capture, labels = payload.capture, list[LabelledBlock]()
    read_page(
        payload.body,
        capture.url,
        captured=_bounded(capture.fetched_at),
        content_type=_content_type(payload.headers),
        seed=seed,
        document=capture.document,
        language=capture.language,
        labels=labels,
    )
    return labels


def _refuse(payload: Payload, document: str, seed: Seed) -> Rejection | None:
    """Why the exchange itself gives no record: no answer, a status, a cut body, another media type."""
    capture = payload.capture
    reason, detail = None, f"status {capture.status}"
    if capture.kind == "revisit":
        reason, detail = Reason.UNCHANGED, f"the server says so (status {capture.status})"
    elif capture.status is None:
        reason, detail = Reason.FETCH_FAILED, capture.failure or "no answer"
    elif capture.status in _GONE:
        reason = Reason.NOT_FOUND
    elif capture.status in _LATER:
        reason = Reason.SERVER_ERROR
    elif 400 <= capture.status < 500 or (capture.status == 202 and not payload.body.strip()):
        # What else than "not found" or "gone" a server blames on the request (RFC 9110, 15.5) says nothing of the page:
        # with 400, 405, 406, 412, 418 and more answer those that guard a site.
        reason = Reason.BLOCKED
    elif capture.redirect:
        reason, detail = _led_to(capture.redirect, capture, seed)
    elif capture.status >= 500:
        reason = Reason.SERVER_ERROR
    elif capture.truncated or capture.failure:
        reason, detail = Reason.TRUNCATED, capture.truncated or capture.failure or ""
    elif len(payload.body) > seed.crawl.max_body_mb * (1 << 20):
        # A small answer may unfold to a large one: the crawl has told it as too large, and reading it costs minutes.
        reason, detail = Reason.TRUNCATED, f"over max_body_mb = {seed.crawl.max_body_mb:g}"
    elif capture.status not in _FOUND:
        reason = Reason.SERVER_ERROR
    elif capture.mime not in _HTML and capture.mime not in _JSON:
        reason, detail = Reason.NOT_HTML, f"media type {capture.mime}"
    return Rejection(reason, detail, capture.url, document) if reason else None


def _led_to(target: str, capture: Capture, seed: Seed) -> tuple[Reason, str]:
    """Why a redirect gives no record: most lead to the article's own capture, but many sites send those who ask for
    what is not there to their front page, or all to one page of their own choice."""
    if capture.soft_404:
        return Reason.NOT_FOUND, f"leads to {target}, as {capture.soft_404} does, which cannot exist"
    if is_entrance(target, seed) and not is_entrance(capture.url, seed):
        return Reason.NOT_FOUND, f"leads to {target}, an entrance of the site"
    return Reason.REDIRECT, f"leads to {target}"


__all__ = ["extract", "extract_capture", "identify_language", "label_capture"]
