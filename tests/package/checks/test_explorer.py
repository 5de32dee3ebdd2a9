"""An explorer that somebody else made: whatever stands in its folder, `validate` says no, and nothing is followed,
waited for or unpacked beyond its bound."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.package.build.build import build
from crawler.package.descriptor.descriptor_shape import INDEX
from crawler.package.explorer.form import MOST
from crawler.workspace import Workspace
from tests.package.forger import Forger


@pytest.fixture(scope="module")
def good(make_ministry, make_page, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid package of one article."""
    ministry = make_ministry(tmp_path_factory.mktemp("good") / "package")
    run = ministry.run()
    run.get("/n/1", make_page("Title", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace.root


@pytest.fixture
def space(good: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(good, tmp_path / "package")
    return Workspace(tmp_path / "package")


def shard(space: Workspace) -> Path:
    (path,) = space.explorer.glob("texts-*")
    return path


def relist(space: Workspace, rows: Callable[[list[str]], list[str]]) -> None:
    """Changes the list of the explorer's files and makes all hashes true again."""
    (before,) = space.indexes.glob("explorer*.csv")
    content = "".join(f"{row}\n" for row in rows(before.read_text("utf-8").splitlines()))
    name = f"{before.name.split('.')[0]}.{hashlib.sha256(content.encode()).hexdigest()[:8]}.csv"
    forger = Forger(space)
    forger.resource(f"indexes/{before.name}")["path"] = f"indexes/{name}"
    before.unlink()
    forger.put(f"indexes/{name}", content)
    publish(forger)


def publish(forger: Forger) -> None:
    """Unlike `Forger.save`, leaves the explorer as it is."""
    data = json.dumps(forger.descriptor).encode()
    forger.workspace.descriptor.write_bytes(data)
    digest = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(data).hexdigest()}
    forger.workspace.digest.write_text(json.dumps(digest))


def listed_as(space: Workspace, path: Path) -> None:
    """Lists the file at `path` with the bytes that it has now."""
    data = path.read_bytes()
    row = f"explorer/{path.name},{len(data)},{hashlib.sha256(data).hexdigest()}"
    relist(space, lambda rows: [row if its.startswith(f"explorer/{path.name},") else its for its in rows])


def link(space: Workspace) -> None:
    path = shard(space)
    path.rename(space.root.parent / "outside.js")
    path.symlink_to("../../outside.js")


def pipe(space: Workspace) -> None:
    path = shard(space)
    path.unlink()
    os.mkfifo(path)


def pipe_more(space: Workspace) -> None:
    os.mkfifo(space.explorer / "texts-2026-11-9.00000000.js")


def page_pipe(space: Workspace) -> None:
    (space.root / INDEX).unlink()
    os.mkfifo(space.root / INDEX)


def huge(space: Workspace) -> None:
    with shard(space).open("r+b") as file:
        file.truncate(MOST + 1)
    listed_as(space, shard(space))


def huge_page(space: Workspace) -> None:
    path = space.root / INDEX
    with path.open("r+b") as file:
        file.truncate(MOST + 1)
    forger = Forger(space)
    forger.put(INDEX, path.read_bytes())
    publish(forger)


def bomb(space: Workspace) -> None:
    stem = shard(space).name.split(".")[0]
    packed = base64.b64encode(zlib.compress(bytes(MOST + 1), 9)).decode()
    shard(space).write_text(f'ministryNews("{stem}","{packed}");\n')
    listed_as(space, shard(space))


def endless_number(space: Workspace) -> None:
    relist(space, lambda rows: [*rows, f"explorer/texts-{'9' * 5000}.00000000.js,1,{'0' * 64}"])


def path_outside(space: Workspace) -> None:
    relist(space, lambda rows: [*rows, f"explorer/../datapackage.json,1,{'0' * 64}"])


def of_no_part(space: Workspace) -> None:
    more = space.explorer / "texts-1999-01-0.00000000.js"
    shutil.copy(shard(space), more)
    row = f"explorer/{more.name},{more.stat().st_size},{hashlib.sha256(more.read_bytes()).hexdigest()}"
    relist(space, lambda rows: [*rows, row])


def no_page(space: Workspace) -> None:
    forger = Forger(space)
    forger.descriptor["resources"].remove(forger.resource(INDEX))
    (space.root / INDEX).unlink()
    publish(forger)


HOSTILE = (
    link, pipe, pipe_more, page_pipe, huge, huge_page, bomb, endless_number, path_outside, of_no_part, no_page,
)  # fmt: skip


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_explorer_is_not_valid_and_no_verb_ends_in_a_defect(space: Workspace, invoke, make) -> None:
    make(space)
    there = {path: path.lstat().st_mtime_ns for path in space.root.rglob("*") if ".work" not in path.parts}
    done = invoke("validate", "--package", space.root)
    assert done.returncode == 5, done
    assert "This is a defect" not in done.stderr, done.stderr[-800:]
    assert {path: path.lstat().st_mtime_ns for path in there} == there, "`validate` only reads"
    for verb in (["status"], ["export", "explorer", "--output", space.root.parent / "site"]):
        done = invoke(*verb, "--package", space.root)
        assert "This is a defect" not in done.stderr, (verb, done.stderr[-800:])


def test_the_explorer_that_a_build_made_is_valid(space: Workspace, invoke) -> None:
    assert invoke("validate", "--package", space.root).returncode == 0
