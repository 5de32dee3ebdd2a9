"""Packages that are joined give the tables of one: whatever was crawled where, killed or done twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from crawler.app import merge_files
from crawler.app.merge import merge
from crawler.errors import NotFound, PackageInvalid, UsageError
from crawler.model import Seed
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.takedown import withdraw
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from tests.package.conftest import SEED, Ministry, page
from tests.package.forger import Forger


class Told:
    """Keeps what is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def update(self, task: str, done: int, total: int | None = None, note: str = "") -> None:
        """Passed over."""

    def tell(self, note: str) -> None:
        self.notes.append(note)

    def interrupted(self, going_on: str) -> None:
        """Passed over."""


SEEDS = {
    name: parse_seed(SEED.replace("ministry.example", f"{name[3:]}.example"), seed_id=name, path=f"{name}.toml")
    for name in ("xx.one", "xx.two")
}


def crawled(folder: Path, pause: int = 10) -> list[Path]:
    """The WARC files of two sources, two runs each: an edit, a page that goes, one that stays as it is."""
    for name, seed in SEEDS.items():
        ministry, host = Ministry(Workspace(folder), seed), f"https://{name[3:]}.example"
        for days in (0, pause):
            run = ministry.run(days + 1)
            run.get(f"{host}/n/1", page(f"Title after {days} days", "water"))
            run.get(f"{host}/n/2", page("The same title", "wind"))
            run.get(f"{host}/n/3", page("It goes", "fire"), status=404 if days else 200)
            run.done()
    return sorted((folder / "archive").glob("*.warc.gz"))


def package_of(files: Sequence[Path], folder: Path) -> Path:
    """A package of these WARC files in `folder`: a copy of the one that was built of them first."""
    shutil.copytree(_built(tuple(files)), folder)
    return folder


@cache
def _built(files: tuple[Path, ...]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="built-", dir=files[0].parents[2]))
    (folder / "archive").mkdir(parents=True)
    for file in files:
        shutil.copy(file, folder / "archive" / file.name)
    build(Workspace(folder), seeds=_mine(files), engine="serial")
    return folder


def _mine(files: Sequence[Path]) -> dict[str, Seed]:
    return {name: seed for name, seed in SEEDS.items() if any(f"{name}-" in file.name for file in files)}


def partitions(items: Sequence[int]) -> Iterator[list[list[int]]]:
    """Every way to share items out."""
    if not items:
        yield []
        return
    for rest in partitions(items[1:]):
        yield [[items[0]], *rest]
        for at in range(len(rest)):
            yield [*rest[:at], [items[0], *rest[at]], *rest[at + 1 :]]


def content(folder: Path) -> dict[str, bytes]:
    found = [
        path
        for top in ("data", "changes", "indexes", "pages", "archive", "seeds")
        for path in (folder / top).rglob("*")
    ]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if path.is_file()}


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> list[Path]:
    return crawled(tmp_path_factory.mktemp("crawled"))


@pytest.fixture(scope="module")
def whole(files: list[Path], tmp_path_factory) -> dict[str, bytes]:
    return content(package_of(files, tmp_path_factory.mktemp("whole") / "package"))


SHARED_OUT = [its for its in partitions(range(4)) if len(its) > 1]


@pytest.mark.parametrize("shares", SHARED_OUT, ids=str)
def test_any_partition_of_captures_and_sources_gives_the_same_bytes(
    files: list[Path], whole: dict[str, bytes], tmp_path: Path, shares: list[list[int]]
) -> None:
    parts = [package_of([files[n] for n in its], tmp_path / f"part{k}") for k, its in enumerate(shares)]
    before = [content(part) for part in parts]
    summary = merge(parts[::-1], tmp_path / "out", show=Told())
    assert summary.exit_code == 0, summary.lines()
    assert content(tmp_path / "out") == whole
    assert [content(part) for part in parts] == before


def test_what_comes_later_is_joined_to_what_is_there(
    files: list[Path], whole: dict[str, bytes], tmp_path: Path
) -> None:
    late, early = package_of(files[1:], tmp_path / "late"), package_of(files[:1], tmp_path / "early")
    merge([late], tmp_path / "out", show=Told())
    merge([late, early], tmp_path / "out", show=Told())
    assert content(tmp_path / "out") == whole
    merge([early, late], tmp_path / "out", show=Told())
    assert content(tmp_path / "out") == whole
    assert validate(Workspace(tmp_path / "out"), full=True, engine="serial").verdict == "valid"


