"""Several versions of one platform by date, and a seed's own selectors over them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import crawler.pages
from crawler.extraction import extract
from crawler.model import Article, Seed
from crawler.pages import page_object
from crawler.seeds import parse_seed

MODULE = """
from datetime import date
from crawler.model import Selectors
from crawler.pages.base import PageObject

class New(PageObject):
    platform = "portal_{key}"
    selectors = Selectors(title=".new-title", category=".new-section", body=".new-text", drop=(".promo",))

class Oldest(PageObject):
    platform = "portal_{key}"
    valid_until = date(2021, 6, 30)
    selectors = Selectors(title=".old-title", body=".old-text")

class Middle(Oldest):
    valid_until = date(2024, 2, 29)
    selectors = Selectors(title=".mid-title", body=".mid-text")
"""
TEXTS = {
    "old": "The harbour office opened its archive of tide tables to the public on the first floor of the lighthouse.",
    "mid": "Pilots have asked for a second radio mast, and the council promised an answer before the autumn storms.",
    "new": "A ferry will run to the outer islands twice a day from May, with room for bicycles and for two lorries.",
}
HTML = (
    "<html lang='en'><body><main>"
    + "".join(
        f"<h2 class='{name}-title'>Headline of the {name} layout</h2><div class='{name}-section'>Harbour {name}</div>"
        f"<div class='{name}-text'><p>{text}</p><p class='promo'>Subscribe to our letter and never miss a tide.</p>"
        f"<p class='ad'>Boats for sale at the quay, please ask the harbour master.</p></div>"
        for name, text in TEXTS.items()
    )
    + "</main></body></html>"
)
URL = "https://harbour.example/news/7"


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a platform with three versions, in a module of its own."""
    name = "portal_" + re.sub(r"\W", "_", tmp_path.name)  # modules stay loaded: each test has its own
    (tmp_path / f"{name}.py").write_text(MODULE.replace("{key}", name.removeprefix("portal_")), encoding="utf-8")
    monkeypatch.setattr(crawler.pages, "__path__", [*crawler.pages.__path__, str(tmp_path)])
    return name


def seed_for(platform: str, more: str = "") -> Seed:
    toml = f"""
title = {{ en = "Harbour Office" }}
homepage = "https://harbour.example/"
platform = "generic"
timezone = "Europe/London"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "https://harbour.example/feed.xml"
{more}"""
    # The schema of seeds knows the real platforms only.
    return replace(parse_seed(toml, seed_id="xx.harbour", path="seeds/xx/harbour.toml"), platform=platform)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(1999, 1, 1), "Oldest"),
        (date(2021, 6, 30), "Oldest"),
        (date(2021, 7, 1), "Middle"),
        (date(2024, 2, 29), "Middle"),
        (date(2024, 3, 1), "New"),
        (date(2030, 1, 1), "New"),
        (None, "New"),
    ],
)
def test_the_version_that_was_valid_on_the_day_reads_the_page(portal: str, day: date | None, version: str) -> None:
    assert type(page_object(seed_for(portal), day)).__name__ == version


@pytest.mark.parametrize(
    ("captured", "name"),
    [
        (datetime(2020, 5, 1, tzinfo=UTC), "old"),
        (datetime(2023, 5, 1, tzinfo=UTC), "mid"),
        (datetime(2026, 5, 1, tzinfo=UTC), "new"),
    ],
)
def test_the_capture_s_day_chooses(portal: str, captured: datetime, name: str) -> None:
    record = extract(HTML.encode(), URL, captured=captured, seed=seed_for(portal))
    assert isinstance(record, Article)
    assert record.title == f"Headline of the {name} layout"
    assert record.paragraphs[0] == TEXTS[name]


def test_a_seed_overrides_field_by_field(portal: str) -> None:
    more = '[selectors]\ncategory = ".mid-section"\ndrop = [".ad"]\n'
    captured = datetime(2026, 5, 1, tzinfo=UTC)
    record = extract(HTML.encode(), URL, captured=captured, seed=seed_for(portal, more))
    assert isinstance(record, Article)
    assert record.category == "Harbour mid", "the seed's"
    assert record.title == "Headline of the new layout", "the platform's"
    assert record.paragraphs == (TEXTS["new"],), "what both drop is gone"


TITLES = """<html lang='en'><head><title>Tide gauge repaired | Harbour Office</title>
<meta property='og:title' content='The gauge works again'>
<script type='application/ld+json'>{"@type":"NewsArticle","headline":"Repair of the tide gauge"}</script></head>
<body><main><article><h1>Tide gauge repaired</h1><p>OLD</p><p>MID</p></article></main></body></html>""".replace(
    "OLD", TEXTS["old"]
).replace("MID", TEXTS["mid"])


@pytest.mark.parametrize(
    ("source", "title"),
    [("og", "The gauge works again"), ("jsonld", "Repair of the tide gauge"), ("h1", "Tide gauge repaired")],
)
def test_a_seed_says_which_place_names_the_page(source: str, title: str) -> None:
    seed = seed_for("generic", f'[selectors]\ntitle_from = "{source}"\n')
    record = extract(TITLES.encode(), URL, seed=seed)
    assert isinstance(record, Article)
    assert record.title == title
    assert [c.source for c in record.candidates if c.field == "title" and c.chosen] == [source]
