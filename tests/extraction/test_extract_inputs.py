"""`crawler.extract` called by anybody: no page is a rejection, no argument the error that is promised."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

import crawler
from crawler import Article, Rejection
from crawler.model import Reason
from crawler.seeds import find_seeds

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
@pytest.mark.parametrize(
    "captured",
    [None, datetime(2026, 3, 12), datetime(2026, 3, 12, tzinfo=UTC), datetime.max.replace(tzinfo=UTC), datetime.min],  # noqa: DTZ001, DTZ901
)
def test_odd_headers_and_a_capture_without_a_zone_change_nothing(
    headers: dict[str, str], captured: datetime | None
) -> None:
    assert crawler.extract(PAGE, URL, captured=captured, headers=headers) == crawler.extract(bytearray(PAGE), URL)  # type: ignore[arg-type]


def test_the_fields_of_a_record_have_the_names_that_are_promised() -> None:
    found = crawler.extract(PAGE, URL)
    assert isinstance(found, Article)
    names = "title published modified category summary text paragraphs authors tags language story_id url".split()
    assert [name for name in names if not hasattr(found, name)] == []


@pytest.mark.parametrize(
    "value",
    ["text/html; charset=windows-1251", b"text/html; charset=windows-1251", ["text/html; charset=windows-1251", "x"],
     (b"text/html; charset=windows-1251",), [], None],
)  # fmt: skip
@pytest.mark.parametrize("name", ["content-type", "CONTENT-TYPE", b"Content-Type"])
def test_headers_are_read_as_frameworks_give_them(name: Any, value: Any) -> None:
    page = "<h1>Открыт мост</h1><p>Министерство открыло мост через реку у посёлка, и дорога стала короче.</p>"
    found = crawler.extract(page.encode("cp1251"), URL, headers={name: value})
    assert isinstance(found, Article) and found.title == "Открыт мост"


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"%PDF-1.7\n<h1>A title in a document</h1>", "PDF"),
        (b"PK\x03\x04" + bytes(100), "ZIP"),
        (gzip.compress(PAGE), "gzip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image"),
        (b'{"html": "<h1>New wells</h1><p>The ministry digs wells where springs fell dry in summer.</p>"}', "JSON"),
        (b'<?xml version="1.0"?><!-- a feed --><rss version="2.0"><channel><title>News</title>' + PAGE, "rss"),
        (b'\xef\xbb\xbf  <feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>' + PAGE, "feed"),
        (b"<urlset><url><loc>https://wells.example/</loc></url></urlset>", "urlset"),
    ],
)
def test_another_format_is_told_by_its_first_bytes(body: bytes, detail: str) -> None:
    found = crawler.extract(body, URL, headers={"Content-Type": "text/html"})
    assert isinstance(found, Rejection) and found.reason is Reason.NOT_HTML and detail in found.detail


@pytest.mark.parametrize("before", [b"", b"[Photo] ", b"{{title}} ", b'<?xml version="1.0"?><!DOCTYPE html>', b"PKW "])
def test_what_only_begins_like_another_format_is_a_page(before: bytes) -> None:
    assert isinstance(crawler.extract(before + PAGE, URL), Article)


def test_an_answer_of_the_portal_s_api_is_read_too() -> None:
    seed = find_seeds(["uz.eco"])[0]
    item = {"id": 7, "date": "2026-03-12 10:00:00", "title": "Открыт мост", "body": "<p>Мост открыт у посёлка.</p>"}
    body = json.dumps({"data": item}).encode()
    found = crawler.extract(body, "https://api-portal.gov.uz/authorities/news/view?id=7", seed=seed)
    assert isinstance(found, Article) and found.title == "Открыт мост" and found.text == "Мост открыт у посёлка."


def test_nothing_given_is_changed() -> None:
    body, headers = bytearray(PAGE), {"Content-Type": "text/html"}
    first = crawler.extract(body, URL, headers=headers)  # type: ignore[arg-type]
    assert (body, headers) == (PAGE, {"Content-Type": "text/html"})
    assert crawler.extract(memoryview(PAGE), URL) == first  # type: ignore[arg-type]


def test_a_link_in_the_text_of_an_api_is_looked_at_like_one_of_a_page() -> None:
    """Such a text is a tree of its own, which the arrays of the page do not hold."""
    words = "Мост открыт у посёлка, и по нему уже ездят машины. " * 4
    body = f'<p>{words}</p><p>{words} <a href="/files/rules.pdf">Правила</a></p>'
    item = {"id": 7, "date": "2026-03-12 10:00:00", "title": "Открыт мост", "body": body}
    address = "https://api-portal.gov.uz/authorities/news/view?id=7"
    record = crawler.extract(json.dumps({"data": item}).encode(), address, seed=find_seeds(["uz.eco"])[0])
    assert isinstance(record, Article), record
    assert [file.url.rpartition("/")[2] for file in record.attachments] == ["rules.pdf"]
