"""`merge` ends, or its disk refuses, at each single change that it makes to the file system.

    python tests/benchmarks/every_merge_step.py
    python tests/benchmarks/every_merge_step.py --trouble enospc --step 3

Two packages of one source each are joined. After each trouble the same command is given again: it has to end well, with
a valid package of the same bytes as an undisturbed one. Changes are counted as in `every_step.py`. Ends with 1 when
something was wrong."""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from every_step import TROUBLES
from kills.run import Zygote
from kills.shim import Shim, cache_of, why_not
from kills.site import Site


def hashes(package: Path) -> dict[str, str]:
    """SHA-256 of all files of a package, by path."""
    files = (path for path in sorted(package.rglob("*")) if path.is_file() and ".work" not in path.parts)
    return {str(path.relative_to(package)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Merges:
    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        self.shim = Shim(folder, self.out)
        self.zygote = Zygote(folder, self.shim.environment)
        site = Site(folder, stories=3)
        self.parts = []
        for number, seed in enumerate(site.seeds):
            self.parts.append(folder / f"part-{number}")
            done = self.zygote.run("crawl", seed, "--package", self.parts[-1], "--quiet")
            assert done.status == 0, done.output
        site.close()
        self.fresh()
        self.shim.plan()
        self.merge(must=True)
        self.changes, self.truth = self.shim.changes(), hashes(self.out)

    def fresh(self) -> None:
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.rmtree(cache_of(self.folder), ignore_errors=True)

    def merge(self, *, must: bool = False) -> int:
        done = self.zygote.run("merge", *self.parts, "--package", self.out, "--quiet")
        assert not must or done.status == 0, done.output
        return done.status

    def problem(self, at: int, action: int, error: int) -> str | None:
        """What is wrong after trouble at a change; empty for nothing, None where there is no such change."""
        self.fresh()
        self.shim.plan(action, at, error)
        self.merge()
        what = self.shim.what
        self.shim.plan()
        if not what:
            return None
        again = self.zygote.run("merge", *self.parts, "--package", self.out, "--quiet")
        if again.status:
            return f"{at} {what}: again ends with {again.status}: {again.output[-300:]}"
        other = sorted(path for path, its in hashes(self.out).items() ^ self.truth.items())
        if other:
            return f"{at} {what}: other bytes: {', '.join(map(str, other[:5]))}"
        valid = self.zygote.run("validate", "--package", self.out, "--quiet").status if at % 5 == 0 else 0
        return f"{at} {what}: not valid" if valid else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trouble", choices=TROUBLES, default="kill")
    parser.add_argument("--step", type=int, default=1, help="only each so many changes")
    options = parser.parse_args()
    if reason := why_not():
        print(reason)
        return 1
    action, error = TROUBLES[options.trouble]
    with tempfile.TemporaryDirectory() as folder:
        merges = Merges(Path(folder))
        print(f"{options.trouble}, {len(merges.changes)} changes undisturbed", flush=True)
        counts: Counter[str] = Counter()
        for at in range(1, len(merges.changes) + 1, options.step):
            found = merges.problem(at, action, error)
            counts["none" if found is None else "wrong" if found else "good"] += 1
            if found:
                print(found, flush=True)
        print(dict(counts))
        merges.zygote.close()
    return int(bool(counts["wrong"]))


if __name__ == "__main__":
    sys.exit(main())
