"""Python loads this at its start where this folder is on its path: the clock stands still at $FROZEN_AT (seconds since
1970), before any other module has seen it, in worker processes too. With $FROZEN_ONLY, in those alone whose command
has that word: Dask itself waits for its clock to go on."""

from __future__ import annotations

import datetime
import os
import sys
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


if os.environ.get("FROZEN_ONLY", "") in " ".join(sys.orig_argv):
    datetime.datetime, datetime.date = _Moment, _Day  # type: ignore[misc]
    time.time = lambda: _AT
