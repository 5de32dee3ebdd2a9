"""Each trap that Frictionless walks into, or a hostile package sets, is found by our validation."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.errors import NotFound
from crawler.package.build.build import build
from crawler.package.checks.findings import Finding
from crawler.package.checks.validate import validate
from crawler.workspace import Workspace
from tests.package.forger import Forger


@pytest.fixture(scope="module")
def built(tmp_path_factory, make_ministry, make_page) -> Path:
    """Two months, three articles, one edit."""
    ministry = make_ministry(tmp_path_factory.mktemp("built") / "package")
    for days in (0, 10):
        run = ministry.run(days)
        run.get("/n/1", make_page(f"Title after {days} days", "water"))
        run.get(f"/n/2-{days}", make_page(f"Another {days}", "wind"))
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    assert validate(ministry.workspace, engine="serial").valid
    return ministry.workspace.root


@pytest.fixture
def package(built: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(built, tmp_path / "package")
    return Workspace(tmp_path / "package")


def swap_header(f: Forger) -> None:
    f.edit("captures", '"capture_id","source_id"', '"source_id","capture_id"', part=1)


def no_final_newline(f: Forger) -> None:
    path = f.path("captures")
    f.put(path, f.text(path).rstrip("\n"))


def tampered_text(f: Forger) -> None:
    f.edit("articles", "laboratory", "laboratorie")


def truncated_gzip(f: Forger) -> None:
    path = f.path("articles")
    f.put(path, (f.workspace.root / path).read_bytes()[:-20], packed=False)


def latin_1(f: Forger) -> None:
    path = f.path("articles")
    f.put(path, f.text(path).replace("laboratory", "laborat\xf6ry").encode("latin-1"))


def naive_time(f: Forger) -> None:
    f.edit("articles", "2026-03-12T10:00:00+05:00", "2026-03-12T10:00:00")


def time_of_another_form(f: Forger) -> None:
    path = f.path("captures")
    first = f.text(path).split("\n")[1].split(",")[4]
    f.put(path, f.text(path).replace(first, first[:19] + "Z"))


def doubled_row(f: Forger) -> None:
    path = f.path("captures")
    lines = f.text(path).splitlines(keepends=True)
    f.put(path, "".join([*lines, lines[-1]]))


def shuffled_rows(f: Forger) -> None:
    path = f.path("captures")
    header, *lines = f.text(path).splitlines(keepends=True)
    f.put(path, "".join([header, *lines[::-1]]))


def lost_row(f: Forger) -> None:
    path = f.path("revisions")
    f.put(path, f.text(path).splitlines(keepends=True)[0])


def row_in_the_wrong_month(f: Forger) -> None:
    one, two = f.path("captures"), f.path("captures", 1)
    header, *rows = f.text(two).splitlines(keepends=True)
    f.put(one, f.text(one) + rows[0])
    f.put(two, "".join([header, *rows[1:]]))


def unknown_reference(f: Forger) -> None:
    path = f.path("captures")
    capture = f.text(path).split("\n")[1].split(",")[0]
    f.put(path, f.text(path).replace(capture, capture[::-1].replace("-", "0")[:8] + capture[8:]))


def wrong_locator(f: Forger) -> None:
    path = f.path("articles")
    text = f.text(path)
    offset = text.rstrip("\n").rsplit(",", 2)[1]
    f.put(path, text.replace(f",{offset},", f",{int(offset) + 1},"))


def empty_paragraph(f: Forger) -> None:
    f.edit("articles", "\nEngineers", "\n\nEngineers")


def nul_in_a_cell(f: Forger) -> None:
    f.edit("articles", "Engineers", "Engin\x00eers")


def wrong_hash(f: Forger) -> None:
    f.resource(f.path("articles"))["hash"] = "sha256:" + "0" * 64


def weak_hash(f: Forger) -> None:
    f.resource(f.path("articles"))["hash"] = "sha1:" + "0" * 40


def no_hash(f: Forger) -> None:
    del f.resource(f.path("articles"))["hash"]


def wrong_bytes(f: Forger) -> None:
    f.resource(f.path("articles"))["bytes"] += 1


def wrong_row_count(f: Forger) -> None:
    f.resource("articles")["rows"] += 1


def no_row_count(f: Forger) -> None:
    del f.resource("articles")["rows"]


def changed_bytes_of_a_warc(f: Forger) -> None:
    path = next(r["path"] for r in f.descriptor["resources"] if r["path"][0] != "d" and "warc" in r["path"])
    target = f.workspace.root / path
    data = bytearray(target.read_bytes())
    data[-30] ^= 1
    target.write_bytes(data)


def link_that_leaves(f: Forger) -> None:
    path = f.workspace.root / f.path("articles")
    outside = f.workspace.root.parent / "outside.csv.gz"
    path.rename(outside)
    path.symlink_to(outside)


def path_with_dots(f: Forger) -> None:
    f.resource(f.path("articles"))["path"] = "../outside.csv"


def absolute_path(f: Forger) -> None:
    f.resource("articles")["path"] = ["/etc/passwd"]


def address_as_path(f: Forger) -> None:
    f.resource("articles")["path"] = ["http://127.0.0.1:9/articles.csv"]


def address_as_schema(f: Forger) -> None:
    f.resource("articles")["schema"] = "http://127.0.0.1:9/schema.json"


def address_as_profile(f: Forger) -> None:
    f.descriptor["profile"] = "http://127.0.0.1:9/profile.json"


def other_schema_address(f: Forger) -> None:
    f.descriptor["$schema"] = "https://datapackage.org/profiles/9.9/datapackage.json"


def loosened_schema(f: Forger) -> None:
    f.resource("articles")["schema"]["missingValues"] = ["", "Title"]


def foreign_key_to_nothing(f: Forger) -> None:
    f.resource("articles")["schema"]["foreignKeys"][0]["reference"]["fields"] = ["nothing"]


def dialect(f: Forger) -> None:
    f.resource("articles")["dialect"] = {"csv": {"delimiter": ";"}}


def checklist(f: Forger) -> None:
    f.resource("articles")["checklist"] = {"checks": []}


def no_encoding(f: Forger) -> None:
    del f.resource("articles")["encoding"]


def two_of_one_name(f: Forger) -> None:
    f.descriptor["resources"].append(dict(f.resource("articles")))


def a_table_less(f: Forger) -> None:
    f.descriptor["resources"].remove(f.resource("media"))


def keywords_empty(f: Forger) -> None:
    f.descriptor["keywords"] = []


def created_is_no_time(f: Forger) -> None:
    f.descriptor["created"] = "yesterday"


def parquet_as_a_table(f: Forger) -> None:
    f.resource("articles").update(format="parquet", mediatype="application/vnd.apache.parquet")


def parquet_of_several_files(f: Forger) -> None:
    f.resource("articles").update(format="parquet", path=["data/a.parquet", "data/b.parquet"])


def parquet_with_a_wrong_hash(f: Forger) -> None:
    (f.workspace.data / "articles.parquet").write_bytes(b"PAR1")
    entry = {
        "name": "extra",
        "path": "data/articles.parquet",
        "format": "bin",
        "bytes": 4,
        "hash": "sha256:" + "0" * 64,
    }
    f.descriptor["resources"].insert(0, entry)


def json_lines_as_a_table(f: Forger) -> None:
    f.resource("media").update(format="jsonl", path=["data/media.jsonl"])


def empty_part(f: Forger) -> None:
    f.put(f.path("captures"), "")


def zero_bytes_stated(f: Forger) -> None:
    f.resource(f.path("captures"))["bytes"] = 0


def zero_rows_stated(f: Forger) -> None:
    f.resource("captures")["rows"] = 0


def a_column_more(f: Forger) -> None:
    path = f.path("captures")
    f.put(path, "".join(f"{line},x\n" for line in f.text(path).splitlines()))


def a_cell_less(f: Forger) -> None:
    path = f.path("captures")
    f.put(path, f.text(path).rstrip("\n").rpartition(",")[0] + "\n")


def a_word_for_a_number(f: Forger) -> None:
    path = f.path("runs")
    header, first, *rest = f.text(path).splitlines(keepends=True)
    at = next(csv.reader([header])).index("new")
    cells = first.split(",")
    f.put(path, "".join([header, ",".join([*cells[:at], "seven", *cells[at + 1 :]]), *rest]))


def hidden_folder(f: Forger) -> None:
    f.resource("articles")["path"] = [".hidden/articles-2026-11.00000000.csv.gz"]


def file_address(f: Forger) -> None:
    f.resource("articles")["path"] = ["file:///etc/passwd"]


def data_inside_the_descriptor(f: Forger) -> None:
    f.resource("articles")["data"] = [{"article_id": "x"}]


def linked_folder(f: Forger) -> None:
    outside = f.workspace.root.parent / "outside"
    f.workspace.data.rename(outside)
    f.workspace.data.symlink_to(outside)


def least_time_in_the_schema(f: Forger) -> None:
    fields = f.resource("captures")["schema"]["fields"]
    next(x for x in fields if x["name"] == "fetched_at")["constraints"]["minimum"] = "2020-01-01T00:00:00Z"


TRAPS: list[tuple[Callable[[Forger], None], str]] = [
    (swap_header, "part"),
    (no_final_newline, "final-newline"),
    (tampered_text, "text-sha256"),
    (truncated_gzip, "unreadable"),
    (latin_1, "part"),
    (naive_time, "time"),
    (time_of_another_form, "time"),
    (doubled_row, "primary-key"),
    (shuffled_rows, "order"),
    (lost_row, "accounting"),
    (row_in_the_wrong_month, "partition"),
    (unknown_reference, "foreign-key"),
    (wrong_locator, "locator"),
    (empty_paragraph, "paragraphs"),
    (nul_in_a_cell, "characters"),
    (wrong_hash, "hash"),
    (weak_hash, "descriptor"),
    (no_hash, "descriptor"),
    (wrong_bytes, "bytes"),
    (wrong_row_count, "row-count"),
    (no_row_count, "row-count"),
    (changed_bytes_of_a_warc, "hash"),
    (link_that_leaves, "link"),
    (path_with_dots, "unsafe-path"),
    (absolute_path, "unsafe-path"),
    (address_as_path, "unsafe-path"),
    (address_as_schema, "schema"),
    (address_as_profile, "descriptor"),
    (other_schema_address, "descriptor"),
    (loosened_schema, "schema"),
    (foreign_key_to_nothing, "schema"),
    (dialect, "descriptor"),
    (checklist, "descriptor"),
    (no_encoding, "descriptor"),
    (two_of_one_name, "descriptor"),
    (a_table_less, "descriptor"),
    (keywords_empty, "profile"),
    (created_is_no_time, "descriptor"),
    (parquet_as_a_table, "descriptor"),
    (parquet_of_several_files, "descriptor"),
    (parquet_with_a_wrong_hash, "hash"),
    (json_lines_as_a_table, "descriptor"),
    (empty_part, "final-newline"),
    (zero_bytes_stated, "bytes"),
    (zero_rows_stated, "row-count"),
    (a_column_more, "part"),
    (a_cell_less, "part"),
    (a_word_for_a_number, "accounting"),
    (hidden_folder, "unsafe-path"),
    (file_address, "unsafe-path"),
    (data_inside_the_descriptor, "descriptor"),
    (linked_folder, "link"),
    (least_time_in_the_schema, "schema"),
]


@pytest.mark.parametrize(("trap", "check"), TRAPS, ids=[trap.__name__ for trap, _ in TRAPS])
def test_trap(package: Workspace, trap: Callable[[Forger], None], check: str) -> None:
    forger = Forger(package)
    trap(forger)
    forger.save()
    report = validate(package, engine="serial")
    assert not report.valid
    assert check in {finding.check for finding in report.errors}, report.lines()


def test_unlisted_files_and_a_wrong_digest_are_found(package: Workspace) -> None:
    (package.data / "notes.txt").write_text("x")
    package.digest.write_text('{"path": "datapackage.json", "hash": "sha256:00"}')
    found = {(finding.check, finding.path) for finding in validate(package, engine="serial").errors}
    assert found == {("unlisted", "data/notes.txt"), ("digest", "datapackage-digest.json")}


def test_a_record_that_says_something_else_is_found(package: Workspace) -> None:
    """Tables that agree with each other, and not with the archive."""
    forger = Forger(package)
    path = forger.path("captures")
    forger.put(path, forger.text(path).replace(",text/html,", ",text/plain,", 1))
    forger.save()
    assert validate(package, engine="serial").valid
    report = validate(package, full=True, engine="serial")
    assert {finding.check for finding in report.errors} == {"captures"}


def test_reading_again_finds_a_row_that_the_record_does_not_give(package: Workspace) -> None:
    forger = Forger(package)
    forger.edit("articles", "Title after 10 days", "Title of a forger")
    forger.derive()
    forger.save()
    report = validate(package, reextract=True, engine="serial")
    assert [finding.check for finding in report.errors] == ["reading"]


def test_a_finding_names_file_table_and_line_of_the_file(package: Workspace) -> None:
    """The line is that of the unpacked file: a text has several, and rows before this one count them."""
    forger = Forger(package)
    path = forger.path("articles")
    lines = forger.text(path).split("\n")
    begins = [n for n, line in enumerate(lines, 1) if ",xx.tests," in line]
    forger.put(path, "\n".join(lines).replace("laboratory for wind", "laboratorie for wind", 1))
    forger.save()
    report = validate(package, engine="serial")
    (finding,) = [f for f in report.as_dict()["errors"] if f["check"] == "text-sha256"]
    assert (finding["path"], finding["table"]) == (path, "articles")
    wrong = next(n for n, line in enumerate(lines, 1) if "laboratory for wind" in line)
    assert finding["line"] == max(n for n in begins if n <= wrong) > 2
    assert f"::error file={path},line={finding['line']}::" in report.lines(annotations=True)[0]


def test_findings_are_harmless_in_an_annotation_and_on_a_terminal() -> None:
    finding = Finding("x", "100%\n::error::forged", "data/a,b.csv")
    assert finding.annotation("error") == "::error file=data/a%2Cb.csv::100%25%0A::error::forged [x]"


def test_no_package_is_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        validate(Workspace(tmp_path))


@pytest.mark.parametrize("name", ["data/articles-2026-11.00000000.csv.gz", "datapackage.json"])
def test_a_pipe_keeps_nobody_waiting(package: Workspace, name: str) -> None:
    path = package.root / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert not validate(package, full=True, engine="serial").valid
