"""Ways to run the same extraction: in this process, in several, or on a Dask cluster. All give the same outcomes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec

from crawler.batch.dask_pool import on_cluster
from crawler.batch.outcome_json import Outcome, unpack
from crawler.batch.process_pool import Pool, Task
from crawler.batch.worker import Limits, read_page
from crawler.errors import UsageError

Engine = Callable[[Iterable[Task]], Iterator[tuple[str, Outcome]]]

ENGINES = ("serial", "processes", "dask")
_MOST_PROCESSES = 1000


def engine(
    name: str = "processes",
    *,
    workers: int | None = None,
    limits: Limits | None = None,
    module: str = "crawler.batch.worker",
) -> Engine:
    """The engine of that name: a function from tasks to pairs of capture id and outcome, in any order.

    "serial" sets no limits on a page's time and memory: it is for looking at one page, as in a debugger. "dask" may
    carry the address of a scheduler behind a colon, as in "dask:tcp://10.0.0.5:8786"; without one, `workers` processes
    are started on this machine. "processes:4" is four of them, whatever `workers` says. `module` is what a worker
    process runs. Raises UsageError for an unknown name; the engine itself raises UsageError for a missing extra,
    EnvironmentFault when no worker can be had.
    """
    kind, address = named(name)
    if kind == "serial":
        return _serial
    if kind == "dask":
        return _dask(address or None, workers, limits or Limits(), module)
    return Pool(int(address or 0) or workers or os.cpu_count() or 1, limits or Limits(), module=module).run


def named(name: str) -> tuple[str, str]:
    """The kind of the engine that `name` asks for, and what stands behind the colon: the number of processes, or the
    address of a scheduler. Raises UsageError for a name that is none, and for a missing extra."""
    kind, _, rest = name.partition(":")
    is_number = rest.isascii() and rest.isdigit() and 0 < int(rest[:9]) <= _MOST_PROCESSES
    if kind not in ENGINES or (rest and not (kind == "dask" or (kind == "processes" and is_number))):
        raise UsageError(
            f"unknown engine {name!r}; there are serial, processes, processes:N, dask, dask:tcp://HOST:PORT"
        )
    if kind == "dask" and find_spec("distributed") is None:
        raise UsageError("the engine dask needs the extra: pip install 'ministry-news[cluster]'")
    return kind, rest


def _dask(address: str | None, workers: int | None, limits: Limits, module: str) -> Engine:
    def run(tasks: Iterable[Task]) -> Iterator[tuple[str, Outcome]]:
        return (parse(line) for line in on_cluster(tasks, address, workers, limits, module))

    return run


def _serial(tasks: Iterable[Task]) -> Iterator[tuple[str, Outcome]]:
    for seed, pages in tasks:
        for page in pages:
            yield page.capture.capture_id, read_page(page, seed)


def parse(line: str | bytes) -> tuple[str, Outcome]:
    """The capture id and outcome of one message. Raises ValueError, KeyError or TypeError for anything else."""
    capture_id, packed = json.loads(line)
    return str(capture_id), unpack(packed)
