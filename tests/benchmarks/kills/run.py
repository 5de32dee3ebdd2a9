"""Commands over one package, as processes that can be killed, or as copies of a warm process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kills.shim import cache_of

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Done:
    """The end of a command: its status (negative: the signal that ended it) and what it printed."""

    status: int
    output: str


class Zygote:
    """Runs commands in copies of a warm process. `environment` is added to its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._out = folder / "output.txt"
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("zygote.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={
                **os.environ, "XDG_CACHE_HOME": str(cache_of(folder)), "XDG_STATE_HOME": str(folder / "home" / "state"),
                **(environment or {}),
            },
        )  # fmt: skip
        assert self._read() == "ready"

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def start(self, *argv: object) -> int:
        """The process id, which is also the number of the command's process group."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"argv": [str(a) for a in argv], "out": str(self._out)}) + "\n")
        self._process.stdin.flush()
        return int(self._read())

    def wait(self) -> Done:
        """The end of the command that was started last; nothing of its group is left then."""
        status = int(self._read())
        return Done(status, self._out.read_text("utf-8", "replace"))

    def run(self, *argv: object) -> Done:
        self.start(*argv)
        return self.wait()

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def command(*argv: object) -> list[str]:
    return [sys.executable, "-m", "crawler", *map(str, argv)]


def start(*argv: object, out: Path) -> subprocess.Popen[bytes]:
    """A command as a person would start it, in a process group of its own."""
    with out.open("wb") as file:
        return subprocess.Popen(command(*argv), stdout=file, stderr=file, start_new_session=True, cwd=ROOT)


def end_group(group: int) -> None:
    """SIGKILL for a command, its crawl and its workers at once."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
