"""`ministry-news.toml` beside a package."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawler.app.settings_file import NAME, make_settings, settings_beside, settings_of
from crawler.errors import SeedError, SettingsError, UsageError
from crawler.package.descriptor.settings import Settings
from crawler.seeds import catalogue


def test_it_is_read_beside_the_package_and_for_it_alone(tmp_path: Path) -> None:
    assert settings_of(tmp_path / "uz") is None
    (tmp_path / "seeds").mkdir()
    (tmp_path / NAME).write_text('package = "uz"\ntitle = "News"\nseeds = "seeds"\n')
    found = settings_beside(tmp_path / "uz")
    assert found is not None
    assert (found.package, found.seeds) == (Settings(title="News"), (tmp_path / "seeds",))
    assert settings_of(tmp_path / "kz") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("title = ", "not TOML"), ("tittle = 'x'", "tittle: is no setting; title is"),
     ("seeds = 'no'", "seeds: .* folder"), ("seeds = 1", "seeds: is neither"), ("package = []", "package: is list")],
)  # fmt: skip
def test_what_is_wrong_names_the_file(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(SeedError, match=rf"ministry-news\.toml: {words}") as told:
        settings_of(tmp_path / "uz")
    assert told.value.exit_code == 3


@pytest.mark.parametrize("text", ["seeds = 'my'", "seeds = ['my']", "[seeds]\npath = 'my'", "[seeds]\npath = ['my']"])
def test_one_file_serves_the_working_folder_and_the_package_in_it(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package lies in the working folder unless told otherwise: both read the same file."""
    (tmp_path / "my/xx").mkdir(parents=True)
    (tmp_path / NAME).write_text(text)
    monkeypatch.chdir(tmp_path)
    found = settings_beside(Path("datapackage"))
    assert found is not None
    assert found.seeds == (tmp_path / "my",) == catalogue().own


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.symlink_to("nowhere")
    with pytest.raises(SettingsError, match=r"ministry-news\.toml: is a link that leads nowhere"):
        settings_of(tmp_path / "uz")
    path.unlink()
    for make in (path.mkdir, lambda: os.mkfifo(path), lambda: path.write_bytes(b"#" * ((1 << 20) + 1))):
        make()
        with pytest.raises(SettingsError, match=r"ministry-news\.toml") as told:
            settings_of(tmp_path / "uz")
        assert told.value.exit_code == 3
        path.rmdir() if path.is_dir() else path.unlink()


def test_a_new_file_holds_every_setting_as_a_comment(tmp_path: Path) -> None:
    path = make_settings(tmp_path / "uz")
    assert settings_of(tmp_path / "uz") == Settings()
    (tmp_path / "my/seeds").mkdir(parents=True)
    lines = path.read_text().splitlines()[1:]
    path.write_text("\n".join(line.removeprefix("#").strip() for line in lines))
    found = settings_beside(tmp_path / "uz")
    assert found is not None
    assert found.package.as_dict().keys() == set(Settings.__dataclass_fields__)
    with pytest.raises(UsageError, match="is there already"):
        make_settings(tmp_path / "uz")
