"""Which rows need a second look, in SQL: all that could break a rule of rows, and few others.

A row that is not named here is of the types and constraints of its schema, and keeps the rules of `checks.rows`; what
is named is judged there, and by Frictionless. So an expression here may name too much, and never too little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.package.checks.columns.engine import column, text
from crawler.package.tables.change_rows import KINDS
from crawler.package.tables.tables import SAID, Table

DAY = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
UTC = rf"{DAY}T{_CLOCK}\.[0-9]{{6}}Z"
# Offsets that are in use: with these, what is dated no later than the day of its capture is not of the future.
LOCAL = rf"{DAY}T{_CLOCK}(?:\+(?:0[0-9]|1[0-4]):[0-5][0-9]|-(?:0[0-9]|1[01]):[0-5][0-9]|-12:00)"
_ARRAYS = ("authors", "tags", "aliases", "languages", "warnings")  # of wordings
_ITEM = r'"[^"\\\x00-\x1f\x7f]*"'
_COUNT = r"[0-9]{1,15}"
COUNTS = rf'\{{(?:"[a-z-]+": ?{_COUNT}(?:, ?"[a-z-]+": ?{_COUNT})*)?\}}'
"""A JSON object of counts whose sum SQL can tell."""
# RE2 takes \S for what is no ASCII white space; Python knows more of them.
_NO_SPACE = r"[^\x00-\x20\x7f-\x{a0}\p{Z}]"
_SPACES = r"\x00-\x1f\x7f-\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_LOST = r"\x{fffd}-\x{ffff}"  # what was lost in decoding, and what is no character
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x{9f}\x{2028}\x{2029}" + _LOST
# What may be a mark: to sort a run of these costs the square of its length, and `normal_forms` knows how not to.
_MARK = r"[^\x00-\x{2ff}\p{L}\p{N}\p{P}\p{S}\p{Z}]"
# All that makes a text odd, for one look at it: controls, what may be markup, marks, each empty paragraph and each that
# begins with a space.
_ODD_TEXT = rf"[{_CONTROLS}<]|{_MARK}|(?:^|\n)[ {_SPACES}]|\n$"
_ODD_TITLE = rf"[{_SPACES}{_LOST}]|{_MARK}|^ | $|  "
_KNOWN = frozenset({"required", "pattern", "enum", "minLength", "minimum", "maximum", "unique"})


def is_mistyped(table: Table) -> str:
    """An expression: whether a cell of the row may be of another type than its column, or break a constraint."""
    return " OR ".join(f"NOT coalesce({_is_right(field)}, false)" for field in table.schema["fields"])


def is_odd(table: Table) -> str:
    """An expression: whether the row may break a rule of `checks.rows` that looks at this row alone."""
    return " OR ".join(f"coalesce({rule}, true)" for rule in _rules(table.name)) or "false"


def home(table: Table, newest: str) -> str:
    """An expression: the name of the part in which the row belongs (see `Table.part_of`)."""
    if not table.dated_by:
        return "''"
    moment = column(table.dated_by)
    if not table.stepped:
        return f"left({moment}, {table.per})"
    year = f"WHEN left({moment}, 4) < {text(newest[:4])} THEN left({moment}, 4)" if table.last_of else ""
    return (
        f"CASE {year} WHEN left({moment}, 10) >= {text(newest[:10])} THEN left({moment}, 13)"
        f" WHEN left({moment}, 7) >= {text(newest[:7])} THEN left({moment}, 10) ELSE left({moment}, 7) END"
    )


def matches(expression: str, pattern: str) -> str:
    """Whether all of it is of a pattern."""
    return f"regexp_full_match({expression}, {text(pattern)})"


def _has(expression: str, pattern: str) -> str:
    return f"regexp_matches({expression}, {text(pattern)})"


# ---------------------------------------------------------------- types and constraints


def require_known(name: str, constraints: Mapping[str, Any]) -> None:
    """Stops the program where a schema of its own states a constraint that no check knows: a cell would be called right
    that nobody has looked at. No package reaches it. Raises LookupError."""
    if unknown := constraints.keys() - _KNOWN:
        raise LookupError(f"schema: {name}: no check of {', '.join(sorted(unknown))}")


def _is_right(field: Mapping[str, Any]) -> str:
    name, constraints = column(field["name"]), field.get("constraints", {})
    require_known(field["name"], constraints)
    tests = [*_TYPES[field["type"]](field["name"]), *_constraints(name, field["type"], constraints)]
    filled = " AND ".join([f"{name} <> ''", *tests])
    return f"({filled})" if constraints.get("required") else f"({name} = '' OR ({filled}))"


def _constraints(name: str, kind: str, constraints: Mapping[str, Any]) -> list[str]:
    tests = []
    if "pattern" in constraints:
        tests.append(
            matches(name, constraints["pattern"].removeprefix("^").removesuffix("$").replace(r"\S", _NO_SPACE))
        )
    if "enum" in constraints:
        tests.append(f"{name} IN ({', '.join(text(value) for value in constraints['enum'])})")
    if "minLength" in constraints:
        tests.append(f"length({name}) >= {int(constraints['minLength'])}")
    number = f"TRY_CAST({name} AS {'BIGINT' if kind == 'integer' else 'DOUBLE'})"
    if "minimum" in constraints:
        tests.append(f"{number} >= {float(constraints['minimum'])}")
    if "maximum" in constraints:
        tests.append(f"{number} <= {float(constraints['maximum'])}")
    return tests


def _moment(name: str) -> list[str]:
    pattern = LOCAL if name in SAID else UTC
    return [matches(column(name), pattern), f"TRY_CAST(left({column(name)}, 10) AS DATE) IS NOT NULL"]


_TYPES = {
    "string": lambda name: [],
    "integer": lambda name: [matches(column(name), "-?[0-9]{1,18}")],
    "number": lambda name: [matches(column(name), r"-?[0-9]{1,15}(?:\.[0-9]{1,17})?")],
    "date": lambda name: [matches(column(name), DAY), f"TRY_CAST({column(name)} AS DATE) IS NOT NULL"],
    "datetime": _moment,
}


# ---------------------------------------------------------------- rules of a row


def _rules(name: str) -> Sequence[str]:
    """Expressions that are true, or NULL, of a row that may break a rule."""
    if name == "sources":
        return ["true"]  # few, and each is looked at
    if name == "runs":
        return [f"NOT {matches(column(c), _COUNT)}" for c in ("captures", "article_captures", *KINDS)] + [
            f"NOT {matches(column(c), COUNTS)}" for c in ("faults", "rejected")
        ]
    if name == "articles":
        return [*_wording(), *_article()]
    if name == "revisions":
        return [*_wording(), "valid_from > valid_to"]
    return []


def _wording() -> list[str]:
    return [
        f"sha256({column('text')}) <> text_sha256",
        _may_be_odd(column("text"), _ODD_TEXT),
        _may_be_odd(column("title"), _ODD_TITLE),
        *(f"NOT {matches(column(c), _array())}" for c in _ARRAYS),
    ]


def _array() -> str:
    return rf"\[(?:{_ITEM}(?:,{_ITEM})*)?\]"


def _may_be_odd(cell: str, pattern: str) -> str:
    """Whether a cell has something of a pattern, or is not in the normal form C of Unicode."""
    return f"CASE WHEN {_has(cell, pattern)} THEN true ELSE nfc_normalize({cell}) <> {cell} END"


def _article() -> list[str]:
    day = "CASE WHEN published_at <> '' THEN published_at ELSE published_date END"
    return [
        "first_seen_at > seen_at",
        "(status = 'withdrawn') <> (withdrawn_at <> '')",
        f"{column('text')} = '' AND status = 'live'",
        f"left({day}, 10) > left(seen_at, 10)",
    ]
