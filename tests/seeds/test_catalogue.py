"""Where seeds are looked for, and whose ids they have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawler.errors import SeedError
from crawler.seeds import Catalogue, all_seeds, catalogue, find_seeds

MINIMAL = """title = { en = "T" }
homepage = "https://t.example/"
platform = "drupal"
timezone = "Asia/Tashkent"
[languages]
en = "en"
"""


def put(path: Path, text: str = MINIMAL) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def ids(*names: object, where: Catalogue | None = None) -> list[str]:
    return [seed.id for seed in find_seeds([str(name) for name in names], where)]


def test_a_folder_means_its_seeds(tmp_path: Path) -> None:
    put(tmp_path / "my/xx/a.toml"), put(tmp_path / "my/xx/b.toml"), put(tmp_path / "my/kz/c.toml")
    assert ids(tmp_path / "my") == ["kz.c", "xx.a", "xx.b"]
    assert ids(tmp_path / "my/xx") == ["xx.a", "xx.b"]
    with pytest.raises(SeedError, match="no seed file"):
        ids(put(tmp_path / "empty/readme.md").parent)


@pytest.mark.parametrize("means", ["argument", "variable", "settings", "settings-list", "settings-key"])
def test_own_folders_are_searched(means: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "my/xx/a.toml")
    monkeypatch.chdir(tmp_path)
    if means == "variable":
        monkeypatch.setenv(
            "MINISTRY_NEWS_SEEDS", os.pathsep.join(["my", str(put(tmp_path / "z/xx/z.toml").parent.parent)])
        )
    if means.startswith("settings"):
        path = ["my"] if means == "settings-list" else "my"
        text = f"seeds = {path!r}\n" if means == "settings-key" else f"[seeds]\npath = {path!r}\n"
        put(tmp_path / "ministry-news.toml", text)
    where = catalogue([Path("my")] if means == "argument" else [])
    assert ids("xx.a", where=where) == ["xx.a"]
    assert "xx.a" in ids("xx", where=where)
    assert {"xx.a", "uz.eco"} <= {seed.id for seed in all_seeds(where)}
    with pytest.raises(SeedError, match=r"no seed is called 'xx\.a'"):
        ids("xx.a")


@pytest.mark.parametrize("text", ["[seeds]\npath = 1\n", "[seeds\n", "seeds = 1\n"])
def test_settings_that_cannot_be_read_are_told(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "ministry-news.toml", text)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SeedError, match=r"ministry-news\.toml"):
        catalogue()


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="no such folder"):
        catalogue([tmp_path / "nowhere"])


def test_a_package_carries_seeds(tmp_path: Path) -> None:
    put(tmp_path / "seeds/xx.gone.toml"), put(tmp_path / "seeds/uz.eco.toml", "no seed at all")
    where = catalogue(carried=tmp_path / "seeds")
    assert ids("xx.gone", where=where) == ["xx.gone"]
    assert ids("uz.eco", where=where) == ["uz.eco"]  # the catalogue's own, not the copy


@pytest.mark.parametrize(
    "key", ['allow_private = ["127.0.0.1"]', 'insecure_hosts = ["x.example"]', 'ca_bundle = "../../etc/passwd"']
)
def test_a_seed_that_only_a_package_brings_opens_nothing(key: str, tmp_path: Path) -> None:
    folder = tmp_path / "package/seeds"
    path = put(folder / "xx.theirs.toml", f"{MINIMAL}[crawl]\n{key}\n")
    put(folder / "xx.plain.toml")
    where = catalogue(carried=folder)
    for name in ("xx.theirs", "xx"):
        with pytest.raises(SeedError) as error:
            find_seeds([name], where, fetching=True)
        assert f"{path}: crawl.{key.partition(' ')[0]}: xx.theirs is known from the package alone" in str(error.value)
        assert f"crawl {path}" in str(error.value)
    assert ids("xx.theirs", where=where) == ["xx.theirs"], "what fetches nothing needs no trust"
    assert [seed.id for seed in find_seeds(["xx.plain"], where, fetching=True)] == ["xx.plain"]
    for name in (str(path), f"{folder}/../seeds/xx.theirs.toml", str(folder)):  # the user says which file
        assert "xx.theirs" in [seed.id for seed in find_seeds([name], where, fetching=True)]
    own = put(tmp_path / "own/xx/theirs.toml", f"{MINIMAL}[crawl]\n{key}\n")
    assert [seed.id for seed in find_seeds(["xx.theirs"], Catalogue((own.parent.parent,), folder), fetching=True)]


def test_a_file_states_its_id(tmp_path: Path) -> None:
    told: list[str] = []
    path = put(tmp_path / "notes/a.toml", f'id = "xx.stated"\n{MINIMAL}')
    assert [seed.id for seed in find_seeds([str(path)], tell=told.append)] == ["xx.stated"]
    assert told == []
    assert ids("xx.stated", where=Catalogue((tmp_path,))) == ["xx.stated"]


@pytest.mark.parametrize("folder", ["news", "seeds", "demo", "yy", "my seeds"])
def test_a_folder_that_is_no_country_is_told(folder: str, tmp_path: Path) -> None:
    told: list[str] = []
    path = put(tmp_path / folder / "a.toml")
    assert [seed.id for seed in find_seeds([str(path)], tell=told.append)] == ["local.a"]
    assert len(told) == 1 and repr(folder) in told[0] and str(path) in told[0]


@pytest.mark.parametrize("stated", ["xx.a", "uz.eco"])
def test_two_files_with_one_id_are_an_error(stated: str, tmp_path: Path) -> None:
    put(tmp_path / "xx/a.toml")
    second = put(tmp_path / "xx/b.toml", f'id = "{stated}"\n{MINIMAL}')
    with pytest.raises(SeedError) as error:
        ids("uz.eco", where=Catalogue((tmp_path,)))
    assert str(second) in str(error.value) and stated in str(error.value)
    if stated == "xx.a":
        with pytest.raises(SeedError, match=stated):
            ids(tmp_path)
