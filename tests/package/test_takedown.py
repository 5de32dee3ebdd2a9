"""An article taken out on request is gone from every byte of the package, which stays valid and reproducible."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawler.archive.warc.reader import iter_captures
from crawler.errors import NotFound, UsageError
from crawler.model import Role
from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.exports import query
from crawler.package.takedown import withdraw

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
    assert report.version.startswith("3.")
    left = everything(space)
    assert b"secrets" not in left
    assert b"Goes" not in left
    assert b"apples" in left
    assert {path.name: [c.locator for c in iter_captures(path)] for path in sorted(space.archive.iterdir())} == before
    row = query.find(space, report.article_ids[0]).article
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
    assert query.find(space, report.article_ids[0]).article["title"] == "(withdrawn)"
    verdict = validate(space, full=True, reextract=True, engine="serial")
    assert verdict.valid, verdict.lines()
    assert reproduce(space, engine="serial").same
    proved = validate(space, full=True, reextract=True, engine="serial")
    assert proved.verdict == "valid", proved.lines()


def test_what_cannot_be_withdrawn_is_said(published) -> None:
    space = published.workspace
    with pytest.raises(NotFound):
        withdraw(space, "https://ministry.example/other", "x")
    with pytest.raises(UsageError, match="reason"):
        withdraw(space, "https://ministry.example/n/1", " ")
    withdraw(space, "https://ministry.example/n/1", "x", now=LATER, engine="serial")
    with pytest.raises(UsageError, match="already"):
        withdraw(space, "https://ministry.example/n/1", "x")


def test_feeds_that_print_its_words_go_and_those_that_only_name_it_stay(published) -> None:
    from crawler.model import Role

    space, run = published.workspace, published.run()
    telling = "Engineers explained how secrets is measured, what the limits are"
    run.get("/feed.xml", f"<rss><description>&lt;p&gt;{telling}</description></rss>".encode(), role=Role.LISTING)
    run.get("/list", b"<a href='/n/1'>Goes</a> <a href='/n/0'>about apples</a>", role=Role.LISTING)
    run.done()
    build_now(published)
    report = withdraw(space, "https://ministry.example/n/1", "asked", now=LATER, engine="serial")
    assert report.records == 3
    left = everything(space)
    assert b"secrets" not in left
    assert b"about apples" in left
    verdict = validate(space, full=True, engine="serial")
    assert verdict.valid, verdict.lines()
    assert reproduce(space, engine="serial").same
    proved = validate(space, full=True, reextract=True, engine="serial")
    assert proved.verdict == "valid", proved.lines()


def test_all_language_versions_of_a_story_go_at_once(published, monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.package import takedown as room

    space = published.workspace
    others = [row for row in query.rows(space, "articles") if row["url"].endswith(("/n/1", "/n/2"))]
    monkeypatch.setattr(room, "_versions", lambda *_: iter(others))  # as if both were one story
    report = withdraw(space, "https://ministry.example/n/1", "asked", story=True, now=LATER, engine="serial")
    assert (len(report.article_ids), report.version[:2]) == (2, "4.")
    left = everything(space)
    assert b"secrets" not in left
    assert b"pears" not in left
    assert b"apples" in left
    assert [row["change_kind"] for row in query.rows(space, "changes")].count("erased") == 2
    assert validate(space, full=True, engine="serial").valid


def test_what_waits_for_a_build_loses_the_words_too(published, make_page) -> None:
    """Of a killed run, or of one that a gate refused: the page, and what a listing prints of it."""
    space = published.workspace
    (row,) = [row for row in query.rows(space, "articles") if row["url"].endswith("/1")]
    excerpt = row["text"].split("\n")[0].encode()
    run = published.run()
    run.get("/n/1", make_page("Goes, edited again", "further secrets"))
    run.get("/feed.xml", b"<rss><item>" + excerpt + b"</item></rss>", mime="application/rss+xml", role=Role.LISTING)
    run.get("/n/9", make_page("Comes", "plums"))
    run.done()
    report = withdraw(space, row["article_id"], "asked for", now=LATER, engine="serial")
    assert (report.records, len(report.files)) == (4, 3)
    assert b"secrets" not in everything(space)
    assert b"plums" in everything(space)
    assert validate(space, full=True, engine="serial").valid
    build_now(published)
    assert validate(space, full=True, reextract=True, engine="serial").valid
    assert b"secrets" not in everything(space)
    assert {row["title"] for row in query.rows(space, "articles")} == {"Stays", "(withdrawn)", "Stays too", "Comes"}
