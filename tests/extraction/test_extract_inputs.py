"""`crawler.extract` called by anybody: no page is a rejection, no argument the error that is promised."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

import crawler
from crawler import Article, Rejection

URL = "https://wells.example/news/1"
PAGE = (
    b"<html><body><h1>New wells for three villages</h1><p>The ministry digs wells where springs fell dry in summer, "
    b"and mends the old pumps beside the school.</p></body></html>"
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"\xef\xbb\xbf",
        b"\x00\xff\xfe\x01" * 50,
        b"%PDF-1.4\n%\xe2\xe3",
        b'{"title": "New wells"}',
        b"words and no element " * 20,
        b"<html></html>",
        b"<!-- nothing -->",
        b"<frameset>",
        b"<?xml version='1.0'?><rss/>",
        b"<div>" * 3000,
        b"<h1>" + b"a" * 100_000,
    ],
    ids=lambda body: f"{body[:8].hex()}-{len(body)}",
)
def test_what_is_no_page_is_a_rejection_with_its_reason(body: bytes) -> None:
    found = crawler.extract(body, URL)
    assert isinstance(found, Rejection) and found.reason and found.url == URL


@pytest.mark.parametrize(
    "url",
    ["", "/news/1", "ftp://wells.example/1", "http://", "https:///1", "http://[::1", "http://a:99999/", "mailto:a@b"],
)
def test_what_is_no_address_is_a_value_error(url: str) -> None:
    with pytest.raises(ValueError):
        crawler.extract(PAGE, url)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("html", "<p>a text that is no bytes"),
        ("html", None),
        ("url", None),
        ("url", b"https://wells.example/1"),
        ("captured", "2026-03-12"),
        ("captured", date(2026, 3, 12)),
        ("headers", [("Content-Type", "text/html")]),
        ("seed", "uz.eco"),
    ],
)
def test_another_type_is_a_type_error_that_names_the_argument(name: str, value: object) -> None:
    arguments: dict[str, Any] = {"html": PAGE, "url": URL, name: value}
    with pytest.raises(TypeError, match=f"^{name}: "):
        crawler.extract(**arguments)


@pytest.mark.parametrize(
    "headers",
    [{}, {"content-type": "text/html; charset=nonsense"}, {"CONTENT-TYPE": 'text/html; charset="'}, {"X": "y"}],
)
@pytest.mark.parametrize("captured", [None, datetime(2026, 3, 12), datetime(2026, 3, 12, tzinfo=UTC)])  # noqa: DTZ001
def test_odd_headers_and_a_capture_without_a_zone_change_nothing(
    headers: dict[str, str], captured: datetime | None
) -> None:
    assert crawler.extract(PAGE, URL, captured=captured, headers=headers) == crawler.extract(bytearray(PAGE), URL)  # type: ignore[arg-type]


def test_the_fields_of_a_record_have_the_names_that_are_promised() -> None:
    found = crawler.extract(PAGE, URL)
    assert isinstance(found, Article)
    names = "title published modified category summary text paragraphs authors tags language story_id url".split()
    assert [name for name in names if not hasattr(found, name)] == []
