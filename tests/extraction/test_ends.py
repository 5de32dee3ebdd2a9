"""What asks something of the reader near the end of a text, and what goes on behind it."""

from __future__ import annotations

import pytest

from crawler import extract
from crawler.extraction.labels import is_label
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
