"""What ingest says of each file: taken, known, left out and lost, the same for people and for scripts."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from tests.seed_texts import MINISTRY

SEED = MINISTRY


def _record(n: int, host: str = "ministry.example") -> bytes:
    text = "The ministry has opened the canal to boats of all kinds this week. " * 9
    body = f"<html><title>t</title><body><article><h1>Canal {n} is open</h1><p>{text}</p></article>".encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{n:012d}>\r\n"
        f"WARC-Date: 2026-03-05T12:00:00Z\r\nWARC-Target-URI: https://{host}/news/{n}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "seeds" / "xx").mkdir(parents=True)
    (tmp_path / "seeds" / "xx" / "one.toml").write_text(SEED, "utf-8")
    (tmp_path / "seeds" / "xx" / "wrong.toml").write_text(SEED.replace("ministry.example", "other.example"), "utf-8")
    (tmp_path / "good.warc.gz").write_bytes(_record(1) + _record(2) + _record(3, "elsewhere.example"))
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\0\x1b[2J" + bytes(4000))
    (tmp_path / "b.har").write_bytes(b'{"log": {"entries": []}}')
    (tmp_path / "c.html").write_bytes(b"<!doctype html><title>x</title>")
    (tmp_path / "empty.warc").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "whole.wacz", "w") as whole:
        whole.writestr("archive/a.warc.gz", _record(4))
    (tmp_path / "cut.wacz").write_bytes((tmp_path / "whole.wacz").read_bytes()[:-60])
    return tmp_path


@pytest.mark.parametrize("name", ["a.db", "b.har", "c.html", "empty.warc", "cut.wacz"])
def test_a_file_that_gives_nothing_is_named_and_none_of_its_bytes_is_shown(folder: Path, invoke, name: str) -> None:
    seed = folder / "seeds" / "xx" / "one.toml"
    done = invoke("ingest", folder / name, "--seed", seed, "--package", folder / "p")
    assert done.returncode not in (0, 1, 2)
    assert name in done.stderr
    assert len(done.stderr) < 700
    assert not any(sign in done.stderr for sign in ("\x1b[2J", "\\x00", "doctype", "entries"))


def test_a_wrong_seed_takes_nothing_and_says_why_first(folder: Path, invoke) -> None:
    seed = folder / "seeds" / "xx" / "wrong.toml"
    done = invoke("ingest", folder / "good.warc.gz", "--seed", seed, "--package", folder / "p")
    assert done.returncode == 4
    told = done.stderr.index("good.warc.gz: 0 taken, 0 known, 3 captures of other sources left out")
    assert told < done.stderr.index("error:")


def test_each_file_has_its_account_the_same_for_scripts(folder: Path, invoke) -> None:
    names = ["good.warc.gz", "a.db", "empty.warc", "whole.wacz"]
    call = ["ingest", *(folder / name for name in names), "--seed", folder / "seeds" / "xx" / "one.toml"]
    done = invoke(*call, "--json", "--package", folder / "p")
    assert done.returncode == 4
    files = {file["name"]: file for file in json.loads(done.stdout)["files"]}
    assert list(files) == names
    assert [files[name]["taken"] for name in names] == [2, 0, 0, 1]
    assert files["good.warc.gz"]["left_out"] == {"captures of other sources": 1}
    assert [len(files[name]["damaged"]) for name in names] == [0, 1, 1, 0]
    again = invoke(*call, "--package", folder / "p")
    assert again.returncode == 4
    assert "good.warc.gz: 0 taken, 2 known, 1 captures of other sources left out" in again.stdout
    assert "whole.wacz: 0 taken, 1 known" in again.stdout
    assert "empty.warc: 0 taken, 0 known, 1 damaged or lost" in again.stdout
