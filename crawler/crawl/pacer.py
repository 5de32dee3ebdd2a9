"""One request at a time per host, never sooner than promised, over all spiders of a process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MAX_PAUSE_S = 3_600.0  # a Retry-After beyond it is cut: the next run will see
BREAK_AFTER = 8  # failures in a row after which a host is left alone for the rest of the run


class HostBroken(Exception):
    """A host failed so often in a row that this run asks it nothing more."""


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    not_before: float = 0.0  # monotonic seconds
    failures: int = 0


class Pacer:
    """Shared by all requests of a process; keyed by host name, so that schemes and ports share one turn."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host.lower(), _Host())

    @asynccontextmanager
    async def turn(self, host: str, delay_s: float) -> AsyncIterator[None]:
        """Waits for the host's turn; the next begins `delay_s` after this one began, or later. Raises HostBroken."""
        state = self._host(host)
        async with state.lock:
            if state.failures >= BREAK_AFTER:
                raise HostBroken(f"{host}: {state.failures} failures in a row")
            while (wait := state.not_before - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            state.not_before = time.monotonic() + delay_s
            yield

    def pause(self, host: str, seconds: float) -> None:
        """No request to `host` for so many seconds."""
        state = self._host(host)
        state.not_before = max(state.not_before, time.monotonic() + min(max(seconds, 0.0), MAX_PAUSE_S))

    def told(self, host: str, *, good: bool) -> None:
        """Counts failures in a row; one good answer forgives all."""
        state = self._host(host)
        state.failures = 0 if good else state.failures + 1
