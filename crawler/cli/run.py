"""The verbs that fetch: crawl, demo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

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
)
from crawler.cli.folders import outside
from crawler.cli.hooks import HookOptions, HooksOption, NotifyOption, OnChangeOption, OnRunOption
from crawler.cli.outcome import carry_out, finish
from crawler.console import LogFormat

ReportOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--report",
        "--summary",
        metavar="FILE",
        help="Write what was done: JSON if FILE ends in .json, else Markdown, appended. May be given twice; "
        "$GITHUB_STEP_SUMMARY is appended to when set.",
    ),
]


@app.command()
def crawl(
    seeds: Annotated[
        list[str], typer.Argument(metavar="SEED...", help="An id (uz.eco), a country (uz), a seed file or a folder.")
    ],
    package: PackageOption = DEFAULT_PACKAGE,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most N new articles of each source.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Ask for every known article again, due or not.")] = False,
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar="DATE", formats=["%Y-%m-%d"], help="Only what a listing dates DATE or later."),
    ] = None,
    replay: Annotated[
        list[Path] | None,
        typer.Option("--replay", metavar="FILE", help="Answer from these WARC files instead of the network."),
    ] = None,
    own: SeedsOption = None,
    at_once: Annotated[
        int,
        typer.Option("--sources-at-once", metavar="N", min=1, help="At most N sources are under way at a time."),
    ] = 50,
    shard: Annotated[
        str, typer.Option("--shard", metavar="K/N", help="Only the sources of part K of N, by host: see below.")
    ] = "",
    engine: EngineOption = "processes",
    on_change: OnChangeOption = None,
    notify: NotifyOption = None,
    on_run: OnRunOption = None,
    hooks: HooksOption = None,
    report: ReportOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Crawl sources, extract, build and validate: the main job.

    Only what is new, changed or due is fetched; run it as often as you like.

    \b
    Examples:
      ministry-news crawl uz.eco --limit 50
      ministry-news crawl uz --package /srv/uz-news
      ministry-news crawl my/seeds/kz/ecogeo.toml --full
      ministry-news crawl kz --seeds my/seeds
      ministry-news crawl uz kz --shard 3/16 --package part3
      ministry-news crawl uz --on-change ./publish.sh --notify https://hooks.example/alarm

    Several machines share the work with --shard, each with a package of its own: a source belongs to the part that the
    SHA-256 of the host of its homepage tells, the same everywhere, so no two machines ask one host.

    Ids are looked for in the catalogue of the program, in your own folders (--seeds, the variable MINISTRY_NEWS_SEEDS,
    or seeds in ministry-news.toml in the working folder), and in the package.
    """
    from crawler.app import commands
    from crawler.seeds.shards import Shard

    outside(package, *(report or ()))
    part = Shard.parse(shard) if shard else None
    carry_out(
        lambda display: commands.crawl(
            seeds,
            package,
            folders=own or (),
            limit=limit,
            full=full,
            since=since.date() if since else None,
            replay=replay,
            show=display,
            at_once=at_once,
            shard=part,
            engine=engine,
        ),
        package,
        HookOptions(on_change, notify, on_run, hooks),
        verb="crawl",
        as_json=as_json,
        quiet=quiet,
        report=report or (),
    )


@app.command()
def demo(
    package: PackageOption = DEFAULT_PACKAGE,
    runs: Annotated[
        int, typer.Option("--runs", metavar="N", min=1, max=9, help="Crawl N times; the site ages in between.")
    ] = 1,
    port: Annotated[
        int | None, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Port of the demo site.")
    ] = None,
    report: ReportOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Do the main job on the embedded demo ministry: nothing leaves this machine.

    \b
    Examples:
      ministry-news demo
      ministry-news demo --runs 2 --package my-demo
    """
    from crawler.app import commands

    outside(package, *(report or ()))
    with console.Display(quiet=quiet or as_json) as display:
        result = commands.demo(package, runs=runs, port=port, show=display)
    finish(result, as_json=as_json, report=report or ())
