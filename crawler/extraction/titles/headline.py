"""The headline: candidates from all places where a page names itself, and a choice by how well they agree.

No place is right on all sites: og:title carries site names, <title> carries sections, and an h1 may be the logo."""

from __future__ import annotations

import math
import re
from html import unescape

from crawler.extraction.markup.dom import key, length, text_of, word_count
from crawler.extraction.page.page import Page
from crawler.extraction.page.shown_headline import line_saying
from crawler.extraction.page.site_names import names_host
from crawler.extraction.page.title_segments import ends_of, separators_of
from crawler.extraction.structured.jsonld import strings
from crawler.extraction.titles.headline_candidates import (
    LEAST,
    LONG,
    WORDS,
    agreement,
    names_site,
    title_candidates,
)
from crawler.model import Candidate

_SHOWN = 0.3  # what it counts for that readers see it: less than one place more that says the words in front of it too
_EDITED = 1.0  # what it counts for that heading and article data agree: editors write these, <title> and cards are for
# search and social networks, and mostly copies of one another
_SET_OFF = re.compile(r"\s+(?=[:;,.!?])")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,31});")  # left where it was escaped twice
_DASHES = ":|-–—"
_DATA = ("og", "twitter", "jsonld")
_TELLING = 4  # letters of a word that two headlines of one article share
_COPIED = 40  # letters that copies of one title begin with; sites put their name behind
_SHARED = 3  # long words of two titles about the same


def choose_title(page: Page) -> tuple[str | None, list[Candidate]]:
    """The headline without site names, and all candidates with the chosen one marked."""
    candidates = title_candidates(page)
    wanted = page.seed.selectors.title_from if page.seed else None
    pool = [c for c in candidates if c.source == wanted] or candidates
    best = next((c for source in ("page-object", "label") for c in pool if c.source == source), None)
    best = best or _lone(pool, page)
    best = best or _shown_alone(pool, page) or _stated(pool, page) or _best(pool, candidates, page)
    if best is None:
        return None, candidates
    above = _said_above(page, _long_ends(page.doc_title)) if best.source == "title" else None
    title = without_site(best.value, page, [*(c.value for c in candidates if c is not best), *filter(None, [above])])
    title = _REFERENCE.sub(lambda match: unescape(match[0]), _completed(_unfused(title, candidates), page))
    return title, [Candidate(c.field, title if c is best else c.value, c.raw, c.source, c is best) for c in candidates]


def _lone(pool: list[Candidate], page: Page) -> Candidate | None:
    """What the page shows as its headline where nothing in data says it: the first lower heading of several words, or a
    line marked as a title, beside a <title> that names the site only."""
    shown = [c for c in pool if c.source in ("h2", "bold", "line") and word_count(c.value) >= WORDS]
    is_alone = all(c.source in ("h2", "bold", "line", "title", "og", "twitter") for c in pool) and bool(shown)
    stated = [c.value for c in pool if c.source in ("title", "og", "twitter")]
    return shown[0] if is_alone and names_site(page, stated) else None


def _shown_alone(pool: list[Candidate], page: Page) -> Candidate | None:
    """The first main heading of several words, where nothing that a page says of itself in data is shown on it: what
    readers see is the headline, and the data are for search and social networks. An article's own data are believed."""
    headings = [c for c in pool if c.source == "h1"]
    data = [c for c in pool if c.source in ("og", "twitter", "title")]
    if not headings or not data or any(c.source in ("h2", "bold", "line") for c in pool):
        return None
    first = headings[0]
    if word_count(first.value) < WORDS or key(first.value) in page.site_names:
        return None
    if page.article and not _are_copies(first, [c for c in pool if c.source in (*_DATA, "title")]):
        return None
    if any(agreement(key(h.value), c.value) for h in headings for c in data):
        return None
    ends = {key(end): end for c in data for end in ends_of(c.value) if length(key(end)) >= LONG}
    if _said_above(page, set(ends)):
        return None
    return None if any(line_saying(page, end) is not None for end in ends.values()) else first


def _said_above(page: Page, wanted: set[str]) -> str | None:
    """The lower heading above the first main one that says one of these: then the main ones are the text's own."""
    tree = page.tree
    first = next((n for n in tree.tagged("h1") if tree.sizes[n]), 0)
    above = (tree.text(n) for tag in ("h2", "h3", "h4") for n in tree.tagged(tag) if n < first)
    return next((text for text in above if key(text) in wanted), None)


def _long_ends(title: str) -> set[str]:
    return {words for end in ends_of(title) if length(words := key(end)) >= LONG}


def _is_agreed(pool: list[Candidate], page: Page) -> bool:
    """Whether the main heading and <title> say the same, and the article's data name it so too, or there is no card for
    social networks: a newsroom that writes such cards words each place by itself, and means its data."""
    heading = next((key(c.value) for c in pool if c.source == "h1" and word_count(c.value) > WORDS), None)
    if heading is None or not agreement(heading, page.doc_title):
        return False
    named = page.article is not None and heading in map(key, strings(page.article.get("name")))
    return named or all(c.source not in ("og", "twitter") for c in pool)


