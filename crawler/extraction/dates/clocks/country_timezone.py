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
_UNITED_STATES = frozenset(("gov", "mil"))
# Countries whose law knows one clock, beside whose zones the tz database keeps one of an unofficial use.
_ONE_CLOCK = {"cn": "Asia/Shanghai"}
_YEARS = range(2000, 2031)


def country_of(url: str) -> str:
    """The country (ISO 3166, small letters) whose address a page has; empty where it has none."""
    parts = (urlsplit(url).hostname or "").lower().split(".")
    domain = parts[-1]
    if domain in _UNITED_STATES:
        return "us"
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
