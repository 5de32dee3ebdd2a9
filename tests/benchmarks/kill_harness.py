"""Kills the main job at random moments and looks at what is left: `tests/benchmarks/kill_harness.py --kills 100`.

SIGKILL for the command, its crawl and its workers at once, at moments within the run: drawn by time, by requests served
and by bytes written; in the first run of a package, in a second one (the site has aged), and in the repair of a first
one. One page in three is over 100 KB. What must hold is told in kills/look.py: valid at once, completed by the next run
to the rows of an undisturbed one, no WARC file torn, nothing asked for more than once more per kill, nothing left over,
and no change by a further run. Ends with 1 when something was wrong."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from kills.moments import Harness, Trial


def table(trials: list[Trial], column: str) -> None:
    count = Counter(getattr(trial, column) for trial in trials)
    bad = Counter(getattr(trial, column) for trial in trials if trial.problems)
    torn = Counter(getattr(trial, column) for trial in trials if trial.torn)
    print(f"{column:<15} trials  tore a record  with a problem")
    for name, number in sorted(count.items()):
        print(f"{name:<15} {number:>6} {torn[name]:>14} {bad[name]:>15}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=600, help="begin no further trial after this time")
    parser.add_argument("--seed", type=int, default=0, help="of the first kill; each kill has the next one")
    options = parser.parse_args()
    trials: list[Trial] = []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        harness = Harness(Path(folder))
        for seed in range(options.seed, options.seed + options.kills):
            if time.monotonic() - begun > 60 * options.minutes:
                break
            trial = harness.trial(seed)
            trials.append(trial)
            for problem in trial.problems:
                print(f"seed {seed}, {trial.scenario} by {trial.way}, {trial.phase}: {problem}", flush=True)
        harness.close()
    for column in ("phase", "scenario", "way"):
        table(trials, column)
    bad, late = sum(bool(t.problems) for t in trials), sum(t.late for t in trials)
    print(f"{len(trials)} trials, {sum(t.kills for t in trials)} kills, {bad} trials with a problem; ", end="")
    print(f"{late} moments came too late and were drawn again, earlier")
    if not bad and len(trials) >= 20:  # the rule of three
        print(f"none of {len(trials)}: 95 % sure that fewer than {3 / len(trials):.1%} of such kills do harm")
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())
