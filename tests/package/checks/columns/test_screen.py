"""The screen names every row that our rules or Frictionless find a fault in, and leaves good rows alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from frictionless import Resource, Schema

from crawler.package.build.build import build
from crawler.package.checks.columns import pieces
from crawler.package.checks.columns.columns import Columns, load
from crawler.package.checks.columns.engine import opened_engine
from crawler.package.checks.columns.few_rows import is_typed
from crawler.package.checks.findings import Findings
from crawler.package.checks.rows import Judge
from crawler.package.descriptor.descriptor import parts_of, read_descriptor
from crawler.package.tables.partitions import header_line, read_part, row_bytes
from crawler.package.tables.tables import Row, table, tables
from crawler.workspace import Workspace

NASTY = [
    "", " ", "x", " x", "x ", "x  y", "x\ty", "x\n", "\nx", "x\ny", "x\n\ny", "x\n \ny", "x\u3000\n\u3000", "x\u00a0y",
    "\x00", "x\x0by", "x\x7fy", "x\x85y", "x\u2028y", "x\ufffdy", "x\ufffey", "x\uffffy", "\ufeffx", "e\u0301", "й",
    "\u0438\u0306", "\uf900", "\u2126", "\u1100\u1161", "क\u093c", "\u0958", "a\u0323\u0307", "a\u0307\u0323",
    "<p>x</p>", "a < b", "</div >", '"', '""', 'x"y', "x,y", "'", "0", "-1", "+1", "1.5", "1e3", "NaN", "Infinity",
    "007", "1_000", "٣", "99999999999999999999", "1 ", "2026-11-23", "2026-02-30", "0000-01-01", "2026-11-23T20:15:00Z",
    "2026-11-23T20:15:00.000000Z", "2026-11-23T24:15:00.000000Z", "2026-11-23T20:15:60.000000Z",
    "2026-13-23T20:15:00.000000Z", "2026-11-23 20:15:00.000000Z", "2026-11-23T20:15:00", "2026-03-12T10:00:00+05:00",
    "2026-03-12T10:00:00+15:00", "2026-11-25T10:00:00-23:59", "2036-01-01T00:00:00+00:00", "2026-03-12T10:00:00+05",
    "9999-12-31T23:59:59.999999Z", "2036-01-01", "[]", '["x"]', '["x","y"]', '["x", "y"]', "[1]", '["\\u0000"]',
    "{}", '{"x":1}', '{"listing": 2}', '{"x":"1"}', '["x"', "null", "live", "LIVE", "withdrawn", "article", "response",
    "uz-Latn", "UZ", "http://x/y z", "http://x/\u00a0", "http://x", "ftp://x", "archive/x", "archive/../x", "seeds/x",
    "a" * 16, "A" * 16, "0" * 64, "0" * 16 + "\n", "deadbeef-dead-beef-dead-beefdeadbeef", "x" * 3000, "true",
    "\U0001f600", "\U0002f800", "ก็", "שָׁ",
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory, make_ministry, make_page) -> Workspace:
    ministry = make_ministry(tmp_path_factory.mktemp("built") / "package")
    for days in (0, 10):
        run = ministry.run(days)
        image = b'<figure><img src="/img/a.jpg" width="600" height="400" alt="A laboratory"></figure></article>'
        run.get("/n/1", make_page(f"Title after {days} days", "water").replace(b"</article>", image))
        run.get("/n/2", make_page("Another", "wind"))
        run.get("/n/9", b"gone", status=404)
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace


def a_row(built: Workspace, name: str) -> tuple[Row, str]:
    """The first row of a table, and the part in which it stands."""
    path = parts_of(read_descriptor(built) or {})[name][0]
    return next(read_part(table(name), built.resolve(path))), path


@contextmanager
def loaded(folder: Path, name: str, path: str, lines: bytes, newest: str) -> Iterator[tuple[Columns, Findings]]:
    """A part with these lines behind its header, read by columns."""
    target = folder / path.removesuffix(".gz")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(header_line(table(name).columns).encode() + lines)
    findings = Findings(1)
    with opened_engine() as database:
        yield load(Workspace(folder), {name: [path.removesuffix(".gz")]}, findings, database, newest), findings


@pytest.mark.parametrize("name", tables())
def test_no_fault_of_a_row_is_passed_over(built: Workspace, tmp_path: Path, name: str) -> None:
    row, path = a_row(built, name)
    newest = max(p.rpartition("captures-")[2].split(".")[0] for p in parts_of(read_descriptor(built) or {})["captures"])
    rows = [{**row, column: cell} for column in table(name).columns for cell in NASTY if "\r" not in cell]
    lines = b"".join(row_bytes(table(name), its) for its in [row, *rows])
    with loaded(tmp_path, name, path, lines, newest) as (columns, findings):
        assert findings.errors == []
        assert columns.failed == {}
        found = list(columns.ask(f"FROM {name} SELECT mistyped, odd, home ORDER BY n"))
    assert len(found) == len(rows) + 1
    assert not found[0][0] and is_typed(name, row)
    assert found[0][1] == (name == "sources")  # each of them is looked at
    schema = {key: value for key, value in table(name).schema.items() if key not in ("foreignKeys", "primaryKey")}
    for field in (schema := {**schema, "fields": [dict(its) for its in schema["fields"]]})["fields"]:
        field["constraints"] = {k: v for k, v in field.get("constraints", {}).items() if k != "unique"}
    data = header_line(table(name).columns).encode() + lines
    resource = Resource(data=data, format="csv", encoding="utf-8", schema=Schema.from_descriptor(schema))
    report = resource.validate(limit_errors=1_000_000)
    assert not report.errors
    refused = {error.row_number - 2 for task in report.tasks for error in task.errors}
    assert len(refused) > len(rows) // 20 or name in ("confirmations", "sources", "runs")
    part = path.rpartition("/")[2].partition(".")[0].removeprefix(name).removeprefix("-")
    for number, its in enumerate([row, *rows]):
        told = Findings(50)
        try:
            Judge(told, newest).take(table(name), path, 2, its, is_twice=False, is_early=False)
        except (ValueError, TypeError, KeyError):
            told.error("cells", "of another kind than its column", path)
        mistyped, odd, home = found[number]
        assert not (number in refused and is_typed(name, its)), (name, its)
        changed = [(c, its[c][:60]) for c in its if its[c] != row[c]]
        assert mistyped or number not in refused, changed
        assert mistyped or odd or home != part or not told.counts, (changed, told.errors, told.warnings)


ODD_FILES = [
    b'a"b,2\n', b'"a"b,2\n', b'"a" ,2\n', b' "a",2\n', b"1,2\n\n3,4\n", b"\n", b"1,2,\n", b"1\n", b"1,2,3\n", b'1,"2\n',
    b'1,x""y\n', b'1,""y\n', b'"1","2"\n', b'"",""\n', b",\n", b"\xff,1\n", b'1,"2\n3"\n', b"1,2", b"\x00,1\n",
    b"# 1,2\n", b'1,"a""b"\n', b"\\N,NULL\n", b'1,"x\n\n"\n4,5\n', b"'1,2',3\n", b"1;2,3\n", "\ufeff1,2\n".encode(),
    b'"a""",\n',
]  # fmt: skip


