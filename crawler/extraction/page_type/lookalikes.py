"""What a page is, before anything is taken from it: an article, or one of the things that only look like one."""

from __future__ import annotations

from lxml import html

from crawler.discovery.markup.refresh import leads_to
from crawler.extraction.dates import find_dates
from crawler.extraction.lines import error_page_phrases
from crawler.extraction.lines.boilerplate_phrases import ends_article
from crawler.extraction.lines.contact_lines import is_reached
from crawler.extraction.lines.error_page_phrases import says
from crawler.extraction.markup.dom import SENTENCE_ENDS, even, key
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.masthead import section_names
from crawler.extraction.page.page import Page
from crawler.extraction.page.title_segments import parts_of
from crawler.extraction.page_type.cards import find_cards, is_abroad, leads_elsewhere
from crawler.extraction.page_type.doors import asks_password, is_door
from crawler.extraction.page_type.listing_score import is_listing, may_be_listing
from crawler.extraction.page_type.notice import NEAR, names_line, opens_notice
from crawler.extraction.page_type.signs import bounds_of_card_signs, card_signs, plain_signs
from crawler.extraction.page_type.tables import lists_in_table
from crawler.extraction.structured.jsonld import types_of
from crawler.model import Reason, Rejection

_FEW = 600  # characters of running text under which a strange title decides
_HARDLY = 200  # characters of running text under which any of the first lines decides
_LINES = 8  # of them
_BARE = 10  # links that a page without a menu has at most: as such stand the pages of a site that is down
_DATE_LINE = 120  # characters of a line that is about a date
_FEWEST_LINKS = 5  # of a listing
_FEWEST_CARDS, _MOST_UNDER, _TEASER = 3, 2, 25  # cards, sentences of one, characters of those
_HALF = 0.5  # share of a line that is a link, beside which a date may stand
_PARAGRAPH = 80  # characters
_NOTICE = 200  # characters under a headline that no teaser has


def refuse(page: Page, blocks: list[Block], title: str | None) -> Rejection | None:
    """Why the page cannot be an article, or None. Each answer rests on what the page shows, not on its address."""
    running = sum(b.size for b in blocks if b.place == "body" and b.links < 0.5 and b.size >= 40)
    names = [t for t in (title, page.doc_title, *(text for _, text in page.headings[:2])) if t]
    return (
        (_stated(page, blocks, names, running) if running < _FEW else None)
        or (Rejection(Reason.LISTING, "a page of search results") if _searches(page, names) else None)
        or (_only_named(page, title) if running < _FEW else None)
        or (Rejection(Reason.SHELL, _NOTHING_SHOWN) if _shows_nothing(page, blocks, title, running) else None)
        or (Rejection(Reason.NO_TEXT, _CONTACTS) if running < _HARDLY and _tells_contacts(page, blocks) else None)
        or (Rejection(Reason.LISTING, _LISTS) if _lists(page, blocks, title, running) else None)
    )


_NOTHING_SHOWN = "its title is shown nowhere outside its frame, and there is hardly any text"
_CONTACTS = "only how to reach somebody"
# Signs of which a notice among boxes of other items has none.
_OF_LISTS = ("filters", "list path", "list data", "prices")
_MANY_ENTRIES = 0.5  # that sign of seven items with a day each
_ITEM = 0.5  # and of an address of which as much may be a headline
_LISTS = "many links and hardly any text of its own"


def _lists(page: Page, blocks: list[Block], title: str | None, running: int) -> bool:
    if _is_of_links(page, blocks, title, running):
        return True
    if not _claims(page) and (lists_in_table(page, blocks) or _is_of_cards(page, blocks, title)):
        return True
    if len(page.tagged("a")) < _FEWEST_LINKS or not may_be_listing(found := plain_signs(page, blocks, title)):
        return False
    bounds = bounds_of_card_signs(page, blocks, found)
    if not may_be_listing(found, bounds):
        return False
    for part in card_signs(page, blocks, title):
        found |= part
        if not may_be_listing(found, bounds):
            return False
    if not is_listing(found):
        return False
    is_front = found["front"] > 0 and not _claims(page)  # a site's first page opens with one of its items
    # Words on what is listed open a listing; the address of a notice in front of dated items is that of an item.
    is_dated = found["entries"] >= _MANY_ENTRIES and not found["dated"] and found["slug"] < _ITEM
    return is_front or is_dated or not found["notice"] or any(found[name] for name in _OF_LISTS)


