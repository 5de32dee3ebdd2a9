"""A package in a program: rows one by one, of one version, and the records behind them."""

from __future__ import annotations

import dataclasses
import gzip
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

import crawler
from crawler import ArticleRow, Package, VersionChanged
from crawler.errors import ArchiveError, MinistryNewsError, NotFound, PackageInvalid
from crawler.package.build.build import build
from crawler.package.exports import query
from crawler.package.tables.typed import typed
from crawler.package.takedown import withdraw
from crawler.workspace import Workspace
from tests.package.forger import Forger


def publish(ministry, make_page, number: int) -> None:
    """A version: another wording of one article, and one article more."""
    run = ministry.run()
    run.get("/n/1", make_page(f"Title {number}", f"topic {number}"))
    run.get(f"/m/{number}", make_page(f"More {number}", f"others {number}"))
    run.done()
    build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")


@pytest.fixture(scope="module")
def made(tmp_path_factory, make_ministry, make_page) -> Path:
    ministry = make_ministry(tmp_path_factory.mktemp("library") / "package")
    for number in range(3):
        publish(ministry, make_page, number)
    return Path(ministry.workspace.root)


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "package"))


def test_articles_are_the_rows_of_the_table(made: Path) -> None:
    rows = [typed(row, "articles") for row in query.rows(Workspace(made), "articles")]
    articles = list(Package(made).articles())
    assert [a.article_id for a in articles] == [r["article_id"] for r in rows]
    assert [a.text for a in articles] == [r["text"] for r in rows]
    assert all(isinstance(a, ArticleRow) for a in articles) and len(articles) == 4


def test_the_words_of_a_person_name_an_article(made: Path) -> None:
    package = Package(str(made))
    article = package.article("https://ministry.example/n/1")
    assert package.article(article.article_id[:12]) == article
    with pytest.raises(NotFound):
        package.article("https://ministry.example/none")


def test_revisions_are_what_an_article_said_before(made: Path) -> None:
    package = Package(made)
    article = package.article("https://ministry.example/n/1")
    revisions = list(package.revisions(article))
    assert [r.title for r in revisions] == ["Title 0", "Title 1"]
    assert list(package.revisions(article.article_id)) == revisions == list(package.revisions())
    assert all(r.valid_from < r.valid_to for r in revisions)
    assert list(package.revisions("https://ministry.example/m/0")) == []


def test_a_snapshot_holds_the_page_behind_each_row(made: Path) -> None:
    package = Package(made)
    rows = [*package.articles(), *package.revisions()]
    for row in rows:
        snapshot = package.snapshot(row)
        assert f"<h1>{row.title}</h1>".encode() in snapshot.body
        assert snapshot.block.startswith(b"HTTP/1.1 200") and snapshot.block.endswith(snapshot.body)
        assert (snapshot.url, snapshot.status, snapshot.media_type) == (row.url, 200, "text/html")
        assert snapshot.verified == ("WARC-Block-Digest", "WARC-Payload-Digest", "payload_sha256")
        assert snapshot.record_id == row.capture_id
    assert len(rows) == 6


def test_the_version_and_the_descriptor_are_told(made: Path) -> None:
    package = Package(made)
    assert package.version == package.descriptor["version"] and package.version.startswith("2.2026")
    assert package.version in repr(package) and package.path == made


# ---------------------------------------------------------------- one version


def test_a_version_that_comes_while_another_is_read_is_never_mixed_in(ministry, make_page) -> None:
    for number in range(2):
        publish(ministry, make_page, number)
        ministry.now = ministry.now.replace(year=ministry.now.year, month=12)  # the next is of another part
    package = Package(ministry.workspace.root)
    whole = list(package.articles())
    reading = package.articles()
    seen = [next(reading)]
    publish(ministry, make_page, 7)
    with pytest.raises(VersionChanged, match="open it again"):
        seen += list(reading)
    assert seen == whole[: len(seen)]
    for ask in (package.article, lambda id_: list(package.revisions(id_))):
        with pytest.raises(VersionChanged):
            ask(whole[0].article_id)
    with pytest.raises(VersionChanged):
        package.snapshot(whole[0])
    with pytest.raises(VersionChanged):
        list(package.articles())
    assert len(list(Package(ministry.workspace.root).articles())) == len(whole) + 1


def test_what_another_version_took_away_is_no_broken_package(ministry, make_page) -> None:
    publish(ministry, make_page, 0)
    package = Package(ministry.workspace.root)
    reading = package.articles()
    publish(ministry, make_page, 1)  # before the first row: the part that it stands in has gone
    with pytest.raises(VersionChanged):
        next(reading)


