"""The verbs that bring captures together: ingest, merge, join."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from crawler import console
from crawler.cli.app import (
    DEFAULT_PACKAGE,
    EngineOption,
    JsonOption,
    LogOption,
    PackageOption,
    QuietOption,
    SeedsOption,
    app,
    leave,
)
from crawler.cli.hooks import HookOptions, HooksOption, NotifyOption, OnChangeOption, OnRunOption
from crawler.cli.outcome import carry_out
from crawler.console import LogFormat
from crawler.errors import ExitCode, UsageError


class _BareSeeds(TyperCommand):
    """A command whose option --seeds may stand without a folder: all seeds that are known are meant then."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        told = [
            "--every-seed" if arg == "--seeds" and (not after or after.startswith("-")) else arg
            for arg, after in zip(args, [*args[1:], ""], strict=True)
        ]
        return super().parse_args(ctx, told)


@app.command(cls=_BareSeeds)
def ingest(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="WARC, ARC or WACZ files made by any tool, or folders of such."),
    ],
    seed: Annotated[
        str | None,
        typer.Option("--seed", metavar="ID", help="The source whose captures are taken in, or a country of sources."),
    ] = None,
    every: Annotated[bool, typer.Option("--every-seed", hidden=True)] = False,
    package: PackageOption = DEFAULT_PACKAGE,
    own: SeedsOption = None,
    engine: EngineOption = "processes",
    on_change: OnChangeOption = None,
    notify: NotifyOption = None,
    on_run: OnRunOption = None,
    hooks: HooksOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Take captures made by other tools into the package, and read them like our own.

    \b
    Examples:
      ministry-news ingest browsertrix.wacz heritrix.warc.gz --seed uz.eco
      ministry-news ingest folder/of/warcs --seeds
      ministry-news ingest portal.warc.gz --seeds my/seeds

    With --seeds in place of --seed each capture goes to the source that owns its address: of all that are known, or
    of those in your folder. What none owns is told as "of other sources". An ingest that was interrupted is run again:
    what was taken is known then.
    """
    from crawler.app import ingest as taking

    if not (seed or every or own):
        raise UsageError("ingest needs --seed ID, or --seeds for all sources that are known")
    carry_out(
        lambda display: taking.ingest(files, seed, package, show=display, folders=own or (), engine=engine),
        package,
        HookOptions(on_change, notify, on_run, hooks),
        verb="ingest",
        as_json=as_json,
        quiet=quiet,
    )


@app.command()
def merge(
    packages: Annotated[list[Path], typer.Argument(metavar="PACKAGE...", help="Packages, which stay as they are.")],
    package: PackageOption = DEFAULT_PACKAGE,
    on_change: OnChangeOption = None,
    notify: NotifyOption = None,
    on_run: OnRunOption = None,
    hooks: HooksOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Join packages into one: its captures are theirs, and its tables those that one crawl would have given.

    \b
    Examples:
      ministry-news merge part1 part2 part3 --package world

    So the work of many machines, each with crawl --shard, becomes one package; it may be done again whenever they have
    more, and a merge that was interrupted is run again. A file that two packages have with different bytes is a
    conflict, and nothing is taken; where they have different seeds for one source, that of the newest run is taken.
    """
    from crawler.app import merge as joining

    carry_out(
        lambda display: joining.merge(packages, package, show=display),
        package,
        HookOptions(on_change, notify, on_run, hooks),
        verb="merge",
        as_json=as_json,
        quiet=quiet,
    )


@app.command()
def join(
    package: PackageOption = DEFAULT_PACKAGE,
    until: Annotated[
        str,
        typer.Option("--until", metavar="MONTH", help="The last month to join (2026-10); default: the one that ended."),
    ] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="ID", help="Only this source (uz.eco), or country (uz).")
    ] = "",
    max_size: Annotated[
        int, typer.Option("--max-size", metavar="MB", min=1, help="How large a joined file may become.")
    ] = 1024,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many files would become how many, and change nothing.")
    ] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Join WARC files of months that are over into one for each source and month, so that an archive stays small in
    files however often it is crawled.

    \b
    Examples:
      ministry-news join --dry-run
      ministry-news join --package datapackage
      ministry-news join --source uz --until 2026-06 --max-size 500

    Each crawl leaves a file; a source that is crawled every hour has 8,760 a year, and 12 when they are joined. (Others
    call such a file a megawarc.) The records stand in it as they were, byte for byte, and any WARC tool reads them;
    before them it lists the files that it was made of with their SHA-256, so that copies elsewhere can still be
    checked. Tables and indexes are published anew with the new places, in one step, and nothing else in them changes.
    The old files go only then, each after a comparison with what the new one holds; until then there has to be room
    for both. A join that was interrupted is finished by the next command, or run again; joining twice changes nothing.
    Files of the month that runs, and files that other programs wrote into archive/, are left alone.
    """
    from crawler.app import join as joining

    with console.Display(quiet=quiet or as_json) as display:
        summary = joining.join(
            package, until=until, source=source, largest=max_size << 20, dry_run=dry_run, show=display
        )
    if as_json:
        console.print_json(summary.as_dict())
    for line in () if as_json else summary.lines():
        console.say(line)
    leave(ExitCode.OK)
