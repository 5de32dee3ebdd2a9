"""A small package with settings, and releases of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.app.release.make import Made, make_release
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
Grow = Callable[..., None]