# ---------------------------------------------------------------- packages of others


def test_a_cell_that_its_column_cannot_hold_names_file_and_line(folder: Path) -> None:
    forger = Forger(Workspace(folder))
    forger.change("articles", lambda row: row.update(published_date="2026-02-30"), number=1)
    reading = Package(folder).articles()
    next(reading)
    with pytest.raises(PackageInvalid, match=r"data/articles-[^ ]+: line \d+: .*published_date"):
        list(reading)


def test_a_row_without_an_end_is_not_held(folder: Path) -> None:
    path = next((folder / "data").glob("articles-*.csv.gz"))
    header = gzip.decompress(path.read_bytes()).partition(b"\n")[0]
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(header + b'\n"')
        for _ in range(64):
            file.write(b"a" * (1 << 20))
    tracemalloc.start()
    with pytest.raises(PackageInvalid):
        list(Package(folder).articles())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 120 << 20


def test_links_lead_nowhere(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    path = next((folder / "data").glob("articles-*.csv.gz"))
    path.unlink()
    path.symlink_to(tmp_path / "secret")
    with pytest.raises(MinistryNewsError):
        list(Package(folder).articles())


def changed(path: Path, where: int) -> None:
    data = bytearray(path.read_bytes())
    data[where] ^= 1
    path.write_bytes(data)


def test_a_record_with_other_bytes_is_told(folder: Path) -> None:
    package = Package(folder)
    row = next(package.articles())
    for where in (row.warc_length - 60, row.warc_length // 2):
        changed(folder / row.warc_file, row.warc_offset + where)
        with pytest.raises(ArchiveError):
            package.snapshot(row)
        changed(folder / row.warc_file, row.warc_offset + where)
    assert package.snapshot(row).status == 200


def test_a_record_forged_with_its_digests_is_told_by_captures(folder: Path) -> None:
    package = Package(folder)
    first, second = list(package.articles())[:2]
    data = bytearray((folder / second.warc_file).read_bytes())
    member = gzip.decompress(data[second.warc_offset : second.warc_offset + second.warc_length])
    head, _, block = member.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if b"-Digest:" not in line]
    forged = gzip.compress(b"\r\n".join(lines) + b"\r\n\r\n" + block.replace(b"laboratory", b"playground"))
    data[second.warc_offset : second.warc_offset + second.warc_length] = forged
    (folder / second.warc_file).write_bytes(data)
    with pytest.raises(ArchiveError, match="captures says"):
        package.snapshot(second)
    assert package.snapshot(first)


def test_a_row_leads_out_of_no_package(folder: Path) -> None:
    package = Package(folder)
    row = dataclasses.replace(next(package.articles()), warc_file="archive/../../secret")
    with pytest.raises(ArchiveError):
        package.snapshot(row)


def test_what_was_taken_out_on_request_is_not_found(ministry, make_page) -> None:
    publish(ministry, make_page, 0)
    withdraw(ministry.workspace, "https://ministry.example/m/0", "asked for", engine="serial")
    package = Package(ministry.workspace.root)
    row = package.article("https://ministry.example/m/0")
    assert (row.text, row.paragraphs, row.status) == (None, (), "withdrawn")
    with pytest.raises(NotFound, match="on request"):
        package.snapshot(row)


def test_no_package_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no package here"):
        Package(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


# ---------------------------------------------------------------- the door


def test_memory_does_not_grow_with_the_package(ministry, make_page, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(ministry, make_page, 0)
    package = Package(ministry.workspace.root)
    real = sys.modules["crawler.library.package"].read_lines

    def many(*arguments: object) -> object:
        (line, row), *_ = list(real(*arguments))
        return ((line, {**row, "text": f"{n} " * 1000}) for n in range(20_000))

    monkeypatch.setattr("crawler.library.package.read_lines", many)
    tracemalloc.start()
    assert sum(1 for _ in package.articles()) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 << 20


def loads(names: str, statement: str) -> bool:
    told = f"import sys; {statement}; sys.exit(bool(set('{names}'.split()) & sys.modules.keys()))"
    return subprocess.run([sys.executable, "-c", told], check=False).returncode != 0


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not loads("trafilatura scrapy lxml crawler.library", "import crawler")
    assert not loads("trafilatura scrapy twisted langdetect", "from crawler import Package")
    assert loads("crawler.library", "from crawler import Package")


@pytest.mark.parametrize("name", [n for n in crawler.__all__ if n != "__version__"])
def test_each_public_name_is_there_and_described(name: str) -> None:
    its: Callable[..., object] = getattr(crawler, name)
    assert name in dir(crawler) and (its.__doc__ or "").strip()
