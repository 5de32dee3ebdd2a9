"""The main job from a seed to a validated package, over a real server, against what the site knows of itself."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from crawler import Package
from crawler.demo import DemoServer, expected, seed_texts, serve
from crawler.demo.content import Story, Text, portal
from tests.browser import browser, needs_browser

LANGUAGES = {"oz": "uz-Latn", "uz": "uz-Cyrl", "ru": "ru", "en": "en"}


def rows(package: Path, table: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in sorted((package / "data").glob(f"{table}[-.]*")):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        found += csv.DictReader(io.StringIO(content.decode(), newline=""))
    return found


def write_seeds(folder: Path, site: DemoServer) -> list[Path]:
    paths = []
    for name, toml in seed_texts(site.url).items():
        country, slug = name.split(".")
        path = folder / country / f"{slug}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(toml, encoding="utf-8")
        paths.append(path)
    return paths


@pytest.fixture(scope="module")
def aged(
    tmp_path_factory: pytest.TempPathFactory, command_json: Callable[..., Any]
) -> Iterator[tuple[Path, list[Any], DemoServer]]:
    """A package after runs at ages 1, 2 and 3, the summaries, and the server with its log."""
    folder = tmp_path_factory.mktemp("aged")
    with serve(port=0) as site:
        seeds = write_seeds(folder, site)
        summaries = []
        for age in (1, 2, 3):
            site.age = age
            summaries.append(command_json("crawl", *seeds, "--package", folder / "package"))
        yield folder / "package", summaries, site


def test_each_age_is_found_as_the_site_knows_it(aged: tuple[Path, list[Any], DemoServer]) -> None:
    _, summaries, _ = aged
    for age, summary in enumerate(summaries, 1):
        truth, found = expected(age), summary["found"]
        assert summary["valid"] is True
        assert summary["exit_code"] == 0
        assert (found["new"], found["edited"], found["withdrawn"], found["restored"]) == (
            truth.new, truth.edited, truth.withdrawn, truth.restored,
        ), f"age {age}"  # fmt: skip


def test_every_story_is_a_row_with_its_own_words(aged: tuple[Path, list[Any], DemoServer]) -> None:
    package, _, _ = aged
    by_url = {row["url"]: row for row in rows(package, "articles")}
    for story in portal():
        for code, text in story.at(3).items():
            row = next(r for url, r in by_url.items() if url.endswith(f"/{code}/rivers/news/view/{story.number}"))
            if not story.lives(3):
                assert row["status"] == "withdrawn"
                continue
            assert row["title"] == text.title
            own = list(text.plain)
            assert row["text"].split("\n")[: len(own)] == own
            assert row["published_at"] == story.published.strftime("%Y-%m-%dT%H:%M:%S+05:00")
            assert row["language"] == LANGUAGES[code]
    stories = {row["story_id"] for row in by_url.values() if "/news/view/" in row["url"]}
    assert len(stories) == len(portal())


def test_the_old_wording_is_kept(aged: tuple[Path, list[Any], DemoServer]) -> None:
    package, _, _ = aged
    revisions = rows(package, "revisions")
    edited = [row for row in revisions if row["change_kind"] == "edited"]
    assert len(edited) == expected(2).edited + expected(3).edited
    story = next(s for s in portal() if set(s.edits) == {2} and "ru" in s.texts)
    old = next(row for row in edited if row["url"].endswith(f"/ru/rivers/news/view/{story.number}"))
    assert old["title"] == story.texts["ru"].title
    assert sum(row["change_kind"] == "withdrawn" for row in revisions) == expected(2).withdrawn
    assert sum(row["change_kind"] == "restored" for row in revisions) == expected(3).restored


def test_every_article_capture_ends_in_one_row(aged: tuple[Path, list[Any], DemoServer]) -> None:
    package, _, _ = aged
    captures = [row["capture_id"] for row in rows(package, "captures") if row["role"] == "article"]
    ends = [row["capture_id"] for table in ("articles", "revisions", "rejections") for row in rows(package, table)]
    assert sorted(captures) == sorted(ends)


def test_a_page_is_captured_before_the_other_form_of_its_document(
    aged: tuple[Path, list[Any], DemoServer],
) -> None:
    """Whatever moment a run is killed at, what it has of a document is the page."""
    package, _, _ = aged
    pages: set[tuple[str, str]] = set()
    answers = 0
    by_id = {row["capture_id"]: row for row in rows(package, "captures") if row["role"] == "article"}
    documents = {row["capture_id"]: row["document"] for name in ("articles", "revisions", "rejections")
                 for row in rows(package, name)}  # fmt: skip
    for row in sorted(by_id.values(), key=lambda row: (row["run_id"], row["fetched_at"])):
        document = (row["run_id"], documents[row["capture_id"]])
        if "/authorities/news/view" in row["url"]:
            answers += 1
            assert document in pages, row
        else:
            pages.add(document)
    assert answers > 100


def test_what_the_pages_are_shown_with_is_kept_once(aged: tuple[Path, list[Any], DemoServer]) -> None:
    package, _, site = aged
    files = [row for row in rows(package, "captures") if "/assets/" in row["url"]]
    assert sorted(row["url"].removeprefix(f"{site.url}/assets/") for row in files) == [
        "fonts.css", "portal.css", "river.png",
    ]  # fmt: skip
    assert {row["status"] for row in files} == {"200"}


def test_the_published_tools_accept_the_package(aged: tuple[Path, list[Any], DemoServer]) -> None:
    package, _, _ = aged
    bin_ = Path(shutil.which("python") or "").parent
    done = subprocess.run(
        ["frictionless", "validate", "datapackage.json"],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{bin_}:{_path()}", "COLUMNS": "200"},
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    warcs = sorted(map(str, (package / "archive").glob("*.warc.gz")))
    assert len(warcs) == 6
    for tool in (["warcio", "check"], ["gunzip", "-t"]):
        assert (
            subprocess.run(
                [*tool, *warcs], capture_output=True, check=False, env={"PATH": f"{bin_}:{_path()}"}
            ).returncode
            == 0
        ), tool


def _path() -> str:
    import os
    import sys

    return f"{Path(sys.executable).parent}:{os.environ['PATH']}"


def test_rows_are_what_their_warc_records_say(
    aged: tuple[Path, list[Any], DemoServer], command: Callable[..., Any]
) -> None:
    package, _, _ = aged
    done = command("validate", "--package", package, "--full", "--reextract")
    assert done.returncode == 0, done.stdout + done.stderr


def test_building_anew_gives_the_same_bytes(
    aged: tuple[Path, list[Any], DemoServer], tmp_path: Path, command: Callable[..., Any]
) -> None:
    package, _, _ = aged
    copies = []
    for number, workers in enumerate((1, 2)):
        copy = tmp_path / str(number) / "package"
        shutil.copytree(package / "archive", copy / "archive")
        done = command("build", "--package", copy, "--workers", workers)
        assert done.returncode == 0, done.stderr
        copies.append(
            {p.relative_to(copy): p.read_bytes() for p in copy.rglob("*") if p.is_file() and ".work" not in p.parts}
        )
    assert copies[0] == copies[1]
    original = {
        p.relative_to(package): p.read_bytes() for p in package.rglob("*") if p.is_file() and ".work" not in p.parts
    }
    assert original.keys() == copies[0].keys()
    assert [str(name) for name in original if original[name] != copies[0][name]] == []


def test_a_run_without_news_asks_politely_and_changes_no_table(aged: tuple[Path, list[Any], DemoServer]) -> None:
    package, _, site = aged
    paths = [path for _, _, path, _ in site.requests]
    assert paths[0] == "/robots.txt"
    assert not any(path.startswith("/admin") for path in paths)
    assert all("cookie" not in headers for _, _, _, headers in site.requests)
    conditional = [headers for _, _, path, headers in site.requests if "if-none-match" in headers]
    assert conditional, "pages with an ETag are asked for with If-None-Match"
    assert json.loads((package / "datapackage.json").read_text())["name"] == "ministry-news"


def seed_item(path: Path) -> tuple[Story, list[str]]:
    lines = path.read_text("utf-8").rstrip().split("\n")
    paragraphs = [line.strip() for line in lines[2:] if line.strip()]
    from datetime import datetime

    published = datetime.strptime(lines[1].split(" / ")[0], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
    return Story(223_900, published, "news", {"ru": Text(lines[0], tuple(paragraphs))}), paragraphs


def test_the_seed_item(
    tmp_path: Path, shared: Path, command: Callable[..., Any], command_json: Callable[..., Any]
) -> None:
    story, paragraphs = seed_item(shared / "seed-item.txt")
    with serve(port=0, stories=[story]) as site:
        seeds = write_seeds(tmp_path, site)
        path = next(p for p in seeds if p.stem == "rivers")
        path.write_text(path.read_text().replace("min_articles = 100", "min_articles = 1"))
        summary = command_json("crawl", path, "--package", tmp_path / "package")
        assert summary["found"]["new"] == 1
        (row,) = rows(tmp_path / "package", "articles")
        assert row["title"] == story.texts["ru"].title
        assert row["published_at"] == "2026-03-12T10:00:00+05:00"
        assert row["category"] == "Новости"
        assert row["language"] == "ru"
        assert row["text"].split("\n") == paragraphs
        assert len(paragraphs) == 6
        shown = command("show", row["article_id"][:8], "--package", tmp_path / "package", "--format", "text")
        assert shown.stdout.rstrip() == (shared / "seed-item.txt").read_text("utf-8").rstrip()


@needs_browser
def test_a_new_user_finds_an_edit_and_cites_it_within_a_minute(aged: tuple[Path, list[Any], DemoServer]) -> None:
    """With what the package itself shows and says, and no other page: open it, find an edit, prove it, cite it."""
    package, _, _ = aged
    begun = time.monotonic()
    with browser() as found:
        page = found.new_page()
        page.goto((package / "index.html").as_uri())
        page.get_by_text("Edited since publication").click()
        page.get_by_text(re.compile(r"^\d+ of \d+ articles")).wait_for()
        page.locator("a[href^='#']", has_text="edited").first.click()
        page.get_by_text("Words changed").first.wait_for()
        assert page.locator("ins").count() and page.locator("del").count(), "the words that changed are marked"
        article_id = page.url.partition("#")[2]
        address = page.get_by_role("link", name="http").last.get_attribute("href")
    opened = Package(package)
    article = opened.article(article_id)
    assert article.url == address
    before = next(r for r in opened.revisions(article) if r.change_kind == "edited")
    assert opened.snapshot(before).body != opened.snapshot(article).body, "each wording has its page"
    citation = YAML(typ="safe").load((package / "CITATION.cff").read_text("utf-8"))
    assert citation["type"] == "dataset" and citation["version"] == opened.version
    assert "cite" in (package / "README.md").read_text("utf-8").lower()
    assert time.monotonic() - begun < 60
