"""What readers wrote behind an article, in boxes whose classes say nothing."""

# ruff: noqa: E501 - one line, one line of a page

from __future__ import annotations

import pytest

from crawler import Article, extract
from crawler.extraction.lines.calls_to_action import counts_comments, heads_comments

TITLE = "Tram line to the lake opens in June"
LINES = (
    "The tram that will lead from the main station to the lake was driven over the whole line on Tuesday for the first time.",
    "Its nine stops have been built since spring, and two of them lie in the hospital's grounds, as the council had asked.",
    "Tickets will cost what they cost in the city, and bicycles may be taken along outside the hours when pupils travel.",
)  # fmt: skip
SAID = (
    "I have waited for this for ten years, and now they tell us that it is done, well, we shall all see in June.",
    "Nobody has told those who live along the line how loud it will be at night when the last tram comes back home.",
)


def text_of(behind: str) -> tuple[str, ...]:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    page = (
        f"<html lang=en><title>{TITLE}</title><body><div><h1>{TITLE}</h1><div>{body}</div>{behind}</div></body></html>"
    )
    found = extract(page.encode(), "https://town.example/2026/03/tram")
    assert isinstance(found, Article), found
    return found.paragraphs


@pytest.mark.parametrize("label", ["Comments (2)", "2 comments", "2 responses", "2 thoughts on “Tram line to the lake”", "Kommentare (2)", "Комментарии: 2"])  # fmt: skip
def test_comments_in_boxes_without_names(label: str) -> None:
    said = "".join(f"<div><b>Resident</b><span>2 days ago</span></div><p>{line}</p>" for line in SAID)
    assert text_of(f"<div><h3>{label}</h3><div>{said}</div></div>") == LINES


def test_comments_in_the_box_of_the_text() -> None:
    assert text_of(f"<h3>2 comments</h3><p>{SAID[0]}</p><p>{SAID[1]}</p>") == LINES


def test_a_counter_in_front_of_the_text_ends_nothing() -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    page = (
        f"<html lang=en><title>{TITLE}</title><body><div><h1>{TITLE}</h1><h5>2 comments</h5>{body}</div></body></html>"
    )
    found = extract(page.encode(), "https://town.example/2026/03/tram")
    assert isinstance(found, Article)
    assert found.paragraphs == LINES


def test_labels_over_comments() -> None:
    for line in ("5 комментариев", "评论 3", "Yorumlar (4)", "التعليقات (3)", "2 Responses to “Water”"):
        assert counts_comments(line), line
    for line in ("Comments", "Leave a reply"):
        assert heads_comments(line) and not counts_comments(line), line
    for line in ("12 March 2026", "5 answers", "Responses", "Reactions to 2 laws"):
        assert not heads_comments(line), line
