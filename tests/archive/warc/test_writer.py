"""The WARC files of a run: what stands in them, what may not, and what other programs say of them."""

from __future__ import annotations

import errno
import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.warc.headers import IDENTICAL, NOT_MODIFIED
from crawler.archive.warc.reader import iter_captures, read_payload, read_run
from crawler.archive.warc.writer import Recorder
from crawler.errors import EnvironmentFault, UnsafeFile
from crawler.model import Role

Make = Callable[..., Exchange]


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    with path.open("rb") as file:
        return [
            (r.rec_type, dict(r.rec_headers.headers), r.raw_stream.read())
            for r in ArchiveIterator(file, no_record_parse=True)
        ]


def sealed(recorder: Recorder, tmp_path: Path) -> Path:
    (path,) = recorder.seal(tmp_path / "archive")
    return path


def test_a_file_tells_its_run_and_its_seed(recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path) -> None:
    recorder.record(exchange(), intent)
    recorder.record_report({"result": "complete", "fetched": 1})
    path = sealed(recorder, tmp_path)
    assert path.name == "xx.tests-20261123T201500123456Z-00000.warc.gz"
    run = read_run(path)
    assert (run.source_id, run.run_id, run.seed_toml) == ("xx.tests", recorder.info.run_id, recorder.info.seed_toml)
    assert run.report == {"result": "complete", "fetched": 1}
    kind, headers, block = records(path)[0]
    assert kind == "warcinfo"
    assert headers["WARC-Filename"] == path.name
    for word in ("isPartOf: xx.tests", "robots: obey", "http-header-user-agent: agent/1", "masked-fields: Cookie"):
        assert word.encode() in block


