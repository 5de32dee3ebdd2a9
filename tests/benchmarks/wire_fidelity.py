"""The share of exchanges that an archive holds byte for byte, ours beside other tools', on the odd server of the tests.

    python tests/benchmarks/wire_fidelity.py [--other scrapy-webarchive=/path/to/python ...]

Counted are the answers that a client can read whole; the same server and the same bytes for every tool. wget is taken
from PATH; other Scrapy projects need an environment of their own, whose interpreter is given. For scrapy-webarchive 0.5
that is `pip install scrapy-webarchive "w3lib<2.2" "twisted<24"`: with newer ones it does not start."""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from warcio.archiveiterator import ArchiveIterator

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = """
title = { en = "Odd" }
homepage = "http://127.0.0.1/"
platform = "generic"
timezone = "UTC"
[languages]
en = "en"
[[entries]]
kind = "feed"
url = "http://127.0.0.1/feed.xml"
[crawl]
timeout_s = 20
allow_private = ["127.0.0.1"]
"""
# A spider as the documentation of each project shows it.
OTHERS = {
    "scrapy-webarchive": """
settings = {"EXTENSIONS": {"scrapy_webarchive.extensions.WaczExporter": 543},
            "DOWNLOADER_MIDDLEWARES": {}, "SW_EXPORT_URI": "archive/"}
""",
}
SPIDER = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess
class Asking(scrapy.Spider):
    name = "asking"
    start_urls = json.loads(sys.argv[1])
    custom_settings = settings
    handle_httpstatus_all = True
    async def start(self):
        for request in self.start_requests():
            yield request
    def start_requests(self):  # what Scrapy before 2.13 calls
        for url in self.start_urls:
            yield scrapy.Request(url, dont_filter=True, meta={"handle_httpstatus_all": True}, errback=lambda f: None)
    def parse(self, response):
        pass
quiet = {"LOG_LEVEL": "ERROR", "RETRY_ENABLED": False, "ROBOTSTXT_OBEY": False, "DOWNLOAD_TIMEOUT": 20}
process = CrawlerProcess(quiet)
process.crawl(Asking)
process.start()
"""


def odd_server() -> ModuleType:
    spec = importlib.util.spec_from_file_location("odd_server", ROOT / "tests" / "crawl" / "odd_server.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["odd_server"] = module
    spec.loader.exec_module(module)
    return module


def ours(urls: list[str], folder: Path) -> None:
    job: dict[str, Any] = {
        "seed": SEED, "path": str(folder / "odd.toml"), "run_id": "xx.odd-1", "folder": str(folder / "open"),
        "archive": str(folder), "requests": [[url, "GET"] for url in urls],
    }  # fmt: skip
    client = ROOT / "tests" / "crawl" / "wire_client.py"
    subprocess.run(
        [sys.executable, str(client)], input=json.dumps(job), text=True, check=True, cwd=ROOT, timeout=80,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def wget(urls: list[str], folder: Path) -> None:
    (folder / "urls").write_text("\n".join(urls))
    command = ["wget", "-q", "--tries=1", "--timeout=20", "--no-warc-keep-log", "--delete-after", "--max-redirect=0"]
    subprocess.run(
        [*command, "--content-on-error", f"--warc-file={folder / 'wget'}", "-i", str(folder / "urls")],
        check=False, cwd=folder, timeout=80,
    )  # fmt: skip


def scrapy_project(name: str, python: str, urls: list[str], folder: Path) -> None:
    (folder / "spider.py").write_text(OTHERS[name] + SPIDER)
    done = subprocess.run(
        [python, "spider.py", json.dumps(urls)], check=False, cwd=folder, timeout=80, capture_output=True, text=True
    )
    if done.returncode:
        print(f"    {name}: {done.stderr.strip().splitlines()[-1:]}")


def archived(folder: Path) -> dict[tuple[str, str], bytes]:
    """(kind, address) -> block of every exchange in the WARC files of a folder."""
    found: dict[tuple[str, str], bytes] = {}
    for wacz in folder.rglob("*.wacz"):
        shutil.unpack_archive(wacz, wacz.with_suffix(".unpacked"), "zip")
    for path in [*folder.rglob("*.warc.gz"), *folder.rglob("*.warc")]:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=True):
                url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                found[record.rec_type, url] = record.raw_stream.read()
    return found


def score(server: Any, odd: ModuleType, found: dict[tuple[str, str], bytes]) -> tuple[int, int, int, int]:
    """(equal answers, answers, equal requests, requests) of the cases that can be read whole."""
    equal = asked = right = 0
    for path, spoken in server.log.items():
        case, one = odd.CASES[path.split("?")[0].rpartition("/")[2]], spoken[-1]
        sent = bytes(one.response)[case.interim :]
        equal += found.get(("response", server.base + path)) == sent[: len(sent) - case.junk]
        right += found.get(("request", server.base + path)) == one.request
        asked += 1
    return equal, asked, right, asked


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--other", action="append", default=[], metavar="NAME=PYTHON", help=", ".join(OTHERS))
    others = dict(item.split("=", 1) for item in options.parse_args().other)
    odd = odd_server()
    cases = [c for c in odd.CASES.values() if c.expect == odd.WHOLE and c.method == "GET"]
    runs: dict[str, Any] = {"ours": ours}
    if shutil.which("wget"):
        runs["wget"] = wget
    for name, python in others.items():
        runs[name] = lambda urls, folder, n=name, p=python: scrapy_project(n, p, urls, folder)
    for name, run in runs.items():
        server = odd.OddServer()
        folder = Path(tempfile.mkdtemp(prefix="fidelity-"))
        run([f"{server.base}/case/{case.name}" for case in cases], folder)
        equal, answers, right, requests = score(server, odd, archived(folder))
        print(f"{name:18} {equal:3} of {answers} answers, {right:3} of {requests} requests byte-equal")
        server.close()
        shutil.rmtree(folder)
    for name in OTHERS.keys() - others.keys():
        print(f"{name:18} not measured: give its interpreter with --other {name}=PYTHON")


if __name__ == "__main__":
    main()
