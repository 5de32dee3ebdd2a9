"""A command carried out after a run: without a shell, in bounded time."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress

_GRACE_S = 2.0  # between SIGTERM and SIGKILL
_TAIL = 2_000  # bytes of output that are told


def carry_out(command: Sequence[str], told: bytes, environment: Mapping[str, str], limit_s: float) -> str:
    """Why the command failed; empty where it ended with 0. It gets `told` on standard input, and what it prints is
    kept from ours: of a failure, the last line is told. After `limit_s` seconds its process group is ended."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed:
        # Files and no pipes: a command that reads or writes nothing, or leaves a child behind, keeps nobody waiting.
        given.write(told)
        given.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - what the user named, word by word
                command, stdin=given, stdout=printed, stderr=subprocess.STDOUT, env=dict(environment),
                start_new_session=True,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            return f"cannot be started: {error.strerror if isinstance(error, OSError) else error}"
        try:
            status = process.wait(limit_s)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"did not end in {limit_s:g} seconds, and was stopped"
        except BaseException:  # Ctrl-C: it has a session of its own, and would go on
            _end(process)
            raise
        if status == 0:
            return ""
        size = printed.seek(0, os.SEEK_END)
        printed.seek(max(0, size - _TAIL))
        lines = printed.read().decode("utf-8", "replace").strip().split("\n")
        last = f": {lines[-1].strip()[:300]}" if lines[-1].strip() else ""
        how = f"ended with {status}" if status > 0 else f"was ended by signal {-status}"
        return f"{how}{last}"


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and those that it began, which are of its group."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_S)
