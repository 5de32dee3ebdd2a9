"""A small package with settings, and releases of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.app.release import make as making
from crawler.app.release.files import Release, checksum_bytes, listed, state_bytes
from crawler.app.release.make import Made, made_before, make_release
from crawler.package.build.build import build
from crawler.package.descriptor.settings import Creator, Settings
from crawler.workspace import Workspace
from tests.package.conftest import SEED, Ministry, page, parse_seed

SETTINGS = Settings(
    title="News of <b>tests</b>",
    description="What a ministry says.\nAnd what it said.",
    licence="CC-BY-4.0",
    contact="data@news.example",
    homepage="https://news.example/data",
    creators=(
        Creator(family_names="Author", given_names="Ann", orcid="0000-0002-1825-0097", affiliation="University"),
        Creator(name="News Archive"),
    ),
)


def begin(folder: Path) -> Ministry:
    return Ministry(Workspace(folder), parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml"))


def grow(ministry: Ministry, answers: dict[str, tuple[str, str] | None], settings: Settings | None = SETTINGS) -> None:
    """One more run, built: titles and topics of pages, or None for one that is gone."""
    run = ministry.run(2)
    for path, words in answers.items():
        run.get(path, page(*words)) if words else run.get(path, b"Not found", status=404)
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", settings=settings)


def release(package: Path, folder: Path, **options: Any) -> Made:
    return make_release(package, folder, since=options.pop("since", None), progress=lambda *_, **__: None)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ministry, Made, Made]:
    """A package, and two releases of it."""
    top = tmp_path_factory.mktemp("release")
    ministry = begin(top / "news")
    grow(ministry, {"/n/1": ("One [link](x)", "water"), "/n/2": ("Two", "wind")})
    first = release(top / "news", top / "releases")
    grow(ministry, {"/n/1": ("One changed", "water and air"), "/n/2": None, "/n/3": ("Three &lt;script&gt;", "fire")})
    grow(ministry, {"/n/2": None})
    return ministry, first, release(top / "news", top / "releases")


Released = tuple[Ministry, Made, Made]


@pytest.fixture
def checked(released: Released, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found of the package of `released` is not looked for again: that it is looked for is another test's."""
    monkeypatch.setattr(making, "_checked", lambda *_: ["`validate --full`: valid"])


def made_of(folder: Path) -> Made:
    """A release in `folder` with files of no package, for those who only send them."""
    folder.mkdir()
    for name, content in {"package.wacz": b"PK" * 500, "articles.parquet": b"PAR1", "NOTES.md": b"# Notes\n"}.items():
        (folder / name).write_bytes(content)
    metadata = {
        "upload_type": "dataset", "title": "News", "creators": [{"name": "News Archive"}], "description": "<p>News</p>",
        "publication_date": "2026-11-27", "version": "2.20261127.2", "access_right": "open", "license": "cc-by-4.0",
    }  # fmt: skip
    (folder / "zenodo.json").write_text(json.dumps(metadata))
    files = tuple(listed(path) for path in sorted(folder.iterdir()))
    release = Release(folder, "news", "2.20261127.2", "", files)
    (folder / "release.json").write_bytes(state_bytes(release))
    (folder / "SHA256SUMS").write_bytes(checksum_bytes((*files, listed(folder / "release.json"))))
    return made_before(folder)
