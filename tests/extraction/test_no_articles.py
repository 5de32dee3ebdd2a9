"""Pages of ministries that are no articles, in our own words and many languages: lists, boards, error pages served with
200, doors, shells, staff, contacts, calendars. The first line of a page is a comment with its address and the reasons
for which it may be refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler import extract
from crawler.model import Rejection

PAGES = sorted((Path(__file__).parent / "no_articles").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_a_page_without_an_article_is_refused_for_its_reason(path: Path) -> None:
    page = path.read_bytes()
    told = re.match(rb"<!-- (\S+) (\S+) -->", page)
    assert told
    record = extract(page, told[1].decode())
    assert isinstance(record, Rejection), record
    assert record.reason.value in told[2].decode().split("|"), record


def test_there_are_pages() -> None:
    assert len(PAGES) >= 20
