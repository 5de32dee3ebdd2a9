"""Which cell of a package is of another kind than its column: asked when something could not be made of the tables, to
tell a package that is wrong from a defect of this program."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any

from crawler.archive.warc.fields import FIRST_YEAR, LAST_YEAR
from crawler.errors import PackageInvalid
from crawler.package.descriptor.published import published
from crawler.package.tables import cell_format
from crawler.package.tables.partitions import read_lines
from crawler.package.tables.tables import LISTS, SAID, Row, table
from crawler.workspace import Workspace

_COUNTS = frozenset({"faults", "rejected"})
_INTEGER = re.compile(r"-?[0-9]{1,18}")
# What becomes of a conversion that meets another kind of value than it was written for.
_SIGNS = (ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, RecursionError)


@contextmanager
def cells_are_checked(workspace: Workspace) -> Iterator[None]:
    """What fails inside over a value that no column can hold ends as PackageInvalid, which names file, line and column.
    Where no cell is wrong the error goes on: it is a defect of this program."""
    try:
        yield
    except _SIGNS as error:
        wrong = wrong_cell(workspace)
        if wrong is None:
            raise
        raise PackageInvalid(f"{workspace.root}: {wrong}") from error


def wrong_cell(workspace: Workspace) -> str | None:
    """The first cell that is not of its column's type, in words; None when all are. Raises PackageInvalid for a table
    that cannot be read."""
    state = published(workspace)
    for path, name in ((path, name) for name, paths in (state.parts if state else {}).items() for path in paths):
        checks = _checks(name)
        for line, row in read_lines(table(name), workspace.resolve(path), adapt=True):
            for column, is_right in checks.items():
                if not _holds(row, column, is_right):
                    return f"{path}: line {line}: {column} is {ascii(row[column])[:60]}, which this column cannot hold"
    return None


def checked_row(name: str, row: Row) -> Row:
    """`row` of a table, for those who read single cells of it. Raises PackageInvalid for a cell that its column cannot
    hold."""
    for column, is_right in _checks(name).items():
        if not _holds(row, column, is_right):
            raise PackageInvalid(f"{name}: {column} is {ascii(row[column])[:60]}, which this column cannot hold")
    return row


def _holds(row: Row, column: str, is_right: Callable[[str], object]) -> bool:
    try:
        return bool(is_right(row[column]))
    except (ValueError, RecursionError, TypeError):
        return False


@cache
def _checks(name: str) -> Mapping[str, Callable[[str], object]]:
    return {field["name"]: _check(field) for field in table(name).schema["fields"]}


def _check(field: Mapping[str, Any]) -> Callable[[str], object]:
    name, constraints = field["name"], field.get("constraints", {})
    pattern = re.compile(constraints["pattern"]) if "pattern" in constraints else None
    required = bool(constraints.get("required"))

    def is_right(cell: str) -> object:
        if not cell:
            return not required
        if pattern is not None and not pattern.fullmatch(cell):
            return False
        if name in LISTS:
            return cell_format.parse_array(cell) is not None
        if field["type"] == "datetime" and name not in SAID:
            return datetime.fromisoformat(cell).tzinfo is not None and FIRST_YEAR <= int(cell[:4]) <= LAST_YEAR
        return _is_counts(cell) if name in _COUNTS else _TYPES.get(field["type"], _any)(cell)

    return is_right


def _is_counts(cell: str) -> bool:
    value = json.loads(cell)
    return isinstance(value, dict) and all(type(n) is int for n in value.values())


def _any(cell: str) -> bool:
    return True


_TYPES: Mapping[str, Callable[[str], object]] = {
    "integer": _INTEGER.fullmatch,
    "number": lambda cell: float(cell) == float(cell),  # not NaN
    "date": lambda cell: date.fromisoformat(cell) is not None,
    "datetime": lambda cell: datetime.fromisoformat(cell).tzinfo is not None,
}
