"""The verbs on seeds: list, check, show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler import console
from crawler.cli.app import SeedsOption, app, leave
from crawler.errors import ExitCode

seeds_app = typer.Typer(help="The sources that can be crawled.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(seeds_app, name="seeds")


@seeds_app.command("list")
def list_(own: SeedsOption = None, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """List the known sources. Example: ministry-news seeds list"""
    from crawler.seeds import all_seeds, catalogue

    rows = [
        {
            "id": seed.id,
            "platform": seed.platform,
            "homepage": seed.homepage,
            "title": seed.title.get("en") or next(iter(seed.title.values())),
        }
        for seed in all_seeds(catalogue(own or ()), tell=_note)
    ]
    if as_json:
        console.print_json(rows)
    else:
        console.print_table("Seeds", ["id", "platform", "homepage", "title"], [list(row.values()) for row in rows])


@seeds_app.command()
def check(
    seeds: Annotated[list[str] | None, typer.Argument(metavar="[SEED...]", help="Ids, files or folders.")] = None,
    own: SeedsOption = None,
) -> None:
    """Check seed files: every key, type, selector and zone, and what cannot work as it is meant. Exit code 3 if any.

    \b
    Example:
      ministry-news seeds check my/seeds
    """
    from crawler.app.seed_check import seed_problems
    from crawler.seeds import all_seeds, catalogue, find_seeds

    where = catalogue(own or ())
    found = find_seeds(seeds, where, tell=_note) if seeds else all_seeds(where, tell=_note)
    problems = [f"{seed.id}: {problem}" for seed in found for problem in seed_problems(seed)]
    for problem in problems:
        console.complain(problem)
    if problems:
        leave(ExitCode.BAD_SEED)
    console.say(f"{len(found)} seed{'s are' if len(found) != 1 else ' is'} right")


@seeds_app.command("show")
def show_(seed: Annotated[str, typer.Argument(metavar="SEED")], own: SeedsOption = None) -> None:
    """Print a seed file. Example: ministry-news seeds show uz.eco"""
    from crawler.seeds import catalogue, find_seeds

    for found in find_seeds([seed], catalogue(own or ())):
        console.say(found.toml.rstrip("\n"))


@seeds_app.command()
def new(
    url: Annotated[str, typer.Argument(metavar="URL", help="The home page of a site, or its page of news.")],
    seed_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="<country>.<slug>; default: from URL.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: seeds/<country>/<slug>.toml here.")
    ] = None,
    own: SeedsOption = None,
) -> None:
    """Look at a site and write a seed for it: robots.txt first, one request a second, forty pages at most.

    Feeds, sitemaps, WordPress REST and lists of headlines are looked for; the best is tried on three articles. Exit
    code 0, or 4 when none of them could be read: the seed then says what is missing.

    \b
    Example:
      ministry-news seeds new https://ministry.example/ --id xx.rivers
    """
    from crawler.app.new_seed import file_for, new_seed, write_seed

    target = file_for(url, seed_id, output, own or ())
    proposal = new_seed(url, seed_id, tell=console.say)
    write_seed(target, proposal)
    console.say(f"wrote      {target}")
    for words in proposal.missing:
        console.complain(words, kind="missing")
    if not proposal.works:
        leave(ExitCode.INCOMPLETE)
    console.say(f"next       ministry-news crawl {target} --limit 20")


def _note(words: str) -> None:
    console.complain(words, kind="note")
