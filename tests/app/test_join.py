"""The verb join: which months, what it tells, and that a dry run changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.package.build.build import build
from crawler.workspace import Workspace
from tests.package.conftest import Ministry, page


@pytest.fixture
def package(ministry: Ministry, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    for n in range(3):
        run = ministry.run(2.0)
        run.get("/n/1", page(f"Title {n}", "water"))
        run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    monkeypatch.setattr("crawler.app.join.now", lambda: datetime(2026, 12, 3, tzinfo=UTC))
    return ministry.workspace


def test_months_that_are_over_are_joined_and_a_dry_run_says_so(package: Workspace, invoke) -> None:
    before = {path: path.stat().st_mtime_ns for path in sorted(package.root.rglob("*")) if path.is_file()}
    told = invoke("join", "--dry-run", "--package", package.root)
    assert told.returncode == 0 and "3 WARC files would become 1" in told.stdout
    assert before == {path: path.stat().st_mtime_ns for path in sorted(package.root.rglob("*")) if path.is_file()}
    told = json.loads(invoke("join", "--json", "--package", package.root).stdout)
    assert (told["files_before"], told["files_after"], told["until"], told["done"]) == (3, 1, "2026-11", True)
    assert [(its["source"], its["month"], its["files"]) for its in told["joined"]] == [("xx.tests", "2026-11", 3)]
    assert "nothing to join" in invoke("join", "--package", package.root).stdout


@pytest.mark.parametrize(("words", "code"), [(["--until", "2026-12"], 2), (["--until", "2026"], 2)])
def test_a_month_that_is_not_over_or_none_is_refused(package: Workspace, invoke, words: list[str], code: int) -> None:
    assert invoke("join", *words, "--package", package.root).returncode == code


def test_where_nothing_is(invoke, tmp_path: Path) -> None:
    assert invoke("join", "--package", tmp_path / "none").returncode == 8
