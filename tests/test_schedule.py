"""What runs the crawl by itself: the systemd units, the cron line and the workflows are such as their readers take."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from crawler.cli import app

TOP = Path(__file__).resolve().parent.parent
UNITS = TOP / ".github" / "systemd"
WORKFLOWS = sorted((TOP / ".github" / "workflows").glob("*.yml"))
COMMAND = re.compile(r"ministry-news ((?:crawl|validate|status) [^|&;#\n]*)")  # ministry-news crawl uz --quiet || ...


def commands() -> list[str]:
    readme = (
        (TOP / "README.md").read_text("utf-8").partition("## Schedule it")[2].partition("```\n")[2].partition("```")[0]
    )
    texts = [readme, *(path.read_text("utf-8") for path in (*UNITS.iterdir(), *WORKFLOWS))]
    return [match[1] for text in texts for match in COMMAND.finditer(text)]


def test_every_command_is_one_of_this_program() -> None:
    found = commands()
    assert len(found) >= 4, "cron, service, crawl.yml and validate.yml"
    group: Any = typer.main.get_command(app)
    for line in found:
        verb, *arguments = shlex.split(line)
        group.commands[verb].make_context(verb, arguments)  # raises UsageError for an option that does not exist


@pytest.mark.parametrize("path", [*sorted(UNITS.iterdir()), TOP / ".github/workflows/crawl.yml"], ids=lambda p: p.name)
def test_each_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < 20


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_takes_the_units() -> None:
    units = [str(path) for path in sorted(UNITS.iterdir())]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "ministry-news" in line]) == (0, [])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_workflows_parse_and_so_do_their_shell_lines(path: Path) -> None:
    value = yaml.safe_load(path.read_text("utf-8"))
    assert value["permissions"]
    for job in value["jobs"].values():
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            if "run" in step:
                subprocess.run(["bash", "-n"], input=step["run"].encode(), check=True)


def test_two_crawls_of_the_workflow_never_meet_and_none_is_cut_short() -> None:
    value = yaml.safe_load((TOP / ".github/workflows/crawl.yml").read_text("utf-8"))
    assert value["concurrency"] == {"group": "crawl", "cancel-in-progress": False}
