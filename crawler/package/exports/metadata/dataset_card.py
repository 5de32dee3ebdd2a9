"""The card of a data set on the Hugging Face Hub: a README.md with a head in YAML
(https://huggingface.co/docs/hub/datasets-cards, https://huggingface.co/docs/hub/datasets-manual-configuration)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from crawler.package.exports.metadata.about import About
from crawler.package.publication.documents import plain, yaml_string
from crawler.package.tables.tables import Table

# What the Hub calls a licence; others it takes as "other" with a name and an address.
_LICENCES = {
    "ODbL-1.0": "odbl",
    "PDDL-1.0": "pddl",
    **{
        name: name.lower()
        for name in "CC0-1.0 CC-BY-4.0 CC-BY-SA-4.0 CC-BY-NC-4.0 CC-BY-NC-SA-4.0 CC-BY-ND-4.0 CC-BY-NC-ND-4.0".split()
    },
}
_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)


def dataset_card(about: About, tables: Iterable[Table], rows: Mapping[str, int]) -> bytes:
    """The card of a folder as `write_tables` makes it; `rows` are those of each table. All words are data: none is YAML
    or markup."""
    tables = list(tables)
    lines = {name: _yaml(value) for name, value in _head(about, tables, rows).items()}
    head = "".join(f"{name}: {value}\n" for name, value in lines.items())
    words = {
        "about": about,
        "tables": [(its.name, rows.get(its.name, 0), its.schema["description"]) for its in tables],
        "creators": ", ".join(one.name for one in about.creators),
    }
    return f"---\n{head}---\n{_template().render(words)}".encode()


def _head(about: About, tables: Iterable[Table], rows: Mapping[str, int]) -> dict[str, Any]:
    licence = _LICENCES.get(about.licence)
    head: dict[str, Any] = {"pretty_name": about.title, "license": licence or "other"}
    if not licence:
        head |= {"license_name": about.licence or "unknown", "license_link": about.licence_url or "unknown"}
    count = rows.get("articles", 0)
    return head | {
        "language": sorted({tag.split("-")[0] for tag in about.languages}),
        "language_bcp47": list(about.languages),
        "tags": list(about.keywords),
        "size_categories": [next((name for most, name in _SIZES if count < most), "10M<n<100M")],
        "configs": [
            {"config_name": its.name, "data_files": f"{its.name}/**/*.parquet"}
            | ({"default": True} if its.name == "articles" else {})
            for its in tables
        ],
    }


def _yaml(value: Any) -> str:
    """A value as YAML, of which JSON is a part, but for signs that YAML has escaped only."""
    if isinstance(value, str):
        return yaml_string(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_yaml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{yaml_string(name)}: {_yaml(its)}' for name, its in value.items())}}}"
    return json.dumps(value)


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only this form needs it

    environment = Environment(  # noqa: S701 - Markdown: `plain` escapes what is not ours
        loader=PackageLoader("crawler.package.exports"), undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["plain"] = plain
    return environment.get_template("dataset_card.md.j2")
