"""The pages of a package, and every article capture, replayed by pywb beside what our own reader finds.

    python -m venv /tmp/pywb && /tmp/pywb/bin/pip install pywb
    python tests/benchmarks/replay_check.py demo --pywb /tmp/pywb/bin/wayback

pywb reads the package as it lies: its `archive` and `indexes`. Pages are those that pages/pages.jsonl lists. A capture
that the server answered with 304 is shown by pywb 2.10 as that 304, by `ministry-news serve` as the page it stands for;
these are counted apart. Exit code 1 when another capture differs."""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive.index.snapshots import Snapshots
from crawler.archive.warc.reader import iter_payloads
from crawler.model import Role
from crawler.workspace import Workspace


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are answers like others."""

    def redirect_request(self, *_: object) -> None:
        return None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def pywb(command: Path, workspace: Workspace) -> Iterator[str]:
    """The address of a running pywb over the package."""
    port = free_port()
    collection = {"archive_paths": f"{workspace.archive.resolve()}/", "index_paths": f"{workspace.indexes.resolve()}/"}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "config.yaml").write_text(json.dumps({"collections": {"all": collection}}))
        words = [command, "-b", "127.0.0.1", "-p", str(port)]
        with subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                for _ in range(300):
                    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                        break
                    time.sleep(0.1)
                yield f"http://127.0.0.1:{port}/all"
            finally:
                process.terminate()


def replayed(base: str, url: str, moment: datetime) -> tuple[int, bytes]:
    """(status, body) that pywb gives for an address at a moment, without any rewriting (`id_`)."""
    request = urllib.request.Request(f"{base}/{moment.astimezone(UTC):%Y%m%d%H%M%S}id_/{url}")  # noqa: S310
    opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read()


def check_pages(base: str, workspace: Workspace) -> list[str]:
    """The pages of pages.jsonl that differ; prints the share that does not."""
    pages = [json.loads(line) for line in (workspace.root / "pages" / "pages.jsonl").read_bytes().splitlines()[1:]]
    snapshots, differing = Snapshots(workspace), []
    for page in pages:
        moment = datetime.fromisoformat(page["ts"])
        own = snapshots.find(page["url"], moment)
        if replayed(base, page["url"], moment) != (own.head.status, own.body):
            differing.append(f"page {page['url']} at {page['ts']}")
    print(f"{len(pages) - len(differing)} of {len(pages)} pages replay with equal status and body")
    return differing


def check_captures(base: str, workspace: Workspace) -> list[str]:
    """The article captures that differ; prints the share that does not."""
    payloads = [p for path in sorted(workspace.archive.glob("*.warc.gz")) for p in iter_payloads(path)]
    whole = {p.capture.capture_id: p for p in payloads if p.capture.kind == "response"}
    articles = [p for p in payloads if p.capture.role is Role.ARTICLE and p.capture.kind != "failure"]
    same_second = defaultdict(list)  # an API asked in several languages: a replay address tells neither fields nor more
    for p in whole.values():
        same_second[p.capture.url, p.capture.fetched_at.replace(microsecond=0)].append((p.capture.status, p.body))
    counts: Counter[str] = Counter()
    differing = []
    for capture in (payload.capture for payload in articles):
        expected = whole.get(capture.revisit_of or capture.capture_id)
        status, body = replayed(base, capture.url, capture.fetched_at)
        if expected and (status, body) == (expected.capture.status, expected.body):
            counts["equal"] += 1
        elif (status, body) in same_second[capture.url, capture.fetched_at.replace(microsecond=0)]:
            counts["of the same second"] += 1
        elif capture.status == status == 304:
            counts["as 304"] += 1
        else:
            differing.append(f"{capture.kind} {capture.url} at {capture.fetched_at}: {status}, {len(body)} bytes")
    print(f"{counts['equal']} of {len(articles)} article captures replay with equal status and body, ", end="")
    print(
        f"{counts['as 304']} as the 304 that they are, {counts['of the same second']} as another answer of the ", end=""
    )
    print("same address in the same second")
    return differing


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("package", type=Path)
    options.add_argument("--pywb", type=Path, default=Path("wayback"), metavar="COMMAND")
    chosen = options.parse_args()
    workspace = Workspace(chosen.package)
    with pywb(chosen.pywb.absolute() if os.sep in str(chosen.pywb) else chosen.pywb, workspace) as base:
        differing = [*check_pages(base, workspace), *check_captures(base, workspace)]
    print("\n".join(differing[:10]))
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
