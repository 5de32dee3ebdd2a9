"""A data set in Parquet as Croissant 1.1 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html).

Every column has the type of its schema. Parquet has typed values, so that no reader guesses one from the first rows, as
they do with CSV: a title "007" stays a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crawler.package.exports.metadata.about import About, Party
from crawler.package.exports.metadata.json_ld import filled, json_bytes
from crawler.package.exports.parquet import columns
from crawler.package.tables.tables import Table

VERSION = "http://mlcommons.org/croissant/1.1"
# The context that the specification gives, in its order.
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {"integer": "cr:Int64", "number": "cr:Float64", "date": "sc:Date", "datetime": "sc:DateTime"}
_NO_BIBTEX = str.maketrans(dict.fromkeys("{}\\%#$&~^_\n", " "))


def croissant(about: About, tables: Iterable[Table], *, is_flat: bool = False) -> bytes:
    """The file for a folder as `write_tables` makes it, or `write_flat`: a set of files and a record set for each
    table."""
    tables = list(tables)
    value = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        "name": about.title,
        "description": about.description,
        "url": about.identifier,
        "sameAs": about.homepage if about.doi else "",
        "license": about.licence_url or about.licence,
        "creator": [party(one) for one in about.creators],
        "datePublished": about.created[:10],
        "dateModified": about.created[:10],
        "version": about.version,
        "inLanguage": list(about.languages),
        "keywords": list(about.keywords),
        "citeAs": _bibtex(about),
        "isLiveDataset": False,
        "distribution": [_files(its, is_flat=is_flat) for its in tables],
        "recordSet": [_records(its) for its in tables],
    }
    return json_bytes(filled(value))


def party(one: Party) -> dict[str, Any]:
    """A creator in the words of schema.org."""
    kind = "Person" if one.is_person else "Organization"
    place = {"@type": "sc:Organization", "name": one.affiliation} if one.is_person and one.affiliation else None
    its = {"@type": f"sc:{kind}", "name": one.name, "url": one.address, "email": one.email, "affiliation": place}
    return filled(its)


def _files(its: Table, *, is_flat: bool) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{its.name}-files",
        "name": f"{its.name}-files",
        "description": f"The table {its.name}." if is_flat else f"The partitions of the table {its.name}.",
        "encodingFormat": "application/x-parquet",
        "includes": f"{its.name}.parquet" if is_flat else [f"{its.name}/*.parquet", f"{its.name}/**/*.parquet"],
    }


def _records(its: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": its.name,
        "name": its.name,
        "description": its.schema["description"],
        "key": {"@id": f"{its.name}/{its.key}"},
        "field": [_field(its.name, one, kind) for one, kind in columns(its)],
    }


def _field(table: str, one: Any, kind: str) -> dict[str, Any]:
    its = {
        "@type": "cr:Field",
        "@id": f"{table}/{one['name']}",
        "name": one["name"],
        "description": one["description"],
        "dataType": _TYPES.get(kind, "sc:Text"),
        "source": {"fileSet": {"@id": f"{table}-files"}, "extract": {"column": one["name"]}},
    }
    return its | {"isArray": True, "arrayShape": "-1"} if kind == "list" else its


def _bibtex(about: About) -> str:
    lines = {
        "title": about.title,
        "author": " and ".join(one.name for one in about.creators),
        "year": about.created[:4],
        "version": about.version,
    }
    words = [f"{name} = {{{its.translate(_NO_BIBTEX)}}}" for name, its in lines.items() if its]
    words += [f"url = {{{about.identifier}}}"] if about.identifier else []
    return f"@misc{{ministry-news, {', '.join(words)}}}"
