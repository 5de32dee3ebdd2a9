"""What the archive can give back is made again; what it cannot is told as lost, or to be had from another copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.package.checks.validate import validate
from crawler.workspace import Workspace
from tests.package.forger import Forger
from tests.package.package_breaks import BREAKS, Break, broken, made

_BY_NAME = {(one.name, one.mended): one for one in BREAKS}
_MENDED = [
    ("a title changed in a table", False),
    ("a part of a table missing", False),
    ("a text, and its text_sha256", True),
    ("CRLF at the ends of lines", True),
    ("a reason in rejections", True),
    ("a line of the index deleted", True),
    ("a title in the list of pages", True),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    return made(tmp_path_factory.mktemp("doctor") / "package").root


def files(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file() and ".work" not in str(p)
    }


@pytest.mark.parametrize("named", _MENDED, ids=[name for name, _ in _MENDED])
def test_a_package_changed_by_hand_is_made_again_byte_for_byte(whole, tmp_path, invoke, named) -> None:
    space = broken(_BY_NAME[named], whole, tmp_path / "package")
    done = invoke("doctor", "--rebuild", "-p", space.root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "made again from the archive" in done.stdout
    assert space.damaged.is_dir() or "missing" in named[0], "what stood there is kept"
    assert files(space.root) == files(whole)


def test_a_table_changed_by_hand_is_said_to_be_had_from_the_archive(whole, tmp_path, invoke) -> None:
    space = broken(_BY_NAME["a title changed in a table", False], whole, tmp_path / "package")
    done = invoke("doctor", "-p", space.root)
    assert done.returncode == 5
    assert "the archive gives it back: `ministry-news doctor --rebuild`" in done.stderr
    assert files(space.root) != files(whole)


@pytest.mark.parametrize("mended", [False, True])
def test_a_broken_record_is_lost_or_to_be_had_from_another_copy(whole, tmp_path, invoke, mended) -> None:
    name = "a byte in an article's WARC record" if mended else "a byte of a WARC file flipped"
    space = broken(_BY_NAME[name, mended], whole, tmp_path / "package")
    done = invoke("doctor", "-p", space.root)
    assert done.returncode == 5
    assert "1 of its 2 captures cannot be read: https://ministry.example/n/1" in done.stderr
    assert "lost here, unless another copy" in done.stderr
    again = invoke("doctor", "--rebuild", "-p", space.root)
    assert again.returncode == 5
    assert "nothing to repair" not in again.stdout + again.stderr
    assert files(space.root) == files(broken(_BY_NAME[name, mended], whole, tmp_path / "other").root)


def test_nothing_is_changed_where_all_is_right(whole, tmp_path, invoke) -> None:
    space = broken(Break("none", lambda forger: None, mended=False), whole, tmp_path / "package")
    done = invoke("doctor", "--rebuild", "-p", space.root)
    assert done.returncode == 0
    assert "nothing was changed" in done.stdout
    assert files(space.root) == files(whole)
    assert validate(space, full=True, reextract=True, engine="serial").verdict == "valid"


def test_a_descriptor_whose_digest_is_wrong_is_written_again(whole, tmp_path, invoke) -> None:
    space = broken(_BY_NAME["the licence changed in the descriptor", False], whole, tmp_path / "package")
    assert invoke("doctor", "-p", space.root).returncode == 5
    assert invoke("doctor", "--rebuild", "-p", space.root).returncode == 0
    assert files(space.root) == files(whole)
    assert Forger(Workspace(space.root)).descriptor["licenses"][0]["name"] == "ODbL-1.0"
