"""CITATION.cff keeps to the published schema of the Citation File Format 1.2.0, whatever the settings say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from crawler.package.descriptor.descriptor import Facts
from crawler.package.descriptor.settings import Creator, Settings
from crawler.package.publication.documents import documents
from crawler.package.tables.tables import tables

MOMENT = datetime(2026, 11, 28, tzinfo=UTC)
PERSON = Creator(family_names="Õ'Neil: #", given_names="Ann", orcid="0000-0002-1825-0097", affiliation='Uni "x"')
SAID = [
    Settings(),
    Settings(
        title='"]\n- &a *a', licence="CC-BY-4.0", doi="10.5281/zenodo.1234567", homepage="https://x.example/a?b=c"
    ),
    Settings(creators=(PERSON, Creator(name="Archive"), Creator(family_names="Mononym"))),
    Settings(creators=(Creator(name="Archive", affiliation="of none"),), contact="desk@ministry.example"),
    Settings(contact="https://ministry.example/contact", licence="ODbL-1.0"),
]


@cache
def problems_of() -> Any:
    """The validator of the schema that https://citation-file-format.github.io publishes, as check-jsonschema has it."""
    file = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "citation-file-format.json"
    schema = json.loads(file.read_bytes())
    assert schema["$id"] == "https://citation-file-format.github.io/1.2.0/schema.json"
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def problems(text: str) -> list[str]:
    value = YAML(typ="safe").load(text)
    plain = json.loads(json.dumps(value, default=lambda its: its.isoformat() if isinstance(its, date) else None))
    return [f"{its.json_path}: {its.message}" for its in problems_of().iter_errors(plain)]


def citation(settings: Settings) -> str:
    row = dict.fromkeys(tables()["sources"].columns, "x")
    facts = Facts(MOMENT, 1, 0, MOMENT, [row], {}, {}, {}, {}, {}, {})
    return documents(replace(facts, settings=settings))["CITATION.cff"].decode()


@pytest.mark.parametrize("settings", SAID)
def test_the_schema_finds_nothing(settings: Settings) -> None:
    assert problems(citation(settings)) == []


def test_the_citation_of_the_program_too() -> None:
    assert problems((Path(__file__).parents[3] / "CITATION.cff").read_text("utf-8")) == []


@pytest.mark.parametrize("line", ["doi: x", "orcid: 1", "date-released: yesterday", "licence: MIT"])
def test_the_schema_would_find(line: str) -> None:
    name = line.partition(":")[0]
    rest = "".join(its for its in citation(SAID[1]).splitlines(keepends=True) if not its.startswith(f"{name}:"))
    assert problems(f"{rest}{line}\n") != []
