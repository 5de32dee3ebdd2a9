"""datapackage.json: at once a Data Package (v2, and readable as v1) and the manifest of a WACZ 1.1.1.

The rules that both sets of validators keep are told, with reasons, in `schema/README.md`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crawler import __version__
from crawler.errors import PackageInvalid
from crawler.package.descriptor.descriptor_shape import check_shape
from crawler.package.descriptor.settings import Creator, Settings
from crawler.package.tables.tables import SCHEMA_MAJOR, tables
from crawler.workspace import Workspace
from crawler.workspace.safe_json import read_json

NAME = "ministry-news"
SOFTWARE = f"{NAME}/{__version__}"
MAX_DESCRIPTOR = 16 << 20  # bytes: ten years of hourly runs of many sources have one or two million
SCHEMA_URL = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIATYPES = {
    ".atom": "application/atom+xml",
    ".cdx": "text/x-cdxj",
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".jsonl": "application/jsonl",
    ".json": "application/json",
    ".toml": "application/toml",
}
_TEXT = (
    "What ministries and other authorities publish as news: one row per document, one document being one item in one "
    "language, from the sources listed in the table sources. Population: what the sources listed while they were "
    "crawled; what was gone before the first crawl is missing.\n\n"
    "articles says what a document says now; revisions what it said before and when it went; captures is every HTTP "
    "exchange; rejections says why a capture has no row of its own. Every row leads to its WARC record by warc_file, "
    "warc_offset and warc_length, and every table can be rebuilt from archive/ and seeds/.\n\n"
    "Beware: published_at is empty where a page tells no time of day; times in articles carry the source's own offset; "
    "a language version that a portal never had is no missing row; texts are as printed, and may be wrong."
)
_TEXT_RIGHTS = {
    "name": "LicenseRef-rights-remain-with-each-source",
    "title": "Texts and images: none granted here; see rights and rights_url in the table sources",
}
DATA_LICENCE = {
    "name": "ODbL-1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
    "title": "Open Database License 1.0, for the compilation and its metadata only",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file of the package."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a descriptor tells beyond its files."""

    created: datetime  # the time of the last capture: a build has no clock of its own
    major: int
    issue: int  # the last number of the version: one less than the WARC files, so it only grows
    first_captured: datetime
    sources: Sequence[Mapping[str, str]]  # rows of the table
    extraction: Mapping[str, Any]  # version, and per source the fingerprint of the seed it was read with
    rows: Mapping[str, int]  # of each table
    articles: Mapping[str, Mapping[str, int]]  # by source and status
    filled: Mapping[str, Mapping[str, int]]  # by source and column of articles, and ASSUMED
    missing: Mapping[str, Mapping[str, Any]]  # by article id: source_id, since, runs (see `filled_counts`)
    last_runs: Mapping[str, Mapping[str, Any]]  # by source (see `tables.last_runs`)
    settings: Settings = field(default_factory=Settings)


def file_resource(file: File) -> dict[str, Any]:
    """The opaque resource of one file. "bin" keeps readers from taking it for a table. Entries are short: of all that
    a descriptor holds, only the list of WARC files grows without end."""
    resource: dict[str, Any] = {"name": _name(file.path), "path": file.path}
    if not file.path.startswith("archive/"):
        resource["format"] = "bin"
        suffix = next((s for s in _MEDIATYPES if file.path.endswith(s)), "")
        if not file.path.startswith(("data/", "changes/")):
            resource["mediatype"] = _MEDIATYPES.get(suffix, "application/octet-stream")
    return resource | {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}


def _name(path: str) -> str:
    # Paths say all; a name only has to be another than the rest, in lower case as frictionless wants it, and short: ten
    # years of daily runs are to fit in a megabyte. 50 bits are enough for a hundred thousand files.
    folder, _, name = path.rpartition("/")
    if folder in ("archive", "data", "changes", "explorer", "indexes"):
        return base64.b32encode(hashlib.sha256(path.encode()).digest())[:10].decode().lower()
    return name.lower()


def table_resource(name: str, paths: Sequence[str], rows: int) -> dict[str, Any]:
    """The resource of a table over its parts, oldest first."""
    schema = dict(tables()[name].schema)
    resource: dict[str, Any] = {
        "name": name,
        "type": "table",
        "title": schema.pop("title"),
        "description": schema.pop("description"),
        "path": list(paths),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }
    if rows:  # frictionless does not keep a zero
        resource["rows"] = rows
    if name in ("articles", "revisions", "media"):
        resource["licenses"] = [_TEXT_RIGHTS]
    schema.pop("name")
    resource["schema"] = schema
    return resource


def describe(files: Iterable[File], parts: Mapping[str, Sequence[str]], facts: Facts) -> bytes:
    """The bytes of datapackage.json: file resources first (py-wacz reads the kind of hash there), one a line."""
    resources = [file_resource(file) for file in sorted(files, key=lambda f: f.path)]
    resources += [table_resource(name, parts[name], facts.rows[name]) for name in tables() if parts.get(name)]
    top = json.dumps(head(facts), ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in resources)
    return f'{top},\n "resources": [\n{lines}\n ]\n}}\n'.encode()


