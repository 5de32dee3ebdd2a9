"""The newest parts of runs are read, and none of them twice in a build."""

from __future__ import annotations

import pytest

from crawler.package.build.build import build
from crawler.package.tables import run_history
from crawler.package.tables.run_history import recent_runs
from crawler.package.tables.tables import Row


def test_a_part_that_was_read_is_not_read_again(ministry, make_page, monkeypatch: pytest.MonkeyPatch) -> None:
    run = ministry.run()
    run.get("/n/1", make_page("Water is measured", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    (path,) = ministry.workspace.data.glob("runs-*")
    parts = {"runs": [f"data/{path.name}"]}
    read: dict[str, list[Row]] = {}
    first = recent_runs(ministry.workspace, parts, "2020-01-01", (), {}, read)
    assert len(first) == 1 and list(read) == parts["runs"]
    monkeypatch.setattr(run_history, "read_part", lambda *_: pytest.fail("read again"))
    assert recent_runs(ministry.workspace, parts, "2020-01-01", (), {}, read) == first
