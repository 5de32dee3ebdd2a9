"""The zone that a line names beside its clock: "EDT", "мск", "по ташкентскому времени", "(UTC)", "Washington time"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from datetime import timezone as fixed
from functools import cache, lru_cache
from pathlib import Path

from crawler.extraction.dates.vocabulary import fold, words_beside
from crawler.extraction.words.index import word_index
from crawler.timezones import timezone
from crawler.toml_tables import read_toml

# Abbreviations that mean one offset in the whole world of today, in minutes. CST, IST, BST, AST and the like mean
# several: only the country of the page tells which. ALMT is left out, since Almaty went from +6 to +5 in 2024.
ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "МСК": 180, "мск": 180, "UZT": 300, "TJT": 300, "TMT": 300, "PKT": 300,
    "KGT": 360, "SGT": 480, "HKT": 480, "JST": 540, "KST": 540, "EST": -300, "EDT": -240, "CDT": -300, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "WIB": 420, "WITA": 480, "WIT": 540,
    "ICT": 420, "NPT": 345, "AFT": 270, "IRST": 210, "AZT": 240, "EAT": 180, "CAT": 120, "WAT": 60, "SAST": 120,
    "AWST": 480, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "ChST": 600, "BRT": -180,
    "HNE": -300, "HAE": -240, "HNC": -360, "HAC": -300, "HNR": -420, "HNP": -480, "HAP": -420,
    "HNA": -240, "HAA": -180, "HNT": -210,  # Canada, in French
    "BTT": 360, "MMT": 390, "PHT": 480, "MYT": 480,
}  # fmt: skip
_SEVERAL = "CST|IST|BST|AST|MST|ADT|GST|SST|CCT|AMT|ECT|PYT|WST|NST|ALMT"
NAMES = "|".join(sorted((name for name in ZONES if name != "Z"), key=len, reverse=True))
_ALONE = re.compile(rf"(?<![^\W_])(?P<name>{NAMES})(?P<plus>[+−-]\d{{1,2}}(?::?\d{{2}})?)?(?![^\W_])")
_COUNTRYS = re.compile(rf"(?<![^\W_])({_SEVERAL})(?![^\W_])")
# What offices of a country mean by a name that means another offset elsewhere, or that the tz database has not.
_OF_COUNTRY: Mapping[str, Mapping[str, int]] = {
    "au": {"EST": 600, "EDT": 660, "CST": 570, "CDT": 630, "WST": 480}, "ph": {"PST": 480}, "my": {"MST": 480},
    "bd": {"BST": 360}, "ae": {"GST": 240}, "om": {"GST": 240}, "am": {"AMT": 240},
    **{country: {"AST": 180} for country in ("sa", "kw", "qa", "bh", "iq", "ye")},
}  # fmt: skip
# Americans leave out whether the clock is of summer or winter: "2 p.m. ET".
_NORTH_AMERICA: Mapping[str, Mapping[str, str]] = {
    "us": {"E": "America/New_York", "C": "America/Chicago", "M": "America/Denver", "P": "America/Los_Angeles"},
    "ca": {
        "E": "America/Toronto", "C": "America/Winnipeg", "M": "America/Edmonton", "P": "America/Vancouver",
        "A": "America/Halifax", "N": "America/St_Johns",
    },
}  # fmt: skip
_SEASONLESS = re.compile(r"(?<![^\W_])([ACEMNP])\.?T\.?(?![^\W_])")
_BEHIND_HALF = re.compile(r"[AaPp]\.?[Mm]\.?\s\(?([CEMP])\.?T\.?(?![^\W_])")  # on pages of no country
_HAN = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]")
_NAME = r"([^\W\d_][^\W\d_-]{2,30})"
_PHRASE = 60  # characters of a place and the word for time
_WHOLE = 3  # letters of a place's name that is no beginning of longer ones


@cache
def _places() -> Mapping[str, str]:
    """Zones by the beginning of a place's name."""
    stored = read_toml(Path(__file__).with_name("zone_places.toml"))
    return {stem: zone for zone, stems in stored.items() for stem in stems}


def _any_of(*vocabularies: str) -> str:
    """A pattern of the words of some vocabularies, the longest first; a star stands for any ending."""
    known = word_index().beside_dates
    words = sorted({word for name in vocabularies for word in known[name]}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)


