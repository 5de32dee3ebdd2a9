"""Packages that are broken or forged in every known way: rows and records of them, or an error that names them."""

from __future__ import annotations

import gzip
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler import ArticleRow, Package
from crawler.errors import MinistryNewsError, PackageInvalid
from tests.package.package_breaks import BREAKS, broken, made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(made(tmp_path_factory.mktemp("breaks") / "package").root)


def bodies(root: Path) -> dict[str, bytes]:
    """What is told of the package: the body behind each row that can be read, by its capture. Raises nothing else than
    an error of this program."""
    found: dict[str, bytes] = {}
    with suppress(MinistryNewsError):
        package = Package(root)
        for rows in (package.articles, package.revisions):
            with suppress(MinistryNewsError):
                for row in rows():
                    with suppress(MinistryNewsError):
                        found[row.capture_id] = package.snapshot(row).body
                    with suppress(MinistryNewsError):
                        list(package.revisions(row.article_id))
    return found


def test_a_whole_package_tells_all(whole: Path) -> None:
    rows = [*Package(whole).articles(), *Package(whole).revisions()]
    assert bodies(whole).keys() == {row.capture_id for row in rows} and len(rows) >= 4


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.name[:40] + (" mended" if one.mended else ""))
def test_what_is_broken_never_breaks_the_reader(one, whole: Path, tmp_path: Path) -> None:
    good = bodies(whole)
    for capture, body in bodies(broken(one, whole, tmp_path / "package").root).items():
        assert good.get(capture, body) == body, "other bytes than were captured pass as verified"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_bytes_of_a_table_break_the_reader(whole: Path, tmp_path_factory: pytest.TempPathFactory, data) -> None:
    folder = tmp_path_factory.mktemp("fuzz") / "package"
    shutil.copytree(whole, folder)
    path = sorted((folder / "data").glob("articles-*.csv.gz"))[0]
    text = bytearray(gzip.decompress(path.read_bytes()))
    begin = text.index(b"\n") + 1  # the header is checked as a whole
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(begin, len(text) - 1))
        length = data.draw(st.integers(0, 12))
        some = st.sampled_from(
            [b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"9" * 30, b"[[", b"0001-01-01T00:00:00Z", b""]
        )
        text[at : at + length] = data.draw(some | st.binary(max_size=8))
    path.write_bytes(gzip.compress(bytes(text)))
    try:
        for row in Package(folder).articles():
            assert isinstance(row, ArticleRow) and row.first_seen_at.tzinfo
    except PackageInvalid as error:
        assert path.name in str(error)
    shutil.rmtree(folder)
