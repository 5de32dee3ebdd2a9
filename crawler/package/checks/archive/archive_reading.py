"""The WARC files of a package, read by several processes while this one looks at the tables."""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from crawler.archive.warc.digests import normal
from crawler.archive.warc.reader import is_ingested
from crawler.batch.engines import named
from crawler.batch.line_process import LineProcess
from crawler.batch.outcome_json import unpack_capture
from crawler.errors import EnvironmentFault
from crawler.model import Capture
from crawler.package.checks.archive.file_facts import FileFacts, Target, parse_facts, read_facts, write_fact
from crawler.package.checks.archive.unreadable import UNREADABLE
from crawler.workspace import Workspace
from crawler.workspace.files import is_file, open_read, open_write, remove, size_of

_MODULE = "crawler.package.checks.archive.facts_worker"
_SMALL = 8 << 20  # bytes of an archive that is read sooner than a process is started


class ArchiveReading:
    """Reads `files` of a package, each once. Other processes begin at once where `engine` allows more than one and the
    archive is not small; this one helps when it asks for what they found. Facts of captures lie in files of `folder`,
    which is gone afterwards."""

    def __init__(self, workspace: Workspace, files: Sequence[str], engine: str, folder: Path) -> None:
        self.files = sorted(files)
        self.key = secrets.token_bytes(16)
        self.settles = _has_ingested(workspace, self.files)
        self._workspace = workspace
        self._told: dict[str, FileFacts] = {}
        self._waiting = deque(self.files)
        self._folder = folder
        self._numbers = {path: number for number, path in enumerate(self.files)}
        kind, size = named(engine)
        count = 0 if kind == "serial" else int(size) if kind == "processes" and size else os.cpu_count() or 1
        if sum(size_of(workspace.resolve(path)) for path in self.files) < _SMALL:
            count = 0
        self._workers: list[LineProcess] = []
        self._threads = [threading.Thread(target=self._work_elsewhere, daemon=True) for _ in range(count - 1)]

    def __enter__(self) -> ArchiveReading:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._waiting.clear()
        for worker in list(self._workers):
            worker.stop()
        for thread in self._threads:
            thread.join()

    def facts(self) -> dict[str, FileFacts]:
        """What is told of each file, when all are read."""
        while path := self._next():
            self._read_here(path)
        for thread in self._threads:
            thread.join()
        for path in self.files:  # what a process left that has ended
            if path not in self._told:
                self._read_here(path)
        return self._told

    def found(self) -> Iterator[Path]:
        """Where `FACTS` of the captures stand."""
        for path in self.files:
            yield self._target(path).path
        if self.settles:
            yield self._settled.path

    def in_full(self) -> Iterator[Capture]:
        """All captures, where some of other tools are among them."""
        for path in self.files if self.settles else ():
            with open_read(self._target(path).in_full) as file:
                for line in file:
                    yield unpack_capture(json.loads(line))
            remove(self._target(path).in_full)

    def write_facts(self, captures: Iterable[Capture]) -> None:
        """Writes the facts of captures of other tools, which are settled now."""
        if self.settles:
            with open_write(self._settled.path) as lines:
                for capture in captures:
                    number = self._numbers[capture.locator.warc_file]
                    write_fact(lines, replace(self._settled, number=number), capture, normal(capture.entity_sha1 or ""))

    @property
    def _settled(self) -> Target:
        return Target(self._folder / "settled.facts", 0, self.key)

    def _target(self, path: str) -> Target:
        number = self._numbers[path]
        return Target(self._folder / f"{number:07d}.facts", number, self.key)

    def _next(self) -> str:
        """The next file that waits, "" for none: another thread may take the last one between a look and a grasp."""
        try:
            return self._waiting.popleft()
        except IndexError:
            return ""

    def _read_here(self, path: str) -> None:
        self._told[path] = read_facts(self._workspace, path, self._target(path), settles=self.settles)

    def _work_elsewhere(self) -> None:
        try:
            worker = LineProcess(_MODULE)
        except EnvironmentFault:
            return  # this process reads all
        self._workers.append(worker)
        try:
            worker.tell([str(self._workspace.root.absolute()), self.key.hex(), self.settles])
            while path := self._next():
                target = self._target(path)
                worker.tell([path, str(target.path), target.number])
                self._told[path] = parse_facts(worker.line())
        except (OSError, ValueError, TypeError):
            return  # it has ended, or speaks nonsense: this process reads what it left
        finally:
            worker.stop()


def warc_files(workspace: Workspace, files: Iterable[str]) -> list[str]:
    """Those of the listed `files` that are WARC files and are there."""
    return [path for path in files if path.startswith("archive/") and is_file(workspace.root / path)]


def _has_ingested(workspace: Workspace, files: Sequence[str]) -> bool:
    """Whether a file holds captures of other tools; one that cannot be read is told of later."""
    for path in files:
        try:
            if is_ingested(workspace.resolve(path)):
                return True
        except UNREADABLE:
            continue
    return False
