"""The recipe of the container: linted, and what it promises is in it. No engine is needed, and none builds it here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
RECIPE = TOP / ".github/container/Containerfile"
TEXT = RECIPE.read_text("utf-8")
LAST = TEXT[TEXT.rindex("\nFROM ") :]


def test_it_passes_the_linter() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "hadolint", RECIPE], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_it_runs_without_root_and_writes_to_the_volume_alone() -> None:
    user = re.search(r"^USER (\d+):(\d+)$", LAST, re.MULTILINE)
    assert user and "0" not in user.groups()
    assert 'VOLUME ["/data"]' in LAST and "WORKDIR /data" in LAST
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
        assert re.search(rf"{name}=/data/", LAST), "what is kept between containers is in the volume"
    assert "PYTHONDONTWRITEBYTECODE=1" in LAST and not re.search(r"^(ADD|RUN (curl|wget|pip))", TEXT, re.MULTILINE)


def test_only_what_the_program_needs_goes_to_the_builder() -> None:
    lines = (TOP / ".dockerignore").read_text("utf-8").split()
    assert lines[0] == "*"
    let_in = {line[1:] for line in lines if line.startswith("!")}
    assert all((TOP / name).exists() for name in let_in)
    copied = set(re.findall(r"^COPY (?!--)(.+) \S+$", TEXT, re.MULTILINE))
    assert {name for names in copied for name in names.split()} == let_in


def test_what_the_wheel_takes_along_is_copied() -> None:
    taken = re.findall(r'^"(\w+)" = "crawler/_', (TOP / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert taken and all(f"COPY {name} {name}" in TEXT for name in taken)
