"""What is said of a package goes into all that describes it, and a change of it is a version and nothing else."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from frictionless import Package
from ruamel.yaml import YAML

from crawler.errors import PackageInvalid
from crawler.package.build.build import build
from crawler.package.checks.archive.rebuild import reproduce
from crawler.package.checks.validate import validate
from crawler.package.descriptor.settings import FILE, Creator, Settings, load_kept
from crawler.package.exports.export import export
from tests.package.conftest import Ministry

SAID = Settings(
    title="News <b>of</b> `tests`",
    description="For tests | only.\n\nTwo paragraphs.",
    licence="CC-BY-4.0",
    contact="https://news.example/contact",
    doi="10.5281/zenodo.1234567",
    homepage="https://news.example/data",
    creators=(
        Creator(family_names="Author", given_names="Ann: #", orcid="0000-0002-1825-0097", affiliation="Univ."),
        Creator(name="News Archive"),
    ),
)


def publish(ministry: Ministry, settings: Settings | None = None) -> str:
    report = build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial", settings=settings)
    return report.version


@pytest.fixture
def package(ministry: Ministry, make_page: Any) -> Ministry:
    run = ministry.run()
    run.get("/n/1", make_page("First", "water"))
    run.done()
    return ministry


def descriptor(package: Ministry) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(package.workspace.descriptor.read_bytes())
    return value


def files(package: Ministry) -> dict[str, bytes]:
    root = package.workspace.root
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file() and ".work" not in str(p)}


def test_it_goes_into_descriptor_citation_and_page(package: Ministry) -> None:
    publish(package, SAID)
    head = descriptor(package)
    assert (head["title"], head["id"]) == (SAID.title, "https://doi.org/10.5281/zenodo.1234567")
    assert head["homepage"] == SAID.homepage
    assert head["description"].startswith(SAID.description)
    assert head["licenses"][0]["name"] == "CC-BY-4.0"
    assert [its["title"] for its in head["contributors"]] == ["Ann: # Author", "News Archive", "Contact"]
    assert head["contributors"][0]["path"] == "https://orcid.org/0000-0002-1825-0097"
    cited = YAML(typ="safe").load((package.workspace.root / "CITATION.cff").read_text("utf-8"))
    assert (cited["doi"], cited["license"], cited["url"]) == (SAID.doi, "CC-BY-4.0", SAID.homepage)
    assert cited["authors"][0]["orcid"] == "https://orcid.org/0000-0002-1825-0097"
    assert cited["authors"][1] == {"name": "News Archive"}
    readme = (package.workspace.root / "README.md").read_text("utf-8")
    assert "<b>" not in readme
    assert "https://news.example/contact" in readme
    assert "https://doi.org/10.5281/zenodo.1234567" in readme
    assert "CC-BY-4.0" in (package.workspace.root / "LICENSE.md").read_text("utf-8")
    page = (package.workspace.root / "index.html").read_text("utf-8")
    assert '"identifier":"https://doi.org/10.5281/zenodo.1234567"' in page
    assert Package(str(package.workspace.descriptor)).title == SAID.title  # it raises for a descriptor that is none
    assert validate(package.workspace, full=True, reextract=True, engine="serial").valid
    assert reproduce(package.workspace, engine="serial").same


def test_it_goes_into_derived_copies(package: Ministry, tmp_path: Path) -> None:
    version = publish(package, SAID)
    export(package.workspace, "sqlite", tmp_path / "x.sqlite")
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as database:
        said = dict(database.execute("SELECT name, value FROM package"))
    assert (said["title"], said["licence"], said["doi"]) == (SAID.title, "CC-BY-4.0", head_doi())
    export(package.workspace, "parquet", tmp_path / "x.parquet")
    stated = pq.read_schema(tmp_path / "x.parquet").metadata
    assert stated[b"title"].decode() == SAID.title
    assert stated[b"version"].decode() == version


def head_doi() -> str:
    return f"https://doi.org/{SAID.doi}"


def test_a_changed_setting_is_a_version_and_nothing_else(package: Ministry) -> None:
    first = publish(package)
    before = files(package)
    second = publish(package, SAID)
    assert second > first
    changed = {path for path, data in files(package).items() if before.get(path) != data}
    assert changed == {
        "datapackage.json", "datapackage-digest.json", "README.md", "LICENSE.md", "CITATION.cff", "index.html", FILE,
        "changes.atom",
    }  # fmt: skip
    assert publish(package, SAID) == publish(package) == second  # without a file, what was said stands
    assert publish(package, replace(SAID, title="Another")) > second
    back = publish(package, Settings())
    assert descriptor(package)["title"] == f"News of {package.seed.title['en']}"
    kept = load_kept(package.workspace)
    assert kept is not None
    assert kept.changes == 3
    assert back.endswith(".3")
    assert validate(package.workspace, full=True, reextract=True, engine="serial").valid
    assert reproduce(package.workspace, engine="serial").same


@pytest.mark.parametrize(
    "content", ["[]", '{"changes":-1,"settings":{}}', '{"changes":0,"settings":{"doi":"x"}}', '{"settings":{}}']
)
def test_a_copy_that_is_none_of_this_program_is_told(package: Ministry, content: str) -> None:
    publish(package, SAID)
    (package.workspace.root / FILE).write_text(content)
    with pytest.raises(PackageInvalid, match=r"settings\.json"):
        load_kept(package.workspace)
