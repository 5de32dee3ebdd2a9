"""What a run writes is judged row by row as it is by columns, or left to that."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from crawler.package.checks.columns import few_rows
from crawler.package.checks.columns.columns import load
from crawler.package.checks.columns.engine import opened_engine
from crawler.package.checks.columns.few_rows import FewRows, read_few
from crawler.package.checks.columns.second_look import judge_rows
from crawler.package.checks.findings import Findings
from crawler.package.tables.partitions import header_line, row_bytes
from crawler.package.tables.tables import Row, table
from crawler.workspace import Workspace

NEWEST = "2026-11-23T20"
PATH = "data/confirmations-2026-11-23T20.00000000.csv.gz"


def a_row(number: int, minute: int = 15, article: int = 0) -> Row:
    return {
        "article_id": f"{article or number:016x}",
        "last_confirmed_at": f"2026-11-23T20:{minute}:00.000000Z",
        "capture_id": f"00000000-0000-0000-0000-{number:012x}",
    }


def written(folder: Path, parts: Mapping[str, bytes]) -> Workspace:
    for path, lines in parts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gzip.compress(header_line(table("confirmations").columns).encode() + lines))
    return Workspace(folder)


def spelt(*rows: Row) -> bytes:
    return b"".join(row_bytes(table("confirmations"), row) for row in rows)


def read(folder: Path, lines: bytes) -> FewRows | None:
    return read_few(written(folder, {PATH: lines}), {"confirmations": [PATH]})


def test_rows_have_their_lines_and_a_sample(tmp_path: Path) -> None:
    rows = [a_row(n) for n in range(1, 9)]
    few = read(tmp_path, spelt(*rows))
    assert few is not None and few.held == ["confirmations"]
    assert few.found["confirmations"] == [(PATH, n + 1, row) for n, row in enumerate(rows, 1)]
    assert few.heads["confirmations"][PATH] == spelt(*rows[:5])


GOOD = spelt(a_row(1), a_row(2))
ODD = {
    "no final line feed": GOOD[:-1],
    "carriage returns": GOOD.replace(b"\n", b"\r\n"),
    "a quote that nobody needs": GOOD.replace(b"2026-11-23T20:15:00.000000Z", b'"2026-11-23T20:15:00.000000Z"'),
    "an empty line": GOOD + b"\n",
    "a cell too many": GOOD.replace(b"\n", b",\n"),
    "a cell too few": GOOD + b"x\n",
    "no UTF-8": GOOD + b"\xff" + GOOD,
    "an open quote": GOOD + b'"' + GOOD,
    "a second header": GOOD + header_line(table("confirmations").columns).encode(),
    "another type": spelt(a_row(1) | {"last_confirmed_at": "yesterday"}),
    "a day that is none": spelt(a_row(1) | {"last_confirmed_at": "2026-02-30T20:15:00.000000Z"}),
    "a required cell that is empty": spelt(a_row(1) | {"article_id": ""}),
    "a pattern that is not kept": spelt(a_row(1) | {"article_id": "1"}),
}


@pytest.mark.parametrize("lines", ODD.values(), ids=ODD)
def test_what_is_odd_is_left_to_the_reader_by_columns(tmp_path: Path, lines: bytes) -> None:
    assert read(tmp_path, GOOD) is not None
    assert read(tmp_path, lines) is None


def test_so_is_what_is_no_part_or_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = written(tmp_path, {PATH: GOOD})
    monkeypatch.setattr(few_rows, "_UNPACKED", len(GOOD))  # without the header
    assert read_few(space, {"confirmations": [PATH]}) is None
    monkeypatch.undo()
    monkeypatch.setattr(few_rows, "_PACKED", 10)
    assert read_few(space, {"confirmations": [PATH]}) is None
    monkeypatch.undo()
    (tmp_path / PATH).write_bytes(b"no gzip")
    assert read_few(space, {"confirmations": [PATH]}) is None
    (tmp_path / PATH).unlink()
    assert read_few(space, {"confirmations": [PATH]}) is None


def test_both_readers_say_the_same_of_keys_order_and_parts(tmp_path: Path) -> None:
    other = PATH.replace("T20", "T19")
    parts = {
        other: spelt(a_row(1), a_row(2)),  # of another hour
        PATH: spelt(a_row(3, 20), a_row(4, 15), a_row(5, 15), a_row(1, 30), a_row(6, 40, article=9), a_row(7, 50, 9)),
    }
    space, chosen = written(tmp_path, parts), {"confirmations": list(parts)}
    few, told = read_few(space, chosen), Findings()
    assert few is not None
    few.judge(told, NEWEST)
    by_columns = Findings()
    with opened_engine() as database:
        judge_rows(load(space, chosen, by_columns, database, NEWEST), by_columns)
    assert told.errors == by_columns.errors
    assert {error.check for error in told.errors} == {"partition", "order", "primary-key", "confirmations"}
