"""A process of our own that is told lines of JSON and answers in lines of JSON: both of its sides."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import crawler
from crawler.errors import EnvironmentFault


class LineProcess:
    """A module, run by a Python of its own. It is no copy of this process, and no objects travel: a file that it reads
    may have taken it over. Raises EnvironmentFault when it cannot be started."""

    def __init__(self, module: str) -> None:
        home = str(Path(crawler.__file__).parent.parent)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([home, os.environ.get("PYTHONPATH", "")])}
        words = [sys.executable, "-P", "-m", module]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
            )
        except OSError as error:
            raise EnvironmentFault(f"cannot start a process: {error}") from error

    def tell(self, value: object) -> None:
        """Sends a value. Raises OSError where the process has ended."""
        assert self._process.stdin  # noqa: S101 - asked for above
        self._process.stdin.write(json.dumps(value).encode() + b"\n")
        self._process.stdin.flush()

    def line(self) -> bytes:
        """The next line of its answer; nothing where it has ended."""
        assert self._process.stdout  # noqa: S101 - asked for above
        return self._process.stdout.readline()

    def stop(self) -> int:
        """Ends the process; its exit status."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with suppress(OSError, ValueError):
                    stream.close()
        return self._process.wait()


def answer_lines(serve: Callable[[IO[bytes], IO[bytes]], None]) -> None:
    """The other side: gives `serve` the lines of standard input, and where its answers go, until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    try:
        serve(sys.stdin.buffer, answers)
    except (BrokenPipeError, KeyboardInterrupt):
        return
