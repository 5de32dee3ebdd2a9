"""`validate --locked` runs with the versions that a package states, and with nothing else that it states."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.package.forger import Forger
from tests.package.package_breaks import made


def _stating(folder: Path, **libraries: str) -> Path:
    """A package that says that another version of this program read it, with these libraries."""
    forger = Forger(made(folder / "package"))
    stated = forger.descriptor["extraction"]
    stated |= {"version": "0+000000000000", "libraries": stated["libraries"] | libraries}
    forger.save()
    return forger.workspace.root


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a stand-in for uv notes its arguments; it ends with 10, and with 1 while the file `broken` is there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    noted = folder / "calls"
    script = f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{noted}"\n'
    script += f'[ -e "{folder}/broken" ] && echo "no such release" >&2 && exit 1\n'
    (folder / "uv").write_text(script + 'case "$*" in *" -c "*) exit 0;; esac\nexit 10\n', "utf-8")
    (folder / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return noted


def test_it_runs_with_the_stated_versions_and_its_end_is_ours(tmp_path: Path, calls: Path, invoke) -> None:
    root = _stating(tmp_path, babel="2.17.0")
    done = invoke("validate", "--locked", "--full", "--package", root)
    assert done.returncode == 10
    _, run = calls.read_text("utf-8").splitlines()
    assert " --with babel==2.17.0 " in run
    assert run.count("--with") == 1
    assert run.endswith(f"-m crawler validate --reextract --package={root} --full --log-format=text --engine=processes")


@pytest.mark.parametrize("version", ["2.18 --with evil", "1.0@https://evil.example/x.whl", "-1", "9.*", "1" * 39])
def test_what_is_no_version_is_never_handed_on(tmp_path: Path, calls: Path, invoke, version: str) -> None:
    done = invoke("validate", "--locked", "--package", _stating(tmp_path, babel=version))
    assert "evil" not in done.stderr
    assert not calls.exists()


def test_only_our_own_libraries_are_installed(tmp_path: Path, calls: Path, invoke) -> None:
    invoke("validate", "--locked", "--package", _stating(tmp_path, babel="2.17.0", evil="1.0", requests="2.0"))
    assert "evil" not in calls.read_text("utf-8")
    assert "requests" not in calls.read_text("utf-8")


def test_without_uv_or_a_release_it_ends_with_seven(
    tmp_path: Path, calls: Path, invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _stating(tmp_path, babel="2.17.0")
    (calls.parent / "broken").touch()
    failed = invoke("validate", "--locked", "--package", root)
    assert failed.returncode == 7
    assert "uv cannot install babel==2.17.0: no such release" in failed.stderr
    monkeypatch.setenv("PATH", str(tmp_path))
    absent = invoke("validate", "--locked", "--package", root)
    assert absent.returncode == 7
    assert "needs uv on PATH, to install babel==2.17.0" in absent.stderr


def test_with_the_same_versions_it_is_a_reading_like_any(tmp_path: Path, calls: Path, invoke) -> None:
    root = made(tmp_path / "package").root
    done = invoke("validate", "--locked", "--json", "--package", root)
    assert json.loads(done.stdout)["valid"]
    assert not calls.exists()
