"""A disk that is really full, a folder that cannot be written, and a clock that is set back a day.

    python tests/benchmarks/bad_disks.py

The disk is a small tmpfs in a mount namespace of its own: it needs root, and says so where it cannot mount. The clock
is turned by the library of `kills/`, which needs a C compiler. Prints how each run ended and what it said; ends with 1
when a run did not end with code 7, its message names no path, the package is not as before or valid, or the next run on
a sound machine does not end with the tables of an undisturbed one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from kills import look
from kills.run import ROOT, Done, Zygote, command
from kills.shim import Shim, why_not
from kills.site import Site

_INSIDE = "MN_INSIDE_NAMESPACE"
_DAY_S = 86_400
_DISK = "260m"  # a crawl wants 200 MB free before it begins


def mounted(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)


class Case:
    """One site and one package; `package` may lie on a disk that is about to fail."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.disk = folder, folder / "disk"
        self.disk.mkdir()
        mounted("-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(self.disk))
        self.package = self.disk / "package"
        self.site = Site(folder, stories=3)
        self.shim = None if why_not() else Shim(folder, self.package)
        self.zygote = Zygote(folder, self.shim.environment if self.shim else None)
        assert self.crawl().status == 0
        self.before = look.truth(self.package)
        shutil.copytree(self.package, folder / "base")
        self.site.age = 2
        assert self.crawl().status == 0
        self.truth = look.truth(self.package)
        self.bad = 0

    def crawl(self) -> Done:
        return self.zygote.run("crawl", self.site.seed, "--package", self.package, "--quiet")

    def crawl_anew(self) -> Done:
        """As `crawl`, by a process that has not seen the time of day before."""
        assert self.shim
        words = command("crawl", self.site.seed, "--package", self.package, "--quiet")
        environment = {**os.environ, **self.shim.environment}
        done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        return Done(done.returncode, done.stdout + done.stderr)

    def fresh(self) -> None:
        shutil.rmtree(self.package)
        shutil.copytree(self.folder / "base", self.package)
        self.site.requests.watch(0, lambda: None)

    def fill(self, leave: int) -> None:
        """Takes the disk's free bytes but `leave`, as another program might."""
        free = shutil.disk_usage(self.disk).free
        with (self.disk / "filler").open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, free - leave))

    def judge(self, name: str, done: Done, *, status: int = 7, says: str = "", asked: int | None = None) -> None:
        """Looks at the package after `done`, and at the next run on a sound machine."""
        said = " ".join(line for line in done.output.splitlines() if line.startswith("error"))
        problems = look.wrong_now(self.package)
        if done.status != status:
            problems.append(f"ended with {done.status}")
        if status == 7 and (says or str(self.package)) not in said:
            problems.append("the message does not say where")
        if status == 7 and look.truth(self.package) != self.before:
            problems.append("the version before does not stand")
        requests = len(self.site.requests)
        if asked is not None and requests != asked:
            problems.append(f"{requests} requests")
        self.sound()
        done = self.crawl()
        if done.status:
            problems.append(f"the next run ended with {done.status}: {done.output[-300:]}")
        problems += look.different(self.package, self.truth) + look.left_over(self.package) + look.torn(self.package)
        if self.zygote.run("validate", "--package", self.package, "--full").status:
            problems.append("not valid in the end")
        self.bad += bool(problems)
        print(f"{name}: {requests} requests, then: {said[:230] or 'no error'}")
        print(f"    {'; '.join(problems) or 'as it must be'}", flush=True)

    def sound(self) -> None:
        mounted("-o", f"remount,rw,size={_DISK}", str(self.disk))
        (self.disk / "filler").unlink(missing_ok=True)
        if self.shim:
            self.shim.set_clock(0)


def full_disks(case: Case) -> None:
    case.fresh()
    case.fill(50 << 20)
    case.judge("full before the run", case.crawl(), asked=0)
    for request, leave in ((3, 0), (8, 20_000), (15, 100_000)):
        case.fresh()
        case.site.requests.watch(request, lambda leave=leave: case.fill(leave))
        case.judge(f"full from request {request} on, {leave} bytes left", case.crawl())


def read_only(case: Case) -> None:
    case.fresh()
    mounted("-o", "remount,ro", str(case.disk))
    case.judge("read-only before the run", case.crawl(), asked=0)


def clocks(case: Case) -> None:
    if case.shim is None:
        print(f"clock: not tried: {why_not()}")
        return
    case.fresh()
    case.shim.plan()
    case.shim.set_clock(-_DAY_S)
    case.judge("clock a day back between two runs", case.crawl_anew(), says="set the clock", asked=0)
    case.fresh()
    case.shim.plan()
    case.shim.set_clock(-_DAY_S, at=60)
    case.judge("clock a day back during a run", case.crawl_anew(), status=0)
    days = {dict(row)["fetched_at"][:10] for row in look.rows(case.package, "captures", volatile=frozenset())}
    print(f"    days of all captures: {sorted(days)}")


def main() -> int:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        print("not tried: a tmpfs of one's own needs root and unshare")
        return 2
    if _INSIDE not in os.environ:
        environment = {**os.environ, _INSIDE: "1"}
        done = subprocess.run(["unshare", "--mount", sys.executable, __file__], env=environment, check=False)
        return done.returncode
    with tempfile.TemporaryDirectory() as folder:
        try:
            case = Case(Path(folder))
        except subprocess.CalledProcessError as error:
            print(f"not tried: mounting is not permitted: {error.stderr.decode().strip()}")
            return 2
        full_disks(case)
        read_only(case)
        clocks(case)
        case.zygote.close()
        case.site.close()
        subprocess.run(["umount", str(case.disk)], check=False)
    return int(case.bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())
