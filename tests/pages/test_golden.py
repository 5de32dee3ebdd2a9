"""Each platform's page as a WARC, and the record that a careful reader would make of it."""

from __future__ import annotations

import json
import runpy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.warc.reader import iter_payloads
from crawler.extraction import extract, extract_capture
from crawler.model import Article, Moment, Payload, Rejection, Seed
from crawler.seeds import parse_seed

HERE = Path(__file__).parent
FIXTURES = sorted((HERE / "fixtures").glob("*.warc.gz"))
NAMES = [path.name.removesuffix(".warc.gz") for path in FIXTURES]


def load(name: str) -> tuple[Payload, Seed, dict[str, Any]]:
    (payload,) = iter_payloads(HERE / "fixtures" / f"{name}.warc.gz")
    path = HERE / "seeds" / f"{payload.capture.source_id.removeprefix('xx.')}.toml"
    seed = parse_seed(path.read_text("utf-8"), seed_id=payload.capture.source_id, path=path.name)
    return payload, seed, json.loads((HERE / "fixtures" / f"{name}.json").read_text("utf-8"))


def moment(value: str) -> datetime | date:
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def shape(record: Article | Rejection) -> dict[str, Any]:
    """A record in the words of the expected files."""
    if isinstance(record, Rejection):
        return {"rejection": record.reason.value}
    when: Moment | None = record.published_at
    return {
        "title": record.title,
        "published": when.value if when else None,
        "precision": when.precision.value if when else None,
        "offset": when.offset.value if when else None,
        "modified": record.modified,
        "category": record.category,
        "summary": record.summary,
        "paragraphs": list(record.paragraphs),
        "authors": list(record.authors),
        "tags": list(record.tags),
        "language": record.language,
        "document": record.document,
        "story": record.story,
        "url": record.url,
        "images": [[image.url, image.caption or image.alt or None] for image in record.images],
        "attachments": [[file.url, file.title, file.mime] for file in record.attachments],
    }


@pytest.mark.parametrize("name", NAMES)
def test_record(name: str) -> None:
    payload, seed, expected = load(name)
    for key in ("published", "modified"):
        if expected.get(key):
            expected[key] = moment(expected[key])
    given = shape(extract_capture(payload, seed))
    assert {key: given.get(key) for key in expected} == expected


@pytest.mark.parametrize("name", [name for name in NAMES if name != "govuz_api"])
def test_the_public_function_gives_the_same(name: str) -> None:
    payload, seed, _ = load(name)
    capture = payload.capture
    public = extract(payload.body, capture.url, captured=capture.fetched_at, headers=dict(payload.headers), seed=seed)
    assert shape(public) == shape(extract_capture(payload, seed))


def test_page_and_api_are_one_record() -> None:
    page, api = (extract_capture(*load(name)[:2]) for name in ("govuz_page", "govuz_api"))
    assert isinstance(page, Article) and isinstance(api, Article)
    for name in ("title", "text", "published", "language", "document", "story", "attachments"):
        assert getattr(page, name) == getattr(api, name), name


def test_fixtures_are_what_the_script_writes() -> None:
    script = runpy.run_path(str(HERE / "make_fixtures.py"))
    assert sorted(page.name for page in script["PAGES"]) == NAMES
    for page in script["PAGES"]:
        payload = load(page.name)[0]
        assert script["exchange"](page).response.endswith(payload.body)
        assert payload.body