@cache
def _place() -> re.Pattern[str]:
    """A place and the word for time: behind the name, in front of it, glued to it."""
    glued = "|".join(re.escape(stem) for stem in _places() if _HAN.match(stem))
    return re.compile(
        rf"{_NAME}(?:\s+(?:standard|daylight|summer))?\s+(?:{_any_of('zone_words')})(?!\w)"
        rf"|(?<!\w)(?:{_any_of('zone_openings')})(?:\s+|(?<=')){_NAME}"
        rf"|({glued})\s?(?:{_any_of('zone_signs')})",
        re.IGNORECASE,
    )


_LETTER = re.compile(r"[^\W\d_]")


@cache
def _may_name() -> re.Pattern[str]:
    """What stands in each line that names a zone: most lines have none of it, and no other pattern is tried on them."""
    words = _any_of("zone_words", "zone_openings", "zone_signs").replace(r"\w*", "")
    return re.compile(rf"[A-Z]{{2,4}}T\b|UTC|GMT|[ACEMNP]\.?T\b|H[AN][ACENPRT]\b|WIT|МСК|мск|(?i:{words})")


def place_at(text: str, place: int) -> int:
    """The end of a phrase such as "Toshkent vaqti" that begins at a place; 0 where none does."""
    end = place + _PHRASE  # to look further would cost the square of a text with many dates
    found = _place().match(text, place, end) if _may_name().search(text, place, end) else None
    return found.end() if found else 0


def own_offset(line: str, country: str) -> tzinfo | None:
    """The offset that a line names by what offices of the country call it, where that is another elsewhere."""
    for name, minutes in _OF_COUNTRY.get(country, {}).items():
        if re.search(rf"(?<![^\W_]){name}(?![^\W_])", line):
            return fixed(timedelta(minutes=minutes))
    return None


def zone_of(line: str, wall: datetime, country: str) -> tzinfo | bool | None:
    """The offset that a line names for a wall time; None where it names none, False where it names one that nobody
    knows or that means several."""
    if not _LETTER.search(line) or not _may_name().search(line):
        return None  # lines of figures alone at no cost
    if found := _ALONE.search(line):
        return fixed(timedelta(minutes=ZONES[found["name"]] + _minutes(found["plus"] or "+0")))
    if found := _COUNTRYS.search(line):
        return _of_country(found[1], wall, country) or False
    seasonless = _NORTH_AMERICA.get(country) or ({} if country else _NORTH_AMERICA["us"])
    pattern = _SEASONLESS if country else _BEHIND_HALF
    if seasonless and (found := pattern.search(line)) and found[1] in seasonless:
        return _at(seasonless[found[1]], wall)
    return _of_place(line, wall)


def _of_place(line: str, wall: datetime) -> tzinfo | bool | None:
    for found in _place().finditer(line):
        name = next(word for word in found.groups() if word)
        named = name.lower()
        if fold(named) in words_beside("local_time"):
            return None
        for stem, zone in _places().items():
            if named == stem or (len(stem) > _WHOLE and named.startswith(stem)):
                return _at(zone, wall)
        if name[0].isupper() if found[2] else named.endswith(tuple(words_beside("place_endings"))):
            return False  # a place of which nobody knows the zone, behind the word for time or as an adjective
    return None


def _at(name: str, wall: datetime) -> tzinfo:
    return fixed(timezone(name).utcoffset(wall) or timedelta(0))


@lru_cache(maxsize=512)
def _of_country(name: str, wall: datetime, country: str) -> tzinfo | None:
    """The offset of an abbreviation that several countries use: the one that the country's own zones call so."""
    from babel.core import get_global  # noqa: PLC0415 - 35 ms that most pages never need

    zones = (timezone(zone) for zone in get_global("territory_zones").get(country.upper(), []))
    offsets = {zone.utcoffset(wall) for zone in zones if zone.tzname(wall) == name}
    return fixed(offsets.pop() or timedelta(0)) if len(offsets) == 1 else None


def _minutes(sign_and_digits: str) -> int:
    digits = sign_and_digits[1:].replace(":", "")
    hours, rest = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    total = hours * 60 + rest
    return total if sign_and_digits[0] == "+" else -total
