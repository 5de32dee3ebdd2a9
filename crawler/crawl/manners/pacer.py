"""One request at a time per host, never sooner than promised, over all spiders of a process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

LONGEST_PAUSE_S = 900.0  # a host that wants to be left alone longer is left alone for the rest of the run
BREAK_AFTER = 8  # requests in a row that failed, all their tries together, after which a host is left alone


class HostBroken(Exception):
    """A host is asked nothing more in this run: it failed too often in a row, or said so."""


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    not_before: float = 0.0  # monotonic seconds
    failures: int = 0
    closed: str | None = None  # why it is asked nothing more


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
            while (wait := state.not_before - time.monotonic()) > 0 and not state.closed:
                await asyncio.sleep(wait)
            if state.closed:
                raise HostBroken(state.closed)
            state.not_before = time.monotonic() + delay_s
            yield

    def pause(self, host: str, seconds: float) -> None:
        """No request to `host` for so many seconds; for the rest of the run if they are too many to wait for."""
        state = self._host(host)
        state.not_before = max(state.not_before, time.monotonic() + max(seconds, 0.0))
        if seconds > LONGEST_PAUSE_S:
            state.closed = state.closed or f"{host} asks to be left alone for {seconds:.0f} s"

    def told(self, host: str, *, good: bool) -> None:
        """Counts requests in a row that were given up; one good answer forgives all."""
        state = self._host(host)
        state.failures = 0 if good else state.failures + 1
        if state.failures >= BREAK_AFTER:
            state.closed = state.closed or f"{host}: {state.failures} requests in a row failed"

    def forgive(self, host: str) -> None:
        """Gives a host another chance, unless it asked for its rest: the next source of a process begins."""
        state = self._host(host)
        state.failures = 0
        if state.not_before - time.monotonic() <= LONGEST_PAUSE_S:
            state.closed = None
