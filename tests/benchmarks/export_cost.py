"""What an export costs: `tests/benchmarks/export_cost.py --articles 100000`.

Made-up rows of articles (titles of 70 letters, texts of 2,400; a thousand a month, or all in one month with --at-once;
24 sources) and of captures, one each, are written as Parquet, SQLite and CSV, each by a process of its own. Of each:
bytes written, CPU seconds, peak of resident memory (ru_maxrss)."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from crawler.package.exports import dataset_folder, spreadsheet, sqlite
from crawler.package.exports.content import Content
from crawler.package.tables.tables import Row, Table, tables
from tests.benchmarks.explorer_load import articles

_WRITERS = {
    "parquet": dataset_folder.write_dataset,
    "sqlite": sqlite.write_folder,
    "csv": spreadsheet.write_tables,
}


def content(count: int, *, at_once: bool) -> Content:
    def read(its: Table) -> Iterator[Row]:
        rows = (
            (row for _, row in articles(count, at_once=at_once)) if its.name in ("articles", "captures") else iter(())
        )
        for number, row in enumerate(rows):
            blank = dict.fromkeys(its.columns, "")
            if its.name == "captures":
                yield blank | {
                    "capture_id": f"{number:036x}", "source_id": row["source_id"], "run_id": "x", "url": row["url"],
                    "fetched_at": row["seen_at"], "role": "article", "kind": "response", "method": "GET",
                    "status": "200", "warc_file": row["warc_file"], "warc_offset": "0", "warc_length": "9000",
                }  # fmt: skip
                continue
            lists = dict.fromkeys(("languages", "authors", "tags", "aliases", "warnings"), "[]")
            needed = {"document": row["url"], "language_confidence": "1.0", "text_sha256": "0" * 64, "capture_id": "x"}
            yield blank | row | lists | needed | {"article_id": f"{number:016x}", "run_id": "x"}

    return Content(tuple(tables().values()), read, {"title": "Made-up news"})


def write(form: str, count: int, at_once: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="exports-") as folder:
        begun = time.process_time()
        _WRITERS[form](content(count, at_once=at_once), Path(folder))
        taken = time.process_time() - begun
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        files = sum(path.is_file() for path in Path(folder).rglob("*"))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{form:8} {files:6,} files {size / 1e6:9.1f} MB {taken:8.1f} CPU s {peak:8.0f} MB memory", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--at-once", action="store_true", help="all first seen in one month, as by a first crawl")
    chosen = options.parse_args()
    for form in _WRITERS:
        its = multiprocessing.get_context("spawn").Process(target=write, args=(form, chosen.articles, chosen.at_once))
        its.start()
        its.join()
        if its.exitcode:
            raise SystemExit(f"{form}: failed")


if __name__ == "__main__":
    main()
