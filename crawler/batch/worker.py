"""Reading one page after another, in this process or in a worker whose death costs one page and nothing else."""

from __future__ import annotations

import json
import resource
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.connection import Connection

from crawler.archive.reader import read_payload
from crawler.batch.records import Outcome, pack
from crawler.batch.shards import Page
from crawler.extraction import extract_capture
from crawler.model import Reason, Rejection, Seed
from crawler.seeds import parse_seed

OUT_OF_MEMORY = 86  # exit status of a worker that had none left even to say so


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost. Beyond it the page is rejected, with the reason."""

    cpu_s: int = 30
    wall_s: float = 600.0  # for a hang that burns no processor time
    memory_mb: int = 2048  # address space of a worker


def read_page(page: Page, seed: Seed) -> Outcome:
    """What extraction makes of one capture. A defect in extraction rejects its page, and is named in the detail."""
    try:
        return extract_capture(read_payload(page.path, page.capture), seed)
    except MemoryError:
        return Rejection(Reason.MEMORY, "no memory left", page.capture.url, page.capture.document)
    except RecursionError:
        return Rejection(Reason.ERROR, "nested too deeply", page.capture.url, page.capture.document)
    except Exception as error:  # the one place where any error has a row: see Reason.ERROR
        words = f"{type(error).__name__}: {error}"
        return Rejection(Reason.ERROR, words[:300], page.capture.url, page.capture.document)


def serve(connection: Connection, limits: Limits) -> None:
    """Works off tasks from `connection` until it is closed: the main function of a worker process.

    Tasks are (text of the seed, its id, pages). For each page a message goes back, as JSON: a page may have taken
    this process over.
    """
    size = limits.memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        while True:
            toml, seed_id, pages = connection.recv()
            seed = seed_of(toml, seed_id)
            for page in pages:
                _allow_cpu(limits.cpu_s)
                outcome = read_page(page, seed)
                connection.send_bytes(json.dumps([page.capture.capture_id, pack(outcome)]).encode())
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return
    except MemoryError:
        raise SystemExit(OUT_OF_MEMORY) from None


@lru_cache(maxsize=64)
def seed_of(toml: str, seed_id: str) -> Seed:
    """The seed in a text, parsed once in a process: seeds travel as what was read, never as objects."""
    return parse_seed(toml, seed_id=seed_id, path=f"seeds/{seed_id}.toml")


def read_task(toml: str, seed_id: str, pages: Sequence[Page]) -> list[str]:
    """The outcomes of one task as JSON lines: what a worker of a cluster runs."""
    seed = seed_of(toml, seed_id)
    return [json.dumps([page.capture.capture_id, pack(read_page(page, seed))]) for page in pages]


def _allow_cpu(seconds: int) -> None:
    # The kernel counts and kills, also inside C code that never returns to the interpreter.
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
