"""The scorer of the shared evaluation pages, for this extractor beside bare trafilatura: one command, one run.

`python tests/benchmarks/extraction_accuracy.py [--set press,portals] [--limit N]`; further options are the scorer's.
The pages are for finding failures: no rule may exist because one of them needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCORER = HERE.parents[2] / "shared" / "pages" / "score.py"


def main() -> int:
    if not SCORER.exists():
        print("the evaluation pages are not here: nothing to measure")
        return 0
    functions = ["crawler_adapter:extract", "crawler_adapter:trafilatura"]
    return subprocess.run([sys.executable, str(SCORER), *functions, *sys.argv[1:]], cwd=HERE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
