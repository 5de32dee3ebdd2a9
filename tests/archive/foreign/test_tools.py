"""Files that other tools made (data/README.md says how), taken in once, and read as articles like our own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.archive.foreign import ingest, settled
from crawler.archive.warc.reader import iter_captures, iter_payloads
from crawler.archive.warc.repair import whole_prefix
from crawler.extraction import extract_capture
from crawler.model import Article, Capture, Role, Seed
from crawler.pages import page_object
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

DATA = Path(__file__).parents[1] / "data"
SEED = """
title = { en = "Orchards" }
homepage = "http://127.0.0.1:8431/orchards/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "http://127.0.0.1:8431/orchards/feed/"
[crawl]
hosts = ["192.0.2.2"]
"""
PRUNING, BEES, WINTER = "A pruning calendar for busy people", "Bees before winter", "The winter issue goes to print"


@pytest.fixture
def seed() -> Seed:
    return parse_seed(SEED, seed_id="xx.orchards", path="seeds/xx/orchards.toml")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "package")


def taken(names: list[str], seed: Seed, workspace: Workspace) -> Path:
    (path,) = ingest([DATA / name for name in names], {seed.id: (seed, page_object(seed).owns)}, workspace).files
    return path


def captures(path: Path) -> list[Capture]:
    return [
        capture
        for capture in settled(sorted(iter_captures(path), key=lambda c: (c.fetched_at, c.capture_id)))
        if capture.role is Role.ARTICLE
    ]


@pytest.mark.parametrize(
    ("name", "titles", "revisits"),
    [
        ("wget-gz.warc.gz", {PRUNING, BEES}, 0),
        ("wget-plain.warc", {PRUNING, BEES}, 0),
        ("py-wacz.wacz", {PRUNING, BEES}, 0),
        ("warcprox.warc.gz", {PRUNING, WINTER}, 1),
        ("pywb.warc.gz", {PRUNING, WINTER}, 0),
        ("warcio-js.warc.gz", {PRUNING, WINTER}, 1),
    ],
)
def test_what_other_tools_wrote_becomes_articles(
    name: str, titles: set[str], revisits: int, seed: Seed, workspace: Workspace
) -> None:
    path = taken([name], seed, workspace)
    found = [
        extract_capture(payload, seed)
        for payload in iter_payloads(path, role=Role.ARTICLE)
        if payload.capture.kind == "response"
    ]
    assert {article.title for article in found if isinstance(article, Article)} == titles
    assert len(found) == 2
    responses = {capture.capture_id for capture in captures(path) if capture.kind == "response"}
    repeated = [capture.revisit_of for capture in captures(path) if capture.kind == "revisit"]
    assert len(repeated) == revisits
    assert set(repeated) <= responses
    again = ingest([DATA / name], {seed.id: (seed, page_object(seed).owns)}, workspace)
    assert (again.count, again.known, again.files) == (0, 2 + revisits, ())


def test_revisits_find_their_originals_in_another_file(seed: Seed, workspace: Workspace) -> None:
    path = taken(["wget-dedup.warc.gz", "wget-gz.warc.gz"], seed, workspace)
    responses = {capture.capture_id for capture in captures(path) if capture.kind == "response"}
    assert {capture.revisit_of for capture in captures(path) if capture.kind == "revisit"} == responses
    assert len(responses) == 2


def test_all_of_them_make_one_sound_file(seed: Seed, workspace: Workspace) -> None:
    path = taken(sorted(p.name for p in DATA.iterdir() if "w" in p.suffixes[0]), seed, workspace)
    assert whole_prefix(path) == path.stat().st_size
    # The two exchanges in wget-gz are those in the WACZ, and, of the same second and bytes, those in wget-plain.
    assert len(captures(path)) == 2 + 2 + 3 + 2 + 3
    done = subprocess.run(
        [Path(sys.executable).parent / "warcio", "check", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
