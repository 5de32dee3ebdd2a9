"""The verbs on seeds: list, check, show."""

from __future__ import annotations

from typing import Annotated

import typer

from crawler import console
from crawler.cli.app import app

seeds_app = typer.Typer(help="The sources that can be crawled.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(seeds_app, name="seeds")


@seeds_app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """List the known sources. Example: ministry-news seeds list"""
    from crawler.seeds import all_seeds

    rows = [
        {
            "id": seed.id,
            "platform": seed.platform,
            "homepage": seed.homepage,
            "title": seed.title.get("en") or next(iter(seed.title.values())),
        }
        for seed in all_seeds()
    ]
    if as_json:
        console.print_json(rows)
    else:
        console.print_table("Seeds", ["id", "platform", "homepage", "title"], [list(row.values()) for row in rows])


@seeds_app.command()
def check(seeds: Annotated[list[str] | None, typer.Argument(metavar="[SEED...]")] = None) -> None:
    """Check seed files: every key, type, selector and zone. Example: ministry-news seeds check my/kz/ecogeo.toml"""
    from crawler.seeds import all_seeds, find_seeds

    found = find_seeds(seeds) if seeds else all_seeds()
    console.say(f"{len(found)} seed{'s are' if len(found) != 1 else ' is'} right")


@seeds_app.command("show")
def show_(seed: Annotated[str, typer.Argument(metavar="SEED")]) -> None:
    """Print a seed file. Example: ministry-news seeds show uz.eco"""
    from crawler.seeds import find_seeds

    for found in find_seeds([seed]):
        console.say(found.toml.rstrip("\n"))
