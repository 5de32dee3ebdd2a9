"""The main job ends, or its disk refuses, at each single change that it makes to the file system.

    python tests/benchmarks/every_step.py                    # SIGKILL to all its processes, first run of a package
    python tests/benchmarks/every_step.py --scenario second --trouble enospc
    python tests/benchmarks/every_step.py --scenario held    # one of two sources is refused, and held back
    python tests/benchmarks/every_step.py --trouble alone    # only the process that makes the change ends

A change is a write, fsync, ftruncate, rename, unlink, mkdir, rmdir, or the making of a file, by the command, its crawl
or a worker of extraction; a library in C (kills/shim.c) counts them. A killed write is done by half. After each: the
package is as its descriptor says (I4), the next run ends with the tables of an undisturbed one (I1), valid (I2), no
WARC file torn (I3), nothing asked for twice too often (I5), nothing left over (I8). Ends with 1 when something was
wrong."""

from __future__ import annotations

import argparse
import errno
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from kills.shim import END_SELF, FAIL_ON, FAIL_ONCE, KILL_ALL, why_not
from kills.steps import SCENARIOS, Steps, name_of, table

TROUBLES = {
    "kill": (KILL_ALL, 0),
    "alone": (END_SELF, 0),
    "enospc": (FAIL_ONCE, errno.ENOSPC),
    "eio": (FAIL_ONCE, errno.EIO),
    "full": (FAIL_ON, errno.ENOSPC),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trouble", choices=TROUBLES, default="kill")
    parser.add_argument("--scenario", choices=SCENARIOS, default="first")
    parser.add_argument("--stories", type=int, default=4)
    parser.add_argument("--first", type=int, default=1, help="the change to begin with")
    parser.add_argument("--step", type=int, default=1, help="2: every second change")
    parser.add_argument("--last", type=int, default=1 << 30)
    options = parser.parse_args()
    if why_not():
        print(why_not())
        return 2
    action, error = TROUBLES[options.trouble]
    with tempfile.TemporaryDirectory() as folder:
        steps = Steps(Path(folder), stories=options.stories, scenario=options.scenario)
        calls = Counter(change.partition(" ")[0] for change in steps.changes)
        print(f"{name_of(action, error)}, {options.scenario} run, {len(steps.changes)} changes undisturbed:", end=" ")
        print(", ".join(f"{n} {call}" for call, n in calls.most_common()), flush=True)
        begun, trials = time.monotonic(), []
        for trial in steps.every(action, error, first=options.first, step=options.step):
            trials.append(trial)
            for problem in trial.problems:
                print(f"change {trial.at}, {trial.what}: {problem}", flush=True)
            if trial.at >= options.last:
                break
        steps.close()
    print("\n".join(table(trials)))
    bad = sum(bool(trial.problems) for trial in trials)
    print(f"{len(trials)} trials in {time.monotonic() - begun:.0f} s, {bad} with a problem")
    return int(any(trial.problems for trial in trials))


if __name__ == "__main__":
    raise SystemExit(main())
