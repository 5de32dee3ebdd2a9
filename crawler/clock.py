"""The time of day that never goes back while a process runs, whatever is done to the machine's clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Follows the machine's clock forwards. When that is set back, time goes on from where it was, by the steady clock
    that nobody can set: the captures of one run stay in their order."""

    def __init__(self) -> None:
        self._last, self._at = self._read(), time.monotonic()

    @staticmethod
    def _read() -> datetime:
        return datetime.now(UTC)

    def now(self) -> datetime:
        """The time of day, UTC; never less than what was told before."""
        said, at = self._read(), time.monotonic()
        self._last = max(said, self._last + timedelta(seconds=at - self._at) if said < self._last else said)
        self._at = at
        return self._last


_clock = Clock()


def now() -> datetime:
    """The time of day, UTC, of this process's one clock."""
    return _clock.now()
