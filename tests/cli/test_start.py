"""How a command begins and is broken off: nothing heavy is loaded that it does not need, and Ctrl-C ends it quietly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_HEAVY = ["scrapy", "twisted", "trafilatura", "frictionless", "langdetect", "jsonschema", "lxml", "warcio", "babel"]


@pytest.mark.parametrize(
    ("arguments", "needs"),
    [
        (["--version"], []),
        (["--help"], []),
        (["crawl", "--help"], []),
        (["status", "--package", "nowhere"], ["jsonschema", "lxml", "warcio"]),
        (["seeds", "list"], ["jsonschema", "lxml"]),
    ],
    ids=" ".join,
)
def test_a_command_loads_what_it_needs(arguments: list[str], needs: list[str], tmp_path: Path) -> None:
    code = f"""
import sys
from crawler.__main__ import run
sys.argv = ["ministry-news", *{arguments!r}]
try:
    run()
except SystemExit:
    pass
print("loaded", *sorted(set({_HEAVY!r}) & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env=_here()
    )
    loaded = set(done.stdout.splitlines()[-1].split()[1:])
    assert loaded <= set(needs)


@pytest.mark.parametrize("seconds", [0.0, 0.2])
def test_ctrl_c_before_the_first_answer_ends_quietly(seconds: float, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "crawler", "demo", "--package", str(tmp_path / "package")]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, env=_here()
    )
    while not (tmp_path / "package").exists() and child.poll() is None:  # it works now; how long that takes varies
        time.sleep(0.01)
    time.sleep(seconds)
    os.killpg(child.pid, signal.SIGINT)
    out, complaints = child.communicate(timeout=60)
    assert child.returncode == 130, complaints
    assert "Traceback" not in complaints and "error" not in complaints
    told = [line for line in complaints.splitlines() if not line.startswith("crawl demo.rivers: 0")]
    # A fast machine has fetched something by now; of one answer that has just come, only the summary may tell.
    assert (out, told) == ("", []) or "stopping" in complaints or "interrupted: " in out


def test_ctrl_c_while_the_program_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    from crawler.__main__ import run

    real = builtins.__import__

    def broken_off(name: str, *arguments: object) -> object:
        if name == "crawler.cli":
            raise KeyboardInterrupt
        return real(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", broken_off)
    with pytest.raises(SystemExit) as end:
        run()
    assert end.value.code == 130


def test_ctrl_c_where_no_verb_heeds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import crawler.cli
    from crawler.__main__ import run

    def broken_off() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(crawler.cli, "main", broken_off)
    with pytest.raises(SystemExit) as end:
        run()
    assert end.value.code == 130


def test_nothing_is_loaded_before_ctrl_c_is_heeded() -> None:
    code = "import sys; before = set(sys.modules); import crawler.__main__; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env=_here())
    assert set(done.stdout.split()) == {"crawler", "crawler.__main__"}


def _here() -> dict[str, str]:
    root = Path(__file__).resolve().parent.parent.parent
    return {**os.environ, "PYTHONPATH": str(root)}
