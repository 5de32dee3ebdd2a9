"""What a person or a log sees: progress, tables, errors. Everything that comes from the web is shown escaped."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.text import Text

from crawler.addresses import mask_text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# C0 and C1 controls but line feed and tab, and the marks that turn the direction of what follows (CVE-2021-42574).
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\u200e\u200f]")

_SPACE = re.compile(r"[\t\n]")
_LOG_EVERY_S = 10.0


class ReaderLeft(Exception):
    """Whoever read our output has left. No OSError: click and rich would end the process with 1."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise ReaderLeft


class LogFormat(StrEnum):
    """The form of what goes to standard error."""

    TEXT = "text"
    JSON = "json"  # one object a line


_LEVELS = {"error": "error", "warning": "warning"}  # of what `complain` is told; all else is information
_format = LogFormat.TEXT


def log_as(form: LogFormat) -> None:
    """Sets the form of what goes to standard error from now on, in this process."""
    global _format  # noqa: PLW0603 - there is one standard error
    _format = form


def _log(level: str, event: str, **fields: object) -> None:
    """Writes a line of the JSON log: RFC 3339 time in UTC, level, event and its fields; ASCII, so that no title from
    the web can end a line or turn its direction."""
    moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with suppress(BrokenPipeError):
        print(json.dumps({"time": moment, "level": level, "event": event, **fields}), file=sys.stderr, flush=True)  # noqa: T201 - this is where


def tell_traceback(text: str) -> None:
    """Writes where a defect of this program was met, on standard error."""
    if _format is LogFormat.JSON:
        _log("error", "traceback", message=mask_text(text))
    else:
        sys.stderr.write(text)


def log_end(verb: str, exit_code: int, seconds: float) -> None:
    """Tells in the JSON log how a command ended; nothing in the text one."""
    if _format is LogFormat.JSON:
        level = "info" if exit_code == 0 else "error"
        _log(level, "end", command=verb, exit_code=exit_code, seconds=round(seconds, 3))


out = _Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def printable(text: str) -> str:
    """`text` with every control, direction and line-separating character replaced by its escape, so that a title from
    the web can neither move the cursor nor forge a line of a log."""
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def say(text: str = "", *, style: str | None = None) -> None:
    """Writes a line on standard output; no markup in it is interpreted."""
    out.print(Text(printable(text), style=style or ""))


def complain(text: str, *, kind: str = "error") -> None:
    """Writes `kind: text` on standard error; as JSON, an event of that kind."""
    if _format is LogFormat.JSON:
        _log(_LEVELS.get(kind, "info"), kind, message=mask_text(text))
        return
    style = {"error": "bold red", "warning": "yellow"}.get(kind, "")
    err.print(Text.assemble((f"{kind}: ", style), printable(mask_text(text))))


def print_json(value: Any) -> None:
    """Writes one JSON document on standard output, UTF-8, keys in their own order."""
    _write(sys.stdout, json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_document(text: str) -> None:
    """Writes a document of another form than ours on standard output, as it is: its maker has escaped what is in it."""
    _write(sys.stdout, text)


def print_bytes(write: Callable[[IO[bytes]], object]) -> None:
    """Lets `write` write on standard output, in its bytes."""
    sys.stdout.flush()
    try:
        write(sys.stdout.buffer)
    except BrokenPipeError as error:
        raise ReaderLeft from error


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes a table: drawn on a terminal, tab-separated lines elsewhere."""
    texts = [[_SPACE.sub(" ", printable("" if cell is None else str(cell))) for cell in row] for row in rows]
    if not out.is_terminal:
        lines = ([list(columns)] if texts else []) + texts
        _write(out.file, "".join("\t".join(line) + "\n" for line in lines))  # rich would lay tabs out as blanks
        return
    from rich.table import Table  # noqa: PLC0415 - like the bars, loaded where it is shown: `--help` shows none

    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for line in texts:
        table.add_row(*map(Text, line))
    out.print(table)


def _write(file: IO[str], text: str) -> None:
    try:
        file.write(text)
        file.flush()
    except BrokenPipeError as error:
        raise ReaderLeft from error


def print_mapping(values: Mapping[str, object]) -> None:
    """Writes `key  value` lines, aligned."""
    width = max(map(len, values), default=0)
    for key, value in values.items():
        say(f"{key:<{width}}  {value}")


class Display:
    """Progress of long work: bars on a terminal, a plain line now and then in a log, nothing when `quiet`."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._spoken: dict[str, float] = {}
        self._doing = ""
        if err.is_terminal and not quiet and _format is LogFormat.TEXT:
            self._bars = _bars()

    def __enter__(self) -> Self:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.stop()
        if kind is KeyboardInterrupt and self._doing:
            complain(f"interrupted: {self._doing}. What was done is kept; the next command goes on", kind="note")

    def update(self, task: str, done: int, total: int | None = None, note: str = "") -> None:
        """Shows that `done` of `total` steps of `task` are behind us; `total` None means that nobody knows."""
        if done or self._doing:  # nothing is kept of what has only begun
            self._doing = task
        if self._quiet:
            return
        task, note = printable(task), printable(note)
        if self._bars:
            if task not in self._tasks:
                self._tasks[task] = self._bars.add_task(task, total=total, note=note)
            self._bars.update(self._tasks[task], completed=done, total=total, note=note)
            return
        now = time.monotonic()
        if total == done or now - self._spoken.get(task, 0.0) >= _LOG_EVERY_S:
            self._spoken[task] = now
            if _format is LogFormat.JSON:
                _log("info", "progress", task=task, done=done, total=total, note=note)
                return
            amount = f"{done}" if total is None else f"{done} of {total}"
            err.print(Text(f"{task}: {amount}{'  ' + note if note else ''}"))

    def tell(self, note: str) -> None:
        """Writes a note on standard error."""
        complain(note, kind="note")

    def interrupted(self, going_on: str) -> None:
        """Says at Ctrl-C what goes on all the same; nothing where nothing was begun yet."""
        if self._doing:
            complain(going_on, kind="note")


def _bars() -> Progress:
    from rich import progress  # noqa: PLC0415 - see print_table

    return progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=24),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
        progress.TextColumn("{task.fields[note]}"),
        console=err,
        transient=True,
    )
