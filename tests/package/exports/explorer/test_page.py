"""The explorer as a file: data comes back out of it unharmed, and nothing in the data can become markup or script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import EnvironmentFault, NotFound
from crawler.package.exports.explorer import export_explorer, safe_json, write_explorer
from crawler.workspace import Workspace

HOSTILE = '</script><script>alert(1)</script><!-- "\\ %DATA% %SCRIPT% \u2028 <img src=x onerror=alert(2)> ]]>'


class Page(HTMLParser):
    """Reads a page as a browser would: what elements there are, and what stands in scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in ("script", "style") else None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inline.append((*self._open, data))

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def data(self, name: str) -> list[dict[str, Any]]:
        text = "".join(text for _, attrs, text in self.inline if attrs.get("id") == f"data-{name}")
        return json.loads(text)

    @property
    def policy(self) -> str:
        return next(str(a["content"]) for t, a in self.elements if a.get("http-equiv") == "Content-Security-Policy")


def article(**cells: str) -> dict[str, str]:
    row = {
        "article_id": "00112233aabbccdd",
        "source_id": "uz.eco",
        "story_id": "5" * 16,
        "language": "ru",
        "title": "Вода",
        "text": "Первый.\nВторой.",
        "status": "live",
        "url": "https://gov.uz/ru/eco/news/view/1",
        "published_at": "2026-03-12T10:00:00+05:00",
        "published_date": "2026-03-12",
        "authors": "",
        "tags": '["вода"]',
        "first_seen_at": "2026-11-23T10:00:00.000000Z",
        "seen_at": "2026-11-23T10:00:00.000000Z",
        "withdrawn_at": "",
    }
    return row | cells


def revision(kind: str, **cells: str) -> dict[str, str]:
    row = article() | {"change_kind": kind, "valid_from": "2026-11-23T10:00:00Z", "valid_to": "2026-11-24T10:00:00Z"}
    return row | cells


def made(
    tmp_path: Path, *articles: dict[str, str], revisions: tuple[dict[str, str], ...] = (), title: str = "T"
) -> str:
    source = {"source_id": "uz.eco", "title": "Ecology", "homepage": "https://gov.uz/ru/eco", "country": "uz"}
    output = tmp_path / "index.html"
    export_explorer(articles, revisions, [source], output, title)
    return output.read_text("utf-8")


def test_rows_come_out_as_they_went_in(tmp_path: Path) -> None:
    page = Page(made(tmp_path, article(), revisions=(revision("edited", title="Вода?"),)))
    [item] = page.data("articles")
    assert item["title"] == "Вода"
    assert item["text"] == "Первый.\nВторой."
    assert item["tags"] == ["вода"]
    assert "authors" not in item, "empty cells are left out"
    [old] = page.data("revisions")
    assert (old["id"], old["title"], old["kind"]) == ("00112233aabbccdd", "Вода?", "edited")


@pytest.mark.parametrize("column", ["title", "text", "category", "summary", "url", "language", "published_raw"])
def test_a_hostile_cell_stays_data(tmp_path: Path, column: str) -> None:
    harmless = Page(made(tmp_path, article()))
    page = Page(made(tmp_path, article(**{column: HOSTILE})))
    assert page.elements == harmless.elements
    if column != "url":
        key = {"language": "lang", "published_raw": "raw"}.get(column, column)
        assert page.data("articles")[0][key] == HOSTILE


def test_a_hostile_title_of_the_package_stays_text(tmp_path: Path) -> None:
    page = Page(made(tmp_path, article(), title=HOSTILE))
    assert page.elements == Page(made(tmp_path, article())).elements
    assert len(page.data("articles")) == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://x"])
def test_only_addresses_of_the_web_become_links(tmp_path: Path, url: str) -> None:
    assert "url" not in Page(made(tmp_path, article(url=url))).data("articles")[0]


def test_the_policy_names_the_one_script_and_the_one_style_by_their_hashes(tmp_path: Path) -> None:
    page = Page(made(tmp_path, article()))
    runs = [text for tag, attrs, text in page.inline if tag == "script" and "type" not in attrs]
    styles = [text for tag, _, text in page.inline if tag == "style"]
    assert len(runs) == len(styles) == 1
    for text in (*runs, *styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.policy
    assert "default-src 'none'" in page.policy
    assert "unsafe" not in page.policy


def test_nothing_is_loaded_from_elsewhere(tmp_path: Path) -> None:
    page = Page(made(tmp_path, article()))
    for tag, attrs in page.elements:
        assert "src" not in attrs, tag
        assert "style" not in attrs, tag
        assert not any(name.startswith("on") for name in attrs), tag
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        assert tag != "a" or str(attrs["href"]).startswith("#")


def test_the_script_never_parses_markup() -> None:
    script = (resources.files("crawler.package.exports.explorer") / "page.js").read_text("utf-8")
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttpRequest|\.style\b"
    )
    assert not re.search(forbidden, script)
    assert "</script" not in script.lower()


def test_a_withdrawal_carries_no_words(tmp_path: Path) -> None:
    [event] = Page(made(tmp_path, article(), revisions=(revision("withdrawn"),))).data("revisions")
    assert set(event) == {"id", "kind", "from", "to"}


def test_equal_rows_give_equal_bytes(tmp_path: Path) -> None:
    assert made(tmp_path, article()) == made(tmp_path, article())


def test_a_failed_export_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    before = made(tmp_path, article())
    with pytest.raises(ValueError, match="tags"):
        made(tmp_path, article(tags='"no array"'))
    assert (tmp_path / "index.html").read_text("utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"no/index\.html"):
        export_explorer([], [], [], tmp_path / "no" / "index.html", "T")


def test_no_package_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        write_explorer(Workspace(tmp_path), tmp_path / "index.html")


def test_safe_json_keeps_every_value_and_no_angle_bracket() -> None:
    value = {"a": HOSTILE, "b": ["é", "\u2029", "\ud83d", "𝄞"]}
    text = safe_json(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode()  # no lone surrogate is left
