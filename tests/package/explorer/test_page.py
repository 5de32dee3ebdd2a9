"""`index.html`: what is data stays data, one script may run, and it loads files of one form only."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import datetime
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import pytest

from crawler.package.explorer.page import index_html, safe_json

HOSTILE = '</script><script>alert(1)</script><!-- "\\ %FACTS% %SCRIPT% \u2028 <img src=x onerror=alert(2)> ]]>'
SOURCE = {"source_id": "xx.tests", "title": "Ministry of Tests", "homepage": "https://ministry.example/"}
FILES = {"articles": {"2026-11": ["00112233"]}}


class Page(HTMLParser):
    """Reads a page as a browser would: what elements there are, and what stands in scripts and styles."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in ("script", "style") else None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inline.append((*self._open, data))

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def data(self, key: str, value: str) -> Any:
        return json.loads("".join(text for _, attrs, text in self.inline if attrs.get(key) == value))

    @property
    def policy(self) -> str:
        return next(str(a["content"]) for t, a in self.elements if a.get("http-equiv") == "Content-Security-Policy")


def head(**cells: Any) -> dict[str, Any]:
    value = {
        "title": "News of ministries",
        "description": "One row per document.",
        "version": "1.20261129.0",
        "created": "2026-11-29T10:00:00Z",
        "articles": {"xx.tests": {"live": 2, "withdrawn": 1}},
        "temporal": {"start": "2026-11-01T00:00:00Z", "end": "2026-11-29T10:00:00Z"},
        "languages": ["en", "ru"],
        "keywords": ["news"],
        "licenses": [{"name": "ODbL-1.0", "path": "https://licence.example/"}],
        "contributors": [{"title": "The authors"}],
        "sources": [{"title": "Ministry of Tests", "path": "https://ministry.example/"}],
    }
    return value | cells


def made(source: dict[str, str] | None = None, **cells: Any) -> Page:
    return Page(index_html(head(**cells), [source or SOURCE], FILES))


def test_it_knows_what_it_needs_before_it_loads_anything() -> None:
    facts = made().data("id", "facts")
    assert facts["articles"] == {"xx.tests": {"live": 2, "withdrawn": 1}}
    assert facts["files"] == FILES
    assert facts["sources"] == [SOURCE]
    assert "served" not in facts


@pytest.mark.parametrize("column", ["title", "homepage", "rights"])
def test_hostile_words_of_a_source_stay_data(column: str) -> None:
    page = made(SOURCE | {column: HOSTILE})
    assert page.elements == made().elements
    assert page.data("id", "facts")["sources"][0][column] == HOSTILE


def test_a_hostile_title_of_the_package_stays_text() -> None:
    page = made(title=HOSTILE, description=HOSTILE)
    assert page.elements == made().elements
    assert page.data("type", "application/ld+json")["name"] == HOSTILE


def test_search_engines_find_a_dataset_of_schema_org() -> None:
    value = made().data("type", "application/ld+json")
    assert (value["@context"], value["@type"]) == ("https://schema.org/", "Dataset")
    for name in ("name", "description", "license", "creator", "version", "temporalCoverage", "distribution"):
        assert value[name], name


def test_it_is_a_dataset_as_google_documents_one() -> None:
    """https://developers.google.com/search/docs/appearance/structured-data/dataset: what is required, and how
    what is recommended is written."""
    people = [
        {"title": "Ann", "path": "https://orcid.org/0000-0002-1825-0097", "roles": ["creator"]},
        {"title": "Archive", "roles": ["creator"]},
        {"title": "Contact", "roles": ["contact"]},
    ]
    page = made(
        description=f"{HOSTILE} " * 1000,
        contributors=people,
        id="https://doi.org/10.5281/zenodo.1",
        homepage="https://x.example/",
    )
    value = page.data("type", "application/ld+json")
    assert page.elements == made().elements
    assert isinstance(value["name"], str) and 50 <= len(value["description"]) <= 5_000
    assert [(its["@type"], its["name"]) for its in value["creator"]] == [("Person", "Ann"), ("Organization", "Archive")]
    assert value["creator"][0]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert (value["identifier"], value["url"]) == ("https://doi.org/10.5281/zenodo.1", "https://x.example/")
    assert value["license"].startswith("https://")
    start, end = value["temporalCoverage"].split("/")  # ISO 8601, an interval
    assert datetime.fromisoformat(start) < datetime.fromisoformat(end)
    assert [its["@type"] for its in value["distribution"]] == ["DataDownload"]
    assert all(its["contentUrl"] and its["encodingFormat"] for its in value["distribution"])


def test_the_policy_names_the_one_script_and_the_one_style_by_their_hashes() -> None:
    page = made()
    runs = [text for tag, attrs, text in page.inline if tag == "script" and "type" not in attrs]
    styles = [text for tag, _, text in page.inline if tag == "style"]
    assert len(runs) == len(styles) == 1
    for text in (*runs, *styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.policy
    assert "default-src 'none'" in page.policy
    assert "unsafe" not in page.policy


def test_nothing_is_loaded_from_elsewhere() -> None:
    for tag, attrs in made().elements:
        assert "src" not in attrs, tag
        assert "style" not in attrs, tag
        assert not any(name.startswith("on") for name in attrs), tag
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        assert tag != "a" or str(attrs["href"]).startswith("#")


@pytest.mark.parametrize(
    "path", sorted(p.name for p in resources.files("crawler.package.explorer").joinpath("script").iterdir())
)
def test_the_script_never_parses_markup_and_takes_no_long_file(path: str) -> None:
    script = (resources.files("crawler.package.explorer") / "script" / path).read_text("utf-8")
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttpRequest|\.style\b"
    )
    assert not re.search(forbidden, script)
    assert "</script" not in script.lower()
    assert script.count("\n") <= 250


def test_equal_facts_give_equal_bytes_whatever_the_order_of_sources() -> None:
    other = SOURCE | {"source_id": "xx.other"}
    assert index_html(head(), [SOURCE, other], FILES) == index_html(head(), [other, SOURCE], FILES)


def test_safe_json_keeps_every_value_and_no_angle_bracket() -> None:
    value = {"a": HOSTILE, "b": ["é", "\u2029", "\ud83d", "𝄞"]}
    text = safe_json(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode()  # no lone surrogate is left
