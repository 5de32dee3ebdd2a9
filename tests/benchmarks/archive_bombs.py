"""Files and packages of others that unfold to gigabytes, and what the commands that read them may be asked.

Used by `memory_bombs.py`, which measures what each takes."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

GIGABYTE = 1 << 30
SOURCE = "https://ministry.example"
_SEED = """
title = { en = "Bombs" }
homepage = "https://ministry.example/"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "https://ministry.example/feed.xml"
match = "/news/"
"""
Measure = Callable[[list[str]], tuple[subprocess.CompletedProcess[str], int, int]]


def _head(kind: str, number: int, length: int, url: str) -> bytes:
    return (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Date: 2026-11-23T20:15:{number % 60:02}Z\r\nWARC-Target-URI: {SOURCE}{url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def _unfolding(start: bytes, unit: bytes, size: int, end: bytes = b"\r\n\r\n") -> bytes:
    """A gzip member of `start`, `size` bytes of `unit`, and `end`."""
    engine, block = zlib.compressobj(6, zlib.DEFLATED, 31), unit * (1 << 20)
    parts = [engine.compress(start), *(engine.compress(block) for _ in range(size // len(block)))]
    return b"".join([*parts, engine.compress(end), engine.flush()])


def _response(number: int, url: str, body: bytes, coding: str = "") -> bytes:
    coded = f"Content-Encoding: {coding}\r\n" if coding else ""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{coded}\r\n".encode() + body
    return gzip.compress(_head("response", number, len(block), url) + block + b"\r\n\r\n", 6)


def _article(number: int) -> bytes:
    lines = "".join(f"<p>The office says on line {n} that no file did any harm to anybody.</p>" for n in range(6))
    date = '<meta property="article:published_time" content="2026-03-02T10:00:00+00:00">'
    return _response(number, f"/news/{number}", f"<title>News {number}</title>{date}<h1>News</h1>{lines}".encode())


def hostile_files(folder: Path, coded: dict[str, tuple[str, bytes]]) -> Iterator[Path]:
    """WARC files, each with an article, and with what unfolds to one or ten gigabytes."""
    block = _unfolding(_head("response", 2, 10 * GIGABYTE, "/news/2"), b"\0", 10 * GIGABYTE)
    files = {
        "block": _article(1) + block,
        "header-line": _article(1) + _unfolding(b"WARC/1.1\r\nWARC-Type: response\r\nX: ", b"x", GIGABYTE),
        "many-headers": _article(1) + _unfolding(b"WARC/1.1\r\nWARC-Type: response\r\n", b"X: y\r\n", GIGABYTE),
        "blank-lines": _article(1) + _unfolding(gzip.decompress(_article(2)), b"\r\n", GIGABYTE),
        "http-head": _article(1) + _unfolding(_head("response", 2, 60 << 20, "/news/2") + b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 59 << 20),
        "one-member": _unfolding(gzip.decompress(_article(1)) + gzip.decompress(_article(2)), b"\0", GIGABYTE),
        "metadata": _article(1) + _unfolding(_head("metadata", 3, 60 << 20, "/news/1"), b"fetch-error: a\r\n", 60 << 20),
    }  # fmt: skip
    for name, content in files.items():
        path = folder / f"{name}.warc.gz"
        path.write_bytes(content)
        yield path
    path = folder / "codings.warc.gz"
    path.write_bytes(
        _article(1) + b"".join(_response(n, f"/news/{n}", b, c) for n, (c, b) in enumerate(coded.values(), 2))
    )
    yield path
    path = folder / "zip.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package, package.open("archive/a.warc", "w") as member:
        member.write(gzip.decompress(_article(1)))
        for _ in range(GIGABYTE >> 20):
            member.write(bytes(1 << 20))
    yield path


def rows(folder: Path, coded: dict[str, tuple[str, bytes]], measure: Measure) -> Iterator[tuple[str, str, int, int]]:
    """(command, how it ended, bytes of the largest process, bytes of all) of each command on each file."""
    seeds, files = folder / "seeds", folder / "files"
    (seeds / "xx").mkdir(parents=True)
    files.mkdir()
    (seeds / "xx" / "bombs.toml").write_text(_SEED, encoding="utf-8")
    run = [sys.executable, "-m", "crawler"]
    for path in hostile_files(files, coded):
        package = folder / "packages" / path.name
        command = [*run, "ingest", str(path), "--seed", str(seeds / "xx" / "bombs.toml"), "--package", str(package)]
        done, one, every = measure(command)
        yield f"ingest {path.name}", _told(done), one, every
        if (package / "datapackage.json").exists():
            done, one, every = measure([*run, "validate", "--full", "--package", str(package)])
            yield f"validate {path.name}", _told(done), one, every
        if path.name == "codings.warc.gz":
            yield from _readers(run, package, measure)
    yield from _broken(run, folder, measure)


def _readers(run: list[str], package: Path, measure: Measure) -> Iterator[tuple[str, str, int, int]]:
    """`show` and `serve` of a package whose records hold bombs."""
    found = re.findall(r"^([0-9a-f]{16}),", _articles(package), re.MULTILINE)
    for name in ("text", "json"):
        done, one, every = measure([*run, "show", found[0], "--format", name, "--package", str(package)])
        yield f"show --format {name}", _told(done), one, every
    done, one, every = measure([sys.executable, __file__, str(package)])
    yield "serve, all snapshots", _told(done), one, every


def _broken(run: list[str], folder: Path, measure: Measure) -> Iterator[tuple[str, str, int, int]]:
    """`validate`, `show` and `status` of a package in which another file stands in the place of a good one."""
    good = folder / "packages" / "codings.warc.gz"
    for name in ("block", "header-line", "http-head"):
        package = folder / "broken" / name
        shutil.copytree(good, package)
        (target,) = (package / "archive").glob("*.warc.gz")
        shutil.copy(folder / "files" / f"{name}.warc.gz", target)
        for verb in ("validate", "status"):
            done, one, every = measure([*run, verb, "--package", str(package)])
            yield f"{verb}, {name} in its archive", _told(done), one, every


def _articles(package: Path) -> str:
    parts = sorted(package.rglob("articles*.csv*"))
    return "".join(
        gzip.decompress(p.read_bytes()).decode() if p.suffix == ".gz" else p.read_text("utf-8") for p in parts
    )


def _told(done: subprocess.CompletedProcess[str]) -> str:
    words = [line for line in (done.stdout + done.stderr).split("\n") if "unfolds" in line or "longer" in line]
    return f"exit {done.returncode}" + (f", {words[0].strip()[-90:]}" if words else "")


def serve_all(package: Path) -> None:
    """Asks a server of its own for every snapshot of a package, and ends it."""
    command = [sys.executable, "-m", "crawler", "serve", "--port", "0", "--package", str(package)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        address = re.search(r"127\.0\.0\.1:(\d+)", server.stdout.readline() if server.stdout else "")
        try:
            if address is None:
                raise SystemExit("serve has told no address")
            for path in sorted((package / "indexes").glob("*.cdx")):
                for line in path.read_bytes().split(b"\n"):
                    if line:
                        url = json.loads(line[line.index(b" {") + 1 :])["url"]
                        connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=120)
                        connection.request("GET", f"/replay/20261123201500/{url}")
                        connection.getresponse().read()
        finally:
            server.terminate()


if __name__ == "__main__":
    serve_all(Path(sys.argv[1]))
