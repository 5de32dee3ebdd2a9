"""Extraction on a Dask cluster: its workers hand each task to a process of their own, which may hang or die."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from crawler.batch.outcome_json import pack
from crawler.batch.process_pool import Pool, Task
from crawler.batch.shards import Page
from crawler.batch.worker import Limits, seed_of
from crawler.errors import EnvironmentFault, UsageError

_AHEAD = 4  # tasks under way for each thread of the cluster: none waits for work, and few wait in memory
_mine = threading.local()  # a worker of Dask has several threads, and a Pool is for one


def on_cluster(
    tasks: Iterable[Task], address: str | None, workers: int | None, limits: Limits, module: str
) -> Iterator[str]:
    """One JSON line per page, capture id and packed outcome, as they come. Without an address, a cluster on this
    machine is started for the time of the run, with `workers` processes.

    Raises UsageError when the extra is not installed or `address` is no address, EnvironmentFault when no scheduler
    answers or the cluster loses its workers.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra: only who asks for it needs it
        from distributed.scheduler import KilledWorker  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("the engine dask needs the extra: pip install 'ministry-news[cluster]'") from error
    # No dashboard: it would listen on every address of this machine.
    here: dict[str, Any] = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    try:
        client = Client(address, **({} if address else here))  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise UsageError(f"the engine dask: {error}") from error
    except OSError as error:
        raise EnvironmentFault(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        try:
            yield from _answers(client, tasks, limits, module)
        except KilledWorker as error:
            raise EnvironmentFault(f"the Dask cluster lost its workers: {error}") from error


def _answers(client: Any, tasks: Iterable[Task], limits: Limits, module: str) -> Iterator[str]:
    from distributed import as_completed  # noqa: PLC0415

    def submit(task: Task) -> Any:
        seed, pages = task
        # A worker has a folder of its own: what it reads is named in full.
        its = [replace(page, path=page.path.absolute()) for page in pages]
        return client.submit(read_apart, seed.toml, seed.id, its, limits, module, pure=False)

    waiting = iter(tasks)
    room = _AHEAD * max(1, sum(client.nthreads().values()))
    first = [submit(task) for task in islice(waiting, room)]
    done = as_completed(first, with_results=True)  # type: ignore[no-untyped-call]
    del first  # whose futures would keep their results
    for _, lines in done:
        for task in islice(waiting, 1):
            done.add(submit(task))  # type: ignore[no-untyped-call]
        yield from lines


def read_apart(toml: str, seed_id: str, pages: list[Page], limits: Limits, module: str) -> list[str]:
    """The outcomes of one task as JSON lines: what a worker of a cluster runs. It reads no page itself: one that ends
    its process would take the other pages of the task along, and the next worker that the task is given to."""
    pools: dict[tuple[Limits, str], Pool] = _mine.__dict__.setdefault("pools", {})
    pool = pools.setdefault((limits, module), Pool(1, limits, module=module))
    outcomes = pool.work([(seed_of(toml, seed_id), pages)])
    return [json.dumps([capture_id, pack(outcome)]) for capture_id, outcome in outcomes]
