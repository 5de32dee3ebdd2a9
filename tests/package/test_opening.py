"""How a package is opened: what a killed run left is finished first, and a clock that was set back is told of."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from crawler import jobs
from crawler.clock import now
from crawler.errors import EnvironmentFault
from crawler.package.build import build
from crawler.package.publish import Publication
from crawler.workspace import Workspace


def test_a_first_publication_that_was_cut_short_is_finished(workspace: Workspace) -> None:
    """Killed between its renames: data/ is there, and no descriptor yet; that is no strange folder."""
    publication = Publication(workspace)
    publication.add("data/a.csv", b"")
    publication.add("datapackage.json", json.dumps({"name": "ministry-news"}).encode())
    workspace.journal.write_text(json.dumps({"moves": publication.moves, "removals": []}))
    workspace.data.mkdir()
    (workspace.staging / "data" / "a.csv").replace(workspace.data / "a.csv")
    with jobs.opened(workspace) as repairs:
        assert repairs == ["finished a publication that was interrupted"]
    assert workspace.descriptor.exists()


def test_captures_of_a_killed_run_are_indexed_for_the_next(ministry, make_page) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"), document="1/en")
    with jobs.opened(ministry.workspace) as repairs:
        assert len(repairs) == 2  # sealed, and indexed
        assert b"/n/1" in ministry.workspace.waiting.read_bytes()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    with jobs.opened(ministry.workspace) as repairs:
        assert repairs == []
        assert not ministry.workspace.waiting.exists()


def test_a_clock_that_was_set_back_a_day_is_told_before_the_first_request(
    ministry, make_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Title 1", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    captured = jobs.last_capture(ministry.workspace)
    assert captured
    monkeypatch.setattr(jobs, "now", lambda: captured - timedelta(days=1))
    with pytest.raises(EnvironmentFault, match="set the clock"):
        jobs._check_clock(ministry.workspace)
    monkeypatch.setattr(jobs, "now", lambda: max(captured, now()) + timedelta(seconds=1))
    jobs._check_clock(ministry.workspace)
