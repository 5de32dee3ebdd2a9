"""Captures of other tools, in their formats and habits, taken into a package."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.foreign import ingest, settled
from crawler.archive.http.exchange import Exchange, Intent
from crawler.archive.warc.reader import iter_captures, iter_payloads, read_run
from crawler.archive.warc.writer import Recorder
from crawler.errors import ArchiveError
from crawler.model import Capture, Role, Seed
from crawler.pages import page_object
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from tests.seed_texts import MINISTRY

SEED = MINISTRY.replace('//ministry.example/"', '//www.ministry.example/"', 1)
PAGE = b"<!doctype html><title>News</title><p>The ministry opened a laboratory.</p>"


@pytest.fixture
def seed() -> Seed:
    return parse_seed(SEED, seed_id="xx.tests", path="seeds/xx/tests.toml")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "package")


def warc(*, version: str = "1.1", zipped: bool = True, revisit: bool = False) -> bytes:
    """A WARC as warcio writes it: warcinfo, then response and request of a page, a style sheet, and other hosts."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=zipped, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("other.warc.gz", {"software": "Other/1", "isPartOf": "other"}))
    for url, mime, body in (
        ("https://ministry.example/en/news/1", "text/html; charset=utf-8", PAGE),
        ("https://cdn.ministry.example/a.css", "text/css", b"p {}"),
        ("https://elsewhere.example/", "text/html", b"not ours"),
        ("dns:ministry.example", "text/dns", b"192.0.2.1"),
    ):
        head = None
        if not url.startswith("dns:"):
            fields = [("Content-Type", mime), ("Content-Length", str(len(body)))]
            head = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
        date = {"WARC-Date": "2024-03-01T10:00:00Z"}
        response = writer.create_warc_record(
            url, "response", payload=BytesIO(body), http_headers=head, warc_headers_dict=date, warc_content_type=mime
        )
        ask = StatusAndHeaders("GET / HTTP/1.1", [("Host", "ministry.example")], is_http_request=True)
        request = writer.create_warc_record(url, "request", http_headers=ask, warc_headers_dict=dict(date))
        writer.write_request_response_pair(request, response)
    if revisit:
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        url = "https://ministry.example/en/news/1"
        writer.write_record(
            writer.create_revisit_record(
                url, "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", url, "2024-03-01T10:00:00Z", http_headers=head
            )
        )
    return out.getvalue()


def arc() -> bytes:
    """An ARC file of version 1 (internet archive, 1996), with one page."""
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    info = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    start = b"filedesc://old.arc 0.0.0.0 20060301100000 text/plain %d\n%s\n" % (len(info), info)
    return start + b"http://ministry.example/en/news/7 192.0.2.1 20060301100000 text/html %d\n%s\n" % (len(body), body)


def captures(workspace: Workspace) -> list[Capture]:
    its = [c for path in sorted(workspace.archive.glob("*.warc.gz")) for c in iter_captures(path)]
    return list(settled(sorted(its, key=lambda c: (c.fetched_at, c.capture_id))))


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("form", ["members", "plain", "one-member", "wacz"])
def test_a_warc_in_each_form(version: str, form: str, seed: Seed, workspace: Workspace, tmp_path: Path) -> None:
    data = warc(version=version, zipped=form in ("members", "wacz"))
    path = tmp_path / "other.warc"
    if form == "wacz":
        path = tmp_path / "other.wacz"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("archive/../../../../data.warc.gz", data)
            package.writestr("datapackage.json", "{}")
    else:
        path.write_bytes(gzip.compress(data) if form == "one-member" else data)
    taken = ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace)
    assert (taken.count, taken.known, taken.faults) == (2, 0, [])
    assert taken.left_out == {"captures of other sources": 1, "records of other schemes": 1}
    page, style = captures(workspace)
    assert (page.source_id, page.role, page.language) == ("xx.tests", Role.ARTICLE, "en")
    assert style.role is Role.MEDIA
    assert page.fetched_at.isoformat() == "2024-03-01T10:00:00+00:00"
    (file,) = taken.files
    payload = next(iter_payloads(file, role=Role.ARTICLE))
    assert payload.body == PAGE
    assert payload.request_headers == (("Host", "ministry.example"),)
    assert page.run_id == "xx.tests-20240301T100000000000Z"
    assert read_run(file).software.endswith(" ingest")
    assert not [p for p in workspace.work.rglob("*") if p.is_file()]


