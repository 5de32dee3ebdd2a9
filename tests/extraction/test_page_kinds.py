"""What themes and editors write around a text, each in its smallest form: floated pictures, speakers of quotations,
tabs opened by links, lists of files, signatures; days with a weekday, and moments that no reader sees."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.extraction.dates import parse_moment
from crawler.extraction.dates.weekdays import weekdays_beside
from crawler.model import Article

FIRST = "Work on the first of eleven weirs began on Monday at Staunton, where the old sill has stood since 1871."
SECOND = "The ramps cost 2.4 million pounds and are paid from the rivers fund."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
DAY = '<p class="date">5 March 2026</p>'


def read(body: str, head: str = "") -> Article:
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>New weir at Arrow | Rivers Office</title>'
        f'{head}</head><body><header><a href="/">Rivers Office</a></header>'
        f"<main><h1>New weir at Arrow</h1>{body}</main>"
        "<footer><p>Rivers Office</p></footer></body></html>"
    )
    article = extract(page.encode(), "https://rivers.example.org/n/1")
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("picture", ['<img align="right" src="a.jpg">', '<img style="float:left" src="a.jpg">'])
def test_words_that_run_around_a_picture_are_no_caption(picture: str) -> None:
    line = "Divers looked at the old sill first."
    assert list(read(f"{DAY}<p>{picture}{line}</p>{TEXT}").paragraphs) == [line, FIRST, SECOND]


def test_the_line_under_a_picture_is_its_caption() -> None:
    assert list(read(f'{DAY}{TEXT}<p><img src="a.jpg"><br>The weir</p>').paragraphs) == [FIRST, SECOND]


def test_who_said_a_quotation_is_text_and_no_author() -> None:
    quote, speaker = "A river that fish cannot climb is only half a river.", "Anna Holt, minister"
    box = (
        f'<div class="pullquote"><blockquote>{quote}</blockquote><span class="pullquote__author">{speaker}</span></div>'
    )
    article = read(f"{DAY}{TEXT}{box}<p>Anglers may use the left bank of the river from May.</p>")
    assert list(article.paragraphs)[2:4] == [quote, speaker]
    assert article.authors == ()


def test_tabs_that_links_open_are_text_and_boxes_are_not() -> None:
    more = "Eleven weirs were built between 1860 and 1880 to feed the mills of the valley."
    tabs = '<ul><li><a href="#a">Text</a></li><li><a href="#b">Background</a></li></ul>'
    panels = f'<div class="tab-pane show active" id="a">{TEXT}</div>'
    panels += f'<div class="tab-pane" id="b" style="display:none"><p>{more}</p><p>Two still turn.</p></div>'
    box = (
        '<a href="#m">Write to us</a><div id="m" style="display:none"><p>Leave us your address and we write.</p></div>'
    )
    assert list(read(f"{DAY}{tabs}<div>{panels}</div>{box}").paragraphs) == [FIRST, SECOND, more, "Two still turn."]


@pytest.mark.parametrize("label", ["Приложения", "Тіркелген файлдар", "Attached files"])
def test_a_label_and_links_to_files_are_no_text(label: str) -> None:
    files = f'<p>{label}: <a href="/f/a.pdf">Order.pdf</a> (24 Кб), <a href="/f/b.pdf">List.pdf</a> (1 MB)</p>'
    article = read(f"{DAY}<div>{TEXT}{files}</div>")
    assert list(article.paragraphs) == [FIRST, SECOND]
    assert len(article.attachments) == 2


def test_the_signature_of_a_speech_stays_with_its_office() -> None:
    signed = "<p>Thank you.</p><p>Anna Holt<br>Minister for Rivers</p>"
    article = read(f"{DAY}{TEXT}{signed}", '<meta name="author" content="Anna Holt">')
    assert list(article.paragraphs)[2:] == ["Thank you.", "Anna Holt", "Minister for Rivers"]


def test_the_sign_of_the_end_before_notes_is_kept() -> None:
    body = "<ul><li>Eleven weirs</li><li>Two mills</li></ul><p>Work began on Monday at Staunton.</p><p>It is cheap.</p>"
    body += f"<p>ENDS</p><p>Notes to editors</p><p>{SECOND}</p>"
    assert "ENDS" in read(DAY + body).paragraphs


@pytest.mark.parametrize(
    ("shown", "published"),
    [("Thursday 5 March 2026", "2026-03-05"), ("5 March 2026, 12:00", "2026-03-05T12:00:00+00:00")],
)
def test_noon_is_a_time_of_day_only_where_readers_see_it(shown: str, published: str) -> None:
    """Drupal writes a day without a time as noon in UTC."""
    article = read(f'<div><time datetime="2026-03-05T12:00:00Z">{shown}</time></div>{TEXT}')
    assert article.published
    assert article.published.isoformat() == published


def test_a_date_that_leads_to_its_day_is_the_page_s_own() -> None:
    time = '<a href="/2026/03/05/"><time datetime="2026-03-05T08:10:00+00:00">March 5, 2026</time></a>'
    article = read(f"<div>{time}</div>{TEXT}")
    assert article.published
    assert article.published.isoformat() == "2026-03-05T08:10:00+00:00"


def test_a_hidden_moment_of_change_is_not_that_of_publication() -> None:
    moments = '<span class="updated" style="display: none">2026-03-06T03:11:08+00:00</span><span>March 5th, 2026</span>'
    article = read(f"{TEXT}<div>By ict | {moments} | News</div>")
    assert article.published
    assert article.modified
    assert (article.published.isoformat(), article.modified.day) == ("2026-03-05", 6)


def test_a_link_to_all_news_is_no_section() -> None:
    body = '<div><a class="link" href="/news">All news</a></div><h1>New weir</h1><div><span>5 March 2026</span></div>'
    assert read(body + TEXT).category != "All news"


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("Thu, 03/05/2026 - 14:22", "DMY"), ("Thursday 05/03/2026", "MDY"), ("quinta-feira, 05/03/2026", "MDY"),
        ("Thứ Năm, 05/03/2026", "MDY"), ("05/03/2026 (jueves)", ""), ("четверг, 05-03-2026", ""),
        ("jeu. 03/05/2026", "DMY"),
    ],
)  # fmt: skip
def test_a_weekday_tells_which_figure_is_the_month(line: str, order: str) -> None:
    parsed = parse_moment(line, zone=None, captured=None, order=order, languages=("en",))
    assert parsed
    assert parsed.day.isoformat() == "2026-03-05"


def test_a_weekday_that_fits_neither_day_changes_nothing() -> None:
    parsed = parse_moment("Monday, 05/03/2026", zone=None, captured=None, order="DMY", languages=("en",))
    assert parsed
    assert parsed.day.isoformat() == "2026-03-05"


def test_words_that_are_no_weekdays_tell_none() -> None:
    assert weekdays_beside("Published on 05/03/2026 in Rome", 13, 23) == ""
