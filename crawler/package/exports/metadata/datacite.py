"""`datacite.json`: a version in the words of DataCite's metadata schema, kernel 4.5, as its REST API takes attributes
(https://datacite-metadata-schema.readthedocs.io/en/4.5/). Who registers a DOI for the version sends it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from crawler.package.descriptor.settings import Creator, Settings
from crawler.package.exports.metadata.about import About

_SPDX = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}


def datacite(about: About, settings: Settings, size: int) -> dict[str, Any]:
    """The attributes of a version. `size` is that of its tables and WARC files in bytes. There must be a creator."""
    words: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Archive of news, with tables and WARC files"},
        "titles": [{"title": about.title}],
        "creators": [_creator(its) for its in settings.creators],
        "publisher": {"name": _publisher(settings)},
        "publicationYear": about.created[:4],
        "version": about.version,
        "dates": [
            {"date": about.created[:10], "dateType": "Issued"},
            {"date": f"{about.began[:10]}/{about.created[:10]}", "dateType": "Collected"},
        ],
        "rightsList": [_rights(about)],
        "formats": ["application/wacz", "application/vnd.apache.parquet"],
        "sizes": [f"{size} bytes"],
        "relatedIdentifiers": [
            {"relatedIdentifier": one.address, "relatedIdentifierType": "URL", "relationType": "IsDerivedFrom"}
            for one in about.sources
            if one.address
        ],
    }
    if about.description:
        words["descriptions"] = [{"description": about.description, "descriptionType": "Abstract"}]
    if len(about.languages) == 1:
        words["language"] = about.languages[0]
    if about.keywords:
        words["subjects"] = [{"subject": word} for word in about.keywords]
    if settings.doi:
        words["doi"] = settings.doi
    if about.homepage:
        words["url"] = about.homepage
    return {name: value for name, value in words.items() if value not in ([], "")}


def _creator(its: Creator) -> dict[str, Any]:
    name = f"{its.family_names}, {its.given_names}".removesuffix(", ") if its.family_names else its.name
    person = {"familyName": its.family_names, "givenName": its.given_names} if its.family_names else {}
    words: dict[str, Any] = {"name": name, "nameType": "Personal" if its.family_names else "Organizational"}
    words |= {key: value for key, value in person.items() if value}
    if its.affiliation:
        words["affiliation"] = [{"name": its.affiliation}]
    if its.orcid:
        place = f"https://orcid.org/{its.orcid}"
        scheme = {"nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}
        words["nameIdentifiers"] = [{"nameIdentifier": place, **scheme}]
    return words


def _publisher(settings: Settings) -> str:
    """The first organisation among the creators; else the host of the home page; else the first creator."""
    for its in settings.creators:
        if not its.family_names:
            return its.name
    return urlsplit(settings.homepage).hostname or settings.creators[0].title


def _rights(about: About) -> dict[str, str]:
    words = {"rights": f"{about.licence}, for the compilation; each text stays with its publisher"}
    if about.licence_url:
        words["rightsUri"] = about.licence_url
    return words | {"rightsIdentifier": about.licence, **_SPDX}
