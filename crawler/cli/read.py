"""The verbs for readers: list, search, show, serve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler import console
from crawler.cli.app import DEFAULT_PACKAGE, AtOption, FolderArgument, FolderOption, PackageOption, app, attend, leave
from crawler.cli.folders import id_and_folder, the_package
from crawler.errors import ExitCode, UsageError


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"


SourceOption = Annotated[str | None, typer.Option("--source", metavar="ID", help="A source (uz.eco) or country (uz).")]
LanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="TAG", help="uz-Latn, or uz for all scripts.")
]
SinceOption = Annotated[
    datetime | None, typer.Option("--since", metavar="DATE", formats=["%Y-%m-%d"], help="Published DATE or later.")
]
StatusOption = Annotated[str | None, typer.Option("--status", metavar="STATUS", help="live or withdrawn.")]


@app.command("list")
def list_(
    source: SourceOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    status: StatusOption = None,
    package: PackageOption = DEFAULT_PACKAGE,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """List articles, the newest first.

    \b
    Examples:
      ministry-news list --source uz.eco --since 2026-11-01
      ministry-news list --language ru --status withdrawn --json
    """
    from crawler.app.show import articles

    attend(package)
    wanted = articles.Wanted(source, language, since.date() if since else None, status)
    _tell("Articles", articles.list_articles(package, wanted), as_json=as_json)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help='All must be there; "two words" as one.')],
    source: SourceOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    status: StatusOption = None,
    package: PackageOption = DEFAULT_PACKAGE,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array, with an excerpt of each.")] = False,
) -> None:
    """Find articles by words of their title or text; parts of words count. Exit code 8 when there is none.

    \b
    Examples:
      ministry-news search water canal
      ministry-news search "suv ombori" --language uz --since 2026-01-01
    """
    from crawler.app.show import articles

    attend(package)
    wanted = articles.Wanted(source, language, since.date() if since else None, status)
    found = articles.search(package, words, wanted)
    _tell("Found", found, as_json=as_json)
    if not found:
        console.complain("no article has all of these words", kind="note")
        leave(ExitCode.NOT_FOUND)


def _tell(title: str, found: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    from crawler.app.show import articles

    if as_json:
        console.print_json(found)
    else:
        console.print_table(title, articles.COLUMNS, articles.lines(found))


@app.command()
def show(
    article: Annotated[
        str, typer.Argument(metavar="ID", help="An article's id, the beginning of one, or its address.")
    ],
    folder: FolderArgument = None,
    package: FolderOption = None,
    form: Annotated[
        Form, typer.Option("--format", help="text: title, date / category, paragraphs. json: the row.")
    ] = Form.TEXT,
    explain: Annotated[
        bool, typer.Option("--explain", help="For each field the candidates and the choice, for each line its label.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="With --explain: a page that shows the lines in colours.")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="What changed from each older wording to the next.")] = False,
    at: AtOption = None,
) -> None:
    """Print one article.

    \b
    Examples:
      ministry-news show 3f2a9c --format text
      ministry-news show 3f2a9c downloads/uz-news
      ministry-news show https://gov.uz/ru/eco/news/view/223001 --format json
      ministry-news show 3f2a9c --explain
      ministry-news show 3f2a9c --at 2026-11-24
    """
    from crawler.app.show import inspect, past_wording

    article, folder = id_and_folder(article, folder)
    root = the_package(folder, package)
    if at and (explain or diff):
        raise UsageError("--at shows one wording: it goes with neither --explain nor --diff")
    attend(root)
    columns = ["field", "chosen", "source", "value", "raw", "why"]
    if at:
        row = past_wording.show_at(root, article, past_wording.moment_of(at))
        if form is Form.JSON:
            console.print_json(row)
        else:
            console.say(f"{past_wording.heading(row)}\n{inspect.as_text(row)}")
    elif explain and html:
        inspect.explain_html(root, article, html)
    elif explain and form is Form.JSON:
        console.print_json([dict(zip(columns, line, strict=True)) for line in inspect.explain(root, article)])
    elif explain:
        console.print_table("Candidates", columns, inspect.explain(root, article))
    elif diff and form is Form.JSON:
        console.print_json([line for _, line in inspect.differences(root, article)])
    elif diff:
        for kind, line in list(inspect.differences(root, article)) or [("", "There is no earlier wording.")]:
            console.say(line, style={"+": "green", "-": "red", "@": "cyan"}.get(kind))
    elif form is Form.JSON:
        console.print_json(inspect.show(root, article))
    else:
        console.say(inspect.as_text(inspect.show(root, article)))


@app.command()
def serve(
    folder: FolderArgument = None,
    package: FolderOption = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Default 8432; 0: any free one.")
    ] = None,
    replay: Annotated[
        bool,
        typer.Option("--replay", help="Also in ReplayWeb.page, where scripts of archived pages run; on the next port."),
    ] = False,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="With --replay: get ReplayWeb.page from the npm registry, once.")
    ] = False,
) -> None:
    """Show the archive in a browser of this machine: the articles, and their snapshots as they looked.

    Snapshots are shown without their scripts. --replay shows them with scripts too, in ReplayWeb.page (of the
    Webrecorder project, AGPL-3.0-or-later; no part of this program), on an origin of its own that reaches no other
    host.

    \b
    Examples:
      ministry-news serve downloads/uz-news
      ministry-news serve downloads/uz-news --replay --fetch
    """
    from crawler.app.show.browse import browse

    root = the_package(folder, package)
    if fetch and not replay:
        raise UsageError("--fetch goes with --replay")
    attend(root)
    browse(root, port, console.say, replay=replay, fetch=fetch)
