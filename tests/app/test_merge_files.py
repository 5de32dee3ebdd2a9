"""Packages whose files are joined, or not, or otherwise: merged, each capture is taken once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crawler.app.merge import merge
from crawler.package.join import join_archive
from crawler.package.takedown import withdraw
from crawler.workspace import Workspace
from tests.app.test_merge import Told, content, crawled, package_of
from tests.package.forger import Forger


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Of two sources two each, all of one month."""
    return crawled(tmp_path_factory.mktemp("crawled"), pause=2)


@pytest.fixture(scope="module")
def plain(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package_of(files, tmp_path_factory.mktemp("plain") / "package")


@pytest.fixture(scope="module")
def joined(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(plain, tmp_path_factory.mktemp("joined") / "package"))
    join_archive(Workspace(folder), until="2026-12")
    assert len(list((folder / "archive").iterdir())) == 2
    return folder


def test_packages_that_joined_their_files_or_not_give_each_capture_once(
    plain: Path, joined: Path, tmp_path: Path
) -> None:
    merge([plain, joined], tmp_path / "out", show=Told())
    assert content(tmp_path / "out") == content(plain)
    merge([joined, plain], tmp_path / "other", show=Told())
    assert content(tmp_path / "other") == content(joined)


def test_of_a_joined_file_only_the_parts_that_are_missing_are_taken(
    files: list[Path], plain: Path, joined: Path, tmp_path: Path
) -> None:
    early = package_of([files[0], files[2]], tmp_path / "early")
    merge([early, joined], tmp_path / "out", show=Told())
    assert content(tmp_path / "out") == content(plain)


def test_what_was_withdrawn_before_its_file_was_joined(files: list[Path], tmp_path: Path) -> None:
    one = package_of(files[:2], tmp_path / "one")
    withdraw(Workspace(one), Forger(Workspace(one)).rows("articles")[0]["article_id"], "a person asked")
    other = Path(shutil.copytree(one, tmp_path / "other"))
    join_archive(Workspace(other), until="2026-12")
    merge([one, other], tmp_path / "out", show=Told())
    assert content(tmp_path / "out") == content(one)
    merge([other, one], tmp_path / "joined", show=Told())
    assert content(tmp_path / "joined") == content(other)
