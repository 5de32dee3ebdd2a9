"""Where a copy of a package goes: a form that is one file is no folder, and the other way about."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.app.export_files import export
from crawler.errors import UsageError
from crawler.workspace import Workspace


@pytest.fixture
def package(tmp_path: Path) -> Path:
    workspace = Workspace(tmp_path / "package")
    workspace.descriptor.parent.mkdir()
    workspace.descriptor.write_text("{}", "utf-8")
    return workspace.root


def test_a_form_that_is_one_file_makes_no_folder(package: Path, tmp_path: Path) -> None:
    there, new = tmp_path / "there", tmp_path / "new"
    there.mkdir()
    for output, is_folder in ((there, False), (new, True)):
        with pytest.raises(UsageError, match="wacz: is one file"):
            export("wacz", package, output, is_folder=is_folder)
    assert not new.exists()


def test_a_form_that_is_a_folder_replaces_no_file(package: Path, tmp_path: Path) -> None:
    (file := tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="explorer: is a folder"):
        export("explorer", package, file)
    assert file.read_text("utf-8") == "mine"
