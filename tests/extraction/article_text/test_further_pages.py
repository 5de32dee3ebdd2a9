"""Articles of several pages say where they go on; others say nothing."""

from __future__ import annotations

import pytest

import crawler

URL = "https://ministry.example/a/12"
TEXT = "".join(
    f"<p>The ministry reported on part {n} of the plan for the northern canals, with details on pumps, wells and the "
    "budget that was set for the coming year.</p>"
    for n in range(1, 6)
)


def told(behind: str, url: str = URL) -> list[str]:
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Plan for canals</title></head><body><main>'
        f'<h1>Plan for canals</h1><time datetime="2026-11-03">3 November 2026</time><div class="text">{TEXT}</div>'
        f"{behind}</main></body></html>"
    )
    record = crawler.extract(page.encode(), url=url)
    assert isinstance(record, crawler.Article)
    return [warning for warning in record.warnings if "goes on at" in warning]


@pytest.mark.parametrize(
    ("behind", "url", "next_page"),
    [
        ('<div class="pager"><b>1</b> <a href="/a/12?page=2">2</a> <a href="/a/12?page=3">3</a></div>', URL, "?page=2"),
        ('<p>Pages: 1 <a href="/a/12/2/">2</a></p>', URL, "/2/"),
        ('<a class="next" href="/a/12?p=1">Continue</a>', URL, "?p=1"),
        ('<a rel="next" href="/a/12?page=2">Go on reading</a>', URL, "?page=2"),
        ('<ul><li><a href="plan_2.html">2</a></li></ul>', "https://ministry.example/a/plan.html", "/plan_2.html"),
    ],
)
def test_the_next_page_of_an_article_is_told(behind: str, url: str, next_page: str) -> None:
    (warning,) = told(behind, url)
    assert f"{next_page}, which is not read" in warning


def test_an_article_that_a_parameter_names_keeps_it() -> None:
    url = "https://ministry.example/news.php?id=12&page=1"
    assert told('<a class="next" href="/news.php?id=13">Next</a>', url) == []
    assert told('<a class="next" href="/news.php?id=12&page=2">Next</a>', url)


@pytest.mark.parametrize(
    "behind",
    [
        '<nav><a class="next" rel="next" href="/a/13">Bridges of the south</a></nav>',
        '<p><a href="/a/122">2</a></p>',
        '<div><a href="/a/12?comments=2">2</a></div>',
        '<div><a href="/a/12/comment-page-2/">2</a></div>',
        '<p><a href="#2">2</a> <a href="/a/12?print=1">Print</a> <a href="/a/12?lang=ru">Русский</a></p>',
        '<p>a</p><p>b</p><p>c</p><p>d</p><div class="news"><a href="/a/12?PAGEN_1=2">2</a></div>',
    ],
)
def test_other_links_are_no_next_page(behind: str) -> None:
    assert told(behind) == []
