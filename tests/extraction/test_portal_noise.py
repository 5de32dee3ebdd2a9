"""Portals with all that they set around an article, thrown together by chance: the record stays the same. The chance is
the same in every run; a case is told by its number."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import pytest

from crawler import extract
from crawler.model import Article
from tests.extraction.portal_noise import ABOVE, AROUND, BELOW, FOOT, some
from tests.extraction.portal_parts import BODIES, CAPTURED, DATES, FRAMES, HEADS, SEED, WORDS

CASES = 400
HEADERS = ("<div class=header>{}</div>", "<header>{}</header>", "<div>{}</div>")
FOOTERS = ("<div class=bottom>{}</div>", "<footer>{}</footer>", "<div>{}</div>")


@pytest.mark.parametrize("number", range(CASES))
def test_a_record_is_the_same_whatever_stands_around_it(number: int) -> None:
    chance = Random(number)  # noqa: S311 - no secret
    language = chance.choice(sorted(WORDS))
    words, around = WORDS[language], AROUND[language]
    date_line, head, body, frame = (chance.choice(sorted(parts)) for parts in (DATES, HEADS, BODIES, FRAMES))
    markup, tells_time, tells_section = DATES[date_line]
    top, _, headline = HEADS[head](words).rpartition("<body>|")
    page = (
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'>{top}<body>"
        f"{chance.choice(HEADERS).format(some(ABOVE, words, around, chance))}"
        f"{FRAMES[frame](words, headline, markup(words), BODIES[body](words) + some(BELOW, words, around, chance))}"
        f"{chance.choice(FOOTERS).format(some(FOOT, words, around, chance))}</body></html>"
    )
    record = extract(page.encode(), "https://portal.example/news/17", captured=CAPTURED, seed=SEED)
    case = (language, date_line, head, body, frame)
    assert isinstance(record, Article), (case, record)
    assert record.title == words.title, case
    assert record.paragraphs == words.paragraphs, case
    assert record.language == language
    assert record.category in ((words.section,) if tells_section else (None, words.section)), case
    published = record.published
    assert isinstance(published, datetime) is tells_time, case
    assert (published.date() if isinstance(published, datetime) else published) == date(2026, 3, 5), case
    if isinstance(published, datetime):
        assert published.strftime("%H:%M%z") == "14:20+0500"
