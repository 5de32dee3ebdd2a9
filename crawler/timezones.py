"""Time zones from the locked release of the IANA tz database, never from the machine's own copy.

`zoneinfo.ZoneInfo(name)` takes the machine's files first, and these differ: two machines would read one page's time
in two ways under one version of the code.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

_DATABASE = Path(tzdata.__file__).parent


class _PackagedZone(ZoneInfo):
    """A zone that another process reads from its own `tzdata`; one that was read from a file cannot be pickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return timezone, (self.key,)


def release() -> str:
    """The release of the tz database that zones are read from, such as "2026f"."""
    return str(tzdata.IANA_VERSION)


@cache
def timezone(name: str) -> ZoneInfo:
    """The zone with an IANA name (`Asia/Tashkent`).

    Raises KeyError for a name that the tz database does not have; names come from seed files, and none leads out of
    the database's folder.
    """
    if name not in _names():
        raise KeyError(name)
    with _DATABASE.joinpath("zoneinfo", *name.split("/")).open("rb") as stream:
        return _PackagedZone.from_file(stream, key=name)


@cache
def _names() -> frozenset[str]:
    return frozenset((_DATABASE / "zones").read_text("utf-8").split())
