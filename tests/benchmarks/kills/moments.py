"""Kills at random moments within a run: drawn by time, by requests served, or by bytes written."""

from __future__ import annotations

import fcntl
import random
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from kills import look
from kills.run import Zygote, end_group, start
from kills.site import Site

SCENARIOS = ("first", "second", "repair")
WAYS = ("time", "requests", "bytes")
_WAIT_S = 120.0  # longer than any run of this site


@dataclass
class Trial:
    """One kill, or in a repair two: how it was drawn, in which phase it came, and what was wrong afterwards."""

    seed: int
    scenario: str
    way: str
    phase: str = ""
    late: int = 0  # moments that came when the run had ended: drawn again, earlier
    kills: int = 0
    torn: int = 0
    problems: list[str] = field(default_factory=list)


class Harness:
    """A site, what undisturbed runs end with, and how long they are."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.package = folder, folder / "package"
        self.site = Site(folder, stories=6)
        self.zygote = Zygote(folder)
        self.truth: dict[str, dict[str, look.Rows]] = {}
        self.clean: dict[str, dict[str, int]] = {}
        self.length: dict[str, dict[str, float]] = {}
        for scenario in ("first", "second"):
            self._undisturbed(scenario)

    def close(self) -> None:
        self.zygote.close()
        self.site.close()

    def _base(self, scenario: str) -> Path:
        return self.folder / f"base-{scenario}"

    def _undisturbed(self, scenario: str) -> None:
        self._fresh(scenario)
        begun, before = time.monotonic(), _size(self.package)
        process = self._start("crawl", self.site.seed)
        assert process.wait() == 0, (self.folder / "killed.txt").read_text()
        seconds = time.monotonic() - begun
        requests = self.site.requests.by_url()
        self.clean[scenario] = requests
        self.length[scenario] = {
            "time": seconds, "requests": sum(requests.values()), "bytes": _size(self.package) - before
        }  # fmt: skip
        self.truth[scenario] = look.truth(self.package)
        if scenario == "first":
            shutil.copytree(self.package, self._base("second"))

    def _fresh(self, scenario: str) -> None:
        shutil.rmtree(self.package, ignore_errors=True)
        if self._base(scenario).exists():
            shutil.copytree(self._base(scenario), self.package)
        self.site.age = 2 if scenario == "second" else 1
        self.site.requests.watch(0, lambda: None)

    def _start(self, *argv: object) -> subprocess.Popen[bytes]:
        return start(*argv, "--package", self.package, out=self.folder / "killed.txt")

    def trial(self, seed: int) -> Trial:
        """One trial; the same seed draws the same scenario, way and share of the run."""
        dice = random.Random(seed)  # noqa: S311 - reproducible
        trial = Trial(seed, SCENARIOS[seed % 3], WAYS[seed // 3 % 3])
        share = dice.uniform(0.02, 1.0)
        run = "second" if trial.scenario == "second" else "first"
        while not self._killed(trial, run, share):
            trial.late += 1
            share *= 0.8
        trial.problems += look.wrong_now(self.package)
        if trial.scenario == "repair":
            process = self._start("doctor")
            time.sleep(dice.uniform(0.2, 1.2))
            trial.kills += process.poll() is None
            end_group(process.pid)
            process.wait()
            trial.problems += look.wrong_now(self.package)
        self._complete(trial, run)
        return trial

    def _killed(self, trial: Trial, run: str, share: float) -> bool:
        """Whether the run was killed before it had ended."""
        self._fresh(run)
        length, now = self.length[run][trial.way], threading.Event()
        if trial.way == "requests":
            self.site.requests.watch(max(1, round(share * length)), now.set)
        before = _size(self.package)
        begun, process = time.monotonic(), self._start("crawl", self.site.seed, "--quiet")
        while process.poll() is None and time.monotonic() - begun < _WAIT_S:
            if trial.way == "time" and time.monotonic() - begun >= share * length:
                break
            if trial.way == "bytes" and _size(self.package) - before >= share * length:
                break
            if now.wait(0.001):
                break
        trial.phase = _phase(self.package)
        killed = process.poll() is None
        end_group(process.pid)
        process.wait()
        trial.kills = int(killed)
        return killed

    def _complete(self, trial: Trial, run: str) -> None:
        done = self.zygote.run("crawl", self.site.seed, "--package", self.package, "--quiet")
        if done.status:
            trial.problems.append(f"I7: the next run ended with {done.status}: {done.output[-300:]}")
            return
        trial.torn = look.tails(self.package)
        trial.problems += look.asked_too_often(self.site.requests.by_url(), self.clean[run], trial.kills)
        self._look(trial, run)
        before = look.truth(self.package)
        done = self.zygote.run("crawl", self.site.seed, "--package", self.package, "--quiet")
        if done.status or look.truth(self.package) != before:
            trial.problems.append(f"I6: a further run ended with {done.status}, or changed tables")

    def _look(self, trial: Trial, run: str) -> None:
        trial.problems += look.different(self.package, self.truth[run]) + look.torn(self.package)
        trial.problems += look.wrong_now(self.package) + look.left_over(self.package)
        checked = self.zygote.run("validate", "--package", self.package, "--full", "--reextract")
        if checked.status:
            trial.problems.append(f"I2: {' '.join(checked.output.split())[-300:]}")

    # ------------------------------------------------------------ two at once

    def second_run_status(self) -> tuple[int, str]:
        """How a run ends that begins while another is at work, and what it says."""
        self._fresh("first")
        first = self._start("crawl", self.site.seed)
        lock = self.package / ".work" / "lock"
        while not (lock.exists() and lock.read_bytes()):
            time.sleep(0.02)
        done = self.zygote.run("crawl", self.site.seed, "--package", self.package)
        end_group(first.pid)
        first.wait()
        return done.status, " ".join(done.output.split())

    def orphan(self) -> list[str]:
        """What is wrong after the parent alone was killed inside the crawl: the next run is refused until the orphan
        has sealed its files, and then completes."""
        self._fresh("first")
        reached = threading.Event()
        self.site.requests.watch(5, reached.set)
        process = self._start("crawl", self.site.seed)
        reached.wait(_WAIT_S)
        process.kill()
        process.wait()
        problems = [] if _is_held(self.package) else ["the orphan does not hold the package"]
        begun = time.monotonic()
        while _is_held(self.package) and time.monotonic() - begun < _WAIT_S:
            time.sleep(0.1)
        done = self.zygote.run("crawl", self.site.seed, "--package", self.package)
        if done.status:
            problems.append(f"the next run ended with {done.status}: {done.output[-300:]}")
        trial = Trial(0, "orphan", "requests")
        self._look(trial, "first")
        return problems + trial.problems


def _is_held(package: Path) -> bool:
    with (package / ".work" / "lock").open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _size(package: Path) -> int:
    """Bytes in all files of a package, those under way too."""
    size = 0
    for path in package.rglob("*"):
        try:
            size += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:  # moved in between
            continue
    return size


def _phase(package: Path) -> str:
    work = package / ".work"
    if (work / "journal.json").exists():
        return "publish"
    if list((work / "archive").glob("*.open")) if (work / "archive").is_dir() else []:
        return "crawl"
    if (work / "staging").is_dir() and any((work / "staging").rglob("*.*")):
        return "stage"
    if not list((package / "archive").glob("*.gz")):
        return "start"
    listed = (package / "datapackage.json").read_text("utf-8") if (package / "datapackage.json").exists() else ""
    waiting = [p for p in (package / "archive").glob("*.gz") if f"archive/{p.name}" not in listed]
    return "extract" if waiting else "start or check"
