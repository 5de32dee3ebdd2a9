"""Reading WARC files of a package for `validate --full`, in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

from crawler.batch.line_process import answer_lines
from crawler.package.checks.archive.file_facts import Target, read_facts
from crawler.workspace import Workspace


def serve(tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Works off tasks until there are no more. The first line of `tasks` names the package, the secret of the hashes
    and whether captures are settled later; the others a file each, and where its facts are written to. What is told of
    the file is the answer."""
    root, key, settles = json.loads(tasks.readline())
    workspace = Workspace(Path(root))
    for line in tasks:
        path, place, number = json.loads(line)
        facts = read_facts(workspace, path, Target(Path(place), number, bytes.fromhex(key)), settles=settles)
        answers.write(facts.as_json().encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    answer_lines(serve)
