"""What can be said of a package, and what is told where it cannot."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.errors import SettingsError
from crawler.package.descriptor.settings import Creator, Settings, parse_settings


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"titel": "x"}, "titel: is no setting; title is"),
        ({"title": 1}, "title: is int, not text"),
        ({"title": "two\nlines"}, "title: .* is no line"),
        ({"licence": "CC-BY"}, "licence: 'CC-BY' is no identifier of the SPDX list"),
        ({"licence": "MIT OR CC0-1.0"}, "more than one licence"),
        ({"doi": "https://dx.example/10.5281/zenodo.1"}, "doi: .* is no DOI, such as 10.5281"),
        ({"homepage": "javascript:alert(1)"}, "homepage: .* is no address"),
        ({"homepage": "https://a.example/ b"}, "homepage: .* is no address"),
        ({"contact": "Ann"}, "contact: .* neither an e-mail"),
        ({"description": "\x00"}, "description: .* control characters"),
        ({"creators": {"name": "x"}}, r"creators: is no list of tables"),
        ({"creators": [{"name": "x", "orcid": "0000-0002-1825-0098"}]}, r"creators\[0\]\.orcid: .* would be 7"),
        ({"creators": [{"name": "x", "orcid": "0000000218250097"}]}, r"creators\[0\]\.orcid: .* is no ORCID"),
        ({"creators": [{"given_names": "x"}]}, r"creators\[0\]: a creator has either"),
        ({"creators": [{"nam": "x"}]}, r"creators\[0\]\.nam: is no setting; name is"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(raw: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=f"my.toml: {words}|my.toml: .*{words}"):
        parse_settings(raw, "my.toml")


def test_an_identifier_is_spelt_as_the_list_spells_it() -> None:
    assert parse_settings({"licence": "cc-by-4.0"}, "x").licence == "CC-BY-4.0"


def test_an_orcid_and_a_doi_may_be_told_as_addresses() -> None:
    raw = {
        "doi": "https://doi.org/10.5281/zenodo.1",
        "creators": [{"name": "A", "orcid": "https://orcid.org/0000-0002-1825-0097"}],
    }
    found = parse_settings(raw, "x")
    assert (found.doi, found.creators[0].orcid) == ("10.5281/zenodo.1", "0000-0002-1825-0097")


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0002-1694-233X", "0000-0001-5109-3700"])
def test_orcids_that_exist_are_right(orcid: str) -> None:
    found = parse_settings({"creators": [{"family_names": "A", "orcid": orcid}]}, "x")
    assert found == Settings(creators=(Creator(family_names="A", orcid=orcid),))
