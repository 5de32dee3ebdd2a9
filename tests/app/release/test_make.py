"""A release is whole, checked, verifiable by others' tools, and never written twice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlcroissant
import pyarrow.parquet as pq
import pytest
from datacite.schema45 import validator
from jsonschema import Draft202012Validator, FormatChecker

from crawler.app.release import make as making
from crawler.app.release.make import folder_of, made_before
from crawler.app.release.zenodo_api import TRIES
from crawler.errors import PackageInvalid, SettingsError, UsageError
from crawler.package.descriptor.settings import Creator, Settings
from crawler.package.exports import query
from crawler.package.exports.metadata.about import about
from crawler.package.exports.metadata.datacite import datacite
from crawler.package.tables.tables import tables
from tests.app.release.conftest import SETTINGS, Released, begin, checked, grow, release, released
from tests.app.release.zenodo_server import TOKEN, Zenodo, served
from tests.package.exports.crates import crate_findings

__all__ = ["checked", "released"]


def test_a_release_has_what_is_needed_to_cite_and_verify_it(released: Released, tmp_path: Path) -> None:
    ministry, _, made = released
    folder = made.release.folder
    assert folder == folder_of(ministry.workspace.root, folder.parent)
    assert {path.name for path in folder.iterdir()} == {
        "README.md", "LICENSE.md", "CITATION.cff", "NOTES.md", "package.wacz", "datacite.json", "zenodo.json",
        "release.json", "SHA256SUMS", "croissant.json", "ro-crate-metadata.json",
        *(f"{name}.parquet" for name in tables()),
    }  # fmt: skip
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) == len(list(folder.iterdir())) - 1
    with zipfile.ZipFile(folder / "package.wacz") as archive:
        archive.extractall(tmp_path / "unzipped")
    assert json.loads((tmp_path / "unzipped/datapackage.json").read_bytes())["version"] == made.release.version
    for name in tables():
        rows = sum(1 for _ in query.rows(ministry.workspace, name))
        assert pq.read_table(folder / f"{name}.parquet").num_rows == rows
    (listed,) = [its for its in made_before(folder).files if its.name == "package.wacz"]
    assert listed.bytes == (folder / "package.wacz").stat().st_size


def test_a_release_is_a_crate_of_all_its_files_and_croissant_reads_its_tables(released: Released) -> None:
    folder = released[2].release.folder
    assert crate_findings(folder) == []
    graph = {its["@id"]: its for its in json.loads((folder / "ro-crate-metadata.json").read_bytes())["@graph"]}
    later = {"ro-crate-metadata.json", "release.json", "SHA256SUMS"}
    named = {its["@id"] for its in graph["./"]["hasPart"]}
    assert named == {path.name for path in folder.iterdir()} - later
    assert graph["package.wacz"]["encodingFormat"] == "application/wacz"
    assert "WARC" in graph["package.wacz"]["description"]
    dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
    rows = [row["articles/article_id"].decode() for row in dataset.records("articles")]
    assert rows == pq.read_table(folder / "articles.parquet").column("article_id").to_pylist()


def test_the_readme_has_the_whole_description(released: Released) -> None:
    folder = released[2].release.folder
    text = (folder / "README.md").read_text("utf-8")
    assert "What a ministry says.\n\nAnd what it said.\n\n" in text
    assert "…" not in text
    assert "what was gone before the first crawl is missing." in text


def test_notes_tell_what_changed_since_the_release_before(released: Released) -> None:
    _, first, second = released
    assert (first.release.since, second.release.since) == ("", first.release.version)
    notes = (first.release.folder / "NOTES.md").read_text()
    assert "The first release" in notes
    assert "| xx.tests | 2 | 0 | 0 |" in notes
    assert "One &#91;link&#93;(x)" in notes  # what the web says is no markup
    notes = (second.release.folder / "NOTES.md").read_text()
    assert f"What changed since version {first.release.version}." in notes
    assert "| source | added | edited | withdrawn |" in notes
    assert "| xx.tests | 1 | 1 | 1 |\n| all | 1 | 1 | 1 |" in notes
    assert "One changed" in notes
    assert "`https://ministry.example/n/2`" in notes
    assert "<script>" not in notes
    assert "`validate --full`" in notes.replace("&#96;", "`")


def test_datacite_json_is_what_the_schema_of_datacite_takes(released: Released) -> None:
    _, _, made = released
    found = json.loads((made.release.folder / "datacite.json").read_bytes())
    assert list(validator.iter_errors(found)) == []
    assert found["creators"][0] == {
        "name": "Author, Ann", "nameType": "Personal", "familyName": "Author", "givenName": "Ann",
        "affiliation": [{"name": "University"}],
        "nameIdentifiers": [{"nameIdentifier": "https://orcid.org/0000-0002-1825-0097", "nameIdentifierScheme": "ORCID",
                             "schemeUri": "https://orcid.org"}],
    }  # fmt: skip
    assert found["publisher"] == {"name": "News Archive"}
    assert found["version"] == made.release.version
    assert not validator.is_valid({**found, "publicationYear": 26})  # it does refuse


@pytest.mark.parametrize(
    "settings",
    [
        Settings(creators=(Creator(family_names="Mono"),)),
        Settings(creators=(Creator(name="Office"),), doi="10.5281/zenodo.1"),
        SETTINGS,
    ],
)
def test_it_is_so_whatever_is_said_of_a_package(settings: Settings, tmp_path: Path) -> None:
    ministry = begin(tmp_path / "news")
    grow(ministry, {"/n/1": ("One", "water")}, settings)
    head = json.loads(ministry.workspace.descriptor.read_bytes())
    its = Draft202012Validator(validator.schema, format_checker=FormatChecker())
    assert [error.message for error in its.iter_errors(datacite(about(head), settings, 5))] == []


def test_the_metadata_of_zenodo_is_as_documented(released: Released) -> None:
    """Required fields, and the vocabularies of https://developers.zenodo.org."""
    found = json.loads((released[2].release.folder / "zenodo.json").read_bytes())
    assert found["upload_type"] == "dataset"
    assert found["creators"] == [
        {"name": "Author, Ann", "affiliation": "University", "orcid": "0000-0002-1825-0097"}, {"name": "News Archive"},
    ]  # fmt: skip
    assert found["description"].startswith("<p>What a ministry says.</p><p>And what it said.</p>")
    assert (found["access_right"], found["license"]) == ("open", "cc-by-4.0")
    assert found["publication_date"] == "2026-11-27"
    assert found["related_identifiers"] == [
        {"identifier": "https://ministry.example/", "relation": "isDerivedFrom", "scheme": "url"}
    ]


