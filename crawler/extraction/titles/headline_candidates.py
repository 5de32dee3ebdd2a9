"""Every title that a page gives: its headings, data for machines, and lines that show what they say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from crawler.extraction.lines.boilerplate_phrases import ends_article
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.markup.dom import even, has_digit, key, length, text_of, word_count
from crawler.extraction.page.masthead import section_names
from crawler.extraction.page.page import Page
from crawler.extraction.page.shown_headline import line_saying
from crawler.extraction.page.title_segments import ends_of, parts_of, separators_of
from crawler.extraction.structured.jsonld import strings
from crawler.extraction.titles.address_words import in_address
from crawler.extraction.titles.headline_fallback import (
    CELLS,
    above_text,
    bold_headline,
    labelled_headlines,
    over_facts,
    unmarked_headlines,
)
from crawler.extraction.words.vocabulary import vocabulary
from crawler.model import Candidate

LEAST = 3  # letters of a title
WORDS = 3  # that a heading has which is no label over a part of the page
LONG = 12  # letters of words that are not found in another place by chance
_INSTITUTION = vocabulary("institution")
_JOINTS = " -–—|/·•:,"  # what stands between two parts of a heading
_LABEL = 40  # characters of a link in a menu
_INSIDE = 4  # elements in a heading of which the first or last may be set apart
_HEADLINE = frozenset(("headline", "schema:headline"))


def title_candidates(page: Page) -> list[Candidate]:
    """Every title that the page gives, in the order in which they are believed when nothing else decides."""
    found: list[tuple[str, str]] = []
    if page.fields.title:
        found.append(("page-object", page.fields.title))
    shown_at = [(h, text) for h, text in page.headings[:6] if h.tag == "h1" or not _is_below(h)]
    found += [("h1" if h.tag == "h1" else "h2", _headline_in(h, text, page)) for h, text in shown_at]
    if (marked := _marked(page)) and all(key(text) != key(marked) for source, text in found if source == "h1"):
        found.append(("h1", marked))
    if page.article:
        found += [("jsonld", text) for text in strings(page.article.get("headline"))[:1]]
    found += [("og", text) for text in page.meta.get("og:title", [])[:1]]
    found += [("twitter", text) for text in page.meta.get("twitter:title", [])[:1]]
    if page.doc_title and not _is_file_name(page):
        found.append(("title", page.doc_title))
    found = [(source, text) for source, text in found if source != "h2" or not _is_label(text, page)]
    is_named = any(agreement(key(text), page.doc_title) for source, text in found if source in ("h1", "h2"))
    if not is_named and (labelled := next(labelled_headlines(page, CELLS), None)):
        found.append(("label", labelled))
    elif _names_place(found, page) and (shown_line := bold_headline(page) or over_facts(page)):
        found.append(("label", shown_line))
    others = [text for source, text in found if source != "h2" and key(text) not in page.mastheads]
    says_site_only = names_site(page, others)
    if says_site_only:
        above = above_text(page)
        found = [(source, text) for source, text in found if source != "h2" or key(text) in above]
    headings = (text for source, text in found if source in ("h1", "h2") and key(text) not in page.mastheads)
    shown = any(word_count(text) >= WORDS for text in headings)
    if all(key(text) in page.site_names for text in others) or (not shown and says_site_only):
        found += [("bold", text) for text in [bold_headline(page)] if text]
        if all(source not in ("h1", "h2", "bold") for source, _ in found):
            found += [("line", text) for text in islice(unmarked_headlines(page), 1)]
    elif not is_named:
        found += [("line", text) for text in islice(shown_parts(page), 1)]
    return [Candidate("title", even(text), text, source) for source, text in found if len(key(text)) >= LEAST]


def _marked(page: Page) -> str | None:
    """The words of the one element that microdata call the headline (schema.org), outside lists; None where several
    do: teasers are marked so too."""
    marked = [e for e in page.marked if e.get("itemprop") == "headline" or e.get("property") in _HEADLINE]
    texts = {text for e in marked if e.tag != "meta" and not _is_below(e) and (text := page.text_of(e))}
    return texts.pop() if len(texts) == 1 and len(marked) == 1 else None


def _headline_in(heading: html.HtmlElement, text: str, page: Page) -> str:
    """The words of a heading without its first or last element, where that is a date, or where data for machines has
    the rest as a title and not the whole: kickers and dates are set inside the heading to stand on its lines."""
    data = [page.doc_title, *page.meta.get("og:title", [])[:1], *page.meta.get("twitter:title", [])[:1]]
    data += strings(page.article.get("headline"))[:1] if page.article else []
    behind = next((d for d in data if word_count(d) > WORDS and text.endswith(d) and d != text), None)
    if behind and is_dateline(text.removesuffix(behind).strip(_JOINTS), page.zone):
        return behind
    if not 1 <= len(heading) <= _INSIDE or word_count(text) <= WORDS:
        return text
    for part in (heading[0], heading[-1]):
        words = text_of(part)
        rest = even(
            text.removeprefix(words) if part is heading[0] and not even(heading.text) else text.removesuffix(words)
        )
        rest = rest.strip(_JOINTS)
        if not words or rest == text or word_count(rest) < WORDS:
            continue
        if is_dateline(words, page.zone):
            return rest
        whole, alone = (sum(agreement(key(title), other) for other in data) for title in (text, rest))
        if alone > whole:
            return rest
    return text


def _is_below(heading: html.HtmlElement) -> bool:
    """Whether a heading is one of the page's footer, menu or margin."""
    return any(ancestor.tag in ("footer", "nav", "aside") for ancestor in heading.iterancestors())


