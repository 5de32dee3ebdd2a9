"""What asks something of the reader near the end of a text, and what goes on behind it."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.extraction.lines.boilerplate_phrases import is_label
from crawler.model import Article

FIRST = "The canal office opened four gates on Monday, and the fields of two districts were watered by noon."
SECOND = "The gates stay open for eleven days, then the lower districts follow, as in the years before."
LAST = "Farmers who need water at night are asked to ring the keeper before sunset."
BOX = "<div class=join><h4>Sign up for our post</h4><p>Five stories in your letter box each morning, free.</p></div>"
TITLE = "Four gates are open"


def text(inner: str) -> list[str]:
    page = f"<html lang=en><title>{TITLE}</title><main><h1>{TITLE}</h1><div class=t>{inner}</div></main>"
    article = extract(page.encode(), "https://canals.example/en/4")
    assert isinstance(article, Article)
    return list(article.paragraphs)


@pytest.mark.parametrize(
    "inside",
    [
        "<p>Subscribe to our letter</p>",
        "<p>Follow us on Telegram</p>",
        "<p>Read also</p>",
        "<p>Mehr dazu</p><p><a href='/en/3'>Why the old gates of the canal are shut</a></p>",
        "<p>On the same: <a href='/en/3'>Why the old gates of the canal are shut</a></p>",
        "<p>下一篇：<a href='/en/3'>Why the old gates of the canal are shut</a></p>",
        BOX,
    ],
)
def test_an_invitation_inside_a_text_does_not_end_it(inside: str) -> None:
    assert text(f"<p>{FIRST}</p><p>{SECOND}</p>{inside}<p>{LAST}</p>") == [FIRST, SECOND, LAST]


def test_what_follows_a_label_over_comments_is_no_text() -> None:
    assert text(f"<p>{FIRST}</p><p>{SECOND}</p><p>Comments</p><p>The gates of 1971 were better made.</p>") == [
        FIRST,
        SECOND,
    ]


def test_a_link_that_a_sentence_gives_is_text() -> None:
    told = "The keeper said on Monday that: <a href='/en/3'>the old gates of the canal are shut</a>."
    assert len(text(f"<p>{FIRST}</p><p>{told}</p><p>{SECOND}</p>")) == 3


@pytest.mark.parametrize(
    "line",
    ["【打印本页】 【关闭窗口】", "Voltar", "Назад к списку", "Facebook Twitter Google+ Whatsapp", "字体：[大 中 小]"],
)
def test_the_tools_of_a_page_are_labels(line: str) -> None:
    assert is_label(line, set())


@pytest.mark.parametrize("line", ["Back pay", "Print shops are open", "Назад дороги нет", "大水"])
def test_words_that_only_begin_like_a_tool_are_none(line: str) -> None:
    assert not is_label(line, set())


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ("<div><h2>Contact</h2><p>Office of gates</p><p>Phone: 555 0100</p></div>", []),
        ("<div><h3>Kontakt</h3><p>presse@canals.example</p></div>", []),
        ("<div><h3>お問い合わせ</h3><p>水道課<br>電話：000-000-0000</p></div>", []),
        ("<div><h2>Contact</h2><p>Ring 555 0100 before sunset.</p></div>", ["Contact", "Ring 555 0100 before sunset."]),
        ("<div><h2>Fees</h2><p>By day 12 crowns</p></div>", ["Fees", "By day 12 crowns"]),
        ("<div><h2>When</h2><p>05-03-2026, hall of gates</p></div>", ["When", "05-03-2026, hall of gates"]),
    ],
)
def test_a_box_that_only_tells_whom_to_call_is_no_text(box: str, kept: list[str]) -> None:
    assert text(f"<p>{FIRST}</p><p>{SECOND}</p>{box}<p>{LAST}</p>") == [FIRST, SECOND, *kept, LAST]


def test_a_column_of_a_layout_table_is_no_part_of_the_text_beside_it() -> None:
    column = "<td><b>Weather</b><br>Northport +14</td>"
    assert text(f"<table><tr><td>{FIRST}<br><br>{SECOND}</td>{column}</tr></table>") == [FIRST, SECOND]


@pytest.mark.parametrize("line", ["Was this page helpful?", "Была ли полезна эта страница?", "役に立ちましたか？"])
def test_what_asks_whether_a_page_was_useful_is_no_text(line: str) -> None:
    assert text(f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p><div>{line}</div>") == [FIRST, SECOND, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe now to continue reading this story.",
        "Il vous reste 68 % de cet article à lire. La suite est réservée aux abonnés.",
        "Чтобы читать дальше, оформите подписку.",
        "Ihre Meinung zählt! Senden Sie uns Ihr Feedback an post@canals.example.",
    ],
)
def test_what_is_asked_for_the_rest_of_a_text_is_none_of_it(line: str) -> None:
    assert text(f"<p>{FIRST}</p><p>{SECOND}</p><p>{line}</p>") == [FIRST, SECOND]


@pytest.mark.parametrize("line", ["News release", "Пресс-релиз", "Tempo de leitura: 2 minutos", "3 min read"])
def test_the_kind_of_a_text_and_the_time_for_it_are_labels(line: str) -> None:
    assert is_label(line, set())
    assert not is_label("10 min", set())


def test_a_label_over_links_to_other_items_goes_with_them() -> None:
    links = "<p><a href='/en/3'>Why the old gates of the canal are shut</a></p>"
    assert text(f"<p>{FIRST}</p><p>{SECOND}</p><p><b>For more</b></p>{links}<h2>Night</h2><p>{LAST}</p>") == [
        FIRST,
        SECOND,
        "Night",
        LAST,
    ]


def test_the_office_that_publishes_is_no_text() -> None:
    assert text(f"<p>From: <a href='/o'>Canal office</a></p><p>{FIRST}</p><p>{SECOND}</p>") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "More on the canal:",
        "Дополнительные материалы:",
        "If you have seen a leak, you can write to us at keeper@canals.example, or call at any hour",
        "Wenn Ihnen unser Artikel gefallen hat: Unterstützen Sie diese Form des",
        "Sofern nicht anders ausgewiesen, stehen Inhalte dieser Website unter einer freien Lizenz",
    ],
)
def test_what_announces_nothing_or_asks_something_does_not_close_a_text(line: str) -> None:
    assert text(f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p><p>{line}</p>") == [FIRST, SECOND, LAST]


def test_a_line_that_announces_what_follows_stays() -> None:
    lines = [FIRST, "These gates are open:", SECOND, LAST]
    assert text("".join(f"<p>{line}</p>" for line in lines)) == lines
