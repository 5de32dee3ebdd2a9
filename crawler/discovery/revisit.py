"""How a document that is known already is asked for again."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.address_patterns import is_from_template
from crawler.discovery.readers import govuz
from crawler.model import Link, Role, Seed


def revisit_links(seed: Seed, document: str, url: str) -> Iterator[Link]:
    """The links to a known document, last seen at `url`. On the portal the article page alone: the API answer of a
    document is asked for when a listing shows it."""
    if seed.platform == "govuz" and not seed.entries:
        item, _, language = document.partition("/")
        yield Link(govuz.article_url(seed, item, language), Role.ARTICLE, document, language)
    else:
        entry = next((e for e in seed.entries if e.detail and is_from_template(e.detail, url)), None)
        yield Link(url, Role.ARTICLE, document, headers=entry.headers if entry else {})
