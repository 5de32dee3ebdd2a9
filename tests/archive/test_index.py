"""The index: lines that replay tools read, and the crawl's memory."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.archive.exchange import Exchange, Intent
from crawler.archive.index import cdxj, cdxj_line, load_memory
from crawler.archive.reader import iter_captures
from crawler.archive.writer import Recorder
from crawler.errors import ArchiveError
from crawler.model import Capture

Make = Callable[..., Exchange]


@pytest.fixture
def captures(recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path) -> list[Capture]:
    first = exchange()
    recorder.record(first, intent)
    recorder.record(replace(first, started=first.started + timedelta(hours=1)), intent)
    gone = exchange(url="https://ministry.example/gone", response=b"", failure="dns")
    recorder.record(replace(gone, started=first.started + timedelta(hours=2)), intent)
    (path,) = recorder.seal(tmp_path / "archive")
    return list(iter_captures(path))


def test_lines(captures: list[Capture]) -> None:
    key, stamp, packed = cdxj_line(captures[0]).split(" ", 2)
    fields = json.loads(packed)
    assert (key, stamp) == ("example,ministry)/news/1", "20261123201507")
    assert fields["url"] == "https://ministry.example/news/1"
    assert (fields["status"], fields["mime"]) == ("200", "text/html")
    assert fields["offset"] == str(captures[0].locator.offset)
    assert fields["filename"] == captures[0].locator.warc_file.removeprefix("archive/")
    assert json.loads(cdxj_line(captures[1]).split(" ", 2)[2])["mime"] == "warc/revisit"


def test_an_index_is_sorted_by_bytes(captures: list[Capture]) -> None:
    odd = [replace(captures[0], url=f"https://ministry.example/{word}") for word in ("я", "b", "A b", "ў")]
    lines = cdxj(captures + odd).splitlines()
    assert lines == sorted(lines)
    assert all(line.count(b" ") >= 2 for line in lines)


def test_memory(captures: list[Capture], tmp_path: Path) -> None:
    later = replace(captures[0], capture_id="later", fetched_at=captures[0].fetched_at + timedelta(days=1))
    other = replace(captures[0], source_id="yy.other", url="https://other.example/")
    index = tmp_path / "index.cdx"
    index.write_bytes(cdxj([later, *captures, other]))
    memory = load_memory([index], source_id="xx.tests")
    found = memory.lookup(captures[0].url)
    assert found is not None
    assert (found.capture_id, found.entity_sha1) == ("later", captures[0].entity_sha1)
    assert memory.lookup("https://other.example/") is None
    assert [s.kind for s in memory.sightings("xx.tests", "1/en")] == ["response", "revisit", "failure", "response"]


def test_a_later_run_writes_revisits_of_an_earlier_one(
    captures: list[Capture], recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path
) -> None:
    index = tmp_path / "index.cdx"
    index.write_bytes(cdxj(captures))
    info = replace(recorder.info, run_id=recorder.info.run_id.replace("2015", "2115"))
    again = Recorder(tmp_path / "open", info, lookup=load_memory([index]).lookup).record(exchange(), intent)
    assert (again.kind, again.revisit_of) == ("revisit", captures[0].capture_id)


@pytest.mark.parametrize("line", ["junk", 'a 1 {"url": 1}', "a 1 {", '{"id": "x"}'])
def test_a_broken_index_is_told(line: str, tmp_path: Path) -> None:
    index = tmp_path / "index.cdx"
    index.write_text(line + "\n")
    with pytest.raises(ArchiveError, match=r"index.cdx:1"):
        load_memory([index])


def test_a_large_memory_is_small_and_fast(captures: list[Capture], tmp_path: Path) -> None:
    index = tmp_path / "index.cdx"
    rows = [replace(captures[0], url=f"https://ministry.example/news/{n}", document=f"{n}/en") for n in range(5_000)]
    index.write_bytes(cdxj(rows))
    begun = time.process_time()
    load_memory([index])
    assert time.process_time() - begun < 2  # about 0.1 on a quiet machine
    tracemalloc.start()
    load_memory([index])
    assert tracemalloc.get_traced_memory()[1] < 15 << 20
    tracemalloc.stop()
