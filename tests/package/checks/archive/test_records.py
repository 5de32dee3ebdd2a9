"""`--full` holds every record against the digests that it states: of blocks, of payloads, of what revisits repeat."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.archive.foreign import ingest
from crawler.archive.warc.reader import iter_captures, records
from crawler.package.build.build import build
from crawler.package.checks.findings import ValidationReport
from crawler.package.checks.validate import validate
from crawler.pages import page_object
from crawler.workspace import Workspace
from tests.package.forger import Forger
from tests.package.package_breaks import rewritten


def sha1(data: bytes) -> bytes:
    return b"sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest())


@pytest.fixture
def package(ministry, make_page) -> Workspace:
    """A run with an article, and one in which it is the same and another page fails."""
    for days in (0, 40):
        run = ministry.run(days)
        run.get("/n/1", make_page("The river is clean", "water"))
        if days:
            run.get("/n/2", failure="timeout")
        run.done()
        build(ministry.workspace, seeds={ministry.seed.id: ministry.seed}, engine="serial")
    return ministry.workspace


def edit(space: Workspace, choose: Callable[..., bool], change: Callable[[bytes], bytes]) -> tuple[str, int]:
    """Changes the first record that is chosen, and makes the descriptor true again; its file and offset."""
    for path in sorted(space.archive.glob("*.warc.gz")):
        for record in records(path):
            if choose(record):
                forger, name = Forger(space), f"archive/{path.name}"
                forger.put(name, rewritten(path.read_bytes(), record.offset, record.length, change), packed=False)
                forger.derive()
                forger.save()
                return name, record.offset
    raise AssertionError("no such record")


def full(space: Workspace) -> ValidationReport:
    return validate(space, engine="serial", full=True)


def blocks(record: bytes, change: Callable[[bytes], bytes], *, digest: bool) -> bytes:
    """A record with another block, whose digest is made true on request; of the same length."""
    head, _, block = record.removesuffix(b"\r\n\r\n").partition(b"\r\n\r\n")
    new = change(block)
    assert len(new) == len(block) != 0 and new != block
    if digest:
        head = re.sub(rb"(?i)(?<=Block-Digest: )\S+", sha1(new), head)
    return head + b"\r\n\r\n" + new + b"\r\n\r\n"


def test_a_package_is_right(package: Workspace) -> None:
    kinds = {c.kind for path in package.archive.glob("*.warc.gz") for c in iter_captures(path)}
    assert kinds == {"response", "revisit", "failure"}
    report = full(package)
    assert report.verdict == "valid" and not report.warnings, report.lines()


WORDS = {
    "warcinfo": (b"agent/1", b"agent/2"),
    "request": (b"GET /n/1", b"GET /n/8"),
    "metadata": (b"method: GET", b"method: PUT"),
    "resource": (b"complete", b"complote"),
    "revisit": (b"200 OK", b"200 KO"),
    "response": (b"doubled", b"drained"),
}


@pytest.mark.parametrize("kind", WORDS)
def test_the_block_of_every_record_is_that_of_its_digest(kind: str, package: Workspace) -> None:
    before, after = WORDS[kind]
    path, offset = edit(
        package,
        lambda record: record.kind == kind and before in record.block,
        lambda record: blocks(record, lambda block: block.replace(before, after), digest=False),
    )
    report = full(package)
    assert report.verdict == "NOT VALID"
    told = [e for e in report.errors if e.check == "digest" and "block digest" in e.message]
    assert [(e.path, e.message.startswith(f"offset {offset}: record ")) for e in told] == [(path, True)]


def test_a_payload_is_that_of_its_digest_though_the_block_digest_was_mended(package: Workspace) -> None:
    path, offset = edit(
        package,
        lambda record: record.kind == "response",
        lambda record: blocks(record, lambda block: block.replace(b"doubled", b"drained"), digest=True),
    )
    report = full(package)
    assert report.verdict == "NOT VALID"
    (told, *_) = [e for e in report.errors if e.check == "digest"]
    assert told.path == path and told.message.startswith(f"offset {offset}: record ")
    assert "the payload digest of the response of https://ministry.example/n/1 is of other bytes" in told.message


def test_a_revisit_has_the_payload_digest_of_what_it_repeats(package: Workspace) -> None:
    path, offset = edit(
        package,
        lambda record: record.kind == "revisit",
        lambda record: re.sub(rb"(?<=Payload-Digest: )\S+", sha1(b"another"), record),
    )
    report = full(package)
    assert [(e.path, e.check) for e in report.errors] == [(path, "digest")]
    assert f"offset {offset}: " in report.errors[0].message
    assert "the revisit is not that of what it repeats" in report.errors[0].message


def foreign(kind: str, number: int, block: bytes, **digests: bytes) -> bytes:
    fields = "".join(f"WARC-{name}-Digest: {value.decode()}\r\n" for name, value in digests.items())
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Date: 2026-03-0{number}T10:00:00Z\r\nWARC-Target-URI: https://ministry.example/f/{number}\r\n{fields}"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1, mtime=0)


@pytest.mark.parametrize("wrong", ["Block", "Payload", "both", "request", "none"])
def test_what_came_with_a_wrong_digest_is_a_warning_and_what_changed_since_an_error(
    wrong: str, ministry, make_page, tmp_path: Path
) -> None:
    body = make_page("The river is clean", "water")
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    right = {"Block": sha1(block), "Payload": b"md5:" + hashlib.md5(body, usedforsecurity=False).hexdigest().encode()}
    names = {"both": ("Block", "Payload"), "none": (), "request": ()}.get(wrong, (wrong,))
    request = b"GET /f/1 HTTP/1.1\r\n\r\n"
    asked = sha1(b"x") if wrong == "request" else sha1(request)
    source = tmp_path / "other.warc.gz"
    source.write_bytes(
        foreign("response", 1, block, **(right | dict.fromkeys(names, sha1(b"x"))))
        + foreign("request", 1, request, Block=asked)
    )
    seed, space = ministry.seed, ministry.workspace
    taken = ingest([source], {seed.id: (seed, page_object(seed).owns)}, space)
    assert bool(taken.faults) == (wrong != "none")
    build(space, seeds={seed.id: seed}, engine="serial")
    report = full(space)
    assert report.verdict == "valid", report.lines()
    assert [w.check for w in report.warnings if w.check == "digest"] == (["digest"] if wrong != "none" else [])
    if wrong == "none":
        edit(
            space,
            lambda record: record.kind == "response",
            lambda record: blocks(record, lambda b: b.replace(b"doubled", b"drained"), digest=True),
        )
        assert "payload digest of the response" in full(space).errors[0].message