def _claims(page: Page) -> bool:
    """Whether data for machines call the page an article."""
    return bool(page.article) or "article:published_time" in page.meta or page.first_meta("og:type") == "article"


def _only_named(page: Page, title: str | None) -> Rejection | None:
    if title and key(title) in page.site_names and not page.article:
        return Rejection(Reason.NO_VERSION, "its title is only the name of the site")
    return None


def _shows_nothing(page: Page, blocks: list[Block], title: str | None, running: int) -> bool:
    """Whether a page with scripts has neither a headline nor text for readers: a notice of cookies, a footer or a clock
    is all that stands there."""
    if running >= _HARDLY or _claims(page) or not page.tagged("script"):
        return False
    names = {key(name) for name in (title or "", *parts_of(page.doc_title)) if name}
    own = [b for b in blocks if b.place in ("body", "heading") and b.links < 0.5 and not in_frame(b.element)]
    if any(b.place == "heading" or b.key in names for b in own):
        return False
    if running and any(find_dates(b.text, zone=None, captured=None) for b in own if b.size <= _DATE_LINE):
        return False
    return not any(map(page.links.file, page.tree.tagged("a")))


def _tells_contacts(page: Page, blocks: list[Block]) -> bool:
    """Whether a page outside its frame has an address to write to or a number to call, no sentence and no day."""
    own = [b for b in blocks if b.place in ("body", "heading") and not in_frame(b.element)]
    if _claims(page) or any(b.links < 0.5 and (b.size >= _PARAGRAPH or b.text.endswith(SENTENCE_ENDS)) for b in own):
        return False
    if any(find_dates(b.text, zone=None, captured=None) for b in own):
        return False
    return any(is_reached(b.text) for b in own if b.links < 0.5 or "@" in b.text)


def _stated(page: Page, blocks: list[Block], names: list[str], running: int) -> Rejection | None:
    """What a page with little text says in place of an article: in its title or main headings, or, where it has hardly
    any text, in one of its first lines."""
    parts = [*names, *(part for part in parts_of(page.doc_title) if " " in part or part.isdigit())]
    shown = [b.text for b in blocks if b.place in ("body", "heading") and b.links < 0.5][:_LINES]
    if running >= _HARDLY:
        shown = []
    is_bare = len(page.tagged("a")) <= _BARE
    if line := says(error_page_phrases.asks_for_person, parts):
        return Rejection(Reason.BLOCKED, f"a page that asks whether a person is there: {line[:80]!r}")
    if line := says(error_page_phrases.not_found, [*parts, *shown]):
        return Rejection(Reason.NO_VERSION, f"says it is not there: {line[:80]!r}")
    if is_bare and (line := says(error_page_phrases.down, [*parts, *shown])):
        return Rejection(Reason.SERVER_ERROR, f"says that the site is down: {line[:80]!r}")
    if asks_password(page) and (
        says(error_page_phrases.asks_for_password, parts) or (not _claims(page) and is_door(blocks, running))
    ):
        return Rejection(Reason.BLOCKED, "a page that asks for a password")
    if is_bare and says(error_page_phrases.asks_for_consent, parts):
        return Rejection(Reason.BLOCKED, "a page that asks for consent")
    if running < _HARDLY and (address := _led_on(page, names)):
        return Rejection(Reason.REDIRECT, f"leads to {address[:200]}")
    if page.tagged("script") and _only_wants_script(page, blocks):
        return Rejection(Reason.SHELL, "a page that only asks for a script to run")
    return None


def _led_on(page: Page, names: list[str]) -> str | None:
    """Where a page without a text of its own leads browsers: by a refresh (HTML Standard, 4.2.5.3), or by a script, of
    which only the words for it are known."""
    if address := leads_to(page.first_meta("refresh") or "", page.url, page.base):
        return address
    return "another address" if says(error_page_phrases.leads_on, names) else None


def _only_wants_script(page: Page, blocks: list[Block]) -> bool:
    """Whether a page has no other line than that scripts must be allowed."""
    lines = [b.text for b in blocks if b.place == "body" and b.links < 0.5 and len(b.text) >= 20]
    if not any(b.place in ("body", "heading") for b in blocks):
        lines = [even("".join(element.itertext())) for element in page.tagged("noscript")]
    return bool(lines) and all(error_page_phrases.wants_script(line) for line in lines)


