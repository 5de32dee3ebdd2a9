"""Pages in the shapes in which ministries round the world publish, in our own words, read by the generic page object
without a seed: tables, portals of states, boards with counters, Word-like text; each with the record a reader would
write (a field that is not read yet is left out of it). The first line of a page is a comment with its address."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from crawler import extract
from crawler.model import Article

PAGES = sorted((Path(__file__).parent / "ministries").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_a_page_is_read_as_a_reader_would(path: Path) -> None:
    page = path.read_bytes()
    address = re.match(rb"<!-- (\S+) -->", page)
    assert address
    article = extract(page, address[1].decode())
    assert isinstance(article, Article), article
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert list(article.paragraphs) == expected["paragraphs"]
    found = {
        "title": article.title,
        "published_at": article.published and article.published.isoformat(),
        "modified_at": article.modified and article.modified.isoformat(),
        "category": article.category,
        "summary": article.summary,
        "language": article.language,
        "authors": list(article.authors),
        "tags": list(article.tags),
        "attachments": [file.url for file in article.attachments],
    }
    assert {name: found[name] for name in found if name in expected} == {
        k: v for k, v in expected.items() if k in found
    }


def test_no_page_is_without_its_record() -> None:
    assert len(PAGES) >= 15
    assert {path.stem for path in PAGES} == {path.stem for path in PAGES[0].parent.glob("*.json")}
