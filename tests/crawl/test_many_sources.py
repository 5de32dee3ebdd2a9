"""Many sources in one run: so many at a time, under the machine's limit of open files, looked up once."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.crawl.run import run_crawls
from crawler.crawl.scheduling.last_run import files_by_source
from crawler.crawl.worker import groups
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from fault_server import FaultSite

HARDLY_ANY = 12
CRAWL = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
os.execv(sys.executable, [sys.executable, "-m", "crawler", "crawl", *sys.argv[3:]])
"""


@pytest.fixture
def sites() -> Iterator[list[FaultSite]]:
    servers = [FaultSite(address=f"127.0.2.{number + 1}") for number in range(40)]
    for server in servers:
        server.list(["/good/1"])
    yield servers
    for server in servers:
        server.close()


def crawl(sites: list[FaultSite], folder: Path, *, files: tuple[int, int], at_once: int) -> tuple[int, str]:
    (folder / "seeds" / "xx").mkdir(parents=True)
    for number, site in enumerate(sites):
        (folder / "seeds" / "xx" / f"s{number}.toml").write_text(site.seed())
    options = [str(folder / "seeds"), "--package", str(folder / "package"), "--sources-at-once", str(at_once), "--json"]
    command = [sys.executable, "-c", CRAWL, str(files[0]), str(files[1]), *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)
    return done.returncode, done.stdout + done.stderr


def test_a_low_soft_limit_of_open_files_is_raised(sites: list[FaultSite], tmp_path: Path) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    code, said = crawl(sites, tmp_path, files=(40, hard), at_once=40)
    assert code == 0, said
    assert said.count('"complete"') >= 40


def test_fewer_sources_at_a_time_under_a_low_hard_limit(sites: list[FaultSite], tmp_path: Path) -> None:
    code, said = crawl(sites, tmp_path, files=(40, 40), at_once=40)
    assert code == 0, said
    assert said.count('"complete"') >= 40


def test_a_hard_limit_that_does_not_suffice_is_told_as_what_it_is(sites: list[FaultSite], tmp_path: Path) -> None:
    code, said = crawl(sites[:1], tmp_path, files=(HARDLY_ANY, HARDLY_ANY), at_once=40)
    assert code == 7, said
    assert "too many open files" in said.lower()
    assert "ulimit -n" in said
    assert "Traceback" not in said


def test_no_more_sources_are_under_way_than_allowed(sites: list[FaultSite], tmp_path: Path) -> None:
    seeds = [parse_seed(site.seed(), seed_id=f"xx.s{n}", path="x") for n, site in enumerate(sites[:9])]
    run_crawls(seeds, Workspace(tmp_path / "package"), at_once=1)
    spans = sorted((site.requests[0][0], site.requests[-1][0]) for site in sites[:9])
    assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))


def run(name: str, *hosts: str) -> Any:
    return SimpleNamespace(hosts=set(hosts), seed=SimpleNamespace(id=name), name=name)


def test_sources_that_share_a_host_follow_one_another() -> None:
    runs = [run("a", "one"), run("b", "two"), run("c", "three"), run("d", "one", "three"), run("e", "two"), run("f")]
    assert [[r.name for r in group] for group in groups(runs)] == [["a", "c", "d"], ["b", "e"], ["f"]]


def test_files_of_runs_are_known_by_their_source_newest_first(tmp_path: Path) -> None:
    names = (
        "xx.a-20260101T000000000000Z-00000.warc.gz",
        "xx.a-20260102T000000000000Z-00000.warc.gz",
        "xx.a-b-20260101T000000000000Z-00000.warc.gz",
        "notes.txt",
    )
    for name in names:
        (tmp_path / name).touch()
    found = {source: [path.name for path in paths] for source, paths in files_by_source(tmp_path).items()}
    assert found == {"xx.a": [names[1], names[0]], "xx.a-b": [names[2]]}