KILLED = """
import os, sys
from pathlib import Path
from crawler.app import merge as merging
from crawler.app import merge_files
from tests.app.test_merge import Told
left, move = int(sys.argv[1]), merge_files.move
def counted(*paths):
    global left
    if not left:
        os._exit(137)
    left -= 1
    move(*paths)
merge_files.move = counted
merging.merge([Path(p) for p in sys.argv[3:]], Path(sys.argv[2]), show=Told())
"""


@pytest.mark.parametrize("moves", range(4))
def test_a_merge_that_was_killed_is_done_by_doing_it_again(
    files: list[Path], whole: dict[str, bytes], tmp_path: Path, moves: int
) -> None:
    parts = [package_of(files[:2], tmp_path / "a"), package_of(files[2:], tmp_path / "b")]
    words = [sys.executable, "-c", KILLED, str(moves), str(tmp_path / "out"), *map(str, parts)]
    root = Path(merge_files.__file__).parents[2]
    done = subprocess.run(words, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False)
    assert done.returncode == 137
    merge(parts, tmp_path / "out", show=Told())
    assert content(tmp_path / "out") == whole


def test_conflicts_are_told_and_nothing_is_taken(files: list[Path], tmp_path: Path) -> None:
    one, other = package_of(files[:2], tmp_path / "one"), package_of(files[:2], tmp_path / "other")
    forger = Forger(Workspace(other))
    path = f"archive/{files[0].name}"
    forger.put(path, files[0].read_bytes() + files[0].read_bytes(), packed=False)
    forger.save()
    with pytest.raises(PackageInvalid, match="has other bytes than the file of that name elsewhere"):
        merge([one, other], tmp_path / "out", show=Told())
    assert not list((tmp_path / "out").glob("archive/*"))


def test_bytes_that_are_not_listed_are_not_taken(files: list[Path], tmp_path: Path) -> None:
    one = package_of(files[:2], tmp_path / "one")
    target = one / "archive" / files[0].name
    target.write_bytes(target.read_bytes()[:-1])
    with pytest.raises(PackageInvalid, match="is not as its descriptor says"):
        merge([one], tmp_path / "out", show=Told())
    assert not list((tmp_path / "out" / "archive").glob(files[0].name))


def test_the_seed_of_the_newest_run_is_taken_and_told(files: list[Path], tmp_path: Path) -> None:
    old = package_of(files[:1], tmp_path / "old")
    seed = SEEDS["xx.one"]
    newer = parse_seed(seed.toml + "\n# changed\n", seed_id="xx.one", path="xx.one.toml")
    (tmp_path / "new" / "archive").mkdir(parents=True)
    shutil.copy(files[1], tmp_path / "new" / "archive")
    build(Workspace(tmp_path / "new"), seeds={"xx.one": replace(newer)}, engine="serial")
    told = Told()
    merge([tmp_path / "new", old], tmp_path / "out", show=told)
    assert (tmp_path / "out" / "seeds" / "xx.one.toml").read_text("utf-8") == newer.toml
    assert [note for note in told.notes if note.startswith("xx.one: its seed is not the same")]


def test_what_was_withdrawn_in_one_stays_withdrawn(files: list[Path], tmp_path: Path) -> None:
    one, other = package_of(files[:2], tmp_path / "one"), package_of(files[2:], tmp_path / "other")
    row = Forger(Workspace(one)).rows("articles")[0]
    withdraw(Workspace(one), row["article_id"], "a person asked")
    merge([other, one], tmp_path / "out", show=Told())
    rows = {its["article_id"]: its for n in (0,) for its in Forger(Workspace(tmp_path / "out")).rows("articles", n)}
    assert rows[row["article_id"]]["status"] == "withdrawn"
    assert rows[row["article_id"]]["text"] == ""
    assert validate(Workspace(tmp_path / "out"), full=True, engine="serial").verdict == "valid"
    published = package_of(files[2:], tmp_path / "published")
    with pytest.raises(PackageInvalid, match="merge into a new folder"):
        merge([one], published, show=Told())


def test_what_is_no_package_is_told(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFound, match=r"no datapackage\.json"):
        merge([tmp_path / "empty"], tmp_path / "out", show=Told())
    one = package_of(files[:1], tmp_path / "one")
    with pytest.raises(UsageError, match="named among them"):
        merge([one], one, show=Told())
