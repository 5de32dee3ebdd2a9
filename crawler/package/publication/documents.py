"""The files for people in every package: README.md, LICENSE.md, CITATION.cff.

They are made of the facts of the descriptor alone, so that a rebuild gives the same bytes. Words of seeds are data:
nothing in them is markup here."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from crawler.package.descriptor.descriptor import SOFTWARE, Facts, creators_of, licence_of, title_of, version_of
from crawler.package.descriptor.descriptor_shape import DOCUMENTS
from crawler.package.descriptor.settings import Creator
from crawler.package.tables.filled_counts import ASSUMED
from crawler.package.tables.tables import SAID, tables

README, LICENCE, CITATION = DOCUMENTS[:3]
_MARKUP = re.compile(r"([\\`*_\[\]|~#])")
_NO_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")  # YAML 1.2, 5.1
_WHOLE = ("complete", "ingested")  # outcomes
_NO_RUN = {"started_at": "", "outcome": "", "faults": 0, "rejected": 0}
_MOST_NAMED = 20  # sources
_TOLD = ("published_date", "published_at", "category", "authors")  # how many documents have them


def documents(facts: Facts) -> dict[str, bytes]:
    """The content of each, by its name."""
    counts: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    for its in facts.articles.values():
        counts.update(its)
    for its in facts.filled.values():
        filled.update(its)
    words: dict[str, Any] = {
        "title": plain(title_of(facts)),
        "version": version_of(facts),
        "created": _moment(facts.created),
        "first": _moment(facts.first_captured),
        "software": SOFTWARE,
        "counts": {"live": counts["live"], "withdrawn": counts["withdrawn"]},
        "tables": [_table(name, facts.rows.get(name, 0)) for name in tables()],
        "sources": [_source(row, facts) for row in sorted(facts.sources, key=lambda row: row["source_id"])],
        "filled": [(name, filled[name]) for name in _TOLD],
        "assumed": filled[ASSUMED],
        "rejections": facts.rows.get("rejections", 0),
        "incomplete": _incomplete(facts),
        "missing": len(facts.missing),
        "citation": _citation(facts),
        "licence": licence_of(facts.settings),
        "settings": facts.settings,
        "kinds": _kinds(),
    }
    return {
        README: _template(README).render(words).encode(),
        LICENCE: _template(LICENCE).render(words).encode(),
        CITATION: _cff(facts).encode(),
    }


@cache
def _template(name: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only builds need it

    environment = Environment(  # noqa: S701 - Markdown: `plain` escapes what is not ours
        loader=PackageLoader("crawler.package.publication"), undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["cell"] = plain
    return environment.get_template(f"{name}.j2")


def plain(text: str) -> str:
    """Words that are no markup in Markdown, on one line."""
    return _MARKUP.sub(r"\\\1", escape(" ".join(text.split()), quote=False))


def _moment(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _table(name: str, rows: int) -> dict[str, Any]:
    schema = tables()[name].schema
    return {"name": name, "rows": rows, "description": schema["description"], "fields": schema["fields"]}


def _kinds() -> dict[str, list[str]]:
    """The columns of articles that are no text for a reader, by kind."""
    kinds: dict[str, list[str]] = {"integer": [], "number": [], "date": [], "moment": []}
    for field in tables()["articles"].schema["fields"]:
        kind = "moment" if field["type"] == "datetime" and field["name"] not in SAID else field["type"]
        kinds.get(kind, []).append(field["name"])
    return kinds


def _source(row: Mapping[str, str], facts: Facts) -> dict[str, Any]:
    counts = facts.articles.get(row["source_id"], {})
    return {
        "id": row["source_id"],
        "title": row["title"],
        "homepage": row["homepage"],
        "live": counts.get("live", 0),
        "withdrawn": counts.get("withdrawn", 0),
        "since": row["first_seen_at"][:10],
        "last": facts.last_runs.get(row["source_id"], _NO_RUN),
        "rights": row["rights"],
        "rights_url": row["rights_url"],
    }


def _incomplete(facts: Facts) -> dict[str, Any]:
    """How many sources have a last run that could not fetch or read all, and the first of them with its outcome."""
    its = [(source, run["outcome"]) for source, run in facts.last_runs.items() if run["outcome"] not in _WHOLE]
    return {"count": len(its), "of": len(facts.last_runs), "first": its[:_MOST_NAMED]}


def _citation(facts: Facts) -> str:
    names = ", ".join(creator.title for creator in creators_of(facts.settings))
    doi = f" https://doi.org/{facts.settings.doi}." if facts.settings.doi else ""
    return (
        f"{plain(names)}: *{plain(title_of(facts))}*. Data package, version {version_of(facts)}, "
        f"{facts.created:%Y-%m-%d}.{doi} Compiled with {SOFTWARE}."
    )


def yaml_string(text: str) -> str:
    """Words as a string of YAML 1.2, on one line."""
    return _NO_YAML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))


def _cff(facts: Facts) -> str:
    """Citation File Format 1.2.0. JSON's strings are strings of YAML, but for some signs that YAML has escaped only."""
    lines = {
        "cff-version": "1.2.0",
        "message": "Please cite this version of the data set, and the publishers of the texts that you use.",
        "type": "dataset",
        "title": title_of(facts),
        "version": version_of(facts),
        "date-released": f"{facts.created:%Y-%m-%d}",
        "license": licence_of(facts.settings)["name"],
    }
    its = facts.settings
    lines |= {"abstract": its.description} if its.description else {}
    lines |= {"doi": its.doi} if its.doi else {}
    lines |= {"url": its.homepage} if its.homepage else {}
    words = [f"{name}: {yaml_string(value)}\n" for name, value in lines.items()]
    people = "".join(_cff_person(creator) for creator in creators_of(its))
    contact = f'contact:\n  - name: "Contact"\n    {_cff_way(its.contact)}\n' if its.contact else ""
    return "".join(words) + f"authors:\n{people}{contact}"


def _cff_person(creator: Creator) -> str:
    lines = {
        "name": creator.name,
        "family-names": creator.family_names,
        "given-names": creator.given_names,
        "affiliation": creator.affiliation if creator.family_names else "",  # a person has one, an entity none
        "orcid": f"https://orcid.org/{creator.orcid}" if creator.orcid else "",
    }
    words = [f"{name}: {yaml_string(value)}\n" for name, value in lines.items() if value]
    return "  - " + "    ".join(words)


def _cff_way(contact: str) -> str:
    return f"{'website' if '://' in contact else 'email'}: {yaml_string(contact)}"