def test_an_exchange_becomes_three_records_of_one_moment(
    recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path
) -> None:
    made = exchange()
    capture = recorder.record(made, intent)
    (_, response, block), (request_kind, request, asked), (meta_kind, meta, told) = records(sealed(recorder, tmp_path))[
        2:
    ]
    assert block == made.response
    assert (request_kind, asked) == ("request", made.request)
    assert meta_kind == "metadata"
    assert {r["WARC-Date"] for r in (response, request, meta)} == {"2026-11-23T20:15:07.123456Z"}
    assert response["WARC-Record-ID"] == f"<urn:uuid:{capture.capture_id}>"
    assert request["WARC-Concurrent-To"] == meta["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert response["WARC-IP-Address"] == "192.0.2.7"
    assert response["WARC-Payload-Digest"].startswith("sha1:")
    assert "WARC-Payload-Digest" not in meta
    assert b"fetchTimeMs: 12\r\n" in told


def test_each_record_is_a_gzip_member_and_the_locator_leads_to_it(
    recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path
) -> None:
    capture = recorder.record(exchange(), intent)
    path = sealed(recorder, tmp_path)
    data = path.read_bytes()[capture.locator.offset :][: capture.locator.length]
    assert gzip.decompress(data).endswith(b"<p>News</p>\r\n\r\n")
    assert capture.locator.warc_file == f"archive/{path.name}"
    assert read_payload(path, capture).body == b"<p>News</p>"


def test_what_is_read_is_what_was_written(recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n4\r\nnews\r\n0\r\n\r\n"
    made = [
        exchange(),
        exchange(),  # a revisit
        exchange(url="https://ministry.example/c", response=chunked),
        exchange(url="https://ministry.example/c", response=chunked),
        exchange(response=b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n'),
        exchange(url="https://ministry.example/m", response=b"HTTP/1.1 301 M\r\nLocation: /n?a=\xd0\xbd\r\n\r\n"),
        exchange(url="https://ministry.example/t", truncated="time", failure="timeout", detail="a\r\nb: c"),
        exchange(url="https://gone.example/", request=b"", response=b"", failure="dns", ip=None, protocols=()),
    ]
    wrote = [recorder.record(one, intent) for one in made]
    assert list(iter_captures(sealed(recorder, tmp_path))) == wrote
    assert [c.kind for c in wrote] == "response revisit response revisit revisit response response failure".split()
    assert wrote[5].redirect == "https://ministry.example/n?a=н"
    assert wrote[6].truncated == "time"
    assert wrote[7].failure == "dns"


def test_revisits_refer_to_the_response_and_keep_the_head(
    recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path
) -> None:
    first = recorder.record(exchange(), intent)
    again = exchange()
    recorder.record(replace(again, started=again.started + timedelta(days=1)), intent)
    recorder.record(exchange(response=b"HTTP/1.1 304 Not Modified\r\n\r\n"), intent)
    revisits = [(h, block) for kind, h, block in records(sealed(recorder, tmp_path)) if kind == "revisit"]
    assert [h["WARC-Profile"] for h, _ in revisits] == [IDENTICAL, NOT_MODIFIED]
    for headers, _ in revisits:
        assert headers["WARC-Refers-To"] == f"<urn:uuid:{first.capture_id}>"  # never to a revisit
        assert headers["WARC-Refers-To-Target-URI"] == first.url
        assert headers["WARC-Refers-To-Date"] == "2026-11-23T20:15:07.123456Z"
    assert revisits[0][0]["WARC-Truncated"] == "length"
    assert revisits[0][1].endswith(b"Content-Length: 11\r\n\r\n")
    assert "WARC-Truncated" not in revisits[1][0]


@pytest.mark.parametrize(
    "change",
    [
        {"body": b"<p>Other</p>"},
        {"response": b"HTTP/1.1 404 Not Found\r\nContent-Length: 11\r\n\r\n<p>News</p>"},
        {"truncated": "disconnect", "failure": "cut"},
        {"response": b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<p>News</p>"},
        {"url": "https://ministry.example/news/2"},
    ],
)
def test_no_revisit_of_what_differs(recorder: Recorder, exchange: Make, intent: Intent, change: dict[str, Any]) -> None:
    recorder.record(exchange(), intent)
    assert recorder.record(exchange(**change), intent).kind == "response"


def test_no_revisit_of_what_is_broken(recorder: Recorder, exchange: Make, intent: Intent) -> None:
    cut = exchange(truncated="disconnect", failure="cut")
    assert recorder.record(cut, intent).kind == "response"
    assert recorder.record(exchange(), intent).kind == "response"


def test_secrets_are_masked_in_place(recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path) -> None:
    made = exchange(
        url="https://user:hunter2@ministry.example/",
        request=b"GET / HTTP/1.1\r\nauthorization: Basic aHVudGVyMg==\r\nCookie: a=hunter2;\r\n hunter2\r\n\r\n",
        response=b"HTTP/1.1 200 OK\r\nSet-Cookie:hunter2\r\nSet-Cookie: hunter2=1\r\nX: hunter1\r\n\r\nhunter3",
    )
    capture = recorder.record(made, replace(intent, via="https://u:hunter2@ministry.example/"))
    path = sealed(recorder, tmp_path)
    plain = gzip.decompress(path.read_bytes())
    for secret in (b"hunter2", b"aHVudGVyMg"):
        assert secret not in plain
    blocks = {kind: block for kind, _, block in records(path)}
    assert len(blocks["request"]) == len(made.request)
    assert len(blocks["response"]) == len(made.response)
    assert b"X: hunter1\r\n\r\nhunter3" in blocks["response"]
    assert b"Cookie: xxxxxxxxxx\r\n xxxxxxx\r\n" in blocks["request"]
    assert "hunter2" not in capture.url + (capture.via or "")


def test_private_archives_keep_secrets(info: RunInfo, exchange: Make, intent: Intent, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "open", info, mask_secrets=False)
    recorder.record(exchange(request=b"GET / HTTP/1.1\r\nCookie: hunter2\r\n\r\n"), intent)
    plain = gzip.decompress(sealed(recorder, tmp_path).read_bytes())
    assert b"Cookie: hunter2" in plain
    assert b"masked-fields: none" in plain


def test_the_web_cannot_write_warc_headers(recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path) -> None:
    evil = "https://ministry.example/\r\nWARC-Type: warcinfo\r\n\r\nx"
    odd = Intent(Role.ARTICLE, document="1\r\nrole: robots", language="\ud800", via=evil, modified_hint="\0\x1b[2J")
    recorder.record(exchange(url=evil, detail="x\r\nfetch-error: no", failure="a"), odd)
    path = sealed(recorder, tmp_path)
    assert [kind for kind, _, _ in records(path)] == "warcinfo resource response request metadata".split()
    (capture,) = iter_captures(path)
    assert capture.role is Role.ARTICLE
    assert "\n" not in capture.url


def test_files_are_split_by_size(info: RunInfo, exchange: Make, intent: Intent, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "open", info, max_bytes=3000)
    wrote = [recorder.record(exchange(url=f"https://m.example/{n}", body=os.urandom(900)), intent) for n in range(9)]
    paths = recorder.seal(tmp_path / "archive")
    assert len(paths) > 2
    assert [c for path in paths for c in iter_captures(path)] == wrote
    assert all(read_run(path).seed_toml for path in paths)


def test_a_full_disk_leaves_no_torn_record(
    recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = recorder.record(exchange(), intent)
    write = os.write

    def short(fd: int, data: Any) -> int:
        if len(data) < 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(fd, data[: len(data) // 2])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", short)
        with pytest.raises(EnvironmentFault, match="No space left"):
            recorder.record(exchange(url="https://m.example/2"), intent)
    after = recorder.record(exchange(url="https://m.example/3"), intent)
    assert list(iter_captures(sealed(recorder, tmp_path))) == [kept, after]


def test_an_unwritable_folder_is_a_fault_of_the_machine(
    info: RunInfo, exchange: Make, intent: Intent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "open").mkdir()

    def refused(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(EnvironmentFault, match="Permission denied"):
        Recorder(tmp_path / "open", info).record(exchange(), intent)


def test_a_file_in_the_place_of_the_folder_is_refused(
    info: RunInfo, exchange: Make, intent: Intent, tmp_path: Path
) -> None:
    (tmp_path / "open").write_text("a file")
    with pytest.raises(UnsafeFile, match="is a file, where a package has a folder"):
        Recorder(tmp_path / "open", info).record(exchange(), intent)


def test_other_programs_accept_the_file(recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path) -> None:
    recorder.record(exchange(), intent)
    recorder.record(exchange(), intent)
    gzipped = gzip.compress(b"<p>x</p>", mtime=0)
    frame = b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzipped), gzipped)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    recorder.record(exchange(url="https://m.example/c", response=head + frame), intent)
    recorder.record(exchange(url="https://m.example/d", response=b"", failure="dns"), intent)
    recorder.record_report({"result": "partial"})
    path = sealed(recorder, tmp_path)
    bin_ = Path(sys.executable).parent
    for command in (["warcio", "check", "-v"], ["fastwarc", "check"]):
        done = subprocess.run([bin_ / command[0], *command[1:], path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    with gzip.GzipFile(fileobj=BytesIO(path.read_bytes())) as whole:
        assert whole.read().count(b"WARC/1.1\r\n") == 14


def test_a_file_whose_beginning_failed_takes_no_records(
    recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk refused the warcinfo and then had room again: what follows goes to a file that names its run."""
    real, calls = os.write, [0]

    def write(fd: int, data: bytes) -> int:
        calls[0] += 1
        if calls[0] == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(fd, data)

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(EnvironmentFault, match="No space left"):
        recorder.record(exchange(), intent)
    recorder.record(exchange(), intent)
    path = sealed(recorder, tmp_path)
    assert read_run(path).run_id == recorder.info.run_id
    assert len(list(iter_captures(path))) == 1
