"""What a call in a process with limits gives, and what becomes of one that costs too much."""

from __future__ import annotations

import os
import signal
import time

import pytest

from crawler.app.limited import LimitReached, Limits, within_limits

SMALL = Limits(cpu_s=1, wall_s=60, memory_mb=64, answer_mb=1)


def test_the_answer_comes_back_as_it_was() -> None:
    assert within_limits(dict[str, list[str]], lambda: {"a": ["б\ud800"]}) == {"a": ["б\ud800"]}
    assert within_limits(str, lambda: None) is None
    pid = within_limits(int, os.getpid)
    assert pid != os.getpid()


def _endless() -> int:
    while True:
        pass


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (_endless, "processor time"),
        (lambda: len(b"x" * (200 << 20)), "MB"),
        (lambda: "x" * (2 << 20), "of what was found"),
        (lambda: os._exit(0), "processor time"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "processor time"),
    ],
    ids=["endless", "memory", "long answer", "silent end", "crash"],
)
def test_a_call_that_costs_too_much_is_told(call, words: str) -> None:
    with pytest.raises(LimitReached, match=words):
        within_limits(str, call, SMALL)


def test_a_call_that_waits_is_ended() -> None:
    with pytest.raises(LimitReached, match=r"0\.2 s"):
        within_limits(str, lambda: time.sleep(60), Limits(wall_s=0.2))  # type: ignore[func-returns-value]


def test_a_defect_is_told_as_one() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        within_limits(float, lambda: 1 / 0)


def test_another_type_is_refused() -> None:
    with pytest.raises(ValueError, match="str"):
        within_limits(int, lambda: "no number")  # type: ignore[arg-type, return-value]
