"""What wire capture and WARC writing cost: a ratio of CPU times, from one run.

    python tests/benchmarks/capture_cost.py --pages 1500

The same small pages from a local server, one at a time, in three ways: "ours" through our handler into WARC files;
"plain" through Scrapy as it comes, which throws them away; "settings" through Scrapy's handler with all other settings
ours, so that the cost of the capture alone can be told. Each is a process of its own, measured by the system; the cost
of starting (the same crawl over ten pages) is also taken off. `--pages 10000 --rounds 3` takes some five minutes.
`--mb 16` prints what large bodies cost in memory."""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

KINDS = ("plain", "settings", "ours")
ROOT = Path(__file__).resolve().parent.parent.parent
WORDS = "river water orchard ministry farm canal bridge spring summer season district village report meeting".split()
SEED = """
title = {{ en = "Cost" }}
homepage = "{url}/"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "{url}/feed.xml"
[crawl]
allow_private = ["127.0.0.1"]
"""


def page(number: int) -> bytes:
    """About 6 KB of HTML, different for each number."""
    dice = random.Random(number)  # noqa: S311 - the same page for the same number
    lines = (" ".join(dice.choices(WORDS, k=14)) for _ in range(60))
    return f"<!doctype html><title>Story {number}</title>{''.join(f'<p>{line}</p>' for line in lines)}".encode()


def large(number: int, megabytes: int) -> bytes:
    """A file that cannot be packed, different for each number."""
    return random.Random(number).randbytes(megabytes << 20)  # noqa: S311 - the same for the same number


def serve(ports: Any) -> None:
    """The local server, in a process of its own."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            _, kind, number = head.split(b" ", 2)[1].split(b"/")
            body = large(int(number), int(kind)) if kind.isdigit() else page(int(number))
            writer.write(
                b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: "1"\r\n'
                b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
            )

    async def quiet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(quiet, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def crawl(kind: str, url: str, pages: int, path: str, folder: str) -> None:
    """Fetches the pages; runs in a child that ends afterwards."""
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.archive.http.exchange import Intent, RunInfo
    from crawler.archive.warc.writer import Recorder
    from crawler.crawl.settings import settings_for
    from crawler.model import Role
    from crawler.seeds import parse_seed

    toml = SEED.format(url=url)
    seed = parse_seed(toml, seed_id="xx.cost", path="cost.toml")
    recorder = Recorder(Path(folder) / "open", RunInfo("xx.cost", "xx.cost-1", toml, "bench", "bench", "bench"))
    one_at_a_time = {"CONCURRENT_REQUESTS": 1, "DOWNLOAD_DELAY": 0}
    settings = one_at_a_time if kind == "plain" else settings_for(seed) | one_at_a_time
    if kind != "plain":
        handler = "wire.WireDownloadHandler" if kind == "ours" else None
        handler = (
            f"crawler.crawl.{handler}" if handler else "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"
        )
        settings |= {"DOWNLOAD_HANDLERS": {"http": handler, "https": handler}, "WARC_RECORDER": recorder}

    class Asking(Spider):
        name = "asking"
        custom_settings = settings
        seen = 0

        async def start(self):  # type: ignore[no-untyped-def]
            for number in range(pages):
                meta = {"intent": Intent(Role.ARTICLE, document=str(number))}
                yield Request(f"{url}/{path}/{number}", self.parse, meta=meta, dont_filter=True)

        def parse(self, response: Any) -> None:
            Asking.seen += response.status == 200

    process = AsyncCrawlerProcess({"LOG_ENABLED": False})
    process.crawl(Asking)
    process.start()
    if kind == "ours":
        recorder.seal(Path(folder) / "archive")
    assert Asking.seen == pages, f"{Asking.seen} of {pages} pages"


def measured(kind: str, url: str, pages: int, path: str = "news") -> tuple[float, float]:
    """(CPU seconds, peak MiB) of one crawl in a child."""
    folder = tempfile.mkdtemp(prefix="cost-")
    command = [sys.executable, __file__, "--child", json.dumps([kind, url, pages, path, folder])]
    child = os.posix_spawn(sys.executable, command, {**os.environ, "PYTHONPATH": str(ROOT)})
    _, status, usage = os.wait4(child, 0)
    shutil.rmtree(folder)
    if status:
        raise SystemExit(f"{kind}: ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--pages", type=int, default=1500)
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--mb", type=int, help="only the peak of memory with eight bodies of so many MiB")
    options.add_argument("--child", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.child:
        crawl(*json.loads(chosen.child))
        return
    ports: Any = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(ports,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ports.get()}"
    if chosen.mb:
        for kind in KINDS:
            peak, small = measured(kind, url, 8, str(chosen.mb))[1], measured(kind, url, 8)[1]
            print(f"{kind:8} peak {peak:.0f} MiB with bodies of {chosen.mb} MiB, {small:.0f} with small pages")
        server.terminate()
        return
    best: dict[tuple[str, int], tuple[float, float]] = {}
    for _ in range(chosen.rounds):  # in turns, the best of each: other work on the machine only ever adds
        for kind in KINDS:
            for pages in (10, chosen.pages // 4, chosen.pages):
                best[kind, pages] = min(best.get((kind, pages), (1e9, 0.0)), measured(kind, url, pages))
    server.terminate()
    net = {}
    for kind in KINDS:
        cpu, memory = best[kind, chosen.pages]
        net[kind] = cpu - best[kind, 10][0]
        small, quarter = best[kind, 10][1], best[kind, chosen.pages // 4][1]
        print(f"{kind:8} {cpu:6.2f} s CPU, {net[kind]:6.2f} s without the start; peak {memory:.0f} MiB", end="")
        print(f" ({quarter:.0f} at a quarter of the pages, {small:.0f} at ten)")
    for peer in KINDS[:-1]:
        whole = best["ours", chosen.pages][0] / best[peer, chosen.pages][0]
        print(f"ours / {peer:8} {whole:.2f} of the whole processes, ", end="")
        print(f"{net['ours'] / net[peer]:.2f} without the start; {chosen.pages} pages")


if __name__ == "__main__":
    main()