def _searches(page: Page, names: list[str]) -> bool:
    """Whether the main heading, or data for machines, say that the page searches."""
    if any("SearchResultsPage" in types_of(item) for item in page.jsonld):
        return True
    return not _claims(page) and says(error_page_phrases.searches, names[:1] + names[2:]) is not None


def _is_of_links(page: Page, blocks: list[Block], title: str | None, running: int) -> bool:
    """True for a page of links: most of its words stand in links, and it does not claim to be an article."""
    if _claims(page):
        return False
    if not _has_more_links(blocks, running):
        return False  # nor has a part of the page
    main = [b for b in _own_part(page, blocks) if b.place != "frame" and not _is_of_files(page, b)]
    if not _has_more_links(main, running) or _has_long_text(blocks) or _opens_text(page, blocks, title):
        return False
    return not opens_notice(page, blocks, title, find_cards(page, blocks))


def _is_of_cards(page: Page, blocks: list[Block], title: str | None) -> bool:
    """Whether all sentences of a page without a date stand under headings that lead to other pages of the site, a few
    under each: services, projects, offices. Under the name of a section of news any link of several words does, and
    each has its date."""
    is_section = key(title or "") in section_names()
    heads = under = 0
    for block in blocks:
        if block.place not in ("body", "heading") or in_frame(block.element):
            continue
        is_head = block.place == "heading" or (is_section and block.links > _HALF and block.size >= _TEASER)
        if is_head:
            links = block.links > (_HALF if is_section else 0.7)  # a date may stand beside the link
            leads = links and leads_elsewhere(page, block.node) and not is_abroad(page, block.node)
            heads, under = heads + leads, _MOST_UNDER if leads else 0
            continue
        is_sentence = block.links < 0.5 and block.size >= _TEASER
        if is_sentence and not under:
            return False
        if not is_section and block.size <= _DATE_LINE and find_dates(block.text, zone=None, captured=None):
            return False
        under -= is_sentence
    return heads >= _FEWEST_CARDS


def _has_more_links(blocks: list[Block], running: int) -> bool:
    """Whether lines outside the frame link to several items, with more words than the page has `running` text."""
    links = [b.size for b in blocks if b.links > 0.7 and b.place != "frame"]
    return sum(size >= 30 for size in links) >= 5 and sum(links) > 1.5 * running


def _is_of_files(page: Page, block: Block) -> bool:
    """Whether a line's links all lead to files: these belong to an article."""
    links = page.tree.within(block.node, "a") if block.links > 0.7 else ()
    return bool(links) and all(map(page.links.file, links))


def _opens_text(page: Page, blocks: list[Block], title: str | None) -> bool:
    """Whether enough words without links follow the headline, or a line of several words that <title> begins or ends
    with, before any link to another item: a notice on a page full of links."""
    names = {key(page.doc_title), key(title or "")}
    start = next((n for n, b in enumerate(blocks) if any(names_line(b, name) for name in names)), None)
    size = 0
    for block in blocks[start + 1 : start + 1 + NEAR] if start is not None else ():
        if block.links > 0.7 and block.size >= 30:
            break
        size += block.size if block.place == "body" and block.links < 0.1 else 0
    return size >= _NOTICE


def _has_long_text(blocks: list[Block]) -> bool:
    """Whether one element holds several paragraphs: the teasers of a listing stand each in a card of its own."""
    sizes: dict[html.HtmlElement, list[int]] = {}
    for block in blocks:
        parent = block.element.getparent()
        if block.place == "body" and block.links < 0.3 and block.size >= _PARAGRAPH and parent is not None:
            sizes.setdefault(parent, []).append(block.size)
    return any(len(found) >= 3 and sum(found) >= _FEW for found in sizes.values())


def _own_part(page: Page, blocks: list[Block]) -> list[Block]:
    """The lines above the label over other items, where a heading that <title> begins with stands above it too: a short
    notice is often followed by more words of links than it has itself."""
    end = next((i for i, b in enumerate(blocks) if b.place != "frame" and ends_article(b.text)), None)
    if end is None or ends_article(page.doc_title):
        return blocks
    named = any(b.place == "heading" and page.names_page(b.text) for b in blocks[:end])
    return blocks[:end] if named else blocks
