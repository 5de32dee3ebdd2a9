"""Valid but rare, or wrong but common: forms of records and of answers in which a page is whole all the same."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.foreign import ingest
from crawler.archive.warc.digests import normal
from crawler.archive.warc.reader import iter_payloads
from crawler.archive.warc.records import records
from crawler.archive.warc.repair import whole_prefix
from crawler.pages import page_object

URL = "https://ministry.example/news/1"
PAGE = "<!doctype html><p>News \u00fc"


def answer(body: bytes, *fields: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", *fields, "", ""]).encode() + body


def kept(tool: Any) -> Any:
    (path,) = tool.workspace.archive.glob("*.warc.gz")
    assert whole_prefix(path) == path.stat().st_size  # nothing that a repair would cut off
    (payload,) = iter_payloads(path)
    return payload


@pytest.mark.parametrize("coding", ["utf-8", "none", "UTF-8, gzip", "binary"])
def test_a_coding_that_is_none_is_passed_over(coding: str, tool: Any) -> None:
    body = gzip.compress(PAGE.encode()) if "gzip" in coding else PAGE.encode()
    tool.take(tool.record("response", URL, answer(body, "Content-Type: text/html", f"Content-Encoding: {coding}")))
    payload = kept(tool)
    assert (payload.body.decode(), payload.capture.truncated) == (PAGE, None)


def test_an_unknown_coding_of_packed_bytes_is_a_problem(tool: Any) -> None:
    body = gzip.compress(PAGE.encode())[10:]
    tool.take(tool.record("response", URL, answer(body, "Content-Type: text/html", "Content-Encoding: own")))
    assert kept(tool).capture.truncated == "unknown coding 'own'"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_page_in_utf_16_may_be_kept_decoded(encoding: str, tool: Any) -> None:
    body = ("\ufeff" * (encoding == "utf-16-be") + PAGE).encode(encoding)
    fields = ("Content-Type: text/html", "Content-Encoding: gzip", "Content-Length: 9999")
    tool.take(tool.record("response", URL, answer(body, *fields)))
    payload = kept(tool)
    assert (payload.body, payload.capture.truncated) == (body, None)


@pytest.mark.parametrize("mime", ["unknown/unknown", "application/unknown", "*/*"])
def test_a_type_that_says_nothing_is_none(mime: str, tool: Any) -> None:
    tool.take(tool.record("response", URL, answer(PAGE.encode(), f"Content-Type: {mime}")))
    capture = kept(tool).capture
    assert (capture.mime, capture.role.value) == (None, "article")


@pytest.mark.parametrize("version", ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.2", "WARC/1.1 ", "WARC/2"])
def test_versions_and_drafts_of_the_format_are_kept_as_what_tools_read(version: str, tool: Any) -> None:
    assert not tool.take(tool.page().replace(b"WARC/1.1", version.encode(), 1)).faults
    assert kept(tool).body == b"<p>News"


@pytest.mark.parametrize("stated", ["Response", "RESPONSE"])
def test_types_in_other_letters_are_kept_as_what_tools_read(stated: str, tool: Any) -> None:
    of = "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    tool.take(
        tool.page(number=1).replace(b"warc-type: response", f"warc-type: {stated}".encode()),
        tool.record(
            "Request",
            URL,
            b"GET / HTTP/1.1\r\n\r\n",
            number=2,
            warc_concurrent_to=of,
        ),
    )
    (capture,) = tool.captures()
    assert (capture.kind, capture.status) == ("response", 200)
    kinds = [record.kind for record in records(next(tool.workspace.archive.iterdir()))]
    assert {"response", "request"} <= set(kinds) and not any(map(str.istitle, kinds))


@pytest.mark.parametrize(
    ("form", "odd"),
    [
        ("\r\nwarc-date", "\r\n\x1cwarc-date"), ("\r\nwarc-record-id", "\r\n\u2028warc-record-id"),
        ("\r\ncontent-length: 51", "\r\ncontent-length: \u202851"),
        ("warc-type: response", "warc-type: response\r\nwarc-a:\r\n-b: c"), ("warc-date", "warc-date\x1c"),
    ],
)  # fmt: skip
def test_a_head_that_readers_do_not_agree_on_is_written_anew(form: str, odd: str, tool: Any) -> None:
    record = tool.page()
    assert form.encode() in record
    taken = tool.take(record.replace(form.encode(), odd.encode(), 1))
    payload = kept(tool)
    assert (taken.count, payload.body, payload.capture.url) == (1, b"<p>News", URL)


def test_gzip_members_without_a_record_are_nothing(tool: Any) -> None:
    for number, members in enumerate([(b"", tool.page(), b""), (tool.page("/2"), b"\r\n\r\n", tool.page("/3")[:-2])]):
        taken = tool.take(*members, name=f"{number}.warc.gz")
        assert (taken.faults, taken.count) == ([], 1 + number)


@pytest.mark.parametrize("stated", ["< https://ministry.example/a b >", "https://ministry.example/a b"])
def test_blanks_of_an_address_are_encoded_once_and_for_all(stated: str, tool: Any) -> None:
    record = tool.record("response", stated, answer(b"<p>x", "Content-Type: text/html"))
    assert tool.take(record).count == 1
    assert tool.take(record, name="y.warc.gz").known == 1
    assert kept(tool).capture.url == "https://ministry.example/a%20b"


def test_no_library_writes_to_the_terminal(tool: Any, tmp_path: Path) -> None:
    """Of an address with blanks, and of a member that is broken in its middle."""
    record = tool.record("response", "< https://ministry.example/a b >", answer(b"<p>x" * 5000))
    member = bytearray(gzip.compress(record, 0))
    member[-30_000:-6_000] = bytes(24_000)
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(record) + bytes(member))
    code = (
        "import sys\nfrom pathlib import Path\nfrom crawler.archive.warc.reader import iter_captures\n"
        "from crawler.errors import ArchiveError\n"
        "try:\n    print(len(list(iter_captures(Path(sys.argv[1])))))\nexcept ArchiveError:\n    pass\n"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "x.warc.gz")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_what_stands_before_the_first_record_is_told(tool: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"\0\1junk" * 50 + gzip.compress(tool.page()))
    taken = ingest([path], {tool.seed.id: (tool.seed, page_object(tool.seed).owns)}, tool.workspace)
    assert taken.count == 1 and "lost: bytes 0 to 300" in taken.faults[0]


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "sha1"),
        ("DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", "sha1"),
        ("d41d8cd98f00b204e9800998ecf8427e", "md5"),
        ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "sha256"),
    ],
)
def test_a_digest_without_its_algorithm_is_told_by_its_length(stated: str, name: str) -> None:
    assert (normal(stated) or "").partition(":")[0] == name
    assert normal(stated[:-1]) is None


def test_a_revisit_may_name_a_bare_digest(tool: Any, digest: Any) -> None:
    old, new = b"<p>Old news", b"<p>New news"
    head = answer(b"", "Content-Type: text/html")
    tool.take(
        tool.record("response", URL, head + old, number=1, date="2026-01-01T10:00:00Z"),
        tool.record("response", URL, head + new, number=2, date="2026-02-01T10:00:00Z"),
        tool.record("revisit", URL, head, number=3, date="2026-03-01T10:00:00Z",
                    warc_payload_digest=digest(old).partition(":")[2]),
    )  # fmt: skip
    first, _, last = sorted(tool.captures(), key=lambda c: c.fetched_at)
    assert last.revisit_of == first.capture_id
