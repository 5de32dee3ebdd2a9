"""The C shim of this folder, compiled when it is needed, and the plan that it follows."""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import shutil
import subprocess
from pathlib import Path

COUNT, KILL_ALL, END_SELF, FAIL_ONCE, FAIL_ON = range(5)
SOURCE = Path(__file__).with_name("shim.c")


class _Plan(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_long),
        ("at", ctypes.c_long),
        ("action", ctypes.c_int),
        ("error", ctypes.c_int),
        ("clock", ctypes.c_long),
        ("jump_at", ctypes.c_long),
        ("jump", ctypes.c_long),
        ("what", ctypes.c_char * 400),
        ("root", ctypes.c_char * 1024),
        ("cache", ctypes.c_char * 1024),
    )


def why_not() -> str:
    """Why the shim cannot be used here; empty when it can."""
    return "" if shutil.which("cc") or shutil.which("gcc") else "no C compiler here: cc or gcc makes the shim"


def cache_of(folder: Path) -> Path:
    """Where commands of a harness in `folder` keep their caches (`Zygote`)."""
    return folder / "home" / "cache"


class Shim:
    """Counts the changes that commands make below `root`, and makes trouble at the one that is asked for.
    Changes of the user's caches count too.

    `environment` is what a process must be started with; everything that it starts follows the plan as well."""

    def __init__(self, folder: Path, root: Path) -> None:
        library = folder / "shim.so"
        compiler = shutil.which("cc") or shutil.which("gcc") or "cc"
        if not library.exists():
            subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
        path = folder / "plan"
        path.write_bytes(bytes(ctypes.sizeof(_Plan)))
        self.log = folder / "changes.log"
        self.log.write_bytes(b"")
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)
        self._plan = _Plan.from_buffer(self._map)
        self._plan.root = os.fsencode(root.resolve())
        self._plan.cache = os.fsencode(cache_of(folder).resolve())
        self.environment = {"LD_PRELOAD": str(library), "MN_SHIM_PLAN": str(path), "MN_SHIM_LOG": str(self.log)}

    def plan(self, action: int = COUNT, at: int = 0, error: int = errno.ENOSPC) -> None:
        """Begins to count anew; the change `at` meets `action`."""
        self._plan.count, self._plan.at, self._plan.action, self._plan.error = 0, at, action, error
        self._plan.what = b""
        self.log.write_bytes(b"")

    def set_clock(self, seconds: int, *, at: int = 0) -> None:
        """From now on, or from the change `at` on, the time of day is off by `seconds`."""
        self._plan.jump_at, self._plan.jump = at, seconds
        self._plan.clock = 0 if at else seconds

    @property
    def count(self) -> int:
        """Changes since `plan`."""
        return int(self._plan.count)

    @property
    def what(self) -> str:
        """The change that met trouble: "rename /datapackage.json"; empty when none did."""
        return bytes(self._plan.what).decode(errors="replace")

    def changes(self) -> list[str]:
        """All changes since `plan`, in order."""
        return [line.partition(" ")[2] for line in self.log.read_text("utf-8", "replace").splitlines()]
