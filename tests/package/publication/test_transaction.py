"""A version becomes visible whole or not at all: the process is ended, or the disk refuses, at every single step."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.errors import EnvironmentFault, MinistryNewsError, PackageBusy, PackageInvalid, Refused
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.publication.lock import hold
from crawler.package.publication.transaction import Publication, recover
from crawler.seeds import parse_seed
from crawler.workspace import Workspace

STEPS = ("fsync", "replace", "rename", "unlink", "mkdir", "open", "rmdir")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
Trouble = Callable[[], None]


def snapshot(workspace: Workspace) -> dict[str, str]:
    files = (p for p in sorted(workspace.root.rglob("*")) if p.is_file() and ".work" not in p.parts)
    return {workspace.relative(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def names_only_what_is_there(workspace: Workspace) -> bool:
    """What a reader of the descriptor finds, without any repair."""
    descriptor = json.loads(workspace.descriptor.read_bytes())
    for resource in descriptor["resources"]:
        if resource.get("type") == "table":
            continue
        path = workspace.root / resource["path"]
        if hashlib.sha256(path.read_bytes()).hexdigest() != resource["hash"].removeprefix("sha256:"):
            return False
    return True


def trouble_at(step: int, trouble: Trouble) -> Callable[[], int]:
    """Makes the `step`-th change of the file system end in `trouble`; what is returned tells how many there were."""
    count = 0

    def wrap(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            nonlocal count
            writes = real is not real_open or (len(args) > 1 and int(args[1]) & _WRITES)  # type: ignore[comparison-overlap, call-overload]
            count += bool(writes)
            if writes and count == step:
                trouble()
            return real(*args, **kwargs)

        return call

    real_open = os.open
    for name in STEPS:
        setattr(os, name, wrap(getattr(os, name)))
    return lambda: count


def in_child(work: Callable[[], None]) -> int:
    """The exit status of a copy of this process that does `work`."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(0)
        except MinistryNewsError as error:
            os._exit(int(error.exit_code))
        except BaseException:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.fixture
def two_versions(ministry, make_page, tmp_path: Path):
    """(workspace with a published version and an archive file more, snapshot before, snapshot after, seeds)."""
    seeds = {ministry.seed.id: ministry.seed}
    run = ministry.run()
    run.get("/n/1", make_page("First title", "water"))
    run.done()
    build(ministry.workspace, seeds=seeds, engine="serial")
    before = snapshot(ministry.workspace)
    run = ministry.run()
    run.get("/n/1", make_page("Second title", "water"))
    run.get("/n/2", make_page("Another title", "wind"))
    run.done()
    other = Workspace(tmp_path / "undisturbed")
    shutil.copytree(ministry.workspace.root, other.root)
    build(other, seeds=seeds, engine="serial")
    return ministry.workspace, before, snapshot(other), seeds


@pytest.fixture
def one_held_back(two_versions, make_ministry, make_page, tmp_path: Path):
    """The same, but a second source sends one page for everything, and is held back."""
    workspace, before, _, seeds = two_versions
    other = make_ministry(workspace.root)
    other.seed = parse_seed(other.seed.toml, seed_id="xx.others", path="others.toml")
    run = other.run()
    for i in range(5):
        run.get(f"/b/{i}", make_page("Sorry", "maintenance"))
    run.done()
    seeds = {**seeds, other.seed.id: other.seed}
    held = Workspace(tmp_path / "held")
    shutil.copytree(workspace.root, held.root)
    assert build(held, seeds=seeds, engine="serial").refused
    assert (held.root / "refused.json").exists()
    return workspace, before, snapshot(held), seeds