def test_the_same_version_gives_the_same_bytes(released: Released, checked: None, tmp_path: Path) -> None:
    ministry, first, second = released
    again = release(ministry.workspace.root, tmp_path, since=first.release.folder)
    assert again.files == second.files


def test_each_file_is_hashed_once(
    released: Released, checked: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package has gigabytes, and its release takes long enough."""
    hashed: list[str] = []
    real = making.listed
    monkeypatch.setattr(making, "listed", lambda path: hashed.append(path.name) or real(path))
    made = release(released[0].workspace.root, tmp_path)
    assert sorted(hashed) == sorted(its.name for its in made.files)


def test_a_release_is_frozen(released: Released, tmp_path: Path) -> None:
    ministry, _, second = released
    with pytest.raises(UsageError, match="is released already"):
        release(ministry.workspace.root, second.release.folder.parent)
    copy = tmp_path / second.release.folder.name
    shutil.copytree(second.release.folder, copy)
    made_before(copy)
    (copy / "NOTES.md").write_text("other words")
    with pytest.raises(PackageInvalid, match=r"NOTES\.md: is not the file that was released"):
        made_before(copy)
    (copy / "NOTES.md").unlink()
    with pytest.raises(PackageInvalid, match=r"NOTES\.md: is listed"):
        made_before(copy)


def test_one_that_was_altered_is_no_release_before(released: Released, checked: None, tmp_path: Path) -> None:
    ministry, first, second = released
    copy = tmp_path / "altered"
    shutil.copytree(first.release.folder, copy)
    (copy / "changes.parquet").write_bytes(b"PAR1")
    with pytest.raises(PackageInvalid, match=r"changes\.parquet: is not the file"):
        release(ministry.workspace.root, tmp_path / "out", since=copy)
    with pytest.raises(UsageError, match="no earlier one"):
        release(ministry.workspace.root, tmp_path / "out", since=second.release.folder)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_package_that_is_not_valid_is_not_released(tmp_path: Path) -> None:
    ministry = begin(tmp_path / "news")
    grow(ministry, {"/n/1": ("One", "water")})
    (archive,) = (tmp_path / "news/archive").glob("*.warc.gz")
    archive.write_bytes(archive.read_bytes()[:-9] + b"damaged!!")
    with pytest.raises(PackageInvalid, match="is NOT VALID, and is not released"):
        release(tmp_path / "news", tmp_path / "releases")
    assert list((tmp_path / "releases").iterdir()) == []


def test_somebody_has_to_be_cited(tmp_path: Path) -> None:
    ministry = begin(tmp_path / "news")
    grow(ministry, {"/n/1": ("One", "water")}, None)
    with pytest.raises(SettingsError, match=r"creators: a release is cited by who made it"):
        release(tmp_path / "news", tmp_path / "releases")


def test_settings_that_wait_for_a_build_are_told(tmp_path: Path) -> None:
    ministry = begin(tmp_path / "news")
    grow(ministry, {"/n/1": ("One", "water")})
    (tmp_path / "ministry-news.toml").write_text('title = "Another"\n')
    with pytest.raises(SettingsError, match="says other things than the version that stands"):
        release(tmp_path / "news", tmp_path / "releases")
    assert list((tmp_path / "releases").iterdir()) == []


def test_a_disk_that_is_full_leaves_no_half_release(
    released: Released, checked: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crawler.errors import EnvironmentFault

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, os.strerror(28), "package.wacz")

    monkeypatch.setattr(making, "export", full)
    with pytest.raises(EnvironmentFault, match="No space left"):
        release(released[0].workspace.root, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_command_tells_where_it_is_and_what_changed(
    released: Released, checked: None, invoke: Any, tmp_path: Path
) -> None:
    ministry, first, _ = released
    done = invoke(
        "release", ministry.workspace.root, "--output", tmp_path / "out", "--since", first.release.folder, "--quiet"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"release   {tmp_path}/out/news-2.")
    assert f"changes   since {first.release.version}: 1 added, 1 edited, 1 withdrawn\n" in done.stdout
    done = invoke("release", ministry.workspace.root, "--output", ministry.workspace.root / "out")
    assert done.returncode == 2


@pytest.fixture
def zenodo() -> Iterator[Zenodo]:
    with served() as its:
        yield its


def test_the_command_releases_and_deposits_and_goes_on(
    released: Released, checked: None, zenodo: Zenodo, invoke: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    package, out = released[0].workspace.root, tmp_path / "out"
    words = ("release", package, "--output", out, "--zenodo", "--zenodo-url", zenodo.base, "--quiet")
    monkeypatch.delenv("ZENODO_TOKEN", raising=False)
    assert invoke(*words).returncode == 7
    assert not out.exists()  # before anything is done
    monkeypatch.setenv("ZENODO_TOKEN", TOKEN)
    zenodo.faults = {("PUT", "/package.wacz"): [503] * TRIES}
    done = invoke(*words)
    assert done.returncode == 4
    assert "answered 503 (as told); run it again to go on" in done.stderr
    done = invoke(*words)
    assert done.returncode == 0, done.stderr
    assert f"zenodo    {zenodo.base}/deposit/1000: a draft, " in done.stdout
    assert TOKEN not in done.stdout + done.stderr
    (folder,) = [path for path in out.iterdir() if path.is_dir()]
    assert zenodo.files[1000] == {path.name: path.read_bytes() for path in folder.iterdir()}
    done = invoke("release", "--zenodo", "--deposit", folder, "--zenodo-url", zenodo.base, "--json")
    assert json.loads(done.stdout)["zenodo"]["kept"] == len(list(folder.iterdir()))
    assert invoke("release", package, "--deposit", folder).returncode == 2
    everything = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert TOKEN.encode() not in everything
