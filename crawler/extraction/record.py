"""From one page to one record: every field by its own rule, in one order, with what was considered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from lxml import html

from crawler.discovery.api import read_json
from crawler.extraction import facts, payload
from crawler.extraction.authors import authors
from crawler.extraction.bcp47 import may_be
from crawler.extraction.blocks import Block
from crawler.extraction.body import trafilatura_lines
from crawler.extraction.category import category
from crawler.extraction.container import from_container
from crawler.extraction.decode import decode_html
from crawler.extraction.ends import trim_ends
from crawler.extraction.fused import without_glued_date
from crawler.extraction.labels import is_label
from crawler.extraction.language import identify_language
from crawler.extraction.media import attachments, images
from crawler.extraction.page import Page
from crawler.extraction.pagetype import refuse
from crawler.extraction.paragraphs import paragraphs
from crawler.extraction.prune import first_copy, prune
from crawler.extraction.repeats import without_repeats
from crawler.extraction.siblings import starts_elsewhere, with_siblings
from crawler.extraction.standfirst import description, find_standfirst, lead
from crawler.extraction.stated import lines_stated
from crawler.extraction.tags import tags
from crawler.extraction.title import choose_title
from crawler.extraction.tree import drop, even, key, length, may_have_more_than, more_than, parse_html
from crawler.extraction.when import choose_moments
from crawler.extraction.wrapped import rejoined
from crawler.model import Article, Image, Reason, Rejection, Seed
from crawler.pages import PageObject, page_object
from crawler.pages.base import select

# Of 400 real pages the largest had 4,200 elements; a table of 15,000 rows of five cells has 90,000. Such a page is read
# in seconds; what is larger is made to cost minutes.
_MOST_ELEMENTS = 100_000
_BESIDE = 500  # characters of date, section, share buttons and files beside a text
_THIN = 250  # characters of text under which the headline's container is asked too


def read_page(
    body: bytes,
    url: str,
    *,
    captured: datetime | None,
    content_type: str | None,
    seed: Seed | None,
    document: str | None = None,
    language: str | None = None,
) -> Article | Rejection:
    """The record of one HTML page. `document` and `language` (the site's code) are what the crawl knows of it."""
    objects = page_object(seed, captured.date() if captured else None)
    decoded = decode_html(body, content_type)
    root = parse_html(decoded.text)
    document = document or objects.document(url, language)
    if root is None:
        return Rejection(Reason.NO_TEXT, "an empty page", url, document)
    if may_have_more_than(decoded.text, _MOST_ELEMENTS) and more_than(root, _MOST_ELEMENTS):
        detail = f"more than {_MOST_ELEMENTS} elements"
        return Rejection(Reason.TOO_LARGE, detail, url, document)
    for selector in objects.chosen.drop:
        for element in select(root, selector):
            drop(element)
    refused = objects.rejection(root, url)
    if refused:
        return replace(refused, url=url, document=document)
    page = Page(root, url, captured, seed, objects.fields(root, url), _tag(seed, language, document))
    page.warnings += _unfound(page)
    if "\ufffd" in decoded.text:
        page.warnings.append(f"charset: some bytes are not {decoded.charset}")
    return _record(page, objects, document)


def _unfound(page: Page) -> list[str]:
    """A warning for each selector of the seed that every article should answer and this page does not: most often the
    site has got another layout."""
    stated = page.seed.selectors if page.seed else None
    names = [name for name in ("title", "published", "body") if stated and getattr(stated, name)]
    return [f"{name}: the seed's selector finds nothing" for name in names if getattr(page.fields, name) is None]


def _tag(seed: Seed | None, language: str | None, document: str | None) -> str | None:
    code = language or (document or "").rpartition("/")[2]
    return seed.languages.get(code) if seed else None


def _record(page: Page, objects: PageObject, document: str) -> Article | Rejection:
    title, candidates = choose_title(page)
    blocks = page.blocks
    item = payload.find_item(page, title, _shown(page, title, blocks)) if _size(blocks) < 2 * _THIN else None
    refused = refuse(page, blocks, title) if item is None else None
    if refused:
        return replace(refused, url=page.url, document=document)
    if item is not None and (title is None or key(title) != key(item.title or "")):
        title = item.title or title
    if title is None:
        return Rejection(Reason.NO_TITLE, "no headline was found", page.url, document)
    headline = page.headline_element(title)
    others = page.other_articles(headline)
    if others:
        blocks = [b for b in blocks if others.isdisjoint((b.element, *b.element.iterancestors("article")))]
    if item is not None:
        page.fields = replace(
            page.fields,
            published=page.fields.published or item.published,
            modified=page.fields.modified or item.modified,
            images=page.fields.images or tuple(Image(src) for src in [item.image] if src),
            category=page.fields.category or item.section,
            authors=page.fields.authors or item.authors or None,
            tags=page.fields.tags or item.tags or None,
        )
    published, modified, dates = choose_moments(page, headline)
    section, sections = category(page, headline, title)
    shown = [
        title,
        *(c.raw for c in candidates if c.chosen or c.source not in ("h2", "bold", "line")),
        page.fields.published,
        published.raw if published else None,
        section,
        *(f"{published.raw} / {section}" if published and section else "",),
    ]
    names, bylines = authors(page, headline, blocks)
    lines, scope, summary = _body(page, blocks, headline, item, shown, names)
    files = attachments(page, [*scope, *_holder(page, scope, headline)])
    if not lines and not files:
        reason = Reason.SHELL if _is_shell(page, blocks) else Reason.NO_TEXT
        return Rejection(reason, "no text and no attachment", page.url, document)
    text = "\n".join(lines)
    declared = facts.declared_language(page)
    known = identify_language(text or title, declared)
    if known.tag == "und" and declared and length(text) < 60:
        known = replace(known, tag=declared)
    if declared and known.tag != "und" and not may_be(declared, known.tag):
        page.warnings.append(f"language: the page claims {declared}, its text is {known.tag}")
    own, versions = facts.canonical(page), facts.alternates(page)
    return Article(
        url=own,
        title=title,
        text=text,
        language=known.tag,
        document=document,
        published_at=published,
        modified_at=modified,
        category=section,
        summary=summary,
        authors=names,
        tags=tags(page, headline),
        images=images(page, scope),
        attachments=files,
        story=objects.story(document) or facts.story(versions, own, known.tag),
        alternates=versions,
        declared_language=declared,
        language_confidence=known.confidence,
        warnings=tuple(dict.fromkeys(page.warnings)),
        candidates=(*candidates, *dates, *sections, *bylines),
    )


def _body(
    page: Page,
    blocks: list[Block],
    headline: html.HtmlElement | None,
    item: payload.Item | None,
    shown: list[str | None],
    names: tuple[str, ...],
) -> tuple[list[str], list[html.HtmlElement], str | None]:
    """(lines, elements that hold them, summary)."""
    labels = {key(text) for text in shown if text}
    if page.fields.body:
        lines = [line for element in page.fields.body for line in paragraphs(element)]
        lines = first_copy([line for line in lines if not is_label(line, labels)])
        stand = [page.fields.summary] if page.fields.summary else []
        stand = [even(s) for s in stand if key(s) not in {key(line) for line in lines}]
        if lines or stand:
            return stand + lines, list(page.fields.body), even(page.fields.summary) or _summary(page, lines)
    if item is not None:
        lines, element = item.lines()
        return [line for line in lines if not is_label(line, labels)], [element], _summary(page, lines)
    lines = prune(
        with_siblings(trafilatura_lines(page, blocks, page.other_articles(headline)), blocks),
        blocks,
        headline,
        shown=shown,
        url=page.url,
    )
    if sum(map(length, lines)) < _THIN or starts_elsewhere(lines, blocks, headline):
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
    return rejoined(stand + lines, blocks), scope, summary


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


def _holder(page: Page, scope: list[html.HtmlElement], headline: html.HtmlElement | None) -> list[html.HtmlElement]:
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


def _size(blocks: list[Block]) -> int:
    """Characters of running text on a page."""
    return sum(b.size for b in blocks if b.place == "body" and b.links < 0.3 and b.size >= 40)


def _shown(page: Page, title: str | None, blocks: list[Block]) -> int:
    """Characters of text that a page shows with its headline: its payload is asked for more, not for a summary."""
    return _size(blocks) if title and page.headline_element(title) is not None else 0


def _is_shell(page: Page, blocks: list[Block]) -> bool:
    return len(blocks) < 15 and bool(page.tagged("script"))


def read_answer(
    body: bytes,
    url: str,
    *,
    captured: datetime | None,
    seed: Seed | None,
    document: str | None = None,
    language: str | None = None,
) -> Article | Rejection:
    """The record of an API's answer, where the platform has one. `document` and `language` as in `read_page`."""
    objects = page_object(seed, captured.date() if captured else None)
    document = document or objects.document(url, language)
    fields = objects.read_json(read_json(body), url)
    if fields is None:
        return Rejection(Reason.NOT_HTML, "JSON that the platform does not know", url, document)
    if isinstance(fields, Rejection):
        return replace(fields, url=url, document=document)
    return _record(
        Page(html.Element("html"), url, captured, seed, fields, _tag(seed, language, document)), objects, document
    )
