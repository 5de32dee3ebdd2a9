"""Pages in the shapes of ministry portals: every date line, headline, body and frame against a known record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from crawler import extract
from crawler.model import Article
from tests.extraction.portal_parts import BODIES, CAPTURED, DATES, FRAMES, HEADS, SEED, WORDS


def cases() -> Iterator[tuple[str, str, str, str, str]]:
    """Each part with each frame in Russian, each date line and body in the other languages."""
    for frame in FRAMES:
        yield from (("ru", date_line, "h1", "p", frame) for date_line in DATES)
        yield from (("ru", "seconds", head, "p", frame) for head in HEADS)
        yield from (("ru", "comma", "no heading", body, frame) for body in BODIES)
    for language in WORDS:
        yield from ((language, date_line, "og", "p", "blocks") for date_line in DATES)
        yield from ((language, "words", "h1", body, "elements") for body in BODIES)


@pytest.mark.parametrize("case", sorted(set(cases())), ids="-".join)
def test_portal(case: tuple[str, str, str, str, str]) -> None:
    language, date_line, head, body, frame = case
    words = WORDS[language]
    markup, tells_time, tells_section = DATES[date_line]
    top, _, headline = HEADS[head](words).rpartition("<body>|")
    inner = "<body>" + FRAMES[frame](words, headline, markup(words), BODIES[body](words))
    page = f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'>{top}{inner}</body></html>"
    record = extract(page.encode(), "https://portal.example/news/17", captured=CAPTURED, seed=SEED)
    assert isinstance(record, Article), record
    assert record.title == words.title
    assert record.paragraphs == words.paragraphs
    assert record.language == language
    assert record.category == (words.section if tells_section else None)
    published = record.published
    assert isinstance(published, datetime) is tells_time
    assert (published.date() if isinstance(published, datetime) else published) == date(2026, 3, 5)
    if isinstance(published, datetime):
        assert published.strftime("%H:%M%z") == "14:20+0500"


def test_a_day_that_a_sentence_tells_of_is_not_when_it_was_published() -> None:
    title = "Council meets next week"
    page = (
        f"<html lang='en'><head><title>{title}</title></head><body><main><h1>{title}</h1>"
        "<p>The council meets on 20 February 2026 in the small hall of the town library.</p>"
        "<p>Everybody who wants to speak can sign up at the desk until the evening before.</p></main></body></html>"
    )
    record = extract(page.encode(), "https://portal.example/news/18", captured=CAPTURED, seed=SEED)
    assert isinstance(record, Article)
    assert record.published is None
