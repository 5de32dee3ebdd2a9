"""A crawl fed from the WARC files of an earlier one, with the server gone: the same articles, and no network."""

from __future__ import annotations

import csv
import gzip
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.containers.wacz import export_wacz
from crawler.archive.warc.reader import iter_captures, read_run
from crawler.demo import seed_texts, serve
from crawler.demo.content import portal
from crawler.workspace import Workspace

SAME = ("article_id", "title", "text", "published_at", "language", "category", "document", "text_sha256")


def articles(package: Path) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for path in (package / "data").glob("articles-*.csv.gz"):
        text = gzip.decompress(path.read_bytes()).decode()
        rows = csv.DictReader(io.StringIO(text, newline=""))
        found += [tuple(row[name] for name in SAME) for row in rows if row["status"] == "live"]
    return sorted(found)


@dataclass
class Crawled:
    """A package after two runs over a server that is gone, the same after the first run, and the seeds."""

    first: Path
    second: Path
    seeds: list[Path]

    def warcs(self, package: Path) -> list[Path]:
        return sorted((package / "archive").glob("*.warc.gz"))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, command_json: Callable[..., Any]) -> Crawled:
    folder = tmp_path_factory.mktemp("replay")
    seeds = []
    with serve(port=0, stories=portal()[:9]) as site:  # a small site: the rest is only more of it
        for name, toml in seed_texts(site.url).items():
            path = folder.joinpath(*name.split(".")).with_suffix(".toml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(toml.replace("min_articles = 100", "min_articles = 1"), encoding="utf-8")
            seeds.append(path)
        site.age = 1
        command_json("crawl", *seeds, "--package", folder / "package")
        shutil.copytree(folder / "package", folder / "first")
        site.age = 2
        command_json("crawl", *seeds, "--package", folder / "package")
    return Crawled(folder / "first", folder / "package", seeds)


def replayed(crawled: Crawled, package: Path, files: list[Path], command_json: Callable[..., Any]) -> Any:
    options = [part for file in files for part in ("--replay", file)]
    return command_json("crawl", *crawled.seeds, "--package", package, *options)


@pytest.fixture(scope="module")
def from_wacz(
    crawled: Crawled, tmp_path_factory: pytest.TempPathFactory, command_json: Callable[..., Any]
) -> tuple[Path, Any]:
    """The package that a replay of the first run gives, fed from one WACZ; and what the command said."""
    folder = tmp_path_factory.mktemp("wacz")
    export_wacz(Workspace(crawled.first), folder / "first.wacz")
    summary = replayed(crawled, folder / "again", [folder / "first.wacz"], command_json)
    return folder / "again", summary


def test_a_replay_of_a_wacz_gives_the_same_articles(crawled: Crawled, from_wacz: tuple[Path, Any]) -> None:
    package, summary = from_wacz
    assert summary["valid"] is True
    assert summary["exit_code"] == 0, summary
    assert articles(package) == articles(crawled.first)
    assert len(articles(package)) > 30


def test_what_is_replayed_keeps_its_moment_and_its_bytes(crawled: Crawled, from_wacz: tuple[Path, Any]) -> None:
    package, _ = from_wacz
    before, after = (
        {(c.url, c.fetched_at, c.status, c.payload_sha256) for path in crawled.warcs(p) for c in iter_captures(path)}
        for p in (crawled.first, package)
    )
    assert after <= before
    assert read_run(crawled.warcs(package)[0]).software.endswith(" replay")


def test_revisits_are_resolved_across_several_files(
    crawled: Crawled, tmp_path: Path, command_json: Callable[..., Any]
) -> None:
    files = crawled.warcs(crawled.second)
    assert len(files) > 2
    assert any(capture.kind == "revisit" for path in files for capture in iter_captures(path))
    summary = replayed(crawled, tmp_path / "again", files, command_json)
    assert summary["valid"] is True
    assert articles(tmp_path / "again") == articles(crawled.second)


def test_what_the_files_do_not_hold_is_a_fault(
    crawled: Crawled, tmp_path: Path, command_json: Callable[..., Any]
) -> None:
    orchards = [path for path in crawled.warcs(crawled.first) if ".orchards-" in path.name]
    summary = replayed(crawled, tmp_path / "again", orchards, command_json)
    assert summary["exit_code"] == 4
    assert "not in the replayed files" in str(summary) or "not-in-replay" in str(summary)


def test_a_file_that_is_not_there_is_told(crawled: Crawled, tmp_path: Path, command: Callable[..., Any]) -> None:
    done = command("crawl", *crawled.seeds, "--package", tmp_path / "p", "--replay", tmp_path / "none.warc.gz")
    assert done.returncode == 8
    assert "none.warc.gz" in done.stderr


def test_a_file_that_is_no_archive_is_told(crawled: Crawled, tmp_path: Path, command: Callable[..., Any]) -> None:
    (tmp_path / "odd.warc.gz").write_bytes(b"no archive at all")
    done = command("crawl", *crawled.seeds, "--package", tmp_path / "p", "--replay", tmp_path / "odd.warc.gz")
    assert done.returncode in (5, 7), done.stderr
    assert "odd.warc.gz" in done.stderr
