"""The tables [hooks.NAME] of `ministry-news.toml`, and where such a file may lie."""

from __future__ import annotations

import os
import re
import shlex
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from crawler.errors import SettingsError, UsageError

_WEB = re.compile(r"https?://", re.IGNORECASE)
_MOST = 20  # hooks
COMMAND_LIMIT_S, WEBHOOK_LIMIT_S = 600.0, 60.0


class On(StrEnum):
    """What a hook follows."""

    CHANGE = "change"  # a run that published at least one row of the table changes
    PROBLEM = "problem"  # a run that ends with another exit code than 0, or with an error
    RUN = "run"  # every run


@dataclass(frozen=True, slots=True)
class Hook:
    """One command, or one webhook."""

    name: str
    on: frozenset[On] = frozenset({On.CHANGE})
    command: tuple[str, ...] = ()  # a program and its arguments: no shell reads them
    webhook: str = ""  # an address
    webhook_env: str = ""  # the variable of the environment that holds the address
    secret_env: str = ""  # the variable that holds the key of signatures
    allow_private: tuple[str, ...] = ()  # host, or host:port, that may lie on private addresses
    feed: str = ""  # where changes.atom is published
    time_limit_s: float | None = None  # for all attempts; None: as is usual for its kind

    @property
    def limit_s(self) -> float:
        """The seconds that it may take."""
        usual = COMMAND_LIMIT_S if self.command else WEBHOOK_LIMIT_S
        return usual if self.time_limit_s is None else self.time_limit_s


_NAME = {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,99}$"}
_PAGE = {"type": "string", "pattern": "^https?://[!-~]+$", "maxLength": 2000}
_EVENT = {"enum": [event.value for event in On]}
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1, "maxItems": 1000}
_SCHEMA = {
    "type": "object",
    "maxProperties": _MOST,
    "propertyNames": {"pattern": "^[A-Za-z0-9_-]{1,50}$"},
    "additionalProperties": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "on": {"anyOf": [_EVENT, {"type": "array", "items": _EVENT, "minItems": 1}]},
            "command": {"anyOf": [{"type": "string", "minLength": 1}, _TEXTS]},
            "webhook": _PAGE,
            "webhook_env": _NAME,
            "secret_env": _NAME,
            "allow_private": _TEXTS,
            "feed": _PAGE,
            "time_limit_s": {"type": "number", "minimum": 1, "maximum": 86400},
        },
        "oneOf": [{"required": [key]} for key in ("command", "webhook", "webhook_env")],
    },
}


def parse_hooks(raw: object, path: str) -> tuple[Hook, ...]:
    """The hooks that a file states, by name. Raises SettingsError, which names `path` and key."""
    if error := best_match(Draft202012Validator(_SCHEMA).iter_errors(raw)):
        key = ".".join(["hooks", *map(str, error.absolute_path)])
        if error.validator == "oneOf":
            raise SettingsError("has either command, webhook or webhook_env", path=path, key=key)
        raise SettingsError(error.message[:300], path=path, key=key)
    assert isinstance(raw, dict)  # noqa: S101 - by the schema
    return tuple(_hook(name, its, path) for name, its in raw.items())


def _hook(name: str, raw: Mapping[str, Any], path: str) -> Hook:
    values: dict[str, Any] = dict(raw)
    events = values.pop("on", On.CHANGE.value)
    values["on"] = frozenset(map(On, [events] if isinstance(events, str) else events))
    if isinstance(values.get("command"), str):
        values["command"] = _split(values["command"], f"{path}: hooks.{name}.command")
    for key in ("command", "allow_private"):
        if key in values:
            values[key] = tuple(values[key])
    if values.get("webhook"):
        _check_address(values["webhook"], path, f"hooks.{name}.webhook")
    return Hook(name=name, **values)


def stated(targets: Mapping[On, Sequence[str]]) -> tuple[Hook, ...]:
    """The hooks that a command line names: an address is a webhook, all else a command. Raises UsageError."""
    found = []
    for event, its in targets.items():
        for target in its:
            name = f"--on-{event.value}"
            if _WEB.match(target):
                _check_address(target, "", name)
                found.append(Hook(name, frozenset({event}), webhook=target))
            else:
                found.append(Hook(name, frozenset({event}), command=_split(target, name)))
    return tuple(found)


def _split(line: str, where: str) -> tuple[str, ...]:
    try:
        words = tuple(shlex.split(line))
    except ValueError as error:
        raise UsageError(f"{where}: {line!r} cannot be taken apart: {error}") from error
    if not words:
        raise UsageError(f"{where}: names no command")
    return words


def _check_address(address: str, path: str, key: str) -> None:
    try:
        parts = urlsplit(address)
        is_one = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one or parts.username is not None or parts.password is not None:
        raise SettingsError("is no address such as https://hooks.example/x without a user in it", path=path, key=key)


def why_not_trusted(file: Path, package: Path) -> str:
    """Why the hooks of `file`, which lies in the working folder, are not carried out; empty where they are. A file
    that came with a package of somebody else's would run what its maker wants."""
    folder = file.resolve().parent
    if folder.is_relative_to(package.resolve()) or (folder / "datapackage.json").exists():
        return "it lies in a package, which may be somebody else's"
    state = file.stat()
    if state.st_uid not in (os.geteuid(), 0):
        return "it belongs to another user"
    return "everybody may write it" if state.st_mode & stat.S_IWOTH else ""
