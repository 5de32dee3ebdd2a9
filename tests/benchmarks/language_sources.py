"""Collects interface text that language profiles are counted from: `language_sources.py PACKAGES OUTPUT`.

PACKAGES is a folder with unpacked packages, whose names, versions and licences are in the README beside the profiles;
OUTPUT gets `<tag>.txt.gz`, one string a line, for `build_profiles.py`. Read are Firefox's language packs (`*.xpi`),
gettext catalogues (`<language>/LC_MESSAGES/*.po` and `*.mo`) and CLDR's annotations (`annotations/<language>.xml`).
Markup, names of values and what equals its original are left out."""

from __future__ import annotations

import argparse
import gzip
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from lxml import etree

# Languages as the packages name them.
CODES = {tag: [tag] for tag in "az be bg kk ky mk mn ru sr tg tk tt uk".split()}
CODES |= {"uz-Latn": ["uz"], "en": ["en", "en-GB", "en_GB"]}
_MARKUP = re.compile(r"<[^>]*>|%(?:\(\w+\))?[-#0-9.]*[a-zA-Z$]|\{[^}]*\}|\$\w+|&\w*;?")
_ACCELERATORS = re.compile("[~_]")
_FLUENT = re.compile(r"(?:[\w-]+|\s+\.[\w-]+|\s+\*?\[\w+\])\s*=?\s*(.*)$")
_LEAST = 12  # shorter strings are names, and hardly say how a language is written


def clean(text: str) -> str:
    """A string without markup, places of values and marks of keys."""
    return " ".join(_ACCELERATORS.sub("", _MARKUP.sub(" ", text)).split())


def catalogues(folder: Path, code: str) -> Iterator[str]:
    """Translations in gettext catalogues, without doubtful ones."""
    for path in sorted([*folder.rglob(f"{code}/LC_MESSAGES/*.po"), *folder.rglob(f"{code}/LC_MESSAGES/*.mo")]):
        with path.open("rb") as file:
            catalogue = read_po(file, ignore_obsolete=True) if path.suffix == ".po" else read_mo(file)
        for message in catalogue:
            originals = set() if code.startswith("en") else {clean(text) for text in _forms(message.id)}
            if not message.fuzzy and message.id:
                yield from (text for text in _forms(message.string) if clean(text) not in originals)


def _forms(message: str | tuple[str, ...] | list[str]) -> list[str]:
    """A message's text, or its texts for one and for many."""
    return [text for text in ([message] if isinstance(message, str) else message) if text]


def fluent(folder: Path, code: str) -> Iterator[str]:
    """Values in the Fluent and .properties files of Firefox's language pack."""
    for path in sorted(folder.rglob(f"langpack-{code}@*.xpi")):
        with zipfile.ZipFile(path) as pack:
            for name in sorted(pack.namelist()):
                lines = pack.read(name).decode("utf-8").splitlines() if name.endswith((".ftl", ".properties")) else []
                for line in lines:
                    found = None if line.startswith("#") else _FLUENT.match(line)
                    if found:
                        yield found[1]


def annotations(folder: Path, code: str) -> Iterator[str]:
    """Names of signs and their keywords in CLDR."""
    for path in sorted(folder.rglob(f"annotations/{code}.xml")):
        for entry in etree.parse(path).iter("annotation"):
            if entry.text and "↑" not in entry.text:  # a mark for "as in the parent language"
                yield entry.text.replace(" | ", ", ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    for tag, codes in CODES.items():
        lines: dict[str, None] = {}
        for source in (catalogues, fluent, annotations):
            for code in codes:
                lines.update(dict.fromkeys(map(clean, source(options.packages, code))))
        kept = [line for line in lines if len(line) >= _LEAST]
        text = "\n".join(kept).encode()
        (options.output / f"{tag}.txt.gz").write_bytes(gzip.compress(text, mtime=0))
        print(f"{tag}: {len(kept)} strings, {len(text)} bytes")


if __name__ == "__main__":
    main()
