"""Reading one page after another, in this process or in a worker whose death costs one page and nothing else."""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from crawler.archive.warc.reader import read_payload
from crawler.batch.outcome_json import Outcome, pack, pack_capture, unpack_capture
from crawler.batch.shards import Page
from crawler.model import Article, Payload, Reason, Rejection, Seed
from crawler.seeds import parse_seed

READY = b"ready\n"
OUT_OF_MEMORY = 86  # exit status of a worker that had none left even to say so


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost. Beyond it the page is rejected, with the reason."""

    cpu_s: int = 30
    wall_s: float = 600.0  # for a hang that burns no processor time
    memory_mb: int = 2048  # address space of a worker


_PLACE = re.compile(r" at 0x[0-9a-f]{1,16}")


def read_page(page: Page, seed: Seed) -> Outcome:
    """What extraction makes of one capture. A defect in extraction rejects its page, and is named in the detail."""
    extract_capture = _reading()
    try:
        return extract_capture(read_payload(page.path, page.capture), seed)
    except MemoryError:
        return Rejection(Reason.MEMORY, "no memory left", page.capture.url, page.capture.document)
    except RecursionError:
        return Rejection(Reason.ERROR, "nested too deeply", page.capture.url, page.capture.document)
    except Exception as error:  # the one place where any error has a row: see Reason.ERROR
        # Without the places of objects in memory: the same bytes give the same row.
        words = _PLACE.sub("", f"{type(error).__name__}: {error}"[:1000])
        return Rejection(Reason.ERROR, words[:300], page.capture.url, page.capture.document)


def _reading() -> Callable[[Payload, Seed], Article | Rejection]:
    # What reads pages takes most of a second of CPU to load: a run without news does not, nor one that has workers.
    from crawler.extraction import extract_capture  # noqa: PLC0415

    return extract_capture


def serve(tasks: IO[bytes], answers: IO[bytes], limits: Limits) -> None:
    """Works off tasks until there are no more: the main function of a worker process.

    A line of `tasks` is JSON: the text of a seed, its id, and pages. A line goes to `answers` when the worker is
    ready, and for each page its outcome. No objects travel: a page may have taken this process over.
    """
    _reading()  # loaded before a page's limits begin
    gc.freeze()  # nothing of it is ever garbage: a full collection need not look at a hundred thousand objects again
    size = limits.memory_mb << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers.write(READY)
    answers.flush()
    for line in tasks:
        toml, seed_id, pages = json.loads(line)
        seed = seed_of(toml, seed_id)
        for path, packed in pages:
            page = Page(Path(path), unpack_capture(packed))
            _allow_cpu(limits.cpu_s)
            outcome = read_page(page, seed)
            answers.write(json.dumps([page.capture.capture_id, pack(outcome)]).encode() + b"\n")
            answers.flush()


def task_line(seed: Seed, pages: Sequence[Page]) -> bytes:
    """A task as `serve` reads it."""
    packed = [[str(page.path.absolute()), pack_capture(page.capture)] for page in pages]
    return json.dumps([seed.toml, seed.id, packed]).encode() + b"\n"


@lru_cache(maxsize=64)
def seed_of(toml: str, seed_id: str) -> Seed:
    """The seed in a text, parsed once in a process: seeds travel as what was read, never as objects."""
    return parse_seed(toml, seed_id=seed_id, path=f"seeds/{seed_id}.toml")


def _allow_cpu(seconds: int) -> None:
    # The kernel counts and kills, also inside C code that never returns to the interpreter.
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def main() -> None:
    """Runs a worker on standard input and output; the arguments are its limits."""
    cpu_s, memory_mb = (int(word) for word in sys.argv[1:])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    try:
        serve(sys.stdin.buffer, answers, Limits(cpu_s=cpu_s, memory_mb=memory_mb))
    except (BrokenPipeError, KeyboardInterrupt):
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
