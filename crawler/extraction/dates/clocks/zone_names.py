"""The zone that a line names beside its clock: "EDT", "мск", "по ташкентскому времени", "(UTC)", "Washington time"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo
from datetime import timezone as fixed
from functools import lru_cache

from crawler.timezones import timezone

# Abbreviations that mean one offset in the whole world of today, in minutes. CST, IST, BST, AST and the like mean
# several: only the country of the page tells which. ALMT is left out, since Almaty went from +6 to +5 in 2024.
ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "МСК": 180, "мск": 180, "UZT": 300, "TJT": 300, "TMT": 300, "PKT": 300,
    "KGT": 360, "SGT": 480, "HKT": 480, "JST": 540, "KST": 540, "EST": -300, "EDT": -240, "CDT": -300, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "WIB": 420, "WITA": 480, "WIT": 540,
    "ICT": 420, "NPT": 345, "AFT": 270, "IRST": 210, "AZT": 240, "EAT": 180, "CAT": 120, "WAT": 60, "SAST": 120,
    "AWST": 480, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "ChST": 600, "BRT": -180,
    "BTT": 360, "MMT": 390, "PHT": 480, "MYT": 480,
}  # fmt: skip
_SEVERAL = "CST|IST|BST|AST|MST|ADT|GST|SST|CCT|AMT|ECT|PYT|WST|NST|ALMT"
NAMES = "|".join(sorted((name for name in ZONES if name != "Z"), key=len, reverse=True))
_ALONE = re.compile(rf"(?<![^\W_])(?P<name>{NAMES})(?P<plus>[+−-]\d{{1,2}}(?::?\d{{2}})?)?(?![^\W_])")
_COUNTRYS = re.compile(rf"(?<![^\W_])({_SEVERAL})(?![^\W_])")
_US = re.compile(r"(?<![^\W_])([ECMP])\.?T\.?(?![^\W_])")
_PLACE = re.compile(
    r"([^\W\d_][^\W\d_-]{2,30})(?:\s+(?:standard|daylight|summer))?\s+"
    r"(?:времен(?:и|ем)|время|часом|vaqti\w*|вақти\w*|вақт\w*|уақыты\w*|убакты\w*|time|saati\w*|saatiyle|czasu|zeit|wagty\w*|vaxtı\w*)(?!\w)"
    r"|(?:вақти|по\s+времени|за\s+часом|hora\s+(?:de|del|oficial\s+de)|heure\s+(?:de|d['’])|ora\s+(?:di|de)|hora\s+d[eo]|waktu|giờ|توقيت|بتوقيت|وقت|به\sوقت)"
    r"\s*([^\W\d_][^\W\d_-]{2,30})"
    r"|(北京|日本|台北|香港|韓国|한국|서울)\s?(?:時間|时间|시간|시각)",
    re.IGNORECASE,
)
_PLACES = {
    "москов|moscow|moskva|moskau|моск": "Europe/Moscow", "ташкент|toshkent|тошкент|tashkent": "Asia/Tashkent",
    "астан|astana|алмат|almaty": "Asia/Almaty", "бишкек|bishkek": "Asia/Bishkek", "душанб|dushanb": "Asia/Dushanbe",
    "ашхабад|ашгабат|aşgabat|ashgabat": "Asia/Ashgabat", "бакин|bakı|baku|баку": "Asia/Baku",
    "киев|київ|kyiv|kiev": "Europe/Kyiv", "минск|мінск|minsk": "Europe/Minsk", "ереван|yerevan": "Asia/Yerevan",
    "тбилис|tbilisi": "Asia/Tbilisi", "北京|beijing|пекин": "Asia/Shanghai", "台北|taipei": "Asia/Taipei",
    "日本|tokyo|токи": "Asia/Tokyo", "한국|서울|韓国|seoul|сеул": "Asia/Seoul", "香港|hong": "Asia/Hong_Kong",
    "london|лондон|londres": "Europe/London", "париж|paris": "Europe/Paris", "berlin|берлин": "Europe/Berlin",
    "brussels|bruxelles|брюссел": "Europe/Brussels", "istanbul|стамбул|анкар|ankara": "Europe/Istanbul",
    "tehran|тегеран|تهران": "Asia/Tehran", "kabul|کابل|кабул": "Asia/Kabul", "riyadh|الرياض|مكة": "Asia/Riyadh",
    "cairo|القاهرة": "Africa/Cairo", "baghdad|بغداد": "Asia/Baghdad", "jakarta": "Asia/Jakarta",
    "manila|philippine": "Asia/Manila", "улаанбаатар|улан": "Asia/Ulaanbaatar", "новосибир": "Asia/Novosibirsk",
    "екатеринбург": "Asia/Yekaterinburg", "владивосток": "Asia/Vladivostok", "самарск": "Europe/Samara",
    "омск": "Asia/Omsk", "красноярск": "Asia/Krasnoyarsk", "иркутск": "Asia/Irkutsk", "якутск": "Asia/Yakutsk",
    "washington|вашингтон|eastern|york|йорк": "America/New_York", "central": "America/Chicago",
    "mountain": "America/Denver", "pacific": "America/Los_Angeles", "madrid": "Europe/Madrid",
    "lisboa|lisbon": "Europe/Lisbon", "brasília|brasilia": "America/Sao_Paulo",
    "гринвич|greenwich|غرينتش|universal": "UTC",
    "indian": "Asia/Kolkata", "nepal": "Asia/Kathmandu", "hà": "Asia/Bangkok", "việt": "Asia/Bangkok",
    "варшав|warsaw": "Europe/Warsaw", "среднеевропей|central european": "Europe/Berlin",
}  # fmt: skip
_LOCAL = frozenset("местному местное mahalliy маҳаллий жергілікті local ortszeit yerel місцевим".split())


def has_zone_letters(line: str) -> bool:
    """Whether a line may name a zone: most do not, and no pattern is tried on them."""
    return _MAY.search(line) is not None


_MAY = re.compile(
    r"[A-Z]{2,4}T\b|UTC|GMT|[ECMP]\.?T\b|МСК|мск|WIB|WITA|врем|часом|vaqt|вақт|уақыт|убакт|time|Time|saat|czasu|[zZ]eit|wagt|vaxt"
    r"|hora|heure|ora\s|waktu|giờ|وقت|توقيت|時間|时间|시간|시각"
)


def zone_of(line: str, wall: datetime, country: str) -> tzinfo | bool | None:
    """The offset that a line names for a wall time; None where it names none, False where it names one that nobody
    knows or that means several."""
    if not has_zone_letters(line):
        return None
    if found := _ALONE.search(line):
        return fixed(timedelta(minutes=ZONES[found["name"]] + _minutes(found["plus"] or "+0")))
    if found := _COUNTRYS.search(line):
        return _of_country(found[1], wall, country) or False
    if country == "us" and (found := _US.search(line)):
        zone = {"E": "America/New_York", "C": "America/Chicago", "M": "America/Denver", "P": "America/Los_Angeles"}
        return _at(zone[found[1]], wall)
    return _of_place(line, wall)


def _of_place(line: str, wall: datetime) -> tzinfo | bool | None:
    for found in _PLACE.finditer(line):
        named = next(word for word in found.groups() if word).lower()
        if named in _LOCAL:
            return None
        for stems, zone in _PLACES.items():
            if any(named.startswith(stem) for stem in stems.split("|")):
                return _at(zone, wall)
        if named.endswith(("ому", "ское")) or found[2]:  # an adjective of a place, or its name behind "time of"
            return False
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