@pytest.mark.parametrize("lines", ODD_FILES, ids=repr)
def test_an_odd_file_has_the_rows_that_a_strict_reader_sees(tmp_path: Path, lines: bytes) -> None:
    """What is tried stands in the last two columns; a file of which no row can be read has none."""
    body = b"a" * 16 + b"," + lines
    expected, reason = _strictly(body)
    with loaded(tmp_path, "confirmations", "data/confirmations-2026-11.00000000.csv", body, "2026-11") as (its, found):
        if found.errors:
            assert [e.check for e in found.errors] == ["final-newline"]
            assert not body.endswith(b"\n")
            return
        columns = ", ".join(table("confirmations").columns)
        assert list(its.ask(f"FROM confirmations SELECT {columns} ORDER BY n")) == expected
        assert bool(its.failed) == reason


def _strictly(body: bytes) -> tuple[list[tuple[str, ...]], bool]:
    """The rows in front of the first fault, and whether there is one."""
    rows: list[tuple[str, ...]] = []
    try:
        for cells in csv.reader(io.StringIO(body.decode(), newline=""), strict=True):
            if len(cells) != len(table("confirmations").columns):
                return rows, True
            rows.append(tuple(cells))
    except (csv.Error, UnicodeDecodeError):
        return rows, True
    return rows, False


def test_a_large_part_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"article_id": f"{n:016x}", "last_confirmed_at": "2026-11-23T20:15:00.000000Z", "capture_id": f'x"\n,{n}\n'}
        for n in range(100_000)
    ]
    lines = b"".join(row_bytes(table("confirmations"), row) for row in rows)
    monkeypatch.setattr(pieces, "PIECE", 1 << 20)
    path = "data/confirmations-2026-11.00000000.csv"
    with loaded(tmp_path, "confirmations", path, lines, "2026-11") as (columns, findings):
        assert not findings.errors
        assert columns.failed == {}
        query = "SELECT count(*), count(DISTINCT n), sum(disordered::INT) FROM confirmations"
        assert list(columns.ask(query)) == [(100_000, 100_000, sum(b > a for a, b in _neighbours(rows)))]
        ((order,),) = columns.ask("SELECT list(article_id ORDER BY n) FROM confirmations")
        assert order == [row["article_id"] for row in rows]


def _neighbours(rows: list[Row]) -> list[tuple[str, str]]:
    """Rank of each row but the first, and of the one before it."""
    ranks = ["".join(table("confirmations").rank(row)) for row in rows]
    return list(zip(ranks[1:], ranks[:-1], strict=True))


def test_the_engine_opens_nothing_outside_of_its_folder(tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "secret.csv").write_text("a\n1\n")
    with opened_engine() as (engine, folder):
        for query in (
            f"FROM read_csv('{tmp_path}/secret.csv')",
            f"FROM read_text('{folder}/../../etc/passwd')",
            f"COPY (SELECT 1) TO '{tmp_path}/out.csv'",
            f"ATTACH '{tmp_path}/x.duckdb'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SELECT * FROM 'https://127.0.0.1:9/x.csv'",
            "SET enable_external_access = true",
            "SET memory_limit = '100GB'",
        ):
            with pytest.raises(duckdb.Error):
                engine.execute(query)
        with pytest.raises(duckdb.Error):
            engine.execute("SELECT * FROM rows")  # a variable of this process
    assert not (tmp_path / "out.csv").exists()
    assert not folder.exists()
