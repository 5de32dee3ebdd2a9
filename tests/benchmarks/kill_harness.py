"""Kills the main job at random moments and looks at what is left: `tests/benchmarks/kill_harness.py --kills 100`.

What must hold: the package is valid between the kill and the next run; the next run ends with the rows of an
undisturbed one; no WARC file is torn; nothing is left over."""

from __future__ import annotations

import argparse
import csv
import fcntl
import gzip
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.repair import whole_prefix
from crawler.demo import seed_texts, serve
from crawler.demo.content import Story, Text, portal

# What a run makes anew each time; all else must be equal.
VOLATILE = frozenset(
    "revision_id capture_id run_id warc_file warc_offset warc_length first_seen_at last_seen_at seen_at fetched_at "
    "valid_from valid_to".split()
)
VERDICTS = (0, 4)  # complete, or partial


@dataclass
class Trial:
    """One kill: when, in which phase, and what was wrong afterwards."""

    after_s: float
    phase: str = "crawl"
    killed: bool = False
    problems: list[str] = field(default_factory=list)


def rows(package: Path, table: str) -> list[tuple[tuple[str, str], ...]]:
    found = []
    for path in sorted((package / "data").glob(f"{table}[-.]*")):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for row in csv.DictReader(io.StringIO(content.decode(), newline="")):
            found.append(tuple((k, v) for k, v in row.items() if k not in VOLATILE))
    return sorted(found)


def large(story: Story) -> Story:
    """The story with a page of over 100 KB, which gzip cannot shrink much: small records never tear."""
    dice = random.Random(story.number)  # noqa: S311
    noise = " ".join("".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(12_000))
    texts = {code: Text(text.title, (*text.paragraphs, noise)) for code, text in story.texts.items()}
    return Story(story.number, story.published, story.category, texts)


class Harness:
    """One site, one undisturbed package, and as many kills as are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        stories = [large(s) if n % 4 == 0 else s for n, s in enumerate(portal()[:6])]
        self.site = serve(port=0, stories=stories)
        self.seed = folder / "demo" / "rivers.toml"
        self.seed.parent.mkdir()
        text = seed_texts(self.site.url)["demo.rivers"].replace("min_articles = 100", "min_articles = 1")
        self.seed.write_text(text.replace("recheck_days = 0", "recheck_days = 30"), "utf-8")
        self.package = folder / "undisturbed"
        begun = time.monotonic()
        done = self.run(self.package)
        self.seconds = time.monotonic() - begun
        assert done.returncode == 0, done.stderr
        self.truth = {table: rows(self.package, table) for table in ("articles", "revisions")}

    def command(self, package: Path) -> list[str]:
        return [sys.executable, "-m", "crawler", "crawl", str(self.seed), "--package", str(package), "--quiet"]

    def run(self, package: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(package), capture_output=True, text=True, check=False)

    def start(self, package: Path) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(self.command(package), stdout=quiet, stderr=quiet, start_new_session=True)

    def trial(self, seed: int) -> Trial:
        """Kills the whole process group at a moment that `seed` chooses, then looks."""
        dice = random.Random(seed)  # noqa: S311
        trial = Trial(dice.uniform(0.3, self.seconds))
        package = self.folder / f"killed-{seed}"
        process = self.start(package)
        time.sleep(trial.after_s)
        trial.phase = self._phase(package)
        trial.killed = process.poll() is None
        if trial.killed:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._look_at_once(package, trial)
        done = self.run(package)
        if done.returncode not in VERDICTS:
            trial.problems.append(f"I7: the next run ended with {done.returncode}: {done.stderr[-300:]}")
        self._look_after(package, trial)
        return trial

    def _phase(self, package: Path) -> str:
        work = package / ".work"
        if (work / "journal.json").exists():
            return "publish"
        if list((work / "archive").glob("*.open")) if (work / "archive").is_dir() else []:
            return "crawl"
        if (work / "staging").is_dir() and any((work / "staging").rglob("*.*")):
            return "build"
        return "extract" if list((package / "archive").glob("*.gz")) else "start"

    def _look_at_once(self, package: Path, trial: Trial) -> None:
        if (package / "datapackage.json").exists():
            check = [sys.executable, "-m", "crawler", "validate", "--package", str(package), "--full"]
            done = subprocess.run(check, capture_output=True, text=True, check=False)
            if done.returncode:
                trial.problems.append(f"I4: not valid right after the kill: {done.stdout[-300:]}")

    def _look_after(self, package: Path, trial: Trial) -> None:
        for table, truth in self.truth.items():
            if rows(package, table) != truth:
                other = sorted(set(truth) ^ set(rows(package, table)))
                cells = {cell for row in other for cell in row} - set(other[0]) if other else set()
                names = sorted({name for name, _ in cells})
                trial.problems.append(f"I1: {table} differ in {len(other)} rows: {names}")
        for path in (package / "archive").glob("*.warc.gz"):
            if whole_prefix(path) != path.stat().st_size:
                trial.problems.append(f"I3: {path.name} is torn")
        left = [
            p.name for p in (package / ".work").rglob("*") if p.suffix in (".open", ".tmp") or p.name == "journal.json"
        ]
        if left:
            trial.problems.append(f"I8: left over: {left}")
        check = [sys.executable, "-m", "crawler", "validate", "--package", str(package), "--full", "--reextract"]
        done = subprocess.run(check, capture_output=True, text=True, check=False)
        if done.returncode:
            trial.problems.append(f"I2: {done.stdout[-300:]}")

    def second_run_status(self) -> int:
        """The exit code of a run that begins while another is at work."""
        package = self.folder / "twice"
        first = self.start(package)
        while not (package / ".work" / "lock").exists():
            time.sleep(0.02)
        time.sleep(0.3)
        status = self.run(package).returncode
        first.wait()
        return status

    def _is_held(self, package: Path) -> bool:
        with (package / ".work" / "lock").open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def orphan(self) -> list[str]:
        """What is wrong after the parent alone was killed inside the crawl."""
        package = self.folder / "orphan"
        process = self.start(package)
        opened = package / ".work" / "archive"
        while not (opened.is_dir() and list(opened.glob("*.open"))):
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        problems = [] if self._is_held(package) else ["the orphan does not hold the package"]
        for _ in range(100):
            done = self.run(package)
            if done.returncode != 6:
                break
            time.sleep(0.2)
        trial = Trial(0.0)
        if done.returncode not in VERDICTS:
            problems.append(f"the next run ended with {done.returncode}: {done.stderr[-300:]}")
        self._look_after(package, trial)
        return problems + trial.problems


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the first kill; each kill has the next one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        harness = Harness(Path(folder))
        by_phase: Counter[str] = Counter()
        bad: Counter[str] = Counter()
        for seed in range(options.seed, options.seed + options.kills):
            trial = harness.trial(seed)
            phase = trial.phase if trial.killed else "ended before"
            by_phase[phase] += 1
            bad[phase] += bool(trial.problems)
            for problem in trial.problems:
                print(f"seed {seed}, after {trial.after_s:.2f} s, {phase}: {problem}")
        print("phase          kills  with a problem")
        for phase, count in sorted(by_phase.items()):
            print(f"{phase:<14} {count:>5}  {bad[phase]:>5}")


if __name__ == "__main__":
    main()
