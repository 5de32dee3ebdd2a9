"""Where output goes: a reader who leaves early is no error."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("arguments", [["seeds", "list"], ["seeds", "list", "--json"], ["seeds", "show", "uz.eco"]])
def test_a_reader_that_has_left_is_no_error(arguments: list[str]) -> None:
    """As in `ministry-news seeds list | head -1`."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "crawler", *arguments], stdout=write, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, "")
