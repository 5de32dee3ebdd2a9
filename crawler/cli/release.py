"""The verb that freezes a version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler import console
from crawler.cli.app import FolderArgument, FolderOption, JsonOption, LogOption, QuietOption, app, attend
from crawler.cli.folders import outside, the_package
from crawler.console import LogFormat


@app.command()
def release(
    folder: FolderArgument = None,
    package: FolderOption = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder in which releases stand.")
    ] = Path("releases"),
    since: Annotated[
        Path | None,
        typer.Option(
            "--since", metavar="DIR", help="The release before; default: the newest of this package in the same folder."
        ),
    ] = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Freeze the version that stands: checked, in a folder that can be cited and deposited.

    `validate --full` is run first, and a package that is not valid is not released. The folder then has package.wacz,
    every table as Parquet, README, LICENSE, CITATION.cff, notes of what was added, edited and withdrawn since the
    release before, datacite.json, zenodo.json and SHA256SUMS. It is written whole or not at all, and never again.

    \b
    Examples:
      ministry-news release uz-news
      ministry-news release uz-news --output /srv/releases --since /srv/releases/uz-news-2.20261031.4
    """
    from crawler.app.release.make import make_release

    its = the_package(folder, package)
    outside(its, output)
    attend(its)
    with console.Display(quiet=quiet or as_json) as display:
        made = make_release(its, output, since=since, progress=display.update)
    told = made.as_dict()
    if as_json:
        console.print_json(told)
        return
    console.say(f"release   {made.release.folder}: {len(made.files)} files, {told['bytes']:,} bytes")
    if made.changes is not None:
        words = ", ".join(f"{made.changes.total(kind)} {word}" for kind, word in made.changes.told_kinds())
        console.say(f"changes   since {made.release.since or 'the beginning'}: {words}")
