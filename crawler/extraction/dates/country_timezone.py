"""The time zone of a country-code domain, for pages that nobody has described: where the country has one clock."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.timezones import timezone

# Country codes that are sold to the whole world (Google Search Central lists them as generic), and one that is not
# the country's code of ISO 3166.
_GENERIC = frozenset("ad ai as bz cc cd co dj fm io la me ms nu sc sr su tk tv ws eu".split())
_CODES = {"uk": "GB"}
_YEARS = range(2000, 2031)


def country_zone(url: str) -> ZoneInfo | None:
    """The zone of the country whose code the host ends with; None where it ends with none, or where the country's zones
    have not told the same time since 2000 (tz database; countries of zones from Unicode CLDR)."""
    domain = (urlsplit(url).hostname or "").rpartition(".")[2].lower()
    return _zone_of(domain) if len(domain) == 2 and domain not in _GENERIC else None


@lru_cache(maxsize=256)
def _zone_of(domain: str) -> ZoneInfo | None:
    from babel.core import get_global  # noqa: PLC0415 - 35 ms that pages of described sources never need

    names = get_global("territory_zones").get(_CODES.get(domain, domain.upper()), [])
    zones = [timezone(name) for name in sorted(names)]
    times = [datetime(year, month, 15, 12) for year in _YEARS for month in (1, 7)]  # noqa: DTZ001 - wall times
    offsets = {tuple(zone.utcoffset(time) for time in times) for zone in zones}
    return zones[0] if len(offsets) == 1 else None