def every_step(
    two_versions, trouble: Trouble, allowed: set[int], before: Trouble = lambda: None, each: int = 1
) -> None:
    workspace, _, after, seeds = two_versions
    pristine = workspace.root.with_name("pristine")
    shutil.copytree(workspace.root, pristine)
    for step in range(1, steps_of_a_build(workspace, seeds) + 1, each):
        before()
        shutil.rmtree(workspace.root)
        shutil.copytree(pristine, workspace.root)

        def work(step: int = step) -> None:
            trouble_at(step, trouble)
            build(workspace, seeds=seeds, engine="serial")

        status = in_child(work)
        assert status in allowed | {0}, f"step {step}: status {status}"
        if not workspace.journal.exists():
            assert names_only_what_is_there(workspace), f"step {step}"
        with suppress(Refused):  # what is held back, with no news of others any more
            build(workspace, seeds=seeds, engine="serial")
        assert snapshot(workspace) == after, f"step {step}"
        assert not workspace.staging.exists()
        assert not workspace.journal.exists()


def steps_of_a_build(workspace: Workspace, seeds) -> int:
    told = workspace.root.with_name("steps")

    def work() -> None:
        count = trouble_at(-1, lambda: None)
        build(workspace, seeds=seeds, engine="serial")
        told.write_text(str(count()))

    assert in_child(work) == 0
    steps = int(told.read_text())
    assert steps > 40
    return steps


def test_killed_at_every_step(two_versions) -> None:
    every_step(two_versions, lambda: os._exit(137), {137})


def test_killed_at_every_step_while_a_source_is_held_back(one_held_back) -> None:
    every_step(one_held_back, lambda: os._exit(137), {137}, each=3)


def test_the_disk_refuses_at_every_step(two_versions) -> None:
    """It is full at the odd steps, and broken at the even ones."""
    turn = 0

    def refuse() -> None:
        code = errno.ENOSPC if turn % 2 else errno.EIO
        raise OSError(code, os.strerror(code))

    def next_turn() -> None:
        nonlocal turn
        turn += 1

    every_step(two_versions, refuse, {7}, before=next_turn)


def test_validation_finishes_an_interrupted_publication(two_versions) -> None:
    workspace, _, after, seeds = two_versions

    def work() -> None:
        real = os.rename

        def rename(source: str, target: str, **folders: int) -> None:
            real(source, target, **folders)
            if target == "datapackage.json":
                os._exit(137)

        os.rename = rename  # type: ignore[assignment]
        build(workspace, seeds=seeds, engine="serial")

    assert in_child(work) == 137
    assert workspace.journal.exists()
    assert validate(workspace, engine="serial").valid
    assert snapshot(workspace) == after


def test_a_journal_that_names_other_files_is_refused(two_versions) -> None:
    workspace = two_versions[0]
    workspace.journal.write_text('{"moves": ["../outside"], "removals": ["archive/x.warc.gz"]}')
    with pytest.raises(PackageInvalid, match="not a journal"):
        recover(workspace)


def test_a_publication_takes_no_strange_path(two_versions) -> None:
    publication = Publication(two_versions[0])
    for path in ("archive/x", "../x", "data/../x", "data/.x", "x", "data/a\\b"):
        with pytest.raises(ValueError, match="not a file of a package"):
            publication.add(path, b"")


def test_a_second_process_fails_at_once_and_says_who(workspace: Workspace) -> None:
    workspace.root.mkdir()
    with hold(workspace), hold(workspace):

        def work() -> None:
            with pytest.raises(PackageBusy, match=f"process {os.getppid()}"), hold(workspace):
                pass

        # The child must not inherit what makes the lock re-entrant: it is another process.
        def as_another() -> None:
            from crawler.package.publication import lock

            lock._held.clear()
            work()

        assert in_child(as_another) == 0
    assert in_child(lambda: hold(workspace).__enter__()) == 0


def test_a_read_only_folder_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(EnvironmentFault, match="Permission denied"), hold(Workspace(tmp_path)):
        pass


def test_a_disk_that_refuses_a_publication_is_told_with_its_folder(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sync that fails names no file by itself."""
    publication = Publication(workspace)
    publication.add("data/a.csv", b"")

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(EnvironmentFault, match=str(workspace.root)):
        publication.commit()
