"""A publication that a killed command began, as verbs that only read meet it, after each of its steps."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from crawler.errors import EnvironmentFault, PackageBusy
from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from crawler.package.exports import query
from crawler.package.publication import transaction, unfinished_commit
from crawler.package.publication.lock import hold
from crawler.package.publication.unfinished_commit import finish_begun
from crawler.workspace import Workspace
from crawler.workspace.user_folders import warnings


def published_files(space: Workspace) -> dict[str, str]:
    files = (p for p in sorted(space.root.rglob("*")) if p.is_file() and ".work" not in p.parts)
    return {space.relative(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def copy_of(space: Workspace, folder: Path) -> Workspace:
    """The same package in another folder, with a journal that is of that folder."""
    shutil.copytree(space.root, folder)
    copy, journal = Workspace(folder), json.loads(space.journal.read_bytes())
    copy.journal.write_bytes(transaction.journal_bytes(copy, journal["moves"], journal["removals"]))
    return copy


@pytest.fixture
def standing(ministry, make_page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """(package with a version and a journal of the next, its files when that is finished)."""
    space = ministry.workspace
    for n in (1, 2):
        run = ministry.run()
        run.get("/n/1", make_page(f"Title {n}", "topic"))
        run.done()
        seed = ministry.seed
        if n == 1:
            build(space, seeds={seed.id: seed}, engine="serial")
    with monkeypatch.context() as patch:

        def refuse(*_: object) -> None:
            raise OSError("no")

        patch.setattr(transaction, "_apply", refuse)
        with pytest.raises(EnvironmentFault):
            build(space, seeds={seed.id: seed}, engine="serial")
    finished = Workspace(tmp_path / "finished")
    copy_of(space, finished.root)
    assert finish_begun(finished) == ["finished a publication that was interrupted"]
    return space, published_files(finished)


def read_only(patch: pytest.MonkeyPatch) -> None:
    def refuse(_: Workspace) -> None:
        raise EnvironmentFault("cannot write in .work: Read-only file system")

    patch.setattr(unfinished_commit, "hold", refuse)


def test_what_stands_open_is_consistent_after_each_step(standing, monkeypatch, tmp_path: Path) -> None:
    space, after = standing
    journal = json.loads(space.journal.read_bytes())
    steps = [("move", path) for path in journal["moves"]] + [("remove", path) for path in journal["removals"]]
    assert [path for kind, path in steps if kind == "move"][-2:] == ["datapackage.json", "datapackage-digest.json"]
    assert {"pages/pages.jsonl"} < {path for _, path in steps}
    titles = []
    for number in range(len(steps) + 1):
        copy = copy_of(space, tmp_path / str(number))
        for kind, path in steps[:number]:
            if kind == "move":
                (copy.staging / path).replace(copy.root / path)
            else:
                (copy.root / path).unlink()
        with monkeypatch.context() as patch:
            read_only(patch)
            (note,) = finish_begun(copy)
            assert "stands open, since cannot write in .work" in note
            report = validate(copy, engine="serial")
            assert report.valid, (steps[:number], report.errors)
            assert {finding.check for finding in report.warnings} <= {"begun", "waiting"}
            titles += [row["title"] for row in query.rows(copy, "articles")]
        finish_begun(copy)
        assert published_files(copy) == after
        shutil.rmtree(copy.root)
    at = [path for _, path in steps].index("datapackage.json") + 1
    assert titles == ["Title 1"] * at + ["Title 2"] * (len(steps) + 1 - at)


@pytest.mark.parametrize("verb", ["status", "show", "validate", "csv", "wacz"])
def test_verbs_that_read_finish_what_was_begun(standing, invoke, tmp_path: Path, verb: str) -> None:
    space, after = standing
    (row,) = query.rows(space, "articles")
    arguments = {
        "status": ["status"], "show": ["show", row["article_id"]], "validate": ["validate"],
        "csv": ["export", "csv", "--output", tmp_path / "x.csv"],
        "wacz": ["export", "wacz", "--output", tmp_path / "x.wacz"],
    }[verb]  # fmt: skip
    done = invoke(*arguments, "--package", space.root)
    assert done.returncode == 0, done.stderr
    assert "note: finished a publication that was interrupted" in done.stderr
    assert published_files(space) == after
    again = invoke(*arguments, "--package", space.root)
    assert (again.returncode, again.stderr.replace("validate: 0\n", "")) == (0, "")


def test_a_package_that_cannot_be_written_is_read_and_told(standing, invoke, monkeypatch) -> None:
    space, _ = standing
    (row,) = query.rows(space, "articles")
    read_only(monkeypatch)
    for arguments in (["status"], ["show", row["article_id"]], ["validate"]):
        done = invoke(*arguments, "--package", space.root)
        assert done.returncode == 0, done.stderr
        assert "note: a publication was begun and stands open, since cannot write in .work" in done.stderr
        assert "the version that datapackage.json names is read" in done.stderr
    assert space.journal.exists()


def test_a_publication_at_work_is_left_to_who_is_at_it(standing, monkeypatch) -> None:
    space, _ = standing

    def busy(_: Workspace) -> None:
        raise PackageBusy("process 1 is at work on this package")

    monkeypatch.setattr(unfinished_commit, "hold", busy)
    (note,) = finish_begun(space)
    assert note.startswith("a new version is being published: process 1")
    assert space.journal.exists()


def test_a_package_without_a_place_for_caches_can_be_asked(standing, monkeypatch, tmp_path: Path) -> None:
    """Whoever mounts a package read-only, or is another user, still finds an article."""
    space, _ = standing
    finish_begun(space)
    (row,) = query.rows(space, "articles")
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    found = query.find(space, row["article_id"][:6])
    assert found.article == row
    assert len(found.revisions) == 1
    assert space.cache is None
    (told,) = warnings()
    assert "no cache is kept" in told
    assert not warnings()  # once


def test_a_spoiled_journal_is_no_reason_to_call_files_begun(standing) -> None:
    space, _ = standing
    space.journal.write_text("{")
    assert unfinished_commit.open_paths(space) == frozenset()
    with hold(space):
        pass
