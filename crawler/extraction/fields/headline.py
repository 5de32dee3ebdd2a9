"""The headline: candidates from all places where a page names itself, and a choice by how well they agree.

No place is right on all sites: og:title carries site names, <title> carries sections, and an h1 may be the logo."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.extraction.fields.headline_fallback import above_text, bold_headline, unmarked_headlines
from crawler.extraction.lines.boilerplate_phrases import ends_article, is_dateline
from crawler.extraction.markup.dom import even, key, length, text_of, word_count
from crawler.extraction.page.page import Page
from crawler.extraction.page.site_names import names_host
from crawler.extraction.page.title_segments import SEPARATOR, ends_of
from crawler.extraction.structured.jsonld import strings
from crawler.model import Candidate

_MIN = 3
_WORDS = 3  # that a heading has which is no label over a part of the page
_SHOWN = 0.3  # what it counts for that readers see it: less than one place more that says the words in front of it too
_EDITED = 1.0  # what it counts for that heading and article data agree: editors write these, <title> and cards are for
# search and social networks, and mostly copies of one another
_SET_OFF = re.compile(r"\s+(?=[:;,.!?])")
_DATA = ("og", "twitter", "jsonld")
_JOINTS = " -–—|/·•:,"  # what stands between two parts of a heading
_INSIDE = 4  # elements in a heading of which the first or last may be set apart
_TELLING = 4  # letters of a word that two headlines of one article share
_LONG = 12  # letters of words that are not found in another place by chance


def title_candidates(page: Page) -> list[Candidate]:
    """Every title that the page gives, in the order in which they are believed when nothing else decides."""
    found: list[tuple[str, str]] = []
    if page.fields.title:
        found.append(("page-object", page.fields.title))
    shown_at = [(h, text) for h, text in page.headings[:6] if h.tag == "h1" or not _is_below(h)]
    found += [("h1" if h.tag == "h1" else "h2", _headline_in(h, text, page)) for h, text in shown_at]
    if page.article:
        found += [("jsonld", text) for text in strings(page.article.get("headline"))[:1]]
    found += [("og", text) for text in page.meta.get("og:title", [])[:1]]
    found += [("twitter", text) for text in page.meta.get("twitter:title", [])[:1]]
    if page.doc_title:
        found.append(("title", page.doc_title))
    found = [(source, text) for source, text in found if source != "h2" or not _is_label(text, page)]
    others = [text for source, text in found if source != "h2"]
    names_site = _names_site(page, others)
    if names_site:
        above = above_text(page)
        found = [(source, text) for source, text in found if source != "h2" or key(text) in above]
    shown = any(word_count(text) >= _WORDS for source, text in found if source in ("h1", "h2"))
    if all(key(text) in page.site_names for text in others) or (not shown and names_site):
        found += [("bold", text) for text in [bold_headline(page)] if text]
        if all(source not in ("h1", "h2", "bold") for source, _ in found):
            found += [("line", text) for text in islice(unmarked_headlines(page), 1)]
    elif not any(_agreement(key(text), page.doc_title) for source, text in found if source in ("h1", "h2")):
        found += [("line", text) for text in islice(_shown_parts(page), 1)]
    return [Candidate("title", even(text), text, source) for source, text in found if len(key(text)) >= _MIN]


def _headline_in(heading: html.HtmlElement, text: str, page: Page) -> str:
    """The words of a heading without its first or last element, where that is a date, or where data for machines has
    the rest as a title and not the whole: kickers and dates are set inside the heading to stand on its lines."""
    if not 1 <= len(heading) <= _INSIDE or word_count(text) <= _WORDS:
        return text
    data = [page.doc_title, *page.meta.get("og:title", [])[:1], *page.meta.get("twitter:title", [])[:1]]
    data += strings(page.article.get("headline"))[:1] if page.article else []
    for part in (heading[0], heading[-1]):
        words = text_of(part)
        rest = even(
            text.removeprefix(words) if part is heading[0] and not even(heading.text) else text.removesuffix(words)
        )
        rest = rest.strip(_JOINTS)
        if not words or rest == text or word_count(rest) < _WORDS:
            continue
        if is_dateline(words, page.zone, page.captured):
            return rest
        whole, alone = (sum(_agreement(key(title), other) for other in data) for title in (text, rest))
        if alone > whole:
            return rest
    return text


def _is_below(heading: html.HtmlElement) -> bool:
    """Whether a heading is one of the page's footer, menu or margin."""
    return any(ancestor.tag in ("footer", "nav", "aside") for ancestor in heading.iterancestors())


def _is_label(heading: str, page: Page) -> bool:
    return ends_article(heading) or is_dateline(heading, page.zone, page.captured)


def _shown_parts(page: Page) -> Iterator[str]:
    """The parts of <title> in front of and behind a separator that the page shows on a line of their own: where it has
    no heading, that line is the headline. The part in front first, since names of sites mostly stand behind."""
    named = (
        part for part in ends_of(page.doc_title) if length(key(part)) >= _LONG and key(part) not in page.site_names
    )
    return (part for part in named if page.line_saying(part) is not None)


