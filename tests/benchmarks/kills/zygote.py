"""Runs the command line in copies of one process that has imported everything: a run costs a third of the time.

A harness that ends a run at each of its hundreds of changes of the file system does a thousand runs. What is left out
is the start of Python alone: the crawl's process and the workers of extraction are processes here too, as copies with
pipes of their own. The jobs come as JSON on standard input, one a line: {"argv": [...], "out": path}; the process id
and then the status go back."""

from __future__ import annotations

import io
import json
import os
import runpy
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

KEPT_FD = 3  # descriptors below are standard input, output and error


class Copy:
    """What of `subprocess.Popen` the program uses, for its own modules: a copy of this process runs the module."""

    def __init__(self, command: list[str], *, text: bool = False, pass_fds: tuple[int, ...] = (), **_: Any) -> None:
        module = command.index("-m") + 1
        child_in, self_out = os.pipe()
        self_in, child_out = os.pipe()
        self.returncode: int | None = None
        sys.stdout.flush()
        self.pid = os.fork()
        if not self.pid:
            os.dup2(child_in, 0)
            os.dup2(child_out, 1)
            close_all_but(pass_fds)
            run_module(command[module], command[module + 1 :])
        os.close(child_in)
        os.close(child_out)
        self.stdin: Any = os.fdopen(self_out, "w" if text else "wb", 1 if text else 0)
        self.stdout: Any = os.fdopen(self_in, "r" if text else "rb", -1 if text else 0)

    def poll(self) -> int | None:
        return self._wait(os.WNOHANG)

    def wait(self, timeout: float | None = None) -> int:
        status = self._wait(0)
        return 0 if status is None else status

    def _wait(self, how: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in (self.stdin, self.stdout):
            with suppress(OSError):
                stream.close()
        self.wait()


def close_all_but(kept: tuple[int, ...]) -> None:
    low = KEPT_FD
    for fd in sorted(kept):
        os.closerange(low, fd)
        low = fd + 1
    os.closerange(low, 1024)


def run_module(name: str, arguments: list[str]) -> None:
    """Ends this process as `python -m name arguments` would."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    sys.argv = [name, *arguments]
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, "r", closefd=False)), "utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), "utf-8")
    status = 0
    try:
        runpy.run_module(name, run_name="__main__", alter_sys=False)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def job(order: dict[str, Any]) -> None:
    """In the copy: a group of its own, output to a file, then the command."""
    os.setsid()
    out = os.open(order["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.closerange(KEPT_FD, 1024)
    real = subprocess.Popen

    def popen(command: Any, *rest: Any, **options: Any) -> Any:
        ours = isinstance(command, list) and any(str(word).startswith("crawler.") for word in command)
        return Copy(command, **options) if ours else real(command, *rest, **options)

    subprocess.Popen = popen  # type: ignore[assignment, misc]
    run_module("crawler", order["argv"])


def warm() -> None:
    """Imports what the three kinds of processes need; none may install Twisted's reactor before it is copied."""
    import platform

    import scrapy.crawler
    import scrapy.spiders

    import crawler.batch.worker
    import crawler.cli
    import crawler.crawl.worker

    platform.platform()  # asks a command once, and keeps the answer
    assert scrapy.crawler
    assert crawler.batch.worker
    assert crawler.crawl.worker
    assert "twisted.internet.reactor" not in sys.modules


def main() -> None:
    warm()
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            job(json.loads(line))
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    main()
