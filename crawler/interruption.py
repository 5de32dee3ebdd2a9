"""Whether Ctrl-C has come to this process, also where a library has swallowed the KeyboardInterrupt that it raised.

An exception that rises in a callback of the interpreter (of an import's lock, of the collector), in a destructor or
under another's bare `except` is dropped, and the command would go on as if nobody had asked it to stop. What has come
is therefore noted as well, and asked for where a crawl begins. It loads nothing: it stands before the first import.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_has_come = threading.Event()


@contextmanager
def noted() -> Iterator[None]:
    """Notes each Ctrl-C while it lasts; it raises KeyboardInterrupt as before. Nothing changes where it is ignored."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        _has_come.clear()


def end_if_it_has_come() -> None:
    """Raises KeyboardInterrupt where Ctrl-C came earlier in this command, and nothing ended."""
    if _has_come.is_set():
        raise KeyboardInterrupt


def _note(number: int, frame: FrameType | None) -> None:
    _has_come.set()
    signal.default_int_handler(number, frame)
