"""Memory against bombs of ten gigabytes and answers without an end: `tests/benchmarks/memory_bombs.py [--files]`.

A real server offers an article beside each of them; the main job runs in processes of its own, whose resident memory is
added up ten times a second. What must hold: all good articles arrive, every bad answer is in the run report, and the
peak stays under 400 MB (the largest process, and all together)."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import zstandard
from archive_bombs import rows

ROOT = Path(__file__).resolve().parents[2]
GIGABYTE = 1 << 30
_MB = bytes(1 << 20)
_SEED = """
title = {{ en = "Bombs" }}
homepage = "{url}/"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "{url}/feed.xml"
[crawl]
delay_s = 0.01
timeout_s = 20
retries = 1
max_body_mb = 16
allow_private = ["127.0.0.1"]
"""


def _gzip_of_zeros() -> bytes:
    """Ten members of a gigabyte each; readers take them for one text."""
    engine = zlib.compressobj(6, zlib.DEFLATED, 31)
    member = b"".join([*(engine.compress(_MB) for _ in range(1024)), engine.flush()])
    return member * 10


def _brotli_of_zeros() -> bytes:
    engine = brotli.Compressor(quality=1, lgwin=24)
    return b"".join([*(engine.process(_MB) for _ in range(10 * 1024)), engine.finish()])


def _zstd_of_zeros() -> bytes:
    frame = zstandard.ZstdCompressor(level=1).compress(bytes(GIGABYTE))
    return frame * 10


def bombs() -> dict[str, tuple[str, bytes]]:
    """Bodies of some kilobytes to ten megabytes, each of ten gigabytes when unfolded, by name, with their coding."""
    once = _gzip_of_zeros()
    return {
        "gzip": ("gzip", once),
        "nested": ("gzip, gzip", gzip.compress(once, mtime=0)),
        "brotli": ("br", _brotli_of_zeros()),
        "zstd": ("zstd", _zstd_of_zeros()),
    }


ENDLESS = ("endless-body", "endless-chunks", "endless-header", "drip")


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bombs: dict[str, tuple[str, bytes]] = {}  # noqa: RUF012 - one site per process

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        try:
            self._answer(name)
        except OSError:
            self.close_connection = True

    def _answer(self, name: str) -> None:
        if name == "feed.xml":
            paths = [path for bad in (*self.bombs, *ENDLESS) for path in (f"/bad/{bad}", f"/good/{bad}")]
            items = "".join(f"<item><link>http://{self.headers['Host']}{p}</link></item>" for p in paths)
            self._send(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), "application/rss+xml")
        elif self.path.startswith("/good/"):
            lines = "".join(f"<p>The office says on line {n} that {name} did no harm to anybody.</p>" for n in range(6))
            date = '<meta property="article:published_time" content="2026-03-02T10:00:00+00:00">'
            self._send(f"<title>{name}</title>{date}<h1>News of {name}</h1>{lines}".encode())
        elif name in self.bombs:
            coding, body = self.bombs[name]
            self._send(body, coding=coding)
        elif name in ENDLESS:
            self._endless(name)
        else:
            self.send_error(404)

    def _send(self, body: bytes, mime: str = "text/html; charset=utf-8", coding: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", mime)
        if coding:
            self.send_header("Content-Encoding", coding)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _endless(self, name: str) -> None:
        self.close_connection = True
        head = b"HTTP/1.1 200 OK\r\n"
        if name == "endless-header":
            while True:
                self.wfile.write(head := b"X-A: " + b"a" * 4000 + b"\r\n")
        chunked = name == "endless-chunks"
        self.wfile.write(head + (b"Transfer-Encoding: chunked\r\n\r\n" if chunked else b"Connection: close\r\n\r\n"))
        while True:
            self.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n" if chunked else b"x" if name == "drip" else _MB)
            time.sleep(0.2 if name == "drip" else 0)

    def log_message(self, format: str, *args: object) -> None:
        pass


def resident(root: int) -> tuple[int, int]:
    """(bytes of the largest, bytes of all) of a process and its descendants, now. Of all: what forked processes share
    counts once (Pss of proc_pid_smaps(5))."""
    parents: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        pid = int(path.parent.name)
        parents.setdefault(int(fields[1]), []).append(pid)
        sizes[pid] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    family, queue = [], [root]
    while queue:
        pid = queue.pop()
        family.append(pid)
        queue += parents.get(pid, [])
    return max(sizes.get(pid, 0) for pid in family), sum(map(share, family))


def share(pid: int) -> int:
    """The bytes of a process, those that it shares with others in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").split("\n")
    except OSError:
        return 0  # it has just ended
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def measured(command: list[str]) -> tuple[subprocess.CompletedProcess[str], int, int]:
    """(how a command ended, bytes of its largest process, bytes of all of them together)."""
    largest = together = 0
    with (
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as err,
        subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, "PYTHONPATH": str(ROOT)}) as child,
    ):
        while child.poll() is None:
            one, every = resident(child.pid)
            largest, together = max(largest, one), max(together, every)
            time.sleep(0.05)
        out.seek(0)
        err.seek(0)
        done = subprocess.CompletedProcess(command, child.returncode, out.read(), err.read())
    return done, largest, together


def crawl(folder: Path) -> None:
    """A crawl of the site of bombs, told line by line."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    seed = folder / "xx" / "bombs.toml"
    seed.parent.mkdir()
    seed.write_text(_SEED.format(url=f"http://127.0.0.1:{server.server_port}"), encoding="utf-8")
    begun = time.monotonic()
    command = [sys.executable, "-m", "crawler", "crawl", str(seed), "--package", f"{folder}/package", "--json"]
    done, largest, together = measured(command)
    summary = json.loads(done.stdout)
    faults = {fault["url"].rpartition("/")[2]: fault["reason"] for fault in summary["crawls"][0]["faults"]}
    for name in (*_Site.bombs, *ENDLESS):
        size = f"{len(_Site.bombs[name][1]):,} bytes on the wire" if name in _Site.bombs else "no end"
        print(f"  {name:15} {size:28} {faults.get(name, 'NOT TOLD')}")
    found, good = summary["found"]["new"], len(_Site.bombs) + len(ENDLESS)
    print(f"good articles {found} of {good}; exit code {summary['exit_code']}; {time.monotonic() - begun:.0f} s")
    print(f"peak memory {largest >> 20} MB of the largest process, {together >> 20} MB of all together", flush=True)


def main() -> None:
    print("packing ten gigabytes of zeros in four ways ...", flush=True)
    _Site.bombs = bombs()
    with tempfile.TemporaryDirectory(prefix="bombs-") as folder:
        if "--files" not in sys.argv:
            crawl(Path(folder))
        worst = 0
        for name, told, one, every in rows(Path(folder), _Site.bombs, measured):
            worst = max(worst, one)
            print(f"  {name:42} {one >> 20:4} MB of the largest process, {every >> 20:4} MB of all; {told}", flush=True)
        print(f"peak memory of ingest, validate, show, serve and status: {worst >> 20} MB of the largest process")


if __name__ == "__main__":
    main()
