"""What crosses the wire stands in the archive byte for byte: odd and broken answers, plain and over TLS."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.warc.reader import iter_captures, iter_payloads
from crawler.model import Capture


@dataclass
class Crawled:
    """Both servers' cases, fetched twice, with and without keep-alive; and what the archive says of each."""

    servers: list[Any]
    results: list[dict[str, Any]]
    files: list[Path]
    captures: dict[str, Capture]
    blocks: dict[str, dict[str, bytes]]  # capture id -> kind -> block


@pytest.fixture(scope="session")
def crawled(
    odd: ModuleType,
    servers: list[Any],
    bundle: Path,
    fetch: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Crawled:
    folder = tmp_path_factory.mktemp("wire")
    requests = [
        [f"{server.base}/case/{case.name}?n={turn}", case.method, 1.5 if case.stall else 20]
        for turn in (1, 2)
        for case in odd.CASES.values()
        for server in servers
        if turn == 1 or not case.stall
    ]
    for server in servers:
        server.log.clear()  # the servers are shared with other files' tests
    # Answers of both lengths: those that are held in memory, and those whose bodies go to a file.
    settings = {"WARC_IN_MEMORY": 400}
    extra = f'ca_bundle = "{bundle}"'
    done = fetch(folder, requests, extra=extra, concurrency=16, max_bytes=1 << 18, settings=settings)
    files = [folder / "archive" / name for name in done["files"]]
    captures = {capture.url: capture for path in files for capture in iter_captures(path)}
    return Crawled(servers, done["results"], files, captures, _blocks(files))


def _blocks(files: list[Path]) -> dict[str, dict[str, bytes]]:
    """What warcio, not our own reader, finds for each capture."""
    out: dict[str, dict[str, bytes]] = {}
    for path in files:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=True):
                of = record.rec_headers.get_header("WARC-Concurrent-To") or record.rec_headers.get_header(
                    "WARC-Record-ID"
                )
                key = of.removeprefix("<urn:uuid:").removesuffix(">")
                out.setdefault(key, {})[record.rec_type] = record.raw_stream.read()
    return out


def test_there_are_enough_odd_answers(odd: ModuleType) -> None:
    assert len(odd.CASES) >= 60


def test_every_exchange_has_one_capture(crawled: Crawled) -> None:
    asked = sum(len(spoken) for server in crawled.servers for spoken in server.log.values())
    answered = sum(capture.kind != "failure" for capture in crawled.captures.values())
    assert len(crawled.results) == len(crawled.captures)
    # On a busy machine a request may end before the server has read it: such a capture is a failure without an answer.
    assert answered <= asked <= len(crawled.captures)


def test_every_request_is_archived_as_it_was_sent(crawled: Crawled) -> None:
    for server in crawled.servers:
        for path, spoken in server.log.items():
            capture = crawled.captures[server.base + path]
            assert crawled.blocks[capture.capture_id]["request"] == spoken[0].request, path


def test_every_answer_read_whole_is_equal_and_the_rest_are_marked_prefixes(odd: ModuleType, crawled: Crawled) -> None:
    for server in crawled.servers:
        for path, (spoken,) in server.log.items():
            case = odd.CASES[path.split("?")[0].rpartition("/")[2]]
            capture = crawled.captures[server.base + path]
            sent = bytes(spoken.response)[case.interim :]
            got = crawled.blocks[capture.capture_id].get("response", b"")
            if case.expect == odd.WHOLE:
                assert got == sent[: len(sent) - case.junk], path
                assert capture.failure is None, path
            elif case.expect == odd.PREFIX:
                assert capture.failure, path
                assert got or case.endless, path
                assert sent.startswith(got), path
                assert capture.kind == "failure" or capture.truncated, path
            else:
                assert capture.kind == "failure", path
                assert capture.failure in ("timeout", "disconnect"), path


def test_interim_answers_are_split_off_and_kept(odd: ModuleType, crawled: Crawled) -> None:
    capture = crawled.captures[f"{crawled.servers[0].base}/case/early-hints?n=1"]
    assert capture.status == 200
    assert b"interim-responses: SFRUUC8xLjEgMTAzIEVhcmx5IEhpbnRz" in crawled.blocks[capture.capture_id]["metadata"]


def test_connections_are_used_again(crawled: Crawled) -> None:
    for server in crawled.servers:
        connections = [spoken.connection for log in server.log.values() for spoken in log]
        assert len(set(connections)) < len(connections)


def test_payloads_are_decoded(odd: ModuleType, crawled: Crawled) -> None:
    page = hashlib.sha256(odd.PAGE).hexdigest()
    names = "plain chunked chunk-case chunk-ext chunk-trailer chunk-gzip gzip gzip-padded gzip-twice gzip-lie deflate "
    names += "deflate-raw br zstd bare-lf http10-eof chunk-and-length extra-behind early-hints chunk-many"
    for server in crawled.servers:
        for name in names.split():
            capture = crawled.captures[f"{server.base}/case/{name}?n=1"]
            want = hashlib.sha256(odd.PAGE[:60]).hexdigest() if name == "chunk-many" else page
            assert capture.payload_sha256 == want, name
            assert capture.truncated is None, name


def test_a_coding_that_ends_early_is_told(crawled: Crawled) -> None:
    capture = crawled.captures[f"{crawled.servers[0].base}/case/gzip-cut?n=1"]
    assert capture.truncated


def test_tls_is_recorded(crawled: Crawled) -> None:
    plain, tls = (crawled.captures[f"{s.base}/case/plain?n=1"].capture_id for s in crawled.servers)
    assert b"protocol: tls/1." in crawled.blocks[tls]["metadata"]
    assert b"cipher-suite: TLS_" in crawled.blocks[tls]["metadata"]
    assert b"tls-exception: verified by the seed's own bundle" in crawled.blocks[tls]["metadata"]
    assert b"tls" not in crawled.blocks[plain]["metadata"]


def test_large_files_are_split(crawled: Crawled) -> None:
    assert len(crawled.files) > 1
    assert all(path.stat().st_size > 1 << 18 for path in crawled.files[:-1])


def test_what_the_crawl_was_told_is_what_the_archive_says(crawled: Crawled) -> None:
    for row in crawled.results:
        capture = crawled.captures[row["url"]]
        assert row["id"] == capture.capture_id
        assert row["failure"] == capture.failure
        if "status" in row:
            assert row["status"] == capture.status


def test_payloads_carry_the_request(crawled: Crawled) -> None:
    payload = next(iter_payloads(crawled.files[0]))
    assert ("Accept-Encoding", "gzip, deflate") in payload.request_headers
