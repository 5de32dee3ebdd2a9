"""The container of an article where it is certain: then trafilatura is not asked."""

from __future__ import annotations

import pytest

import crawler
from crawler import Article
from crawler.extraction.article_text import main_text

URL = "https://news.example.org/2026/03/a-bridge-is-opened"
LINES = [
    f"In year {n} the bridge over the canal carried more lorries than in all years before it together."
    for n in range(12)
]
TITLE = "The northern bridge is open to traffic"


def read(body: str) -> list[str]:
    html = f"<html lang=en><head><title>{TITLE}</title></head><body>{body}</body></html>"
    record = crawler.extract(html.encode(), URL)
    assert isinstance(record, Article), record
    return list(record.paragraphs)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lines each page had for which trafilatura was asked."""
    calls: list[int] = []
    real = main_text.trafilatura_voice

    def voice(page, blocks, others):  # type: ignore[no-untyped-def]
        calls.append(len(blocks))
        return real(page, blocks, others)

    monkeypatch.setattr(main_text, "trafilatura_voice", voice)
    return calls


def test_one_element_with_all_running_text_is_the_text(asked: list[int]) -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    assert read(f"<h1>{TITLE}</h1><div>{text}<h2>What it cost</h2><p>Much.</p></div><footer>Office</footer>") == [
        *LINES, "What it cost", "Much.",
    ]  # fmt: skip
    assert asked == []


def test_a_text_in_several_boxes_is_read_by_another_reader_too(asked: list[int]) -> None:
    boxes = "".join(
        f"<div class=a{n}><div class=b{n}><p>{line}</p><p>{line[8:]}</p></div></div>" for n, line in enumerate(LINES)
    )
    read(f"<h1>{TITLE}</h1>{boxes}")
    assert len(asked) == 1


def test_a_short_text_is_read_by_another_reader_too(asked: list[int]) -> None:
    assert read(f"<h1>{TITLE}</h1><div><p>{LINES[0]}</p><p>{LINES[1]}</p></div>") == LINES[:2]
    assert len(asked) == 1


def test_a_short_line_in_a_box_of_no_meaning_is_no_text_by_its_place(asked: list[int]) -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    assert read(f"<h1>{TITLE}</h1><div>{text}<div>Up next</div></div>") == LINES
    assert asked == []
