"""`crawl --engine`: the pages of a run are read where the user says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.app.commands import crawl
from crawler.batch import engines
from crawler.errors import UsageError
from crawler.package.exports import query
from crawler.package.history import extraction_results
from crawler.workspace import Workspace
from tests.app.test_api_only import Quiet

sys.path.insert(0, str(Path(__file__).parents[1] / "crawl"))
from listing_site import ListingSite

LISTING = '<div class="list"><a href="/a/1">1</a><a href="/a/2">2</a></div>'
ENTRY = 'kind = "listing"\nurl = "{url}/news"\nlinks = "div.list a"\n'


@pytest.fixture
def site() -> Iterator[ListingSite]:
    running = ListingSite()
    running.routes["/news"] = lambda _: ("text/html", f"<!DOCTYPE html><title>News</title>{LISTING}")
    yield running
    running.close()


def crawled(site: ListingSite, folder: Path, engine: str) -> Any:
    path = folder / "xx" / "listing.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(site.seed(ENTRY), "utf-8")
    options: dict[str, Any] = {"limit": None, "full": False, "since": None, "replay": None, "show": Quiet()}
    return crawl([str(path)], folder / "p", engine=engine, **options)


def test_the_pages_of_a_crawl_are_read_on_the_engine_that_is_named(
    site: ListingSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[str] = []
    real = engines.engine

    def asked(name: str = "processes", **options: Any) -> engines.Engine:
        named.append(name)
        return real(name, **options)

    monkeypatch.setattr(extraction_results, "engine_named", asked)
    summary = crawled(site, tmp_path, "processes:1")
    assert (summary.exit_code, summary.found["new"]) == (0, 2), summary.problems
    assert set(named) == {"processes:1"}
    assert len(list(query.rows(Workspace(tmp_path / "p"), "articles"))) == 2


@pytest.mark.parametrize("engine", ["cluster", "processes:0", "serial:2"])
def test_an_unknown_engine_is_told_before_anything_is_fetched(site: ListingSite, tmp_path: Path, engine: str) -> None:
    with pytest.raises(UsageError, match="unknown engine"):
        crawled(site, tmp_path, engine)
    assert site.asked == []
    assert not (tmp_path / "p").exists()
