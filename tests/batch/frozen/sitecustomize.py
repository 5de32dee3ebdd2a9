"""Python loads this at its start where this folder is on its path: the clock stands still at $FROZEN_AT (seconds since
1970), before any other module has seen it, in worker processes too."""

from __future__ import annotations

import datetime
import os
import time
from typing import Self

_AT = float(os.environ["FROZEN_AT"])


class _Moment(datetime.datetime):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Self:
        return cls.fromtimestamp(_AT, tz)

    @classmethod
    def utcnow(cls) -> Self:
        return cls.fromtimestamp(_AT, datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> Self:
        return cls.fromtimestamp(_AT)


class _Day(datetime.date):
    @classmethod
    def today(cls) -> Self:
        return cls.fromtimestamp(_AT)


datetime.datetime, datetime.date = _Moment, _Day  # type: ignore[misc]
time.time = lambda: _AT
