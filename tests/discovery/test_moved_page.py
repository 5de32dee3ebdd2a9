"""Pages that only lead on are followed as redirects; pages that refresh themselves, or say something, are not."""

from __future__ import annotations

import pytest

from crawler.discovery.markup.refresh import may_refresh
from crawler.discovery.readers.moved_page import moved_to

URL = "https://m.example/news/7"


@pytest.mark.parametrize(
    ("head", "body", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=/a/7">', "", "https://m.example/a/7"),
        ("<META HTTP-EQUIV=Refresh CONTENT=\"3;URL='a.html'\">", "<p>This page has moved.</p>", "https://m.example/news/a.html"),
        ('<base href="/en/"><meta http-equiv="refresh" content="0;url=a">', "", "https://m.example/en/a"),
        ('<meta http-equiv="refresh" content="300">', "", None),
        ('<meta http-equiv="refresh" content="5;url=/news/7#top">', "", None),
        ('<meta http-equiv="refresh" content="60;url=/a/7">', "", None),
        ('<meta http-equiv="refresh" content="0;url=javascript:go()">', "", None),
        ('<meta http-equiv="refresh" content="0;url=/login">', f"<p>{'A report of the ministry. ' * 20}</p>", None),
        ('<meta name="refresh" content="0;url=/a/7">', "", None),
    ],
)  # fmt: skip
def test_where_a_page_leads(head: str, body: str, target: str | None) -> None:
    page = f"<html><head><title>News</title>{head}</head><body>{body}</body></html>".encode()
    assert may_refresh(page)
    assert moved_to(page, URL) == target


def test_most_pages_are_not_asked() -> None:
    assert not may_refresh(b"<html><head><title>News</title></head><body><p>A report.</p></body></html>")
