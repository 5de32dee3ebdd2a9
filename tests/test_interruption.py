"""A Ctrl-C whose KeyboardInterrupt a library swallowed ends the command all the same, before a crawl begins."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.crawl.run import run_crawls
from crawler.interruption import end_if_it_has_come, noted
from crawler.workspace import Workspace


@pytest.fixture(autouse=True)
def usual_handler() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def swallowed() -> None:
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
        signal.sigtimedwait([signal.SIGUSR1], 1)


def test_a_swallowed_one_keeps_a_crawl_from_its_beginning(tmp_path: Path) -> None:
    with noted():
        swallowed()
        with pytest.raises(KeyboardInterrupt):
            run_crawls([], Workspace(tmp_path))
    end_if_it_has_come()  # the next command knows nothing of it


def test_an_ignored_one_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as under nohup
    with noted():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        os.kill(os.getpid(), signal.SIGINT)
        end_if_it_has_come()
