"""Folders of drafts: what killed commands left is removed, and nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.workspace.drafts import draft_folder

KILLED = """
import os, signal, sys
from pathlib import Path
from crawler.workspace.drafts import draft_folder
with draft_folder(Path(sys.argv[1])) as draft:
    (draft / "half.parquet").write_text("PAR1")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """What a killed command left."""
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    assert done.returncode == -signal.SIGKILL
    (found,) = tmp_path.iterdir()
    return found


def test_a_draft_is_gone_at_the_end_unless_it_was_moved(tmp_path: Path) -> None:
    with draft_folder(tmp_path) as draft:
        (draft / "x").write_text("1")
        (draft / "x").replace(tmp_path / "x")
        (draft / "y").write_text("2")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_draft_that_is_moved_as_a_whole_has_the_rights_that_the_user_gives(tmp_path: Path) -> None:
    with draft_folder(tmp_path) as draft:
        draft.replace(tmp_path / "released")
    assert [path.name for path in tmp_path.iterdir()] == ["released"]
    (tmp_path / "other").mkdir()
    assert (tmp_path / "released").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_what_a_killed_command_left_goes_with_the_next(left: Path, tmp_path: Path) -> None:
    with draft_folder(tmp_path) as draft:
        assert [path for path in tmp_path.iterdir() if path != draft.parent] == []
    assert not left.exists()


def test_a_command_at_work_keeps_its_draft(tmp_path: Path) -> None:
    with draft_folder(tmp_path) as first:
        with draft_folder(tmp_path) as second:
            assert first.is_dir()
            assert second.is_dir()
        assert first.is_dir()


@pytest.mark.parametrize("change", ["copied", "mark of another", "empty mark", "no mark"])
def test_what_this_installation_did_not_make_stays(left: Path, tmp_path: Path, change: str) -> None:
    mark = left / "mark"
    if change == "copied":
        left = left.rename(tmp_path / ".ministry-news-0123456789ab")
    elif change == "no mark":
        mark.unlink()
    else:
        mark.write_text("" if change == "empty mark" else "0" * 64)
    with draft_folder(tmp_path):
        pass
    assert (left / "made" / "half.parquet").is_file()


def test_a_link_is_not_followed(left: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("x")
    (left / "made" / "link").symlink_to(elsewhere)
    moved = left.rename(elsewhere / left.name)
    left.symlink_to(moved)
    with draft_folder(tmp_path):
        pass
    assert left.is_symlink()
    assert (moved / "made" / "half.parquet").is_file()
    left.unlink()
    moved.rename(left)
    with draft_folder(tmp_path):
        pass
    assert not left.exists()
    assert (elsewhere / "mine").is_file()
    assert [path.name for path in elsewhere.iterdir()] == ["mine"]
