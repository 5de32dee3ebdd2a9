"""The package's folder as an argument, beside --package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.package.build.build import build
from tests.package.conftest import make_ministry, make_page, seed

__all__ = ["make_ministry", "make_page", "seed"]


@pytest.fixture(scope="module")
def package(tmp_path_factory, make_ministry, make_page) -> Path:
    ministry = make_ministry(tmp_path_factory.mktemp("folders") / "news")
    run = ministry.run()
    run.get("/n/1", make_page("A title", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return Path(ministry.workspace.root)


@pytest.fixture
def article(invoke, package: Path) -> str:
    return str(json.loads(invoke("list", "--package", package, "--json").stdout)[0]["article_id"])


def test_the_folder_is_an_argument(invoke, package: Path, article: str, tmp_path: Path) -> None:
    for words in (
        ["validate", package, "-q"],
        ["status", package],
        ["show", article, package],
        ["show", package, article],
    ):
        done = invoke(*words, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), words
    assert "A title" in done.stdout


def test_the_descriptor_names_its_folder(invoke, package: Path, tmp_path: Path) -> None:
    for words in (["validate", package / "datapackage.json", "-q"], ["status", package / "datapackage.json"]):
        assert invoke(*words, cwd=tmp_path).returncode == 0


def test_the_working_folder_may_be_the_package(invoke, package: Path, article: str) -> None:
    assert invoke("validate", ".", "-q", cwd=package).returncode == 0
    assert invoke("show", article[:6], ".", cwd=package).returncode == 0


def test_the_same_folder_may_be_named_twice(invoke, package: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(package)
    assert invoke("validate", package, "--package", link, "-q").returncode == 0


@pytest.mark.parametrize("words", [["validate"], ["show", "0000"], ["serve"], ["status"]], ids=lambda w: w[0])
def test_two_folders_are_a_mistake(invoke, package: Path, tmp_path: Path, words: list[str]) -> None:
    done = invoke(*words, package, "--package", tmp_path)
    assert done.returncode == 2
    assert "named twice" in done.stderr and str(tmp_path) in done.stderr and str(package) in done.stderr
    assert not list(tmp_path.iterdir())


def test_status_tells_a_package_from_seeds(invoke, package: Path, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds" / "xx"
    seeds.mkdir(parents=True)
    (seeds / "more.toml").write_text(
        'title = { en = "More" }\nhomepage = "https://more.example/"\nplatform = "generic"\ntimezone = "UTC"\n'
        '[languages]\nen = "en"\n[[entries]]\nkind = "feed"\nurl = "https://more.example/feed"\n'
    )
    done = invoke("status", package, tmp_path / "seeds", "--json")
    assert {s["source_id"] for s in json.loads(done.stdout)["sources"]} == {"xx.tests", "xx.more"}
    done = invoke("status", package, package)
    assert done.returncode in (0, 2)
    done = invoke("status", package, package / "datapackage.json")
    assert done.returncode == 2 and "several packages" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["validate", ".", "--report", "found.sarif"],
        ["status", ".", "--format", "json", "--output", "data/status.json"],
        ["export", "csv", "--package", ".", "--output", "articles.csv"],
        ["export", "parquet", "--package", ".", "--output", "parquet/"],
        ["crawl", "xx.none", "--package", ".", "--report", "done.md"],
        ["demo", "--package", ".", "--report", "done.json"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_nothing_is_written_into_the_package(invoke, package: Path, words: list[str]) -> None:
    before = sorted(package.rglob("*"))
    done = invoke(*words, cwd=package)
    assert (done.returncode, done.stdout) == (2, "")
    assert "lies in the package ." in done.stderr
    assert sorted(package.rglob("*")) == before
