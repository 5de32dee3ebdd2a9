"""What a scheduled run costs as the package grows: `tests/benchmarks/run_cost.py --articles 1000 10000 100000`.

For each size a package is made that was last crawled an hour ago (what is assumed of it: see `make_package.py`); then
the main job runs over a real local server as a scheduled job would start it: with what came due in that hour; without
news; without news on a fresh machine, where only the package is; and with 100 new articles. Bytes are those that the
processes had written to disk; memory is the largest process's peak. The exit status is 1 when time or bytes of the
second or the last grow more than 1.5 times from the smallest package to the largest, or memory is over 500 MB."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]
from make_package import SOURCE, Story, make, seed_of, story

from crawler.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
NEW = 100
NEWEST = 20  # items in the feed
MOST_GROWTH = 1.5
MOST_MB = 500


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stories: dict[int, Story] = {}  # noqa: RUF012 - one site at a time
    shown = NEWEST

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        if self.path == "/feed.xml":
            newest = sorted(self.stories)[-self.shown :]
            items = "".join(
                f"<item><title>{n}</title><link>http://{self.headers['Host']}/news/{n}</link></item>" for n in newest
            )
            self._send(200, "application/rss+xml", f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
        elif name.isdigit() and int(name) in self.stories:
            if self.headers.get("If-None-Match") == f'"{name}"':
                self._send(304, "text/html", b"", name)
            else:
                self._send(200, "text/html; charset=utf-8", self.stories[int(name)].page(), name)
        else:
            self._send(404, "text/plain", b"")

    def _send(self, status: int, mime: str, body: bytes, tag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", mime)
        if tag:
            self.send_header("ETag", f'"{tag}"')
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass(frozen=True)
class Cost:
    wall_s: float
    cpu_s: float
    written_kb: float
    memory_mb: float

    def __str__(self) -> str:
        return f"{self.wall_s:7.1f} s  {self.cpu_s:6.1f} s CPU  {self.written_kb:9,.0f} kB  {self.memory_mb:5.0f} MB"


# Starts a command and prints what it used. A process of its own, and a small one: Linux counts the memory of the
# process that starts another as memory of that other, and this program holds all made-up pages.
_STARTER = """
import json, os, sys, time
begun = time.monotonic()
child = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ)
_, status, used = os.wait4(child, 0)
cpu = used.ru_utime + used.ru_stime
print(json.dumps([status, time.monotonic() - begun, cpu, used.ru_oublock / 2, used.ru_maxrss / 1024]))
"""


def run(package: Path, seed: Path) -> Cost:
    """One scheduled run, in processes of its own."""
    command = ["-m", "crawler", "crawl", str(seed), "--package", str(package), "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _STARTER, *command], stdout=subprocess.PIPE, env=environment, check=True
    )
    status, *used = json.loads(done.stdout.splitlines()[-1])
    if status:
        raise SystemExit(f"the run ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(*used)


def measured(articles: int, folder: Path) -> dict[str, Cost]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    end = datetime.now(UTC) - timedelta(hours=1)
    begun = time.monotonic()
    package = make(folder / "package", url, articles, end=end).root
    size = sum(path.stat().st_size for path in package.rglob("*") if path.is_file()) >> 20
    print(f"{articles:,} articles: made in {time.monotonic() - begun:.0f} s, {size} MB", flush=True)
    _Site.stories = {n: story(n, articles, end) for n in range(articles)}
    _Site.shown = NEWEST
    seed = folder / "xx" / "large.toml"
    seed.parent.mkdir()
    seed.write_text(seed_of(url).toml, encoding="utf-8")
    assert seed_of(url).id == SOURCE
    costs = {"an hour's looks": run(package, seed), "no news": run(package, seed)}
    shutil.rmtree(package / ".work")
    shutil.rmtree(Workspace(package).cache or package / "none", ignore_errors=True)
    costs["no news, fresh"] = run(package, seed)
    size = (package / "datapackage.json").stat().st_size >> 10
    print(f"  descriptor {size} kB, {len(list((package / 'archive').iterdir()))} WARC files", flush=True)
    _Site.stories |= {n: Story(n, datetime.now(UTC)) for n in range(articles, articles + NEW)}
    _Site.shown = NEW + NEWEST  # with what the last run saw: else it is told that some may have come and gone
    costs[f"{NEW} new"] = run(package, seed)
    server.shutdown()
    for name, cost in costs.items():
        print(f"  {name:15} {cost}", flush=True)
    return costs


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000])
    sizes = sorted(options.parse_args().articles)
    found = {}
    for articles in sizes:
        with tempfile.TemporaryDirectory(prefix="cost-") as folder:
            found[articles] = measured(articles, Path(folder))
    small, large = found[sizes[0]], found[sizes[-1]]
    missed = max(cost.memory_mb for costs in found.values() for cost in costs.values()) > MOST_MB
    for name in small:
        one, other = small[name], large[name]
        grown = max(other.wall_s / one.wall_s, other.written_kb / one.written_kb)
        missed |= name in ("no news", f"{NEW} new") and grown > MOST_GROWTH
        print(
            f"{name}, {sizes[-1]:,} to {sizes[0]:,} articles: time {other.wall_s / one.wall_s:.2f}, "
            f"CPU {other.cpu_s / one.cpu_s:.2f}, bytes {other.written_kb / one.written_kb:.2f}"
        )
    sys.exit(int(missed))


if __name__ == "__main__":
    main()
