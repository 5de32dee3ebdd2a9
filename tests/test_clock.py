"""The time of day does not go back within a process, whatever is done to the machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.clock import Clock


def test_time_goes_on_when_the_clock_is_set_back_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    real = datetime(2026, 11, 25, 12, tzinfo=UTC)
    shown = [real]
    monkeypatch.setattr(Clock, "_read", staticmethod(lambda: shown[0]))
    clock = Clock()
    first = clock.now()
    shown[0] = real - timedelta(days=1)
    told = [clock.now() for _ in range(100)]
    assert first == real
    assert told == sorted(told)
    assert real <= told[0] <= told[-1] < real + timedelta(seconds=10)
    shown[0] = real + timedelta(days=1)
    assert clock.now() == shown[0]
