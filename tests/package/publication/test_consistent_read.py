"""A reader who meets a publication begins again, and never tells of two versions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.errors import EnvironmentFault, PackageInvalid
from crawler.package.build.build import build
from crawler.package.exports import query
from crawler.package.exports.export import export
from crawler.package.publication.consistent_read import steadily


@pytest.fixture
def published(ministry, make_page):
    """A package, and what publishes its next version: another wording of its article, and one article more."""
    count = 0

    def publish() -> None:
        nonlocal count
        run = ministry.run()
        run.get("/n/1", make_page(f"Title {count}", "topic"))
        run.get(f"/m/{count}", make_page(f"More {count}", "others"))
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
        count += 1

    publish()
    return ministry.workspace, publish


def test_what_vanishes_while_it_is_read_is_read_again(published, monkeypatch) -> None:
    space, publish = published
    (row, _) = query.rows(space, "articles")
    real, calls = query.read_part, []

    def read_part(*arguments: object, **options: object):
        calls.append(1)
        if len(calls) == 1:
            publish()  # takes away the part that is about to be read
        return real(*arguments, **options)

    monkeypatch.setattr(query, "read_part", read_part)
    found = query.find(space, row["article_id"])
    assert (found.article["title"], len(found.revisions)) == ("Title 1", 1)


def test_an_export_is_of_one_version(published, monkeypatch, tmp_path: Path) -> None:
    space, publish = published
    real, calls = query.rows, []

    def rows(*arguments: object, **options: object):
        calls.append(arguments[1])
        if calls.count("articles") == 1 and arguments[1] == "articles":
            publish()  # between the captures and the articles
        return real(*arguments, **options)

    monkeypatch.setattr(query, "rows", rows)
    export(space, "sqlite", tmp_path / "x.sqlite")
    assert calls.count("articles") == 2
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as base:
        lost = "SELECT count(*) FROM articles WHERE capture_id NOT IN (SELECT capture_id FROM captures)"
        assert base.execute(lost).fetchone() == (0,)
        assert base.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["x.sqlite"]


def test_versions_that_come_faster_than_they_are_read_are_told(published) -> None:
    space, _ = published
    reads = []

    def read() -> None:
        reads.append(1)
        space.descriptor.write_bytes(space.descriptor.read_bytes() + b"\n")

    with pytest.raises(EnvironmentFault, match="run this again"):
        steadily(space, read)
    assert len(reads) == 3


def test_a_fault_of_a_version_that_stands_still_is_told_at_once(published) -> None:
    space, _ = published
    reads = []

    def read() -> None:
        reads.append(1)
        raise PackageInvalid("a part is torn")

    with pytest.raises(PackageInvalid, match="torn"):
        steadily(space, read)
    assert len(reads) == 1