def test_foreign_records_are_kept_as_they_stand(seed: Seed, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "other.warc.gz"
    path.write_bytes(warc())
    (file,) = ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace).files
    with path.open("rb") as stream:
        before = [r.raw_stream.read() for r in ArchiveIterator(stream, no_record_parse=True)]
    with file.open("rb") as stream:
        after = [(r.rec_type, r.raw_stream.read()) for r in ArchiveIterator(stream, no_record_parse=True)]
    responses = [block for kind, block in after if kind == "response"]
    assert all(block in before for block in responses)
    assert [kind for kind, _ in after[:5]] == "warcinfo resource response request warcinfo".split()
    assert b"ingested-from: other.warc.gz at " in after[5][1]


def test_nothing_is_taken_twice(seed: Seed, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "other.warc.gz"
    path.write_bytes(warc())
    assert ingest([path, path], {seed.id: (seed, page_object(seed).owns)}, workspace).known == 2
    again = ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace)
    assert (again.count, again.known, again.files) == (0, 2, ())
    assert len(list(workspace.archive.iterdir())) == 1


def test_arc(seed: Seed, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "old.arc"
    path.write_bytes(arc())
    taken = ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace)
    assert taken.faults == []
    (capture,) = captures(workspace)
    assert capture.fetched_at.isoformat() == "2006-03-01T10:00:00+00:00"
    assert next(iter_payloads(taken.files[0])).body == PAGE
    assert (
        ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace).known == 1
    )  # the same id again, though ARC has none


def test_a_revisit_finds_its_response_by_address_and_date(seed: Seed, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "other.warc.gz"
    path.write_bytes(warc(revisit=True))
    ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace)
    page, _, revisit = captures(workspace)
    assert (revisit.kind, revisit.revisit_of) == ("revisit", page.capture_id)


def test_our_own_files_keep_what_they_know(
    seed: Seed, workspace: Workspace, recorder: Recorder, exchange: Callable[..., Exchange], intent: Intent
) -> None:
    made = recorder.record(exchange(), intent)
    ingest(recorder.seal(workspace.root / "theirs"), {seed.id: (seed, page_object(seed).owns)}, workspace)
    (taken,) = captures(workspace)
    assert (taken.document, taken.language, taken.via) == (made.document, made.language, made.via)
    assert (taken.role, taken.modified_hint) == (made.role, made.modified_hint)
    assert (taken.capture_id, taken.run_id) == (made.capture_id, made.run_id)


def test_a_torn_file_gives_what_can_be_read(seed: Seed, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "torn.warc.gz"
    data = warc()
    style = list(re.finditer(rb"\x1f\x8b\x08\x00", data))[3]  # warcinfo, response, request, response
    path.write_bytes(data[: style.start() + 60])
    taken = ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace)
    assert taken.count == 1
    assert taken.faults
    assert read_run(taken.files[0]).report["result"] == "partial"  # type: ignore[index]


def junk() -> Iterator[tuple[str, bytes]]:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("archive/bomb.warc", b"\0" * (80 << 20))
    yield "bomb.wacz", bomb.getvalue()
    yield "text.warc", b"this is no archive\n" * 50
    yield "broken.wacz", bomb.getvalue()[:-30] + b"\0" * 30
    yield "gzip.warc.gz", gzip.compress(b"neither is this")


@pytest.mark.parametrize(("name", "data"), list(junk()), ids=lambda value: value if isinstance(value, str) else "")
def test_no_archive_is_refused(name: str, data: bytes, seed: Seed, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=name):
        ingest([path], {seed.id: (seed, page_object(seed).owns)}, workspace)
    assert not list(workspace.root.rglob("*.warc.gz"))


def test_a_missing_file_is_told(seed: Seed, workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="No such file"):
        ingest([tmp_path / "none.warc"], {seed.id: (seed, page_object(seed).owns)}, workspace)
