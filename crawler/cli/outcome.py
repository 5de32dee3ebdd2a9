"""How a verb that changes a package ends: hooks follow it, and what it did is told, in one way for all such verbs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crawler import console
from crawler.cli.app import leave
from crawler.cli.hooks import HookOptions, followed

if TYPE_CHECKING:
    from crawler.app.summary import Summary


def carry_out(
    work: Callable[[console.Display], Summary],
    package: Path,
    hooks: HookOptions,
    *,
    verb: str,
    as_json: bool,
    quiet: bool,
    report: Sequence[Path] = (),
) -> None:
    """Does `work`, which shows its progress, carries out the hooks that follow it, and ends the command."""
    with console.Display(quiet=quiet or as_json) as display:
        summary = followed(lambda: work(display), package, hooks, verb=verb, tell=display.tell)
    finish(summary, as_json=as_json, report=report)


def finish(summary: Summary, *, as_json: bool, report: Sequence[Path] = ()) -> None:
    """Tells what was done, to the person and to the files of `report`, and ends the command."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    for path in dict.fromkeys([*report, *([Path(page)] if page else [])]):
        _write(summary, path)
    if as_json:
        console.print_json(summary.as_dict())
    else:
        for line in summary.lines():
            console.say(line)
        for error in summary.told_errors:
            console.complain(error)
        for problem in summary.problems:
            console.complain(problem, kind="warning")
    leave(summary.exit_code)


def _write(summary: Summary, path: Path) -> None:
    from crawler.app.markdown import markdown

    if path.suffix != ".json":
        with path.open("a", encoding="utf-8") as file:
            file.write(markdown(summary))
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.write_text(json.dumps(summary.as_dict(), ensure_ascii=False, indent=1, default=str) + "\n", "utf-8")
    draft.replace(path)
