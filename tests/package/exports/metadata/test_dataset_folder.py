"""The folder of Parquet is a data set to the tools of others: Croissant's own validator and reader, the Hub's card."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import mlcroissant as mlc
import pandas as pd
import pytest
from huggingface_hub import DatasetCard
from mlcroissant._src.core.context import Context, CroissantVersion
from mlcroissant._src.core.rdf import make_context

from crawler.package.exports.content import current
from crawler.package.exports.dataset_folder import write_dataset
from crawler.package.exports.metadata.about import about
from crawler.package.exports.metadata.croissant import croissant
from crawler.package.exports.metadata.dataset_card import dataset_card
from crawler.package.tables import cell_format
from crawler.package.tables.tables import LISTS, SAID, Table, tables
from crawler.workspace import Workspace
from tests.package.exports.conftest import SETTINGS, files_of


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Any:
    return mlc.Dataset(folder / "croissant.json")


# ---------------------------------------------------------------- Croissant


def test_its_own_validator_finds_nothing_not_even_a_warning(dataset: Any, folder: Path) -> None:
    issues = dataset.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    value = json.loads((folder / "croissant.json").read_bytes())
    assert value["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert value["@context"] == make_context(Context(conforms_to=CroissantVersion.V_1_1))


def test_the_validator_would_find_a_column_without_a_file(folder: Path) -> None:
    value = json.loads((folder / "croissant.json").read_bytes())
    value["recordSet"][0]["field"][0]["source"] = {"fileSet": {"@id": "none"}}
    with pytest.raises(mlc.ValidationError):
        mlc.Dataset(value)


def test_it_says_what_the_settings_say(dataset: Any) -> None:
    its = dataset.metadata
    assert (its.name, its.license) == (SETTINGS.title, ["https://spdx.org/licenses/CC-BY-4.0.html"])
    assert its.url == "https://doi.org/10.5281/zenodo.1234567"
    assert {one.name for one in its.creators} == {"Ann Õ'Neil", "Archive: of News"}
    assert its.cite_as.startswith("@misc{") and its.cite_as.count("{") == its.cite_as.count("}") == 6


def value_of(cell: str, kind: str) -> Any:
    """What a cell of the CSV means, as the reader of Croissant gives it: its texts are bytes."""
    if kind == "list":
        return [its.encode() for its in cell_format.parse_array(cell)]
    if not cell:
        return None
    kinds: Mapping[str, Any] = {"integer": int, "number": float, "date": pd.Timestamp, "datetime": pd.Timestamp}
    return kinds.get(kind, str.encode)(cell)


@pytest.mark.parametrize("name", tables())
def test_it_loads_the_rows_of_the_csv(package: Workspace, dataset: Any, name: str) -> None:
    content = current(package)
    its: Table = next(one for one in content.tables if one.name == name)
    kinds = {one["name"]: "list" if one["name"] in LISTS else one["type"] for one in its.schema["fields"]}
    expected = [{f"{name}/{c}": value_of(row[c], kinds[c]) for c in its.columns} for row in content.read(its)]
    assert expected
    found = list(dataset.records(name))
    offsets = {f"{name}/{column}_utc_offset" for column in SAID}
    rows = [
        {key: list(its) if isinstance(its, list) else its for key, its in row.items() if key not in offsets}
        for row in found
    ]
    key = f"{name}/{its.key}"
    assert sorted(rows, key=lambda row: row[key]) == sorted(expected, key=lambda row: row[key])


def test_the_recipe_of_the_documentation_runs(folder: Path) -> None:
    page = (Path(__file__).parents[4] / "docs" / "exports.md").read_text("utf-8")
    code = next(one for one in re.findall(r"```python\n(.*?)```", page, re.S) if "mlcroissant" in one)
    names: dict[str, Any] = {}
    exec(compile(code.replace("parquet/", f"{folder}/"), "exports.md", "exec"), names)  # noqa: S102 - our own words
    assert "An ordinary title of the day anew" in names["titles"]


def test_texts_that_look_like_numbers_stay_texts(dataset: Any) -> None:
    titles = [row["articles/title"] for row in dataset.records("articles")]
    assert b"007" in titles and all(isinstance(title, bytes) for title in titles)


# ---------------------------------------------------------------- card


def test_the_hub_reads_the_card(folder: Path, package: Workspace) -> None:
    card = DatasetCard.load(folder / "README.md")
    said = card.data.to_dict()
    assert (said["pretty_name"], said["license"]) == (SETTINGS.title, "cc-by-4.0")
    assert (said["language"], said["size_categories"]) == (["en", "ru"], ["n<1K"])
    assert [its["config_name"] for its in said["configs"]] == list(tables())
    assert [its["config_name"] for its in said["configs"] if its.get("default")] == ["articles"]
    for its in said["configs"]:
        assert list(folder.glob(its["data_files"])), its
    assert "<script>" not in card.text and "| articles | 5 |" in card.text


@pytest.mark.parametrize(
    "title", ["---\nlicense: mit", '"\n---\n# x', "- [a](javascript:x)", "\u2028\x85 #", "null", "{{ 7*7 }}"]
)
def test_a_title_is_no_yaml_and_no_markup(package: Workspace, title: str) -> None:
    its = about({**current(package).head, "title": title, "licenses": [{"name": "X\n---\n"}]})
    card = DatasetCard(dataset_card(its, tables().values(), {}).decode())
    assert card.data.to_dict()["pretty_name"] == its.title
    assert card.data.to_dict()["license"] == "other"
    assert len(re.findall(r"^#", card.text, re.M)) == 3 and not re.search(r"(?<!\\)\]\(", card.text)


def test_a_licence_that_the_hub_does_not_know_is_named(package: Workspace) -> None:
    its = replace(
        about(current(package).head), licence="EUPL-1.2", licence_url="https://spdx.org/licenses/EUPL-1.2.html"
    )
    said = DatasetCard(dataset_card(its, tables().values(), {}).decode()).data.to_dict()
    assert (said["license"], said["license_name"]) == ("other", "EUPL-1.2")


# ---------------------------------------------------------------- all


def test_sums_are_those_of_sha256sum(folder: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == len(files_of(folder)) - 1


def test_a_head_of_nothing_gives_files_that_can_be_read(package: Workspace, tmp_path: Path) -> None:
    bare = replace(current(package), head={"title": "\ud800x", "contributors": [{"roles": ["creator"]}]})
    write_dataset(bare, tmp_path)
    assert mlc.Dataset(tmp_path / "croissant.json").metadata.name == "x"
    assert DatasetCard.load(tmp_path / "README.md").data.to_dict()["license_name"] == "unknown"


def test_croissant_is_no_way_out_of_json(package: Workspace) -> None:
    its = about({**current(package).head, "title": '"}],"@type":"x'})
    assert json.loads(croissant(its, tables().values()))["name"] == '"}],"@type":"x'
