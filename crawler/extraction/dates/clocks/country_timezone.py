"""The country of an address, and its time zones: for pages that nobody has described."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.timezones import timezone

# Country codes that are sold to the whole world (Google Search Central lists them as generic), and one that is not
# the country's code of ISO 3166. Below them a ministry's domain is the country's own all the same (gov.la).
_GENERIC = frozenset("ad ai as bz cc cd co dj fm io la me ms nu sc sr su tk tv ws eu".split())
_OFFICIAL = frozenset("gov go gob gouv govt gub gv mil ac edu".split())
_CODES = {"uk": "gb"}
# Domains of countries in their own script (IANA root zone database, as punycode), and of regions and their languages.
_OWN_SCRIPTS = {
    "xn--p1ai": "ru", "xn--j1amh": "ua", "xn--90ais": "by", "xn--80ao21a": "kz", "xn--l1acc": "mn", "xn--90a3ac": "rs",
    "xn--d1alf": "mk", "xn--90ae": "bg", "xn--y9a3aq": "am", "xn--node": "ge", "xn--qxam": "gr", "xn--fiqs8s": "cn",
    "xn--fiqz9s": "cn", "xn--kpry57d": "tw", "xn--kprw13d": "tw", "xn--j6w193g": "hk", "xn--mix891f": "mo",
    "xn--3e0b707e": "kr", "xn--o3cw4h": "th", "xn--q7ce6a": "la", "xn--54b7fta0cc": "bd", "xn--h2brj9c": "in",
    "xn--fzc2c9e2c": "lk", "xn--xkc2al3hye2a": "lk", "xn--mgba3a4f16a": "ir", "xn--mgbai9azgqp6j": "pk",
    "xn--mgbaam7a8h": "ae", "xn--mgberp4a5d4ar": "sa", "xn--wgbh1c": "eg", "xn--mgbayh7gpa": "jo", "xn--pgbs0dh": "tn",
    "xn--mgbc0a9azcg": "ma", "xn--lgbbat1ad8j": "dz", "xn--mgb9awbf": "om", "xn--mgbtx2b": "iq", "xn--ygbi2ammx": "ps",
    "scot": "gb", "wales": "gb", "cymru": "gb", "london": "gb", "cat": "es", "gal": "es", "bzh": "fr", "alsace": "fr",
    "paris": "fr", "corsica": "fr", "bayern": "de", "berlin": "de", "hamburg": "de", "nrw": "de", "saarland": "de",
    "tirol": "at", "wien": "at", "brussels": "be", "vlaanderen": "be", "swiss": "ch", "zuerich": "ch", "quebec": "ca",
    "sydney": "au", "melbourne": "au", "moscow": "ru", "tatar": "ru", "istanbul": "tr", "frl": "nl",
}  # fmt: skip
_UNITED_STATES = frozenset(("gov", "mil"))
# Countries whose law knows one clock, beside whose zones the tz database keeps one of an unofficial use, or of a part
# that another country holds.
_ONE_CLOCK = {"cn": "Asia/Shanghai", "ua": "Europe/Kyiv"}
_YEARS = range(2000, 2031)


def country_of(url: str) -> str:
    """The country (ISO 3166, small letters) whose address a page has; empty where it has none."""
    parts = (urlsplit(url).hostname or "").lower().split(".")
    domain = parts[-1]
    if domain in _UNITED_STATES:
        return "us"
    if not domain.isascii():
        domain = f"xn--{domain.encode('punycode').decode('ascii')}"
    if domain in _OWN_SCRIPTS:
        return _OWN_SCRIPTS[domain]
    if len(domain) != 2 or not domain.isalpha():
        return ""
    if domain in _GENERIC and not (len(parts) > 1 and parts[-2] in _OFFICIAL):
        return ""
    return _CODES.get(domain, domain)


@lru_cache(maxsize=256)
def country_of_zone(name: str) -> str:
    """The country of a zone of the tz database; empty for UTC and the like."""
    from babel.core import get_global  # noqa: PLC0415 - 35 ms, once for each source

    found: str = get_global("zone_territories").get(name, "")
    return found.lower() if len(found) == 2 and found != "ZZ" else ""


def country_zone(url: str) -> ZoneInfo | None:
    """The zone of the country whose address a page has; None where it has none, or where the country's zones have not
    told the same time since 2000 (tz database; countries of zones from Unicode CLDR)."""
    country = country_of(url)
    return _zone_of(country) if country else None


@lru_cache(maxsize=256)
def zones_of(country: str) -> tuple[ZoneInfo, ...]:
    """Every zone of a country, by name; the one of its law where that knows one."""
    from babel.core import get_global  # noqa: PLC0415 - 35 ms that pages of described sources never need

    names = [_ONE_CLOCK[country]] if country in _ONE_CLOCK else get_global("territory_zones").get(country.upper(), [])
    return tuple(timezone(name) for name in sorted(names))


@lru_cache(maxsize=256)
def _zone_of(country: str) -> ZoneInfo | None:
    zones = zones_of(country)
    times = [datetime(year, month, 15, 12) for year in _YEARS for month in (1, 7)]  # noqa: DTZ001 - wall times
    offsets = {tuple(zone.utcoffset(time) for time in times) for zone in zones}
    return zones[0] if len(offsets) == 1 else None
