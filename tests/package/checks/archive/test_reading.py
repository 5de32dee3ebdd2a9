"""Reading again always compares: what other versions may explain is not proved, anything else is an error."""

from __future__ import annotations

import csv
import gzip
import io
import zlib

import pytest

from crawler.package.build.build import build
from crawler.package.checks.validate import validate
from tests.package.forger import Forger


@pytest.fixture
def forger(ministry, make_page):
    run = ministry.run()
    run.get("/n/1", make_page("Water is measured", "water"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return Forger(ministry.workspace)


def other(forger: Forger, **libraries: str) -> None:
    forger.descriptor["extraction"]["version"] = "0+000000000000"
    forger.descriptor["extraction"]["libraries"] |= libraries


def checked(forger: Forger):
    forger.derive()
    forger.save()
    return validate(forger.workspace, reextract=True, engine="serial")


def test_the_same_words_are_valid_whatever_the_versions(forger) -> None:
    other(forger, babel="2.1")
    report = checked(forger)
    assert report.verdict == "valid", report.lines()
    assert "all tables made again from the archive" in report.looked_at


def test_a_title_that_no_other_version_explains_is_an_error(forger) -> None:
    other(forger, babel="2.1")
    forger.edit("articles", "Water is measured", "Water is sold")
    report = checked(forger)
    assert report.verdict == "NOT VALID"
    (error,) = report.errors
    assert (error.path, error.row) == (forger.path("articles"), 2)
    assert "title is stated 'Water is sold', and read 'Water is measured'" in error.message


@pytest.mark.parametrize(("library", "named"), [({"trafilatura": "0.1"}, "trafilatura"), ({}, "this program")])
def test_what_another_version_may_explain_is_not_proved(forger, library, named) -> None:
    other(forger, **library)
    if not library:
        forger.descriptor["extraction"]["code"] = "0"
    forger.edit("articles", "Water is measured", "Water is sold")
    report = checked(forger)
    assert report.verdict == "NOT PROVED"
    assert not report.valid
    assert named in report.unproved[0].message
    assert report.as_dict()["unproved"]


def test_a_broken_record_is_named_by_file_offset_and_record(forger) -> None:
    path = next(r["path"] for r in forger.descriptor["resources"] if str(r["path"]).endswith(".warc.gz"))
    where = forger.workspace.root / path
    data = bytearray(where.read_bytes())
    offset, length = stands_at(forger)
    data[offset + length // 2] ^= 0xFF
    with pytest.raises((OSError, EOFError, ValueError, zlib.error)):
        gzip.decompress(bytes(data))
    forger.put(path, bytes(data), packed=False)
    report = checked(forger)
    assert report.verdict == "NOT VALID"
    (error,) = [error for error in report.errors if error.check == "warc"]
    assert error.path == path
    assert f"offset {offset}: record " in error.message


def stands_at(forger: Forger) -> tuple[int, int]:
    (row,) = csv.DictReader(io.StringIO(forger.text(forger.path("articles")), newline=""))
    return int(row["warc_offset"]), int(row["warc_length"])