def _is_label(heading: str, page: Page) -> bool:
    return ends_article(heading) or is_dateline(heading, page.zone)


def shown_parts(page: Page) -> Iterator[str]:
    """The parts of <title> in front of and behind a separator that the page shows on a line of their own: where it has
    no heading, that line is the headline. The part in front first, since names of sites mostly stand behind."""
    named = (part for part in ends_of(page.doc_title) if length(key(part)) >= LONG and key(part) not in page.site_names)
    return (part for part in named if line_saying(page, part) is not None)


def _is_file_name(page: Page) -> bool:
    """Whether <title> is the name of the page's file, a code: "pr260412en", at ".../2026/pr260412en.aspx"."""
    title = page.doc_title.strip()
    last = urlsplit(page.url).path.rstrip("/").rpartition("/")[2]
    return " " not in title and has_digit(title) and title.lower() in (last.lower(), last.rpartition(".")[0].lower())


def _names_place(found: list[tuple[str, str]], page: Page) -> bool:
    """Whether all that a page is called, heading by heading and part by part of its <title>, are labels of few words,
    and its lower headings are what links on it say: boards name so the place in the menu, and mark no headline."""
    lower = [text for source, text in found if source == "h2"]
    section = next((key(text) for heading, text in page.headings if heading.tag != "h1"), "")
    if section in section_names() and section in map(key, parts_of(page.doc_title)):
        return all(key(part) == section for part in shown_parts(page))  # "Notices" over "Ministry of Rivers - Notices"
    parts = [part for source, text in found if source != "h2" for part in (text, *parts_of(text))]
    whole = {text for source, text in found if source in ("title", "og", "twitter") and len(parts_of(text)) > 1}
    if not lower or any(word_count(part) >= WORDS for part in parts if part not in whole):
        return False
    if any(word_count(text) >= WORDS for text in lower):
        return False
    linked = {key(page.tree.text(n)) for n in page.tree.tagged("a") if page.tree.sizes[n] <= _LABEL}
    first = key(lower[0])
    return first in linked or first in section_names() or any(key(part).startswith(first) for part in parts)


def names_site(page: Page, titles: list[str]) -> bool:
    """Whether the page has no other title in data than <title>, and no line outside its frame has the words of that:
    such a title is the same on all pages of a site."""
    words = key(page.doc_title)
    if set(titles) == {page.doc_title} and words in page.site_names:
        return True
    if set(titles) != {page.doc_title} or any(words == key(text_of(h)) for h in page.tagged("h1", "h2", "h3", "h4")):
        return False
    if in_address(page.doc_title, page.url):
        return False
    line = line_saying(page, page.doc_title)
    if line is not None and _INSTITUTION.find(page.doc_title) is not None:  # the authority's name over the page
        first = next((h for h in page.tagged("h1", "h2", "h3", "h4") if page.sizes.get(h)), None)
        return first is not None and page.tree.numbers[line] < page.tree.numbers[first]
    return line is None and not any(shown_parts(page))


def agreement(words: str, other: str) -> float:
    """1 for the same words, or these with a name in front or behind; half for what a colon sets off, since a headline
    may have a colon of its own; 0 for other words."""
    if words == key(other):
        return 1.0
    if length(words) < LONG or words not in key(other):
        return 0.0
    names = (m for m in separators_of(other).finditer(other) if ":" not in m[0])
    return 1.0 if any(words in (key(other[: m.start()]), key(other[m.end() :])) for m in names) else 0.5
