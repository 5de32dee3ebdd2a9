"""`zenodo.json`: the metadata of a deposition, as Zenodo's REST API takes it (https://developers.zenodo.org)."""

from __future__ import annotations

from html import escape
from typing import Any

from crawler.package.descriptor.settings import Creator, Settings
from crawler.package.exports.metadata.about import About

_RIGHTS = "The licence is that of the compilation; rights in each text remain with its publisher (see LICENSE.md)."


def zenodo(about: About, settings: Settings) -> dict[str, Any]:
    """The metadata of a version. There must be a creator."""
    words: dict[str, Any] = {
        "upload_type": "dataset",
        "title": about.title,
        "creators": [_creator(its) for its in settings.creators],
        "description": "".join(f"<p>{escape(line)}</p>" for line in about.description.split("\n") if line.strip())
        or f"<p>{escape(about.title)}</p>",
        "publication_date": about.created[:10],
        "version": about.version,
        "access_right": "open",
        "license": about.licence.lower(),
        "notes": _RIGHTS,
        "keywords": list(about.keywords),
        "related_identifiers": [
            {"identifier": one.address, "relation": "isDerivedFrom", "scheme": "url"}
            for one in about.sources
            if one.address
        ],
    }
    return {name: value for name, value in words.items() if value not in ([], "")}


def _creator(its: Creator) -> dict[str, str]:
    name = f"{its.family_names}, {its.given_names}".removesuffix(", ") if its.family_names else its.name
    words = {"name": name, "affiliation": its.affiliation, "orcid": its.orcid}
    return {key: value for key, value in words.items() if value}
