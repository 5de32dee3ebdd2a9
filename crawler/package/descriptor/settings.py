"""What those who publish a package say of it: title, licence of the compilation, creators, DOI. They state it in
`ministry-news.toml` beside the package; the package keeps a copy, an input like its seeds, of which a rebuild makes
the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from crawler.errors import PackageInvalid, SettingsError
from crawler.package.tables import cell_format
from crawler.workspace import Workspace
from crawler.workspace.safe_json import read_json

FILE = "seeds/settings.json"
_MAX_BYTES = 1 << 20
_MAX_CREATORS = 100
_ORCID = re.compile(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]")
_DOI = re.compile(
    r"10\.[0-9]{4,9}/[-._;()/:a-zA-Z0-9]{1,200}"
)  # https://www.crossref.org/blog/dois-and-matching-regular-expressions/
_ADDRESSES = {"orcid": "https://orcid.org/", "doi": "https://doi.org/"}  # as both are told to be cited; kept without
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Creator:
    """A person (`family_names`, `given_names`) or an organisation (`name`) that made the compilation."""

    name: str = ""
    family_names: str = ""
    given_names: str = ""
    orcid: str = ""
    affiliation: str = ""

    @property
    def title(self) -> str:
        """The name as one prints it."""
        return self.name or f"{self.given_names} {self.family_names}".strip()


@dataclass(frozen=True, slots=True)
class Settings:
    """What is said of a package; empty where nothing is."""

    title: str = ""
    description: str = ""
    licence: str = ""  # of the compilation: an identifier of the SPDX list
    contact: str = ""  # an e-mail address or a page
    doi: str = ""
    homepage: str = ""
    retention: str = ""  # what is kept how long, in words: nothing is ever removed by them
    creators: tuple[Creator, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """What is said, without what is not."""
        value = {key: its for key, its in asdict(self).items() if its}
        if self.creators:
            value["creators"] = [{key: its for key, its in asdict(c).items() if its} for c in self.creators]
        return value


@dataclass(frozen=True, slots=True)
class Kept:
    """The settings of a published version, and how often they were changed since the first: each time is a version."""

    settings: Settings = Settings()
    changes: int = 0


def parse_settings(raw: Mapping[str, Any], path: str) -> Settings:
    """The settings that a file states. Raises SettingsError, which names `path` and key, for an unknown key, a wrong
    type, and what is no licence of the SPDX list, no DOI, no ORCID (ISO 7064, MOD 11-2) or no address."""
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if key == "creators":
            values[key] = _creators(value, path)
            continue
        values[key] = _checked(_KEYS, key, value, path, "")
    return Settings(**values)


def load_kept(workspace: Workspace) -> Kept | None:
    """The settings that a package keeps; None where it never had any. Raises PackageInvalid."""
    try:
        value = read_json(workspace.root / FILE, limit=_MAX_BYTES)
        if not isinstance(value, dict) or value.keys() != {"changes", "settings"}:
            raise ValueError("it is none of this program")
        if type(value["changes"]) is not int or not 0 <= value["changes"] < 1 << 31:
            raise ValueError("changes is no count")
        return Kept(parse_settings(value["settings"], FILE), value["changes"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, AttributeError, SettingsError) as error:
        raise PackageInvalid(f"{FILE}: cannot be read: {error}") from error


def dump_kept(kept: Kept) -> bytes:
    """The content of the file."""
    value = {"changes": kept.changes, "settings": kept.settings.as_dict()}
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def with_given(kept: Kept | None, given: Settings | None, *, is_first: bool) -> Kept | None:
    """What a version keeps that is built with the settings `given`, or without a file of them."""
    if given is None or given == (kept.settings if kept else Settings()):
        return kept
    if kept is None:
        return Kept(given, 0 if is_first else 1)
    return Kept(given, kept.changes + 1)


# ---------------------------------------------------------------- values


def _creators(value: object, path: str) -> tuple[Creator, ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise SettingsError("is no list of tables: write [[creators]] before each", path=path, key="creators")
    if len(value) > _MAX_CREATORS:
        raise SettingsError(f"has more than {_MAX_CREATORS} of them", path=path, key="creators")
    found = []
    for number, item in enumerate(value):
        where = f"creators[{number}]."
        its = Creator(**{key: _checked(_CREATOR, key, one, path, where) for key, one in item.items()})
        if bool(its.name) == bool(its.family_names):
            raise SettingsError("a creator has either name or family_names", path=path, key=f"creators[{number}]")
        found.append(its)
    return tuple(found)


def _checked(known: Mapping[str, Callable[[str], str]], key: str, value: object, path: str, where: str) -> str:
    """The value of a key, or SettingsError. A check says what is wrong, or nothing."""
    name = f"{where}{key}"
    if key not in known:
        close = get_close_matches(key, [*known, *([] if where else ["creators"])], 1)
        raise SettingsError("is no setting" + (f"; {close[0]} is" if close else ""), path=path, key=name)
    if not isinstance(value, str):
        raise SettingsError(f"is {type(value).__name__}, not text", path=path, key=name)
    value = value.removeprefix(_ADDRESSES.get(key, ""))
    if value and (wrong := known[key](value)):
        raise SettingsError(f"{value[:100]!r} {wrong}", path=path, key=name)
    if key == "licence" and value:
        return str(canonicalize_license_expression(value))
    return value


def _line(value: str) -> str:
    return "" if cell_format.line(value) == value and len(value) <= 300 else "is no line of at most 300 characters"


def _words(value: str) -> str:
    is_text = cell_format.clean(value) == value and len(value) <= 5000
    return "" if is_text else "is no text of at most 5,000 characters without control characters"


def _licence(value: str) -> str:
    try:
        canonicalize_license_expression(value)
    except InvalidLicenseExpression:
        return "is no identifier of the SPDX list (https://spdx.org/licenses/), such as CC-BY-4.0"
    return "is more than one licence" if " " in value.strip() else ""


def _orcid(value: str) -> str:
    if not _ORCID.fullmatch(value):
        return "is no ORCID, such as 0000-0002-1825-0097"
    return "" if value[-1] == orcid_check(value) else f"is no ORCID: its last character would be {orcid_check(value)}"


def orcid_check(orcid: str) -> str:
    """The last character that belongs to the first fifteen digits of an ORCID: ISO 7064, MOD 11-2."""
    total = 0
    for digit in orcid.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def _doi(value: str) -> str:
    return "" if _DOI.fullmatch(value) else "is no DOI, such as 10.5281/zenodo.1234567"


def _page(value: str) -> str:
    try:
        is_page = urlsplit(value).scheme in ("https", "http") and bool(urlsplit(value).hostname)
    except ValueError:
        is_page = False
    is_clean = len(value) <= 300 and not re.search(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]", value)
    return "" if is_page and is_clean else "is no address, such as https://news.example/data"


def _contact(value: str) -> str:
    is_contact = _MAIL.fullmatch(value) is not None or not _page(value)
    return "" if is_contact else "is neither an e-mail address nor that of a page"


_KEYS: Mapping[str, Callable[[str], str]] = {
    "title": _line, "description": _words, "licence": _licence, "contact": _contact, "doi": _doi, "homepage": _page,
    "retention": _words,
}  # fmt: skip
_CREATOR: Mapping[str, Callable[[str], str]] = {
    "name": _line, "family_names": _line, "given_names": _line, "orcid": _orcid, "affiliation": _line,
}  # fmt: skip
