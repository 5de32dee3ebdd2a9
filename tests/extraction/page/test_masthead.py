"""Main headings that name the site or a section are no headlines; those that only sound so are."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.model import Article

TEXT = (
    "<p>The minister opened twelve gauging stations along the river on Tuesday and said that the data would be open."
    "</p><p>The stations measure the level of the water every ten minutes and send it to the office at once.</p>"
)
NEWS = "Twelve stations opened on the Sarda"


def title_of(head: str, body: str) -> str:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    article = extract(page.encode(), "https://rivers.example/news/1")
    assert isinstance(article, Article), article
    assert "\nThe minister opened" in f"\n{article.text}", article.text
    return article.title


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>Ministry of Rivers - {NEWS}</title>", f"<h1>Ministry of Rivers</h1><h2>{NEWS}</h2>{TEXT}"),
        (f"<title>Rivers » Blog Archive » {NEWS}</title>", f"<h1><a href='/'>Rivers</a></h1><h2>{NEWS}</h2>{TEXT}"),
        (f"<title>{NEWS} | Ministry of Rivers</title>", f"<h1>Ministry of Rivers</h1><h3>{NEWS}</h3>{TEXT}"),
        (f"<meta property='og:title' content='{NEWS}'>", f"<h1>The voice of rivers</h1><h2>{NEWS}</h2>{TEXT}"),
        ("<title>News</title>", f"<h1>News</h1><h2>{NEWS}</h2>{TEXT}"),
        ("<title>Новости - Портал</title>", f"<h1>Новости</h1><h2>{NEWS}</h2><p>24.11.2026</p>{TEXT}"),
        (
            "<title>Ministry of Rivers</title>",
            f"<h1>Ministry of Rivers</h1><h2>{NEWS}</h2>{TEXT}<footer>© Ministry of Rivers</footer>",
        ),
    ],
)
def test_the_headline_is_below_a_masthead(head: str, body: str) -> None:
    assert title_of(head, body) == NEWS


@pytest.mark.parametrize(
    ("title", "head", "below"),
    [
        (NEWS, f"<title>{NEWS}</title>", f"<h2>Levels are read every ten minutes</h2>{TEXT}"),
        (NEWS, f"<title>{NEWS} | News of the ministry</title>", f"{TEXT}<h3>News of the ministry</h3>"),
        # It begins with the name of an authority, and is not what signs the page.
        ("Ministry opens stations", "<title>Ministry opens stations</title>", f"<h2>{NEWS}</h2>{TEXT}"),
        # A heading that leads to another item is not this one's.
        ("News of rivers", "<title>News of rivers</title>", f"<h2><a href='/news/2'>{NEWS}</a></h2>{TEXT}"),
    ],
)
def test_a_headline_stays_one(title: str, head: str, below: str) -> None:
    assert title_of(head, f"<h1>{title}</h1>{below}") == title


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        (f"<title>{NEWS}</title>", f"<h1><span>24 November 2026</span> {NEWS}</h1>"),
        (f"<title>{NEWS}</title>", f"<h1>{NEWS} <small>24.11.2026</small></h1>"),
        (f"<title>Rivers - {NEWS}</title>", f"<h1><span>Protection of the valley</span> {NEWS}</h1>"),
        (f"<meta property='og:title' content='{NEWS}'>", f"<h1><em>Floods</em> - {NEWS}</h1>"),
    ],
)
def test_dates_and_kickers_inside_a_heading_are_no_part_of_the_headline(head: str, heading: str) -> None:
    assert title_of(head, heading + TEXT) == NEWS


def test_a_kicker_stays_where_all_data_has_it() -> None:
    head = f"<title>Floods: {NEWS}</title><meta property='og:title' content='Floods: {NEWS}'>"
    assert title_of(head, f"<h1><span>Floods:</span> {NEWS}</h1>{TEXT}") == f"Floods: {NEWS}"


BOARD = (
    "<ul><li><a href='/a'>Notices</a></li><li><a href='/b'>Press room</a></li></ul><h2>Press room</h2>"
    f"<div><strong>{NEWS}</strong></div><p>2026-11-24</p>"
)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Press room | News | Rivers</title>", f"<h1><a href='/'>Rivers</a></h1>{BOARD}{TEXT}"),
        ("<title>보도자료 | 알림 | 수자원부</title>", f"<h1><a href='/'>수자원부</a></h1>{BOARD}{TEXT}"),
    ],
)
def test_headings_that_name_a_place_in_the_menu_leave_the_headline_to_the_line_that_is_marked(
    head: str, body: str
) -> None:
    assert title_of(head, body) == NEWS


def test_a_heading_of_the_kind_of_text_and_a_title_that_is_the_files_name_are_no_headline() -> None:
    kind = "<h1>PRESS RELEASE BY THE MINISTRY FOR WATER</h1>"
    page = f"<title>pr260412en</title><body>{kind}<div class=pr-title>{NEWS}</div>{TEXT}</body>"
    article = extract(page.encode(), "https://rivers.example/2026/pr260412en.aspx")
    assert isinstance(article, Article) and article.title == NEWS
    alone = f"<title>{NEWS}</title><body>{kind}{TEXT}</body>"
    article = extract(alone.encode(), "https://rivers.example/2026/pr260412en.aspx")
    assert isinstance(article, Article) and article.title == NEWS
