"""What one run over many sources costs: `tests/benchmarks/many_sources.py --sources 100 1000 5000`.

Each source is a ministry on a loopback address of its own (127.1.x.y), with one listing and one article; the command is
started as a user starts it, under a limit of 1,024 open files. Told are seconds, CPU seconds and the peak memory of the
largest process, of a first run and of one without news. The exit status is 1 when an article of a source is missing, or
CPU per source grows more than 1.5 times from the smallest number of sources to the largest."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]
from crawler.package.exports.query import articles
from crawler.workspace import Workspace

MOST_GROWTH = 1.5
SENTENCE = "The gauge of the lower canal was read at noon, and the reading stands in the book of the station. "


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        host = self.headers["Host"]
        if self.path == "/":
            self._send("<html lang=en><body><ul><li><a href=/news/1>The canal of the district</a></ul></body></html>")
        elif self.path == "/news/1":
            text = "".join(f"<p>{SENTENCE * 3} Page {number} of {host}.</p>" for number in range(4))
            self._send(
                f"<html lang=en><title>The canal of {host}</title><main><article><h1>The canal of {host}</h1>"
                f"<time datetime=2026-05-04T10:30:00+05:00>4 May 2026</time>{text}</article></main></html>"
            )
        else:
            self._send("", 404)

    def _send(self, text: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


def _serve(port: multiprocessing.Queue[int]) -> None:
    server = ThreadingHTTPServer(("0.0.0.0", 0), _Site)  # noqa: S104 - all addresses of the loopback network
    server.request_queue_size = 512
    server.socket.listen(512)
    port.put(server.server_address[1])
    server.serve_forever()


def _seeds(folder: Path, count: int, port: int) -> None:
    (folder / "xx").mkdir(parents=True)
    for number in range(count):
        host = f"127.1.{number // 250}.{number % 250 + 1}"
        (folder / "xx" / f"s{number}.toml").write_text(
            f'title = {{ en = "Source {number}" }}\nhomepage = "http://{host}:{port}/"\nplatform = "generic"\n'
            f'timezone = "Asia/Tashkent"\n[languages]\nen = "en"\n'
            f'[[entries]]\nkind = "listing"\nurl = "http://{host}:{port}/"\nlinks = "li a"\n'
            f'[crawl]\nprobe = false\ndelay_s = 0.01\nallow_private = ["{host}:{port}"]\n',
            "utf-8",
        )


def _run(seeds: Path, package: Path) -> float:
    """Seconds of one run as a user starts it."""
    command = [sys.executable, "-m", "crawler", "crawl", str(seeds), "--package", str(package), "--quiet"]
    began = time.monotonic()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_little)  # noqa: PLW1509
    out, problems = child.communicate()
    seconds = time.monotonic() - began
    if child.returncode:
        sys.exit(f"the crawl ended with {child.returncode}: {(problems or out)[-800:].decode()}")
    return seconds


def _little() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, max(1024, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, nargs="+", default=[100, 1000])
    counts = parser.parse_args().sources
    port: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=_serve, args=(port,), daemon=True)
    server.start()
    number = port.get()
    per_source: list[float] = []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_CACHE_HOME"], os.environ["XDG_STATE_HOME"] = f"{folder}/cache", f"{folder}/state"
            seeds, package = Path(folder) / "seeds", Path(folder) / "package"
            _seeds(seeds, count, number)
            for what in ("first run", "no news"):
                before = _cpu()
                said = _run(seeds, package)
                cpu = _cpu() - before
                each = cpu / count * 1000
                peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
                print(
                    f"{count:6} sources, {what}: {said:7.1f} s {cpu:7.1f} s CPU ({each:.1f} ms each) {peak} MB",
                    flush=True,
                )
                if what == "first run":
                    per_source.append(cpu / count)
            found = sum(1 for _ in articles(Workspace(package)))
            if found != count:
                print(f"{count - found} of {count} articles are missing")
                return 1
    server.terminate()
    return int(per_source[-1] > MOST_GROWTH * per_source[0])


if __name__ == "__main__":
    sys.exit(main())
