"""What several rooms' tests share: where the shared pages are, and the command line as a person calls it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# In CI the same examples each time: what fails there fails everywhere. Elsewhere each run looks at others.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


_FOLDERS = ("XDG_STATE_HOME", "XDG_CACHE_HOME")
_homes: list[str] = []


def pytest_configure(config: pytest.Config) -> None:
    """Keys and caches of tests stay out of the home of who runs them; processes that tests start inherit that."""
    if hasattr(config, "workerinput"):  # of pytest-xdist: the one that started it has seen to it
        return
    os.environ.setdefault("CACHE_OF_USER", os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"))
    _homes.append(tempfile.mkdtemp(prefix="ministry-news-tests-"))
    for name in _FOLDERS:
        os.environ[name] = str(Path(_homes[0]) / name.lower())


def pytest_unconfigure() -> None:
    for home in _homes:
        shutil.rmtree(home, ignore_errors=True)


# Files of tests that take the longest, which begin first: a file is one worker's, and the others wait for the last.
_LONGEST = (
    "package/test_package_breaks.py", "package/publication/test_transaction.py", "crawl/test_cms_listings.py",
    "cli/test_invalid_publication.py", "demo/test_main_job.py", "app/test_new_seed.py", "package/test_years.py",
    "test_kills.py", "crawl/test_run.py", "crawl/test_faults.py", "package/publication/test_unfinished_commit.py",
    "test_growth.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, the others in their order."""
    tests = Path(__file__).parent
    ranks = {tests / name: rank for rank, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are named by their length: a packed body may differ between two workers that collect the same tests."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material; tests that need it skip where it does not exist."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not here")
    return SHARED


@pytest.fixture(scope="session")
def command() -> Command:
    """Runs `ministry-news` in a process of its own; gives its status and its output."""

    def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "COLUMNS": "200", **options.pop("env", {})}
        return subprocess.run(
            [sys.executable, "-m", "crawler", *map(str, arguments)],
            capture_output=True, text=True, timeout=180, env=environment, check=False, **options,
        )  # fmt: skip

    return run


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `ministry-news` in this process, for verbs that start no crawl: the same arguments, status and output,
    without the second that Python needs to start."""
    from crawler.cli import main

    def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        argv = ["ministry-news", *map(str, arguments)]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", argv)
            patch.setenv("COLUMNS", "200")
            if cwd:
                patch.chdir(cwd)
            status: object = 0
            try:
                main()
            except SystemExit as end:
                status = end.code or 0
        printed = capsys.readouterr()
        return subprocess.CompletedProcess(argv, int(str(status)), printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def command_json(command: Command) -> Callable[..., Any]:
    """The JSON summary of a command."""

    def run(*arguments: object) -> Any:
        done = command(*arguments, "--json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    return run
