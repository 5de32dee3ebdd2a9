"""A command after a run: its own words, its input, its end."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from crawler.app.hooks.command import carry_out

ENV = {"PATH": os.environ["PATH"]}


def test_it_gets_the_event_on_standard_input_and_no_shell_reads_its_words(tmp_path: Path) -> None:
    out = tmp_path / "out"
    big = b"x" * 300_000  # more than a pipe holds
    assert carry_out(["tee", "-a", str(out), str(tmp_path / "$(echo a); b")], big, ENV, 10) == ""
    assert out.read_bytes() == big
    assert (tmp_path / "$(echo a); b").exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("echo one; echo 'the disk is full' >&2; exit 3", "ended with 3: the disk is full"),
        ("kill -9 $$", "was ended by signal 9"),
        ("exec <&-; exit 0", ""),  # it does not read what it is told
    ],
)
def test_how_it_ended_is_told(line: str, words: str) -> None:
    assert carry_out(["sh", "-c", line], b"x" * 300_000, ENV, 10) == words


def test_one_that_is_not_there_is_told() -> None:
    assert carry_out(["/no/such/program"], b"", ENV, 10) == "cannot be started: No such file or directory"


def test_one_that_hangs_is_ended_with_those_that_it_began(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    begun = time.monotonic()
    why = carry_out(["sh", "-c", f"sleep 60 & echo $! > {mark}; wait"], b"", ENV, 0.3)
    assert why == "did not end in 0.3 seconds, and was stopped"
    assert time.monotonic() - begun < 5
    child = int(mark.read_text())
    for _ in range(100):
        try:
            os.kill(child, 0)
            state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return
        if state == "Z":  # it has ended, and nobody has asked yet how
            return
        time.sleep(0.02)
    pytest.fail("the child of the command still runs")


def test_a_child_that_is_left_behind_keeps_nobody_waiting() -> None:
    begun = time.monotonic()
    assert carry_out([sys.executable, "-c", "import os, time\nif not os.fork(): time.sleep(3)"], b"", ENV, 10) == ""
    assert time.monotonic() - begun < 2.5
