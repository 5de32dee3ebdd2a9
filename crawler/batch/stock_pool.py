"""Stock of many archives of other tools, taken by several processes; one, the one that asks, writes what is new."""

from __future__ import annotations

import json
import queue
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from crawler.archive.foreign.inventory import Inventory
from crawler.archive.foreign.stock import Owns
from crawler.archive.foreign.take_in import Stocks
from crawler.batch.line_process import LineProcess
from crawler.batch.stock_lines import END, stock_of
from crawler.errors import ArchiveError, EnvironmentFault, NotFound, UnsafeFile
from crawler.model import Seed
from crawler.workspace.files import make_folder, remove_tree

_MODULE = "crawler.batch.stock_worker"
_ERRORS = {error.__name__: error for error in (UnsafeFile, NotFound)}


class StockPool:
    """Takes stock on `size` processes, in the order of the files. `seeds` are those of the owners, in their order."""

    def __init__(self, size: int, seeds: Sequence[Seed]) -> None:
        self._size, self._seeds = size, seeds
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all: list[_Worker] = []

    def __call__(self, files: Sequence[Path], owners: Sequence[Owns], folder: Path) -> Iterator[Stocks]:
        """The stock of each file. No more files are ahead of the one that is asked for than there are processes, since
        what is unpacked of each lies in `folder` until its successor is asked for.

        Raises EnvironmentFault where no process can be started, or one tells of a fault of the machine."""
        del owners  # each process makes its own of the seeds
        waiting: deque[tuple[Path, Future[list[Inventory | ArchiveError]]]] = deque()
        left = iter(enumerate(files))
        with ThreadPoolExecutor(self._size) as threads:
            try:
                while True:
                    while len(waiting) <= self._size and (task := next(left, None)):
                        home = folder / str(task[0])
                        waiting.append((home, threads.submit(self._take, task[1], home)))
                    if not waiting:
                        return
                    home, stocks = waiting.popleft()
                    yield iter(stocks.result())
                    remove_tree(home)
            finally:
                for _, future in waiting:
                    future.cancel()
                for worker in self._all:
                    worker.stop()

    def _take(self, file: Path, home: Path) -> list[Inventory | ArchiveError]:
        make_folder(home)
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = _Worker(self._seeds)
            self._all.append(worker)
        try:
            found = worker.take(file, home / "member")
        except (ValueError, TypeError, OSError) as error:  # it died, or answers nonsense: the file has taken it over
            status = worker.stop()
            return [ArchiveError(f"the process that read it ended with status {status}: {error}")]
        self._idle.put(worker)
        return found


class _Worker:
    """A process of its own, not a copy of this one."""

    def __init__(self, seeds: Sequence[Seed]) -> None:
        self._process = LineProcess(_MODULE)
        self._process.tell([[seed.toml, seed.id] for seed in seeds])

    def take(self, file: Path, member: Path) -> list[Inventory | ArchiveError]:
        """The stock of a file. Raises ValueError, TypeError or OSError where no proper answer comes."""
        self._process.tell([str(file.absolute()), str(member.absolute())])
        found: list[Inventory | ArchiveError] = []
        while line := self._process.line():
            value = json.loads(line)
            if value is None:
                return found
            if value[0] == "error":
                raise _ERRORS.get(value[1], EnvironmentFault)(value[2])
            if value[0] == "unread":
                found.append(ArchiveError(value[1]))
            else:
                found.append(stock_of(self._lines_from(line)))
        raise ValueError("no more answers")

    def _lines_from(self, line: bytes) -> Iterator[bytes]:
        while line and line != END:
            yield line
            line = self._process.line()
        if not line:
            raise ValueError("no more answers")

    def stop(self) -> int:
        """Ends the process; its exit status."""
        return self._process.stop()
