"""Which date of a page is taken, and which day stays empty: whole pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import crawler
from crawler.model import Article

CAPTURED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TEXT = "The ministry opened three laboratories that test drinking water in the northern districts this year. "
LD = '<script type="application/ld+json">{{"@context":"https://schema.org","@type":"Article","datePublished":"{}"}}</script>'


def read(body: str, head: str = "", *, language: str = "en", url: str = "https://rivers.example/news/1") -> Article:
    page = (
        f'<!DOCTYPE html><html lang="{language}"><head><title>Wells of the north</title>{head}</head><body><main>'
        f"<h1>Wells of the north</h1>{body}<p>{TEXT}</p><p>{TEXT}</p></main></body></html>"
    )
    found = crawler.extract(page.encode(), url, captured=CAPTURED)
    assert isinstance(found, Article), found
    return found


def published(article: Article) -> str:
    return article.published.isoformat() if article.published else ""


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="dcterms.issued" content="2026-02-03">', "<div>2 March 2026</div>"),
        (LD.format("2026-02-03"), "<div>02.03.2026</div>"),
        ("", '<time datetime="2026-02-03">2 March 2026</time>'),
        ('<meta property="article:published_time" content="2026-11-20T08:58:00Z">', "<div>2 March 2026</div>"),
        (LD.format("2026-11-20T13:59:59+05:00"), "<div>2 March 2026</div>"),
    ],
)
def test_a_machine_date_that_is_changed_over_or_the_time_of_making_loses(head: str, body: str) -> None:
    article = read(body, head)
    assert published(article) == "2026-03-02"
    assert any("changed over" in warning or "was made" in warning for warning in article.warnings)


def test_a_machine_date_that_agrees_stays() -> None:
    article = read("<div>2 March 2026</div>", LD.format("2026-03-02T10:00:00+05:00"))
    assert published(article) == "2026-03-02T10:00:00+05:00"


@pytest.mark.parametrize(
    ("language", "body"),
    [("en", "<div>March 2026</div>"), ("ru", "<div>март 2026 года</div>"), ("zh", "<div>2026年3月</div>")],
)
def test_a_month_is_no_day_but_its_words_are_kept(language: str, body: str) -> None:
    article = read(body, language=language)
    assert published(article) == ""
    assert article.published_at is not None
    assert article.published_at.raw in body
    assert article.published_at.precision == "month"


def test_a_day_beside_a_month_in_the_data_is_taken() -> None:
    head = '<meta property="article:published_time" content="2026-03">'
    assert published(read("<div>12 March 2026</div>", head)) == "2026-03-12"


def test_figures_in_an_order_that_nothing_tells_leave_the_day_empty_and_tell_both() -> None:
    article = read("<div>07/01/2026</div>")
    assert published(article) == ""
    assert any("2026-01-07 or 2026-07-01" in warning for warning in article.warnings)
    told = {c.value for c in article.candidates if c.field == "published"}
    assert {"2026-01-07", "2026-07-01"} <= told


@pytest.mark.parametrize(
    ("url", "language", "body", "day"),
    [
        ("https://www.rivers.gov/n/1", "en", "<div>07/01/2026</div>", "2026-07-01"),
        ("https://www.rivers.gov.uk/n/1", "en", "<div>07/01/2026</div>", "2026-01-07"),
        ("https://rivers.example/n/1", "es", "<div>07/01/2026</div>", "2026-01-07"),
        ("https://rivers.example/n/1", "en", "<div>07/01/2026</div><ul><li>Wells 07/25/2026</li></ul>", "2026-07-01"),
        ("https://rivers.example/n/1", "en", "<div>07/25/2026</div>", "2026-07-25"),
        ("https://www.rivers.gov/n/1", "en", "<div>25/07/2026</div>", "2026-07-25"),
        ("https://rivers.example/n/1", "en", "<div>07/01/2026 5:06 p.m. PST</div>", "2026-07-01"),
        ("https://rivers.example/n/1", "en-GB", "<div>07/01/2026 5:06 p.m. EST</div>", ""),
        ("https://rivers.example/2026/07/01/n", "en", "<div>07/01/2026</div>", "2026-07-01"),
    ],
)
def test_the_order_of_figures(url: str, language: str, body: str, day: str) -> None:
    assert published(read(body, language=language, url=url))[:10] == day


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The Order of 3 May 2021 was last updated on 12 December 2024 and is now repealed."),
        ("ru", "Приказ министра от 3 мая 2021 г. обновлён 12 декабря 2024 г. и больше не действует."),
        ("zh", "2021年5月3日的规定于2024年12月12日修改，现予废止。"),
        ("de", "Verordnung vom 3. Mai 2021"),
        ("fr", "Vu le décret du 3 mai 2021"),
    ],
)
def test_the_day_of_an_act_is_not_that_of_publication(language: str, line: str) -> None:
    assert published(read(f"<p>{line}</p>", language=language)) == ""


@pytest.mark.parametrize(
    ("language", "event", "label"),
    [("en", "Meeting", "Published"), ("es", "Fecha del evento", "Publicado"), ("zh", "活动时间", "发布时间")],
)
def test_a_line_that_is_labelled_goes_before_another(language: str, event: str, label: str) -> None:
    body = f"<div>{event}: 2026-10-14</div><p>{label}: 2026-03-12</p>"
    assert published(read(body, language=language)) == "2026-03-12"


def test_a_guess_counts_only_where_the_page_states_the_day() -> None:
    assert published(read("<div>2026-01-111</div>")) == ""
    assert published(read("<div>R8.7.10</div>", language="en")) == ""


def test_a_day_without_a_year_is_the_last_one_and_says_so() -> None:
    article = read("<div>25 December, 14:05</div>", url="https://rivers.gov.uk/n/1")
    assert published(article) == "2025-12-25T14:05:00+00:00"
    assert any("no year is told" in warning for warning in article.warnings)
