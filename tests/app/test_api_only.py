"""Sites that are only an API, crawled, read and published: the answer is the capture, the public address is the
article's."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.app.commands import crawl
from crawler.package.exports import query
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "crawl"))
from listing_site import Asked, ListingSite, as_json, text, title

ENTRY = """kind = "json"
url = "{url}/api/list"
items = "result.rows"
id = "uid"
article = "https://public.example/en/press/{slug}"
detail = "{url}/api/item/{id}"
item = "result"
page = "p"
date = "changed"
headers = { X-Client = "site" }
[entries.fields]
title = "head.line"
body = "content"
published = "at"
modified = "changed"
category = "rubric.name"
authors = "people.name"
language = "lang"
"""


class Quiet:
    """Progress that nobody watches."""

    def update(self, task: str, done: int, total: int | None = None, note: str = "") -> None: ...

    def tell(self, note: str) -> None: ...

    def interrupted(self, going_on: str) -> None: ...


def _item(number: int, changed: int = 1772600000) -> dict[str, Any]:
    plain = (
        f"The ministry counts {number} wells & springs in the north.\nIt repairs them <soon>, the minister said today."
    )
    return {
        "result": {
            "uid": number,
            "head": {"line": title(number)},
            "content": text(number) if number % 3 else plain,
            "at": 1772600000 + number * 86_400,
            "changed": changed,
            "rubric": {"id": 4, "name": "Water"},
            "people": [{"name": "Anna Rivers"}, {"name": "Ben Wells"}],
            "lang": "en",
        }
    }


@pytest.fixture
def site() -> Iterator[ListingSite]:
    running = ListingSite()

    def show(asked: Asked) -> tuple[str, str | bytes] | int:
        if asked.headers.get("X-Client") != "site":
            return 403
        page = int(asked.get("p", "1"))
        rows = [
            {"uid": n, "slug": f"report-{n}", "lang": "en", "changed": 1} for n in range(page * 4 - 3, page * 4 + 1)
        ]
        return as_json({"result": {"rows": rows if page <= 3 else []}})

    running.routes["/api/list"] = show
    for number in range(1, 13):
        running.routes[f"/api/item/{number}"] = lambda asked, n=number: as_json(_item(n))  # type: ignore[misc]
    yield running
    running.close()


def _crawl(site: ListingSite, folder: Path, entry: str = ENTRY) -> Any:
    path = folder / "xx" / "api.toml"
    path.parent.mkdir(exist_ok=True)
    head, _, tail = site.seed(entry, crawl='hosts = ["public.example"]').partition("[[entries]]")
    path.write_text(f"{head}[[entries]]{tail}", "utf-8")
    return crawl([str(path)], folder / "p", limit=None, full=False, since=None, replay=None, show=Quiet())


def test_a_site_that_is_only_an_api(site: ListingSite, tmp_path: Path) -> None:
    summary = _crawl(site, tmp_path)
    assert (summary.crawls[0].result, summary.valid, summary.exit_code) == ("complete", True, 0), summary.problems
    rows = sorted(query.rows(Workspace(tmp_path / "p"), "articles"), key=lambda row: row["published_at"])
    assert [row["url"] for row in rows] == [f"https://public.example/en/press/report-{n}" for n in range(1, 13)]
    assert {row["language"] for row in rows} == {"en"}
    assert {row["category"] for row in rows} == {"Water"}
    assert json.loads(rows[0]["authors"]) == ["Anna Rivers", "Ben Wells"]
    assert rows[0]["title"] == title(1)
    assert rows[0]["published_at"].startswith("2026-03-05")
    assert len(rows[0]["text"].split("\n")) == 2
    assert rows[2]["text"].split("\n") == [
        "The ministry counts 3 wells & springs in the north.", "It repairs them <soon>, the minister said today.",
    ]  # fmt: skip


def test_a_field_with_another_name_is_told_by_its_key(site: ListingSite, tmp_path: Path) -> None:
    summary = _crawl(site, tmp_path, ENTRY.replace('"head.line"', '"headline"'))
    assert list(query.rows(Workspace(tmp_path / "p"), "articles")) == []
    (reason,) = {row["detail"] for row in query.rows(Workspace(tmp_path / "p"), "rejections")}
    assert "fields.title" in reason
    assert "'headline'" in reason
    assert summary.found["new"] == 0


def test_a_second_run_asks_for_what_the_api_marks(site: ListingSite, tmp_path: Path) -> None:
    _crawl(site, tmp_path)
    before = len(site.asked)
    summary = _crawl(site, tmp_path)
    assert summary.found["new"] == 0
    assert [line for line in site.asked[before:] if "/item/" in line] == []
