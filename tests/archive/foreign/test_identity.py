"""A capture is told by what was captured; what tools write in other ways is kept in the standard's form."""

from __future__ import annotations

import gzip
import itertools
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.warc.reader import iter_payloads, read_payload
from crawler.model import Role

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
UPPER = "<urn:uuid:AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE>"


@pytest.mark.parametrize(
    "record_id", [UPPER, "urn:uuid:aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "<http://tool.example/r/1>", "17", ""]
)
def test_an_id_in_any_form_leads_to_one_of_ours(record_id: str, tool: Any) -> None:
    record = tool.page(warc_record_id=record_id)
    assert (tool.take(record).count, tool.take(record).known) == (1, 1)
    (capture,) = tool.captures()
    assert UUID.fullmatch(capture.capture_id)
    (path,) = tool.workspace.archive.glob("*.warc.gz")
    assert read_payload(path, capture).body == b"<p>News"
    with path.open("rb") as file:
        ids = [record.rec_headers.get_header("WARC-Record-ID") for record in ArchiveIterator(file)]
    assert all(re.fullmatch(r"<[a-z]+:[^<> ]+>", one) for one in ids)


def test_records_under_one_id_are_all_kept(tool: Any) -> None:
    records = [tool.page(f"/news/{n}", b"<p>%d" % n, warc_record_id=UPPER) for n in range(4)]
    assert tool.take(*records).count == 4
    its = tool.captures()
    assert len({capture.capture_id for capture in its}) == 4
    (path,) = tool.workspace.archive.glob("*.warc.gz")
    assert [payload.body for payload in iter_payloads(path)] == [b"<p>0", b"<p>1", b"<p>2", b"<p>3"]
    with path.open("rb") as file:
        ids = [record.rec_headers.get_header("WARC-Record-ID") for record in ArchiveIterator(file)]
    assert len(set(ids)) == len(ids)


def test_ids_do_not_depend_on_order_or_on_the_tool(tool: Any) -> None:
    same = [tool.page("/a", warc_record_id=UPPER), tool.page("/b", warc_record_id=UPPER)]
    copies = [tool.page("/a", number=7, content_type="application/http;msgtype=response"), tool.page("/b", number=8)]
    tool.take(*same)
    before = {capture.url: capture.capture_id for capture in tool.captures()}
    assert tool.take(*reversed(copies)).known == 2
    other = type(tool)(tool.folder, tool.seed, type(tool.workspace)(tool.folder / "other"))
    other.take(copies[1])
    other.take(same[0])
    assert {capture.url: capture.capture_id for capture in other.captures()} == before


def test_another_answer_method_or_second_is_another_capture(tool: Any) -> None:
    tool.take(
        tool.page("/a", number=1),
        tool.page("/a", b"<p>Other", number=2),
        tool.page("/a", number=3, date="2026-03-05T12:00:01Z"),
        tool.page("/a", number=4),
        tool.record(
            "request",
            "https://ministry.example/a",
            b"POST /a HTTP/1.1\r\n\r\n",
            number=5,
            warc_concurrent_to="<urn:uuid:00000000-0000-4000-8000-000000000004>",
        ),
    )
    assert len({capture.capture_id for capture in tool.captures()}) == 4


@pytest.mark.parametrize("method", ["POST", "PUT", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("way", ["concurrent", "named by the answer", "in a row"])
def test_a_method_is_kept_and_makes_no_article(method: str, way: str, tool: Any) -> None:
    ids = [f"<urn:uuid:00000000-0000-4000-8000-{n:012d}>" for n in (1, 2)]
    ask = f"{method} /news/1 HTTP/1.1\r\nHost: ministry.example\r\n\r\nq=1".encode()
    of = ids[0] if way == "concurrent" else ""
    request = tool.record("request", "https://ministry.example/news/1", ask, number=2, warc_concurrent_to=of)
    answer = tool.page(number=1, warc_concurrent_to=ids[1] if way == "named by the answer" else "")
    tool.take(request, answer)
    (capture,) = tool.captures()
    assert (capture.method, capture.role) == (method, Role.PROBE)


@pytest.mark.parametrize(
    "given", ["2026-03-05T12:00Z", "2026-03-05t12:00:00z", "2026-03-05T17:00:00+05:00", "20260305120000"]
)
def test_a_date_is_kept_in_the_form_that_all_tools_read(given: str, tool: Any) -> None:
    tool.take(tool.page(date=given))
    (capture,) = tool.captures()
    assert capture.fetched_at.isoformat() == "2026-03-05T12:00:00+00:00"
    (path,) = tool.workspace.archive.glob("*.warc.gz")
    kept = gzip.decompress(path.read_bytes())
    assert f"record-date: {given}\r\n".encode() in kept
    assert f"warc-date: {given}".encode() not in kept
    assert kept.lower().count(b"\nwarc-date: 2026-03-05t12:00:00.000000z\r\n") == 2


def test_a_folded_head_is_kept_on_lines(tool: Any) -> None:
    folded = tool.page(warc_ip_address="192.0.2.1").replace(b"warc-target-uri: ", b"warc-target-uri:\r\n\t ")
    assert b"\r\n\t https" in folded
    tool.take(folded)
    (capture,) = tool.captures()
    assert capture.url == "https://ministry.example/news/1"
    (path,) = tool.workspace.archive.glob("*.warc.gz")
    assert b"\r\n\t" not in gzip.decompress(path.read_bytes())
    with path.open("rb") as file:
        urls = [r.rec_headers.get_header("WARC-Target-URI") for r in ArchiveIterator(BytesIO(file.read()))]
    assert "https://ministry.example/news/1" in urls


def test_brackets_count_only_as_a_pair(tool: Any) -> None:
    tool.take(
        tool.page("/1", warc_target_uri="<https://ministry.example/1>"),
        tool.page("/2", warc_target_uri="https://ministry.example/2?a>b>"),
    )
    assert [c.url for c in tool.captures()] == ["https://ministry.example/1", "https://ministry.example/2?a>b>"]


@pytest.mark.parametrize("kind", ["resource", "response"])
@pytest.mark.parametrize("mime", ["text/html", "text/html; charset=windows-1251", "application/http; msgtype=response"])
def test_html_without_an_http_head_is_an_answer(kind: str, mime: str, tool: Any) -> None:
    html = "\n\n<!doctype html><p>Cookie: secret\n\n<p>Новости".encode("windows-1251" if "1251" in mime else "utf-8")
    tool.take(tool.record(kind, "https://ministry.example/news/1", html, content_type=mime))
    (capture,) = tool.captures()
    assert (capture.kind, capture.status, capture.mime, capture.role) == ("response", 200, "text/html", Role.ARTICLE)
    (path,) = tool.workspace.archive.glob("*.warc.gz")
    (payload,) = iter_payloads(path)
    assert payload.body == html
    stated = dict(payload.headers)["Content-Type"]
    assert stated == (mime if "html" in mime else "text/html")


def test_resources_of_a_tool_are_left_out(tool: Any) -> None:
    taken = tool.take(
        tool.record("resource", "urn:screenshot:https://ministry.example/", b"png", content_type="image/png"),
        tool.record("resource", "metadata://tool/log", b"{}", number=1, content_type="application/json"),
    )
    assert taken.left_out == {"resource records": 2}


def test_a_wrong_block_digest_is_told_and_marked(tool: Any, digest: Callable[[bytes], str]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    good = tool.page("/1", warc_block_digest=digest(head + b"<p>News"), number=1)
    rotten = tool.page("/2", warc_block_digest=digest(head + b"<p>Other"), number=2)
    taken = tool.take(good, rotten)
    (told,) = taken.faults
    assert "damaged: the block digest does not match of 1 record(s), the first of https://ministry.example/2" in told
    assert {c.url[-1]: c.truncated for c in tool.captures()} == {"1": None, "2": "warc-block-digest"}


@pytest.mark.parametrize("of", ["raw", "entity", "decoded"])
def test_a_payload_digest_may_be_of_each_form_of_the_body(of: str, tool: Any, digest: Callable[[bytes], str]) -> None:
    text = b"<p>News" * 20
    coded = gzip.compress(text, mtime=0)
    raw = b"%x\r\n%s\r\n0\r\n\r\n" % (len(coded), coded)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    stated = digest({"raw": raw, "entity": coded, "decoded": text}[of])
    taken = tool.take(tool.record("response", "https://ministry.example/1", head + raw, warc_payload_digest=stated))
    assert taken.faults == []
    wrong = tool.record(
        "response", "https://ministry.example/2", head + raw, number=2, warc_payload_digest=digest(b"other")
    )
    assert "the payload digest does not match" in tool.take(wrong).faults[0]
    assert [capture.truncated for capture in tool.captures()] == [None, "warc-payload-digest"]


def test_a_segment_of_all_forms(tool: Any) -> None:
    """Each odd form beside each other one, in one file: none hides another."""
    forms = [
        {"warc_record_id": UPPER},
        {"date": "2026-03-05T12:00Z"},
        {"warc_target_uri": "<https://ministry.example/x>"},
    ]
    records = []
    for n, pair in enumerate(itertools.combinations(forms, 2)):
        records.append(tool.page(f"/{n}", b"<p>%d" % n, **{"number": n + 1, **pair[0], **pair[1]}))
    assert tool.take(*records).count == 3
    assert all(UUID.fullmatch(capture.capture_id) for capture in tool.captures())
