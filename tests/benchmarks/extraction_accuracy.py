"""Prints how the extractor does on pages with known answers, beside bare trafilatura in the same run:

    python tests/benchmarks/extraction_accuracy.py [--pages FOLDER] [further options of the scorer, such as --set press]

FOLDER holds `score.py` and the sets; by default it is `../shared/pages` beside the repository. Without it there is
nothing to measure, and that is said."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FUNCTIONS = ("crawler_adapter:extract", "crawler_adapter:trafilatura")


def main() -> int:
    """The scorer's exit status; 0 with a sentence when there are no pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=HERE.parents[2] / "shared" / "pages")
    options, further = parser.parse_known_args()
    scorer = options.pages / "score.py"
    if not scorer.is_file():
        print(f"No evaluation pages: {scorer.name} is not in the folder given. Nothing was measured.")
        return 0
    paths = [str(HERE), str(HERE.parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, str(scorer.resolve()), *FUNCTIONS, *further]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
