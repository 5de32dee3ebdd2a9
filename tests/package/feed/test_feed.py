"""`changes.atom` and the feeds of sources: valid Atom, the same however they came to be, without an erased word."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from crawler.ids import text_sha256
from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.descriptor.descriptor_shape import FEED
from crawler.package.exports import query
from crawler.package.exports.export import export
from crawler.package.feed.stage import NEWEST, feed_bytes, made_of
from crawler.package.tables.tables import table
from crawler.package.takedown import withdraw
from tests.package.conftest import Ministry

ATOM = "{http://www.w3.org/2005/Atom}"
SOURCE = "changes/xx.tests.atom"
HOSTILE = "A &lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; title"


@pytest.fixture
def grown(ministry: Ministry, make_page: Any) -> Ministry:
    """Added, edited, gone and back, in five runs built one by one; the last is of another month."""
    answers: list[dict[str, Any]] = [
        {"body": make_page(HOSTILE, "water")},
        {"body": make_page(HOSTILE, "wind")},
        {"status": 404},
        {"status": 404},
        {"body": make_page(HOSTILE, "wind")},
    ]
    for days, answer in zip((0, 1, 1, 2, 20), answers, strict=True):
        run = ministry.run(days)
        run.get("/n/1", **answer)
        run.get("/n/2", make_page("Steady", "air"))
        run.done()
        publish(ministry)
    return ministry


def publish(ministry: Ministry) -> None:
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")


def read(package: Ministry, path: str = FEED) -> Any:
    return feedparser.parse((package.workspace.root / path).read_bytes())


def check_rfc_4287(data: bytes) -> None:
    """The rules of RFC 4287 on what a feed and an entry must have, and how often."""
    feed = etree.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    ids = [its.text for its in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert element.find(f"{ATOM}author/{ATOM}name") is not None
        moment = element.findtext(f"{ATOM}updated") or ""
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", moment)
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id") or "")
    for entry in feed.findall(f"{ATOM}entry"):
        assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
        assert len(entry.findall(f"{ATOM}content")) == 1
    order = [entry.findtext(f"{ATOM}updated") or "" for entry in feed.findall(f"{ATOM}entry")]
    assert order == sorted(order, reverse=True)


def test_it_tells_what_was_added_edited_withdrawn_and_restored(grown: Ministry) -> None:
    for path in (FEED, SOURCE):
        check_rfc_4287((grown.workspace.root / path).read_bytes())
        feed = read(grown, path)
        assert not feed.bozo, feed.get("bozo_exception")
        kinds = [entry.title.partition(":")[0] for entry in feed.entries]
        assert kinds[:3] == ["Restored", "Withdrawn", "Edited"]
        assert sorted(kinds[3:]) == ["Added", "Added"]
        edited = feed.entries[2].content[0].value
        assert "<del>water</del>" in edited
        assert "<ins>wind</ins>" in edited
        assert feed.entries[2].link == "https://ministry.example/n/1"
        assert "<script" not in edited


def test_it_is_the_same_when_all_is_built_at_once(grown: Ministry) -> None:
    before = [(entry.id, entry.title) for entry in read(grown).entries]
    done = reproduce(grown.workspace, engine="serial")
    assert done.same, done
    assert validate(grown.workspace, full=True, reextract=True, engine="serial").valid
    build(grown.workspace, seeds={}, full=True, engine="serial")
    assert [(entry.id, entry.title) for entry in read(grown).entries] == before


def test_a_run_without_news_leaves_the_feed_of_a_source(grown: Ministry, make_page: Any) -> None:
    before = (grown.workspace.root / SOURCE).stat().st_mtime_ns
    run = grown.run()
    run.get("/n/2", make_page("Steady", "air"))
    run.done()
    publish(grown)
    assert (grown.workspace.root / SOURCE).stat().st_mtime_ns == before
    assert validate(grown.workspace, full=True, engine="serial").valid


def test_no_word_of_an_article_that_was_taken_out_stays(grown: Ministry, make_page: Any) -> None:
    article = next(row for row in query.rows(grown.workspace, "articles") if row["title"] != "Steady")
    withdraw(grown.workspace, article["article_id"], "asked", now=datetime(2027, 2, 1, tzinfo=UTC), engine="serial")
    for path in (FEED, SOURCE):
        data = (grown.workspace.root / path).read_text("utf-8")
        for word in ("wind", "water", "alert"):
            assert word not in data
        titles = [entry.title for entry in read(grown, path).entries]
        assert titles[0] == "Taken out of this archive on request: (withdrawn)"
    run = grown.run()  # an incremental build keeps what tells of it
    run.get("/n/2", make_page("Steady", "air"))
    run.done()
    publish(grown)
    assert [entry.title for entry in read(grown).entries] == titles
    assert reproduce(grown.workspace, engine="serial").same


def test_a_feed_that_was_changed_by_hand_is_not_carried_on(grown: Ministry, make_page: Any) -> None:
    feed = grown.workspace.root / SOURCE
    feed.write_bytes(feed.read_bytes().replace(b"Steady", b"Forged"))
    assert any(SOURCE in line for line in validate(grown.workspace, full=True, engine="serial").lines())
    run = grown.run()
    run.get("/n/3", make_page("Third", "soil"))
    run.done()
    publish(grown)
    assert b"Forged" not in feed.read_bytes()


def test_a_wacz_has_them(grown: Ministry, tmp_path: Path) -> None:
    import zipfile

    export(grown.workspace, "wacz", tmp_path / "x.wacz")
    with zipfile.ZipFile(tmp_path / "x.wacz") as file:
        assert {FEED, SOURCE} <= set(file.namelist())


def test_the_newest_are_kept_and_no_more() -> None:
    articles, changes = [], []
    for number in range(NEWEST + 50):
        moment = f"2026-11-{1 + number // 60:02d}T10:{number % 60:02d}:00.000000Z"
        name = {"article_id": f"{number:016x}", "source_id": f"xx.s{number % 2}"}
        row = dict.fromkeys(table("articles").columns, "") | name
        articles.append(row | {"title": f"T{number}", "text": "Text", "seen_at": moment, "url": "https://a.example/"})
        change = dict.fromkeys(table("changes").columns, "") | name
        changes.append(change | {"change_id": f"{number:016x}", "changed_at": moment, "change_kind": "new"})
    found = made_of(changes, articles, [])
    assert [len(its) for its in found.values()] == [125, 125]
    assert text_sha256("Text") not in str(found)
    newest = sorted((entry for its in found.values() for entry in its), reverse=True)[:NEWEST]
    check_rfc_4287(feed_bytes(newest, "urn:uuid:" + "0" * 36, "T", "A", "", FEED))
