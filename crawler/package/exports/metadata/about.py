"""What a descriptor says of its package, for those who say it again in the words of another catalogue.

A descriptor may be anybody's: what is no text is not taken, signs that no file can hold are left out, and what is no
address of the web is no address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crawler.package.tables.cell_format import clean

_ORCID = "https://orcid.org/"
_NO_ADDRESS = re.compile(r"""[\s<>"\\^`{|}]""")


@dataclass(frozen=True, slots=True)
class Party:
    """A person, who has an ORCID, or an organisation."""

    name: str
    address: str = ""  # https
    email: str = ""
    affiliation: str = ""

    @property
    def is_person(self) -> bool:
        return self.address.startswith(_ORCID)


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a package; empty where nothing is."""

    title: str
    description: str
    version: str
    created: str  # RFC 3339: the time of the last capture
    began: str  # of the first
    homepage: str
    doi: str  # as an address: https://doi.org/10...
    licence: str  # an identifier of the SPDX list
    licence_url: str
    creators: tuple[Party, ...]
    contact: Party | None
    sources: tuple[Party, ...]  # whose texts the package has
    languages: tuple[str, ...]  # BCP 47
    keywords: tuple[str, ...]

    @property
    def identifier(self) -> str:
        """The address that names the data set: its DOI or home page. Empty where it has none."""
        return self.doi or self.homepage


def about(head: Mapping[str, Any]) -> About:
    """What `head`, a descriptor, says."""
    licence = next(_maps(head, "licenses"), {})
    temporal = head.get("temporal")
    parties = [(one, _party(one)) for one in _maps(head, "contributors")]
    return About(
        title=_text(head, "title"),
        description=_text(head, "description"),
        version=_text(head, "version"),
        created=_text(head, "created"),
        began=_text(temporal, "start") if isinstance(temporal, dict) else "",
        homepage=_address(head, "homepage"),
        doi=_address(head, "id"),
        licence=_text(licence, "name"),
        licence_url=_address(licence, "path"),
        creators=tuple(party for one, party in parties if party.name and "creator" in _texts(one, "roles")),
        contact=next((party for one, party in parties if "contact" in _texts(one, "roles")), None),
        sources=tuple(_party(one) for one in _maps(head, "sources")),
        languages=_texts(head, "languages"),
        keywords=_texts(head, "keywords"),
    )


def _party(one: Mapping[str, Any]) -> Party:
    email = _text(one, "email")
    return Party(_text(one, "title"), _address(one, "path"), email, _text(one, "organization"))


def _text(of: Mapping[str, Any], name: str) -> str:
    value = of.get(name)
    return clean(value) if isinstance(value, str) else ""


def _texts(of: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = of.get(name)
    return tuple(clean(one) for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _maps(of: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    value = of.get(name)
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def _address(of: Mapping[str, Any], name: str) -> str:
    value = _text(of, name)
    try:
        is_address = urlsplit(value).scheme in ("http", "https") and bool(urlsplit(value).hostname)
    except ValueError:
        is_address = False
    return value if is_address and not _NO_ADDRESS.search(value) else ""
