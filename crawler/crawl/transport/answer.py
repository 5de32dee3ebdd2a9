"""What Scrapy hands to a callback, as the other rooms know it."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from crawler.archive.http.http1 import Head, decode
from crawler.ids import canonical_url
from crawler.model import Capture, Payload


def asked(response: Response) -> Request:
    """The request that was answered; Scrapy sets it on every response that reaches a callback."""
    if response.request is None:
        raise RuntimeError(f"{response.url}: a response without its request")
    return response.request


def payload_of(response: Response, capture: Capture, max_bytes: int) -> tuple[Payload, str | None]:
    """(what the answer holds, content coding removed; "too-large" when it unfolds to more than `max_bytes`).

    Twisted has removed the transfer coding."""
    fields = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    coding = tuple(field for field in fields if field[0].lower() == "content-encoding")
    body = decode(Head(None, coding), response.body, max_bytes=max_bytes)
    return Payload(capture, fields, body.data), "too-large" if body.problem == "too large" else None


def canonical(url: str) -> str | None:
    """The canonical address, or None for what is no address."""
    try:
        return canonical_url(url)
    except ValueError:
        return None
