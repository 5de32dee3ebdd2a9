"""What a build has written is validated at once, on a fresh machine, too; the rest when somebody asks for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.gates.build_report import BuildReport


@pytest.fixture
def crawl(ministry, make_page):
    """A run with one new article, thirty days after the one before, and its build."""

    def run() -> BuildReport:
        number = len(ministry.runs) + 1
        its = ministry.run(days=30)
        its.get(f"/n/{number}", make_page(f"Title {number}", f"water {number}"), document=f"{number}/en")
        its.done()
        return build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")

    return run


def spoil(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def test_only_what_was_written_is_read(ministry, crawl) -> None:
    space = ministry.workspace
    crawl()
    (old,) = space.data.glob("articles-*")
    shutil.rmtree(space.cache)  # another machine
    written = crawl().written
    report = validate(space, written=written, engine="serial")
    assert report.valid and report.rows["articles"] == 1, report.lines()
    assert validate(space, engine="serial").rows["articles"] == 2
    shutil.rmtree(space.cache)
    spoil(old)
    assert validate(space, written=written, engine="serial").valid, "the size is as listed, and nobody looked before"
    assert not validate(space, engine="serial").valid, "what was not looked at is not remembered as good"


def test_what_was_written_is_hashed_and_read(ministry, crawl) -> None:
    crawl()
    written = crawl().written
    (path,) = [path for path in written if path.startswith("data/articles-")]
    spoil(ministry.workspace.root / path)
    assert [e.path for e in validate(ministry.workspace, written=written, engine="serial").errors] == [path]


def test_what_has_changed_since_it_was_hashed_is_told(ministry, crawl) -> None:
    space = ministry.workspace
    crawl()
    (old,) = space.data.glob("articles-*")
    assert validate(space, engine="serial").valid
    written = crawl().written
    spoil(old)
    assert [e.check for e in validate(space, written=written, engine="serial").errors] == ["hash"]


def test_what_is_gone_or_cut_is_told(ministry, crawl) -> None:
    space = ministry.workspace
    crawl()
    (old,) = space.data.glob("articles-*")
    shutil.rmtree(space.work)
    written = crawl().written
    old.write_bytes(old.read_bytes()[:-1])
    assert {e.check for e in validate(space, written=written, engine="serial").errors} == {"bytes"}
    old.unlink()
    assert {e.check for e in validate(space, written=written, engine="serial").errors} == {"missing"}
