"""What one function makes of bytes from outside, found out in a process of its own with limits."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from crawler.errors import EnvironmentFault
from crawler.model.plain import packed, unpacked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may cost."""

    cpu_s: int = 10
    wall_s: float = 60.0
    memory_mb: int = 1024  # beyond what this process has
    answer_mb: int = 64


class LimitReached(Exception):
    """Reading cost more than it may; the message says what."""


def within_limits(kind: type[T], call: Callable[[], T | None], limits: Limits | None = None) -> T | None:
    """What `call` gives: a value of type `kind`, made of what `packed` knows, or None.

    Raises LimitReached, EnvironmentFault when no process can be had, RuntimeError for a defect in `call`. Only JSON
    comes back: the bytes may have taken the process over.
    """
    limits = limits or Limits()
    theirs, ours = os.pipe()
    try:
        pid = os.fork()
    except OSError as error:
        os.close(theirs)
        os.close(ours)
        raise EnvironmentFault(f"no process to read pages in: {error.strerror}") from error
    if pid == 0:
        os.close(theirs)
        _answer(ours, call, limits)
    os.close(ours)
    try:
        answer = json.loads(_received(theirs, limits).decode("utf-8", "surrogatepass"))
    except ValueError:
        why = f"more than {limits.cpu_s} s of processor time, or {limits.memory_mb} MB"
        raise LimitReached(f"reading this page cost {why}") from None
    finally:
        os.close(theirs)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    if "defect" in answer:
        raise RuntimeError(str(answer["defect"]))
    found = answer["found"]
    return None if found is None else unpacked(kind, found)


def _received(channel: int, limits: Limits) -> bytes:
    """All that comes. Raises LimitReached."""
    out = bytearray()
    until = time.monotonic() + limits.wall_s
    while True:
        ready, _, _ = select.select([channel], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise LimitReached(f"reading this page cost more than {limits.wall_s:g} s")
        data = os.read(channel, 1 << 18)
        if not data:
            return bytes(out)
        out += data
        if len(out) > limits.answer_mb << 20:
            raise LimitReached(f"reading this page cost more than {limits.answer_mb} MB of what was found")


def _answer(channel: int, call: Callable[[], Any], limits: Limits) -> NoReturn:
    """Ends the process, whatever happens: nothing behind the fork is done twice."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file of a package
            size = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") + (limits.memory_mb << 20)
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        usage = resource.getrusage(resource.RUSAGE_SELF)
        cpu_s = int(usage.ru_utime + usage.ru_stime) + 1 + limits.cpu_s
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
        try:
            answer = {"found": packed(call())}
        except (MemoryError, RecursionError):
            os._exit(1)
        except Exception as error:  # a defect, raised again where this is asked for
            answer = {"defect": f"{type(error).__name__}: {str(error)[:300]}"}
        words = json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")
        while words:
            words = words[os.write(channel, words) :]
    finally:
        os._exit(0)
