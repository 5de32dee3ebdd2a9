"""A data set for catalogues: DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/) as JSON-LD.

Addresses are relative to that of the file, so that it says the right thing wherever the folder is put."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crawler.package.exports.metadata.about import About, Party
from crawler.package.exports.metadata.data_file import DataFile
from crawler.package.exports.metadata.json_ld import filled, json_bytes

NAME = "dcat-ap.jsonld"
_CONTEXT: dict[str, Any] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU = "http://publications.europa.eu/resource/authority"
# Codes of the authority table "language" of the Publications Office, which DCAT-AP asks for.
_LANGUAGES = {
    "ar": "ARA", "az": "AZE", "be": "BEL", "de": "DEU", "en": "ENG", "es": "SPA", "fa": "FAS", "fr": "FRA", "hy": "HYE",
    "ka": "KAT", "kk": "KAZ", "ky": "KIR", "mn": "MON", "ru": "RUS", "tg": "TGK", "tk": "TUK", "tr": "TUR", "uk": "UKR",
    "uz": "UZB", "zh": "ZHO",
}  # fmt: skip
_RESOURCE = "rdfs:Resource"
_PARQUET = "application/vnd.apache.parquet"


def dcat(about: About, files: Iterable[DataFile]) -> bytes:
    """The file for a folder that has `files`: one data set, and its distribution in Parquet."""
    files = list(files)
    languages = sorted({tag.split("-")[0] for tag in about.languages})
    value = {
        "@context": _CONTEXT,
        "@id": about.identifier or "#dataset",
        "@type": "dcat:Dataset",
        "dct:title": about.title,
        "dct:description": about.description or about.title,
        "dct:identifier": about.doi,
        "dcat:landingPage": _typed(about.homepage, "foaf:Document"),
        "dcat:version": about.version,
        "dct:issued": _literal(about.created[:10], "date"),
        "dct:modified": _literal(about.created, "dateTime"),
        "dct:temporal": _period(about),
        "dct:language": [_typed(_language(tag), "dct:LinguisticSystem") for tag in languages],
        "dcat:keyword": list(about.keywords),
        "dcat:theme": {
            "@id": f"{_EU}/data-theme/GOVE",
            "@type": "skos:Concept",
            "skos:prefLabel": {"@value": "Government and public sector", "@language": "en"},
        },
        "dct:creator": [_agent(one) for one in about.creators],
        "dct:publisher": _agent(about.creators[0]) if about.creators else None,
        "dcat:contactPoint": _contact(about.contact),
        "dct:relation": [_typed(one.address, _RESOURCE) for one in about.sources if one.address],
        "dcat:distribution": _distribution(about, files),
    }
    return json_bytes(filled(value))


def _distribution(about: About, files: Iterable[DataFile]) -> dict[str, Any]:
    its = {
        "@id": "#parquet",
        "@type": "dcat:Distribution",
        "dct:title": "All tables in Parquet, by source and month",
        "dcat:accessURL": _typed("./", _RESOURCE),
        "dcat:mediaType": _typed(f"https://www.iana.org/assignments/media-types/{_PARQUET}", "dct:MediaType"),
        "dcat:byteSize": _literal(str(sum(one.bytes for one in files)), "nonNegativeInteger"),
        "dct:license": _typed(about.licence_url, "dct:LicenseDocument"),
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "rdfs:label": "The licence is of the compilation. Texts and images belong to those who published them.",
        },
    }
    return filled(its)


def _agent(one: Party) -> dict[str, Any]:
    return filled({"@id": one.address, "@type": "foaf:Agent", "foaf:name": one.name})


def _contact(one: Party | None) -> dict[str, Any] | None:
    if one is None:
        return None
    email = {"@id": f"mailto:{one.email}"} if one.email else None
    its = {
        "@type": "vcard:Kind",
        "vcard:fn": one.name,
        "vcard:hasEmail": email,
        "vcard:hasURL": _typed(one.address, _RESOURCE),
    }
    return filled(its)


def _period(about: About) -> dict[str, Any] | None:
    if not (about.began and about.created):
        return None
    its = {"dcat:startDate": _literal(about.began, "dateTime"), "dcat:endDate": _literal(about.created, "dateTime")}
    return {"@type": "dct:PeriodOfTime", **its}


def _language(tag: str) -> str:
    """The address of a language: in the authority table, or where it is not known there, at the Library of Congress."""
    kind = "iso639-1" if len(tag) == 2 else "iso639-2"
    return f"{_EU}/language/{_LANGUAGES[tag]}" if tag in _LANGUAGES else f"http://id.loc.gov/vocabulary/{kind}/{tag}"


def _literal(value: str, kind: str) -> dict[str, str] | None:
    return {"@value": value, "@type": f"xsd:{kind}"} if value else None


def _typed(address: str, kind: str) -> dict[str, str] | None:
    return {"@id": address, "@type": kind} if address else None
