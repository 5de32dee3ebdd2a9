"""The headline on a page that marks none: no heading, no bold line, and a <title> that names the site only, as old
systems and boards of authorities write them. A row of facts tells it, or it is the line above the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from crawler.extraction.dates import read_dates
from crawler.extraction.lines.boilerplate_phrases import is_label
from crawler.extraction.lines.datelines import is_dateline
from crawler.extraction.lines.fact_lines import states_facts
from crawler.extraction.markup.dom import SENTENCE_ENDS, even, key, text_of, word_count
from crawler.extraction.markup.text_blocks import Block
from crawler.extraction.page.frame import in_frame
from crawler.extraction.page.masthead import section_names
from crawler.extraction.page.page import Page
from crawler.extraction.words import vocabulary

_WORDS = 3  # that a headline has at least
_LONG = 200  # characters that it has at most
_PARAGRAPH = 80  # characters of a line that is surely text
_ABOVE = 4  # lines above the text among which the headline stands
_FACTS = 8  # lines between a headline and the text that tell of the article: office, day, readers, files
_LINKED = 0.5  # share of links in what leads elsewhere
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)")
_ENDS = " \t-–—|/·•:,()[]"
CELLS = frozenset("dt th td".split())
_TERMS = frozenset("dt th td label span b strong".split())


def unmarked_headlines(page: Page) -> Iterator[str]:
    """What tells the headline of such a page, the surest first."""
    yield from labelled_headlines(page, _TERMS)
    yield from _above_text(page)


def above_text(page: Page) -> frozenset[str]:
    """Keys of the lines above the first paragraph of text; of all lines where there is none."""
    start = next((n for n, line in enumerate(page.blocks) if _is_text(line)), len(page.blocks))
    return frozenset(line.key for line in page.blocks[:start])


def bold_headline(page: Page) -> str | None:
    """The first line that is bold, or marked as a title, no sentence, and above the text, where there is one."""
    above = above_text(page)
    found = (text for _, text in page.bold_lines if key(text) in above)
    return next((text for text in found if not (text.endswith(".") and len(text) >= _PARAGRAPH)), None)


def over_facts(page: Page) -> str | None:
    """The line above the row of facts with the day, in a box above the text: what boards show as the headline, by
    whatever class. None where links or headings stand between."""
    lines = page.blocks
    start = next((n for n, line in enumerate(lines) if line.place == "body" and line.is_prose), 0)
    near = range(max(0, start - _FACTS), start)
    dated = next((n for n in near if _tells_day(lines[n].text, page)), 0)
    for line in reversed(lines[max(0, dated - _ABOVE) : dated]):
        if line.links >= _LINKED or line.place != "body":
            return None
        if _is_headline(line.text, page) and not is_label(line.text, set()) and not line.text.endswith(SENTENCE_ENDS):
            return str(line.text)
    return None


def _tells_day(line: str, page: Page) -> bool:
    """Whether a line is about a day, be it in the calendar of the page's country behind the word for it."""
    if is_dateline(line, page.zone):
        return True
    labelled = vocabulary("published", "date_label").opening(line) is not None or states_facts(line)
    return len(line) <= _PARAGRAPH and labelled and bool(read_dates(line, page.any_dates))


def labelled_headlines(page: Page, terms: frozenset[str]) -> Iterator[str]:
    """The words beside "Title:" in a table or list of facts, where elements of these tags are its labels."""
    for term in page.tagged(*terms):
        if (
            0 < page.sizes.get(term, 0) <= _PARAGRAPH
            and vocabulary("title_label").is_whole(text_of(term))
            and not in_frame(term)
        ):
            value: html.HtmlElement | None = term.getnext()
            text = text_of(value) if value is not None else even(term.tail)
            if _is_headline(text, page):
                yield text


def _above_text(page: Page) -> Iterator[str]:
    """The nearest line above the first paragraph that is no date, label or link, without the date beside it."""
    lines = page.blocks
    start = next((n for n, line in enumerate(lines) if _is_text(line)), 0)
    for line in reversed(lines[max(0, start - _ABOVE) : start]):
        if line.links >= _LINKED or line.place not in ("body", "heading"):
            return
        if is_dateline(line.text, page.zone) or is_label(line.text, set()):
            continue
        text = _without_dates(line.text, page)
        if _is_headline(text, page):
            yield text
            return


def _is_text(line: Block) -> bool:
    return line.place == "body" and line.links < _LINKED and len(line.text) >= _PARAGRAPH


def _is_headline(text: str, page: Page) -> bool:
    known = page.site_names | section_names() | {key(page.doc_title)}
    return len(text) <= _LONG and word_count(text) >= _WORDS and key(text) not in known


def _without_dates(text: str, page: Page) -> str:
    """A line without a date at its start or end."""
    for date in read_dates(text, page.any_dates):
        text = text.removeprefix(date.raw).removesuffix(date.raw) or text
    return _CLOCK.sub("", text).strip(_ENDS)
