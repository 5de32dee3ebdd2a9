"""The text of an article: which lines of a page it is, the elements that hold them, and its summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html

from crawler.extraction.body import json_article
from crawler.extraction.body.article_body_check import lines_stated
from crawler.extraction.body.boilerplate_removal import first_copy, prune
from crawler.extraction.body.hard_wraps import rejoined
from crawler.extraction.body.pull_quotes import without_repeats
from crawler.extraction.body.short_notice import from_container
from crawler.extraction.body.sibling_paragraphs import starts_elsewhere, with_siblings
from crawler.extraction.body.split_joined_lines import without_glued_date
from crawler.extraction.body.standfirst import description, find_standfirst, lead
from crawler.extraction.body.trafilatura_text import trafilatura_lines
from crawler.extraction.body.trim_edges import trim_ends
from crawler.extraction.lines.boilerplate_phrases import is_label
from crawler.extraction.markup.dom import even, key, length
from crawler.extraction.markup.paragraphs import paragraphs
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page.page import Page

THIN = 250  # characters of text under which the headline's container is asked too
_BESIDE = 500  # characters of date, section, share buttons and files beside a text


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of a text, the elements that hold them (often one; none where the page shows no text) and what stands
    for a summary."""

    lines: list[str]
    scope: list[html.HtmlElement]
    summary: str | None


def read_text(
    page: Page,
    blocks: list[Block],
    headline: html.HtmlElement | None,
    others: frozenset[html.HtmlElement],
    item: json_article.Item | None,
    shown: Sequence[str | None],
    names: tuple[str, ...],
) -> Text:
    """The text by the first of these that has one: the page object, the payload's `item`, the page's own lines but
    those of `others`, elements that hold other articles. `shown` are the words of other fields, which are no text;
    `names` are those of the authors."""
    labels = {key(text) for text in shown if text}
    if page.fields.body and (found := _of_page_object(page, labels)):
        return found
    if item is not None:
        lines, element = item.lines()
        return Text([line for line in lines if not is_label(line, labels)], [element], _summary(page, lines))
    lines = prune(
        with_siblings(trafilatura_lines(page, blocks, others), blocks),
        blocks,
        headline,
        shown=shown,
        url=page.url,
    )
    if sum(map(length, lines)) < THIN or starts_elsewhere(lines, blocks, headline):
        lines = from_container(blocks, headline, labels, lines)
    lines = lines_stated(page.article, blocks, lines) or lines
    headings = {b.key for b in blocks if b.place == "heading"}
    lines = without_repeats(lines, headings)
    headings -= {b.key for b in blocks if b.place == "body"}
    lines = trim_ends(lines, {key(name) for name in names}, headings, blocks, page.zone, page.captured)
    lines = without_glued_date(lines, blocks, shown)
    stand = find_standfirst(page, blocks, headline, lines, labels)
    scope = _scope(page, blocks, lines)
    summary = stand[0] if stand else even(page.fields.summary) or _summary(page, lines) or lead(blocks, lines)
    return Text(rejoined(stand + lines, blocks), scope, summary)


def _of_page_object(page: Page, labels: set[str]) -> Text | None:
    body, stated = page.fields.body or (), even(page.fields.summary) or None
    lines = first_copy([line for element in body for line in paragraphs(element) if not is_label(line, labels)])
    stand = [stated] if stated and key(stated) not in {key(line) for line in lines} else []
    return Text(stand + lines, list(body), stated or _summary(page, lines)) if lines or stand else None


def _summary(page: Page, lines: list[str]) -> str | None:
    """The page's own description, when the text begins with it or the page shows it."""
    about = description(page)
    return about if about and lines and key(about)[:60] in "".join(map(key, lines[:3])) else None


def _scope(page: Page, blocks: list[Block], lines: list[str]) -> list[html.HtmlElement]:
    """The smallest element that holds the text's lines."""
    have = {key(line) for line in lines}
    holders = [b.element for b in blocks if b.key in have and b.place != "frame"]
    if not holders:
        return []
    chains = [[e, *e.iterancestors()] for e in (holders[0], holders[len(holders) // 2], holders[-1])]
    common = next((e for e in chains[0] if all(any(e is f for f in chain) for chain in chains[1:])), page.root)
    if common.tag in ("p", "li", "span", "h2", "h3") and common.getparent() is not None:
        common = common.getparent()
    return [common]


def holder(page: Page, scope: list[html.HtmlElement], headline: html.HtmlElement | None) -> list[html.HtmlElement]:
    """The <article> around the text, or what holds it and the headline and little more: files often stand in a field of
    their own beside it. Without a text, what holds the headline."""
    start = scope[0] if scope else headline
    if start is None:
        return []
    around = next((e for e in start.iterancestors() if e.tag == "article"), None)
    if around is None and not scope:
        around = start.getparent()
    elif around is None and headline is not None:
        above = set(headline.iterancestors())
        common = next((e for e in start.iterancestors() if e in above), None)
        if common is not None and page.sizes[common] <= 2 * page.sizes.get(start, 0) + _BESIDE:
            around = common
    return [around] if around is not None and around.tag not in ("body", "html") else []
