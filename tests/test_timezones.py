"""Zones come from the locked release, and a seed's words lead nowhere else."""

from __future__ import annotations

import ast
import copy
import pickle
import zoneinfo
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from crawler import timezones
from crawler.timezones import release, timezone

PACKAGE = Path(timezones.__file__).parent


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


def makes_zones(tree: ast.AST) -> bool:
    """Whether code calls ZoneInfo or one of its makers; naming the type in an annotation is allowed."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    names = [ast.unparse(call).split(".") for call in calls]
    return any("ZoneInfo" in name or name[0] == "zoneinfo" for name in names)


def test_no_other_module_makes_a_zone() -> None:
    assert [p for p in PACKAGE.rglob("*.py") if makes_zones(ast.parse(p.read_bytes()))] == []
    assert makes_zones(ast.parse("from zoneinfo import ZoneInfo\nZoneInfo('UTC')"))
    assert makes_zones(ast.parse("import zoneinfo\nz = zoneinfo.ZoneInfo.no_cache('UTC')"))


@pytest.mark.parametrize(
    ("name", "hours"),
    [("Africa/Casablanca", 0), ("Africa/El_Aaiun", 0), ("America/Edmonton", -6), ("Asia/Tashkent", 5)],
)
def test_the_rules_of_2026_are_known(name: str, hours: int) -> None:
    """Morocco and Alberta changed theirs in 2026: a machine's own files may not know."""
    assert datetime(2026, 11, 18, 12, tzinfo=timezone(name)).utcoffset() == timedelta(hours=hours)


def test_a_moment_in_a_zone_goes_to_another_process() -> None:
    moment = datetime(2026, 3, 12, 10, tzinfo=timezone("Asia/Tashkent"))
    for other in (pickle.loads(pickle.dumps(moment)), copy.deepcopy(moment)):  # noqa: S301 - our own bytes
        assert other == moment
        assert other.tzinfo is moment.tzinfo


def test_the_release_is_that_of_the_installed_package() -> None:
    year, number = version("tzdata").split(".")[:2]
    assert release() == f"{year}{chr(ord('a') + int(number) - 1)}"
