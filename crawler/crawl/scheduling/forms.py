"""The other forms of a document, such as an API's answer about it: asked for only once its page has been.

A run can be cut off at any moment. What it has of a document must then be the page: a record made of an API's answer
would be replaced by the next run, and leave a revision of something that nobody changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.model import Link, Role

Held = tuple[Link, dict[str, Any]]  # a link, and what its request is to carry


class Forms:
    """Which pages are under way, and what waits for them."""

    def __init__(self) -> None:
        self._under_way: dict[str, list[Held]] = {}  # document -> its other forms

    def hold(self, link: Link, meta: dict[str, Any]) -> bool:
        """True when `link` has to wait for the page of its document."""
        if link.role is not Role.ARTICLE or not link.headers or link.document not in self._under_way:
            return False
        self._under_way[link.document].append((link, meta))
        return True

    def begin(self, link: Link) -> None:
        """Notes that the page of a document is going to be asked for."""
        if link.role is Role.ARTICLE and not link.headers and link.document:
            self._under_way.setdefault(link.document, [])

    def end(self, link: Link) -> list[Held]:
        """What may be asked for now, since the page was answered, failed, or is not asked for after all."""
        return [] if link.headers or not link.document else self._under_way.pop(link.document, [])

    def rest(self) -> Iterator[Held]:
        """All that still waits; nothing does afterwards."""
        while self._under_way:
            yield from self._under_way.popitem()[1]
