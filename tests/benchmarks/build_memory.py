"""What `build --full` costs, as a user runs it: CPU seconds and the peak of memory, for packages of several sizes.

    python tests/benchmarks/build_memory.py --articles 20000 100000
    python tests/benchmarks/build_memory.py --package FOLDER

What is assumed of a package that is made: see `make_package.py`. What extraction says of each page waits in the cache,
so that this is the work around it. The memory is that of the largest process. The bytes of the package are compared
with those before: a rebuild gives the same."""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]
from validate_speed import BIN, cost


def hashes(package: Path) -> Mapping[str, str]:
    """SHA-256 of all files of a package, by path."""
    files = (path for path in sorted(package.rglob("*")) if path.is_file() and ".work" not in path.parts)
    return {str(path.relative_to(package)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rebuild(package: Path) -> None:
    before = hashes(package)
    words = [str(BIN / "ministry-news"), "build", "--full", "--package", ".", "--quiet"]
    taken, memory = cost(words, package, keep_cache=True)
    other = [path for path, its in hashes(package).items() if before.get(path) != its]
    print(f"  build --full  {taken:8.1f} CPU-s {memory:6} MB, {len(other)} files with other bytes", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10000])
    parser.add_argument("--package", type=Path)
    chosen = parser.parse_args()
    if chosen.package:
        rebuild(chosen.package)
        return
    from make_package import make

    for count in chosen.articles:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{count} articles")
            make(Path(folder) / "package", "http://127.0.0.1:8431", count)
            rebuild(Path(folder) / "package")


if __name__ == "__main__":
    main()
