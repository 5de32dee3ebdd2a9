"""The verbs on every engine: the same bytes, on a real cluster of Dask too, also when one of its workers is killed."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.app import commands
from crawler.app import ingest as taking
from crawler.console import Display
from crawler.errors import UsageError
from crawler.package.build.build import build
from crawler.package.exports import query
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from tests.package.conftest import SEED, Ministry, page

PAGES = 24


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of two runs, read in this process."""
    folder = tmp_path_factory.mktemp("engines") / "package"
    ministry = Ministry(Workspace(folder), parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml"))
    for days in (0, 10):
        run = ministry.run(days)
        for number in range(PAGES):
            run.get(f"/n/{number}", page(f"Title {number} after {days} days", f"water {number} {days}"))
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as its:
        yield its


def hashes(package: Path) -> dict[str, str]:
    return {
        path.relative_to(package).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(package.rglob("*"))
        if path.is_file() and path.relative_to(package).parts[0] not in (".work", ".cache")
    }


def unread(built: Path, folder: Path) -> Path:
    """A copy of the package of which nothing is read."""
    shutil.copytree(built, folder)
    shutil.rmtree(Workspace(folder).cache, ignore_errors=True)
    return folder


def rebuilt(package: Path, engine: str) -> dict[str, str]:
    with Display(quiet=True) as show:
        commands.build(package, full=True, workers=None, accept=(), engine=engine, show=show)
    return hashes(package)


@pytest.mark.parametrize("engine", ["serial", "processes:2", "processes"])
def test_a_build_gives_the_same_bytes_on_every_engine(engine: str, built: Path, tmp_path: Path) -> None:
    assert rebuilt(unread(built, tmp_path / "package"), engine) == hashes(built)


def test_so_it_does_on_a_cluster(built: Path, tmp_path: Path, cluster: Any) -> None:
    assert rebuilt(unread(built, tmp_path / "package"), f"dask:{cluster.scheduler_address}") == hashes(built)


def test_so_it_does_when_a_worker_of_the_cluster_is_killed(built: Path, tmp_path: Path, cluster: Any) -> None:
    package = unread(built, tmp_path / "package")
    victim = next(iter(cluster.workers.values())).pid
    timer = threading.Timer(0.3, os.kill, (victim, signal.SIGKILL))
    timer.start()
    try:
        assert rebuilt(package, f"dask:{cluster.scheduler_address}") == hashes(built)
    finally:
        timer.join()


def test_other_verbs_read_on_a_cluster(built: Path, tmp_path: Path, cluster: Any) -> None:
    package, engine = unread(built, tmp_path / "package"), f"dask:{cluster.scheduler_address}"
    with Display(quiet=True) as show:
        assert commands.extract(package, workers=None, engine=engine, show=show)["articles"] == 2 * PAGES
        found = commands.validate(package, full=True, reextract=True, engine=engine, show=show)
        assert found.verdict == "valid", found.lines()
        seed = tmp_path / "seeds" / "xx" / "tests.toml"
        seed.parent.mkdir(parents=True)
        seed.write_text(SEED, "utf-8")
        files = sorted((package / "archive").glob("*.warc.gz"))
        for name, on in (("one", engine), ("two", "serial")):
            taking.ingest(files, str(seed), tmp_path / name, engine=on, show=show)
    read = [
        [(row["article_id"], row["text_sha256"]) for row in query.rows(Workspace(tmp_path / name), "articles")]
        for name in ("one", "two")
    ]
    assert len(read[0]) == PAGES and read[0] == read[1]


@pytest.mark.parametrize("name", ["", "threads", "serial:2", "processes:0", "processes:x", "processes:9999"])
def test_a_name_that_is_no_engine_is_refused_before_anything_is_done(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown engine"), Display(quiet=True) as show:
        taking.ingest([tmp_path / "none.warc.gz"], "uz.eco", tmp_path / "package", engine=name, show=show)
    assert not (tmp_path / "package").exists()
