"""From one page to one record: every field by its own rule, in one order, with what was considered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from lxml import html

from crawler.extraction.article_text.elsewhere import brought_by, rest_elsewhere, says_nothing
from crawler.extraction.article_text.main_text import article_around, read_text
from crawler.extraction.article_text.short_notice import THIN
from crawler.extraction.fields import page_links
from crawler.extraction.fields.authors import authors
from crawler.extraction.fields.category import category
from crawler.extraction.fields.media import attachments, images
from crawler.extraction.fields.tags import tags
from crawler.extraction.labels.label import LabelledBlock
from crawler.extraction.language.bcp47 import may_be
from crawler.extraction.language.passages import identify_languages
from crawler.extraction.markup.charset import decode_html
from crawler.extraction.markup.dom import drop, key, length
from crawler.extraction.markup.parse import TooDeep, may_have_more_than, more_than, parse_html
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page import json_article
from crawler.extraction.page.page import Page
from crawler.extraction.page.shown_headline import headline_element, other_articles
from crawler.extraction.page_type import refuse
from crawler.extraction.publication.publication_dates import choose_moments
from crawler.extraction.titles.headline import choose_title
from crawler.ids import canonical_url
from crawler.json_paths import read_json
from crawler.model import FILES_ONLY, Article, Candidate, Image, Language, Reason, Rejection, Seed
from crawler.pages import Fields, PageObject, page_object
from crawler.pages.base import select

# Of 400 real pages the largest had 4,200 elements; a table of 15,000 rows of five cells has 90,000. Such a page is read
# in seconds; what is larger is made to cost minutes.
_MOST_ELEMENTS = 100_000
_SHELL = 15  # lines of a page that a script would fill
_FEW = 60  # characters of a text that says too little of its language: there the page's word counts


def read_page(
    body: bytes,
    url: str,
    *,
    captured: datetime | None,
    content_type: str | None,
    seed: Seed | None,
    document: str | None = None,
    language: str | None = None,
    labels: list[LabelledBlock] | None = None,
) -> Article | Rejection:
    """The record of one HTML page. `document` and `language` (the site's code) are what the crawl knows of it; `labels`
    is filled with what each line of the page is, where somebody asks for it."""
    objects = page_object(seed, captured.date() if captured else None)
    decoded = decode_html(body, content_type)
    document = document or objects.document(url, language)
    try:
        root = parse_html(decoded.text)
    except TooDeep:
        return Rejection(Reason.TOO_LARGE, "elements nested deeper than can be read", url, document)
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
    page.warnings += decoded.warnings
    return _record(page, objects, document, labels)


def _unfound(page: Page) -> list[str]:
    """A warning for each selector of the seed that every article should answer and this page does not: most often the
    site has got another layout."""
    stated = page.seed.selectors if page.seed else None
    names = [name for name in ("title", "published", "body") if stated and getattr(stated, name)]
    return [f"{name}: the seed's selector finds nothing" for name in names if getattr(page.fields, name) is None]


def _tag(seed: Seed | None, language: str | None, document: str | None) -> str | None:
    code = language or (document or "").rpartition("/")[2]
    return seed.languages.get(code) if seed else None


def _record(
    page: Page, objects: PageObject, document: str, labels: list[LabelledBlock] | None = None
) -> Article | Rejection:
    title, candidates = choose_title(page)
    blocks = page.blocks
    item = json_article.find_item(page, title, _shown(page, title, blocks)) if _size(blocks) < 2 * THIN else None
    refused = refuse(page, blocks, title) if item is None or json_article.is_summary(page, item) else None
    if refused:
        return replace(refused, url=page.url, document=document)
    if item is not None:
        title = item.title if item.title and key(item.title) != key(title or "") else title
        page.fields = _filled(page.fields, item)
    if title is None:
        return Rejection(Reason.NO_TITLE, "no headline was found", page.url, document)
    headline = headline_element(page, title)
    others = other_articles(page, headline)
    blocks = _own(blocks, others)
    published, modified, dates, day = choose_moments(page, headline)
    section, sections = category(page, headline, title)
    names, bylines = authors(page, headline, blocks)
    told = _told(page, title, candidates, day, section)
    text = read_text(page, blocks, headline, others, item, told, names, with_labels=labels is not None)
    if labels is not None:
        labels += text.labels
    if says_nothing(text.lines, page):
        text = replace(text, lines=[])
    around = [*text.scope, *article_around(page, text.scope, headline)]
    files = attachments(page, around)
    if not text.lines and not files:
        brought = brought_by(page, around)
        is_shell = brought or (len(blocks) < _SHELL and page.tagged("script"))
        reason = Reason.SHELL if is_shell else Reason.NO_TEXT
        return Rejection(reason, brought or "no text and no attachment", page.url, document)
    if not text.lines:
        page.warnings.append(FILES_ONLY)
    page.warnings += rest_elsewhere(page, text.lines, text.scope, around)
    words = "\n".join(text.lines)
    declared, languages = _languages(page, text.lines, title)
    known = languages[0]
    own, versions = _address(page_links.canonical(page), document), page_links.alternates(page)
    return Article(
        url=own,
        title=title,
        text=words,
        language=known.tag,
        document=document,
        published_at=published,
        modified_at=modified,
        category=section,
        summary=text.summary,
        authors=names,
        tags=tags(page, headline),
        images=images(page, text.scope),
        attachments=files,
        story=objects.story(document) or page_links.story(versions, own, known.tag),
        alternates=versions,
        declared_language=declared,
        language_confidence=known.confidence,
        languages=tuple(language.tag for language in languages),
        warnings=tuple(dict.fromkeys(page.warnings)),
        dropped_share=text.dropped,
        candidates=(*candidates, *dates, *sections, *bylines),
    )


def _address(own: str, document: str) -> str:
    """The article's address: that by which the crawl knows it, where the page's own leaves out what its listing has
    shown to be no session."""
    try:
        return document if canonical_url(document) == own else own
    except ValueError:  # a portal's own number
        return own


def _filled(fields: Fields, item: json_article.Item) -> Fields:
    """What a page object found, and for the rest what the payload tells."""
    return replace(
        fields,
        published=fields.published or item.published,
        modified=fields.modified or item.modified,
        images=fields.images or tuple(Image(src) for src in [item.image] if src),
        category=fields.category or item.section,
        authors=fields.authors or item.authors or None,
        tags=fields.tags or item.tags or None,
    )


def _own(blocks: list[Block], others: frozenset[html.HtmlElement]) -> list[Block]:
    """The lines of a page without those of other articles on it."""
    if not others:
        return blocks
    return [b for b in blocks if others.isdisjoint((b.element, *b.element.iterancestors("article")))]


def _told(
    page: Page, title: str, candidates: list[Candidate], day: str | None, section: str | None
) -> list[str | None]:
    """The words of other fields, which a page repeats on lines of their own."""
    return [
        title,
        *(c.raw for c in candidates if c.chosen or c.source not in ("h2", "bold", "line")),
        page.fields.published,
        day,
        section,
        f"{day} / {section}" if day and section else None,
    ]


def _languages(page: Page, lines: list[str], title: str) -> tuple[str | None, tuple[Language, ...]]:
    """(the language that the page declares, those that its words are in); a contradiction is a warning."""
    declared = page_links.declared_language(page)
    known, *others = identify_languages(lines, title, declared, page_links.passage_languages(page))
    if known.tag == "und" and declared and sum(map(length, lines)) < _FEW:
        known = replace(known, tag=declared)
    if declared and known.tag != "und" and not any(may_be(declared, language.tag) for language in (known, *others)):
        page.warnings.append(f"language: the page claims {declared}, its text is {known.tag}")
    return declared, (known, *others)


def _size(blocks: list[Block]) -> int:
    """Characters of running text on a page."""
    return sum(b.size for b in blocks if b.place == "body" and b.links < 0.3 and b.size >= 40)


def _shown(page: Page, title: str | None, blocks: list[Block]) -> int:
    """Characters of text that a page shows with its headline: its payload is asked for more, not for a summary."""
    return _size(blocks) if title and headline_element(page, title) is not None else 0


def read_answer(
    body: bytes,
    url: str,
    *,
    captured: datetime | None,
    seed: Seed | None,
    content_type: str = "",
    document: str | None = None,
    language: str | None = None,
) -> Article | Rejection:
    """The record of an API's answer, where the platform has one. `document` and `language` as in `read_page`."""
    objects = page_object(seed, captured.date() if captured else None)
    document = document or objects.document(url, language)
    answer = read_json(body, content_type)
    fields = objects.read_json(answer, url)
    if fields is None:
        return Rejection(Reason.NOT_HTML, "JSON that the platform does not know", url, document)
    if isinstance(fields, Rejection):
        return replace(fields, url=url, document=document)
    language = language or objects.answer_language(answer, url)
    address = document if document.startswith(("http://", "https://")) else url  # of the page, not of the API
    return _record(
        Page(html.Element("html"), address, captured, seed, fields, _tag(seed, language, document)), objects, document
    )
