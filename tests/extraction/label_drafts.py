"""Drafts of small pages, for tests of the rules that label lines."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html

from crawler.extraction.labels.draft import Draft
from crawler.extraction.markup.dom import key
from crawler.extraction.markup.parse import parse_html
from crawler.extraction.page.page import Page
from crawler.pages import Fields


def draft_of(
    markup: str | html.HtmlElement, text: Iterable[str] | None = None, url: str = "https://a.example/1"
) -> Draft:
    """A draft whose text are these lines of the page, in its order; all of them where none are given."""
    root = parse_html(markup) if isinstance(markup, str) else markup
    assert root is not None
    page = Page(root, url, None, None, Fields())
    wanted = None if text is None else {key(line) for line in text}
    taken = [n for n, block in enumerate(page.blocks) if wanted is None or block.key in wanted]
    return Draft(page, page.blocks, root.find(".//h1"), set(), text=taken)


def draft_of_lines(*lines: str, tag: str = "p") -> Draft:
    """A draft whose text are these lines, each in an element of its own."""
    return draft_of("<body><main>" + "".join(f"<{tag}>{line}</{tag}>" for line in lines) + "</main></body>")


def words(draft: Draft) -> list[str]:
    """The lines of a draft's text."""
    return [draft.blocks[n].text for n in draft.text]
