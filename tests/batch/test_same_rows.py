"""The same captures, the same rows: in any order, in one process or two, on a Dask cluster, under any hash seed, at any
time of the clock. The captures are pages of both platforms of the demo site with answers of its API, and the golden
pages of all platforms."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from crawler.archive.http.exchange import Exchange, Intent, RunInfo
from crawler.archive.warc.writer import Recorder, run_id
from crawler.demo import pages, seed_texts, wordpress
from crawler.demo.content import portal
from crawler.model import Role

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "pages"
BASE = "http://127.0.0.1:8431"
CAPTURED = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)

PROGRAM = """
import json, os, random, sys, time
from datetime import date, datetime
from pathlib import Path
from crawler.batch.engines import engine
from crawler.batch.outcome_json import pack
from crawler.batch.shards import Page, readable, scan, tasks
from crawler.seeds import parse_seed

name, workers, order, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
at, frozen = float(os.environ["FROZEN_AT"]), "FROZEN_ONLY" not in os.environ
assert not frozen or time.time() == at == datetime.now().timestamp()
assert not frozen or date.today() == datetime.fromtimestamp(at).date()
seeds = {p.stem: parse_seed(p.read_text("utf-8"), seed_id=p.stem, path=p.name) for p in folder.glob("*.toml")}
found = [Page(p, c) for p in sorted(folder.glob("*.warc.gz")) for c in scan(p) if readable(c)]
found.sort(key=lambda page: page.capture.capture_id, reverse=order == "down")
if order == "shuffled":
    random.Random("rows").shuffle(found)
rows = {key: pack(outcome) for key, outcome in engine(name, workers=workers)(tasks(found, seeds))}
assert len(rows) == len(found)
print("\\n".join(json.dumps([key, rows[key]], ensure_ascii=True) for key in sorted(rows)))
"""
RUNS = [  # engine, processes, order, hash seed, the day at which the clock stands
    ("serial", "1", "up", "0", datetime(1999, 1, 1, tzinfo=UTC)),
    ("serial", "1", "shuffled", "1", datetime(2026, 11, 20, tzinfo=UTC)),
    ("processes", "1", "down", "2", datetime(2071, 6, 1, tzinfo=UTC)),
    ("processes", "2", "shuffled", "1", datetime(1999, 1, 1, tzinfo=UTC)),
    ("dask", "2", "shuffled", "2", datetime(2026, 11, 20, tzinfo=UTC)),
]
READER = "crawler.batch.worker"  # the module that reads pages in a process of its own


def portal_exchanges() -> Iterator[tuple[Exchange, Intent]]:
    """Pages and API answers of the portal's stories, in all their languages; and a page that says it is not there."""
    for story in portal()[:6]:
        for code in story.texts:
            document = Intent(Role.ARTICLE, f"{story.number}/{code}", code)
            others = [other for other in portal() if other is not story and code in other.texts]
            html = pages.article(story, code, 1, BASE, 100, others[:3])
            yield answer(f"/{code}/rivers/news/view/{story.number}", "text/html; charset=utf-8", html), document
            item = pages.api_item(story, code, 1, BASE, 100, whole=True)
            value = json.dumps({"data": item}, ensure_ascii=False)
            yield answer(f"/authorities/news/view?id={story.number}", "application/json", value, code), document
    missing = answer("/en/rivers/news/view/1", "text/html; charset=utf-8", pages.missing("en"))
    yield missing, Intent(Role.ARTICLE, "1/en", "en")


def blog_exchanges() -> Iterator[tuple[Exchange, Intent]]:
    every = wordpress.posts(1)
    for post in every[:10]:
        html = wordpress.article(BASE, post, every)
        yield answer(post.path, "text/html; charset=utf-8", html), Intent(Role.ARTICLE, BASE + post.path, post.language)


def answer(path: str, mime: str, text: str, language: str = "") -> Exchange:
    body = text.encode()
    asked = f"code: rivers\r\nlanguage: {language}\r\n" if language else ""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8431\r\n{asked}\r\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nContent-Length: {len(body)}\r\n\r\n"
    return Exchange(BASE + path, "GET", CAPTURED, 40, request.encode(), head.encode() + body)


@pytest.fixture(scope="module")
def captures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of WARC files with the seeds that read them."""
    folder, work = tmp_path_factory.mktemp("captures"), tmp_path_factory.mktemp("work")
    for seed_id, text in seed_texts(BASE).items():
        (folder / f"{seed_id}.toml").write_text(text, "utf-8")
        recorder = Recorder(work / seed_id, RunInfo(seed_id, run_id(seed_id, CAPTURED), "", "test", "test", "test"))
        for exchange, intent in portal_exchanges() if seed_id == "demo.rivers" else blog_exchanges():
            recorder.record(exchange, intent)
        recorder.seal(folder)
    for path in (*GOLDEN.glob("fixtures/*.warc.gz"), *GOLDEN.glob("seeds/*.toml")):
        name = f"xx.{path.name}" if path.suffix == ".toml" else path.name
        (folder / name).write_bytes(path.read_bytes())
    return folder


def test_order_processes_hash_seeds_and_clocks_do_not_matter(captures: Path) -> None:
    started = []
    for name, workers, order, seed, day in RUNS:
        frozen = {"PYTHONHASHSEED": seed, "FROZEN_AT": str(day.timestamp()), "PYTHONPATH": str(HERE / "frozen")}
        if name == "dask":  # whose scheduler and workers need a clock that goes on: only where pages are read it stands
            if find_spec("distributed") is None:
                continue
            frozen["FROZEN_ONLY"] = READER
        words = [sys.executable, "-c", PROGRAM, name, workers, order, str(captures)]
        environment = {**os.environ, **frozen}
        started.append(
            subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        )
    answers = []
    for process in started:
        out, errors = process.communicate(timeout=180)
        assert process.returncode == 0, errors
        answers.append(out)
    rows = [json.loads(line)[1] for line in answers[0].splitlines()]
    assert sum("text" in row for row in rows) >= 60
    assert {row["reason"] for row in rows if "reason" in row} >= {"no-version", "listing"}
    assert [answer == answers[0] for answer in answers] == [True] * len(started)
