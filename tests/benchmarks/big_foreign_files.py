"""What taking in a large WARC of another tool costs, side by side with `warcio index` on the same file, which
takes no digest, and `warcio check`, which takes those that `ingest` does.

    python tests/benchmarks/big_foreign_files.py --records 100000

Writes a WARC of so many pages of about 10 kB packed (100,000 are 1 GB), then runs both as processes of their own and
prints CPU seconds, microseconds for each record, and the greatest resident memory. `--owned 0.01` is the shape of a
crawl of the whole web, of which a source owns a small part. Taking in only: what a build of the pages costs is told by
run_cost.py."""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = """
title = { en = "Ministry" }
homepage = "https://ministry.example/"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "https://ministry.example/feed.xml"
"""
TAKE_IN = """
import sys
from pathlib import Path
from crawler.archive.foreign import ingest
from crawler.pages import page_object
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
seed = parse_seed(Path(sys.argv[2]).read_text(), seed_id="xx.big", path="seeds/xx/big.toml")
taken = ingest([Path(sys.argv[1])], {seed.id: (seed, page_object(seed).owns)}, Workspace(Path(sys.argv[3])))
print(taken.count, "taken", *taken.notes)
"""
_WORDS = 2_200  # of a page: about 10 kB packed


def write_warc(path: Path, records: int, owned: float) -> None:
    """A WARC of `records` pages, `owned` of them the source's, each with its request."""
    chance = random.Random(20)  # noqa: S311 - the same file each time
    words = ["".join(chance.choices("abcdefghijklmnoprstuvz", k=chance.randint(2, 11))) for _ in range(40_000)]
    with path.open("wb") as file:
        for number in range(records):
            host = "ministry.example" if chance.random() < owned else "elsewhere.example"
            text = " ".join(chance.choices(words, k=_WORDS))
            html = f"<!doctype html><title>{number}</title><article><h1>News {number}</h1><p>{text}</p></article>"
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(html)}\r\n\r\n"
            payload = f"WARC-Payload-Digest: {_sha1(html)}\r\n"
            url, date = f"https://{host}/news/{number}", f"2026-03-{number % 28 + 1:02d}T12:00:00Z"
            for kind, block in (("response", head + html), ("request", f"GET /news/{number} HTTP/1.1\r\n\r\n")):
                its = f"<urn:uuid:{number:08x}-0000-4000-8000-{0 if kind == 'response' else 1:012d}>"
                of = f"WARC-Concurrent-To: <urn:uuid:{number:08x}-0000-4000-8000-{0:012d}>\r\n"
                fields = (
                    f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {its}\r\nWARC-Date: {date}\r\n"
                    f"WARC-Target-URI: {url}\r\n{of if kind == 'request' else payload}"
                    f"WARC-Block-Digest: {_sha1(block)}\r\n"
                    f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
                )
                file.write(gzip.compress(f"{fields}{block}\r\n\r\n".encode(), 6, mtime=0))


def _sha1(text: str) -> str:
    digest = hashlib.sha1(text.encode(), usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode()}"


def cost(command: list[str]) -> tuple[float, int, float]:
    """(CPU seconds, greatest resident KiB, seconds) of a process. Raises CalledProcessError."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, time.monotonic() - begun


def main() -> None:
    """Prints a line for each tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--owned", type=float, default=1.0)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        warc, seed = folder / "big.warc.gz", folder / "big.toml"
        seed.write_text(SEED, "utf-8")
        write_warc(warc, told.records, told.owned)
        print(f"{told.records} pages with their requests, {warc.stat().st_size / 1e6:.0f} MB")
        warcio = str(Path(sys.executable).with_name("warcio"))
        for name, command in (
            ("warcio index", [warcio, "index", str(warc)]),
            ("warcio check", [warcio, "check", str(warc)]),
            ("ingest", [sys.executable, "-c", TAKE_IN, str(warc), str(seed), str(folder / "package")]),
        ):
            cpu, memory, seconds = cost(command)
            each = cpu / told.records / 2 * 1e6
            print(f"{name:14} {cpu:7.1f} s CPU  {each:6.0f} us a record  {memory >> 10:5} MiB  {seconds:7.1f} s")


if __name__ == "__main__":
    main()
