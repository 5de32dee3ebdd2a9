"""Headlines on pages that mark none, and whose <title> is the same all over the site."""

from __future__ import annotations

import pytest

import crawler
from crawler import Article

TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "The lighthouse on the northern pier gets a new lamp in May, the harbour office told the council on Monday.",
        "Its light will be seen from eighteen miles, and needs a tenth of the current that the old one took.",
        "Visitors may climb the tower again from June on, at weekends and with a guide from the museum.",
    )
)
SITE = "Harbour Office of the North"
HEADLINE = "New lamp for the lighthouse on the pier"


def read(head: str, body: str) -> Article:
    page = f"<html lang=en><head>{head}</head><body>{body}</body></html>"
    found = crawler.extract(page.encode(), "https://harbour.example.org/2026/03/lamp")
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "body",
    [
        f"<div><span class=t1>{HEADLINE}</span> <span class=d>12.03.2026</span></div>{TEXT}",
        f"<font size=5>{HEADLINE}</font><br>12 March 2026<br>{TEXT}",
        f"<p style='font-size: 20px'>{HEADLINE}</p>{TEXT}",
        f"<table><tr><td class=contentheading>{HEADLINE}</td></tr><tr><td>{TEXT}</td></tr></table>",
        f"<dl><dt>Title:</dt><dd>{HEADLINE}</dd><dt>Date</dt><dd>12 March 2026</dd></dl>{TEXT}",
        f"<table><tr><th>Тема</th><td>{HEADLINE}</td></tr></table><div>{TEXT}</div>",
    ],
    ids=["spans", "font", "style", "cell", "facts", "row"],
)
@pytest.mark.parametrize(
    "head", [f"<title>{SITE}</title>", f"<title>{SITE}</title><meta property=og:title content='{SITE}'>"]
)
def test_the_headline_is_what_stands_above_the_text(head: str, body: str) -> None:
    article = read(head, body)
    assert article.title == HEADLINE
    assert article.paragraphs[-3].startswith("The lighthouse on the northern pier")


@pytest.mark.parametrize(
    "above",
    ["", "<p>Menu</p>", "<p><a href=/a>Tides and weather for sailors</a></p>", "<p>12 March 2026</p>"],
    ids=["nothing", "word", "link", "date"],
)
def test_without_one_the_page_keeps_the_name_it_gives_itself(above: str) -> None:
    assert read(f"<title>{SITE}</title>", f"{above}{TEXT}").title == SITE


def test_the_name_of_the_site_and_a_section_may_stand_above_the_headline() -> None:
    body = f"<h1>{SITE}</h1><h2>News</h2><h3>{HEADLINE}</h3>{TEXT}"
    assert read(f"<title>{HEADLINE} | {SITE}</title>", body).title == HEADLINE


def test_a_headline_that_data_cut_short_is_completed_from_the_page() -> None:
    head = f"<title>New lamp for the… | {SITE}</title><meta property=og:title content='New lamp for the…'>"
    assert read(head, f"<div class=heading>{HEADLINE}</div>{TEXT}").title == HEADLINE
    assert read(head, TEXT).title == "New lamp for the…"


BOARD = (
    "<div class=gnb><a href=/a>Policy</a> <a href=/b>Data</a></div><h2>Notices</h2><div class=view><div class=bv_t>"
    "{line}</div><ul><li><b>Office</b> Lamps</li><li><b>Date</b> 2026-03-12</li><li><b>Views</b> 12</li></ul>"
    "<div class=file><a href=/1.pdf>plan.pdf</a></div><div class=cont>{text}</div></div>"
)


@pytest.mark.parametrize("title", ["Notices", "Notices view | Harbour", "Portal of the Northern Harbour - Notices"])
def test_a_board_shows_its_headline_above_the_row_of_facts(title: str) -> None:
    found = read(f"<title>{title}</title>", BOARD.format(line=HEADLINE, text=TEXT))
    assert found.title == HEADLINE
    assert found.text.startswith("The lighthouse")


def test_a_board_may_tell_all_facts_on_one_line() -> None:
    facts = "<div><span>Раздел: Объявления</span> <span>Дата: 21.07.2026</span> <span>Просмотров: 431</span></div>"
    body = f"<a href=/n>News</a><h2>News</h2><div class=v><div class=zag>{HEADLINE}</div>{facts}<div>{TEXT}</div></div>"
    assert read("<title>Harbour - official site</title>", body).title == HEADLINE


def test_a_link_above_the_row_of_facts_is_no_headline() -> None:
    line = f"<a href=/other>{HEADLINE}</a>"
    assert read("<title>Notices view | Harbour</title>", BOARD.format(line=line, text=TEXT)).title != HEADLINE
