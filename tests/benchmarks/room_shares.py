"""How much of the CPU time of a page each room of the extraction takes:
`tests/benchmarks/room_shares.py --pages FOLDER [--sets press] [--every 1] [--rounds 3]`.

FOLDER holds evaluation pages as `extraction_accuracy.py` takes them. The stack is looked at each millisecond of CPU
time: a room's share is of the looks that found one of its functions there, with all that these called; shares of rooms
that ask each other overlap. The last row is of looks that found dates or language: the rooms `dates`, `publication` and
`language`. Ten pages are read before the first that counts."""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from extraction_speed import WARM, pages

from crawler import extract
from crawler.extraction import __file__ as package

ROOMS = str(Path(package).parent)
BOTH = {"dates", "publication", "language"}
EACH = 0.001  # seconds of CPU time
CAPTURED = datetime(2026, 11, 20, tzinfo=UTC)
_looks: Counter[str] = Counter()


def look(_signal: int, frame: FrameType | None) -> None:
    """Counts the rooms on the stack, each once."""
    found = set()
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(ROOMS):
            found.add(path[len(ROOMS) + 1 :].partition("/")[0].removesuffix(".py"))
        frame = frame.f_back
    _looks.update(found)
    _looks["dates and language"] += bool(found & BOTH)
    _looks["all"] += 1


def main() -> int:
    """Prints the shares for each set of pages."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=Path, required=True)
    options.add_argument("--sets", nargs="+", default=["press"])
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--rounds", type=int, default=3, help="times that the pages are read, one round after another")
    given = options.parse_args()
    signal.signal(signal.SIGPROF, look)
    for name in given.sets:
        read = pages(given.pages, name, given.every)
        for html, url in read[:WARM]:
            extract(html, url, captured=CAPTURED)
        _looks.clear()
        signal.setitimer(signal.ITIMER_PROF, EACH, EACH)
        for html, url in read * given.rounds:
            extract(html, url, captured=CAPTURED)
        signal.setitimer(signal.ITIMER_PROF, 0)
        together = _looks["dates and language"] / _looks["all"]
        sums = ("all", "dates and language")
        shares = [(room, count / _looks["all"]) for room, count in _looks.most_common() if room not in sums]
        print(f"{name}: {len(read)} pages; {', '.join(f'{room} {share:.1%}' for room, share in shares)}")
        print(f"{name}: dates and language together {together:.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
