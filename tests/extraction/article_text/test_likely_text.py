"""Sentences in boxes of another kind than most of a text's: its own, or comments and what the site says of itself."""

from __future__ import annotations

import pytest

from crawler.extraction.article_text.likely_text import likely_text, score
from crawler.extraction.article_text.line_signs import LineSigns, bins
from crawler.extraction.article_text.line_weights import EDGES, WEIGHTS
from tests.extraction.label_drafts import draft_of

LINES = [
    "The observatory on the ridge opens its dome to visitors again, after four years in which only builders came.",
    "Its old telescope was taken apart, cleaned with brushes made for watches, and put together by the same two men.",
    "Schools may book an evening, and those who live in the valley come for nothing on the first Friday of a month.",
    "From the gallery the lights of three countries can be seen, and on clear nights the snow on the mountains behind.",
    "The astronomers had asked the villages to switch off their lamps at eleven, which all but one of them agreed to.",
    "A new camera takes pictures of comets for anybody who asks, and sends them by mail on the following morning.",
]


def boxed(line: str, kind: str) -> str:
    return f"<section class='{kind}'><div class=inner><p>{line}</p></div></section>"


def test_a_sentence_between_those_of_a_text_is_text_in_whatever_box() -> None:
    boxes = [boxed(line, "left" if n != 2 else "right") for n, line in enumerate(LINES)]
    draft = draft_of(f"<body><main><h1>Dome</h1>{''.join(boxes)}</main></body>", [*LINES[:2], *LINES[3:]])
    assert [draft.blocks[n].text for n in likely_text(draft)] == [LINES[2]]


@pytest.mark.parametrize("kind", ["comment-body", "reply", "comments-area", "respond"])
def test_what_readers_wrote_is_no_text(kind: str) -> None:
    boxes = [boxed(line, "left") for line in LINES[:4]]
    comment = f"<div class='{kind}'><p>{LINES[4]}</p></div>"
    draft = draft_of(f"<body><main><h1>Dome</h1>{''.join(boxes)}{comment}</main></body>", LINES[:4])
    assert LineSigns(draft).candidates() == []


@pytest.mark.parametrize("label", ["Comments", "Related articles", "12 March 2026", "Комментарии"])
def test_nothing_behind_the_label_over_other_things_is_looked_at(label: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES[:4])
    draft = draft_of(f"<body><main><h1>Dome</h1>{body}<div>{label}</div><p>{LINES[5]}</p></main></body>", LINES[:4])
    assert LineSigns(draft).candidates() == []


@pytest.mark.parametrize("line", ["Published: 5 March 2026 10:12", "Subscribe to our newsletter to read more of this."])
def test_a_line_whose_words_say_what_it_is_is_looked_at_by_nobody(line: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in (*LINES[:2], line, *LINES[2:4]))
    draft = draft_of(f"<body><main><h1>Dome</h1>{body}</main></body>", LINES[:4])
    assert LineSigns(draft).candidates() == []


def test_the_table_has_a_weight_for_each_bin() -> None:
    assert {name: len(edges) + 1 for name, edges in EDGES.items()} == {name: len(own) for name, own in WEIGHTS.items()}
    draft = draft_of("<body><main><h1>Dome</h1>" + "".join(f"<p>{line}</p>" for line in LINES), LINES[:3])
    signs = LineSigns(draft).of(5)
    assert {name for name, _ in bins(signs, EDGES)} == set(WEIGHTS)
    assert isinstance(score(signs), float)


def test_a_page_without_a_text_gets_none() -> None:
    assert likely_text(draft_of(f"<body><p>{LINES[0]}</p></body>", [])) == set()
