"""One run of the main job, and trouble at one of its changes of the file system: what a trial finds."""

from __future__ import annotations

import errno
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kills import look
from kills.newsrooms import Newsrooms
from kills.run import Done, Zygote
from kills.shim import FAIL_ON, FAIL_ONCE, KILL_ALL, Shim, cache_of
from kills.site import Site

SCENARIOS = ("first", "second", "held")  # the last: one of two sources is refused, and held back
FULLY = 5  # each fifth package is also validated with --full
_PHASES = (
    ("crawl", r"/\.work/archive|/archive$|/archive/.*|/\.work/rest.*"),
    ("cache", r"/cache.*"),
    ("start", r"/?(\.work)?(/lock)?"),
    ("stage", r"/\.work/staging.*"),
    ("commit", r"/\.work/journal.*|/\.work$|/(data|indexes|pages|seeds|changes|datapackage).*"),
)


@dataclass
class Trial:
    """What was wrong after trouble at the change `at`, which was `what`."""

    at: int
    what: str
    status: int
    output: str = ""
    torn: int = 0  # records that were set aside
    ahead: bool = False  # killed between the renames of a publication
    problems: list[str] = field(default_factory=list)

    @property
    def phase(self) -> str:
        path = self.what.partition(" ")[2]
        return next((name for name, form in _PHASES if re.fullmatch(form, path)), "other")


class Steps:
    """A site, what undisturbed runs over it end with, and a place for trials."""

    def __init__(self, folder: Path, *, stories: int = 4, scenario: str = "first", large: bool = True) -> None:
        self.folder, self.scenario = folder, scenario
        self.site = Newsrooms(folder) if scenario == "held" else Site(folder, stories=stories, large=large)
        self.ends_with = 0  # the status of an undisturbed run
        self.package = folder / "package"
        self.base, self.cached = folder / "base", folder / "base-cache"
        self.shim = Shim(folder, self.package)
        self.zygote = Zygote(folder, self.shim.environment)
        if scenario != "first":
            self._good(self.crawl(self.package))
            self.package.rename(self.base)
            shutil.copytree(cache_of(folder), self.cached)
            self._turn()
        self.clean_requests: dict[str, int] = {}
        self.changes = self._undisturbed()
        self.truth = look.truth(self.package)

    def close(self) -> None:
        self.zygote.close()
        self.site.close()

    def _turn(self) -> None:
        """What the site does between the runs."""
        if isinstance(self.site, Newsrooms):
            self.site.mode, self.site.count, self.ends_with = "block", 8, 9
        else:
            self.site.age = 2

    def crawl(self, package: Path) -> Done:
        return self.zygote.run("crawl", *self.site.seeds, "--package", package, "--quiet")

    def _undisturbed(self) -> list[str]:
        self.fresh()
        self.shim.plan()
        self._good(self.crawl(self.package))
        self.clean_requests = self.site.requests.by_url()
        return self.shim.changes()

    def _good(self, done: Done) -> None:
        assert done.status == self.ends_with, done.output

    def fresh(self) -> None:
        """The package as it was before the run."""
        shutil.rmtree(self.package, ignore_errors=True)
        shutil.rmtree(cache_of(self.folder), ignore_errors=True)
        if self.base.exists():
            shutil.copytree(self.base, self.package)
            shutil.copytree(self.cached, cache_of(self.folder))
        self.site.requests.watch(0, lambda: None)

    def every(self, action: int, error: int = 0, *, first: int = 1, step: int = 1) -> Iterator[Trial]:
        """A trial for each change of the run, until one ends without meeting trouble."""
        at = first
        while trial := self.trial(at, action, error):
            yield trial
            at += step

    def trial(self, at: int, action: int, error: int = 0) -> Trial | None:
        """The run with trouble at its change `at`, and what follows; None when it has not that many."""
        self.fresh()
        before = look.truth(self.package) if self.base.exists() else None
        self.shim.plan(action, at, error)
        done = self.crawl(self.package)
        what = self.shim.what
        self.shim.plan()
        if not what:
            return None
        trial = Trial(at, what, done.status, done.output, ahead=look.steps_ahead(self.package))
        trial.problems += look.wrong_now(self.package)
        if action in (FAIL_ONCE, FAIL_ON):
            self._look_at_failure(trial, before, error)
        self._complete(trial)
        return trial

    def _look_at_failure(self, trial: Trial, before: dict[str, look.Rows] | None, error: int) -> None:
        """Code 7 and a message that names what could not be written; or the run went on, and is whole."""
        words = " ".join(trial.output.split())
        if trial.status == self.ends_with:
            trial.problems += [f"went on, but {problem}" for problem in look.different(self.package, self.truth)]
        elif trial.status != 7:
            trial.problems.append(f"I7: ended with {trial.status}: {words[-400:]}")
        elif str(self.package) not in words:
            trial.problems.append(f"the message names no path: {words[-300:]}")
        if trial.status == 7 and "Traceback" in words:
            trial.problems.append(f"a traceback: {words[-300:]}")
        if trial.status != self.ends_with and before and look.truth(self.package) not in (before, self.truth):
            trial.problems.append("I4: neither the version before nor the new one")

    def _complete(self, trial: Trial) -> None:
        """The next run, and all that must hold behind it."""
        done = self.crawl(self.package)
        if done.status != self.ends_with:
            trial.problems.append(f"I7: the next run ended with {done.status}: {' '.join(done.output.split())[-400:]}")
            return
        if self.scenario == "held":
            trial.problems += look.not_held(self.package, "xx.bad", self.clean_requests)
        trial.torn = look.tails(self.package)
        trial.problems += look.different(self.package, self.truth) + look.torn(self.package)
        trial.problems += look.wrong_now(self.package) + look.left_over(self.package)
        trial.problems += look.asked_too_often(self.site.requests.by_url(), self.clean_requests, 1)
        if trial.at % FULLY and not trial.problems:
            return
        checked = self.zygote.run("validate", "--package", self.package, "--full")
        if checked.status:
            trial.problems.append(f"I2: not valid: {' '.join(checked.output.split())[-400:]}")


def name_of(action: int, error: int) -> str:
    if action == KILL_ALL:
        return "SIGKILL"
    words = {errno.ENOSPC: "ENOSPC", errno.EIO: "EIO"}.get(error, str(error))
    return {FAIL_ONCE: words, FAIL_ON: f"{words} from there on"}.get(action, "the process alone ends")


def table(trials: list[Trial]) -> Iterator[str]:
    """The trials by phase: how many, with which status, how many tore a record, how many had a problem."""
    yield "phase      trials  torn  between renames  problems  status of the run"
    for phase in ("start", "crawl", "cache", "stage", "commit", "other"):
        its = [trial for trial in trials if trial.phase == phase]
        if its:
            statuses = ", ".join(f"{s}: {n}" for s, n in sorted(Counter(t.status for t in its).items()))
            bad, torn = sum(bool(t.problems) for t in its), sum(t.torn > 0 for t in its)
            ahead = sum(t.ahead for t in its)
            yield f"{phase:<9} {len(its):>7} {torn:>5} {ahead:>16} {bad:>9}  {statuses}"