def digest(descriptor: bytes) -> bytes:
    """The bytes of datapackage-digest.json (WACZ 1.1.1, section 5.5)."""
    value = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(descriptor).hexdigest()}"}
    return (json.dumps(value, indent=1) + "\n").encode()


def read_descriptor(workspace: Workspace) -> dict[str, Any] | None:
    """The published descriptor; None when nothing is published. Raises PackageInvalid when it is none of ours."""
    try:
        value = read_json(workspace.descriptor, limit=MAX_DESCRIPTOR)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PackageInvalid(f"{workspace.descriptor}: {error.strerror}") from error
    if not isinstance(value, dict) or value.get("name") != NAME or not isinstance(value.get("resources"), list):
        name = value.get("name") if isinstance(value, dict) else None
        raise PackageInvalid(f"{workspace.root}: holds another data package ({name!r}); choose another folder")
    try:
        check_shape(value)
    except ValueError as error:
        raise PackageInvalid(f"{workspace.descriptor}: no descriptor of this program: {error}") from error
    return value


def files_of(descriptor: Mapping[str, Any]) -> dict[str, File]:
    """The files that a descriptor lists, by path. Raises PackageInvalid for a resource that is none of ours."""
    found: dict[str, File] = {}
    for resource in descriptor["resources"]:
        if resource.get("type") == "table":
            continue
        try:
            path, hash_, size = resource["path"], resource["hash"], resource["bytes"]
            kind, _, value = hash_.partition(":")
            if kind != "sha256" or not isinstance(path, str) or not isinstance(size, int):
                raise ValueError("wrong hash, path or bytes")
            found[path] = File(path, size, value)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PackageInvalid(f"datapackage.json: resource {resource.get('name')!r}: {error}") from error
    return found


def parts_of(descriptor: Mapping[str, Any]) -> dict[str, list[str]]:
    """The parts of each table, in the descriptor's order."""
    return {r["name"]: list(r["path"]) for r in descriptor["resources"] if r.get("type") == "table"}


def rows_of(descriptor: Mapping[str, Any]) -> dict[str, int]:
    """How many rows each table has, as the descriptor says."""
    return {r["name"]: int(r.get("rows", 0)) for r in descriptor["resources"] if r.get("type") == "table"}


def version_of(facts: Facts) -> str:
    """The version: major of the schema and withdrawals, day of the last capture, number."""
    return f"{facts.major}.{facts.created:%Y%m%d}.{facts.issue}"


def title_of(facts: Facts) -> str:
    default = "News of " + (facts.sources[0]["title"] if len(facts.sources) == 1 else "ministries and authorities")
    return facts.settings.title or default


def licence_of(settings: Settings) -> dict[str, str]:
    """The licence of the compilation, as Data Packages state one."""
    if settings.licence in ("", DATA_LICENCE["name"]):
        return DATA_LICENCE
    words = f"{settings.licence}, for the compilation and its metadata only"
    return {"name": settings.licence, "path": f"https://spdx.org/licenses/{settings.licence}.html", "title": words}


def creators_of(settings: Settings) -> tuple[Creator, ...]:
    """Who made the compilation."""
    return settings.creators or (Creator(name="The ministry-news authors"),)


def _contributors(settings: Settings) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for creator in creators_of(settings):
        its: dict[str, Any] = {"title": creator.title, "role": "author", "roles": ["creator", "dataCurator"]}
        if creator.orcid:
            its["path"] = f"https://orcid.org/{creator.orcid}"
        if creator.affiliation:
            its["organization"] = creator.affiliation
        found.append(its)
    if settings.contact:
        key = "path" if "://" in settings.contact else "email"
        found.append({"title": "Contact", key: settings.contact, "role": "maintainer", "roles": ["contact"]})
    return found


def head(facts: Facts) -> dict[str, Any]:
    """What a descriptor says before its resources."""
    created = facts.created.strftime("%Y-%m-%dT%H:%M:%SZ")
    languages = sorted({tag for row in facts.sources for tag in json.loads(row["languages"])})
    its = facts.settings
    retention = f"Retention: {its.retention}" if its.retention else ""
    more = {"id": f"https://doi.org/{its.doi}"} if its.doi else {}
    more |= {"homepage": its.homepage} if its.homepage else {}
    return {
        "$schema": SCHEMA_URL,
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "name": NAME,
        "title": title_of(facts),
        "description": "\n\n".join(filter(None, [its.description, _TEXT, retention])),
        **more,
        "version": version_of(facts),
        "created": created,
        "software": SOFTWARE,
        "keywords": ["government", "ministries", "news", "web archive"],
        "licenses": [licence_of(its)],
        "contributors": _contributors(its),
        "sources": [{"title": row["title"], "path": row["homepage"]} for row in facts.sources],
        "temporal": {"start": facts.first_captured.strftime("%Y-%m-%dT%H:%M:%SZ"), "end": created},
        "languages": languages,
        "schemaVersion": SCHEMA_MAJOR,
        "extraction": dict(facts.extraction),
        "articles": facts.articles,
        "filled": facts.filled,
        "missing": facts.missing,
        "last_runs": facts.last_runs,
    }
