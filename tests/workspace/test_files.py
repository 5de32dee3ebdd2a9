"""Files are reached folder by folder, through no link, and what was there is never written into."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.errors import PackageInvalid, UnsafeFile
from crawler.workspace import Workspace, files, path_walk
from crawler.workspace.safe_json import parse_json
from crawler.workspace.scratch import left_behind, scratch_folder
from crawler.workspace.user_folders import is_sealed, seal

ACTS: dict[str, Callable[[Path], object]] = {
    "read": files.read_bytes,
    "write": lambda path: files.write_synced(path, b"new"),
    "remove": files.remove,
    "remove tree": files.remove_tree,
    "move from": lambda path: files.move(path, path.parent.parent / "taken"),
    "move to": lambda path: files.move(made(path.parent.parent / "mine"), path),
    "make folder": lambda path: files.make_folder(path / "deeper"),
    "truncate": lambda path: files.truncate(path, 0),
    "link": lambda path: files.link_or_copy(made(path.parent.parent / "mine"), path),
    "copy": lambda path: files.copy_file(made(path.parent.parent / "mine"), path),
    "nameless": lambda path: files.nameless_file(path.parent),
}


def made(path: Path) -> Path:
    path.write_text("mine")
    return path


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of the user beside `package`, which holds a link to it."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text("keep")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "folder").symlink_to("../outside")
    return tmp_path / "outside"


@pytest.mark.parametrize("act", ACTS)
def test_no_act_goes_through_a_link_to_a_folder(outside: Path, act: str) -> None:
    with pytest.raises(UnsafeFile, match="is a link, where a package has a folder"):
        ACTS[act](outside.parent / "package" / "folder" / "file")
    assert {path.name: path.read_text() for path in outside.iterdir()} == {"file": "keep"}


@pytest.mark.parametrize("act", ["read", "truncate"])
def test_no_file_is_opened_through_a_link(outside: Path, act: str) -> None:
    link = outside.parent / "package" / "link"
    link.symlink_to("../outside/file")
    with pytest.raises(UnsafeFile, match="is a link, where a package has a file"):
        ACTS[act](link)
    assert (outside / "file").read_text() == "keep"


def test_what_is_written_takes_the_place_of_a_link_or_a_second_name(outside: Path) -> None:
    package = outside.parent / "package"
    (package / "link").symlink_to("../outside/file")
    os.link(outside / "file", package / "name")
    for name in ("link", "name"):
        files.write_synced(package / name, b"new")
        assert (package / name).read_text() == "new" and not (package / name).is_symlink()
    os.link(outside / "file", package / "torn")
    files.truncate(package / "torn", 2)
    assert (package / "torn").read_text() == "ke"
    assert (outside / "file").read_text() == "keep"


def test_a_tree_is_removed_and_links_in_it_are_not_followed(outside: Path) -> None:
    files.remove_tree(outside.parent / "package")
    assert not (outside.parent / "package").exists()
    assert (outside / "file").read_text() == "keep"
    files.remove_tree(outside.parent / "package")  # it may be missing


def test_a_folder_that_becomes_a_link_between_two_steps_is_seen(outside: Path, monkeypatch) -> None:
    """The folder is there when it is looked at, and a link when it is opened."""
    package = outside.parent / "package"
    (package / "data").mkdir()
    (package / "data" / "file").write_text("published")
    real = os.open

    def swapped(path: object, flags: int, *rest: object, **options: object) -> int:
        if path == "data" and not (package / "data").is_symlink():
            shutil.rmtree(package / "data")
            (package / "data").symlink_to("../outside")
        return real(path, flags, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(UnsafeFile):
        files.read_bytes(package / "data" / "file")


def test_pipes_and_large_files_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for act in (files.open_read, lambda path: path_walk.open_descriptor(path, os.O_WRONLY)):
        with pytest.raises(UnsafeFile, match="is a pipe"):
            act(tmp_path / "pipe")
    with pytest.raises(UnsafeFile, match="is a device"):
        files.open_read(Path("/dev/null"))
    (tmp_path / "large").write_bytes(b"x" * 11)
    assert files.read_bytes(tmp_path / "large", limit=11) == b"x" * 11
    with pytest.raises(UnsafeFile, match="more than 10 bytes"):
        files.read_bytes(tmp_path / "large", limit=10)


def test_links_that_the_user_names_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert Workspace(tmp_path / "link").root == tmp_path / "real"
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(UnsafeFile):
        Workspace(tmp_path / "a" / "x")


@pytest.mark.parametrize("relative", ["../x", "a/../x", "/etc/passwd", "a//b", "", ".", "a/./b", "a\\b", "c:x", "a\0b"])
def test_words_that_lead_out_of_a_package_are_no_path(tmp_path: Path, relative: str) -> None:
    with pytest.raises(ValueError):
        Workspace(tmp_path).resolve(relative)


def test_a_seal_is_of_one_use_one_folder_and_these_words(tmp_path: Path) -> None:
    value = seal("journal", tmp_path, ["a", "bc"])
    assert is_sealed(value, "journal", tmp_path, ["a", "bc"])
    for kind, folder, words in (
        ("scratch", tmp_path, ["a", "bc"]),
        ("journal", tmp_path / "x", ["a", "bc"]),
        ("journal", tmp_path, ["ab", "c"]),
    ):
        assert not is_sealed(value, kind, folder, words)


def test_scratch_folders_are_known_by_their_mark(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        assert left_behind(tmp_path) == [folder]
        shutil.copytree(folder, tmp_path / "another")  # the same mark under another name
        assert left_behind(tmp_path) == [folder]
    assert not folder.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 2_000 + b"]" * 2_000,
        b"[" * 30 + b"]" * 30,
        b'["\\ud800"]',
        b"[1,",
        b"\xff",
        b"[" + b"{}," * 500_000 + b"1]",
    ],
)  # fmt: skip
def test_json_that_nobody_could_use_is_refused(data: bytes) -> None:
    with pytest.raises(PackageInvalid, match=r"x\.json: cannot be read"):
        parse_json(data, "x.json")


def test_brackets_in_words_are_no_depth() -> None:
    assert parse_json(b'{"a": "' + b"[" * 100 + b'"}', "x") == {"a": "[" * 100}


def test_a_package_may_be_named_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files.make_folder(Path("package"))
    files.make_folder(Path())  # the folder that holds it
    files.write_synced(Path("package/a.txt"), b"words")
    monkeypatch.chdir(tmp_path / "package")
    assert files.read_bytes(Path("a.txt")) == b"words"