def _are_copies(heading: Candidate, data: list[Candidate]) -> bool:
    """Whether an article's data are all copies of one title, for search and social networks, that is about what the
    heading says in other words."""
    if word_count(heading.value) <= WORDS or len({key(c.value)[:_COPIED] for c in data}) != 1:
        return False
    return len(set(_long_words(heading.value)).intersection(_long_words(data[0].value))) >= _SHARED


def _stated(pool: list[Candidate], page: Page) -> Candidate | None:
    """The headline in the article's own data, where no other place has its words: what the newsroom itself calls the
    article. Where <title> has them too, both are for search engines."""
    stated = next((c for c in pool if c.source == "jsonld"), None)
    if stated is None or stated.value.endswith(("…", "...")) or word_count(stated.value) <= WORDS:
        return None
    if _is_agreed(pool, page):
        return None
    words, own = key(stated.value), set(_long_words(stated.value))
    others = [c.value for c in pool if c.source in ("h1", "og", "twitter", "title")]
    if words in page.site_names or any(words in key(other) or key(other) in words for other in others):
        return None
    return stated if any(own.intersection(_long_words(other)) for other in others) else None


def _long_words(title: str) -> list[str]:
    return [key(word) for word in title.split() if len(word) >= _TELLING]


def _best(pool: list[Candidate], candidates: list[Candidate], page: Page) -> Candidate | None:
    """The candidate with the most agreement: how many others hold its words (a title with the site's name behind it
    holds the headline), then the order of belief. The site's own name is no headline."""
    pool = [c for c in pool if key(c.value) not in page.site_names]
    shown = "title" if _said_above(page, _long_ends(page.doc_title)) else "h1"
    best, best_score = None, -math.inf
    for candidate in pool:
        words = key(candidate.value)
        others: dict[str, float] = {}
        for c in candidates:
            if c.source != candidate.source:
                others[c.source] = max(others.get(c.source, 0.0), agreement(words, c.value))
        score = sum(others.values()) + (_SHOWN if candidate.source in (shown, "page-object") else 0.0)
        if candidate.source == "h2" and not any(others.values()) and not page.mastheads:
            score -= 1.0
        if candidate.source == "h1" and others.get("jsonld") == 1.0 and word_count(candidate.value) > WORDS:
            score += _EDITED
        if score > best_score:
            best, best_score = candidate, score
    return best


def _unfused(title: str, candidates: list[Candidate]) -> str:
    """The spelling of `title` with the most words, and no blank that only stands between two inline elements: those
    fuse words, or set off a colon that the same words in data for machines do not."""
    same = [c.value for c in candidates if c.source in _DATA and key(c.value) == key(title)]
    if title.isupper():  # capitals are how it is shown
        title = next((spelling for spelling in same if not spelling.isupper()), title)
    if _SET_OFF.sub("", title) in same and title not in same:
        return _SET_OFF.sub("", title)
    if same and title not in same and (signed := next((s for s in same if _unsigned(s) == title), None)):
        return signed
    return max([title, *same], key=lambda spelling: sum(1 for word in spelling.split() if key(word)))


def _unsigned(title: str) -> str:
    """A title without the colons and dashes between its parts, which a heading leaves out where a style sheet sets its
    parts on lines of their own."""
    words = (word.removesuffix(":") if key(word) else word.strip(_DASHES) for word in title.split())
    return " ".join(word for word in words if word)


def _completed(title: str, page: Page) -> str:
    """A title that data for machines cut short ("The harbour gets..."), as a heading or title line has it."""
    start = title.removesuffix("...").removesuffix("…").rstrip()
    if start == title or len(key(start)) < LONG:
        return title
    shown = [text_of(h) for h in page.tagged("h1", "h2", "h3", "h4")] + [text for _, text in page.bold_lines]
    return next((text for text in shown if text.startswith(start) and text != title), title)


def without_site(title: str, page: Page, others: list[str]) -> str:
    """`title` without the site's or section's name in front or behind, where another candidate or the site's own name
    proves that it is one."""
    keys = {key(other) for other in others}
    shown = key(title) in {key(text) for h, text in page.headings if h.tag == "h1"}
    separators = separators_of(title)
    for match in reversed(list(separators.finditer(title))):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        first = separators.split(tail, maxsplit=1)[0]  # "Headline | The Paper | All the news"
        site_ends = key(first) in page.site_names or names_host(first, page)
        site_begins = key(head) in page.site_names or names_host(head, page)
        if shown:  # an editor's words, behind which a system sets the name of the site
            if key(tail) in page.site_names and word_count(head) > WORDS:
                return head
            continue
        if len(key(head)) >= LEAST and not site_begins and (key(head) in keys or site_ends):
            return head
        if len(key(tail)) >= LEAST and not site_ends and (key(tail) in keys or site_begins):
            return tail
    return title
