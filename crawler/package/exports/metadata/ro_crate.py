"""A folder as an RO-Crate 1.2 (https://w3id.org/ro/crate/1.2): `ro-crate-metadata.json` beside the files it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crawler.package.exports.metadata.about import About, Party
from crawler.package.exports.metadata.data_file import PARQUET, DataFile
from crawler.package.exports.metadata.json_ld import filled, json_bytes

NAME = "ro-crate-metadata.json"
_VERSION = "https://w3id.org/ro/crate/1.2"


def ro_crate(about: About, files: Iterable[DataFile], words: Mapping[str, str]) -> bytes:
    """The file for a folder that has `files`; `words` says by path what some of them are. An address that nobody told
    is not made up: creators without one are named inside the crate."""
    files = sorted(files, key=lambda its: its.path)
    people = [(f"#creator-{number}", one) for number, one in enumerate(about.creators, 1)]
    creators = [(one.address or name, one) for name, one in people]
    licence = about.licence_url or "#licence"
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title,
        "description": about.description or about.title,
        "datePublished": about.created[:10],
        "license": {"@id": licence},
        "version": about.version,
        "identifier": {"@id": about.doi} if about.doi else None,
        "url": about.homepage,
        "temporalCoverage": f"{about.began}/{about.created}" if about.began else "",
        "inLanguage": _one(list(about.languages)),
        "keywords": ", ".join(about.keywords),
        "creator": _one([{"@id": name} for name, _ in creators]),
        "publisher": {"@id": creators[0][0]} if creators else None,
        "isBasedOn": _one([{"@id": one.address} for one in about.sources if one.address]),
        "hasPart": _one([{"@id": its.address} for its in files]),
    }
    graph = [
        {"@id": NAME, "@type": "CreativeWork", "conformsTo": {"@id": _VERSION}, "about": {"@id": "./"}},
        filled(root),
        *(_file(its, words.get(its.path, "")) for its in files),
        _licence(licence, about),
        *(entity for number, (name, one) in enumerate(creators, 1) for entity in _creator(name, number, one, about)),
        *_contact(about),
        *_identifier(about),
        *(
            {"@id": one.address, "@type": "WebSite", "name": one.name or one.address, "url": one.address}
            for one in about.sources
            if one.address
        ),
    ]
    known = {entity["@id"]: entity for entity in reversed(graph)}  # one entity for each address; the first stands
    return json_bytes({"@context": f"{_VERSION}/context", "@graph": list(reversed(known.values()))})


def _one(values: list[Any]) -> Any:
    """A list of one value as the specification recommends it: the value."""
    return values[0] if len(values) == 1 else values


def _file(its: DataFile, words: str) -> dict[str, Any]:
    is_part = its.media_type == PARQUET and "/" in its.path
    entity = {
        "@id": its.address,
        "@type": "File",
        "name": its.path,
        "description": f"A part of the table {its.path.partition('/')[0]}." if is_part else words,
        "encodingFormat": its.media_type,
        "contentSize": str(its.bytes),
        "sha256": its.sha256,
    }
    return filled(entity)


def _licence(name: str, about: About) -> dict[str, Any]:
    words = "Of the compilation and its metadata only; texts and images belong to those who published them."
    return {"@id": name, "@type": "CreativeWork", "name": about.licence or "not told", "description": words}


def _creator(name: str, number: int, one: Party, about: About) -> list[dict[str, Any]]:
    kind = "Person" if one.is_person else "Organization"
    place = f"#affiliation-{number}" if one.is_person and one.affiliation else ""
    its = {
        "@id": name,
        "@type": kind,
        "name": one.name,
        "affiliation": {"@id": place} if place else None,
        "contactPoint": {"@id": "#contact"} if about.contact and number == 1 else None,
    }
    return [filled(its), *([{"@id": place, "@type": "Organization", "name": one.affiliation}] if place else [])]


def _identifier(about: About) -> list[dict[str, Any]]:
    if not about.doi:
        return []
    value = f"doi:{about.doi.removeprefix('https://doi.org/')}"
    register = "https://registry.identifiers.org/registry/doi"
    its = {"@id": about.doi, "@type": "PropertyValue", "propertyID": register, "value": value, "url": about.doi}
    return [{**its, "name": "DOI"}]


def _contact(about: About) -> list[dict[str, Any]]:
    if about.contact is None:
        return []
    its = {
        "@id": "#contact",
        "@type": "ContactPoint",
        "name": about.contact.name,
        "contactType": "data curator",
        "email": about.contact.email,
        "url": about.contact.address,
    }
    return [filled(its)]
