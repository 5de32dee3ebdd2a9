"""Pages that hang, eat memory or crash lose themselves, and nothing else."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.batch.engines import engine
from crawler.batch.process_pool import Pool
from crawler.batch.shards import Page
from crawler.batch.worker import Limits
from crawler.errors import EnvironmentFault
from crawler.model import Capture, Locator, Reason, Role, Seed
from crawler.seeds import parse_seed

TOML = """
title = { en = "Tests" }
homepage = "https://ministry.example/"
platform = "generic"
timezone = "Asia/Tashkent"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "https://ministry.example/feed.xml"
"""


def page(name: str) -> Page:
    where = Locator("archive/x.warc.gz", 0, 1)
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    url = f"https://ministry.example/{name}"
    return Page(Path("x.warc.gz"), Capture(name, "xx.tests", "r", url, moment, Role.ARTICLE, where, document=name))


@pytest.fixture
def seed() -> Seed:
    return parse_seed(TOML, seed_id="xx.tests", path="seeds/xx/tests.toml")


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "stand_ins"))


def outcomes(seed: Seed, names: list[str], *, size: int = 2, **limits: float) -> dict[str, tuple[Reason, str]]:
    pool = Pool(size, Limits(**limits), module="bad_reader")  # type: ignore[arg-type]
    found = list(pool.run([(seed, [page(name) for name in names])]))
    assert len(found) == len(names), "each page has one outcome"
    return {name: (outcome.reason, outcome.detail) for name, outcome in found}  # type: ignore[union-attr]


FATES = {
    "loop": Reason.TIMEOUT,
    "sleep": Reason.TIMEOUT,
    "memory": Reason.MEMORY,
    "killed": Reason.MEMORY,
    "crash": Reason.ERROR,
    "raise": Reason.ERROR,
    "deep": Reason.ERROR,
    "nonsense": Reason.ERROR,
}


@pytest.mark.parametrize(("name", "reason"), FATES.items())
def test_a_bad_page_loses_only_itself(seed: Seed, name: str, reason: Reason) -> None:
    # Only a page that hangs is to meet its time limit: on a busy machine others need some time to go wrong, too.
    limits = {"cpu_s": 1, "wall_s": 25.0} if reason is Reason.TIMEOUT else {"cpu_s": 30, "wall_s": 120.0}
    found = outcomes(seed, ["before", name, "after", "last"], **limits)
    assert found.pop(name)[0] is reason
    assert set(found.values()) == {(Reason.SHELL, "read")}


def test_a_bad_page_on_a_cluster_loses_only_itself(seed: Seed) -> None:
    names = ["first", "loop", "after", "killed", "second", "crash", "last"]
    tasks = [(seed, [page(name) for name in its]) for its in (names[:3], names[3:])]
    run = engine("dask", workers=2, limits=Limits(cpu_s=1, wall_s=20.0), module="bad_reader")
    found = {name: outcome.reason for name, outcome in run(tasks)}  # type: ignore[union-attr]
    assert found == {name: FATES.get(name, Reason.SHELL) for name in names}


def test_no_scheduler_is_a_fault_of_the_environment(seed: Seed) -> None:
    import dask

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "300ms"}),
        pytest.raises(EnvironmentFault, match="answer"),
    ):
        list(engine("dask:tcp://127.0.0.1:9")([(seed, [page("a")])]))


def test_a_worker_that_died_unemployed_costs_no_page(seed: Seed) -> None:
    pool = Pool(1, Limits(), module="bad_reader")
    try:
        assert [name for name, _ in pool.work([(seed, [page("a")])])] == ["a"]
        pool.workers[0].process.kill()
        pool.workers[0].process.wait()
        ((name, outcome),) = pool.work([(seed, [page("b")])])
        assert (name, outcome.reason) == ("b", Reason.SHELL)  # type: ignore[union-attr]
    finally:
        list(pool.run([]))


def test_what_a_library_prints_is_no_answer(seed: Seed) -> None:
    assert outcomes(seed, ["print"])["print"] == (Reason.SHELL, "read")


def test_a_bad_page_at_the_end_and_two_in_a_row(seed: Seed) -> None:
    found = outcomes(seed, ["crash", "killed", "good", "crash2/crash"], size=1)
    assert [found[name][0] for name in ("crash", "killed", "good", "crash2/crash")] == [
        Reason.ERROR,
        Reason.MEMORY,
        Reason.SHELL,
        Reason.ERROR,
    ]


def test_a_worker_that_cannot_start_blames_no_page(seed: Seed) -> None:
    pool = Pool(1, Limits(), module="no_such_module")
    with pytest.raises(EnvironmentFault, match="before it was ready"):
        list(pool.run([(seed, [page("good")])]))


def test_no_process_is_left_behind(seed: Seed) -> None:
    pool = Pool(2, Limits(), module="bad_reader")
    results = pool.run([(seed, [page("a"), page("b")])])
    next(results)
    pids = [worker.process.pid for worker in pool.workers]
    results.close()  # type: ignore[attr-defined]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
