"""Zones come from the locked release, and a seed's words lead nowhere else."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.timezones import timezone


def test_a_zone_tells_the_offset_of_its_day() -> None:
    offsets = [
        timezone("Europe/Berlin").utcoffset(datetime.fromisoformat(f"2026-{month}-01")) for month in ("01", "07")
    ]
    assert offsets == [timedelta(hours=1), timedelta(hours=2)]
    assert timezone("Asia/Tashkent").utcoffset(datetime.fromisoformat("2026-07-01")) == timedelta(hours=5)


def test_the_machines_own_files_are_not_asked(tmp_path: Path) -> None:
    fake = tmp_path / "Asia" / "Tashkent"
    fake.parent.mkdir()
    fake.write_bytes(b"not a zone")
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([tmp_path])
    timezone.cache_clear()
    try:
        assert timezone("Asia/Tashkent").utcoffset(datetime.fromisoformat("2026-07-01")) == timedelta(hours=5)
    finally:
        zoneinfo.reset_tzpath(before)
        timezone.cache_clear()


NO_ZONES = ["", ".", "Asia", "Mars/Phobos", "../zones", "/etc/localtime", "Asia/../UTC", "asia/tashkent"]


@pytest.mark.parametrize("name", NO_ZONES)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        timezone(name)
