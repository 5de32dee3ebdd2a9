"""Which other versions may explain that a record reads otherwise than when its row was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.batch.extraction_fingerprint import (
    extraction_code,
    extraction_libraries,
    extraction_version,
    seed_fingerprint,
)
from crawler.model import Seed

_DATES = frozenset({"published_at", "published_date", "published_raw"})
# Lines that are dates leave the text, the summary, the byline and the category; a title is read without them.
_DATED = _DATES | {"text", "text_sha256", "summary", "authors", "category"}
_ONLY = {
    "babel": _DATED, "dateparser": _DATED, "hijridate": _DATED, "htmldate": _DATES,
    "google-re2": frozenset(),  # tells whose an address is, and nothing of what a page says
    "langdetect": frozenset({"language"}),
    "nepali-datetime": _DATED, "persiantools": _DATED, "python-dateutil": _DATED, "pytz": _DATED,
    "tzdata": _DATES, "tzlocal": _DATED,
}  # fmt: skip
"""Libraries that touch some columns only; every other one may change them all."""
_VERSION = re.compile(r"[0-9A-Za-z.+!]{1,40}")  # 2.18.0, 2026.1; others are not repeated
_NOT_PACKAGES = frozenset({"python", "unicode"})


class Versions:
    """How the reading that a descriptor states differs from that of the installed program."""

    def __init__(self, descriptor: Mapping[str, Any]) -> None:
        reading = descriptor.get("extraction")
        self._reading = reading if isinstance(reading, dict) else {}
        self.same = self._reading.get("version") == extraction_version()
        stated = self._reading.get("libraries")
        self._states = isinstance(stated, dict)
        here = extraction_libraries()
        there = {name: _known(stated.get(name)) for name in here} if isinstance(stated, dict) else {}
        self.libraries = {n: (there[n], here[n]) for n in there if there[n] != here[n]} if not self.same else {}

    def reasons(self, column: str, seed: Seed | None) -> list[str]:
        """What may explain a difference in a column of this source; empty where nothing can."""
        found = []
        if not self.same:
            if self._reading.get("code") != extraction_code():
                found.append("another version of this program")
            elif not self._states:
                found.append("libraries whose versions the package does not state")
            found += [
                f"{name} {here} here, {there} there"
                for name, (there, here) in self.libraries.items()
                if column in _ONLY.get(name, (column,))
            ]
        sources = self._reading.get("sources")
        if seed and (not isinstance(sources, dict) or sources.get(seed.id) != seed_fingerprint(seed)):
            found.append(f"seeds/{seed.id}.toml, which is not as it was read")
        return found

    def remedy(self) -> str:
        """The command that compares with the stated versions of libraries; empty where there is none."""
        pins = [f"{name}=={there}" for name, there in self.stated().items() if there[:1].isdigit()]
        return f"uv run {' '.join(f'--with {pin}' for pin in pins)} ministry-news validate --reextract" if pins else ""

    def stated(self) -> dict[str, str]:
        """The versions that the package states of libraries of which another is installed."""
        its = {name: there for name, (there, _) in self.libraries.items() if name not in _NOT_PACKAGES}
        return {name: there for name, there in its.items() if there != "unknown"}


def _known(value: object) -> str:
    return value if isinstance(value, str) and _VERSION.fullmatch(value) else "unknown"
