"""RO-Crates held against the published validator."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
import rocrate
from requests import ConnectionError, Response
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester

TERMS = frozenset(
    "File Dataset CreativeWork Person Organization ContactPoint WebSite PropertyValue conformsTo about name "
    "description datePublished license version identifier url temporalCoverage inLanguage keywords creator publisher "
    "contactPoint isBasedOn hasPart encodingFormat contentSize sha256 affiliation contactType email propertyID "
    "value".split()
)


def crate_findings(folder: Path) -> list[str]:
    """The findings of the validator, which is given the context that the library rocrate brings: it asks no network."""
    context = json.loads((resources.files(rocrate) / "data" / "ro-crate.jsonld").read_bytes())["@context"]
    kept = {name: its for name, its in context.items() if name in TERMS}  # of 3,000, those that a crate here has

    def get(_: object, address: str, **__: object) -> Response:
        if address != "https://w3id.org/ro/crate/1.2/context":
            raise ConnectionError("no test asks the network")
        answer = Response()
        answer.status_code, answer.headers["Content-Type"] = 200, "application/ld+json"
        answer._content = json.dumps({"@context": kept}).encode()
        return answer

    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.2",
        requirement_severity=models.Severity.REQUIRED,  # what is recommended takes four times as long
        no_cache=True,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HttpRequester, "head", get, raising=False)
        patch.setattr(HttpRequester, "get", get, raising=False)
        result = services.validate(settings)
    return [f"{its.severity.name} {its.check.identifier}: {its.message}" for its in result.get_issues()]
