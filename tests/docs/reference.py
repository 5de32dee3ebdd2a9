"""The pages of docs/reference: commands from the program itself, seeds and tables from their schemas.

python tests/docs/reference.py            # names the pages that are not current
python tests/docs/reference.py --write    # writes them"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP)]

import typer

from crawler.cli import app
from crawler.errors import ExitCode
from crawler.package.tables.tables import tables

FOLDER = TOP / "docs" / "reference"
NOTE = "<!-- written by tests/docs/reference.py --write -->\n"


def pages() -> dict[str, str]:
    """The content of each page, by its name."""
    return {"cli.md": cli(), "seed.md": seed(), "tables.md": table_pages()}


def cell(text: object) -> str:
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def code(text: object) -> str:
    words = " ".join(str(text).split()).replace("|", "\\|")
    return f"``{words}``" if "`" in words else f"`{words}`"


# ---------------------------------------------------------------- commands


def cli() -> str:
    lines = ["# Commands", "", NOTE, "`ministry-news VERB --help` says the same.", ""]
    lines += ["## Exit codes", "", "| code | name | |", "|---:|---|---|"]
    told = _comments(inspect.getsource(ExitCode))
    lines += [f"| {code_.value} | {code_.name} | {cell(told.get(code_.name, ''))} |" for code_ in ExitCode]
    for name, command in _commands(typer.main.get_command(app), ""):
        lines += ["", f"## {name}", "", *_command(name, command)]
    return "\n".join(lines) + "\n"


def _comments(source: str) -> dict[str, str]:
    """The comment behind each member of an enum."""
    pairs = (line.partition("#") for line in source.splitlines() if " = " in line)
    return {before.split("=")[0].strip(): after.strip() for before, _, after in pairs}


def _commands(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        elif not command.hidden:
            yield f"{before}{name}", command


def _command(name: str, command: Any) -> Iterator[str]:
    context = command.context_class(command, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```\nministry-news {name} {usage}\n```\n"
    yield from _help(inspect.cleandoc(command.help or ""))
    records = [(p, p.get_help_record(context)) for p in command.params if not getattr(p, "hidden", False)]
    rows = [(p, record) for p, record in records if record]
    if rows:
        yield from ("", "| argument or option | |", "|---|---|")
        yield from (f"| {code(record[0])} | {cell(record[1])} |" for _, record in rows)


def _help(text: str) -> Iterator[str]:
    """Help with its blocks (\\b) as code."""
    for block in text.split("\n\n"):
        kept = block.startswith("\b")
        lines = block.removeprefix("\b\n").splitlines()
        if kept and len(lines) > 1:
            yield from (
                f"{lines[0]}\n",
                "```",
                *(inspect.cleandoc("\n".join(["", *lines[1:]])).splitlines()),
                "```",
                "",
            )
        else:
            yield cell(" ".join(lines)) + "\n"


# ---------------------------------------------------------------- seeds


def seed() -> str:
    schema = json.loads((TOP / "schema" / "seed.schema.json").read_text("utf-8"))
    lines = ["# Seeds", "", NOTE, schema["description"], ""]
    lines += ["How to write one is in `seeds/README.md`; `ministry-news seeds check` finds what is wrong in one.", ""]
    lines += ["## Top of the file", "", *_keys(schema)]
    for name, its in schema["properties"].items():
        inner = its.get("items", its)
        if "properties" in inner:
            lines += _section(f"[[{name}]]" if its.get("type") == "array" else f"[{name}]", inner)
    return "\n".join(lines) + "\n"


def _section(title: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"## {title}", "", cell(schema.get("description", "")), "", *_keys(schema))
    for name, its in schema["properties"].items():
        if "properties" in its:
            yield from _section(f"[{title.strip('[]')}.{name}]", its)


def _keys(schema: Mapping[str, Any]) -> Iterator[str]:
    required = schema.get("required", ())
    yield from ("| key | type | |", "|---|---|---|")
    for name, its in schema["properties"].items():
        must = " **Required.**" if name in required else ""
        yield f"| `{name}` | {cell(_type(its))} | {cell(its.get('description', ''))}{must} |"


def _type(its: Mapping[str, Any]) -> str:
    if "enum" in its:
        return ", ".join(map(str, its["enum"]))
    kind = its.get("type", "any")
    kind = " or ".join(kind) if isinstance(kind, list) else kind
    if kind == "array":
        return f"array of {_type(its.get('items', {}))}"
    bounds = [f"from {its['minimum']}"] if "minimum" in its else []
    bounds += [f"to {its['maximum']}"] if "maximum" in its else []
    return " ".join([{"object": "table"}.get(kind, kind), *bounds])


# ---------------------------------------------------------------- tables


def table_pages() -> str:
    lines = ["# Tables", "", NOTE, "The layout of files, and how cells are spelt, is in `schema/README.md`.", ""]
    for name, its in tables().items():
        lines += [f"## {name}", "", f"{cell(its.schema['description'])} Key: `{its.key}`.", ""]
        lines += ["| column | type | |", "|---|---|---|"]
        for field in its.schema["fields"]:
            must = "" if field.get("constraints", {}).get("required") else " May be empty."
            values = field.get("constraints", {}).get("enum")
            kind = ", ".join(values) if values else field["type"]
            lines.append(f"| `{field['name']}` | {cell(kind)} | {cell(field['description'])}{must} |")
        lines.append("")
    return "\n".join(lines)


def stale() -> list[str]:
    """The pages that are not what the program and the schemas say now."""
    return [n for n, text in pages().items() if not (FOLDER / n).is_file() or (FOLDER / n).read_text("utf-8") != text]


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        for page, content in pages().items():
            (FOLDER / page).write_text(content, "utf-8")
    sys.exit(f"not current: {', '.join(stale())}" if stale() else 0)
