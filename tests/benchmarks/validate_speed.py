"""`validate` beside `frictionless validate`, as a user runs them: CPU seconds, rows in each, and the peak of memory.

    python tests/benchmarks/validate_speed.py --articles 10000 100000
    python tests/benchmarks/validate_speed.py --package FOLDER [--full]

For each size a package is made (what is assumed of it: see `make_package.py`), or the one that is named is taken. Both
commands run in turn, as processes of their own, with what they start; the memory is that of the largest process. Each
run of ours is the first: nothing is remembered of an earlier one."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]
BIN = Path(sys.executable).parent


def cost(command: Sequence[str], folder: Path, *, keep_cache: bool = False) -> tuple[float, int]:
    """(CPU seconds, MB of the largest process) of a command that has to succeed; with the user's cache, if asked."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:  # whose children are this command and no other
        return pool.apply(_run, (list(command), str(folder), keep_cache))


def _run(command: list[str], folder: str, keep_cache: bool) -> tuple[float, int]:
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | ({} if keep_cache else {"XDG_CACHE_HOME": cache})
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // (1 if sys.platform == "linux" else 1024) // 1024


def compare(package: Path, options: Sequence[str]) -> None:
    descriptor = json.loads((package / "datapackage.json").read_bytes())
    rows = sum(its.get("rows", 0) for its in descriptor["resources"] if its.get("type") == "table")
    theirs, their_memory = cost([str(BIN / "frictionless"), "validate", "datapackage.json"], package)
    words = [str(BIN / "ministry-news"), "validate", "--package", ".", "--quiet", *options]
    ours, our_memory = cost(words, package)
    print(f"{rows} rows")
    print(f"  frictionless validate            {theirs:8.1f} CPU-s {rows / theirs:9.0f} rows/CPU-s {their_memory:6} MB")
    name = f"ministry-news validate {' '.join(options)}"
    print(f"  {name:32} {ours:8.1f} CPU-s {rows / ours:9.0f} rows/CPU-s {our_memory:6} MB  {theirs / ours:.1f} times")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10000])
    parser.add_argument("--package", type=Path)
    parser.add_argument("--full", action="store_true")
    chosen = parser.parse_args()
    options = ["--full"] if chosen.full else []
    if chosen.package:
        compare(chosen.package, options)
        return
    from make_package import make

    for count in chosen.articles:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder) / "package", "http://127.0.0.1:8431", count)
            compare(Path(folder) / "package", options)


if __name__ == "__main__":
    main()
