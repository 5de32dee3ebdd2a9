"""SIGKILL at random moments of the main job: the package is valid at once, and the next run ends as if nothing was.

A few kills for every day; `python tests/benchmarks/kill_harness.py` does many and prints a table."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
from kill_harness import Harness


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Harness:
    return Harness(tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize("seed", [11, 27])
def test_a_killed_run_is_completed_by_the_next(harness: Harness, seed: int) -> None:
    trial = harness.trial(seed)
    assert trial.problems == []
    assert trial.killed


def test_two_runs_do_not_meet(harness: Harness) -> None:
    assert harness.second_run_status() == 6


def test_an_orphaned_crawl_keeps_the_package(harness: Harness) -> None:
    """The parent alone is killed: the next run is refused until the orphan has sealed its files, and then completes."""
    assert harness.orphan() == []
