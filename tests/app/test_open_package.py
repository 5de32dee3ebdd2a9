"""How a package is opened: what a killed run left is finished first, and a clock that was set back is told of."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest

from crawler.app import open_package
from crawler.clock import now
from crawler.errors import EnvironmentFault
from crawler.package.build.build import build
from crawler.package.exports import query
from crawler.package.publication.transaction import Publication, journal_bytes
from crawler.workspace import Workspace
from crawler.workspace.scratch import scratch_folder


def test_a_first_publication_that_was_cut_short_is_finished(workspace: Workspace) -> None:
    """Killed between its renames: data/ is there, and no descriptor yet; that is no strange folder."""
    publication = Publication(workspace)
    publication.add("data/a.csv", b"")
    publication.add("datapackage.json", json.dumps({"name": "ministry-news"}).encode())
    workspace.journal.write_bytes(journal_bytes(workspace, publication.moves, []))
    workspace.data.mkdir()
    (workspace.staging / "data" / "a.csv").replace(workspace.data / "a.csv")
    with open_package.opened(workspace) as repairs:
        assert repairs == ["finished a publication that was interrupted"]
    assert workspace.descriptor.exists()


def test_captures_of_a_killed_run_are_indexed_for_the_next(ministry, make_page) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"), document="1/en")
    with open_package.opened(ministry.workspace) as repairs:
        assert len(repairs) == 2  # sealed, and indexed
        assert b"/n/1" in ministry.workspace.waiting.read_bytes()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    with open_package.opened(ministry.workspace) as repairs:
        assert repairs == []
        assert not ministry.workspace.waiting.exists()


def test_a_clock_that_was_set_back_a_day_is_told_before_the_first_request(
    ministry, make_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    captured = open_package.last_capture(ministry.workspace)
    assert captured
    monkeypatch.setattr(open_package, "now", lambda: captured - timedelta(days=1))
    with pytest.raises(EnvironmentFault, match="set the clock"):
        open_package.check_clock(ministry.workspace)
    monkeypatch.setattr(open_package, "now", lambda: max(captured, now()) + timedelta(seconds=1))
    open_package.check_clock(ministry.workspace)


def test_strangers_are_set_aside_and_the_rest_is_adopted(ministry, make_page, invoke) -> None:
    space = ministry.workspace
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"))
    run.done()
    build(space, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    run = ministry.run()
    run.get("/n/2", make_page("Title 2", "wind"))
    run.done()
    (space.archive / "foreign.warc.gz").write_bytes(b"\x1f\x8b\x08no archive")
    (space.data / "articles-old.csv").write_text("old")
    begun = scratch_folder(space.work)  # and never ended, as by a command that is killed
    killed = begun.__enter__()
    (space.work / "tmp-of-the-user").mkdir()
    assert invoke("validate", "--package", space.root).returncode == 5
    done = invoke("doctor", "--package", space.root)
    assert done.returncode == 0, done.stderr
    assert "taken into version" in done.stdout
    assert sorted(path.name for path in space.damaged.iterdir()) == ["archive-foreign.warc.gz", "data-articles-old.csv"]
    assert not killed.exists()
    assert (space.work / "tmp-of-the-user").is_dir()  # only what bears a mark of ours goes
    assert invoke("validate", "--package", space.root, "--full").returncode == 0
    assert [row["title"] for row in query.rows(space, "articles")] == ["Title 1", "Title 2"]
    again = json.loads(invoke("doctor", "--package", space.root, "--json").stdout)
    assert (again["done"], again["problems"], len(again["set_aside"])) == ([], [], 2)


def test_a_sealed_archive_that_was_torn_is_cut_and_kept(ministry, make_page, invoke) -> None:
    """As after a loss of power: the name is there, the last bytes are not."""
    space = ministry.workspace
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"))
    run.get("/n/2", make_page("Title 2", "wind"))
    run.done()
    (path,) = space.archive.iterdir()
    os.truncate(path, path.stat().st_size - 9)
    done = invoke("doctor", "--package", space.root)
    assert done.returncode == 0, done.stderr
    assert "a torn tail of" in done.stdout
    assert [row["title"] for row in query.rows(space, "articles")] == ["Title 1", "Title 2"]


def test_what_only_a_copy_can_mend_is_told(ministry, make_page, invoke) -> None:
    space = ministry.workspace
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"))
    run.done()
    build(space, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    (part,) = space.data.glob("articles-*")
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    done = invoke("doctor", "--package", space.root)
    assert done.returncode == 5
    assert f"data/{part.name}: its bytes are not those that were published" in done.stderr
