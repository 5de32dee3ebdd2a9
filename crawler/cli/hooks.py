"""The options of verbs that a hook can follow: a command, or a webhook, when the run is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from crawler.app.summary import Summary

_TARGET = "COMMAND|URL"
OnChangeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--on-change",
        metavar=_TARGET,
        help="After a run that changed something: run COMMAND (no shell; JSON on its standard input), or POST the JSON "
        "to URL. May be given twice, as the other hooks.",
    ),
]
NotifyOption = Annotated[
    list[str] | None,
    typer.Option("--notify", "--on-problem", metavar=_TARGET, help="After a run that did not end with 0."),
]
OnRunOption = Annotated[list[str] | None, typer.Option("--on-run", metavar=_TARGET, help="After every run.")]
HooksOption = Annotated[
    Path | None,
    typer.Option(
        "--hooks",
        metavar="FILE",
        help="Settings whose [hooks] are carried out; default: ministry-news.toml in the working folder.",
    ),
]


@dataclass(frozen=True, slots=True)
class HookOptions:
    """What a command line says of hooks."""

    on_change: Sequence[str] | None
    notify: Sequence[str] | None
    on_run: Sequence[str] | None
    file: Path | None


def followed(
    work: Callable[[], Summary], package: Path, options: HookOptions, *, verb: str, tell: Callable[[str], None]
) -> Summary:
    """What `work` gives, after the hooks that follow it. Raises SettingsError and UsageError before it is begun."""
    from crawler.app.hooks.carry_out import Asked, hooks_for, with_hooks
    from crawler.app.hooks.settings import On

    targets = {On.CHANGE: options.on_change or (), On.PROBLEM: options.notify or (), On.RUN: options.on_run or ()}
    hooks = hooks_for(package, Asked(targets, options.file), tell)
    return with_hooks(work, package, hooks, verb=verb, tell=tell)
