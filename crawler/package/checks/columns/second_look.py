"""The rows that the screen named, read again and judged one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from crawler.package.checks.columns.columns import Columns
from crawler.package.checks.columns.engine import column, text
from crawler.package.checks.findings import Findings
from crawler.package.checks.rows import Judge
from crawler.package.tables.partitions import part_of_file, read_lines
from crawler.package.tables.tables import Row, Table, table, tables

_Named = tuple[
    int, int, bool, bool, bool
]  # part, which row of it, key stood before, out of order, article stood before


def judge_rows(columns: Columns, findings: Findings) -> Judge:
    """Tells what is wrong with rows by themselves, in the order of tables, parts and rows; and what it saw."""
    judge = Judge(findings, columns.newest)
    for name in tables():
        groups = groupby(columns.ask(_named(table(name), columns)), key=itemgetter(0))
        at, rows = next(groups, (-1, iter(())))
        for part in columns.numbers(name):
            if at == part:
                _judge_part(columns, table(name), part, rows, judge)
                at, rows = next(groups, (-1, iter(())))
            if part in columns.failed:
                findings.cause("part", columns.failed[part], columns.path(part))
    return judge


def _judge_part(columns: Columns, its: Table, part: int, named: Iterable[_Named], judge: Judge) -> None:
    path, wanted = columns.path(part), iter(named)
    one = next(wanted, None)
    for index, (line, row) in enumerate(read_lines(its, columns.workspace.resolve(path))):
        if one is None:
            return
        if one[1] == index:
            judge.take(its, path, line, row, is_twice=one[2], is_early=one[3])
            if one[4]:
                words = f"article {row['article_id']} stands twice in one part"
                judge.findings.error("confirmations", words, path, line)
            one = next(wanted, None)


def _named(its: Table, columns: Columns) -> str:
    """The rows to look at, in order."""
    parts = ", ".join(f"({part}, {text(part_of_file(columns.path(part))[1])})" for part in columns.numbers(its.name))
    again = _repeated(its.name, ("part", its.last_of)) if its.last_of else "SELECT NULL AS part, NULL AS n WHERE false"
    return f"""
        WITH parts (part, name) AS (VALUES {parts or "(-1, '')"}),
            begun AS (SELECT part, min(n) AS first FROM {its.name} GROUP BY part),
            twice AS ({_repeated(its.name, (its.key,))}),
            again AS ({again})
        SELECT its.part, its.n - first, twice.n IS NOT NULL, disordered, again.n IS NOT NULL
        FROM {its.name} AS its JOIN parts USING (part) JOIN begun USING (part)
            LEFT JOIN twice ON twice.n = its.n AND twice.part = its.part
            LEFT JOIN again ON again.n = its.n AND again.part = its.part
        WHERE mistyped OR odd OR disordered OR twice.n IS NOT NULL OR again.n IS NOT NULL OR home <> name
        ORDER BY its.part, its.n"""  # noqa: S608 - our own names, and literals


def _repeated(name: str, key: tuple[str, ...]) -> str:
    """The rows of a table whose key has a row before them."""
    keys = ", ".join(column(its) for its in key)
    return f"""
        SELECT part, n FROM (
            SELECT part, n, row_number() OVER (PARTITION BY {keys} ORDER BY part, n) AS nth
            FROM {name} SEMI JOIN (SELECT {keys} FROM {name} GROUP BY {keys} HAVING count(*) > 1) USING ({keys})
        ) WHERE nth > 1"""  # noqa: S608 - as above


def mistyped_parts(columns: Columns) -> Iterator[str]:
    """The parts with a row that may break the types and constraints of its schema."""
    for name in tables():
        for (part,) in columns.ask(f"SELECT DISTINCT part FROM {name} WHERE mistyped ORDER BY part"):  # noqa: S608
            yield columns.path(part)


def rows_at(columns: Columns, name: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int, Row]]:
    """(part, line, row) of rows of a table, which are named by part and number in order."""
    for part, group in groupby(places, key=itemgetter(0)):
        path = columns.path(part)
        ((first,),) = columns.ask(f"SELECT min(n) FROM {name} WHERE part = ?", [part])  # noqa: S608
        wanted = iter([n - first for _, n in group])
        index = next(wanted)
        for at, (line, row) in enumerate(read_lines(table(name), columns.workspace.resolve(path))):
            if at == index:
                yield path, line, row
                if (index := next(wanted, -1)) < 0:
                    break
