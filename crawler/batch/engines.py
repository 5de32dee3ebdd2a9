"""Ways to run the same extraction: in this process, in several, or on a Dask cluster. All give the same outcomes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator

from crawler.batch.processes import Pool
from crawler.batch.records import Outcome, unpack
from crawler.batch.shards import Page
from crawler.batch.worker import Limits, read_page, read_task
from crawler.errors import UsageError
from crawler.model import Seed

Task = tuple[Seed, list[Page]]
Engine = Callable[[Iterable[Task]], Iterator[tuple[str, Outcome]]]

ENGINES = ("serial", "processes", "dask")


def engine(name: str = "processes", *, workers: int | None = None, limits: Limits | None = None) -> Engine:
    """The engine of that name: a function from tasks to pairs of capture id and outcome, in any order.

    "serial" sets no limits on a page's time and memory. "dask" may carry the address of a scheduler behind a
    colon, as in "dask:tcp://10.0.0.5:8786". Raises UsageError for an unknown name or a missing extra.
    """
    kind, _, address = name.partition(":")
    if kind not in ENGINES:
        raise UsageError(f"unknown engine {name!r}; there are {', '.join(ENGINES)}")
    if kind == "serial":
        return _serial
    if kind == "dask":
        return _dask(address or None)
    return Pool(workers or os.cpu_count() or 1, limits or Limits()).run


def _serial(tasks: Iterable[Task]) -> Iterator[tuple[str, Outcome]]:
    for seed, pages in tasks:
        for page in pages:
            yield page.capture.capture_id, read_page(page, seed)


def _dask(address: str | None) -> Engine:
    try:
        from distributed import Client, as_completed  # noqa: PLC0415 - an extra: only who asks for it needs it
    except ImportError as error:
        raise UsageError("the engine dask needs the extra: pip install 'ministry-news[cluster]'") from error

    def run(tasks: Iterable[Task]) -> Iterator[tuple[str, Outcome]]:
        with Client(address) as client:  # type: ignore[no-untyped-call]
            futures = [client.submit(read_task, seed.toml, seed.id, pages, pure=False) for seed, pages in tasks]
            for _, lines in as_completed(futures, with_results=True):  # type: ignore[no-untyped-call]
                yield from (parse(line) for line in lines)

    return run


def parse(line: str | bytes) -> tuple[str, Outcome]:
    """The capture id and outcome of one message. Raises ValueError, KeyError or TypeError for anything else."""
    capture_id, packed = json.loads(line)
    return str(capture_id), unpack(packed)
