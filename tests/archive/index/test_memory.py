"""The memory of a crawl: made from indexes, kept between runs, and never wrong for it."""

from __future__ import annotations

import os
import sqlite3
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.archive.http.exchange import Exchange, Intent
from crawler.archive.index.cdxj import cdxj
from crawler.archive.index.memory import Memory, Pace, load_memory
from crawler.archive.warc.writer import Recorder
from crawler.errors import ArchiveError, EnvironmentFault
from crawler.model import Capture

Make = Callable[..., Exchange]
SOURCE = "xx.tests"


def write(folder: Path, month: str, captures: list[Capture], mark: str) -> Path:
    """An index as a package has it: named after month and content."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob(f"{month}.*"):
        old.unlink()
    path = folder / f"{month}.{mark}.cdx"
    path.write_bytes(cdxj(captures))
    return path


def told(memory: Memory) -> tuple[list[str], list[object]]:
    documents = sorted(memory.documents(SOURCE))
    return documents, [memory.sightings(SOURCE, document) for document in documents]


def test_memory(captures: list[Capture], tmp_path: Path) -> None:
    later = replace(captures[0], capture_id="later", fetched_at=captures[0].fetched_at + timedelta(days=1))
    other = replace(captures[0], source_id="yy.other", url="https://other.example/")
    index = tmp_path / "index.cdx"
    index.write_bytes(cdxj([later, *captures, other]))
    memory = load_memory([index], source_id=SOURCE)
    found = memory.lookup(captures[0].url)
    assert found is not None
    assert (found.capture_id, found.entity_sha1) == ("later", captures[0].entity_sha1)
    assert memory.lookup("https://other.example/") is None
    assert load_memory([index], source_id="yy.other").lookup("https://other.example/") is not None
    first, failed, last = memory.sightings(SOURCE, "1/en")
    assert (first.fetched_at, failed.kind) == (captures[0].fetched_at, "failure")
    assert (last.fetched_at, last.kind, last.status) == (later.fetched_at, "response", 200)


def test_the_last_mark_of_change_is_remembered(captures: list[Capture], tmp_path: Path) -> None:
    day = timedelta(days=1)
    marked = replace(captures[0], modified_hint="2026-11-01")
    silent = replace(captures[0], capture_id="b", modified_hint=None, fetched_at=captures[0].fetched_at + day)
    index = tmp_path / "index.cdx"
    index.write_bytes(cdxj([silent, marked]))
    assert load_memory([index], source_id=SOURCE).sightings(SOURCE, "1/en")[-1].hint == "2026-11-01"


def test_what_waits(captures: list[Capture], tmp_path: Path) -> None:
    hour = timedelta(hours=1)
    at = captures[0].fetched_at
    seen = {"old": (0, 100), "young": (99, 100), "failed": (99.5, 100), "once": (100,)}
    rows = [
        replace(captures[0], capture_id=f"{name}{n}", url=f"https://x.example/{name}", document=name,
                fetched_at=at + n * hour, status=None if name == "failed" and n == 100 else 200)
        for name, times in seen.items() for n in times
    ]  # fmt: skip
    index = tmp_path / "index.cdx"
    index.write_bytes(cdxj(rows))
    memory = load_memory([index], source_id=SOURCE)

    def waiting(hours: float, longest: float = 1000) -> set[str]:
        pace = Pace(0.2, hour, longest * hour, old=9999 * hour, old_share=1)
        return set(memory.waiting(SOURCE, at + (100 + hours) * hour, pace))

    assert waiting(0.5) == {"failed"}
    assert waiting(1) == {"failed", "young", "once"}
    assert waiting(19.9) == {"failed", "young", "once"}
    assert waiting(20) == {"failed", "young", "once", "old"}
    assert waiting(10, longest=10) == {"failed", "young", "once", "old"}


def test_it_is_kept_and_grows_with_the_indexes(captures: list[Capture], tmp_path: Path) -> None:
    day, cache, folder = timedelta(days=1), tmp_path / "cache", tmp_path / "indexes"
    more = [replace(captures[0], capture_id=f"n{n}", document=f"{n}/en", fetched_at=captures[0].fetched_at + n * day)
            for n in range(5)]  # fmt: skip
    write(folder, "2026-10", more[:2], "aaaa")
    load_memory(folder.glob("*"), source_id=SOURCE, cache=cache).close()
    write(folder, "2026-10", more[:3], "bbbb")
    write(folder, "2026-11", captures, "cccc")
    kept = load_memory(folder.glob("*"), source_id=SOURCE, cache=cache)
    assert told(kept) == told(load_memory(folder.glob("*"), source_id=SOURCE))
    kept.close()
    # What is taken out of an index (a withdrawal) is forgotten.
    write(folder, "2026-10", more[1:2], "dddd")
    kept = load_memory(folder.glob("*"), source_id=SOURCE, cache=cache)
    assert told(kept) == told(load_memory(folder.glob("*"), source_id=SOURCE))
    assert kept.sightings(SOURCE, "2/en") == []
    kept.close()
    (database,) = cache.iterdir()
    database.write_bytes(b"no database" * 999)
    assert told(load_memory(folder.glob("*"), source_id=SOURCE, cache=cache)) == told(
        load_memory(folder.glob("*"), source_id=SOURCE)
    )


def test_an_index_that_cannot_be_read_changes_nothing(captures: list[Capture], tmp_path: Path) -> None:
    cache, folder = tmp_path / "cache", tmp_path / "indexes"
    write(folder, "2026-10", captures, "aaaa")
    load_memory(folder.glob("*"), source_id=SOURCE, cache=cache).close()
    bad = folder / "2026-11.bbbb.cdx"
    bad.write_bytes(cdxj(captures).replace(b"1/en", b"2/en") + b"junk\n")
    with pytest.raises(ArchiveError, match=r"2026-11\.bbbb\.cdx:"):
        load_memory(folder.glob("*"), source_id=SOURCE, cache=cache)
    bad.unlink()
    with sqlite3.connect(next(cache.iterdir())) as database:
        assert database.execute("SELECT count(*) FROM form WHERE document = '2/en'").fetchone() == (0,)


def test_a_later_run_writes_revisits_of_an_earlier_one(
    captures: list[Capture], recorder: Recorder, exchange: Make, intent: Intent, tmp_path: Path
) -> None:
    index = tmp_path / "index.cdx"
    index.write_bytes(cdxj(captures))
    info = replace(recorder.info, run_id=recorder.info.run_id.replace("2015", "2115"))
    again = Recorder(tmp_path / "open", info, lookup=load_memory([index], source_id=SOURCE).lookup).record(
        exchange(), intent
    )
    assert (again.kind, again.revisit_of) == ("revisit", captures[0].capture_id)


@pytest.mark.parametrize("line", ["junk", 'a 1 {"url": 1}', "a 1 {", '{"id": "x"}'])
def test_a_broken_index_is_told(line: str, tmp_path: Path) -> None:
    index = tmp_path / "index.cdx"
    index.write_text(line + "\n")
    with pytest.raises(ArchiveError, match=r"index.cdx:1"):
        load_memory([index], source_id=SOURCE)


def test_a_large_memory_is_small(captures: list[Capture], tmp_path: Path) -> None:
    index = tmp_path / "2026-11.aaaa.cdx"
    rows = [replace(captures[0], url=f"https://ministry.example/news/{n}", document=f"{n}/en") for n in range(5_000)]
    index.write_bytes(cdxj(rows))
    tracemalloc.start()
    load_memory([index], source_id=SOURCE, cache=tmp_path / "cache")
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_a_process_that_ends_between_two_tables_leaves_none(tmp_path: Path) -> None:
    """Otherwise the next one sees the first table, takes the database for whole, and every later run fails."""
    real = sqlite3.connect

    def connect(path: Path) -> sqlite3.Connection:
        database = real(path)
        database.set_trace_callback(lambda said: os._exit(137) if "CREATE TABLE form" in said else None)
        return database

    pid = os.fork()
    if not pid:
        sqlite3.connect = connect  # type: ignore[assignment]
        load_memory([], source_id=SOURCE, cache=tmp_path)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 137
    assert list(load_memory([], source_id=SOURCE, cache=tmp_path).documents(SOURCE)) == []


def test_a_disk_that_refuses_the_memory_is_no_fault_of_the_index(tmp_path: Path) -> None:
    """The package stands on a file, so that nothing can be made in it."""
    (tmp_path / "cache").write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="memory-"):
        load_memory([], source_id=SOURCE, cache=tmp_path / "cache")
