"""The verb that writes a package in another form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler import console
from crawler.cli.app import DEFAULT_PACKAGE, AtOption, LogOption, PackageOption, app, attend
from crawler.cli.folders import outside
from crawler.console import LogFormat
from crawler.errors import UsageError


@app.command()
def export(
    format_: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="wacz, parquet (into a folder: with Croissant, RO-Crate, DCAT-AP and a Hugging Face card), sqlite, "
            "csv (for spreadsheets) or explorer (the page alone, to be put on the web).",
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file to write, or a folder: DIR/; - for standard output."
        ),
    ],
    package: PackageOption = DEFAULT_PACKAGE,
    at: AtOption = None,
    log_format: LogOption = LogFormat.TEXT,
) -> None:
    """Write the package in another form.

    \b
    Examples:
      ministry-news export wacz --output uz-news.wacz
      ministry-news export parquet --output parquet/      # all tables; a file: articles alone
      ministry-news export sqlite --output news/          # news.db, and metadata.json for Datasette
      ministry-news export explorer --output site/
      ministry-news export csv --at 2026-03-01 --output then.csv
      ministry-news export csv --output - | head
    """
    from crawler.app import export_files
    from crawler.app.show import past_wording

    moment = past_wording.moment_of(at) if at else None
    if output == "-":
        if console.out.is_terminal and format_ != "csv":
            raise UsageError(f"{format_} is not for a terminal: lead it elsewhere, or name a file with --output")
        attend(package)
        console.print_bytes(lambda out: export_files.export_stream(format_, package, out, at=moment))
        return
    outside(package, Path(output))
    attend(package)
    written = export_files.export(format_, package, Path(output), is_folder=output.endswith("/"), at=moment)
    console.say(f"wrote {output} ({written:,} bytes)")
