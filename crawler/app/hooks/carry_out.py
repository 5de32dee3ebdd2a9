"""Hooks carried out after a run: it is over and published by then, and nothing that a hook does undoes it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from crawler.app.hooks import command, event, webhook
from crawler.app.hooks.event import Event
from crawler.app.hooks.settings import Hook, On, parse_hooks, stated, why_not_trusted
from crawler.app.settings_file import read_settings
from crawler.app.summary import Summary
from crawler.clock import now
from crawler.errors import SettingsError
from crawler.seeds.catalogue import SETTINGS as NAME

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command line says of hooks."""

    targets: Mapping[On, Sequence[str]]  # commands and addresses
    file: Path | None = None  # settings that are named


def hooks_for(package: Path, asked: Asked, tell: Tell) -> tuple[Hook, ...]:
    """The hooks of a run over `package`: those that the command line names, and of the file that it names or else of
    the working folder. One that lies elsewhere, beside a package or in it, is told and not carried out.

    Raises SettingsError, UsageError: before anything is fetched."""
    return (*stated(asked.targets), *(_named(asked.file) if asked.file else _of_folder(package, tell)))


def _named(file: Path) -> tuple[Hook, ...]:
    raw = read_settings(file)
    if raw is None:
        raise SettingsError("no such file", path=str(file))
    if "hooks" not in raw:
        raise SettingsError("states none: a table [hooks.NAME]", path=str(file), key="hooks")
    return parse_hooks(raw["hooks"], str(file))


def _of_folder(package: Path, tell: Tell) -> tuple[Hook, ...]:
    here, beside = Path(NAME), package.resolve().parent / NAME
    if beside != here.resolve():
        others = _stated_in(beside) if beside.parent.is_dir() else None
        if others is not None:
            tell(f"{beside}: its hooks are not carried out, since it is not in the working folder; --hooks names it")
    raw = _stated_in(here)
    if raw is None or raw.get("package", package.resolve().name) != package.resolve().name:
        return ()
    if why := why_not_trusted(here, package):
        tell(f"{here.resolve()}: its hooks are not carried out: {why}; --hooks names it")
        return ()
    return parse_hooks(raw["hooks"], str(here))


def _stated_in(file: Path) -> Mapping[str, object] | None:
    raw = read_settings(file)
    return raw if raw is not None and "hooks" in raw else None


def with_hooks(
    work: Callable[[], Summary],
    package: Path,
    hooks: Sequence[Hook],
    *,
    verb: str,
    tell: Tell,
    environment: Mapping[str, str] = os.environ,
) -> Summary:
    """What `work` gives, with why hooks failed that follow it. An error of it is an event too, and is raised after the
    hooks; then what they say is told."""
    if not hooks:
        return work()
    before, begun = event.version_of(package), now()
    try:
        summary = work()
    except Exception as error:
        its = event.of_error(error, package, verb, begun, now(), before)
        for failure in carried_out(hooks, its, package, environment):
            tell(failure)
        raise
    its = event.of_summary(summary, verb, begun, now(), before)
    return replace(summary, hooks=tuple(carried_out(hooks, its, package, environment)))


def carried_out(hooks: Sequence[Hook], its: Event, package: Path, environment: Mapping[str, str]) -> list[str]:
    """Carries out those of `hooks` that follow the event, one after another; a line for each that failed."""
    failures = []
    for hook in hooks:
        if hook.on & its.kinds:
            try:
                call = partial(_command, every=hooks, package=package) if hook.command else _webhook
                why = call(hook, its, environment)
            except OSError as error:  # no room for its input, say: the run is over and stays so
                why = f"cannot be carried out: {error.strerror or error}"
            if why:
                failures.append(f"hook {hook.name}: {why}")
    return failures


def _command(hook: Hook, its: Event, environment: Mapping[str, str], *, package: Path, every: Sequence[Hook]) -> str:
    secret = {name for one in every for name in (one.secret_env, one.webhook_env) if name}
    own = {name: value for name, value in environment.items() if name not in secret}
    own |= {
        "MINISTRY_NEWS_PACKAGE": str(package.resolve()),
        "MINISTRY_NEWS_VERSION": its.content["package"]["version"],
        "MINISTRY_NEWS_EVENTS": ",".join(its.content["events"]),
        "MINISTRY_NEWS_EXIT_CODE": str(its.content["run"]["exit_code"]),
    }
    return command.carry_out(hook.command, its.body(hook.feed), own, hook.limit_s)


def _webhook(hook: Hook, its: Event, environment: Mapping[str, str]) -> str:
    address, key = hook.webhook, b""
    if hook.webhook_env:
        address = environment.get(hook.webhook_env, "")
        if not address.startswith(("https://", "http://")):
            return f"the variable {hook.webhook_env} holds no address"
    if hook.secret_env:
        if not (secret := environment.get(hook.secret_env, "")):
            return f"the variable {hook.secret_env} is not set, and nothing is sent unsigned"
        try:
            key = webhook.key_of(secret)
        except ValueError as error:
            return f"the variable {hook.secret_env} {error}"
    return webhook.send(address, webhook.Signed(its.body(hook.feed), key), hook.allow_private, hook.limit_s)
