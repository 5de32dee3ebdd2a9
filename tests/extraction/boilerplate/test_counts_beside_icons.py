"""What counts readers is no text: a new number would be a false edit of the article."""

from __future__ import annotations

import pytest

import crawler

TEXT = "".join(
    f"<p>The ministry opened pumping station {n} on Thursday, as planned, and thanked the crews for their work.</p>"
    for n in ("one", "two", "three")
)


def last_line(behind: str) -> str:
    page = (
        f"<html lang='en'><title>Stations</title><main><h1>Stations opened</h1><div>{TEXT}{behind}</div></main></html>"
    )
    record = crawler.extract(page.encode(), url="https://ministry.example/1")
    assert isinstance(record, crawler.Article)
    return record.paragraphs[-1]


@pytest.mark.parametrize(
    "behind",
    [
        "<div><i class='fa fa-eye'></i> 163</div>",
        "<div><svg class='icon-views'></svg><span>1 204</span></div>",
        "<p><img src='/img/like.png' alt=''> 12</p>",
        "<p>Number of readers: 163</p>",
        "<div>17 people like this</div>",
        "<p>Читателей: 163</p>",
        "<p>45 mi piace</p>",
    ],
)
def test_a_count_of_readers_is_no_text(behind: str) -> None:
    assert last_line(behind).startswith("The ministry opened pumping station three")


@pytest.mark.parametrize(
    "behind", ["<p><i class='icon-water'></i> 163</p>", "<p>163 readers wrote to the ministry.</p>"]
)
def test_other_numbers_are_text(behind: str) -> None:
    assert "163" in last_line(behind)
