"""What `status` costs as the package grows: `tests/benchmarks/status_cost.py --articles 1000 10000`.

For each size a package is made (what is assumed of it: see `make_package.py`), and the least CPU time of ten looks is
printed beside the parts of tables that a look opens and the size of the descriptor. The exit status is 1 when a look at
the largest opens a part of another table than sources and runs, or more of runs than a year has."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]
from make_package import make

from crawler.app.status.source_status import status
from crawler.package.tables.partitions import part_of_file

LOOKS = 10
_ENDS = (".csv", ".csv.gz")
MOST_PARTS = 12 + 31 + 24  # months of a year, days of the newest, hours of its last day


def opened(package: Path) -> Counter[str]:
    """How many parts of each table a look opens."""
    found: Counter[str] = Counter()
    is_on = True

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if is_on and event == "open" and isinstance(arguments[0], str | Path) and str(arguments[0]).endswith(_ENDS):
            found[part_of_file(str(arguments[0]))[0]] += 1

    sys.addaudithook(note)
    status(package, [], datetime.now(UTC))
    is_on = False
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10000])
    parts: Counter[str] = Counter()
    print("articles  CPU ms  descriptor kB  parts opened", flush=True)
    for count in parser.parse_args().articles:
        with tempfile.TemporaryDirectory() as folder:
            package = Path(folder) / "package"
            make(package, "http://127.0.0.1:8431", count)
            parts, least = opened(package), float("inf")
            for _ in range(LOOKS):
                begun = time.process_time()
                status(package, [], datetime.now(UTC))
                least = min(least, time.process_time() - begun)
            size = (package / "datapackage.json").stat().st_size
            print(f"{count:>8} {1000 * least:>7.1f} {size / 1000:>14.0f}  {dict(parts)}", flush=True)
    return int(not parts.keys() <= {"sources", "runs"} or parts["runs"] > MOST_PARTS)


if __name__ == "__main__":
    raise SystemExit(main())
