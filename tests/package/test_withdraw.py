"""An article taken out on request is gone from every byte of the package, which stays valid and reproducible."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawler.archive.reader import iter_captures
from crawler.errors import NotFound, UsageError
from crawler.package import query
from crawler.package.build import build
from crawler.package.reproduce import reproduce
from crawler.package.validate import validate
from crawler.package.withdraw import withdraw

LATER = datetime(2026, 12, 24, tzinfo=UTC)


def build_now(ministry):
    return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")


@pytest.fixture
def published(ministry, make_page):
    run = ministry.run()
    run.get("/n/0", make_page("Stays", "apples"))
    run.get("/n/1", make_page("Goes", "secrets"))
    run.get("/n/2", make_page("Stays too", "pears"))
    run.done()
    build_now(ministry)
    run = ministry.run()
    run.get("/n/1", make_page("Goes, edited", "secrets"))
    run.get("/n/0", make_page("Stays", "apples"))
    run.done()
    build_now(ministry)
    return ministry


def everything(workspace) -> bytes:
    found = b""
    for path in sorted(p for p in workspace.root.rglob("*") if p.is_file()):
        data = path.read_bytes()
        found += gzip.decompress(data) if path.name.endswith(".gz") else data
    return found


def test_no_word_of_it_stays(published) -> None:
    space = published.workspace
    before = {path.name: [c.locator for c in iter_captures(path)] for path in sorted(space.archive.iterdir())}
    assert b"secrets" in everything(space)
    report = withdraw(
        space, "https://ministry.example/n/1", "asked for by a person named in it", now=LATER, engine="serial"
    )
    assert (report.records, len(report.files)) == (2, 2)
    assert report.version.startswith("2.")
    left = everything(space)
    assert b"secrets" not in left
    assert b"Goes" not in left
    assert b"apples" in left
    assert {path.name: [c.locator for c in iter_captures(path)] for path in sorted(space.archive.iterdir())} == before
    row = query.find(space, report.article_id).article
    assert (row["status"], row["text"], row["title"]) == ("withdrawn", "", "(withdrawn)")
    assert list(query.rows(space, "revisions")) == []
    assert [r["reason"] for r in query.rows(space, "rejections")] == ["withdrawn-on-request", "unchanged"]


def test_the_package_stays_valid_grows_and_is_reproduced(published, make_page) -> None:
    space = published.workspace
    report = withdraw(space, "https://ministry.example/n/1", "asked", now=LATER, engine="serial")
    run = published.run()
    run.get("/n/1", make_page("Goes, again", "nothing of it"))
    run.get("/n/5", make_page("New", "plums"))
    run.done()
    assert build_now(published).sources["xx.tests"] == {"new": 1, "withdrawn-on-request": 1}
    assert query.find(space, report.article_id).article["title"] == "(withdrawn)"
    verdict = validate(space, full=True, reextract=True, engine="serial")
    assert verdict.valid, verdict.lines()
    assert reproduce(space, engine="serial").same


def test_what_cannot_be_withdrawn_is_said(published) -> None:
    space = published.workspace
    with pytest.raises(NotFound):
        withdraw(space, "https://ministry.example/other", "x")
    with pytest.raises(UsageError, match="reason"):
        withdraw(space, "https://ministry.example/n/1", " ")
    withdraw(space, "https://ministry.example/n/1", "x", now=LATER, engine="serial")
    with pytest.raises(UsageError, match="already"):
        withdraw(space, "https://ministry.example/n/1", "x")
