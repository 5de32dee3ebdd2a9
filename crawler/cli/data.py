"""The verbs that work on a package: extract, build, doctor, withdraw."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import console
from crawler.cli.app import (
    DEFAULT_PACKAGE,
    EngineOption,
    JsonOption,
    LogOption,
    PackageOption,
    QuietOption,
    app,
    leave,
)
from crawler.cli.hooks import HookOptions, HooksOption, NotifyOption, OnChangeOption, OnRunOption, followed
from crawler.cli.outcome import carry_out
from crawler.console import LogFormat
from crawler.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from crawler.app.summary import Summary


class Foreign(StrEnum):
    """What becomes of a publication that another installation began and did not finish."""

    FINISH = "finish"
    DISCARD = "discard"


WorkersOption = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="Processes; default: one per core.")
]


@app.command()
def extract(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="One HTML page to read; - for standard input.")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="The address the page was taken from.")
    ] = None,
    seed: Annotated[str | None, typer.Option("--seed", metavar="ID", help="Read the page as this source's.")] = None,
    captured: Annotated[
        str | None,
        typer.Option("--captured", metavar="TIME", help="When the page was taken, in RFC 3339; default: now."),
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar="ID", help="Of a package: only this source (uz.eco), or country (uz).")
    ] = "",
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar="DATE", formats=["%Y-%m-%d"], help="Of a package: captured DATE or later."),
    ] = None,
    package: PackageOption = DEFAULT_PACKAGE,
    workers: WorkersOption = None,
    engine: EngineOption = "processes",
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Read one page and print its record as JSON, or read captures of a package again.

    Of a package nothing is published: what was read is counted, and waits for the next build, which reads only the
    rest. So a new rule is tried on a part first, and a large archive is read in parts.

    \b
    Examples:
      ministry-news extract --url https://gov.uz/ru/eco/news/view/1 page.html
      curl -s https://gov.uz/ru/eco/news/view/1 | ministry-news extract --url https://gov.uz/ru/eco/news/view/1 -
      ministry-news extract --package datapackage
      ministry-news extract --package datapackage --source uz.eco --since 2026-11-01
    """
    from crawler.app import commands
    from crawler.app.show import inspect

    if file is not None:
        if source or since:
            raise UsageError("--source and --since are of a package; extract FILE reads one page")
        if url is None:
            raise UsageError("extract FILE needs --url: relative links and the site's rules depend on it")
        moment = _moment(captured) if captured else datetime.now(UTC)
        record = inspect.record_as_dict(inspect.extract_page(file, url, seed, moment))
        console.print_json(record)
        leave(ExitCode.INVALID if "rejection" in record else ExitCode.OK)
    with console.Display(quiet=quiet or as_json) as display:
        counts = commands.extract(
            package,
            workers=workers,
            engine=engine,
            source=source,
            since=since.date() if since else None,
            show=display,
        )
    console.print_json(counts) if as_json else console.print_mapping(counts)


def _moment(text: str) -> datetime:
    """The moment of --captured; UTC where it has no offset, as WARC-Date is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--captured: {text!r} is no time such as 2026-03-12T10:00:00+05:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@app.command()
def build(
    package: PackageOption = DEFAULT_PACKAGE,
    full: Annotated[bool, typer.Option("--full", help="Rebuild every table from the archive.")] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="GATE", help="Publish although this gate refuses: you have looked at why."),
    ] = None,
    source: Annotated[
        str,
        typer.Option("--source", metavar="ID", help="Publish news of this source (uz.eco) or country (uz) only."),
    ] = "",
    workers: WorkersOption = None,
    engine: EngineOption = "processes",
    on_change: OnChangeOption = None,
    notify: NotifyOption = None,
    on_run: OnRunOption = None,
    hooks: HooksOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Build the tables and the descriptor from the WARC files, and publish them in one step.

    \b
    Example:
      ministry-news build --package datapackage --full
      ministry-news build --package /shared/uz-news --full --engine dask:tcp://10.0.0.5:8786
    """
    from crawler.app import commands

    carry_out(
        lambda display: commands.build(
            package, full=full, workers=workers, engine=engine, accept=accept or (), source=source, show=display
        ),
        package,
        HookOptions(on_change, notify, on_run, hooks),
        verb="build",
        as_json=as_json,
        quiet=quiet,
    )


@app.command()
def doctor(
    package: PackageOption = DEFAULT_PACKAGE,
    foreign: Annotated[
        Foreign | None,
        typer.Option(
            "--foreign-publication",
            help="What becomes of a publication that another installation began and did not finish.",
        ),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make all tables again from the archive, and put in place what differs.")
    ] = False,
    as_json: JsonOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Find what a killed run or a bad disk left behind, say it, and repair it. Nothing is ever deleted silently.

    Torn files are cut at their last whole record, captures that wait are built upon, files that no version names move
    to .work/damaged. Damaged WARC records are told as lost, and tables that differ from what was published, which the
    archive gives back with --rebuild. Exit code 5 when something is left to mend.

    \b
    Examples:
      ministry-news doctor --package datapackage
      ministry-news doctor --package datapackage --rebuild
    """
    from crawler.app import commands

    with console.Display(quiet=True) as display:
        found = commands.doctor(package, foreign=foreign.value if foreign else "", rebuild=rebuild, show=display)
    if as_json:
        console.print_json(found)
    else:
        for line in found["done"]:
            console.say(f"repaired   {line}")
        for line in found["set_aside"]:
            console.say(f"set aside  {line}")
        for line in found["problems"]:
            console.complain(line)
        for line in found["hints"]:
            console.say(f"hint       {line}")
        if not any(found.values()):
            console.say("nothing to repair")
    leave(ExitCode.INVALID if found["problems"] else ExitCode.OK)


@app.command()
def withdraw(
    article: Annotated[
        str, typer.Argument(metavar="ID", help="An article's id, the beginning of one, or its address.")
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in words that may be published.")],
    story: Annotated[bool, typer.Option("--story", help="Take out all its language versions.")] = False,
    package: PackageOption = DEFAULT_PACKAGE,
    on_change: OnChangeOption = None,
    notify: NotifyOption = None,
    on_run: OnRunOption = None,
    hooks: HooksOption = None,
) -> None:
    """Take an article's words out of the package on request: a tombstone stays, the major version rises.

    \b
    Example:
      ministry-news withdraw 3f2a9c --reason "asked for by the person named in it"
    """
    from crawler.app.withdraw_words import withdraw as take_out

    lines: list[str] = []

    def work() -> Summary:
        done = take_out(package, article, reason, story=story)
        lines.extend(done.lines)
        return done.summary

    summary = followed(
        work,
        package,
        HookOptions(on_change, notify, on_run, hooks),
        verb="withdraw",
        tell=lambda note: console.complain(note, kind="note"),
    )
    for line in lines:
        console.say(line)
    for line in summary.hooks:
        console.complain(line, kind="warning")
    leave(summary.exit_code)
