"""What a page costs to read, beside an older build and bare trafilatura:
`tests/benchmarks/extraction_speed.py --pages FOLDER [--base CHECKOUT] [--every 6] [--sets press bodies mixed]`.

FOLDER holds evaluation pages as `extraction_accuracy.py` takes them; CHECKOUT is another work tree of this project with
a `.venv` of its own. One worker per reader; each page is read by all of them in turn before the next, so that whatever
else the machine does costs them alike. Each then finds the processor's caches full of the others' data: `--turn 10`
lets it read ten pages before the next. Figures are CPU seconds of the workers: pages per CPU-second, and how many times
as fast as the others this build is. Before the first page that counts, each worker has read ten and has imported the
libraries that one build brings with itself and another at the first page that asks for them (trafilatura, htmldate,
ftfy): each is paid once in the life of a worker, and among a few hundred pages it would count as theirs. What that
costs is told last: imports, the first page, and these libraries where neither has brought them."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
STARTS = 5
WARM = 10  # pages that each worker reads before the first that counts
_ENVIRONMENT = dict(os.environ)  # of the workers, who find their modules compiled, as those of an installed package do
_WORKER = """
import importlib.util, json, sys, time
start = time.process_time()
if sys.argv[1] == "trafilatura":
    from trafilatura import bare_extraction
    def read(html, url): bare_extraction(html, url=url, with_metadata=True, include_comments=False)
else:
    from crawler import extract as read
imported = time.process_time() - start
print(json.dumps(imported), flush=True)
for line in sys.stdin:
    html, url = json.loads(line)
    html = bytes.fromhex(html)
    start = time.process_time()
    if html:
        read(html, url)
    else:
        for name in ("trafilatura", "htmldate", "ftfy"):
            if importlib.util.find_spec(name):  # an older build may do without
                importlib.import_module(name)
    print(json.dumps(time.process_time() - start), flush=True)
"""


@dataclass
class Reader:
    """A worker that reads pages, and what each cost it."""

    name: str
    python: Path
    folder: Path
    costs: dict[str, list[float]] = field(default_factory=dict)

    def start(self) -> float:
        """CPU seconds of the imports."""
        self.process = subprocess.Popen(
            [str(self.python), "-c", _WORKER, self.name],
            cwd=self.folder,
            env=_ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self._answer()

    def read(self, html: bytes, url: str) -> float:
        """CPU seconds of one page."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{json.dumps([html.hex(), url])}\n")
        self.process.stdin.flush()
        return self._answer()

    def use_libraries(self) -> float:
        """CPU seconds of their imports, next to none where the worker has them."""
        return self.read(b"", "")

    def _answer(self) -> float:
        assert self.process.stdout is not None
        return float(json.loads(self.process.stdout.readline()))

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def pages(folder: Path, name: str, every: int) -> list[tuple[bytes, str]]:
    """Every so manieth page of a set with its address."""
    lines = (folder / name / "gold.jsonl").read_text("utf-8").splitlines()[::every]
    gold = map(json.loads, lines)
    return [(gzip.decompress((folder / name / page["file"]).read_bytes()), page["url"]) for page in gold]


def python_of(checkout: Path) -> Path:
    """The interpreter of a work tree, else this one."""
    own = checkout / ".venv" / "bin" / "python"
    return own if own.exists() else Path(sys.executable)


def main() -> int:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=Path, required=True)
    options.add_argument("--base", type=Path)
    options.add_argument("--every", type=int, default=6, help="read every so manieth page")
    options.add_argument("--turn", type=int, default=1, help="pages that a worker reads before the next has its turn")
    options.add_argument("--sets", nargs="+", default=["press", "bodies", "mixed"])
    given = options.parse_args()
    with TemporaryDirectory() as cache:
        _ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)
        _ENVIRONMENT["PYTHONPYCACHEPREFIX"] = cache
        _measure(given)
    return 0


def _measure(given: argparse.Namespace) -> None:
    readers = [Reader("this build", python_of(ROOT), ROOT)]
    if given.base:
        readers.append(Reader("base", python_of(given.base.resolve()), given.base.resolve()))
    readers.append(Reader("trafilatura", python_of(ROOT), ROOT))
    sets = {name: pages(given.pages, name, given.every) for name in given.sets}
    everything = [page for its in sets.values() for page in its]
    warm = everything[:: max(1, len(everything) // WARM)][:WARM]
    for reader in readers:
        reader.start()
        reader.use_libraries()
        for page in warm:
            reader.read(*page)
    for name, its in sets.items():
        for start in range(0, len(its), given.turn):
            for reader in readers:
                costs = [reader.read(*page) for page in its[start : start + given.turn]]
                reader.costs.setdefault(name, []).extend(costs)
    for reader in readers:
        reader.stop()
    _print_speeds(readers, sets)
    _print_starts(readers, next(iter(sets.values()))[0])


def _print_speeds(readers: list[Reader], sets: dict[str, list[tuple[bytes, str]]]) -> None:
    for name in [*sets, "all"]:
        costs = [sum(r.costs[name]) if name in sets else sum(map(sum, r.costs.values())) for r in readers]
        count = len(sets[name]) if name in sets else sum(map(len, sets.values()))
        told = [f"{r.name} {count / cost:.1f}" for r, cost in zip(readers, costs, strict=True)]
        ratios = [f"{cost / costs[0]:.2f} x {r.name}" for r, cost in zip(readers[1:], costs[1:], strict=True)]
        print(f"{name}: {count} pages; pages per CPU-second: {', '.join(told)}; this build is {', '.join(ratios)}")


def _print_starts(readers: list[Reader], first: tuple[bytes, str]) -> None:
    for reader in readers:
        costs = zip(*(_started(reader, first) for _ in range(STARTS)), strict=True)
        imported, read, used = (f"{1000 * min(cost):.0f} ms" for cost in costs)
        print(
            f"start of a worker, {reader.name}: imports {imported}, first page {read}, libraries of later pages {used}"
        )


def _started(reader: Reader, first: tuple[bytes, str]) -> tuple[float, float, float]:
    """CPU seconds of a worker's imports, of its first page, and of what later pages bring."""
    again = Reader(reader.name, reader.python, reader.folder)
    costs = again.start(), again.read(*first), again.use_libraries()
    again.stop()
    return costs


if __name__ == "__main__":
    sys.exit(main())
