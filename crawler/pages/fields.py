"""What a page object can say of a page."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html

from crawler.model import Attachment, Image


@dataclass(frozen=True, slots=True)
class Fields:
    """Raw values of a page's fields; None where the page object knows nothing better than the general rules."""

    title: str | None = None
    published: str | None = None
    modified: str | None = None
    category: str | None = None
    summary: str | None = None
    body: tuple[html.HtmlElement, ...] | None = None
    authors: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    images: tuple[Image, ...] | None = None
    attachments: tuple[Attachment, ...] | None = None
