"""The verbs for readers: show."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from crawler import console
from crawler.cli.app import DEFAULT_PACKAGE, PackageOption, app, attend


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"


@app.command()
def show(
    article: Annotated[
        str, typer.Argument(metavar="ID", help="An article's id, the beginning of one, or its address.")
    ],
    package: PackageOption = DEFAULT_PACKAGE,
    form: Annotated[
        Form, typer.Option("--format", help="text: title, date / category, paragraphs. json: the row.")
    ] = Form.TEXT,
    explain: Annotated[bool, typer.Option("--explain", help="For each field: the candidates and the choice.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="What changed from each older wording to the next.")] = False,
) -> None:
    """Print one article.

    \b
    Examples:
      ministry-news show 3f2a9c --format text
      ministry-news show https://gov.uz/ru/eco/news/view/223001 --format json
      ministry-news show 3f2a9c --explain
    """
    from crawler.app import inspect

    attend(package)
    columns = ["field", "chosen", "source", "value", "raw", "why"]
    if explain and form is Form.JSON:
        console.print_json([dict(zip(columns, line, strict=True)) for line in inspect.explain(package, article)])
    elif explain:
        console.print_table("Candidates", columns, inspect.explain(package, article))
    elif diff and form is Form.JSON:
        console.print_json([line for _, line in inspect.differences(package, article)])
    elif diff:
        for kind, line in inspect.differences(package, article):
            console.say(line, style={"+": "green", "-": "red", "@": "cyan"}.get(kind))
    elif form is Form.JSON:
        console.print_json(inspect.show(package, article))
    else:
        console.say(inspect.as_text(inspect.show(package, article)))


@app.command()
def serve(
    package: PackageOption = DEFAULT_PACKAGE,
    port: Annotated[
        int | None, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Default 8432; 0: any free one.")
    ] = None,
) -> None:
    """Show the archive in a browser of this machine: the articles, and their snapshots as they looked.

    \b
    Example:
      ministry-news serve --package datapackage
    """
    from crawler.app import inspect

    attend(package)
    inspect.browse(package, port, lambda url: console.say(f"{url}  (Ctrl-C ends)"))
