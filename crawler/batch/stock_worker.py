"""Taking stock of archives of other tools, in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

from crawler.archive.foreign.take_in import stocks_of
from crawler.batch.line_process import answer_lines
from crawler.batch.stock_lines import lines_of
from crawler.batch.worker import seed_of
from crawler.errors import ArchiveError, MinistryNewsError
from crawler.pages import page_object


def serve(tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Works off tasks until there are no more. The first line of `tasks` has the seeds, the others a file each, and
    where what has to be unpacked lives; the answer is the lines of each inventory, or an error, and `null`."""
    owners = [page_object(seed_of(toml, seed_id)).owns for toml, seed_id in json.loads(tasks.readline())]
    for line in tasks:
        file, member = json.loads(line)
        try:
            for stock in stocks_of(Path(file), owners, Path(member), side_by_side=True):
                if isinstance(stock, ArchiveError):
                    answers.write(json.dumps(["unread", str(stock)]).encode() + b"\n")
                else:
                    answers.writelines(lines_of(stock))
        except (MinistryNewsError, OSError) as error:  # told by the process that asked
            answers.write(json.dumps(["error", type(error).__name__, str(error)]).encode() + b"\n")
        answers.write(b"null\n")
        answers.flush()


if __name__ == "__main__":
    answer_lines(serve)