def _names_site(page: Page, titles: list[str]) -> bool:
    """Whether the page has no other title in data than <title>, and no line outside its frame has the words of that:
    such a title is the same on all pages of a site."""
    words = key(page.doc_title)
    if set(titles) == {page.doc_title} and words in page.site_names:
        return True
    if set(titles) != {page.doc_title} or any(words == key(text_of(h)) for h in page.tagged("h1", "h2", "h3", "h4")):
        return False
    return page.line_saying(page.doc_title) is None and not any(_shown_parts(page))


def choose_title(page: Page) -> tuple[str | None, list[Candidate]]:
    """The headline without site names, and all candidates with the chosen one marked."""
    candidates = title_candidates(page)
    wanted = page.seed.selectors.title_from if page.seed else None
    pool = [c for c in candidates if c.source == wanted] or candidates
    best = next((c for c in pool if c.source == "page-object"), None) or _lone(pool, page)
    best = best or _shown_alone(pool, page) or _stated(pool, page) or _best(pool, candidates, page)
    if best is None:
        return None, candidates
    title = without_site(best.value, page, [c.value for c in candidates if c is not best])
    title = _completed(_unfused(title, candidates), page)
    return title, [Candidate(c.field, title if c is best else c.value, c.raw, c.source, c is best) for c in candidates]


def _lone(pool: list[Candidate], page: Page) -> Candidate | None:
    """What the page shows as its headline where nothing in data says it: the first lower heading of several words, or a
    line marked as a title, beside a <title> that names the site only."""
    shown = [c for c in pool if c.source in ("h2", "bold", "line") and word_count(c.value) >= _WORDS]
    is_alone = all(c.source in ("h2", "bold", "line", "title", "og", "twitter") for c in pool) and bool(shown)
    stated = [c.value for c in pool if c.source in ("title", "og", "twitter")]
    return shown[0] if is_alone and _names_site(page, stated) else None


def _shown_alone(pool: list[Candidate], page: Page) -> Candidate | None:
    """The first main heading of several words, where nothing that a page says of itself in data is shown on it: what
    readers see is the headline, and the data are for search and social networks. An article's own data are believed."""
    headings = [c for c in pool if c.source == "h1"]
    data = [c for c in pool if c.source in ("og", "twitter", "title")]
    if page.article or not headings or not data or any(c.source in ("h2", "bold", "line") for c in pool):
        return None
    first = headings[0]
    if word_count(first.value) < _WORDS or key(first.value) in page.site_names:
        return None
    if any(_agreement(key(h.value), c.value) for h in headings for c in data):
        return None
    shown = any(
        page.line_saying(end) is not None for c in data for end in ends_of(c.value) if length(key(end)) >= _LONG
    )
    return None if shown else first


def _stated(pool: list[Candidate], page: Page) -> Candidate | None:
    """The headline in the article's own data, where no other place has its words: what the newsroom itself calls the
    article. Where <title> has them too, both are for search engines."""
    stated = next((c for c in pool if c.source == "jsonld"), None)
    if stated is None or stated.value.endswith(("…", "...")) or word_count(stated.value) <= _WORDS:
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
    best, best_score = None, -math.inf
    for candidate in pool:
        words = key(candidate.value)
        others: dict[str, float] = {}
        for c in candidates:
            if c.source != candidate.source:
                others[c.source] = max(others.get(c.source, 0.0), _agreement(words, c.value))
        score = sum(others.values()) + (_SHOWN if candidate.source in ("h1", "page-object") else 0.0)
        if candidate.source == "h2" and not any(others.values()) and not page.mastheads:
            score -= 1.0
        if candidate.source == "h1" and others.get("jsonld") == 1.0 and word_count(candidate.value) > _WORDS:
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
    return max([title, *same], key=lambda spelling: sum(1 for word in spelling.split() if key(word)))


def _completed(title: str, page: Page) -> str:
    """A title that data for machines cut short ("The harbour gets..."), as a heading or title line has it."""
    start = title.removesuffix("...").removesuffix("…").rstrip()
    if start == title or len(key(start)) < _LONG:
        return title
    shown = [text_of(h) for h in page.tagged("h1", "h2", "h3", "h4")] + [text for _, text in page.bold_lines]
    return next((text for text in shown if text.startswith(start) and text != title), title)


def _agreement(words: str, other: str) -> float:
    """1 for the same words, or these with a name in front or behind; half for what a colon sets off, since a headline
    may have a colon of its own; 0 for other words."""
    if words == key(other):
        return 1.0
    if length(words) < _LONG or words not in key(other):
        return 0.0
    names = (m for m in SEPARATOR.finditer(other) if ":" not in m[0])
    return 1.0 if any(words in (key(other[: m.start()]), key(other[m.end() :])) for m in names) else 0.5


def without_site(title: str, page: Page, others: list[str]) -> str:
    """`title` without the site's or section's name in front or behind, where another candidate or the site's own name
    proves that it is one."""
    keys = {key(other) for other in others}
    if key(title) in {key(text) for h, text in page.headings if h.tag == "h1"}:
        return title
    for match in reversed(list(SEPARATOR.finditer(title))):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        first = SEPARATOR.split(tail, maxsplit=1)[0]  # "Headline | The Paper | All the news"
        site_ends = key(first) in page.site_names or names_host(first, page)
        site_begins = key(head) in page.site_names or names_host(head, page)
        if len(key(head)) >= _MIN and not site_begins and (key(head) in keys or site_ends):
            return head
        if len(key(tail)) >= _MIN and not site_ends and (key(tail) in keys or site_begins):
            return tail
    return title
