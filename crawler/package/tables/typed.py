"""Cells as values: what a row of a table means in JSON."""

from __future__ import annotations

import json
from typing import Any

from crawler.package.tables.tables import LISTS, Row, table

_OBJECTS = frozenset({"titles", "faults", "rejected"})


def typed(row: Row, name: str) -> dict[str, Any]:
    """The row of the table `name` with a number for each number, a list or an object where the cell holds one, an empty
    list where it could, and None for an empty cell. Times and days stay as they are spelt. Cells that are none of the
    table's columns stay too."""
    kinds = {field["name"]: field["type"] for field in table(name).schema["fields"]}
    return {column: _value(column, cell, kinds.get(column, "string")) for column, cell in row.items()}


def _value(column: str, cell: str, kind: str) -> Any:
    if column in LISTS:
        return json.loads(cell) if cell else []
    if not cell:
        return None
    if column in _OBJECTS:
        return json.loads(cell)
    if kind == "integer":
        return int(cell)
    return float(cell) if kind == "number" else cell
