"""The verb that freezes a version."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import console
from crawler.cli.app import FolderArgument, FolderOption, JsonOption, LogOption, QuietOption, app, attend
from crawler.cli.folders import outside, the_package
from crawler.console import LogFormat
from crawler.errors import UsageError

if TYPE_CHECKING:
    from crawler.app.release.deposit import Draft
    from crawler.app.release.make import Made
    from crawler.app.release.zenodo_api import Api


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
    zenodo: Annotated[
        bool, typer.Option("--zenodo", help="Also make a draft at Zenodo; the token is in ZENODO_TOKEN.")
    ] = False,
    address: Annotated[
        str, typer.Option("--zenodo-url", metavar="URL", help="Another Zenodo: https://sandbox.zenodo.org, to try it.")
    ] = "https://zenodo.org",
    version_of: Annotated[
        int | None,
        typer.Option(
            "--zenodo-version-of", metavar="NUMBER", help="The draft is the next version of this record of yours."
        ),
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--deposit", metavar="DIR", help="With --zenodo: this release, which was written earlier."),
    ] = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Freeze the version that stands: checked, in a folder that can be cited and deposited.

    `validate --full` is run first, and a package that is not valid is not released. The folder then has package.wacz,
    every table as Parquet, README, LICENSE, CITATION.cff, notes of what was added, edited and withdrawn since the
    release before, metadata (DataCite, Zenodo, RO-Crate, Croissant) and SHA256SUMS. It is written whole or not at all,
    and never again.

    --zenodo sends every file to a draft and compares the checksums. Cut short, it is called again and goes on. It never
    publishes: look at the draft, and publish it there.

    \b
    Examples:
      ministry-news release uz-news
      ministry-news release uz-news --output /srv/releases --since /srv/releases/uz-news-2.20261031.4
      ministry-news release uz-news --zenodo --zenodo-url https://sandbox.zenodo.org
      ministry-news release --zenodo --deposit releases/uz-news-2.20261128.3
    """
    from crawler.app.release.make import folder_of, made_before, make_release
    from crawler.app.release.zenodo_api import Api

    if (earlier or version_of) and not zenodo:
        raise UsageError("--deposit and --zenodo-version-of go with --zenodo")
    its = the_package(folder, package)
    api = Api(address, os.environ.get("ZENODO_TOKEN", "")) if zenodo else None

    def made_of(progress: Callable[..., None]) -> Made:
        if earlier:
            return made_before(earlier)
        outside(its, output)
        attend(its)
        if api and its.exists() and folder_of(its, output).exists():  # its upload goes on
            return made_before(folder_of(its, output))
        return make_release(its, output, since=since, progress=progress)

    with console.Display(quiet=quiet or as_json) as display:
        made = made_of(display.update)
        if not as_json:
            _say(made)
        draft = _deposited(made, api, version_of, display) if api else None
    if as_json:
        console.print_json({**made.as_dict(), "zenodo": asdict(draft) if draft else None})
    elif draft:
        doi = f", DOI {draft.doi} when it is published" if draft.doi else ""
        console.say(f"zenodo    {draft.page}: a draft, {draft.sent} files sent, {draft.kept} were there{doi}")


def _deposited(made: Made, api: Api, version_of: int | None, display: console.Display) -> Draft:
    from crawler.app.release.deposit import deposit

    return deposit(made, api, version_of=version_of, tell=display.tell, progress=display.update)


def _say(made: Made) -> None:
    size = sum(one.bytes for one in made.files)
    console.say(f"release   {made.release.folder}: {len(made.files)} files, {size:,} bytes")
    if made.changes is not None:
        words = ", ".join(f"{made.changes.total(kind)} {word}" for kind, word in made.changes.told_kinds())
        console.say(f"changes   since {made.release.since or 'the beginning'}: {words}")
