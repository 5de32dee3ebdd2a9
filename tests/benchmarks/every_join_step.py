"""`join` ends, or its disk refuses, at each single change that it makes to the file system.

    python tests/benchmarks/every_join_step.py
    python tests/benchmarks/every_join_step.py --trouble enospc --step 3

A package of two sources, three runs each in one month, and one later. After each trouble its files are as its
descriptor says, whichever version that is, and all that its rows name can be read. Then the same command is given
again: it has to end well, with the bytes of an undisturbed join. Every fifth is validated from the records up.
Changes are counted as in `every_step.py`. Ends with 1 when something was wrong."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from every_merge_step import hashes
from every_step import TROUBLES
from kills.look import rows, wrong_now
from kills.run import Zygote
from kills.shim import Shim, cache_of, why_not

from crawler.archive.warc.reader import read_payload
from crawler.package.build.build import build
from crawler.package.tables.row_builders import capture_from
from crawler.seeds import parse_seed
from crawler.workspace import Workspace
from tests.package.conftest import SEED, Ministry, page

BEGUN = datetime(2025, 3, 3, 8, tzinfo=UTC)
MONTH = "2025-03"


def crawled(package: Workspace) -> None:
    seeds = {}
    for name in ("xx.one", "xx.two"):
        host = f"{name[3:]}.example"
        seed = seeds[name] = parse_seed(SEED.replace("ministry.example", host), seed_id=name, path=f"{name}.toml")
        ministry = Ministry(package, seed, now=BEGUN)
        for n, days in enumerate((0, 2, 2, 40)):
            run = ministry.run(days)
            run.get(f"https://{host}/n/1", page(f"Title {n}", "water"))
            run.get(f"https://{host}/n/2", page("The same title", "wind"))
            run.done()
    build(package, seeds=seeds, engine="serial")


def unreadable(package: Path) -> list[str]:
    """Captures whose record is not where their row says."""
    space, wrong = Workspace(package), []
    for cells in rows(package, "captures", volatile=frozenset()):
        row = dict(cells)
        try:
            read_payload(space.resolve(row["warc_file"]), capture_from(row))
        except Exception as error:
            wrong.append(f"{row['warc_file']} at {row['warc_offset']}: {error}")
    return wrong


class Joins:
    def __init__(self, folder: Path) -> None:
        self.folder, self.whole, self.out = folder, folder / "whole", folder / "out"
        crawled(Workspace(self.whole))
        self.shim = Shim(folder, self.out)
        self.zygote = Zygote(folder, self.shim.environment)
        self.fresh()
        self.shim.plan()
        assert (status := self.join()[0]) == 0, status
        self.changes, self.truth = self.shim.changes(), hashes(self.out)
        assert sum(path.endswith(".joined.warc.gz") for path in self.truth) == 2
        assert not wrong_now(self.out) and not unreadable(self.out)

    def fresh(self) -> None:
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.rmtree(cache_of(self.folder), ignore_errors=True)
        shutil.copytree(self.whole, self.out)

    def join(self) -> tuple[int, str]:
        done = self.zygote.run("join", "--package", self.out, "--until", MONTH, "--quiet")
        return done.status, done.output

    def problem(self, at: int, action: int, error: int) -> str | None:
        """What is wrong after trouble at a change; empty for nothing, None where there is no such change."""
        self.fresh()
        self.shim.plan(action, at, error)
        self.join()
        what = self.shim.what
        self.shim.plan()
        if not what:
            return None
        if found := wrong_now(self.out) or unreadable(self.out):
            return f"{at} {what}: {'; '.join(found[:3])}"
        status, output = self.join()
        if status:
            return f"{at} {what}: again ends with {status}: {output[-300:]}"
        other = sorted(path for path, its in hashes(self.out).items() ^ self.truth.items())
        if other:
            return f"{at} {what}: other bytes: {', '.join(map(str, other[:5]))}"
        words = ("validate", "--package", self.out, "--full", "--quiet")
        valid = self.zygote.run(*words).status if at % 5 == 0 else 0
        return f"{at} {what}: not valid" if valid else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trouble", choices=TROUBLES, default="kill")
    parser.add_argument("--first", type=int, default=1, help="the change to begin with")
    parser.add_argument("--step", type=int, default=1, help="only each so many changes")
    options = parser.parse_args()
    if reason := why_not():
        print(reason)
        return 1
    action, error = TROUBLES[options.trouble]
    with tempfile.TemporaryDirectory() as folder:
        joins = Joins(Path(folder))
        print(f"{options.trouble}, {len(joins.changes)} changes undisturbed", flush=True)
        counts: Counter[str] = Counter()
        for at in range(options.first, len(joins.changes) + 1, options.step):
            found = joins.problem(at, action, error)
            counts["none" if found is None else "wrong" if found else "good"] += 1
            if found:
                print(found, flush=True)
        print(dict(counts))
        joins.zygote.close()
    return int(bool(counts["wrong"]))


if __name__ == "__main__":
    sys.exit(main())
