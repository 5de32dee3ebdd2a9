"""The rows of a few small parts, read one by one: what a run writes. To start DuckDB takes longer than to read them.

What a cell must be is said a second time here, in Python, as `screen` says it in SQL; both may name too much, and never
too little, and one test holds both against Frictionless. Where anything is odd nothing is told: then the parts are read
by columns, as those of any package are."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from crawler.errors import UnsafeFile
from crawler.package.checks.columns.pieces import first_rows
from crawler.package.checks.columns.screen import DAY as DAY_FORM
from crawler.package.checks.columns.screen import LOCAL, UTC, require_known
from crawler.package.checks.findings import Findings
from crawler.package.checks.rows import Judge
from crawler.package.tables.partitions import header_line
from crawler.package.tables.tables import SAID, Row, Table, table
from crawler.workspace import Workspace
from crawler.workspace.files import open_read
from crawler.workspace.path_walk import status_of

_PACKED = 1 << 20  # bytes of all parts: some thousand articles, at which DuckDB begins to be faster
_UNPACKED = 8 << 20  # bytes of one

_DAY, _UTC, _LOCAL = (re.compile(form) for form in (DAY_FORM, UTC, LOCAL))
_INTEGER, _NUMBER = re.compile(r"-?[0-9]{1,18}"), re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,17})?")


@dataclass(slots=True)
class FewRows:
    """The rows of some parts, each with the line at which it begins, and the bytes of each part's first rows."""

    found: dict[str, list[tuple[str, int, Row]]] = field(default_factory=dict)  # by table, in the order of the parts
    heads: dict[str, dict[str, bytes]] = field(default_factory=dict)  # by table and path

    @property
    def held(self) -> list[str]:
        """The tables that have rows here."""
        return [name for name, rows in self.found.items() if rows]

    def judge(self, findings: Findings, newest: str) -> Judge:
        """Tells what is wrong with the rows by themselves; `newest` is the newest hour of the captures."""
        judge = Judge(findings, newest)
        for name, rows in self.found.items():
            its, keys, articles = table(name), set[str](), set[tuple[str, str]]()
            before, last = "", ("", "")
            for path, line, row in rows:
                rank = row[its.order[0]], row[its.order[-1]]
                is_early = path == before and rank <= last
                judge.take(its, path, line, row, is_twice=row[its.key] in keys, is_early=is_early)
                keys.add(row[its.key])
                before, last = path, rank
                if its.last_of:
                    if (path, row[its.last_of]) in articles:
                        words = f"article {row[its.last_of]} stands twice in one part"
                        findings.error("confirmations", words, path, line)
                    articles.add((path, row[its.last_of]))
        return judge


def read_few(workspace: Workspace, parts: Mapping[str, Iterable[str]]) -> FewRows | None:
    """The rows of `parts`; None where they are many, where the bytes of one are not just what the package would write
    for its rows, and where a cell may break the types and constraints of its schema."""
    read, left = FewRows(), _PACKED
    for name, paths in parts.items():
        rows, heads = read.found.setdefault(name, []), read.heads.setdefault(name, {})
        for path in paths:
            source = workspace.resolve(path)
            its = status_of(source)
            left -= its.st_size if its is not None else 0
            data = _unpacked(source) if left >= 0 else None
            lines = _rows(table(name), data) if data is not None else None
            if data is None or lines is None or not all(is_typed(name, row) for _, row in lines):
                return None
            rows += [(path, line, row) for line, row in lines]
            heads[path] = first_rows(data[len(header_line(table(name).columns).encode()) :])
    return read


def is_typed(name: str, row: Row) -> bool:
    """Whether each cell of a row is surely of its column's type, and keeps its constraints."""
    return all(is_right(row[column]) for column, is_right in _rules(name))


def _unpacked(source: Path) -> bytes | None:
    try:
        with open_read(source) as raw:
            data = raw.read(_PACKED + 1)
        if source.name.endswith(".gz"):
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                data = file.read(_UNPACKED + 1)
    except (OSError, EOFError, zlib.error, ValueError, UnsafeFile):
        return None
    return data if len(data) <= _UNPACKED else None


def _rows(its: Table, data: bytes) -> list[tuple[int, Row]] | None:
    """The rows with their lines, if these bytes are those that the package writes for them."""
    header = header_line(its.columns)
    spelt = io.StringIO(newline="")
    spelt.write(header)
    writer = csv.writer(spelt, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    found: list[tuple[int, Row]] = []
    try:
        text = data.decode("utf-8")
        if not text.startswith(header):
            return None
        reader, last = csv.reader(io.StringIO(text, newline=""), strict=True), 1
        next(reader)
        for cells in reader:
            if len(cells) != len(its.columns):
                return None
            writer.writerow(cells)
            found.append((last + 1, dict(zip(its.columns, cells, strict=True))))
            last = reader.line_num
    except (ValueError, csv.Error):
        return None
    return found if spelt.getvalue() == text and "\r" not in text else None


# ---------------------------------------------------------------- types and constraints

_Rule = Callable[[str], object]


@cache
def _rules(name: str) -> tuple[tuple[str, _Rule], ...]:
    return tuple((its["name"], _rule(its)) for its in table(name).schema["fields"])


def _rule(its: Mapping[str, Any]) -> _Rule:
    constraints = its.get("constraints", {})
    require_known(its["name"], constraints)
    tests = [*_TYPES[its["type"]](its["name"]), *_constraints(constraints)]
    is_required = bool(constraints.get("required"))

    def is_right(cell: str) -> bool:
        return all(test(cell) for test in tests) if cell else not is_required

    return is_right


def _constraints(stated: Mapping[str, Any]) -> Iterable[_Rule]:
    if "pattern" in stated:
        yield re.compile(stated["pattern"].removeprefix("^").removesuffix("$")).fullmatch
    if "enum" in stated:
        yield frozenset(stated["enum"]).__contains__
    if "minLength" in stated:
        yield lambda cell: len(cell) >= stated["minLength"]
    if "minimum" in stated:
        yield lambda cell: float(cell) >= stated["minimum"]
    if "maximum" in stated:
        yield lambda cell: float(cell) <= stated["maximum"]


def _is_day(cell: str) -> bool:
    try:
        return date.fromisoformat(cell[:10]).isoformat() == cell[:10]
    except ValueError:
        return False


_TYPES: Mapping[str, Callable[[str], tuple[_Rule, ...]]] = {
    "string": lambda name: (),
    "integer": lambda name: (_INTEGER.fullmatch,),
    "number": lambda name: (_NUMBER.fullmatch,),
    "date": lambda name: (_DAY.fullmatch, _is_day),
    "datetime": lambda name: ((_LOCAL if name in SAID else _UTC).fullmatch, _is_day),
}
