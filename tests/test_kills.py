"""SIGKILL at random moments and at single steps of the main job: the package is valid at once, and the next run ends as
if nothing had been. A few for every day; `tests/benchmarks/kill_harness.py` and `every_step.py` do many."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
from kills.moments import Harness
from kills.shim import FAIL_ONCE, KILL_ALL, why_not
from kills.steps import Steps


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    harness = Harness(tmp_path_factory.mktemp("kills"))
    yield harness
    harness.close()


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steps]:
    if why_not():
        pytest.skip(why_not())
    steps = Steps(tmp_path_factory.mktemp("steps"), stories=1, large=False)
    yield steps
    steps.close()


@pytest.mark.parametrize("seed", [7])
def test_a_killed_run_is_completed_by_the_next(harness: Harness, seed: int) -> None:
    trial = harness.trial(seed)
    assert trial.problems == []
    assert trial.kills


def test_two_runs_do_not_meet(harness: Harness) -> None:
    status, said = harness.second_run_status()
    assert status == 6
    assert re.search(r"process \d+ since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC is at work", said)


def test_an_orphaned_crawl_keeps_the_package(harness: Harness) -> None:
    assert harness.orphan() == []


@pytest.mark.parametrize("path", ["/memory-", " /.work/archive/", " /data"])
def test_a_run_that_is_killed_at_one_step_is_completed(steps: Steps, path: str) -> None:
    at = next(n for n, change in enumerate(steps.changes, 1) if path in change)
    trial = steps.trial(at + 2, KILL_ALL)
    assert trial
    assert trial.problems == []


@pytest.mark.parametrize(
    ("change", "error"),
    [("fsync /.work/archive/", errno.EIO), ("write /.work/archive/", errno.ENOSPC), ("rename /archive/", errno.EIO)],
)
def test_a_disk_that_refuses_ends_the_run_with_its_own_code(steps: Steps, change: str, error: int) -> None:
    at = next(n for n, its in enumerate(steps.changes, 1) if its.startswith(change))
    trial = steps.trial(at, FAIL_ONCE, error)
    assert trial
    assert trial.problems == []
    assert trial.status == 7


def test_a_run_that_is_killed_while_it_holds_a_source_back_is_completed(tmp_path: Path) -> None:
    """At the journal of the version without it: refused.json comes with that version."""
    if why_not():
        pytest.skip(why_not())
    steps = Steps(tmp_path, scenario="held")
    try:
        at = [n for n, its in enumerate(steps.changes, 1) if its.startswith("rename /.work/journal")]
        trial = steps.trial(at[-1] + 3, KILL_ALL)
    finally:
        steps.close()
    assert trial
    assert trial.problems == []
